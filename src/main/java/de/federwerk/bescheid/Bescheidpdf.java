package de.federwerk.bescheid;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.formular.Bedingung.Ausgefuellt;
import de.federwerk.formular.Werte;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Mandanten;
import de.federwerk.satz.Angabe;
import de.federwerk.satz.Brief;
import de.federwerk.satz.Satz;
import de.federwerk.satz.Schriftstueck;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes the letter: what the template says with what was filled in, under the head of the office. PDF/A-3a and PDF/UA-1. */
@Component
class Bescheidpdf {

    /** Of an address field after DIN 5008. */
    static final int ZEILEN = 6;

    /** What goes in. @param anschrift a line each @param vorschau printed on it, so that nobody takes it for the real one */
    record Inhalt(
            Fassung fassung, Antragsfall fall, Werte werte, String anschrift, String aktenzeichen, boolean vorschau) {}

    /** @param betreff filled in */
    record Brieftext(String betreff, List<Vorlagentext.Block> bloecke, List<String> rechtsbehelf) {}

    private record Stelle(String name, String strasse, String ort, String telefon, String mail) {}

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Mandanten mandanten;
    private final Bescheidvorlagen vorlagen;
    private final Satz satz;

    Bescheidpdf(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Mandanten mandanten,
            Bescheidvorlagen vorlagen,
            Satz satz) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.mandanten = mandanten;
        this.vorlagen = vorlagen;
        this.satz = satz;
    }

    /** Reads in a transaction of its own and sets outside of it, for setting takes its time. */
    byte[] setze(Anmeldung wer, Inhalt inhalt) {
        var angaben = transaktion.execute(t -> angaben(wer, inhalt));
        if (angaben == null) {
            throw new IllegalStateException("Ohne Angaben kein Brief");
        }
        var text = text(inhalt, angaben);
        return satz.setze(new Schriftstueck(
                "bescheid/pdf",
                Map.of(
                        "brief",
                        brief(inhalt, angaben, text.betreff),
                        "bloecke",
                        text.bloecke,
                        "rechtsbehelf",
                        text.rechtsbehelf),
                Instant.now()));
    }

    private Briefangaben angaben(Anmeldung wer, Inhalt inhalt) {
        var stelle = stelle(inhalt.fall.einheit());
        return new Briefangaben(
                mandanten.finde(mandant()).map(Mandanten.Zeile::name).orElse(""),
                stelle.name,
                stelle.strasse,
                stelle.ort,
                stelle.telefon,
                stelle.mail,
                inhalt.aktenzeichen,
                wer.name(),
                inhalt.fall.titel(),
                inhalt.fall.gesendet(),
                LocalDate.now(Anzeige.ZONE),
                inhalt.anschrift.lines().findFirst().orElse(""));
    }

    /** Where citizens go to; a unit for which none is entered writes under its own name alone. */
    private Stelle stelle(UUID einheit) {
        return datenbank.sql("""
                SELECT coalesce(d.name, e.name) AS name, coalesce(d.strasse, '') AS strasse, coalesce(d.ort, '') AS ort, coalesce(d.telefon, '') AS telefon,
                       coalesce(d.mail, '') AS mail
                  FROM einheit e LEFT JOIN dienststelle d ON d.mandant_id = e.mandant_id AND d.einheit_id = e.id AND d.beendet IS NULL
                 WHERE e.mandant_id = ? AND e.id = ? ORDER BY d.name LIMIT 1""").params(mandant(), einheit).query(Stelle.class).single();
    }

    private Brieftext text(Inhalt inhalt, Briefangaben angaben) {
        var fassung = inhalt.fassung;
        var formular = fassung.formular();
        var maengel = vorlagen.maengel(fassung, inhalt.fall.formular());
        if (!maengel.isEmpty()) {
            throw Abgelehnt.eingabe("Die Vorlage „%s“ passt nicht zu diesem Antrag, es wurde nichts erstellt. %s"
                    .formatted(fassung.name(), String.join(" ", maengel)));
        }
        var haus = angaben.werte();
        var eigene = formular.angaben(inhalt.werte);
        UnaryOperator<String> wert = feld -> {
            var bekannt = haus.get(feld);
            if (bekannt != null) {
                return bekannt;
            }
            return feld.startsWith("antrag.")
                    ? inhalt.fall.wert(feld.substring(7))
                    : eigene.stream()
                            .filter(a -> a.feld().equals(feld))
                            .findFirst()
                            .map(a -> a.gezeigt())
                            .orElse("");
        };
        var ausgefuellt = List.of(
                new Ausgefuellt(formular, inhalt.werte, angaben.datum()),
                new Ausgefuellt(inhalt.fall.formular(), inhalt.fall.werte(), inhalt.fall.gesendet()));
        var rechtsbehelf = fassung.rechtsbehelf();
        var betreff = Vorlagentext.ersetze(fassung.betreff(), wert)
                .replaceAll("\\s+", " ")
                .strip();
        return new Brieftext(
                betreff.length() <= 300 ? betreff : betreff.substring(0, 299) + "…",
                Vorlagentext.aus(fassung.text()).fuelle(wert, ausgefuellt),
                rechtsbehelf == null
                        ? List.of()
                        : Vorlagentext.ersetze(rechtsbehelf.text(), wert)
                                .lines()
                                .toList());
    }

    private static Brief brief(Inhalt inhalt, Briefangaben a, String betreff) {
        var block = new ArrayList<Angabe>();
        nimm(block, "Unser Zeichen", a.aktenzeichen());
        nimm(block, "Auskunft", a.bearbeiter());
        nimm(block, "Telefon", a.telefon());
        nimm(block, "E-Mail", a.mail());
        nimm(block, "Datum", Anzeige.datum(a.datum()));
        if (inhalt.vorschau) {
            nimm(block, "Vorschau", "nicht versandt");
        }
        var ort = String.join(
                ", ",
                List.of(a.strasse(), a.ort()).stream().filter(t -> !t.isEmpty()).toList());
        return new Brief(
                "de",
                a.stadt(),
                a.stelle(),
                ort.isEmpty() ? a.stadt() : a.stadt() + " · " + ort,
                inhalt.anschrift.lines().limit(ZEILEN).toList(),
                block,
                betreff,
                List.of(a.stadt() + ", " + a.stelle(), ort),
                null);
    }

    private static void nimm(List<Angabe> block, String wort, String wert) {
        if (!wert.isEmpty()) {
            block.add(new Angabe(wort, wert));
        }
    }

    /** Made up, for whoever writes the template. */
    byte[] muster(Anmeldung wer, Fassung fassung, UUID einheit) {
        var formular = fassung.formular();
        var werte = formular.schritte().getFirst().abschnitte().isEmpty()
                ? Werte.LEER
                : formular.lies(Werte.LEER, Vorlagenfelder.SCHRITT, Vorlagenfelder.muster(formular));
        var antrag = vorlagen.antragsformular(fassung.leistungId());
        var fall = new Antragsfall(
                Kennung.neu(),
                Kennung.neu(),
                Kennung.neu(),
                "Musterleistung",
                antrag == null ? formular : antrag,
                antrag == null ? werte : Musterwerte.zu(antrag),
                LocalDate.now(Anzeige.ZONE),
                null,
                einheit);
        return setze(
                wer,
                new Inhalt(
                        fassung,
                        fall,
                        werte,
                        "Erika Mustermann\nHauptstraße 1\n12345 Musterstadt",
                        "32.10.05-0001/2026",
                        true));
    }
}
