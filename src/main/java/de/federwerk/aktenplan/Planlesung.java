package de.federwerk.aktenplan;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A plan as a file: kept, looked at, taken. Between looking and taking it is kept, and what is taken is compared anew with the plan in the
 * same transaction.
 */
@Component
class Planlesung {

    /** @param gesehen what it was made from: goes into the form, and must still hold when it is sent */
    record Vorschau(Planvergleich.Ergebnis ergebnis, String gesehen) {}

    private final JdbcClient datenbank;
    private final Planwerk werk;
    private final Planfassungen fassungen;
    private final Personen personen;
    private final Protokoll protokoll;

    Planlesung(JdbcClient datenbank, Planwerk werk, Planfassungen fassungen, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.werk = werk;
        this.fassungen = fassungen;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    /**
     * Keeps a file to look at. Nothing of it holds yet.
     *
     * @param ab from which day on it is to hold; null now
     * @throws Abgelehnt if it is too large, no plan, or the day is over
     */
    @Transactional
    public UUID lege(Anmeldung wer, String dateiname, byte[] datei, @Nullable LocalDate ab) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        Planfassungen.pruefeTag(ab);
        var gelesen = Plandatei.lies(datei);
        if (gelesen.zeilen().isEmpty() && gelesen.fehler().isEmpty()) {
            throw Abgelehnt.eingabe("In der Datei steht keine einzige Position.");
        }
        datenbank
                .sql(
                        "UPDATE planfassung SET inhalt = NULL WHERE mandant_id = ? AND stand = 'vorschau' AND inhalt IS NOT NULL AND angelegt < now() - interval '7 days'")
                .param(mandant())
                .update();
        var id = Kennung.neu();
        var name = dateiname.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        datenbank
                .sql(
                        "INSERT INTO planfassung (mandant_id, id, bezeichnung, pruefsumme, inhalt, stand, gilt_ab, angelegt_von) VALUES (:m, :id, :name, :summe, :inhalt, 'vorschau', CAST(:ab AS date), :wer)")
                .param("m", mandant())
                .param("id", id)
                .param("name", name.isEmpty() ? "Liste" : name.substring(0, Math.min(200, name.length())))
                .param("summe", pruefsumme(datei))
                .param("inhalt", datei)
                .param("ab", ab == null ? null : ab.toString())
                .param("wer", wer.person())
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "aktenplan.hochgeladen",
                id,
                null,
                Map.of("dateiname", name, "pruefsumme", pruefsumme(datei)));
        return id;
    }

    private static String pruefsumme(byte[] datei) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(datei));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What taking it would do. @throws Abgelehnt (KONFLIKT) if the file is not there any more */
    @Transactional(readOnly = true)
    public Vorschau vorschau(UUID id, boolean beenden) {
        var fassung = fassungen.fassung(id);
        // Before the plan is read: if it changes in between, what is shown is only newer than its number.
        var gesehen = gesehen(fassung, werk.kopf());
        return new Vorschau(
                Planvergleich.vergleiche(fassungen.grund(fassung.giltAb()), Plandatei.lies(inhalt(id)), beenden),
                gesehen);
    }

    private static String gesehen(Planfassungen.Fassung fassung, Planwerk.Kopf kopf) {
        return requireNonNull(fassung.pruefsumme()).substring(0, 16) + "-" + kopf.stand();
    }

    private byte[] inhalt(UUID id) {
        return datenbank
                .sql("SELECT inhalt FROM planfassung WHERE mandant_id = ? AND id = ? AND inhalt IS NOT NULL")
                .params(mandant(), id)
                .query(byte[].class)
                .optional()
                .orElseThrow(
                        () -> Abgelehnt.konflikt(
                                "Diese Datei ist nicht mehr da: Sie wurde übernommen oder ist älter als eine Woche. Bitte laden Sie sie noch einmal hoch."));
    }

    /**
     * Takes a file, now or for its day. Taken twice, it is taken once.
     *
     * @param gesehen of the {@link Vorschau} that was looked at
     * @param beenden whether positions end of which the file does not speak
     * @throws Abgelehnt (KONFLIKT) if the plan has changed since, (EINGABE) if any line is refused
     */
    @Transactional
    public void uebernimm(Anmeldung wer, UUID id, String gesehen, boolean beenden) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var kopf = werk.sperre();
        var fassung = fassungen.fassung(id);
        if (!fassung.stand().equals("vorschau")) {
            return;
        }
        var datei = inhalt(id);
        if (!gesehen.equals(gesehen(fassung, kopf))) {
            throw Abgelehnt.konflikt(
                    "Seit dieser Vorschau hat sich der Aktenplan geändert. Bitte sehen Sie die neue Vorschau an und übernehmen Sie noch einmal; es wurde nichts geändert.");
        }
        // The day may have come while it was looked at.
        Planfassungen.pruefeTag(fassung.giltAb());
        var grund = fassungen.grund(fassung.giltAb());
        var ergebnis = Planvergleich.vergleiche(grund, Plandatei.lies(datei), beenden);
        if (ergebnis.zahl(Planvergleich.Art.ABGELEHNT) > 0) {
            throw Abgelehnt.eingabe(
                    Planimport.einwaende("Es wurde nichts übernommen, der Aktenplan ist wie vorher. ", ergebnis));
        }
        fassungen.setze(wer, id, fassung.bezeichnung(), fassung.giltAb(), grund.bild(), ergebnis.aenderungen());
    }
}
