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
     * Puts a Vermerk on record, about the Version that is the newest now.
     *
     * @param id chosen by the caller: sent twice, it is written once
     * @throws NichtGefunden if this person may not read the Dokument
     * @throws Abgelehnt (EINGABE) if empty or too long; (RECHT) if it may only be read; (KONFLIKT) if the Vorgang is zdA
     */
    @Transactional
    public void vermerke(Anmeldung wer, UUID id, UUID dokumentId, @Nullable String text) {
        var gelesen = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), dokumentId);
        if (dokumente
                .finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), dokumentId)
                .isEmpty()) {
            throw Abgelehnt.recht("Sie dürfen das Dokument „" + gelesen.titel()
                    + "“ lesen, aber nicht bearbeiten. Kommentieren können Sie es.");
        }
        var inhalt = Wortlaut.zeilen(text, "Der Vermerk", LAENGSTER);
        vorgaenge.halteOffen(gelesen.vorgangId());
        var version = datenbank
                .sql("""
                INSERT INTO dokumentvermerk (mandant_id, id, dokument_id, version, text, verfasst_von)
                SELECT mandant_id, :id, dokument_id, max(nummer), :text, :wer FROM version WHERE mandant_id = :m AND dokument_id = :dokument
                 GROUP BY mandant_id, dokument_id
                ON CONFLICT (mandant_id, id) DO NOTHING RETURNING version""")
                .param("m", mandant())
                .param("id", id)
                .param("dokument", dokumentId)
                .param("text", inhalt)
                .param("wer", wer.person())
                .query(Integer.class)
                .optional();
        if (version.isEmpty()) {
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
                        version.get().toString()));
        zuschauer.sage(wer.person(), dokumentId, Gespraechsbeigabe.KOMMENTARE);
    }

    private void verlangeDenselben(Anmeldung wer, UUID id, UUID dokument, String text) {
        boolean derselbe = datenbank
                        .sql(
                                "SELECT count(*) FROM dokumentvermerk WHERE mandant_id = ? AND id = ? AND dokument_id = ? AND verfasst_von = ? AND text = ?")
                        .params(mandant(), id, dokument, wer.person(), text)
                        .query(Long.class)
                        .single()
                == 1;
        if (!derselbe) {
            throw Abgelehnt.konflikt(
                    "Dieses Formular wurde schon mit einem anderen Vermerk abgesendet. Ihr Text steht noch da: Bitte senden Sie ihn jetzt noch einmal ab.");
        }
    }
}
