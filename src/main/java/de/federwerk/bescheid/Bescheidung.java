package de.federwerk.bescheid;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Dokumente.Angaben;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.bescheid.Bescheidpdf.Inhalt;
import de.federwerk.datei.Dateien;
import de.federwerk.formular.Feldfehler;
import de.federwerk.formular.Werte;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Decides upon an Antrag: makes the Bescheid and files it as a draft in the Vorgang. */
@Component
class Bescheidung {

    /**
     * What the clerk has entered.
     *
     * @param id of the Bescheid, and {@code version} of this form: chosen by the page, so that sent twice it is done once
     * @param aenderung of the draft as it was when the form was opened; 0 for a new one
     * @param ergebnis see {@link Entscheidung}
     */
    record Eingabe(
            UUID id, UUID version, int aenderung, UUID fassung, String ergebnis, String anschrift, Werte werte) {}

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Vorgaenge vorgaenge;
    private final Antragsfaelle faelle;
    private final Bescheidvorlagen vorlagen;
    private final Bescheide bescheide;
    private final Bescheidpdf pdf;
    private final Blobs blobs;
    private final Dateien dateien;
    private final Dokumente dokumente;
    private final Protokoll protokoll;

    Bescheidung(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Vorgaenge vorgaenge,
            Antragsfaelle faelle,
            Bescheidvorlagen vorlagen,
            Bescheide bescheide,
            Bescheidpdf pdf,
            Blobs blobs,
            Dateien dateien,
            Dokumente dokumente,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.vorgaenge = vorgaenge;
        this.faelle = faelle;
        this.vorlagen = vorlagen;
        this.bescheide = bescheide;
        this.pdf = pdf;
        this.blobs = blobs;
        this.dateien = dateien;
        this.dokumente = dokumente;
        this.protokoll = protokoll;
    }

    /** What of the fields does not fit; empty: it may be made. */
    static List<Feldfehler> fehler(Fassung fassung, Werte werte) {
        return fassung.formular().pruefeAlles(werte);
    }

    /**
     * How it would look; nothing is kept.
     *
     * @throws NichtGefunden not for this person
     * @throws Abgelehnt (EINGABE) if something is missing
     */
    byte[] vorschau(Anmeldung wer, UUID vorgang, Eingabe eingabe) {
        return pdf.setze(wer, inhalt(wer, vorgang, eingabe, true));
    }

    private Inhalt inhalt(Anmeldung wer, UUID vorgangId, Eingabe eingabe, boolean vorschau) {
        return requireNonNull(transaktion.execute(t -> {
            var vorgang = vorgaenge.aenderbar(wer, vorgangId);
            var fall = faelle.zu(vorgangId)
                    .orElseThrow(() -> new NichtGefunden("Zu diesem Vorgang gibt es keinen Antrag."));
            var fassung = fassung(eingabe, fall);
            verlangeGanz(eingabe, fassung);
            return new Inhalt(
                    fassung, fall, eingabe.werte, anschrift(eingabe.anschrift), vorgang.aktenzeichen(), vorschau);
        }));
    }

    /** Published, or that of the draft: what was begun goes on with its version. */
    private Fassung fassung(Eingabe eingabe, Antragsfall fall) {
        var fassung = vorlagen.fassung(eingabe.fassung);
        boolean passt = fassung.leistungId() == null || fassung.leistungId().equals(fall.leistungId());
        if (!passt || fassung.entwurf() || fassung.stand().equals("ersetzt") && eingabe.aenderung == 0) {
            throw Abgelehnt.konflikt(
                    "Diese Vorlage gilt nicht mehr oder nicht für diese Leistung. Bitte wählen Sie eine andere; Ihre Angaben stehen noch da.");
        }
        return fassung;
    }

