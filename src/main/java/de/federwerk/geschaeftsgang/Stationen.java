package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Berechtigungen.Leihe;
import de.federwerk.frist.Arbeitskalender;
import de.federwerk.geschaeftsgang.Laufplan.Ort;
import de.federwerk.geschaeftsgang.Laufplan.Stand;
import de.federwerk.gesicht.Anzeige;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The rows of stations: kept as the {@link Laufplan} says, with the rights and the deadline that an open one brings. */
@Component
class Stationen {

    /** What must be known of a station to act at it. */
    record Station(
            UUID id,
            UUID laufwegId,
            UUID vorgangId,
            int block,
            int zweig,
            int platz,
            String art,
            String empfaengerArt,
            UUID empfaengerId,
            boolean persoenlich,
            @Nullable Integer fristTage,
            @Nullable LocalDate faellig,
            @Nullable UUID vierAugenMit,
            @Nullable String verlangt,
            @Nullable String verlangtWert,
            String stand,
            int runde,
            @Nullable UUID genommenVon,
            @Nullable String ergebnis,
            @Nullable UUID erledigtVon,
            @Nullable UUID erledigtFuer) {

        Ort ort() {
            return new Ort(id, block, zweig, platz, Stand.von(stand), runde);
        }

        Stationsart was() {
            return Stationsart.von(art);
        }

        Empfaenger empfaenger() {
            return new Empfaenger(empfaengerArt, empfaengerId);
        }

        /** With whom it lies: whoever took it out of the inbox of the unit, else the recipient. */
        Empfaenger bei() {
            return genommenVon == null ? empfaenger() : new Empfaenger("person", genommenVon);
        }
    }

    /** What happens in a Sonderbereich, a Personalakte above all, is personal. */
    private static final String SONDERBEREICH = """
            (SELECT sb.sonder_id IS NOT NULL FROM vorgang v JOIN schutzbereich sb ON sb.mandant_id = v.mandant_id AND sb.id = v.schutzbereich_id
              WHERE v.mandant_id = ? AND v.id = ?)""";

