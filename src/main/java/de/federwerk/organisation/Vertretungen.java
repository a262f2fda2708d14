package de.federwerk.organisation;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who is absent, and who stands in. What a deputy sees by that is resolved in {@code berechtigung}. */
@Component
public class Vertretungen {

    /** A year of leave, and a leap day. */
    private static final int LAENGSTE_TAGE = 366;

    private static final int OFFENE = 50;
    private static final int JAHRE_VORAUS = 2;
    private static final int GENANNT = 50;

    /** For whom all of a Mandant wait who enter a Vertretung: two at once could close a circle that neither sees. */
    private static final UUID KREISFREI = UUID.fromString("00000000-0000-8000-8000-000000000161");

    /** Somebody who is absent today. @param bis the last day */
    public record Abwesenheit(
            UUID person,
            LocalDate bis,
            @Nullable UUID vertreterId,
            @Nullable String vertreter) {

        /** {@code abwesend bis Fr, 16.10., Vertretung Jörg Sander} */
        public String inWorten() {
            return "abwesend bis " + Anzeige.tag(bis)
                    + (vertreter == null ? ", ohne Vertretung" : ", Vertretung " + vertreter);
        }
    }

    /** Somebody who is represented today. @param bis the last day */
    public record Vertretener(UUID person, String name, LocalDate bis, boolean persoenliches) {}

    /** Somebody who stands in today for one of those asked for. @param fuer whom */
    public record Vertreter(UUID person, UUID fuer, String fuerName) {}

    /** A Vertretung of which the deputy has not been told. @param name of the absent person @param bis the last day */
    public record Begonnene(UUID id, UUID person, String name, LocalDate bis) {}

    private record Mensch(UUID id, String name, boolean gueltig, boolean technisch) {}

    private record Vertretung(
            UUID personId,
            @Nullable UUID vertreterId,
            LocalDate von,
            LocalDate bis,
            boolean persoenliches,
            boolean beendet) {}

    private record Kreis(List<UUID> pfad, LocalDate von, LocalDate bis) {}

    private final JdbcClient datenbank;
    private final Leitungen leitungen;
    private final Einmal einmal;
    private final Protokoll protokoll;

    Vertretungen(JdbcClient datenbank, Leitungen leitungen, Einmal einmal, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.leitungen = leitungen;
        this.einmal = einmal;
        this.protokoll = protokoll;
    }

