package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Akten;
import de.federwerk.akte.Aktenanlage;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Dokumente.Angaben;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.antrag.Antragswege.Weg;
import de.federwerk.basis.Kennung;
import de.federwerk.datei.Dateien;
import de.federwerk.formular.Formular;
import de.federwerk.formular.Formularangabe;
import de.federwerk.formular.Formulare;
import de.federwerk.formular.Formularpdf;
import de.federwerk.formular.Formularwert;
import de.federwerk.formular.Werte;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.leistung.Leistungen;
import de.federwerk.leistung.Merkmale;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Mandanten;
import de.federwerk.satz.Angabe;
import java.io.ByteArrayInputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a Vorgang of what was sent: in the right Akte, with the form as PDF and its files, and a task for the unit that is responsible. All of it
 * in one transaction, under ids that follow from the Antrag: begun again after a crash it makes nothing twice.
 */
@Component
class Veraktung {

    /** @param kurzname of the Leistung */
    private record Gesendet(
            UUID id,
            UUID leistungId,
            String kurzname,
            String titel,
            UUID formularfassungId,
            Werte werte,
            Instant gesendet,
            String blatt) {}

    private record Anlage(String dateiname, Blob blob) {}

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Formulare formulare;
    private final Leistungen leistungen;
    private final Antragswege wege;
    private final Formularpdf pdfs;
    private final Mandanten mandanten;
    private final Vorpruefung vorpruefung;
    private final Blobs blobs;
    private final Dateien dateien;
    private final Akten akten;
    private final Aktenanlage aktenanlage;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Laufwege laufwege;

