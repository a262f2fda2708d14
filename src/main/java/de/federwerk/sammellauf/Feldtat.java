package de.federwerk.sammellauf;

import de.federwerk.akte.Einzelfeld;
import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenart.Aktenfeld;
import de.federwerk.aktenart.Aktenwerte;
import de.federwerk.aktenart.Feldart;
import de.federwerk.aktenart.Feldtraeger;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaengersuche;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** A field that the Aktenart brings gets one value in all of them; Akten of another Aktenart are refused. */
@Component
class Feldtat implements Sammeltat {

    private record Gemeintes(Aktenarten.Wahl art, Aktenfeld feld) {

        String name() {
            return art.name() + ": " + feld.name();
        }
    }

    private final Einzelfeld einzelfeld;
    private final Aktenarten arten;
    private final Aktenwerte werte;
    private final Empfaengersuche personen;

    Feldtat(Einzelfeld einzelfeld, Aktenarten arten, Aktenwerte werte, Empfaengersuche personen) {
        this.einzelfeld = einzelfeld;
        this.arten = arten;
        this.werte = werte;
        this.personen = personen;
    }

    @Override
    public String kennung() {
        return "aktenfeld";
    }

    @Override
    public String wort() {
        return "Feld setzen";
    }

    @Override
    public Set<Art> arten() {
        return Set.of(Art.AKTE);
    }

    @Override
    public boolean moeglich(Anmeldung wer, Art art) {
        return alle().findFirst().isPresent();
    }

    private Stream<Gemeintes> alle() {
        return arten.wahl().stream()
                .flatMap(art ->
                        arten.felder(Feldtraeger.AKTE, art.id(), false).stream().map(feld -> new Gemeintes(art, feld)));
    }

    @Override
    public List<Tatfeld> felder(Anmeldung wer, Art art) {
        return List.of(
                Tatfeld.wahl(
                        "feld",
                        "Feld",
                        alle().map(g -> new Tatfeld.Wahl(g.feld.formname(), g.name()))
                                .toList()),
                Tatfeld.text("wert", "Wert", "Leer: das Feld wird leer", false));
    }

    @Override
    public Map<String, String> pruefe(Anmeldung wer, Art art, Map<String, String> getippt) {
        var gemeint = alle().filter(g -> g.feld.formname().equals(getippt.get("feld")))
                .findFirst()
                .orElseThrow(() -> Abgelehnt.eingabe(
                        "Bitte wählen Sie ein Feld; Felder legt die Verwaltung bei den Aktenarten fest."));
        var text = Tateingabe.zeile(getippt, "wert");
        var wert = werte.geschrieben(gemeint.feld, text);
        // Two may be called so: who was meant is kept as well.
        var person = gemeint.feld.art() != Feldart.PERSON || wert.isEmpty()
                ? ""
                : personen.gemeintePersonen(text).getFirst().kennung();
        return Map.of("feld", gemeint.feld.formname(), "name", gemeint.name(), "wert", wert, "person", person);
    }

    @Override
    public String inWorten(Art art, Map<String, String> angaben) {
        return angaben.getOrDefault("name", "") + " setzen";
    }

    @Override
    public Map<String, String> tu(Auftrag auftrag, UUID id) {
        var vorher = einzelfeld.setze(
                auftrag.wer(),
                auftrag.art(),
                id,
                auftrag.angabe("feld"),
                auftrag.angabe("wert"),
                auftrag.angabe("person"));
        return Map.of("vorher", vorher.wert(), "person", vorher.person());
    }

    @Override
    public boolean umkehrbar(Art art) {
        return true;
    }

    @Override
    public void nimmZurueck(Auftrag auftrag, UUID id, Map<String, String> spur) {
        var feld = auftrag.angabe("feld");
        Tateingabe.verlangeUnveraendert(
                einzelfeld.halte(auftrag.wer(), auftrag.art(), id, feld),
                new Einzelfeld.Inhalt(auftrag.angabe("wert"), auftrag.angabe("person")));
        einzelfeld.setze(
                auftrag.wer(),
                auftrag.art(),
                id,
                feld,
                spur.getOrDefault("vorher", ""),
                spur.getOrDefault("person", ""));
    }
}
