package de.federwerk.gespraech;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Vermerke at a Dokument: on record for ever as they were written. Whoever was wrong writes another. */
@Component
public class Dokumentvermerke {

    /** Characters of a Vermerk. */
    public static final int LAENGSTER = 20_000;

    private final JdbcClient datenbank;
    private final Dokumente dokumente;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Protokoll protokoll;
    private final Zuschauer zuschauer;

    Dokumentvermerke(
            JdbcClient datenbank,
            Dokumente dokumente,
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            Protokoll protokoll,
            Zuschauer zuschauer) {
        this.datenbank = datenbank;
        this.dokumente = dokumente;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.protokoll = protokoll;
        this.zuschauer = zuschauer;
    }

    /**
     * Puts a Vermerk on record, about the newest Version.
     *
     * @param id chosen by the caller: sent twice, it is written once
     * @param version that was looked at
     * @throws NichtGefunden if this person may not read the Dokument
     * @throws Abgelehnt (EINGABE) if empty or too long; (RECHT) if it may only be read; (KONFLIKT) if the Vorgang is zdA, or there is a newer
     *     Version
     */
    @Transactional
    public void vermerke(Anmeldung wer, UUID id, UUID dokumentId, int version, @Nullable String text) {
        var gelesen = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), dokumentId);
        if (dokumente
                .finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), dokumentId)
                .isEmpty()) {
            throw Abgelehnt.recht("Sie dürfen das Dokument „" + gelesen.titel()
                    + "“ lesen, aber nicht bearbeiten. Kommentieren können Sie es.");
        }
        var inhalt = Wortlaut.zeilen(text, "Der Vermerk", LAENGSTER);
        vorgaenge.halteOffen(gelesen.vorgangId());
        int neu = datenbank
                .sql("""
                INSERT INTO dokumentvermerk (mandant_id, id, dokument_id, version, text, verfasst_von)
                SELECT mandant_id, :id, dokument_id, :version, :text, :wer FROM version WHERE mandant_id = :m AND dokument_id = :dokument
                 GROUP BY mandant_id, dokument_id HAVING max(nummer) = :version
                ON CONFLICT (mandant_id, id) DO NOTHING""")
                .param("m", mandant())
                .param("id", id)
                .param("dokument", dokumentId)
                .param("version", version)
                .param("text", inhalt)
                .param("wer", wer.person())
                .update();
        if (neu == 0) {
            verlangeDenselben(wer, id, dokumentId, inhalt);
            return;
        }
        protokoll.schreibe(
                wer.pseudonym(),
                "dokument.vermerkt",
                dokumentId,
                gelesen.akteId(),
                Map.of(
                        "titel",
                        gelesen.titel(),
                        "text",
                        inhalt,
                        "dokumentvermerk",
                        id.toString(),
                        "version",
                        String.valueOf(version)));
        zuschauer.sage(wer.person(), dokumentId, Gespraechsbeigabe.KOMMENTARE);
    }

    /** Sent twice; or not written, because there is a Version that was not looked at. */
    private void verlangeDenselben(Anmeldung wer, UUID id, UUID dokument, String text) {
        var derselbe = datenbank
                .sql(
                        "SELECT dokument_id = ? AND verfasst_von = ? AND text = ? FROM dokumentvermerk WHERE mandant_id = ? AND id = ?")
                .params(dokument, wer.person(), text, mandant(), id)
                .query(Boolean.class)
                .optional();
        if (derselbe.isEmpty()) {
            throw Abgelehnt.konflikt(
                    "Inzwischen gibt es eine neuere Version des Dokuments. Ein Vermerk bleibt für immer bei der Version, zu der er geschrieben wurde: Bitte sehen Sie sich die neue an. Ihr Text steht noch da; gilt er auch für sie, senden Sie ihn noch einmal ab.");
        }
        if (!derselbe.get()) {
            throw Abgelehnt.konflikt(
                    "Dieses Formular wurde schon mit einem anderen Vermerk abgesendet. Ihr Text steht noch da: Bitte senden Sie ihn jetzt noch einmal ab.");
        }
    }
}
