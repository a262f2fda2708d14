package de.federwerk.handmappe;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.sammellauf.Sammeltat;
import de.federwerk.sammellauf.Tatfeld;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Many go into a Handmappe at once. */
@Component
class Handmappentat implements Sammeltat {

    private final JdbcClient datenbank;
    private final Handmappen mappen;

    Handmappentat(JdbcClient datenbank, Handmappen mappen) {
        this.datenbank = datenbank;
        this.mappen = mappen;
    }

    @Override
    public String kennung() {
        return "handmappe";
    }

    @Override
    public String wort() {
        return "In eine Handmappe";
    }

    @Override
    public Set<Art> arten() {
        return Set.of(Art.AKTE, Art.VORGANG, Art.DOKUMENT);
    }

    @Override
    public boolean moeglich(Anmeldung wer, Art art) {
        return !mappen.von(wer).isEmpty();
    }

    @Override
    public List<Tatfeld> felder(Anmeldung wer, Art art) {
        return List.of(Tatfeld.wahl(
                "mappe",
                "Handmappe",
                mappen.von(wer).stream()
                        .map(m -> new Tatfeld.Wahl(m.id().toString(), m.name()))
                        .toList()));
    }

    @Override
    public Map<String, String> pruefe(Anmeldung wer, Art art, Map<String, String> getippt) {
        var mappe = mappen.von(wer).stream()
                .filter(m -> m.id().toString().equals(getippt.get("mappe")))
                .findFirst()
                .orElseThrow(() -> Abgelehnt.eingabe(
                        "Bitte wählen Sie eine Handmappe. Haben Sie noch keine, legen Sie sie unter „Handmappen“ an."));
        return Map.of("mappe", mappe.id().toString(), "name", mappe.name());
    }

    @Override
    public String inWorten(Art art, Map<String, String> angaben) {
        return "In die Handmappe „" + angaben.getOrDefault("name", "") + "“";
    }

    @Override
    public Map<String, String> tu(Auftrag auftrag, UUID id) {
        var mappe = UUID.fromString(auftrag.angabe("mappe"));
        // Asked by putting it in: what a colleague lays there at the same moment is hers.
        if (!mappen.lege(auftrag.wer(), mappe, auftrag.art(), id, "")) {
            throw Abgelehnt.konflikt("Liegt schon darin.");
        }
        return Map.of("gelegt", gelegt(mappe, id));
    }

    /** By whom and when; empty if it does not lie there. */
    private String gelegt(UUID mappe, UUID objekt) {
        return datenbank
                .sql(
                        "SELECT gelegt_von || ' ' || to_char(gelegt AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') FROM handmappe_stueck WHERE mandant_id = ? AND handmappe_id = ? AND objekt_id = ?")
                .params(mandant(), mappe, objekt)
                .query(String.class)
                .optional()
                .orElse("");
    }

    @Override
    public boolean umkehrbar(Art art) {
        return true;
    }

    @Override
    public void nimmZurueck(Auftrag auftrag, UUID id, Map<String, String> spur) {
        var mappe = UUID.fromString(auftrag.angabe("mappe"));
        // Whoever puts something in waits for this.
        datenbank
                .sql("SELECT id FROM handmappe WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), mappe)
                .query(UUID.class)
                .optional();
        var jetzt = gelegt(mappe, id);
        if (!jetzt.equals(spur.getOrDefault("gelegt", ""))) {
            throw Abgelehnt.konflikt(
                    jetzt.isEmpty()
                            ? "Liegt nicht mehr darin."
                            : "Wurde inzwischen noch einmal hineingelegt und bleibt darin.");
        }
        mappen.nimmHeraus(auftrag.wer(), mappe, id);
    }
}
