package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Postfach;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.geschaeftsgang.Laufplan.Ort;
import de.federwerk.geschaeftsgang.Stationen.Station;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Leitungen;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Stellen;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who may act at a station, and for whom. */
@Component
class Zustaendigkeit {

    /** As what somebody acts. */
    enum Rolle {
        /** It came to this person: to him, a Stelle or unit of his, or to somebody he represents. */
        EMPFAENGER,
        /** Began the Laufweg, or works on the Vorgang. */
        FUEHRUNG,
        /** Leads whoever has it. */
        LEITUNG
    }

    record Laufweg(
            UUID id,
            UUID vorgangId,
            UUID akteId,
            int schutzbereichId,
            @Nullable UUID dokumentId,
            String titel,
            boolean erneuern,
            String stand,
            UUID begonnenVon,
            @Nullable UUID bearbeiterId) {}

    /**
     * One station, the Laufweg it belongs to as it stands now, and who acts.
     *
     * @param fuer the person who is represented; null for oneself
     */
    record Fall(
            Laufweg laufweg,
            List<Station> alle,
            Station station,
            @Nullable UUID fuer,
            @Nullable Schon schon) {

        Laufplan plan() {
            return Geschaeftsgang.plan(alle);
        }

        Ort ort() {
            return station.ort();
        }

        /** Where it can be given back to. */
        List<Station> fruehere() {
            return alle.stream()
                    .filter(o -> o.stand().equals("erledigt") && o.ort().vor(station.ort()))
                    .toList();
        }

        /** With which it makes four-eyes pairs. */
        List<Station> paare() {
            return alle.stream()
                    .filter(o -> station.id().equals(o.vierAugenMit()) || o.id().equals(station.vierAugenMit()))
                    .toList();
        }

        /** The other station of a four-eyes pair that this person, or whoever is represented, signed or had signed by a deputy. */
        Optional<Station> schonGezeichnet(UUID person) {
            return paare().stream()
                    .filter(o -> o.stand().equals("erledigt"))
                    .filter(o -> selber(person, o) || fuer != null && selber(fuer, o))
                    .findFirst();
        }

        private static boolean selber(UUID person, Station andere) {
            return person.equals(andere.erledigtVon()) || person.equals(andere.erledigtFuer());
        }

        /** @throws Abgelehnt (KONFLIKT) if it is not open in this round any more */
        void verlangeOffen(int runde) {
            if (!station.stand().equals("offen") || station.runde() != runde) {
                throw stehtAnders();
            }
        }

        Abgelehnt stehtAnders() {
            var was = switch (station.stand()) {
                case "erledigt" ->
                    schon == null
                            ? "Diese Aufgabe ist schon erledigt."
                            : "Diese Aufgabe ist schon erledigt: von %s, %s."
                                    .formatted(schon.name, Anzeige.genau(schon.wann));
                case "offen" -> "Diese Aufgabe wurde inzwischen zurückgegeben und neu begonnen.";
                case "wartet" -> "Diese Aufgabe wartet wieder: Der Laufweg wurde zurückgegeben.";
                case "uebersprungen" -> "Diese Station wurde inzwischen übersprungen.";
                default -> "Der Laufweg wurde inzwischen beendet.";
            };
            return Abgelehnt.konflikt(was
                    + " Ihre Eingabe wurde nicht ausgeführt, es ist nichts doppelt. Bitte laden Sie die Seite neu.");
        }
    }

    /** Who was faster. */
    record Schon(String name, Instant wann) {}

    private static final String LAUFWEG = """
            SELECT l.id, l.vorgang_id, l.akte_id, v.schutzbereich_id, l.dokument_id, l.titel, l.neue_version = 'erneuern' AS erneuern, l.stand, l.begonnen_von, v.bearbeiter_id
              FROM laufweg l JOIN vorgang v ON v.mandant_id = l.mandant_id AND v.id = l.vorgang_id\s""";

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Stationen stationen;
    private final Stellen stellen;
    private final Leitungen leitungen;
    private final Personen personen;