    private static final String ZEILE = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? OR " + SONDERBEREICH + ", ?, ?, ?, ?, ?)";

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Arbeitskalender kalender;
    private final ApplicationEventPublisher ereignisse;

    Stationen(
            JdbcClient datenbank,
            Berechtigungen berechtigungen,
            Arbeitskalender kalender,
            ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.kalender = kalender;
        this.ereignisse = ereignisse;
    }

    /** What the beginner wrote: done with the beginning, and there to give back to. */
    @Transactional(propagation = Propagation.MANDATORY)
    void legeStartAn(UUID laufweg, UUID vorgang, UUID id, UUID person) {
        datenbank
                .sql("""
                INSERT INTO station (mandant_id, id, laufweg_id, vorgang_id, block, zweig, platz, art, empfaenger_art, empfaenger_id, persoenlich,
                                     stand, offen_seit, ergebnis, erledigt, erledigt_von)
                VALUES (?, ?, ?, ?, 0, 1, 1, 'entwurf', 'person', ?, %s, 'erledigt', now(), 'erledigt', now(), ?)""".formatted(SONDERBEREICH))
                .params(mandant(), id, laufweg, vorgang, person, mandant(), vorgang, person)
                .update();
    }

    /** In one statement, so that pairs can name each other. */
    @Transactional(propagation = Propagation.MANDATORY)
    void legeAn(UUID laufweg, List<Laufwegentwurf.Station> neue, UUID vorgang) {
        var werte = new ArrayList<@Nullable Object>();
        for (var s : neue) {
            werte.addAll(Arrays.asList(
                    mandant(),
                    s.id(),
                    laufweg,
                    vorgang,
                    s.block(),
                    s.zweig(),
                    s.platz(),
                    s.art().kennung(),
                    s.auftrag(),
                    s.empfaenger().art(),
                    s.empfaenger().id(),
                    s.persoenlich(),
                    mandant(),
                    vorgang,
                    s.tage(),
                    s.tag() == null ? null : Date.valueOf(s.tag()),
                    s.verlangt(),
                    s.verlangtWert(),
                    s.vierAugenMit()));
        }
        datenbank
                .sql("""
                INSERT INTO station (mandant_id, id, laufweg_id, vorgang_id, block, zweig, platz, art, auftrag, empfaenger_art, empfaenger_id, persoenlich,
                                     frist_tage, faellig, verlangt, verlangt_wert, vier_augen_mit)
                VALUES\s""" + String.join(", ", Collections.nCopies(neue.size(), ZEILE)))
                .params(werte)
                .update();
    }

    /** One more, at the place that the plan has for it. */
    @Transactional(propagation = Propagation.MANDATORY)
    void legeAn(UUID laufweg, UUID vorgang, Laufwegentwurf.Station neue, Ort ort) {
        var dort = new Laufwegentwurf.Station(
                neue.id(),
                ort.block(),
                ort.zweig(),
                ort.platz(),
                neue.art(),
                neue.empfaenger(),
                neue.auftrag(),
                neue.tage(),
                neue.tag(),
                neue.persoenlich(),
                null,
                null,
                null);
        legeAn(laufweg, List.of(dort), vorgang);
    }

    /** The same task, now with somebody else. */
    @Transactional(propagation = Propagation.MANDATORY)
    void gibAn(Station station, Empfaenger an) {
        datenbank
                .sql(
                        "UPDATE station SET empfaenger_art = ?, empfaenger_id = ?, genommen_von = NULL, offen_seit = clock_timestamp(), erinnert = NULL, erneut_erinnert = NULL, eskaliert = NULL, weiter_eskaliert = NULL WHERE mandant_id = ? AND id = ?")
                .params(an.art(), an.id(), mandant(), station.id())
                .update();
        berechtigungen.wechsle(
                List.of(station.id()),
                List.of(new Leihe(
                        station.id(),
                        station.vorgangId(),
                        an.id(),
                        station.was().recht(),
                        station.persoenlich())));
    }

    /** Whoever looks at their tasks sees others now. */
    void sage(UUID laufweg) {
        ereignisse.publishEvent(new AufgabenGeaendert(mandant(), laufweg));
    }

    /** All stations of a Laufweg, held until the transaction ends: whoever comes second sees what the first has done. */
    @Transactional(propagation = Propagation.MANDATORY)
    List<Station> halte(UUID laufweg) {
        datenbank
                .sql("SELECT id FROM laufweg WHERE mandant_id = ? AND id = ? FOR UPDATE")
                .params(mandant(), laufweg)
                .query(UUID.class)
                .single();
        return alle(laufweg);
    }

    /** Of a Laufweg that is held already. */
    List<Station> alle(UUID laufweg) {
        return datenbank
                .sql("""
                SELECT id, laufweg_id, vorgang_id, block, zweig, platz, art, empfaenger_art, empfaenger_id, persoenlich, frist_tage, faellig, vier_augen_mit,
                       verlangt, verlangt_wert, stand, runde, genommen_von, ergebnis, erledigt_von, erledigt_fuer
                  FROM station WHERE mandant_id = ? AND laufweg_id = ? ORDER BY block, zweig, platz""")
                .params(mandant(), laufweg)
                .query(Station.class)
                .list();
    }

    /**
     * Writes what an act has changed. An open station lets its people see the Vorgang, and only as long as it is open.
     *
     * @param abgehakte stations that are written down as done already
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void setze(UUID laufweg, Laufplan vorher, Laufplan nachher, UUID... abgehakte) {
        var vorbei = new ArrayList<>(List.of(abgehakte));
        var neue = new ArrayList<Leihe>();
        for (var ort : nachher.anders(vorher).values()) {
            var alt =
                    vorher.orte().stream().filter(o -> o.id().equals(ort.id())).findFirst();
            boolean warOffen = alt.isPresent() && alt.get().stand() == Stand.OFFEN;
            if (ort.stand() == Stand.OFFEN && !warOffen) {
                neue.add(oeffne(ort));
            } else {
                schreibe(ort);
            }
            if (warOffen && ort.stand() != Stand.OFFEN) {
                vorbei.add(ort.id());
            }
        }
        berechtigungen.wechsle(vorbei, neue);
        if (nachher.fertig()) {
            beende(laufweg, "abgeschlossen");
        }
        sage(laufweg);
    }

    private void schreibe(Ort ort) {
        datenbank
                .sql("""
                UPDATE station SET block = ?, zweig = ?, platz = ?, stand = ?, runde = ?,
                       ergebnis = CASE WHEN runde = ? THEN ergebnis END, erledigt = CASE WHEN runde = ? THEN erledigt END,
                       erledigt_von = CASE WHEN runde = ? THEN erledigt_von END, erledigt_fuer = CASE WHEN runde = ? THEN erledigt_fuer END
                 WHERE mandant_id = ? AND id = ?""")
                .params(
                        ort.block(),
                        ort.zweig(),
                        ort.platz(),
                        ort.stand().kennung(),
                        ort.runde(),
                        ort.runde(),
                        ort.runde(),
                        ort.runde(),
                        ort.runde(),
                        mandant(),
                        ort.id())
                .update();
    }

    private record Neue(
            UUID vorgangId,
            String art,
            UUID empfaengerId,
            boolean persoenlich,
            @Nullable Integer fristTage) {}

    private Leihe oeffne(Ort ort) {
        var neue = datenbank
                .sql("""
                UPDATE station SET block = ?, zweig = ?, platz = ?, stand = 'offen', runde = ?, offen_seit = clock_timestamp(), genommen_von = NULL,
                       ergebnis = NULL, erledigt = NULL, erledigt_von = NULL, erledigt_fuer = NULL, erinnert = NULL, erneut_erinnert = NULL, eskaliert = NULL, weiter_eskaliert = NULL
                 WHERE mandant_id = ? AND id = ? RETURNING vorgang_id, art, empfaenger_id, persoenlich, frist_tage""")
                .params(ort.block(), ort.zweig(), ort.platz(), ort.runde(), mandant(), ort.id())
                .query(Neue.class)
                .single();
        if (neue.fristTage != null) {
            datenbank
                    .sql("UPDATE station SET faellig = ? WHERE mandant_id = ? AND id = ?")
                    .params(
                            Date.valueOf(kalender.nach(LocalDate.now(Anzeige.ZONE), neue.fristTage)),
                            mandant(),
                            ort.id())
                    .update();
        }
        return new Leihe(
                ort.id(),
                neue.vorgangId,
                neue.empfaengerId,
                Stationsart.von(neue.art).recht(),
                neue.persoenlich);
    }

    /** @param wie {@code abgeschlossen}, {@code abgelehnt} or {@code zurueckgeholt} */
    void beende(UUID laufweg, String wie) {
        datenbank
                .sql(
                        "UPDATE laufweg SET stand = ?, beendet = now() WHERE mandant_id = ? AND id = ? AND stand = 'laeuft'")
                .params(wie, mandant(), laufweg)
                .update();
    }
}