    private static void verlangeGanz(Eingabe eingabe, Fassung fassung) {
        if (Entscheidung.mit(eingabe.ergebnis).isEmpty()) {
            throw Abgelehnt.eingabe("Bitte wählen Sie, wie entschieden wird.");
        }
        var fehler = fehler(fassung, eingabe.werte);
        if (!fehler.isEmpty()) {
            throw Abgelehnt.eingabe(
                    fehler.getFirst().feldtitel() + ": " + fehler.getFirst().meldung());
        }
        var rechtsbehelf = fassung.rechtsbehelf();
        if (rechtsbehelf != null && !rechtsbehelf.geprueft()) {
            throw Abgelehnt.konflikt("Die Rechtsbehelfsbelehrung „" + rechtsbehelf.name()
                    + "“ dieser Vorlage ist nicht (mehr) als geprüft gekennzeichnet. Es wurde nichts erstellt.");
        }
    }

    /** At least a name, a street and a town; at most what fits into the window of an envelope. */
    private static String anschrift(String getippt) {
        var zeilen =
                getippt.lines().map(String::strip).filter(z -> !z.isEmpty()).toList();
        if (zeilen.size() < 3) {
            throw Abgelehnt.eingabe(
                    "Die Anschrift ist unvollständig: Gebraucht werden Name, Straße und Ort, je eine Zeile.");
        }
        if (zeilen.size() > Bescheidpdf.ZEILEN || zeilen.stream().anyMatch(z -> z.length() > 60)) {
            throw Abgelehnt.eingabe(
                    "In das Anschriftfeld passen höchstens %d Zeilen mit je 60 Zeichen.".formatted(Bescheidpdf.ZEILEN));
        }
        return String.join("\n", zeilen);
    }

    /**
     * Files it as a Dokument; a draft that is there already gets a further Version.
     *
     * @throws NichtGefunden not for this person
     * @throws Abgelehnt (EINGABE) if something is missing, (KONFLIKT) if somebody else was faster or the Vorgang is zdA
     */
    void erstelle(Anmeldung wer, UUID vorgang, Eingabe eingabe) {
        var inhalt = inhalt(wer, vorgang, eingabe, false);
        // Set and durable before the transaction, which is then short.
        var blob = blobs.schreibe(new ByteArrayInputStream(pdf.setze(wer, inhalt)));
        transaktion.executeWithoutResult(t -> lege(wer, eingabe, inhalt, blob));
    }

    private void lege(Anmeldung wer, Eingabe eingabe, Inhalt inhalt, Blob blob) {
        var fall = inhalt.fall();
        var vorgang = vorgaenge.aenderbar(wer, fall.vorgangId());
        vorgaenge.halteOffen(fall.vorgangId());
        var bisher = bescheide.zu(fall.vorgangId());
        var dieser = bisher.stream().filter(b -> b.id().equals(eingabe.id)).findFirst();
        if (dieser.isPresent() && hatVersion(dieser.get().dokumentId(), eingabe.version)) {
            return;
        }
        bisher.stream()
                .filter(b -> b.entwurf() && !b.id().equals(eingabe.id))
                .findFirst()
                .ifPresent(b -> {
                    throw Abgelehnt.konflikt(
                            "%s hat am %s schon einen Bescheid zu diesem Antrag entworfen. Ihrer wurde nicht erstellt; bitte sehen Sie sich den Entwurf an."
                                    .formatted(b.erstelltVon(), Anzeige.genau(b.erstellt())));
                });
        var name = inhalt.fassung().name() + ".pdf";
        var betreff = betreff(inhalt);
        if (dieser.isEmpty()) {
            if (eingabe.aenderung != 0) {
                throw ueberholt();
            }
            var dokument = dokumente.lege(
                    wer,
                    eingabe.version,
                    fall.vorgangId(),
                    dateien.aufnehmen(blob, name),
                    new Angaben(betreff, "Bescheid", null, null, null, LocalDate.now(Anzeige.ZONE), null));
            fuegeHinzu(wer, eingabe, inhalt, betreff, dokument.id());
        } else {
            if (!dieser.get().entwurf() || dieser.get().aenderung() != eingabe.aenderung) {
                throw ueberholt();
            }
            dokumente.neueVersion(wer, eingabe.version, dieser.get().dokumentId(), dateien.aufnehmen(blob, name));
            aendere(eingabe, inhalt, betreff);
        }
        merke(wer, "bescheid.erstellt", eingabe.id, vorgang.akteId(), eingabe.ergebnis, betreff);
    }