    Veraktung(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Formulare formulare,
            Leistungen leistungen,
            Antragswege wege,
            Formularpdf pdfs,
            Mandanten mandanten,
            Vorpruefung vorpruefung,
            Blobs blobs,
            Dateien dateien,
            Akten akten,
            Aktenanlage aktenanlage,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Laufwege laufwege) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.formulare = formulare;
        this.leistungen = leistungen;
        this.wege = wege;
        this.pdfs = pdfs;
        this.mandanten = mandanten;
        this.vorpruefung = vorpruefung;
        this.blobs = blobs;
        this.dateien = dateien;
        this.akten = akten;
        this.aktenanlage = aktenanlage;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.laufwege = laufwege;
    }

    /** @throws de.federwerk.basis.Abgelehnt if nothing says where it goes, or the way there is closed */
    void verakte(UUID id) {
        var gelesen = requireNonNull(transaktion.execute(t -> gesendet(id)
                .map(g -> new Vorlage(g, formulare.fassung(g.formularfassungId).formular(), anlagen(id)))));
        gelesen.ifPresent(this::verakte);
    }

    private void verakte(Vorlage gelesen) {
        // Typeset and durable before the transaction, which is then short.
        var pdf = blobs.schreibe(new ByteArrayInputStream(pdf(gelesen)));
        transaktion.executeWithoutResult(t -> lege(gelesen, pdf));
    }

    private byte[] pdf(Vorlage v) {
        var stadt = mandanten.finde(mandant()).map(Mandanten.Zeile::name).orElse("");
        return pdfs.ausgefuellt(
                v.formular,
                v.antrag.werte,
                "de",
                stadt,
                List.of(
                        new Angabe("Abgesendet", Anzeige.genau(v.antrag.gesendet)),
                        new Angabe("Eintrag im Protokoll", v.antrag.blatt)),
                v.antrag.gesendet);
    }

    private record Vorlage(Gesendet antrag, Formular formular, List<Anlage> anlagen) {}

    private Optional<Gesendet> gesendet(UUID id) {
        return datenbank
                .sql("""
                SELECT a.id, a.leistung_id, l.kurzname, a.titel, a.formularfassung_id, a.werte, a.gesendet, encode(a.blatt, 'hex') AS blatt
                  FROM antrag a JOIN leistung l ON l.mandant_id = a.mandant_id AND l.id = a.leistung_id
                 WHERE a.mandant_id = ? AND a.id = ? AND a.stand = 'gesendet'""")
                .params(mandant(), id)
                .query(Veraktung::gesendet)
                .optional();
    }

    private static Gesendet gesendet(ResultSet z, int nr) throws SQLException {
        return new Gesendet(
                z.getObject("id", UUID.class),
                z.getObject("leistung_id", UUID.class),
                z.getString("kurzname"),
                z.getString("titel"),
                z.getObject("formularfassung_id", UUID.class),
                Werte.aus(z.getString("werte")),
                z.getTimestamp("gesendet").toInstant(),
                z.getString("blatt"));
    }

    private List<Anlage> anlagen(UUID id) {
        return datenbank
                .sql(
                        "SELECT id, laenge, sha256, ort, dateiname FROM antragsanlage WHERE mandant_id = ? AND antrag_id = ? ORDER BY id")
                .params(mandant(), id)
                .query((z, nr) -> new Anlage(
                        z.getString("dateiname"),
                        new Blob(
                                z.getObject("id", UUID.class),
                                z.getLong("laenge"),
                                z.getBytes("sha256"),
                                z.getString("ort"))))
                .list();
    }

    private void lege(Vorlage vorlage, Blob pdf) {
        var antrag = vorlage.antrag;
        // Held: another program that takes over at the same time waits, and then finds it done.
        var noch = datenbank
                .sql("SELECT id FROM antrag WHERE mandant_id = ? AND id = ? AND stand = 'gesendet' FOR UPDATE")
                .params(mandant(), antrag.id)
                .query(UUID.class)
                .optional();
        if (noch.isEmpty()) {
            return;
        }
        var angaben = vorlage.formular.angaben(antrag.werte);
        var weg = wege.weg(antrag.leistungId);
        var amt = wege.amt();
        var einheit = leistungen
                .zustaendig(antrag.kurzname, merkmale(angaben))
                .dienststelle()
                .map(d -> d.einheit())
                .filter(this::gilt)
                .orElse(weg.einheitId());
        var name = antragsteller(angaben);
        var titel = kurz(antrag.titel + (name == null ? "" : ": " + name));
        var akte = akte(amt, weg, antrag, einheit, titel);
        var vorgang = vorgaenge.eroeffne(amt, antrag.id, akte, titel);
        var hauptdokument = dokumente.lege(
                amt,
                Kennung.neu(),
                vorgang.id(),
                dateien.aufnehmen(pdf, antrag.titel + ".pdf"),
                new Angaben(
                        antrag.titel,
                        "Antrag",
                        null,
                        null,
                        name,
                        LocalDate.ofInstant(antrag.gesendet, Anzeige.ZONE),
                        antrag.gesendet));
        for (var anlage : vorlage.anlagen) {
            dokumente.lege(
                    amt,
                    Kennung.neu(),
                    vorgang.id(),
                    dateien.aufnehmen(anlage.blob, anlage.dateiname),
                    new Angaben(anlage.dateiname, "Anlage", hauptdokument.id(), null, name, null, antrag.gesendet));
        }
        var pruefung = vorpruefung.pruefe(antrag.id, antrag.leistungId, vorlage.formular, antrag.werte, weg);
        datenbank
                .sql(
                        "INSERT INTO antragsvorgang (mandant_id, antrag_id, vorgang_id, einheit_id, pruefung) VALUES (?, ?, ?, ?, CAST(? AS jsonb))")
                .params(mandant(), antrag.id, vorgang.id(), einheit, pruefung)
                .update();
        datenbank
                .sql("UPDATE antrag SET stand = 'veraktet' WHERE mandant_id = ? AND id = ?")
                .params(mandant(), antrag.id)
                .update();
        datenbank
                .sql("""
                INSERT INTO antragsschritt (mandant_id, id, antrag_id, art, stelle)
                SELECT ?, ?, ?, 'eingegangen', name FROM einheit WHERE mandant_id = ? AND id = ?""")
                .params(mandant(), Kennung.neu(), antrag.id, mandant(), einheit)
                .update();
        laufwege.beginne(
                amt,
                new Laufwegentwurf(
                        Kennung.neu(), vorgang.id(), null, "Antrag bearbeiten", false, List.of(station(einheit, weg))));
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

    private boolean gilt(UUID einheit) {
        return datenbank
                .sql("SELECT gilt(gueltig_von, gueltig_bis) FROM einheit WHERE mandant_id = ? AND id = ?")
                .params(mandant(), einheit)
                .query(Boolean.class)
                .single();
    }

    /** That of the year and unit, or one for this Antrag alone. */
    private UUID akte(Anmeldung amt, Weg weg, Gesendet antrag, UUID einheit, String titel) {
        if (weg.jeAntrag()) {
            return aktenanlage
                    .legeAn(amt, Kennung.neu(), new Akten.Neu(weg.planknotenId(), einheit, titel, null, false))
                    .id();
        }
        int jahr = LocalDate.ofInstant(antrag.gesendet, Anzeige.ZONE).getYear();
        var schon = datenbank
                .sql("""
                SELECT a.id FROM antragsakte s JOIN akte a ON a.mandant_id = s.mandant_id AND a.id = s.akte_id
                 WHERE s.mandant_id = ? AND s.leistung_id = ? AND s.einheit_id = ? AND s.jahr = ?
                   AND a.stand <> 'zda' AND a.planknoten_id = ? AND a.einheit_id = ? FOR NO KEY UPDATE OF s""")
                .params(mandant(), antrag.leistungId, einheit, jahr, weg.planknotenId(), einheit)
                .query(UUID.class)
                .optional();
        if (schon.isPresent()) {
            return schon.get();
        }
        var neu = akten.legeAn(amt, Kennung.neu(), weg.planknotenId(), einheit, kurz(antrag.titel + " " + jahr));
        datenbank
                .sql("""
                INSERT INTO antragsakte (mandant_id, leistung_id, einheit_id, jahr, akte_id) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (mandant_id, leistung_id, einheit_id, jahr) DO UPDATE SET akte_id = excluded.akte_id""")
                .params(mandant(), antrag.leistungId, einheit, jahr, neu.id())
                .update();
        return neu.id();
    }

    /** What the rules of a Leistung ask for, from the first name and the first address in the form. */
    private static Merkmale merkmale(List<Formularangabe> angaben) {
        var anschrift = erste(angaben, Formularwert.Anschrift.class);
        var name = erste(angaben, Formularwert.Name.class);
        return new Merkmale(
                anschrift == null ? null : anschrift.strasse(),
                anschrift == null ? null : anschrift.hausnummer(),
                null,
                name == null ? null : name.nach(),
                null);
    }

    private static @Nullable String antragsteller(List<Formularangabe> angaben) {
        var name = erste(angaben, Formularwert.Name.class);
        return name == null ? null : (name.vor() + " " + name.nach()).strip();
    }

    private static <T> @Nullable T erste(List<Formularangabe> angaben, Class<T> art) {
        return angaben.stream()
                .map(Formularangabe::wert)
                .filter(art::isInstance)
                .map(art::cast)
                .findFirst()
                .orElse(null);
    }

    private static String kurz(String titel) {
        return titel.length() <= 200 ? titel : titel.substring(0, 199) + "…";
    }
}
