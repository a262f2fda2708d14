package de.federwerk.sammellauf;

import de.federwerk.akte.Einzelfeld;
import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What kind of Dokument they are. */
@Component
class Dokumentarttat implements Sammeltat {

    private static final String FELD = "art";

    private final Einzelfeld feld;

    Dokumentarttat(Einzelfeld feld) {
        this.feld = feld;
    }

    @Override
    public String kennung() {
        return "dokumentart";
    }

    @Override
    public String wort() {
        return "Dokumentart setzen";
    }

    @Override
    public Set<Art> arten() {
        return Set.of(Art.DOKUMENT);
    }

    @Override
    public List<Tatfeld> felder(Anmeldung wer, Art art) {
        return List.of(Tatfeld.text("dokumentart", "Dokumentart", "Zum Beispiel: Bescheid", true));
    }

    @Override
    public Map<String, String> pruefe(Anmeldung wer, Art art, Map<String, String> getippt) {
        var wort = Tateingabe.zeile(getippt, "dokumentart");
        if (wort.isEmpty() || wort.length() > 60) {
            throw Abgelehnt.eingabe("Bitte geben Sie die Dokumentart an (bis 60 Zeichen).");
        }
        return Map.of(FELD, wort);
    }

    @Override
    public String inWorten(Art art, Map<String, String> angaben) {
        return "Dokumentart „" + angaben.getOrDefault(FELD, "") + "“ setzen";
    }

    @Override
    public Map<String, String> tu(Auftrag auftrag, UUID id) {
        return Map.of(
                "vorher",
                feld.setze(auftrag.wer(), auftrag.art(), id, FELD, auftrag.angabe(FELD), "")
                        .wert());
    }

    @Override
    public boolean umkehrbar(Art art) {
        return true;
    }

    @Override
    public void nimmZurueck(Auftrag auftrag, UUID id, Map<String, String> spur) {
        Tateingabe.verlangeUnveraendert(
                feld.halte(auftrag.wer(), auftrag.art(), id, FELD).wert(), auftrag.angabe(FELD));
        feld.setze(auftrag.wer(), auftrag.art(), id, FELD, spur.getOrDefault("vorher", ""), "");
    }
}
