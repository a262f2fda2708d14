package de.federwerk.sammellauf;

import de.federwerk.akte.Einzelfeld;
import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaenger;
import de.federwerk.organisation.Empfaengersuche;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Somebody works on them from now on. */
@Component
class Bearbeitertat implements Sammeltat {

    private static final String FELD = "bearbeiter";

    private final Einzelfeld feld;
    private final Empfaengersuche personen;

    Bearbeitertat(Einzelfeld feld, Empfaengersuche personen) {
        this.feld = feld;
        this.personen = personen;
    }

    @Override
    public String kennung() {
        return FELD;
    }

    @Override
    public String wort() {
        return "Bearbeitung geben";
    }

    @Override
    public Set<Art> arten() {
        return Set.of(Art.AKTE, Art.VORGANG);
    }

    @Override
    public List<Tatfeld> felder(Anmeldung wer, Art art) {
        return List.of(Tatfeld.suche(FELD, "Wer bearbeitet?", "Name oder Anmeldename", "/personen/auswahl?q=", true));
    }

    @Override
    public Map<String, String> pruefe(Anmeldung wer, Art art, Map<String, String> getippt) {
        var text = Tateingabe.zeile(getippt, FELD);
        var gewaehlt = getippt.getOrDefault(FELD + "Id", "");
        var person = personen.gemeintePersonen(gewaehlt).stream()
                .filter(p -> p.name().equals(text))
                .findFirst()
                .or(() -> eine(personen.gemeintePersonen(text)))
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                "„" + text
                                        + "“ heißt niemand im Haus, oder mehrere heißen so. Bitte wählen Sie die Person aus der Liste, oder geben Sie den Anmeldenamen an."));
        return Map.of(FELD, person.name(), "kennung", person.kennung());
    }

    private static java.util.Optional<Empfaenger> eine(List<Empfaenger> alle) {
        return alle.size() == 1 ? java.util.Optional.of(alle.getFirst()) : java.util.Optional.empty();
    }

    @Override
    public String inWorten(Art art, Map<String, String> angaben) {
        return "Bearbeitung an " + angaben.getOrDefault(FELD, "");
    }

    @Override
    public Map<String, String> tu(Auftrag auftrag, UUID id) {
        var vorher =
                feld.setze(auftrag.wer(), auftrag.art(), id, FELD, auftrag.angabe(FELD), auftrag.angabe("kennung"));
        return Map.of("vorher", vorher.wert(), "person", vorher.person());
    }

    @Override
    public boolean umkehrbar(Art art) {
        return true;
    }

    @Override
    public void nimmZurueck(Auftrag auftrag, UUID id, Map<String, String> spur) {
        var jetzt = feld.halte(auftrag.wer(), auftrag.art(), id, FELD);
        var kennung = auftrag.angabe("kennung");
        // Whoever is called otherwise since is still the same.
        if (kennung.isEmpty()) {
            Tateingabe.verlangeUnveraendert(jetzt.wert(), auftrag.angabe(FELD));
        } else {
            Tateingabe.verlangeUnveraendert(jetzt.person(), kennung);
        }
        var person = spur.getOrDefault("person", "");
        feld.setze(auftrag.wer(), auftrag.art(), id, FELD, name(person, spur.getOrDefault("vorher", "")), person);
    }

    /** How a person is called today. @param sonst of whom has left the house, whom nobody can be given to */
    private String name(String person, String sonst) {
        return person.isEmpty()
                ? sonst
                : personen.gemeintePersonen(person).stream()
                        .findFirst()
                        .map(Empfaenger::name)
                        .orElse(sonst);
    }
}
