package de.federwerk.bescheid;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.postfach.Nachricht.Art;
import de.federwerk.postfach.Nachrichten;
import de.federwerk.protokoll.Protokoll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sends a Bescheid: into the Postfach of the Konto, or among the letters to be printed. Exactly the Version that was signed last goes out. */
@Component
class Versand {

    private final JdbcClient datenbank;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Dokumente dokumente;
    private final Dateien dateien;
    private final Blobs blobs;
    private final Antragsfaelle faelle;
    private final Bescheide bescheide;
    private final Bescheidvorlagen vorlagen;
    private final Zeichnungsstand zeichnungsstand;
    private final Nachrichten nachrichten;
    private final Bekanntgaben bekanntgaben;
    private final Protokoll protokoll;

    Versand(
            JdbcClient datenbank,
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            Dokumente dokumente,
            Dateien dateien,
            Blobs blobs,
            Antragsfaelle faelle,
            Bescheide bescheide,
            Bescheidvorlagen vorlagen,
            Zeichnungsstand zeichnungsstand,
            Nachrichten nachrichten,
            Bekanntgaben bekanntgaben,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.dokumente = dokumente;
        this.dateien = dateien;
        this.blobs = blobs;
        this.faelle = faelle;
        this.bescheide = bescheide;
        this.vorlagen = vorlagen;
        this.zeichnungsstand = zeichnungsstand;
        this.nachrichten = nachrichten;
        this.bekanntgaben = bekanntgaben;
        this.protokoll = protokoll;
    }

    /**
     * Sent twice, it goes out once.
     *
     * @param version that whoever sends has looked at
     * @throws NichtGefunden not for this person
     * @throws Abgelehnt (KONFLIKT) if it is not signed as it should be, or there is a newer Version, or the Vorgang is zdA
     */
    @Transactional
    public void sende(Anmeldung wer, UUID vorgangId, UUID id, UUID version, Kanal kanal) {
        var vorgang = vorgaenge.aenderbar(wer, vorgangId);
        vorgaenge.halteOffen(vorgangId);
        var bescheid = bescheide.einer(vorgangId, id);
        if (bescheid.abgesendet()) {
            return;
        }
        if (!bescheid.entwurf()) {
            throw Abgelehnt.konflikt("Der Entwurf wurde inzwischen verworfen. Es wurde nichts abgesendet.");
        }
        var fall =
                faelle.zu(vorgangId).orElseThrow(() -> new NichtGefunden("Zu diesem Vorgang gibt es keinen Antrag."));
        if (kanal == Kanal.POSTFACH && fall.konto() == null) {
            throw Abgelehnt.konflikt(
                    "Zu diesem Antrag gibt es kein Konto (mehr), also kein Postfach. Bitte senden Sie den Bescheid mit der Post; es wurde nichts abgesendet.");
        }
        var stand = verlangeReif(wer, bescheid, version);
        var blob = dateien.original(stand.datei());
        verlangePdf(blob);
        var nachricht = kanal == Kanal.POSTFACH ? Kennung.neu() : null;
        datenbank
                .sql("""
                UPDATE bescheid SET stand = 'abgesendet', kanal = ?, gesendet = now(), gesendet_von = ?, version_id = ?, sha256 = ?, nachricht_id = ?
                 WHERE mandant_id = ? AND id = ? AND stand = 'entwurf'""")
                .param(kanal.kennung())
                .param(wer.person())
                .param(stand.version())
                .param(blob.sha256())
                .param(nachricht)
                .param(mandant())
                .param(id)
                .update();
        if (nachricht != null) {
            nachrichten.sende(
                    nachricht,
                    fall.antragId(),
                    Art.BESCHEID,
                    kurz("Bescheid: " + fall.titel()),
                    """
                    Über Ihren Antrag „%s“ ist entschieden. Der Bescheid liegt dieser Nachricht als Datei bei.

                    Bitte lesen Sie ihn bald: Mit der Bekanntgabe beginnt die Frist, in der Sie sich gegen ihn wenden können. Wie das geht, steht am Ende des Bescheids.""".formatted(fall.titel()),
                    List.of(new Nachrichten.Beilage("Bescheid.pdf", blob)));
        }
        protokoll.schreibe(
                wer.pseudonym(),
                "bescheid.abgesendet",
                id,
                vorgang.akteId(),
                Map.of(
                        "titel",
                        bescheid.betreff(),
                        "ergebnis",
                        bescheid.ergebnis().kennung(),
                        "kanal",
                        kanal.kennung(),
                        "version",
                        stand.version().toString(),
                        "inhalt",
                        blob.pruefsumme(),
                        "anschrift",
                        bescheid.anschrift()),
                "bescheid");
        if (kanal == Kanal.POSTFACH) {
            bekanntgaben.rechne(wer, vorgangId, id);
        }
    }

    private Zeichnungsstand.Stand verlangeReif(Anmeldung wer, Bescheid bescheid, UUID gesehen) {
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), bescheid.dokumentId());
        if (!dokument.vorgangId().equals(bescheid.vorgangId())) {
            throw Abgelehnt.konflikt(
                    "Das Dokument des Bescheids liegt nicht mehr in diesem Vorgang. Es wurde nichts abgesendet; bitte erstellen Sie den Bescheid neu.");
        }
        var stand = zeichnungsstand.von(
                bescheid.dokumentId(), vorlagen.fassung(bescheid.fassungId()).zeichnung());
        if (!stand.version().equals(gesehen)) {
            throw Abgelehnt.konflikt(
                    "Inzwischen gibt es Version %d des Bescheids. Sie haben eine frühere gesehen; bitte sehen Sie sie sich an. Es wurde nichts abgesendet."
                            .formatted(stand.nummer()));
        }
        if (!stand.hindernis().isEmpty()) {
            throw Abgelehnt.konflikt(stand.hindernis() + " Es wurde nichts abgesendet.");
        }
        return stand;
    }

    /** Somebody may have filed another kind of file as a further Version. */
    private void verlangePdf(Blob blob) {
        try (var strom = blobs.lies(blob)) {
            if (!Arrays.equals(strom.readNBytes(5), "%PDF-".getBytes(StandardCharsets.US_ASCII))) {
                throw Abgelehnt.konflikt(
                        "Die neueste Version des Bescheids ist kein PDF. Es wurde nichts abgesendet; bitte erstellen Sie ihn hier neu oder legen Sie ihn als PDF ab.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String kurz(String betreff) {
        return betreff.length() <= 200 ? betreff : betreff.substring(0, 199) + "…";
    }
}
