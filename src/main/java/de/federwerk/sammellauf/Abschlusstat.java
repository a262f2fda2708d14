package de.federwerk.sammellauf;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Abschluss;
import de.federwerk.akte.Akten;
import de.federwerk.akte.NochOffen;
import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Zu den Akten. */
@Component
class Abschlusstat implements Sammeltat {

    private final JdbcClient datenbank;
    private final Abschluss abschluss;
    private final Akten akten;
    private final Vorgaenge vorgaenge;

    Abschlusstat(JdbcClient datenbank, Abschluss abschluss, Akten akten, Vorgaenge vorgaenge) {
        this.datenbank = datenbank;
        this.abschluss = abschluss;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
    }

    @Override
    public String kennung() {
        return "zda";
    }

    @Override
    public String wort() {
        return "Zu den Akten legen";
    }

    @Override
    public Set<Art> arten() {
        return Set.of(Art.AKTE, Art.VORGANG);
    }

    @Override
    public List<Tatfeld> felder(Anmeldung wer, Art art) {
        return List.of();
    }

    @Override
    public Map<String, String> pruefe(Anmeldung wer, Art art, Map<String, String> getippt) {
        return Map.of();
    }

    @Override
    public String inWorten(Art art, Map<String, String> angaben) {
        return "Zu den Akten legen";
    }

    @Override
    public Map<String, String> tu(Auftrag auftrag, UUID id) {
        if (auftrag.art() == Art.AKTE) {
            try {
                abschluss.schliesseAkte(auftrag.wer(), id);
            } catch (NochOffen e) {
                // Kept for as long as the run: it must not name what may be closed to this person tomorrow.
                throw Abgelehnt.konflikt(
                        "Lässt sich noch nicht schließen; die Akte selbst sagt, was darin noch offen ist.");
            }
        } else {
            vorgaenge.schliesse(auftrag.wer(), id);
        }
        return Map.of("zda", zda(auftrag.art(), id));
    }

    @Override
    public boolean umkehrbar(Art art) {
        return true;
    }

    @Override
    public void nimmZurueck(Auftrag auftrag, UUID id, Map<String, String> spur) {
        // Whoever may not take it up must not hold it either; asked again by the act itself.
        if (auftrag.art() == Art.AKTE) {
            akten.zumVerlegen(auftrag.wer(), id);
        } else {
            vorgaenge.bearbeitbar(auftrag.wer(), id);
        }
        halte(auftrag.art(), id);
        // Taken up and closed again meanwhile: that was somebody's decision of its own.
        Tateingabe.verlangeUnveraendert(zda(auftrag.art(), id), spur.getOrDefault("zda", ""));
        if (auftrag.art() == Art.AKTE) {
            abschluss.nimmAkteWiederAuf(auftrag.wer(), id, "Sammellauf zurückgenommen");
        } else {
            abschluss.nimmVorgangWiederAuf(auftrag.wer(), id, "Sammellauf zurückgenommen");
        }
    }

    /** In the order of all others: first the Akte, then what lies in it. Nobody takes it up between the question and the act. */
    private void halte(Art art, UUID id) {
        datenbank
                .sql(
                        art == Art.AKTE
                                ? "SELECT id FROM akte WHERE mandant_id = :m AND id = :id FOR NO KEY UPDATE"
                                : "SELECT id FROM akte WHERE mandant_id = :m AND id = (SELECT akte_id FROM vorgang WHERE mandant_id = :m AND id = :id) FOR SHARE")
                .param("m", mandant())
                .param("id", id)
                .query(UUID.class)
                .optional();
        if (art == Art.VORGANG) {
            datenbank
                    .sql("SELECT id FROM vorgang WHERE mandant_id = ? AND id = ? FOR UPDATE")
                    .params(mandant(), id)
                    .query(UUID.class)
                    .optional();
        }
    }

    /** Since when; empty if it is open. */
    private String zda(Art art, UUID id) {
        return datenbank
                .sql("SELECT coalesce(to_char(zda_am AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '') FROM "
                        + (art == Art.AKTE ? "akte" : "vorgang") + " WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .query(String.class)
                .optional()
                .orElse("");
    }
}
