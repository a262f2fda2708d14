package de.federwerk.postfach;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.postfach.Nachricht.Art;
import de.federwerk.protokoll.Protokoll;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the office writes to whoever sent an Antrag: a question that wants an answer, or a note that wants none. */
@Component
class Rueckfragen {

    /** As much as anybody reads on a phone, and less than a Vermerk takes. */
    static final int TEXT = 5_000;

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Vorgaenge vorgaenge;
    private final Nachrichten nachrichten;
    private final Protokoll protokoll;

    Rueckfragen(
            JdbcClient datenbank, Einmal einmal, Vorgaenge vorgaenge, Nachrichten nachrichten, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.vorgaenge = vorgaenge;
        this.nachrichten = nachrichten;
        this.protokoll = protokoll;
    }

    /** The Antrag of this Vorgang, be it the first one or that of a Nachtrag. Whoever asks has asked for the Vorgang. */
    @Transactional(readOnly = true)
    public Optional<UUID> antragZu(UUID vorgang) {
        return datenbank
                .sql("""
                SELECT antrag_id FROM antragsvorgang WHERE mandant_id = :m AND vorgang_id = :vorgang
                UNION ALL SELECT antrag_id FROM nachtrag WHERE mandant_id = :m AND vorgang_id = :vorgang LIMIT 1""")
                .param("m", mandant())
                .param("vorgang", vorgang)
                .query(UUID.class)
                .optional();
    }

    /**
     * Sends it; the words stand in the Vorgang as a Vermerk, too, which stays.
     *
     * @param id chosen by the caller: sent twice, it is sent once
     * @param art {@link Art#RUECKFRAGE} or {@link Art#HINWEIS}
     * @throws NichtGefunden if the Vorgang does not exist for this person, or came not from the Portal
     * @throws Abgelehnt if she may only read it, it is zdA, or something is missing
     */
    @Transactional
    public void schreibe(Anmeldung wer, UUID id, UUID vorgangId, Art art, String betreff, String text) {
        einmal.warte(id);
        var vorgang = vorgaenge.aenderbar(wer, vorgangId);
        var antrag = antragZu(vorgangId)
                .orElseThrow(() -> new NichtGefunden("Zu diesem Vorgang gibt es keinen Antrag aus dem Portal."));
        if (schonGeschrieben(id, vorgangId)) {
            return;
        }
        var sauberer = text.replace("\0", "").strip();
        if (betreff.isBlank() || sauberer.isEmpty()) {
            throw Abgelehnt.eingabe("Bitte schreiben Sie einen Betreff und einen Text. Es wurde nichts gesendet.");
        }
        if (sauberer.length() > TEXT) {
            throw Abgelehnt.eingabe("Der Text hat %d Zeichen; möglich sind %d. Es wurde nichts gesendet."
                    .formatted(sauberer.length(), TEXT));
        }
        var wort = art == Art.RUECKFRAGE ? "Rückfrage" : "Hinweis";
        nachrichten.sende(id, antrag, art, betreff.replace("\0", ""), sauberer, List.of());
        datenbank
                .sql("INSERT INTO hausnachricht (mandant_id, nachricht_id, vorgang_id, person_id) VALUES (?, ?, ?, ?)")
                .params(mandant(), id, vorgangId, wer.person())
                .update();
        vorgaenge.vermerke(
                wer,
                Kennung.neu(),
                vorgangId,
                wort + " ins Postfach gesendet: " + betreff.replace("\0", "").strip() + "\n\n" + sauberer);
        protokoll.schreibe(
                wer.pseudonym(),
                "antrag." + art.kennung(),
                vorgangId,
                vorgang.akteId(),
                Map.of("titel", betreff.strip(), "nachricht", id.toString()));
        datenbank
                .sql(
                        "UPDATE antragsvorgang SET bearbeitet_seit = now() WHERE mandant_id = ? AND antrag_id = ? AND bearbeitet_seit IS NULL")
                .params(mandant(), antrag)
                .update();
    }

    /** @throws Abgelehnt (KONFLIKT) if the first time it was about something else */
    private boolean schonGeschrieben(UUID id, UUID vorgang) {
        var schon = datenbank
                .sql(
                        "SELECT h.vorgang_id FROM nachricht n LEFT JOIN hausnachricht h ON h.mandant_id = n.mandant_id AND h.nachricht_id = n.id WHERE n.mandant_id = ? AND n.id = ?")
                .params(mandant(), id)
                .query((z, nr) -> Optional.ofNullable(z.getObject(1, UUID.class)))
                .optional();
        if (schon.isPresent() && !schon.get().equals(Optional.of(vorgang))) {
            throw Abgelehnt.konflikt(
                    "Dieses Formular wurde schon für einen anderen Vorgang abgesendet. Bitte öffnen Sie es neu.");
        }
        return schon.isPresent();
    }

    private record Verfasser(UUID nachrichtId, String name) {}

    /** Who in the house wrote which message about this Antrag. */
    @Transactional(readOnly = true)
    public Map<UUID, String> verfasser(UUID antrag) {
        return datenbank.sql("""
                SELECT h.nachricht_id, trim(p.vorname || ' ' || p.nachname) AS name FROM hausnachricht h
                  JOIN nachricht n ON n.mandant_id = h.mandant_id AND n.id = h.nachricht_id
                  JOIN person p ON p.mandant_id = h.mandant_id AND p.id = h.person_id
                 WHERE h.mandant_id = ? AND n.antrag_id = ?""").params(mandant(), antrag).query(Verfasser.class).list().stream()
                .collect(Collectors.toMap(Verfasser::nachrichtId, Verfasser::name));
    }
}