    /**
     * Enters an absence, one's own or that of somebody one leads.
     *
     * @param id chosen by the caller: sent twice, it is made once
     * @param vertreter null if nobody stands in
     * @param von the first day, in Europe/Berlin
     * @param bis the last day
     * @param persoenliches whether personal matters go to the deputy, too
     * @throws NichtGefunden if there is no such person
     * @throws Abgelehnt (RECHT) for a person one does not lead, (EINGABE, KONFLIKT, GRENZE) with the reason
     */
    @Transactional
    public void trageEin(
            Anmeldung wer,
            UUID id,
            UUID person,
            @Nullable UUID vertreter,
            LocalDate von,
            LocalDate bis,
            boolean persoenliches) {
        var abwesend = mensch(person).orElseThrow(() -> new NichtGefunden("Diese Person gibt es nicht."));
        if (!zustaendig(wer, person)) {
            throw Abgelehnt.recht("Die Abwesenheit von " + abwesend.name + " trägt " + abwesend.name
                    + " selbst ein, oder wer die Einheit oder eine Einheit darüber leitet.");
        }
        einmal.warte(KREISFREI);
        var schon = vertretung(id, "");
        if (schon.isPresent()) {
            var da = schon.get();
            if (!da.equals(new Vertretung(person, vertreter, von, bis, persoenliches, da.beendet))) {
                throw Abgelehnt.konflikt("Diese Eingabe wurde schon einmal mit anderem Inhalt abgesendet. "
                        + "Bitte öffnen Sie die Seite neu.");
            }
            return;
        }
        var heute = heute();
        pruefeZeit(von, bis, heute);
        pruefeMenschen(abwesend, vertreter);
        pruefeUeberschneidung(abwesend, von, bis);
        if (vertreter != null) {
            pruefeKreis(abwesend, vertreter, von.isBefore(heute) ? heute : von, bis);
        }
        datenbank
                .sql("""
                INSERT INTO vertretung (mandant_id, id, person_id, vertreter_id, von, bis, persoenliches, eingetragen_von)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(mandant())
                .param(id)
                .param(person)
                .param(vertreter)
                .param(von)
                .param(bis)
                .param(persoenliches)
                .param(wer.person())
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "vertretung.eingetragen",
                id,
                null,
                Map.of(
                        "person", person.toString(),
                        "vertreter", vertreter == null ? "" : vertreter.toString(),
                        "von", von.toString(),
                        "bis", bis.toString(),
                        "persoenliches", String.valueOf(persoenliches)),
                "vertretung");
    }

    private boolean zustaendig(Anmeldung wer, UUID person) {
        return wer.person().equals(person) || leitungen.leitet(wer.person(), person);
    }

    private static void pruefeZeit(LocalDate von, LocalDate bis, LocalDate heute) {
        if (bis.isBefore(von)) {
            throw Abgelehnt.eingabe("Das Ende (" + Anzeige.datum(bis) + ") liegt vor dem Beginn (" + Anzeige.datum(von)
                    + "). Es wurde nichts eingetragen.");
        }
        if (bis.isBefore(heute)) {
            throw Abgelehnt.eingabe("Der Zeitraum ist schon vorbei: Er endete am " + Anzeige.datum(bis)
                    + ". Eintragen lässt sich, was heute noch läuft oder erst kommt.");
        }
        var tage = ChronoUnit.DAYS.between(von, bis) + 1;
        if (tage > LAENGSTE_TAGE) {
            throw Abgelehnt.eingabe("Der Zeitraum hat " + Anzeige.zahl(tage) + " Tage; möglich sind " + LAENGSTE_TAGE
                    + ". Dauert es länger, tragen Sie danach eine weitere Abwesenheit ein.");
        }
        if (von.isAfter(heute.plusYears(JAHRE_VORAUS))) {
            throw Abgelehnt.eingabe("Der Beginn (" + Anzeige.datum(von) + ") liegt mehr als " + JAHRE_VORAUS
                    + " Jahre voraus. Bitte prüfen Sie das Jahr.");
        }
    }

    private void pruefeMenschen(Mensch abwesend, @Nullable UUID vertreter) {
        if (!abwesend.gueltig || abwesend.technisch) {
            throw Abgelehnt.eingabe("Für " + abwesend.name + " lässt sich keine Abwesenheit eintragen: "
                    + (abwesend.technisch ? "Es ist ein technisches Konto." : "Der Zugang ist nicht mehr gültig."));
        }
        if (vertreter == null) {
            return;
        }
        if (vertreter.equals(abwesend.id)) {
            throw Abgelehnt.eingabe("Niemand vertritt sich selbst. Bitte wählen Sie jemand anderen, "
                    + "oder lassen Sie das Feld leer.");
        }
        var vertretend = mensch(vertreter)
                .orElseThrow(() -> Abgelehnt.eingabe("Die gewählte Vertretung gibt es nicht. Bitte wählen Sie neu."));
        if (!vertretend.gueltig || vertretend.technisch) {
            throw Abgelehnt.eingabe(vertretend.name + " kann niemanden vertreten: "
                    + (vertretend.technisch ? "Es ist ein technisches Konto." : "Der Zugang ist nicht mehr gültig.")
                    + " Bitte wählen Sie jemand anderen.");
        }
    }

    private void pruefeUeberschneidung(Mensch abwesend, LocalDate von, LocalDate bis) {
        var offene = datenbank
                .sql("""
                SELECT person_id, vertreter_id, von, bis, persoenliches, false AS beendet FROM vertretung
                 WHERE mandant_id = ? AND person_id = ? AND beendet IS NULL AND bis >= heute() ORDER BY von""")
                .params(mandant(), abwesend.id)
                .query(Vertretung.class)
                .list();
        for (var offen : offene) {
            if (!offen.von.isAfter(bis) && !offen.bis.isBefore(von)) {
                throw Abgelehnt.konflikt(
                        "Für " + abwesend.name + " ist von " + Anzeige.datum(offen.von) + " bis "
                                + Anzeige.datum(offen.bis)
                                + " schon eine Abwesenheit eingetragen. Sie bleibt, wie sie ist; beenden oder streichen Sie sie zuerst, wenn die neue gelten soll.");
            }
        }
        if (offene.size() >= OFFENE) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Für " + abwesend.name + " sind schon " + OFFENE
                            + " Abwesenheiten eingetragen, mehr lassen sich nicht vormerken.");
        }
    }

    /** On no day may the way from deputy to deputy come back: nobody would be there. Each has one deputy a day, so there are few ways. */
    private void pruefeKreis(Mensch abwesend, UUID vertreter, LocalDate von, LocalDate bis) {
        datenbank
                .sql("""
                WITH RECURSIVE kette (person_id, von, bis, pfad) AS (
                    SELECT CAST(:vertreter AS uuid), CAST(:von AS date), CAST(:bis AS date), ARRAY[CAST(:vertreter AS uuid)]
                    UNION ALL
                    SELECT v.vertreter_id, greatest(k.von, v.von), least(k.bis, v.bis), k.pfad || v.vertreter_id
                      FROM kette k JOIN vertretung v ON v.mandant_id = :m AND v.person_id = k.person_id
                     WHERE v.vertreter_id IS NOT NULL AND v.beendet IS NULL AND v.von <= k.bis AND v.bis >= k.von
                       AND k.person_id <> :person AND NOT v.vertreter_id = ANY (k.pfad))
                SELECT pfad, von, bis FROM kette WHERE person_id = :person ORDER BY cardinality(pfad), von LIMIT 1""")
                .param("m", mandant())
                .param("person", abwesend.id)
                .param("vertreter", vertreter)
                .param("von", von)
                .param("bis", bis)
                .query((zeile, nr) -> new Kreis(
                        Arrays.asList((UUID[]) zeile.getArray("pfad").getArray()),
                        zeile.getObject("von", LocalDate.class),
                        zeile.getObject("bis", LocalDate.class)))
                .optional()
                .ifPresent(kreis -> {
                    throw Abgelehnt.konflikt("Das ergäbe einen Kreis, in dem niemand da ist: "
                            + Stream.concat(Stream.of(abwesend.id), kreis.pfad.stream())
                                    .map(id -> mensch(id).map(Mensch::name).orElse("?"))
                                    .collect(Collectors.joining(" → "))
                            + " (" + zeitraum(kreis.von, kreis.bis)
                            + "). Bitte wählen Sie eine andere Vertretung, oder lassen Sie das Feld leer.");
                });
    }

    /** {@code heute bis Fr, 16.10.}, {@code Fr, 16.10.} */
    static String zeitraum(LocalDate von, LocalDate bis) {
        return von.equals(bis) ? Anzeige.tag(von) : Anzeige.tag(von) + " bis " + Anzeige.tag(bis);
    }

    /**
     * Back sooner, or not away after all: from now on nobody stands in. Ended twice is ended once.
     *
     * @throws NichtGefunden if it does not exist, or is neither one's own nor that of somebody one leads
     */
    @Transactional
    public void beende(Anmeldung wer, UUID id) {
        var vertretung = vertretung(id, " FOR UPDATE")
                .filter(v -> zustaendig(wer, v.personId))
                .orElseThrow(() -> new NichtGefunden("Diese Abwesenheit gibt es nicht."));
        if (vertretung.beendet) {
            return;
        }
        if (vertretung.bis.isBefore(heute())) {
            throw Abgelehnt.konflikt("Diese Abwesenheit ist schon vorbei: Sie endete am "
                    + Anzeige.datum(vertretung.bis) + ". Es ist nichts mehr zu beenden.");
        }
        datenbank
                .sql("UPDATE vertretung SET beendet = now() WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "vertretung.beendet",
                id,
                null,
                Map.of("person", vertretung.personId.toString()),
                "vertretung");
    }

    /**
     * Somebody else stands in for the rest of the time, because who did leaves the house. For the role ADMINISTRATION; asked by the caller.
     *
     * @throws Abgelehnt (EINGABE, KONFLIKT) if the new one cannot, or it would be a circle; then the old one stays
     */
    @Transactional
    public void uebertrage(Anmeldung wer, UUID id, UUID vertreter) {
        einmal.warte(KREISFREI);
        var alte =
                vertretung(id, " FOR UPDATE").orElseThrow(() -> new NichtGefunden("Diese Abwesenheit gibt es nicht."));
        var heute = heute();
        if (alte.beendet || alte.bis.isBefore(heute) || vertreter.equals(alte.vertreterId)) {
            return;
        }
        var abwesend = mensch(alte.personId).orElseThrow(() -> new NichtGefunden("Diese Person gibt es nicht."));
        var von = alte.von.isBefore(heute) ? heute : alte.von;
        pruefeMenschen(abwesend, vertreter);
        datenbank
                .sql("UPDATE vertretung SET beendet = now() WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
        pruefeKreis(abwesend, vertreter, von, alte.bis);
        var neue = Kennung.neu();
        datenbank
                .sql("""
                INSERT INTO vertretung (mandant_id, id, person_id, vertreter_id, von, bis, persoenliches, eingetragen_von)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(mandant(), neue, alte.personId, vertreter, von, alte.bis, alte.persoenliches, wer.person())
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "vertretung.uebertragen",
                neue,
                null,
                Map.of("person", alte.personId.toString(), "vertreter", vertreter.toString(), "statt", id.toString()),
                "vertretung");
    }

