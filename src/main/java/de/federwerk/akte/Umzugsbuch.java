package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Anmeldung;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Every move of Schriftgut, for ever: what the Protokoll says in words, here as ids, so that a history goes on where the thing lies now. */
@Component
class Umzugsbuch {

    /**
     * @param art akte, vorgang or dokument
     * @param ausNummer the number that a Dokument had
     * @param aus name of the place it left, as it was called that day
     */
    record Umzug(
            String art,
            UUID objekt,
            UUID ausAkte,
            UUID nachAkte,
            @Nullable UUID ausVorgang,
            @Nullable UUID nachVorgang,
            @Nullable Integer ausNummer,
            String aus,
            String nach,
            String grund) {

        /** Of a Vorgang from one part of its Akte to another. */
        static Umzug inDerAkte(UUID vorgang, UUID akte, String aus, String nach, String grund) {
            return new Umzug("vorgang", vorgang, akte, akte, null, null, null, aus, nach, grund);
        }
    }

    private final JdbcClient datenbank;

    Umzugsbuch(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** @throws Abgelehnt (EINGABE) if there is none or it is too long */
    static String grund(@Nullable String getippt) {
        var grund = Eingabe.zeile(getippt);
        if (grund.isEmpty() || grund.length() > 300) {
            throw Abgelehnt.eingabe(
                    "Bitte geben Sie einen Grund an (bis 300 Zeichen); er steht im Protokoll der Akte.");
        }
        return grund;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void schreibe(Anmeldung wer, Umzug u) {
        datenbank
                .sql("""
                INSERT INTO verlegung (mandant_id, id, art, objekt_id, aus_akte_id, nach_akte_id, aus_vorgang_id, nach_vorgang_id, aus_nummer, aus, nach, grund, verlegt_von)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(mandant())
                .param(Kennung.neu())
                .param(u.art)
                .param(u.objekt)
                .param(u.ausAkte)
                .param(u.nachAkte)
                .param(u.ausVorgang)
                .param(u.nachVorgang)
                .param(u.ausNummer)
                .param(u.aus)
                .param(u.nach)
                .param(u.grund)
                .param(wer.person())
                .update();
    }

    /** Many Vorgänge go together from one part of their Akte to another. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void schreibeInDerAkte(
            Anmeldung wer, List<UUID> vorgaenge, UUID akte, String aus, String nach, String grund) {
        datenbank
                .sql("""
                INSERT INTO verlegung (mandant_id, id, art, objekt_id, aus_akte_id, nach_akte_id, aus, nach, grund, verlegt_von)
                SELECT :m, t.id, 'vorgang', t.vorgang, :akte, :akte, :aus, :nach, :grund, :wer
                  FROM unnest(CAST(:ids AS uuid[]), CAST(:vorgaenge AS uuid[])) AS t (id, vorgang)""")
                .param("m", mandant())
                .param("akte", akte)
                .param("aus", aus)
                .param("nach", nach)
                .param("grund", grund)
                .param("wer", wer.person())
                .param(
                        "ids",
                        Schutzfolge.feld(
                                vorgaenge.stream().map(v -> Kennung.neu()).toList()))
                .param("vorgaenge", Schutzfolge.feld(vorgaenge))
                .update();
    }

    /** Other Akten from which something came that lies in this one. Seldom any. */
    @Transactional(readOnly = true)
    public List<UUID> herkunft(UUID akte) {
        return datenbank
                .sql("""
                WITH RECURSIVE h AS (
                    SELECT aus_akte_id AS akte FROM verlegung WHERE mandant_id = :m AND nach_akte_id = :akte AND aus_akte_id <> :akte
                    UNION SELECT v.aus_akte_id FROM verlegung v JOIN h ON v.mandant_id = :m AND v.nach_akte_id = h.akte WHERE v.aus_akte_id <> :akte)
                SELECT akte FROM h""")
                .param("m", mandant())
                .param("akte", akte)
                .query(UUID.class)
                .list();
    }
}
