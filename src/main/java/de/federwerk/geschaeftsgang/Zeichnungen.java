package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.geschaeftsgang.Geschaeftsgang.Antwort;
import de.federwerk.geschaeftsgang.Zustaendigkeit.Fall;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Verfügungsvermerke: who decided what, about which Version. They never change. */
@Component
class Zeichnungen {

    /** The newest Version of what a Laufweg is about. */
    record Version(UUID id, int nummer, Instant angelegt) {}

    private final JdbcClient datenbank;
    private final Zustaendigkeit zustaendigkeit;
    private final Protokoll protokoll;

    Zeichnungen(JdbcClient datenbank, Zustaendigkeit zustaendigkeit, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.zustaendigkeit = zustaendigkeit;
        this.protokoll = protokoll;
    }

    Optional<Version> version(@Nullable UUID dokument) {
        return dokument == null
                ? Optional.empty()
                : datenbank
                        .sql(
                                "SELECT id, nummer, angelegt FROM version WHERE mandant_id = ? AND dokument_id = ? ORDER BY nummer DESC LIMIT 1")
                        .params(mandant(), dokument)
                        .query(Version.class)
                        .optional();
    }

    @Nullable
    Version neuesteVersion(Fall fall) {
        return version(fall.laufweg().dokumentId()).orElse(null);
    }

    /** Stations of a Laufweg at which another Version was signed than this one. */
    Set<UUID> ueberholte(UUID laufweg, Version neueste) {
        return datenbank
                .sql("""
                SELECT s.id FROM station s JOIN zeichnung z ON z.mandant_id = s.mandant_id AND z.laufweg_id = s.laufweg_id AND z.station_id = s.id AND z.runde = s.runde
                 WHERE s.mandant_id = ? AND s.laufweg_id = ? AND s.stand = 'erledigt' AND z.ergebnis IN ('gezeichnet', 'geaendert')
                   AND z.version_id IS DISTINCT FROM ?""")
                .params(mandant(), laufweg, neueste.id)
                .query(UUID.class)
                .set();
    }

    /** @throws Abgelehnt (KONFLIKT) if what was looked at is not the newest; (EINGABE) if a change is signed that nobody filed */
    void verlangeVersion(Fall fall, Antwort antwort, @Nullable Version neueste) {
        if (neueste == null) {
            return;
        }
        if (antwort.version() != null && !neueste.id.equals(antwort.version())) {
            throw Abgelehnt.konflikt(
                    "Inzwischen gibt es Version %d des Dokuments. Sie haben eine frühere gesehen; bitte laden Sie die Seite neu und sehen Sie hin. Es wurde nichts ausgeführt."
                            .formatted(neueste.nummer));
        }
        if (antwort.ergebnis() == Ergebnis.GEAENDERT) {
            var seit = datenbank
                    .sql("SELECT offen_seit FROM station WHERE mandant_id = ? AND id = ?")
                    .params(mandant(), fall.station().id())
                    .query(Instant.class)
                    .single();
            if (neueste.angelegt.isBefore(seit)) {
                throw Abgelehnt.eingabe(
                        "Sie haben noch keine geänderte Version abgelegt. Bitte legen Sie sie am Dokument ab und zeichnen Sie dann.");
            }
        }
    }

    /** @throws Abgelehnt (EINGABE) if what the station asks for is not there */
    void verlange(Fall fall) {
        var verlangt = fall.station().verlangt();
        if (verlangt == null) {
            return;
        }
        boolean da = switch (verlangt) {
            case "dokument" ->
                gibt(
                        "SELECT count(*) FROM dokument WHERE mandant_id = ? AND vorgang_id = ? AND lower(dokumentart) = lower(?)",
                        fall.station().vorgangId(),
                        fall.station().verlangtWert());
            case "absender" ->
                gibt(
                        "SELECT count(*) FROM dokument WHERE mandant_id = ? AND id = ? AND absender IS NOT NULL",
                        fall.laufweg().dokumentId());
            default ->
                gibt(
                        "SELECT count(*) FROM dokument WHERE mandant_id = ? AND id = ? AND schreiben_vom IS NOT NULL",
                        fall.laufweg().dokumentId());
        };
        if (!da) {
            throw Abgelehnt.eingabe(switch (verlangt) {
                        case "dokument" ->
                            "Vorher muss ein Dokument der Art „%s“ im Vorgang liegen."
                                    .formatted(fall.station().verlangtWert());
                        case "absender" -> "Vorher muss am Dokument der Absender stehen.";
                        default -> "Vorher muss am Dokument das Datum des Schreibens stehen.";
                    }
                    + " Es wurde nichts ausgeführt.");
        }
    }

