package de.federwerk.lesenachweis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.sql.Timestamp;
import java.time.Duration;
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

    /** How long both may look, from the moment of agreement; as the database has it. */
    static final Duration DAUER = Duration.ofMinutes(60);

    /** A request nobody answers. */
    static final int TAGE = 7;

    private static final int GRUND_MINDESTENS = 10;
    private static final int GRUND_HOECHSTENS = 1_000;

    /**
     * A request and what became of it.
     *
     * @param bis the first moment that does not belong to it any more
     * @param offen both may look now
     * @param wartet somebody may still agree
     */
    record Einsicht(
            UUID id,
            UUID akteId,
            String aktenzeichen,
            Instant von,
            Instant bis,
            String grund,
            Instant beantragt,
            UUID beantragtVon,
            String antragsteller,
            @Nullable Instant zugestimmt,
            @Nullable UUID zugestimmtVon,
            @Nullable String zustimmende,
            @Nullable Instant beendet,
            @Nullable UUID beendetVon,
            @Nullable String beendende,
            boolean offen,
            boolean wartet) {

        boolean istVon(UUID person) {
            return person.equals(beantragtVon) || person.equals(zugestimmtVon);
        }

        Instant offenBis() {
            return zugestimmt == null ? beantragt : zugestimmt.plus(DAUER);
        }

        String zeitraum() {
            var letzter = bis.minusMillis(1);
            return Anzeige.datum(von) + " bis " + Anzeige.datum(letzter);
        }

        /** What became of it, in words. */
        String stand() {
            if (offen) {
                return "offen bis " + Anzeige.zeit(offenBis());
            }
            if (wartet) {
                return "wartet auf den Personalrat";
            }
            if (beendet != null && zugestimmt == null) {
                return beantragtVon.equals(beendetVon) ? "zurückgezogen" : "abgelehnt";
            }
            return zugestimmt == null ? "verfallen" : beendet == null ? "abgelaufen" : "beendet";
        }
    }

    /** One entry: who opened what, and how. */
    record Zeile(UUID id, Instant zeit, String wer, String was, String zugang) {

        String wie() {
            return switch (zugang) {
                case "heruntergeladen" -> "heruntergeladen";
                case "schnittstelle" -> "über die Schnittstelle gelesen";
                default -> "angesehen";
            };
        }
    }

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

    /** Somebody who has one of the two roles. @param auchVerwaltung and therefore may not use it */
    record Traeger(String rolle, String name, Instant seit, boolean auchVerwaltung) {}

    static final Ordnung NEUESTE_ZUERST = Ordnung.ab(Ordnung.zeit("beantragt"), Ordnung.kennung("id"));
    static final Ordnung JUENGSTES_ZUERST = Ordnung.ab(Ordnung.zeit("zeit"), Ordnung.kennung("id"));

    private static final String SPALTEN = """
            SELECT e.id, e.akte_id, a.aktenzeichen, e.von, e.bis, e.grund, e.beantragt, e.beantragt_von, trim(p.vorname || ' ' || p.nachname) AS antragsteller,
                   e.zugestimmt, e.zugestimmt_von, trim(z.vorname || ' ' || z.nachname) AS zustimmende,
                   e.beendet, e.beendet_von, trim(b.vorname || ' ' || b.nachname) AS beendende, einsicht_offen(e) AS offen,
                   e.zugestimmt IS NULL AND e.beendet IS NULL AND e.beantragt > now() - make_interval(days => :tage) AS wartet
              FROM einsicht e JOIN akte a ON a.mandant_id = e.mandant_id AND a.id = e.akte_id
              JOIN person p ON p.mandant_id = e.mandant_id AND p.id = e.beantragt_von
              LEFT JOIN person z ON z.mandant_id = e.mandant_id AND z.id = e.zugestimmt_von
              LEFT JOIN person b ON b.mandant_id = e.mandant_id AND b.id = e.beendet_von
             WHERE e.mandant_id = :m AND\s""";

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Personen personen;
    private final Berechtigungen berechtigungen;
    private final Protokoll protokoll;

    Einsichten(
            JdbcClient datenbank,
            Einmal einmal,
            Personen personen,
            Berechtigungen berechtigungen,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.personen = personen;
        this.berechtigungen = berechtigungen;
        this.protokoll = protokoll;
    }

    /**
     * Whether the person has one of these roles and does not administer: whoever gives roles could give himself the other one.
     *
     * @throws Abgelehnt (RECHT)
     */
    @Transactional(readOnly = true)
    public void verlange(UUID person, Rolle... eine) {
        personen.verlange(person, eine);
        if (hat(person, Rolle.ADMINISTRATION)) {
            throw Abgelehnt.recht(
                    "Wer die Rolle Administration hat, sieht den Lesenachweis nicht, auch nicht mit einer weiteren Rolle: Wer Rollen vergibt, könnte sonst allein hineinsehen.");
        }
    }

    @Transactional(readOnly = true)
    public boolean hat(UUID person, Rolle rolle) {
        return personen.profil(person).filter(p -> p.hat(rolle)).isPresent();
    }

    /** Everybody who has one of the two roles: whoever has it sees who else. */
    @Transactional(readOnly = true)
    public List<Traeger> traeger() {
        return datenbank.sql("""
                SELECT r.name AS rolle, trim(p.vorname || ' ' || p.nachname) AS name, min(b.gueltig_von) AS seit,
                       hat_rolle(p.mandant_id, p.id, 'ADMINISTRATION') AS auch_verwaltung
                  FROM rolle r JOIN rollenbesetzung b ON b.mandant_id = r.mandant_id AND b.rolle_id = r.id AND gilt(b.gueltig_von, b.gueltig_bis)
                  JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id AND gilt(p.gueltig_von, p.gueltig_bis)
                 WHERE r.mandant_id = ? AND r.kennung IN ('DATENSCHUTZ', 'PERSONALRAT') AND gilt(r.gueltig_von, r.gueltig_bis)
                 GROUP BY r.name, p.mandant_id, p.id, p.vorname, p.nachname ORDER BY 1, 2 LIMIT 100""").param(mandant()).query(Traeger.class).list();
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
        verlange(wer.person(), Rolle.DATENSCHUTZ);
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
        verlange(wer.person(), Rolle.PERSONALRAT);
        var einsicht = einsicht(id);
        if (wer.person().equals(einsicht.beantragtVon)) {
            throw Abgelehnt.recht("Diesen Antrag haben Sie selbst gestellt. Zustimmen muss eine andere Person.");
        }
        if (vertritt(wer.person(), einsicht.beantragtVon) || vertritt(einsicht.beantragtVon, wer.person())) {
            throw Abgelehnt.recht("Heute vertritt eine der beiden Personen die andere. Zustimmen muss jemand, der "
                    + einsicht.antragsteller + " nicht vertritt und nicht von ihr oder ihm vertreten wird.");
        }
        int geaendert = datenbank
                .sql("""
                UPDATE einsicht e SET zugestimmt = now(), zugestimmt_von = :wer
                 WHERE e.mandant_id = :m AND e.id = :id AND e.zugestimmt IS NULL AND e.beendet IS NULL AND e.beantragt_von <> :wer
                   AND e.beantragt > now() - make_interval(days => :tage)
                   AND hat_rolle(e.mandant_id, e.beantragt_von, 'DATENSCHUTZ') AND NOT hat_rolle(e.mandant_id, e.beantragt_von, 'ADMINISTRATION')""")
                .param("m", mandant())
                .param("id", id)
                .param("wer", wer.person())
                .param("tage", TAGE)
                .update();
        if (geaendert == 0) {
            throw Abgelehnt.konflikt(
                    "Dieser Antrag wartet nicht mehr auf eine Zustimmung ("
                            + einsicht(id).stand()
                            + "), oder die antragstellende Person hat die Rolle Datenschutz nicht mehr. Es wurde nichts geöffnet.");
        }
        schreibe(wer, "einsicht.zugestimmt", id, Map.of("aktenzeichen", einsicht.aktenzeichen));
    }

    /** Over any chain of deputies. */
    private boolean vertritt(UUID eine, UUID andere) {
        return berechtigungen.postfaecher(eine).stream()
                .anyMatch(f -> f.person().equals(andere));
    }

    /** Ends, withdraws or refuses it; at once, for both. */
    @Transactional
    public void beende(Anmeldung wer, UUID id) {
        verlange(wer.person(), Rolle.DATENSCHUTZ, Rolle.PERSONALRAT);
        var einsicht = einsicht(id);
        boolean darf =
                einsicht.istVon(wer.person()) || einsicht.zugestimmt == null && hat(wer.person(), Rolle.PERSONALRAT);
        if (!darf) {
            throw Abgelehnt.recht("Beenden können diese Einsicht nur die beiden Personen, für die sie offen ist.");
        }
        int geaendert = datenbank
                .sql(
                        "UPDATE einsicht SET beendet = now(), beendet_von = ? WHERE mandant_id = ? AND id = ? AND beendet IS NULL")
                .params(wer.person(), mandant(), id)
                .update();
        if (geaendert == 1) {
            var was = einsicht.zugestimmt != null
                    ? "einsicht.beendet"
                    : einsicht.istVon(wer.person()) ? "einsicht.zurueckgezogen" : "einsicht.abgelehnt";
            schreibe(wer, was, id, Map.of("aktenzeichen", einsicht.aktenzeichen));
        }
    }

    @Transactional(readOnly = true)
    public Optional<Einsicht> finde(UUID id) {
        return datenbank
                .sql(SPALTEN + "e.id = :id")
                .param("m", mandant())
                .param("tage", TAGE)
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
                e -> List.of(e.beantragt, e.id),
                (stelle, hoechstens) -> datenbank
                        .sql(SPALTEN + NEUESTE_ZUERST.bedingung("e", stelle) + " ORDER BY "
                                + NEUESTE_ZUERST.folge("e", stelle) + " LIMIT :hoechstens")
                        .param("m", mandant())
                        .param("tage", TAGE)
                        .param("hoechstens", hoechstens)
                        .params(NEUESTE_ZUERST.parameter(stelle))
                        .query(Einsicht.class)
                        .list());
    }

    /** Puts on record that this person looks now. */
    @Transactional
    public void siehHinein(Anmeldung wer, Einsicht einsicht) {
        schreibe(wer, "einsicht.gesehen", einsicht.id, Map.of("aktenzeichen", einsicht.aktenzeichen));
    }

    /**
     * Who read what, the latest first; nothing outside an open Einsicht, or for anybody but the two. Names the things by number: who may look
     * here need not know what they are about.
     */
    @Transactional(readOnly = true)
    public Seite<Zeile> zeilen(UUID wer, UUID einsicht, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                z -> List.of(z.zeit, z.id),
                (stelle, hoechstens) -> datenbank
                        .sql("""
                        SELECT x.id, x.zeit, coalesce(trim(p.vorname || ' ' || p.nachname), 'unbekannt') AS wer, x.zugang,
                               CASE x.gegenstand WHEN 'akte' THEN 'Akte' WHEN 'vorgang' THEN 'Vorgang ' || coalesce(v.aktenzeichen, '')
                                    ELSE 'Dokument ' || coalesce(d.nummer || ' im Vorgang ' || w.aktenzeichen, '') END AS was
                          FROM (SELECT l.* FROM lesenachweis_einsicht l WHERE %s AND %s ORDER BY %s LIMIT :hoechstens) x
                          LEFT JOIN person p ON p.mandant_id = :m AND p.pseudonym = x.person
                          LEFT JOIN vorgang v ON v.mandant_id = :m AND v.id = x.objekt_id
                          LEFT JOIN dokument d ON d.mandant_id = :m AND d.id = x.objekt_id
                          LEFT JOIN vorgang w ON w.mandant_id = :m AND w.id = d.vorgang_id
                         ORDER BY %s""".formatted(
                                        FUER_DIE_ZWEI,
                                        JUENGSTES_ZUERST.bedingung("l", stelle),
                                        JUENGSTES_ZUERST.folge("l", stelle),
                                        JUENGSTES_ZUERST.folge("x", stelle)))
                        .param("m", mandant())
                        .param("einsicht", einsicht)
                        .param("wer", wer)
                        .param("hoechstens", hoechstens)
                        .params(JUENGSTES_ZUERST.parameter(stelle))
                        .query(Zeile.class)
                        .list());
    }

    private static final String FUER_DIE_ZWEI =
            "l.mandant_id = :m AND l.einsicht_id = :einsicht AND :wer IN (l.beantragt_von, l.zugestimmt_von)";

    @Transactional(readOnly = true)
    public Anzahl anzahl(UUID wer, UUID einsicht) {
        return Anzahl.aus(datenbank
                .sql("SELECT count(*) FROM (SELECT FROM lesenachweis_einsicht l WHERE " + FUER_DIE_ZWEI
                        + " LIMIT :bis) z")
                .param("m", mandant())
                .param("einsicht", einsicht)
                .param("wer", wer)
                .param("bis", Anzahl.GENAU_BIS + 1)
                .query(Long.class)
                .single());
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
