package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.organisation.Anmeldung;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The answers that were given to a request. */
@Component
class Erteilungen {

    record Erteilung(
            UUID id,
            UUID ersuchenId,
            String empfaenger,
            String anschrift,
            String weg,
            Instant begonnen,
            UUID begonnenVon,
            String wer,
            String stand,
            String hinweis,
            @Nullable UUID dokumentId,
            @Nullable Integer blaetter,
            int enthalten,
            int zurueckgehalten,
            int andere,
            int offen) {

        boolean unterwegs() {
            return stand.equals("wartet") || stand.equals("laeuft");
        }

        String inWorten() {
            return switch (stand) {
                case "wartet", "laeuft" -> "wird erstellt";
                case "fertig" -> "erstellt";
                default -> "gescheitert";
            };
        }
    }

    static final String SPALTEN = """
            SELECT a.id, a.ersuchen_id, a.empfaenger, a.anschrift, a.weg, a.begonnen, a.begonnen_von, trim(p.vorname || ' ' || p.nachname) AS wer, a.stand, a.hinweis,
                   a.dokument_id, a.blaetter, a.enthalten, a.zurueckgehalten, a.andere, a.offen
              FROM auskunftserteilung a JOIN person p ON p.mandant_id = a.mandant_id AND p.id = a.begonnen_von WHERE a.mandant_id = :m AND\s""";

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Ersuchenbuch buch;
    private final Antwortort ort;
    private final Vorgaenge vorgaenge;
    private final Auskunftsauftraege auftraege;

    Erteilungen(
            JdbcClient datenbank,
            Einmal einmal,
            Ersuchenbuch buch,
            Antwortort ort,
            Vorgaenge vorgaenge,
            Auskunftsauftraege auftraege) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.buch = buch;
        this.ort = ort;
        this.vorgaenge = vorgaenge;
        this.auftraege = auftraege;
    }

    /**
     * Has the answer made of what is released by now; what is not looked at yet is counted in it.
     *
     * @param id chosen by the caller: sent twice, it is made once
     * @param weg how it goes to the person
     * @throws Abgelehnt (KONFLIKT) before somebody made sure who asks, before the house was searched, or if the Vorgang is open to too many
     */
    @Transactional
    public void beginne(
            Anmeldung wer,
            UUID id,
            UUID ersuchen,
            @Nullable String empfaenger,
            @Nullable String anschrift,
            @Nullable String weg) {
        einmal.warte(id);
        var e = buch.offenes(wer, ersuchen);
        if (e.identitaetAm() == null) {
            throw Abgelehnt.konflikt(
                    "Die Identität der Person ist noch nicht geprüft (Art. 12 Abs. 6 DSGVO). Ohne das verlässt keine Auskunft das Haus.");
        }
        if (e.sucht() != null) {
            throw Abgelehnt.konflikt("Im Haus wird gerade gesucht. Bitte warten Sie, bis die Suche fertig ist.");
        }
        if (e.gesucht() == null) {
            throw Abgelehnt.konflikt("Es wurde noch nicht gesucht. Bitte suchen Sie zuerst im Haus.");
        }
        vorgaenge.aenderbar(wer, e.vorgangId());
        ort.zuOffen(e.vorgangId(), ersuchen).ifPresent(grund -> {
            throw Abgelehnt.konflikt(grund);
        });
        var an = Text.zeile(empfaenger);
        var wie = Text.zeile(weg);
        if (an.isEmpty() || an.length() > 300 || wie.isEmpty() || wie.length() > 100) {
            throw Abgelehnt.eingabe(
                    "Bitte geben Sie an, an wen die Auskunft geht (höchstens 300 Zeichen) und auf welchem Weg (höchstens 100).");
        }
        int neu = datenbank
                .sql("""
                INSERT INTO auskunftserteilung (mandant_id, id, ersuchen_id, empfaenger, anschrift, weg, begonnen_von)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                .params(mandant(), id, ersuchen, an, Text.hoechstens(anschrift, 500, "Anschrift"), wie, wer.person())
                .update();
        if (neu == 1) {
            auftraege.plane(id);
        }
    }

    /** The latest first. */
    @Transactional(readOnly = true)
    public List<Erteilung> zu(UUID ersuchen) {
        return datenbank
                .sql(SPALTEN + "a.ersuchen_id = :ersuchen ORDER BY a.begonnen DESC, a.id LIMIT 50")
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .query(Erteilung.class)
                .list();
    }
}
