package de.federwerk.sammellauf;

import de.federwerk.akte.Abschluss;
import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What is zdA is worked on again. There is no way back: the years of retention would begin anew. */
@Component
class Wiederaufnahmetat implements Sammeltat {

    private final Abschluss abschluss;

    Wiederaufnahmetat(Abschluss abschluss) {
        this.abschluss = abschluss;
    }

    @Override
    public String kennung() {
        return "wiederaufnahme";
    }

    @Override
    public String wort() {
        return "Wieder aufnehmen";
    }

    @Override
    public Set<Art> arten() {
        return Set.of(Art.AKTE, Art.VORGANG);
    }

    @Override
    public List<Tatfeld> felder(Anmeldung wer, Art art) {
        return List.of(Tatfeld.grund());
    }

    @Override
    public Map<String, String> pruefe(Anmeldung wer, Art art, Map<String, String> getippt) {
        return Map.of("grund", Tateingabe.grund(getippt));
    }

    @Override
    public String inWorten(Art art, Map<String, String> angaben) {
        return "Wieder aufnehmen";
    }

    @Override
    public Map<String, String> tu(Auftrag auftrag, UUID id) {
        if (auftrag.art() == Art.AKTE) {
            abschluss.nimmAkteWiederAuf(auftrag.wer(), id, auftrag.angabe("grund"));
        } else {
            abschluss.nimmVorgangWiederAuf(auftrag.wer(), id, auftrag.angabe("grund"));
        }
        return Map.of();
    }

    @Override
    public boolean umkehrbar(Art art) {
        return false;
    }

    @Override
    public void nimmZurueck(Auftrag auftrag, UUID id, Map<String, String> spur) {
        throw Abgelehnt.konflikt("Bleibt aufgenommen: Die Aufbewahrungsfrist begänne sonst neu.");
    }
}