    Zustaendigkeit(
            JdbcClient datenbank,
            Berechtigungen berechtigungen,
            Stationen stationen,
            Stellen stellen,
            Leitungen leitungen,
            Personen personen) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.stationen = stationen;
        this.stellen = stellen;
        this.leitungen = leitungen;
        this.personen = personen;
    }

    /**
     * Holds the Laufweg of a station until the transaction ends. Whose task it was is told what became of it, even if he may not see the Vorgang any more.
     *
     * @param als as what somebody may act here; EMPFAENGER if nothing is named
     * @throws NichtGefunden if this person has nothing to do with it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Fall halte(Anmeldung wer, UUID id, Rolle... als) {
        var daten = halteLaufwegVon(id);
        var alle = stationen.alle(daten.id);
        var station = alle.stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow(Zustaendigkeit::unbekannt);
        var rollen = als.length == 0 ? Set.of(Rolle.EMPFAENGER) : Set.of(als);
        var zugang = berechtigungen.zugang(wer.person(), station.was().recht());
        var fach =
                rollen.contains(Rolle.EMPFAENGER) ? fach(wer, zugang.faecher(), station) : Optional.<Postfach>empty();
        boolean darf = fach.isPresent()
                || rollen.contains(Rolle.FUEHRUNG) && fuehrt(wer, daten)
                || rollen.contains(Rolle.LEITUNG) && leitet(wer, station);
        if (!darf) {
            throw unbekannt();
        }
        var fall = new Fall(
                daten,
                alle,
                station,
                fach.map(Postfach::person).filter(p -> !p.equals(wer.person())).orElse(null),
                schon(station));
        if (!station.stand().equals("offen") && fach.isPresent()) {
            return fall;
        }
        if (fach.isPresent() || fuehrt(wer, daten)) {
            verlange(zugang.sicht(), daten);
        }
        return fall;
    }

    /** As whoever may read its Vorgang. What may be done there is still to be asked. */
    @Transactional(propagation = Propagation.MANDATORY)
    Fall halteGesehen(Anmeldung wer, UUID id) {
        var daten = halteLaufwegVon(id);
        var alle = stationen.alle(daten.id);
        var station = alle.stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow(Zustaendigkeit::unbekannt);
        verlange(berechtigungen.sicht(wer.person(), Recht.LESEN), daten);
        return new Fall(daten, alle, station, null, schon(station));
    }

    /** For the administration, which gives on what somebody leaves behind: whoever acts need not see the Vorgang. */
    @Transactional(propagation = Propagation.MANDATORY)
    Fall halteFuerVerwaltung(Anmeldung wer, UUID id) {
        personen.verlange(wer.person(), de.federwerk.organisation.Rolle.ADMINISTRATION);
        var daten = halteLaufwegVon(id);
        var alle = stationen.alle(daten.id);
        var station = alle.stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow(Zustaendigkeit::unbekannt);
        return new Fall(daten, alle, station, null, schon(station));
    }

    private Laufweg halteLaufwegVon(UUID station) {
        return halte(
                        "l.id = (SELECT laufweg_id FROM station WHERE mandant_id = :m AND id = :id AND art <> 'zda')",
                        station)
                .or(() -> {
                    // Who files a Version holds the Vorgang and then its Laufwege: whoever closes it in the same order,
                    // or
                    // the two would wait for each other.
                    datenbank
                            .sql("""
                            SELECT id FROM vorgang WHERE mandant_id = :m AND id = (SELECT vorgang_id FROM station WHERE mandant_id = :m AND id = :id)
                               FOR NO KEY UPDATE""")
                            .param("m", mandant())
                            .param("id", station)
                            .query(UUID.class)
                            .optional();
                    return halte("l.id = (SELECT laufweg_id FROM station WHERE mandant_id = :m AND id = :id)", station);
                })
                .orElseThrow(Zustaendigkeit::unbekannt);
    }

    private Optional<Laufweg> halte(String bedingung, UUID id) {
        return datenbank
                .sql(LAUFWEG + "WHERE l.mandant_id = :m AND " + bedingung + " FOR UPDATE OF l")
                .param("m", mandant())
                .param("id", id)
                .query(Laufweg.class)
                .optional();
    }

    /** As whoever leads it. */
    @Transactional(propagation = Propagation.MANDATORY)
    Fall halteLaufweg(Anmeldung wer, UUID id) {
        var laufweg = halte("l.id = :id", id).orElseThrow(Zustaendigkeit::unbekannt);
        var alle = stationen.alle(id);
        if (!fuehrt(wer, laufweg)) {
            throw unbekannt();
        }
        verlange(berechtigungen.sicht(wer.person(), Recht.LESEN), laufweg);
        return new Fall(laufweg, alle, alle.getFirst(), null, null);
    }

    /** Own before represented. */
    private static Optional<Postfach> fach(Anmeldung wer, List<Postfach> faecher, Station station) {
        return faecher.stream()
                .filter(f -> f.subjekt().equals(station.empfaengerId()))
                .filter(f -> f.persoenliches() || !station.persoenlich())
                .min((a, b) -> Boolean.compare(
                        b.person().equals(wer.person()), a.person().equals(wer.person())));
    }

    static boolean fuehrt(Anmeldung wer, Laufweg laufweg) {
        return wer.person().equals(laufweg.begonnenVon) || wer.person().equals(laufweg.bearbeiterId);
    }

    /** Whether this person is the head of the recipient: of the unit, or of a unit above. */
    boolean leitet(Anmeldung wer, Station station) {
        return leitungen.leitetEmpfaenger(wer.person(), station.empfaengerId());
    }

    /** Whether this person has an open station here at which something is signed. */
    boolean zeichnetGerade(UUID person, List<Station> alle) {
        var faecher = berechtigungen.postfaecher(person);
        return alle.stream()
                .filter(s -> s.stand().equals("offen") && s.was().zeichnet())
                .anyMatch(s -> faecher.stream().anyMatch(f -> f.subjekt().equals(s.empfaengerId())));
    }

    /** @throws Abgelehnt (RECHT) if neither this person nor whoever is represented may sign that */
    void verlangeBefugnis(Anmeldung wer, Fall fall) {
        int verlangt = fall.station().was().befugnis();
        if (verlangt > 0 && befugnis(wer.person(), fall.fuer()) < verlangt) {
            throw Abgelehnt.recht(
                    "Für „%s“ reicht Ihre Zeichnungsbefugnis nicht. Bitte geben Sie die Aufgabe weiter; es wurde nichts ausgeführt."
                            .formatted(fall.station().was().wort()));
        }
    }

    /** The highest of the Stellen that these hold today. */
    int befugnis(UUID person, @Nullable UUID oder) {
        return stellen.befugnis(oder == null ? List.of(person) : List.of(person, oder)).values().stream()
                .mapToInt(Stellen.Zeichnungsbefugnis::ordinal)
                .max()
                .orElse(0);
    }

    private void verlange(Sicht sicht, Laufweg laufweg) {
        if (!berechtigungen.reicht(sicht, laufweg.schutzbereichId, laufweg.vorgangId, laufweg.akteId)) {
            throw unbekannt();
        }
    }

    private @Nullable Schon schon(Station station) {
        return station.erledigtVon() == null
                ? null
                : datenbank
                        .sql("""
                        SELECT trim(p.vorname || ' ' || p.nachname) AS name, s.erledigt AS wann FROM station s
                          JOIN person p ON p.mandant_id = s.mandant_id AND p.id = s.erledigt_von WHERE s.mandant_id = ? AND s.id = ?""")
                        .params(mandant(), station.id())
                        .query(Schon.class)
                        .optional()
                        .orElse(null);
    }

    static NichtGefunden unbekannt() {
        return new NichtGefunden("Diese Aufgabe gibt es nicht, oder sie ist nicht für Sie.");
    }
}
