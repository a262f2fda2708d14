package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.antrag.Antragswege.Weg;
import de.federwerk.gesicht.Anzeige;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What a machine can see before a person looks: each check with its reason. It decides nothing. */
@Component
class Vorpruefung {

    /** Days in which the same once more is probably a second click and not a second dog. */
    private static final int DUBLETTENTAGE = 90;

    /** @param art {@code vollstaendig}, {@code dublette}, {@code frist}, {@code feld} or as {@link Plausibilitaet} calls it @param gut whether nothing need be looked at */
    record Befund(String art, boolean gut, String grund) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient datenbank;

    private final Plausibilitaet plausibilitaet;

    Vorpruefung(JdbcClient datenbank, Plausibilitaet plausibilitaet) {
        this.datenbank = datenbank;
        this.plausibilitaet = plausibilitaet;
    }

    /**
     * @param dateien what was found about the files
     * @param nichtGepasst why an answer did not become a field of the Vorgang, one sentence each
     * @return JSON of {@link Befund}e
     */
    String pruefe(Antragsvorlage antrag, Weg weg, List<Befund> dateien, List<String> nichtGepasst) {
        var befunde = new ArrayList<Befund>();
        var fehler = antrag.formular().pruefeAlles(antrag.werte(), antrag.tag());
        befunde.add(
                fehler.isEmpty()
                        ? new Befund(
                                "vollstaendig",
                                true,
                                "Alle verlangten Angaben sind da und passen zu den Regeln des Formulars.")
                        : new Befund(
                                "vollstaendig",
                                false,
                                "Es fehlt etwas oder passt nicht: "
                                        + fehler.getFirst().feldtitel() + "."));
        befunde.add(dublette(antrag.id(), antrag.leistungId()));
        if (weg.fristTage() != null) {
            befunde.add(new Befund(
                    "frist",
                    true,
                    "Zu entscheiden binnen " + Anzeige.anzahl(weg.fristTage(), "Arbeitstag", "Arbeitstagen")
                            + " nach Eingang."));
        }
        befunde.addAll(plausibilitaet.angaben(antrag));
        befunde.addAll(dateien);
        nichtGepasst.forEach(grund -> befunde.add(
                new Befund("feld", false, "Nicht in die Felder des Vorgangs übernommen; im PDF steht es. " + grund)));
        return JSON.writeValueAsString(befunde);
    }

    static List<Befund> lies(String json) {
        return List.of(JSON.readValue(json, Befund[].class));
    }

    /** The same answers for the same Leistung, by whomever. */
    private Befund dublette(UUID antrag, UUID leistung) {
        var frueher = datenbank
                .sql("""
                SELECT b.gesendet FROM antrag a JOIN antrag b ON b.mandant_id = a.mandant_id AND b.leistung_id = a.leistung_id AND b.id <> a.id
                 WHERE a.mandant_id = ? AND a.id = ? AND a.leistung_id = ? AND b.stand IN ('gesendet', 'veraktet') AND b.gesendet < a.gesendet
                   AND b.gesendet > a.gesendet - make_interval(days => ?) AND b.werte -> 'eingaben' = a.werte -> 'eingaben'
                 ORDER BY b.gesendet DESC LIMIT 1""")
                .params(mandant(), antrag, leistung, DUBLETTENTAGE)
                .query(Timestamp.class)
                .optional();
        return frueher.map(f -> new Befund(
                        "dublette",
                        false,
                        "Derselbe Antrag mit denselben Angaben kam schon am " + Anzeige.genau(f.toInstant())
                                + ". Vielleicht wurde er zweimal abgesendet."))
                .orElse(new Befund(
                        "dublette",
                        true,
                        "In den letzten " + DUBLETTENTAGE + " Tagen kam kein Antrag mit denselben Angaben."));
    }
}
