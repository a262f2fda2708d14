package de.federwerk.betrieb;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.antrag.Antragswege;
import de.federwerk.antrag.Antragswege.Weg;
import de.federwerk.basis.Sprache;
import de.federwerk.bescheid.Mustervorlagen;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.portal.Portaltexte;
import de.federwerk.portal.Portaltexte.Art;
import de.federwerk.stadtplan.Kachelschnitt;
import de.federwerk.stadtplan.Stadtplaene;
import java.math.BigDecimal;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What Musterstadt says in its Portal, and where its citizens' Anträge go. */
@Component
class Musterportal {

    private final JdbcClient datenbank;
    private final Aktenplan plan;
    private final Einheiten einheiten;
    private final Antragswege wege;
    private final Portaltexte texte;
    private final Stadtplaene plaene;
    private final Mustervorlagen vorlagen;

    Musterportal(
            JdbcClient datenbank,
            Aktenplan plan,
            Einheiten einheiten,
            Antragswege wege,
            Portaltexte texte,
            Stadtplaene plaene,
            Mustervorlagen vorlagen) {
        this.datenbank = datenbank;
        this.plan = plan;
        this.einheiten = einheiten;
        this.wege = wege;
        this.texte = texte;
        this.plaene = plaene;
        this.vorlagen = vorlagen;
    }

    /** Within the transaction that founds the town, when its plan and its Leistungen are there. */
    void richteEin(Anmeldung wer) {
        weg(wer, "hundesteuer-anmeldung", "22.01.03", "FD 20", false, 15);
        weg(wer, "bewohnerparkausweis", "32.15.03", "FD 32", false, 5);
        weg(wer, "sondernutzung", "66.20.03", "SG 66.2", true, 20);
        weg(wer, "meldebescheinigung", "33.10.01", "FD 32", false, 2);
        weg(wer, "informationszugang", "10.05.02", "FD 10", true, 20);
        weg(wer, "allgemeines-anliegen", "10.04.02", "SG 10.4", false, 3);
        plaene.setze(
                wer.pseudonym(),
                new Stadtplaene.Angaben(
                        new BigDecimal("52.0200"),
                        new BigDecimal("11.4000"),
                        new BigDecimal("51.9900"),
                        new BigDecimal("11.4490"),
                        "Erfundene Karte von Musterstadt"),
                Kachelschnitt.aus(Musterkarte.zeichne()));
        vorlagen.richteEin(wer);
        texte.schreibe(wer, Art.IMPRESSUM, Sprache.DE, """
                Stadt Musterstadt
                Rathausplatz 1
                00000 Musterstadt

                Die Stadt Musterstadt ist eine Körperschaft des öffentlichen Rechts. Es gibt sie nur, damit man sich Federwerk ansehen kann: Anschrift, Telefon und Gebühren sind erfunden.

                - Telefon 01234 500-0
                - rathaus@musterstadt.example""", 0);
        texte.schreibe(wer, Art.DATENSCHUTZ, Sprache.DE, """
                Wer einen Antrag stellt, gibt uns die Angaben, die wir brauchen, um ihn zu bearbeiten. Sie liegen in der Akte des zuständigen Amtes und werden nach deren Frist gelöscht oder dem Archiv angeboten.

                ## Kekse
                Das Portal merkt sich Ihre Sprache, schützt Formulare vor fremden Seiten und findet Ihre Entwürfe in diesem Browser wieder. Mehr nicht.

                ## Ihre Rechte
                Sie können Auskunft über Ihre Daten verlangen, Fehler berichtigen lassen und sich bei der Aufsicht beschweren.
                - datenschutz@musterstadt.example""", 0);
        texte.schreibe(wer, Art.BARRIEREFREIHEIT, Sprache.DE, """
                Dieses Portal soll alle Menschen erreichen. Es ist auf die Web Content Accessibility Guidelines (WCAG) 2.2, Stufe AA, hin gebaut und wird bei jeder Änderung von Programmen daraufhin geprüft; eine Prüfung durch Menschen mit Behinderungen steht noch aus.

                ## Was noch nicht geht
                - Nicht jede Leistung ist in Leichter Sprache beschrieben; dann sagt es die Seite.
                - Videos in Gebärdensprache gibt es noch nicht.

                ## Barrieren melden
                Sind Sie auf eine Barriere gestoßen? Schreiben Sie uns oder rufen Sie an, wir antworten innerhalb von zwei Wochen.
                - barrierefrei@musterstadt.example
                - Telefon 01234 500-0""", 0);
        texte.schreibe(wer, Art.HILFE, Sprache.DE, """
                ## Wie finde ich, was ich brauche?
                Schreiben Sie auf der Startseite mit Ihren eigenen Worten, was Sie erledigen möchten. Oder blättern Sie nach Lebenslagen.

                ## Brauche ich ein Konto?
                Für die meisten Anträge nicht. Sie bekommen nach dem Absenden einen Status-Code; mit ihm sehen Sie nach, wie es steht, lesen Nachrichten und antworten. Mit einem Konto finden Sie alles überall wieder, und Bescheide kommen ins Postfach statt mit der Post.

                ## Wo steht, was aus meinem Antrag wurde?
                Unter „Ihre Anträge“ oder mit dem Status-Code. Dort liegt auch die Eingangsbestätigung als PDF, und dort steht, welches Amt Ihren Antrag wann geöffnet hat.

                ## Das Amt fragt zurück. Was tun?
                Im Postfach steht „Rückfrage an Sie“. Antworten Sie dort, auch mit Dateien; die Antwort liegt gleich bei Ihrem Antrag.

                ## Kann ich später weitermachen?
                Ja, im selben Browser, 30 Tage lang: unter „Ihre Anträge“.""", 0);
    }

    private void weg(Anmeldung wer, String kurzname, String position, String einheit, boolean jeAntrag, int tage) {
        var leistung = datenbank
                .sql("SELECT id FROM leistung WHERE mandant_id = ? AND kurzname = ?")
                .params(mandant(), kurzname)
                .query(UUID.class)
                .single();
        wege.setze(
                wer,
                new Weg(
                        leistung,
                        plan.gemeint(position).orElseThrow().id(),
                        einheiten.mitKuerzel(einheit).orElseThrow(),
                        jeAntrag,
                        tage,
                        true,
                        0));
    }
}