    private static String betreff(Inhalt inhalt) {
        return inhalt.fassung().name() + ": "
                + inhalt.anschrift().lines().findFirst().orElse("");
    }

    /** The first Version has an id of its own, so a new Bescheid is known by its Dokument. */
    private boolean hatVersion(UUID dokument, UUID version) {
        return dokument.equals(version)
                || datenbank
                        .sql("SELECT EXISTS (SELECT FROM version WHERE mandant_id = ? AND dokument_id = ? AND id = ?)")
                        .params(mandant(), dokument, version)
                        .query(Boolean.class)
                        .single();
    }

    private static Abgelehnt ueberholt() {
        return Abgelehnt.konflikt(
                "Der Entwurf wurde inzwischen geändert, verworfen oder abgesendet. Ihre Eingabe wurde nicht ausgeführt; bitte laden Sie die Seite neu.");
    }

    private void fuegeHinzu(Anmeldung wer, Eingabe eingabe, Inhalt inhalt, String betreff, UUID dokument) {
        datenbank
                .sql("""
                INSERT INTO bescheid (mandant_id, id, antrag_id, vorgang_id, fassung_id, dokument_id, ergebnis, betreff, anschrift, werte, recht, rechtsbehelf,
                                      erstellt_von)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS jsonb), ?, ?, ?)""")
                .param(mandant())
                .param(eingabe.id)
                .param(inhalt.fall().antragId())
                .param(inhalt.fall().vorgangId())
                .param(eingabe.fassung)
                .param(dokument)
                .param(eingabe.ergebnis)
                .param(betreff)
                .param(inhalt.anschrift())
                .param(eingabe.werte.json())
                .param(inhalt.fassung().recht().kennung())
                .param(inhalt.fassung().rechtsbehelfart())
                .param(wer.person())
                .update();
    }

    private void aendere(Eingabe eingabe, Inhalt inhalt, String betreff) {
        datenbank
                .sql("""
                UPDATE bescheid SET fassung_id = ?, ergebnis = ?, betreff = ?, anschrift = ?, werte = CAST(? AS jsonb), recht = ?, rechtsbehelf = ?,
                       aenderung = aenderung + 1 WHERE mandant_id = ? AND id = ? AND stand = 'entwurf'""")
                .param(eingabe.fassung)
                .param(eingabe.ergebnis)
                .param(betreff)
                .param(inhalt.anschrift())
                .param(eingabe.werte.json())
                .param(inhalt.fassung().recht().kennung())
                .param(inhalt.fassung().rechtsbehelfart())
                .param(mandant())
                .param(eingabe.id)
                .update();
    }

    /**
     * A draft goes; its Dokument stays where it lies.
     *
     * @throws Abgelehnt (KONFLIKT) if it was sent
     */
    @Transactional
    public void verwirf(Anmeldung wer, UUID vorgangId, UUID id) {
        var vorgang = vorgaenge.aenderbar(wer, vorgangId);
        vorgaenge.halteOffen(vorgangId);
        var bescheid = bescheide.einer(vorgangId, id);
        if (bescheid.abgesendet()) {
            throw Abgelehnt.konflikt("Der Bescheid ist schon abgesendet und lässt sich nicht mehr verwerfen.");
        }
        int neu = datenbank
                .sql("UPDATE bescheid SET stand = 'verworfen' WHERE mandant_id = ? AND id = ? AND stand = 'entwurf'")
                .params(mandant(), id)
                .update();
        if (neu == 1) {
            merke(
                    wer,
                    "bescheid.verworfen",
                    id,
                    vorgang.akteId(),
                    bescheid.ergebnis().kennung(),
                    bescheid.betreff());
        }
    }

    private void merke(Anmeldung wer, String handlung, UUID id, UUID akte, String ergebnis, String betreff) {
        protokoll.schreibe(
                wer.pseudonym(), handlung, id, akte, Map.of("titel", betreff, "ergebnis", ergebnis), "bescheid");
    }
}
