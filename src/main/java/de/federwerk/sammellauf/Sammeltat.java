package de.federwerk.sammellauf;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** An act that can be done to many. A room above adds one as a bean. */
public interface Sammeltat {

    /**
     * What an act is done with.
     *
     * @param wer in whose name; her rights are asked again with each
     * @param angaben as {@link #pruefe} returned them
     */
    record Auftrag(UUID lauf, Anmeldung wer, Art art, Map<String, String> angaben) {

        /** @return empty if it was left empty */
        public String angabe(String name) {
            return angaben.getOrDefault(name, "");
        }
    }

    /** As it is stored: small letters. */
    String kennung();

    /** As it stands on a button: {@code Umprotokollieren}. */
    String wort();

    /** To what it can be done. Empty: none of the lists offers it. */
    Set<Art> arten();

    /** Whether there is anything to choose from where it needs a choice: then lists offer it. */
    default boolean moeglich(Anmeldung wer, Art art) {
        return true;
    }

    /** What has to be typed for it, in its order. */
    List<Tatfeld> felder(Anmeldung wer, Art art);

    /**
     * Looks at what was typed, before anything is done.
     *
     * @param getippt by the name of the field
     * @return what {@link #tu} needs
     * @throws Abgelehnt (EINGABE) if it does not fit
     */
    Map<String, String> pruefe(Anmeldung wer, Art art, Map<String, String> getippt);

    /** Without those that go along with another of them by themselves, and would be refused on their own. */
    default List<UUID> gemeinte(Art art, List<UUID> ids) {
        return ids;
    }

    /** What will be done, in a few words, without a title: {@code Umprotokollieren nach 66.20}. @param angaben as {@link #pruefe} returned them */
    String inWorten(Art art, Map<String, String> angaben);

    /**
     * Does it to one of them, in the running transaction, as its own page would.
     *
     * @return how it was and how it is now: what {@link #nimmZurueck} needs
     * @throws Abgelehnt as its own page says it, or NichtGefunden
     */
    Map<String, String> tu(Auftrag auftrag, UUID id);

    /** Whether there is a way back. */
    boolean umkehrbar(Art art);

    /**
     * The way back of one of them.
     *
     * @throws Abgelehnt (KONFLIKT) if it is not any more as the run left it
     */
    void nimmZurueck(Auftrag auftrag, UUID id, Map<String, String> spur);

    /** Before the run ends. @return what has to be done as well, none of which it has had yet */
    default List<UUID> nachlese(Auftrag auftrag) {
        return List.of();
    }
}