    private Optional<Vertretung> vertretung(UUID id, String sperre) {
        return datenbank
                .sql(
                        "SELECT person_id, vertreter_id, von, bis, persoenliches, beendet IS NOT NULL AS beendet FROM vertretung WHERE mandant_id = ? AND id = ?"
                                + sperre)
                .params(mandant(), id)
                .query(Vertretung.class)
                .optional();
    }

    private Optional<Mensch> mensch(UUID id) {
        return datenbank
                .sql(
                        "SELECT id, trim(vorname || ' ' || nachname) AS name, gilt(gueltig_von, gueltig_bis) AS gueltig, art = 'technisch' AS technisch FROM person WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .query(Mensch.class)
                .optional();
    }

    private LocalDate heute() {
        return datenbank.sql("SELECT heute()").query(LocalDate.class).single();
    }

    /** Those of these people who are absent today. */
    @Transactional(readOnly = true)
    public Map<UUID, Abwesenheit> abwesende(Collection<UUID> personen) {
        if (personen.isEmpty()) {
            return Map.of();
        }
        return datenbank
                .sql("""
                SELECT DISTINCT ON (v.person_id) v.person_id AS person, v.bis, v.vertreter_id, trim(d.vorname || ' ' || d.nachname) AS vertreter
                  FROM vertretung v LEFT JOIN person d ON d.mandant_id = v.mandant_id AND d.id = v.vertreter_id
                 WHERE v.mandant_id = :m AND v.person_id IN (SELECT unnest(CAST(:personen AS uuid[])))
                   AND heute() BETWEEN v.von AND v.bis AND v.beendet IS NULL
                 ORDER BY v.person_id, v.bis DESC""")
                .param("m", mandant())
                .param("personen", Stellen.feld(personen))
                .query(Abwesenheit.class)
                .stream()
                .collect(Collectors.toMap(Abwesenheit::person, Function.identity()));
    }

    /** Whom this person represents today, over any chain of deputies, by name. */
    @Transactional(readOnly = true)
    public List<Vertretener> vertretene(UUID person) {
        return datenbank
                .sql("""
                WITH RECURSIVE vertretene (person_id, bis, persoenliches) AS (
                    SELECT person_id, bis, persoenliches FROM vertretung
                     WHERE mandant_id = :m AND vertreter_id = :person AND heute() BETWEEN von AND bis AND beendet IS NULL
                    UNION SELECT v.person_id, least(v.bis, t.bis), v.persoenliches AND t.persoenliches
                      FROM vertretene t JOIN vertretung v ON v.mandant_id = :m AND v.vertreter_id = t.person_id
                     WHERE heute() BETWEEN v.von AND v.bis AND v.beendet IS NULL)
                SELECT p.id AS person, trim(p.vorname || ' ' || p.nachname) AS name, max(t.bis) AS bis, bool_or(t.persoenliches) AS persoenliches
                  FROM vertretene t JOIN person p ON p.mandant_id = :m AND p.id = t.person_id
                 GROUP BY p.id, p.vorname, p.nachname ORDER BY p.nachname, p.vorname, p.id LIMIT :hoechstens""")
                .param("m", mandant())
                .param("person", person)
                .param("hoechstens", GENANNT)
                .query(Vertretener.class)
                .list();
    }

    /** Who represents one of these today, over any chain of deputies: {@link #vertretene}, asked the other way round. */
    @Transactional(readOnly = true)
    public List<Vertreter> vertreter(Collection<UUID> personen) {
        if (personen.isEmpty()) {
            return List.of();
        }
        return datenbank
                .sql("""
                WITH RECURSIVE vertreter (fuer_id, person_id) AS (
                    SELECT person_id, vertreter_id FROM vertretung
                     WHERE mandant_id = :m AND person_id IN (SELECT unnest(CAST(:personen AS uuid[]))) AND vertreter_id IS NOT NULL
                       AND heute() BETWEEN von AND bis AND beendet IS NULL
                    UNION SELECT t.fuer_id, v.vertreter_id FROM vertreter t JOIN vertretung v ON v.mandant_id = :m AND v.person_id = t.person_id
                     WHERE v.vertreter_id IS NOT NULL AND heute() BETWEEN v.von AND v.bis AND v.beendet IS NULL)
                SELECT t.person_id AS person, p.id AS fuer, trim(p.vorname || ' ' || p.nachname) AS fuer_name
                  FROM vertreter t JOIN person p ON p.mandant_id = :m AND p.id = t.fuer_id
                 WHERE t.person_id <> p.id ORDER BY p.nachname, p.vorname, p.id, t.person_id""")
                .param("m", mandant())
                .param("personen", Stellen.feld(personen))
                .query(Vertreter.class)
                .list();
    }

    /** Marks those in force of which no deputy has been told and returns them; rows that another node has in hand are left to it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Begonnene> nimmBegonnene(int hoechstens) {
        return datenbank
                .sql("""
                UPDATE vertretung u SET gesagt = heute() FROM (
                    SELECT v.mandant_id, v.id, trim(p.vorname || ' ' || p.nachname) AS name
                      FROM vertretung v JOIN person p ON p.mandant_id = v.mandant_id AND p.id = v.person_id
                     WHERE v.mandant_id = ? AND v.vertreter_id IS NOT NULL AND v.gesagt IS NULL AND v.beendet IS NULL AND heute() BETWEEN v.von AND v.bis
                     ORDER BY v.von, v.id LIMIT ? FOR UPDATE OF v SKIP LOCKED) w
                 WHERE u.mandant_id = w.mandant_id AND u.id = w.id RETURNING u.id, u.person_id AS person, w.name, u.bis""")
                .params(mandant(), hoechstens)
                .query(Begonnene.class)
                .list();
    }
}