    private boolean gibt(String sql, @Nullable Object... werte) {
        var anweisung = datenbank.sql(sql).param(mandant());
        for (var wert : werte) {
            anweisung = anweisung.param(wert);
        }
        return anweisung.query(Long.class).single() > 0;
    }

    /** The station is done with it. Whoever had it sees the Vorgang until {@link Stationen#setze}. */
    void zeichne(Anmeldung wer, Fall fall, Ergebnis ergebnis, String bemerkung, @Nullable Version version) {
        schreibe(wer, fall, ergebnis, bemerkung, version, """
                WITH abgehakt AS (
                    UPDATE station SET stand = 'erledigt', ergebnis = :ergebnis, erledigt = clock_timestamp(), erledigt_von = :person, erledigt_fuer = :fuer
                     WHERE mandant_id = :m AND id = :station)
                """);
    }

    /** What was decided without the station being done. */
    void schreibe(Anmeldung wer, Fall fall, Ergebnis ergebnis, String bemerkung, @Nullable Version version) {
        schreibe(wer, fall, ergebnis, bemerkung, version, "");
    }

    private void schreibe(
            Anmeldung wer, Fall fall, Ergebnis ergebnis, String bemerkung, @Nullable Version version, String zugleich) {
        var station = fall.station();
        var zusatz = zusatz(wer, fall);
        datenbank
                .sql(zugleich + """
                INSERT INTO zeichnung (mandant_id, id, laufweg_id, station_id, vorgang_id, akte_id, dokument_id, version_id, runde, art, ergebnis, bemerkung,
                                       zeit, person_id, fuer_id, zusatz)
                VALUES (:m, :id, :laufweg, :station, :vorgang, :akte, :dokument, :version, :runde, :art, :ergebnis, :bemerkung, clock_timestamp(), :person, :fuer, :zusatz)""")
                .param("m", mandant())
                .param("id", Kennung.neu())
                .param("laufweg", fall.laufweg().id())
                .param("station", station.id())
                .param("vorgang", fall.laufweg().vorgangId())
                .param("akte", fall.laufweg().akteId())
                .param("dokument", fall.laufweg().dokumentId(), Types.OTHER)
                .param("version", version == null ? null : version.id, Types.OTHER)
                .param("runde", station.runde())
                .param("art", station.art())
                .param("ergebnis", ergebnis.kennung())
                .param("bemerkung", bemerkung)
                .param("person", wer.person())
                .param("fuer", fall.fuer(), Types.OTHER)
                .param("zusatz", zusatz)
                .update();
        var inhalt = new HashMap<String, String>();
        inhalt.put("titel", station.was().wort() + ": " + ergebnis.wort() + (zusatz.isEmpty() ? "" : " " + zusatz));
        inhalt.put("text", bemerkung);
        inhalt.put("laufweg", fall.laufweg().id().toString());
        inhalt.put("station", station.id().toString());
        if (version != null) {
            inhalt.put("version", version.id.toString());
        }
        if (fall.fuer() != null) {
            inhalt.put("fuer", fall.fuer().toString());
        }
        var dokument = fall.laufweg().dokumentId();
        protokoll.schreibe(
                wer.pseudonym(),
                "station." + ergebnis.kennung(),
                dokument == null ? fall.laufweg().vorgangId() : dokument,
                fall.laufweg().akteId(),
                inhalt);
    }

    /**
     * How somebody signs: in own name, „i. V.“ as the deputy who could sign finally himself, else „i. A.“ (usual in German authorities' rules of
     * procedure, AGA; the head of the authority signs without).
     */
    private String zusatz(Anmeldung wer, Fall fall) {
        if (!fall.station().was().zeichnet()) {
            return "";
        }
        int eigene = zustaendigkeit.befugnis(wer.person(), null);
        if (fall.fuer() != null) {
            return eigene >= Stationsart.SCHLUSSZEICHNUNG.befugnis() ? "i. V." : "i. A.";
        }
        return fall.station().was() == Stationsart.SCHLUSSZEICHNUNG && eigene < 3 ? "i. A." : "";
    }

    String name(UUID person) {
        return datenbank
                .sql("SELECT trim(vorname || ' ' || nachname) FROM person WHERE mandant_id = ? AND id = ?")
                .params(mandant(), person)
                .query(String.class)
                .single();
    }
}
