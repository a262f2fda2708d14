package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Aktenfelder;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Dokumente.Angaben;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.antrag.Antragswege.Weg;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.datei.Dateien;
import de.federwerk.formular.Formularpdf;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Mandanten;
import de.federwerk.satz.Angabe;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a Vorgang of what was sent: in the right Akte, with the form as PDF and its files, and a task for the unit that is responsible. All of it
 * in one transaction, under ids that follow from the Antrag: begun again after a crash it makes nothing twice.
 */
@Component
class Veraktung {

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Antragsvorlagen vorlagen;
    private final Zuweisung zuweisung;
    private final Antragswege wege;
    private final Formularpdf pdfs;
    private final Mandanten mandanten;
    private final Antragsfelder felder;
    private final Aktenfelder aktenfelder;
    private final Plausibilitaet plausibilitaet;
    private final Vorpruefung vorpruefung;
    private final Blobs blobs;
    private final Dateien dateien;
    private final Antragsakten akten;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Laufwege laufwege;

    Veraktung(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Antragsvorlagen vorlagen,
            Zuweisung zuweisung,
            Antragswege wege,
            Formularpdf pdfs,
            Mandanten mandanten,
            Antragsfelder felder,
            Aktenfelder aktenfelder,
            Plausibilitaet plausibilitaet,
            Vorpruefung vorpruefung,
            Blobs blobs,
            Dateien dateien,
            Antragsakten akten,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Laufwege laufwege) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.vorlagen = vorlagen;
        this.zuweisung = zuweisung;
        this.wege = wege;
        this.pdfs = pdfs;
        this.mandanten = mandanten;
        this.felder = felder;
        this.aktenfelder = aktenfelder;
        this.plausibilitaet = plausibilitaet;
        this.vorpruefung = vorpruefung;
        this.blobs = blobs;
        this.dateien = dateien;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.laufwege = laufwege;
    }

    /** @throws de.federwerk.basis.Abgelehnt if nothing says where it goes, or the way there is closed */
    void verakte(UUID id) {
        vorlagen.lies(id).ifPresent(v -> {
            // Typeset and durable before the transaction, which is then short.
            var blaetter = setze(v);
            var dateien = plausibilitaet.dateien(v);
            transaktion.executeWithoutResult(t -> lege(blaetter.antrag, blaetter.pdf, dateien));
        });
    }

    private record Blaetter(Antragsvorlage antrag, Blob pdf) {}

    /** What is too long for a PDF is filed all the same: its answers as text beside a PDF that says so. */
    private Blaetter setze(Antragsvorlage v) {
        var stadt = mandanten.finde(mandant()).map(Mandanten.Zeile::name).orElse("");
        var kopf = List.of(
                new Angabe("Abgesendet", Anzeige.genau(v.gesendet())), new Angabe("Eintrag im Protokoll", v.blatt()));
        try {
            return new Blaetter(
                    v, schreibe(pdfs.ausgefuellt(v.formular(), v.werte(), "de", stadt, kopf, v.gesendet())));
        } catch (Abgelehnt e) {
            if (e.art() != Abgelehnt.Art.GRENZE) {
                throw e;
            }
            var text = Formularpdf.text(v.formular(), v.werte(), v.gesendet());
            return new Blaetter(
                    v.mit(new Antragsvorlage.Anlage("Angaben.txt", schreibe(text.getBytes(StandardCharsets.UTF_8)))),
                    schreibe(pdfs.kopfblatt(
                            v.formular(),
                            stadt,
                            kopf,
                            "Sie sind zu lang für ein PDF und liegen vollständig in der Anlage „Angaben.txt“.",
                            v.gesendet())));
        }
    }

    private Blob schreibe(byte[] bytes) {
        return blobs.schreibe(new ByteArrayInputStream(bytes));
    }

    private void lege(Antragsvorlage antrag, Blob pdf, List<Vorpruefung.Befund> dateien) {
        // Held: another program that takes over at the same time waits, and then finds it done.
        var noch = datenbank
                .sql("SELECT id FROM antrag WHERE mandant_id = ? AND id = ? AND stand = 'gesendet' FOR UPDATE")
                .params(mandant(), antrag.id())
                .query(UUID.class)
                .optional();
        if (noch.isEmpty()) {
            return;
        }
        var weg = wege.weg(antrag.leistungId());
        var amt = wege.amt();
        var ziel = zuweisung.ziel(antrag, weg);
        var einheit = ziel.einheit();
        var vorgang = vorgaenge.eroeffne(amt, antrag.id(), akte(amt, antrag, einheit), antrag.vorgangstitel());
        var formular = legeDokumente(amt, vorgang.id(), antrag, pdf);
        var nicht = aktenfelder.uebernimm(amt, vorgang.id(), felder.werte(antrag.leistungId(), antrag));
        var pruefung = vorpruefung.pruefe(
                antrag,
                weg,
                Stream.concat(ziel.befunde().stream(), dateien.stream()).toList(),
                nicht);
        datenbank
                .sql(
                        "INSERT INTO antragsvorgang (mandant_id, antrag_id, vorgang_id, einheit_id, pruefung) VALUES (?, ?, ?, ?, CAST(? AS jsonb))")
                .params(mandant(), antrag.id(), vorgang.id(), einheit, pruefung)
                .update();
        datenbank
                .sql("UPDATE antrag SET stand = 'veraktet' WHERE mandant_id = ? AND id = ?")
                .params(mandant(), antrag.id())
                .update();
        laufwege.beginne(
                amt,
                new Laufwegentwurf(
                        Kennung.neu(),
                        vorgang.id(),
                        formular,
                        "Antrag bearbeiten",
                        false,
                        List.of(station(einheit, weg))));
    }

    /** @return that with the form: what lies beside the task */
    private UUID legeDokumente(Anmeldung amt, UUID vorgang, Antragsvorlage antrag, Blob pdf) {
        var name = antrag.antragsteller();
        var hauptdokument = dokumente.lege(
                amt,
                Kennung.neu(),
                vorgang,
                dateien.aufnehmen(pdf, antrag.titel() + ".pdf"),
                new Angaben(antrag.vorgangstitel(), "Antrag", null, null, name, antrag.tag(), antrag.gesendet()));
        for (var anlage : antrag.anlagen()) {
            dokumente.lege(
                    amt,
                    Kennung.neu(),
                    vorgang,
                    dateien.aufnehmen(anlage.blob(), anlage.dateiname()),
                    new Angaben(anlage.dateiname(), "Anlage", hauptdokument.id(), null, name, null, antrag.gesendet()));
        }
        return hauptdokument.id();
    }

    private static Station station(UUID einheit, Weg weg) {
        return new Station(
                Kennung.neu(),
                1,
                1,
                1,
                Stationsart.BEARBEITUNG,
                new Empfaenger("einheit", einheit),
                "Antrag aus dem Portal prüfen und entscheiden",
                weg.fristTage(),
                null,
                false,
                null,
                null,
                null);
    }

    private UUID akte(Anmeldung amt, Antragsvorlage antrag, UUID einheit) {
        return akten.akte(amt, antrag.leistungId(), antrag.titel(), antrag.vorgangstitel(), antrag.tag(), einheit);
    }
}
