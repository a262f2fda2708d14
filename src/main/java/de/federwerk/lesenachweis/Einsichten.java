package de.federwerk.lesenachweis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Looks into the Lesenachweis of one Akte: asked for by Datenschutz, agreed to by Personalrat, open for these two for an hour. */
@Component
class Einsichten {

    private static final int GRUND_MINDESTENS = 10;
    private static final int GRUND_HOECHSTENS = 1_000;

    /** Something that was done with an Einsicht. */
    record Schritt(Instant zeit, String wer, String handlung) {

        String inWorten() {
            return switch (handlung) {
                case "einsicht.beantragt" -> "hat beantragt";
                case "einsicht.zugestimmt" -> "hat zugestimmt";
                case "einsicht.gesehen" -> "hat hineingesehen";
                case "einsicht.abgelehnt" -> "hat abgelehnt";
                case "einsicht.zurueckgezogen" -> "hat zurückgezogen";
                default -> "hat beendet";
            };
        }
    }

    static final Ordnung NEUESTE_ZUERST = Ordnung.ab(Ordnung.zeit("beantragt"), Ordnung.kennung("id"));

    private static final String SPALTEN = """
            SELECT e.id, e.akte_id, a.aktenzeichen, e.von, e.bis, e.grund, e.beantragt, e.beantragt_von, trim(p.vorname || ' ' || p.nachname) AS antragsteller,
                   e.zugestimmt, e.zugestimmt_von, trim(z.vorname || ' ' || z.nachname) AS zustimmende,
                   e.beendet, e.beendet_von, trim(b.vorname || ' ' || b.nachname) AS beendende, einsicht_offen(e) AS offen, einsicht_wartet(e) AS wartet
              FROM einsicht e JOIN akte a ON a.mandant_id = e.mandant_id AND a.id = e.akte_id
              JOIN person p ON p.mandant_id = e.mandant_id AND p.id = e.beantragt_von
              LEFT JOIN person z ON z.mandant_id = e.mandant_id AND z.id = e.zugestimmt_von
              LEFT JOIN person b ON b.mandant_id = e.mandant_id AND b.id = e.beendet_von
             WHERE e.mandant_id = :m AND\s""";

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Vieraugen vieraugen;
    private final Protokoll protokoll;

    Einsichten(JdbcClient datenbank, Einmal einmal, Vieraugen vieraugen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.vieraugen = vieraugen;
        this.protokoll = protokoll;
    }

