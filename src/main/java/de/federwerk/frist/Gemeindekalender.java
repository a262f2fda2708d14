package de.federwerk.frist;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.protokoll.Protokoll;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a Gemeinde says about its own calendar: its Land, the holidays that hold only in some Gemeinden, and days of its own. */
@Component
public class Gemeindekalender {

    static final int NAME = 100;
    /** How far ahead days of its own are entered, in years. */
    static final int VORAUS = 10;

    private static final int TAGE = 500;

    /** @param teilfeiertage by their Kennung; also those of another Land, which have no effect */
    record Stand(Land land, Set<String> teilfeiertage) {}

    /** A day of its own. */
    record Ortsfeiertag(UUID id, LocalDate tag, String name, boolean frei) {

        String wochentag() {
            return new Feiertag(tag, name, "", false).wochentag();
        }
    }

    private final JdbcClient datenbank;
    private final Protokoll protokoll;

    Gemeindekalender(JdbcClient datenbank, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.protokoll = protokoll;
    }

    /** Empty until somebody has chosen the Land. */
    @Transactional(readOnly = true)
    Optional<Stand> stand() {
        return datenbank
                .sql("SELECT land, teilfeiertage FROM gemeindekalender WHERE mandant_id = ?")
                .param(mandant())
                .query((zeile, nr) -> new Stand(Land.valueOf(zeile.getString("land")), Set.of((String[])
                        zeile.getArray("teilfeiertage").getArray())))
                .optional();
    }

    /** Days of its own from this year on; those of earlier years stay in effect, but nobody changes what was. */
    @Transactional(readOnly = true)
    List<Ortsfeiertag> tage() {
        return datenbank
                .sql("SELECT id, tag, name, frei FROM ortsfeiertag WHERE mandant_id = ? AND tag >= ? ORDER BY tag")
                .params(mandant(), heute().withDayOfYear(1))
                .query(Ortsfeiertag.class)
                .list();
    }

    static LocalDate heute() {
        return LocalDate.now(Anzeige.ZONE);
    }

    /** From now on the holidays of this Land are those of the Gemeinde, in all years. */
    @Transactional
    public void setze(UUID wer, Land land) {
        int geaendert = datenbank.sql("""
                INSERT INTO gemeindekalender AS k (mandant_id, land) VALUES (?, ?)
                ON CONFLICT (mandant_id) DO UPDATE SET land = excluded.land WHERE k.land <> excluded.land""").params(mandant(), land.name()).update();
        if (geaendert > 0) {
            protokoll.schreibe(wer, "gemeindekalender.gesetzt", mandant(), null, Map.of("land", land.name()));
        }
    }

    /**
     * Whether a holiday that holds only in some Gemeinden of the Land holds in this one.
     *
     * @throws Abgelehnt (KONFLIKT) if it is one of another Land
     */
    @Transactional
    public void bestimme(UUID wer, String kennung, boolean gilt) {
        var regel = Feiertage.teilweise(kennung)
                .orElseThrow(() -> new NichtGefunden("Diesen Feiertag gibt es in der Tabelle nicht."));
        var stand = stand();
        if (stand.isEmpty() || !regel.laender().contains(stand.get().land)) {
            throw Abgelehnt.konflikt("„" + regel.name()
                    + "“ gehört zu einem anderen Land als dem, das eingestellt ist. Es wurde nichts geändert.");
        }
        int geaendert = datenbank
                .sql("""
                UPDATE gemeindekalender
                   SET teilfeiertage = CASE WHEN :gilt THEN array_append(teilfeiertage, :kennung) ELSE array_remove(teilfeiertage, :kennung) END
                 WHERE mandant_id = :m AND (:kennung = ANY(teilfeiertage)) <> :gilt""")
                .param("gilt", gilt)
                .param("kennung", kennung)
                .param("m", mandant())
                .update();
        if (geaendert > 0) {
            protokoll.schreibe(
                    wer,
                    gilt ? "teilfeiertag.eingeschaltet" : "teilfeiertag.ausgeschaltet",
                    mandant(),
                    null,
                    Map.of("kennung", kennung));
        }
    }