    /**
     * Asks for a look; opens nothing yet.
     *
     * @param id chosen by the caller: sent twice, it is asked for once
     * @param bis the last day that belongs to it
     * @throws Abgelehnt (RECHT) without the role Datenschutz, (EINGABE) if something does not fit
     */
    @Transactional
    public void beantrage(
            Anmeldung wer,
            UUID id,
            String aktenzeichen,
            @Nullable LocalDate von,
            @Nullable LocalDate bis,
            String grund) {
        vieraugen.verlange(wer.person(), Rolle.DATENSCHUTZ);
        einmal.warte(id);
        if (finde(id).isPresent()) {
            return;
        }
        var text = grund.replace("\0", "").strip();
        if (text.length() < GRUND_MINDESTENS || text.length() > GRUND_HOECHSTENS) {
            throw Abgelehnt.eingabe(
                    "Bitte nennen Sie den Anlass in %d bis %d Zeichen: Der Personalrat entscheidet danach."
                            .formatted(GRUND_MINDESTENS, GRUND_HOECHSTENS));
        }
        var heute = LocalDate.now(Anzeige.ZONE);
        if (von == null
                || bis == null
                || bis.isBefore(von)
                || von.isAfter(heute)
                || von.plusDays(366).isBefore(bis)) {
            throw Abgelehnt.eingabe(
                    "Bitte geben Sie einen Zeitraum an, der nicht in der Zukunft beginnt und höchstens ein Jahr umfasst: den ersten und den letzten Tag.");
        }
        var zeichen = aktenzeichen.replace("\0", "").strip();
        var akte = datenbank
                .sql("SELECT id FROM akte WHERE mandant_id = ? AND aktenzeichen = ?")
                .params(mandant(), zeichen)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> Abgelehnt.eingabe(
                        "Eine Akte mit dem Aktenzeichen „" + zeichen + "“ gibt es nicht. Bitte tippen Sie es ganz."));
        datenbank
                .sql(
                        "INSERT INTO einsicht (mandant_id, id, akte_id, von, bis, grund, beantragt_von) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        mandant(),
                        id,
                        akte,
                        Timestamp.from(von.atStartOfDay(Anzeige.ZONE).toInstant()),
                        Timestamp.from(
                                bis.plusDays(1).atStartOfDay(Anzeige.ZONE).toInstant()),
                        text,
                        wer.person())
                .update();
        schreibe(
                wer,
                "einsicht.beantragt",
                id,
                Map.of("aktenzeichen", zeichen, "grund", text, "von", von.toString(), "bis", bis.toString()));
    }

    /**
     * Opens it for whoever asked and for this person.
     *
     * @throws Abgelehnt (RECHT) without the role Personalrat, for one's own request, or if one of both stands in for the other; (KONFLIKT) if
     *     it does not wait any more
     */
    @Transactional
    public void stimmeZu(Anmeldung wer, UUID id) {
        vieraugen.verlange(wer.person(), Rolle.PERSONALRAT);
        var einsicht = einsicht(id);
        vieraugen.verlangeUnabhaengig(wer, einsicht.beantragtVon(), einsicht.antragsteller());
        int geaendert = datenbank
                .sql("""
                UPDATE einsicht e SET zugestimmt = now(), zugestimmt_von = :wer
                 WHERE e.mandant_id = :m AND e.id = :id AND einsicht_wartet(e) AND e.beantragt_von <> :wer
                   AND hat_rolle(e.mandant_id, e.beantragt_von, 'DATENSCHUTZ') AND NOT hat_rolle(e.mandant_id, e.beantragt_von, 'ADMINISTRATION')""")
                .param("m", mandant())
                .param("id", id)
                .param("wer", wer.person())
                .update();
        if (geaendert == 0) {
            throw Abgelehnt.konflikt(
                    "Dieser Antrag wartet nicht mehr auf eine Zustimmung ("
                            + einsicht(id).stand()
                            + "), oder die antragstellende Person hat die Rolle Datenschutz nicht mehr. Es wurde nichts geöffnet.");
        }
        schreibe(wer, "einsicht.zugestimmt", id, Map.of("aktenzeichen", einsicht.aktenzeichen()));
    }

    /** Ends, withdraws or refuses it; at once, for both. */
    @Transactional
    public void beende(Anmeldung wer, UUID id) {
        vieraugen.verlange(wer.person(), Rolle.DATENSCHUTZ, Rolle.PERSONALRAT);
        var einsicht = einsicht(id);
        boolean darf = einsicht.istVon(wer.person())
                || einsicht.zugestimmt() == null && vieraugen.hat(wer.person(), Rolle.PERSONALRAT);
        if (!darf) {
            throw Abgelehnt.recht("Beenden können diese Einsicht nur die beiden Personen, für die sie offen ist.");
        }
        int geaendert = datenbank
                .sql(
                        "UPDATE einsicht SET beendet = now(), beendet_von = ? WHERE mandant_id = ? AND id = ? AND beendet IS NULL")
                .params(wer.person(), mandant(), id)
                .update();
        if (geaendert == 1) {
            var was = einsicht.zugestimmt() != null
                    ? "einsicht.beendet"
                    : einsicht.istVon(wer.person()) ? "einsicht.zurueckgezogen" : "einsicht.abgelehnt";
            schreibe(wer, was, id, Map.of("aktenzeichen", einsicht.aktenzeichen()));
        }
    }

    @Transactional(readOnly = true)
    public Optional<Einsicht> finde(UUID id) {
        return datenbank
                .sql(SPALTEN + "e.id = :id")
                .param("m", mandant())
                .param("id", id)
                .query(Einsicht.class)
                .optional();
    }

    /** @throws NichtGefunden if there is none */
    @Transactional(readOnly = true)
    public Einsicht einsicht(UUID id) {
        return finde(id).orElseThrow(() -> new NichtGefunden("Diese Einsicht gibt es nicht."));
    }

    /** All requests, the newest first. */
    @Transactional(readOnly = true)
    public Seite<Einsicht> liste(Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                e -> List.of(e.beantragt(), e.id()),
                (stelle, hoechstens) -> datenbank
                        .sql(SPALTEN + NEUESTE_ZUERST.bedingung("e", stelle) + " ORDER BY "
                                + NEUESTE_ZUERST.folge("e", stelle) + " LIMIT :hoechstens")
                        .param("m", mandant())
                        .param("hoechstens", hoechstens)
                        .params(NEUESTE_ZUERST.parameter(stelle))
                        .query(Einsicht.class)
                        .list());
    }

    /** Puts on record that this person looks now. */
    @Transactional
    public void siehHinein(Anmeldung wer, Einsicht einsicht) {
        schreibe(wer, "einsicht.gesehen", einsicht.id(), Map.of("aktenzeichen", einsicht.aktenzeichen()));
    }

    /** What was done with it, the latest first, from the Protokoll. */
    @Transactional(readOnly = true)
    public List<Schritt> verlauf(UUID einsicht) {
        return datenbank
                .sql("""
                SELECT p.zeit, coalesce(trim(w.vorname || ' ' || w.nachname), 'unbekannt') AS wer, p.handlung
                  FROM protokoll p LEFT JOIN person w ON w.mandant_id = p.mandant_id AND w.pseudonym = p.person
                 WHERE p.mandant_id = ? AND p.objekt_id = ? ORDER BY p.id DESC LIMIT 50""")
                .params(mandant(), einsicht)
                .query(Schritt.class)
                .list();
    }

    /** Not in the Protokoll of the Akte, which those read whose reading it is about. */
    private void schreibe(Anmeldung wer, String handlung, UUID id, Map<String, String> inhalt) {
        protokoll.schreibe(wer.pseudonym(), handlung, id, null, inhalt);
    }
}