    /**
     * Enters a day of its own. The day is the key: sent twice, it is entered once.
     *
     * @param frei false: a public holiday on which the Gemeinde works
     * @return the id of the entry
     * @throws Abgelehnt (EINGABE) if it would change nothing, or lies before this year or more than ten years ahead; (KONFLIKT) if something
     *     else is entered for this day
     */
    @Transactional
    public UUID trageEin(UUID wer, LocalDate tag, String name, boolean frei) {
        var bezeichnung = bezeichnung(name);
        pruefe(tag, frei);
        var id = Kennung.neu();
        int neu =
                datenbank.sql("""
                INSERT INTO ortsfeiertag (mandant_id, id, tag, name, frei) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (mandant_id, tag) DO NOTHING""").params(mandant(), id, tag, bezeichnung, frei).update();
        if (neu == 0) {
            return schonDa(tag, bezeichnung, frei);
        }
        protokoll.schreibe(
                wer,
                "ortsfeiertag.eingetragen",
                id,
                null,
                Map.of("tag", tag.toString(), "name", bezeichnung, "frei", String.valueOf(frei)),
                "ortsfeiertag");
        return id;
    }

    /** @throws Abgelehnt (EINGABE) if empty or too long */
    static String bezeichnung(@Nullable String text) {
        var zeile = text == null ? "" : text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (zeile.isEmpty()) {
            throw Abgelehnt.eingabe("Die Bezeichnung fehlt. Bitte schreiben Sie, was an dem Tag ist.");
        }
        if (zeile.length() > NAME) {
            throw Abgelehnt.eingabe("Die Bezeichnung hat " + zeile.length() + " Zeichen; möglich sind " + NAME + ".");
        }
        return zeile;
    }

    private void pruefe(LocalDate tag, boolean frei) {
        int jahr = heute().getYear();
        if (tag.getYear() < jahr || tag.getYear() > Math.min(jahr + VORAUS, Arbeitskalender.LETZTES_JAHR)) {
            throw Abgelehnt.eingabe("Eintragen lassen sich Tage der Jahre " + jahr + " bis " + (jahr + VORAUS) + ".");
        }
        var welcher = "Der " + Anzeige.datum(tag);
        if (tag.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0) {
            throw Abgelehnt.eingabe(welcher + " ist ein "
                    + (tag.getDayOfWeek() == DayOfWeek.SATURDAY ? "Samstag" : "Sonntag")
                    + ". Arbeitstage sind ohnehin nur Montag bis Freitag.");
        }
        var gesetzlich = gesetzlich(tag);
        if (frei && gesetzlich.isPresent()) {
            throw Abgelehnt.eingabe(
                    welcher + " ist schon frei: " + gesetzlich.get().name() + ".");
        }
        if (!frei && gesetzlich.isEmpty()) {
            throw Abgelehnt.eingabe(welcher + " ist kein gesetzlicher Feiertag und schon ein Arbeitstag.");
        }
        if (tage().size() >= TAGE) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Es sind schon " + TAGE + " Tage eingetragen. Bitte entfernen Sie welche, die nicht mehr gelten.");
        }
    }

    private Optional<Feiertag> gesetzlich(LocalDate tag) {
        var stand = stand();
        return Feiertage.im(
                        tag.getYear(),
                        stand.map(Stand::land).orElse(null),
                        stand.map(Stand::teilfeiertage).orElse(Set.of()))
                .stream()
                .filter(f -> f.tag().equals(tag))
                .findFirst();
    }

    private UUID schonDa(LocalDate tag, String name, boolean frei) {
        var da = datenbank
                .sql("SELECT id, tag, name, frei FROM ortsfeiertag WHERE mandant_id = ? AND tag = ?")
                .params(mandant(), tag)
                .query(Ortsfeiertag.class)
                .optional();
        if (da.isPresent() && da.get().name.equals(name) && da.get().frei == frei) {
            return da.get().id;
        }
        throw Abgelehnt.konflikt("Für den " + Anzeige.datum(tag) + " ist schon etwas eingetragen"
                + da.map(d -> ": „" + d.name + "“").orElse("")
                + ". Es bleibt stehen. Soll es anders heißen, entfernen Sie es zuerst.");
    }

    /** @throws NichtGefunden if there is no such entry (any more) */
    @Transactional
    public void entferne(UUID wer, UUID id) {
        var weg = datenbank
                .sql("DELETE FROM ortsfeiertag WHERE mandant_id = ? AND id = ? RETURNING id, tag, name, frei")
                .params(mandant(), id)
                .query(Ortsfeiertag.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diesen Eintrag gibt es nicht (mehr)."));
        protokoll.schreibe(
                wer,
                "ortsfeiertag.entfernt",
                id,
                null,
                Map.of("tag", weg.tag.toString(), "name", weg.name, "frei", String.valueOf(weg.frei)));
    }
}
