package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Einschraenkungsgrund;
import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.datenschutz.Gegenstaende.Gegenstand;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sets an Einschränkung, lets something be processed all the same, and lifts it; each on record. That it locks is kept below, in {@code akte}. */
@Component
class Einschraenkungsbuch {

    static final int AUSNAHME_TAGE = 31;

    static final Ordnung NEUESTE_ZUERST = Ordnung.ab(Ordnung.zeit("gesetzt"), Ordnung.kennung("id"));

    record Eintrag(
            UUID id,
            Art art,
            UUID objektId,
            String aktenzeichen,
            @Nullable Integer nummer,
            Einschraenkungsgrund grund,
            String begruendung,
            @Nullable LocalDate pruefenAm,
            Instant gesetzt,
            String gesetztVon,
            @Nullable Instant aufgehoben,
            @Nullable String aufgehobenVon,
            @Nullable LocalDate unterrichtetAm,
            @Nullable String aufhebungsgrund,
            boolean faellig) {

        String name() {
            return switch (art) {
                case AKTE -> "Akte " + aktenzeichen;
                case VORGANG -> "Vorgang " + aktenzeichen;
                case DOKUMENT -> "Dokument Nr. " + nummer + " im Vorgang " + aktenzeichen;
            };
        }
    }

    /** @param offen whether it counts now */
    record Ausnahme(
            UUID id,
            Ausnahmegrund grundlage,
            String begruendung,
            LocalDate bis,
            Instant geoeffnet,
            String geoeffnetVon,
            @Nullable Instant beendet,
            boolean offen) {}

    private static final String SPALTEN = """
            SELECT e.id, upper(e.art) AS art, e.objekt_id, coalesce(a.aktenzeichen, v.aktenzeichen) AS aktenzeichen, d.nummer, e.grund, e.begruendung, e.pruefen_am,
                   e.gesetzt, trim(p.vorname || ' ' || p.nachname) AS gesetzt_von, e.aufgehoben, trim(q.vorname || ' ' || q.nachname) AS aufgehoben_von,
                   e.unterrichtet_am, e.aufhebungsgrund, e.aufgehoben IS NULL AND coalesce(e.pruefen_am <= heute(), false) AS faellig
              FROM einschraenkung e
              LEFT JOIN akte a ON a.mandant_id = e.mandant_id AND a.id = e.objekt_id
              LEFT JOIN dokument d ON d.mandant_id = e.mandant_id AND d.id = e.objekt_id
              LEFT JOIN vorgang v ON v.mandant_id = e.mandant_id AND v.id = coalesce(d.vorgang_id, e.objekt_id)
              JOIN person p ON p.mandant_id = e.mandant_id AND p.id = e.gesetzt_von
              LEFT JOIN person q ON q.mandant_id = e.mandant_id AND q.id = e.aufgehoben_von
             WHERE e.mandant_id = :m AND\s""";

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Gegenstaende gegenstaende;
    private final Personen personen;
    private final Meldungen meldungen;
    private final Protokoll protokoll;

    Einschraenkungsbuch(
            JdbcClient datenbank,
            Einmal einmal,
            Gegenstaende gegenstaende,
            Personen personen,
            Meldungen meldungen,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.gegenstaende = gegenstaende;
        this.personen = personen;
        this.meldungen = meldungen;
        this.protokoll = protokoll;
    }

    /**
     * Locks it from now on; one that is there already stays, and both must be lifted.
     *
     * @param id chosen by the caller: sent twice, it is set once
     * @param pruefenAm when somebody is to look at it again; null: not on a certain day
     * @throws Abgelehnt (RECHT) if this person does not decide that, (EINGABE) without a reason
     */
    @Transactional
    public void setze(
            Anmeldung wer,
            UUID id,
            Gegenstand gegenstand,
            Einschraenkungsgrund grund,
            @Nullable String begruendung,
            @Nullable LocalDate pruefenAm) {
        einmal.warte(id);
        verlange(wer, gegenstand);
        var text = Text.grund(begruendung, "Bitte schreiben Sie, was die Person verlangt und worum es geht");
        if (pruefenAm != null && pruefenAm.isBefore(LocalDate.now(Anzeige.ZONE))) {
            throw Abgelehnt.eingabe("Der Tag der Prüfung liegt in der Vergangenheit. Es wurde nichts geändert.");
        }
        halte(gegenstand);
        int neu = datenbank
                .sql("""
                INSERT INTO einschraenkung (mandant_id, id, art, objekt_id, grund, begruendung, pruefen_am, gesetzt_von)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                .param(mandant())
                .param(id)
                .param(gegenstand.art().tabelle())
                .param(gegenstand.id())
                .param(grund.name())
                .param(text)
                .param(pruefenAm)
                .param(wer.person())
                .update();
        if (neu == 0) {
            return;
        }
        schreibe(wer, "einschraenkung.gesetzt", gegenstand, Map.of("text", grund.wort(), "grund", text));
        sage(wer, id, "gesetzt", gegenstand, "Verarbeitung eingeschränkt");
    }

    /** Whoever is at it ends first: what was looked at before as free is not written afterwards. */
    private void halte(Gegenstand g) {
        if (g.art() == Art.AKTE) {
            halte("akte WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE", g.id());
            halte("vorgang WHERE mandant_id = ? AND akte_id = ? ORDER BY id FOR UPDATE", g.id());
            return;
        }
        halte("vorgang WHERE mandant_id = ? AND id = ? FOR UPDATE", g.art() == Art.VORGANG ? g.id() : g.vorgangId());
        if (g.art() == Art.DOKUMENT) {
            halte("dokument WHERE mandant_id = ? AND id = ? FOR UPDATE", g.id());
        }
    }

    private void halte(String was, @Nullable UUID id) {
        datenbank
                .sql("SELECT id FROM " + was)
                .param(mandant())
                .param(id)
                .query(UUID.class)
                .list();
    }

    private void verlange(Anmeldung wer, Gegenstand gegenstand) {
        if (gegenstaende.darf(wer, gegenstand)) {
            return;
        }
        if (gegenstaende.titel(wer, gegenstand).isEmpty()) {
            throw new NichtGefunden("Das gibt es nicht, oder es ist nicht für Sie freigegeben.");
        }
        throw Abgelehnt.recht(
                "Die Verarbeitung einschränken und die Einschränkung aufheben können der Datenschutz, die Leitung der zuständigen Einheit und wer die Rechte verwaltet.");
    }

    /**
     * From now until the end of that day it is processed all the same.
     *
     * @throws Abgelehnt (RECHT) if this person may not work on it, (EINGABE) without a reason or for too long, (KONFLIKT) if nothing is restricted
     */
    @Transactional
    public void lasseZu(
            Anmeldung wer,
            UUID id,
            UUID einschraenkung,
            Ausnahmegrund grundlage,
            @Nullable String begruendung,
            @Nullable LocalDate bis) {
        einmal.warte(id);
        var eintrag = eintrag(wer, einschraenkung);
        var gegenstand = gegenstaende.hole(eintrag.art, eintrag.objektId);
        if (!gegenstaende.bearbeitet(wer, gegenstand)) {
            throw Abgelehnt.recht("Trotzdem verarbeiten kann nur, wer es bearbeiten darf. Es bleibt gesperrt.");
        }
        var text = Text.grund(begruendung, "Bitte schreiben Sie, was warum trotzdem verarbeitet wird");
        var heute = LocalDate.now(Anzeige.ZONE);
        if (bis == null || bis.isBefore(heute) || bis.isAfter(heute.plusDays(AUSNAHME_TAGE))) {
            throw Abgelehnt.eingabe("Bitte geben Sie an, bis zu welchem Tag: heute oder höchstens " + AUSNAHME_TAGE
                    + " Tage weiter. Es bleibt gesperrt.");
        }
        verlangeOffen(einschraenkung);
        int neu = datenbank
                .sql("""
                INSERT INTO einschraenkung_ausnahme (mandant_id, id, einschraenkung_id, grundlage, begruendung, bis, geoeffnet_von)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                .params(mandant(), id, einschraenkung, grundlage.name(), text, bis, wer.person())
                .update();
        if (neu == 1) {
            schreibe(
                    wer,
                    "einschraenkung.ausnahme",
                    gegenstand,
                    Map.of("text", grundlage.wort() + ", bis " + Anzeige.datum(bis), "grund", text));
            sage(wer, id, "ausnahme", gegenstand, "Trotz Einschränkung verarbeitet");
        }
    }

    private void verlangeOffen(UUID einschraenkung) {
        boolean offen = datenbank
                .sql("SELECT aufgehoben IS NULL FROM einschraenkung WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), einschraenkung)
                .query(Boolean.class)
                .single();
        if (!offen) {
            throw Abgelehnt.konflikt("Diese Einschränkung ist schon aufgehoben. Es wurde nichts geändert.");
        }
    }

    /** Locked again before the day is over. */
    @Transactional
    public void beendeAusnahmen(Anmeldung wer, UUID einschraenkung) {
        var eintrag = eintrag(wer, einschraenkung);
        var gegenstand = gegenstaende.hole(eintrag.art, eintrag.objektId);
        if (!gegenstaende.darf(wer, gegenstand) && !gegenstaende.bearbeitet(wer, gegenstand)) {
            throw Abgelehnt.recht("Die Ausnahme beenden kann, wer es bearbeiten darf, und der Datenschutz.");
        }
        int beendet = datenbank
                .sql("""
                UPDATE einschraenkung_ausnahme SET beendet = now(), beendet_von = ?
                 WHERE mandant_id = ? AND einschraenkung_id = ? AND beendet IS NULL AND bis >= heute()""")
                .params(wer.person(), mandant(), einschraenkung)
                .update();
        if (beendet > 0) {
            schreibe(wer, "einschraenkung.ausnahme.beendet", gegenstand, Map.of());
        }
    }

    /**
     * Unlocks it for good. Art. 18 (3): the person is told before.
     *
     * @throws Abgelehnt (EINGABE) if the person was not told, or without a reason
     */
    @Transactional
    public void hebeAuf(
            Anmeldung wer,
            UUID einschraenkung,
            boolean unterrichtet,
            @Nullable LocalDate am,
            @Nullable String begruendung) {
        var eintrag = eintrag(wer, einschraenkung);
        var gegenstand = gegenstaende.hole(eintrag.art, eintrag.objektId);
        verlange(wer, gegenstand);
        if (!unterrichtet || am == null || am.isAfter(LocalDate.now(Anzeige.ZONE))) {
            throw Abgelehnt.eingabe(
                    "Bevor die Einschränkung endet, muss die betroffene Person unterrichtet sein (Art. 18 Abs. 3 DSGVO). Bitte bestätigen Sie das und geben Sie den Tag an. Es bleibt gesperrt.");
        }
        var text = Text.grund(begruendung, "Bitte schreiben Sie, warum die Einschränkung endet");
        verlangeOffen(einschraenkung);
        datenbank
                .sql("""
                UPDATE einschraenkung SET aufgehoben = now(), aufgehoben_von = ?, unterrichtet_am = ?, aufhebungsgrund = ?
                 WHERE mandant_id = ? AND id = ?""")
                .params(wer.person(), am, text, mandant(), einschraenkung)
                .update();
        schreibe(
                wer,
                "einschraenkung.aufgehoben",
                gegenstand,
                Map.of("text", "Person unterrichtet am " + Anzeige.datum(am), "grund", text));
        sage(wer, einschraenkung, "aufgehoben", gegenstand, "Einschränkung aufgehoben");
    }

    /** @throws NichtGefunden for who neither sees the thing nor has the role */
    @Transactional(readOnly = true)
    public Eintrag eintrag(Anmeldung wer, UUID id) {
        var eintrag = datenbank
                .sql(SPALTEN + "e.id = :id")
                .param("m", mandant())
                .param("id", id)
                .query(Eintrag.class)
                .optional()
                .orElseThrow(Einschraenkungsbuch::nicht);
        if (!gegenstaende.istDatenschutz(wer)
                && gegenstaende
                        .titel(wer, gegenstaende.hole(eintrag.art, eintrag.objektId))
                        .isEmpty()) {
            throw nicht();
        }
        return eintrag;
    }

    private static NichtGefunden nicht() {
        return new NichtGefunden("Diese Einschränkung gibt es nicht, oder sie ist nicht für Sie freigegeben.");
    }

    /** The latest first. */
    @Transactional(readOnly = true)
    public List<Ausnahme> ausnahmen(UUID einschraenkung) {
        return datenbank
                .sql("""
                SELECT a.id, a.grundlage, a.begruendung, a.bis, a.geoeffnet, trim(p.vorname || ' ' || p.nachname) AS geoeffnet_von, a.beendet,
                       a.beendet IS NULL AND a.bis >= heute() AS offen
                  FROM einschraenkung_ausnahme a JOIN person p ON p.mandant_id = a.mandant_id AND p.id = a.geoeffnet_von
                 WHERE a.mandant_id = ? AND a.einschraenkung_id = ? ORDER BY a.geoeffnet DESC, a.id LIMIT 100""")
                .params(mandant(), einschraenkung)
                .query(Ausnahme.class)
                .list();
    }

    /** All of the house, those in force first by the day they were set; for the role Datenschutz. */
    @Transactional(readOnly = true)
    public Seite<Eintrag> liste(Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                e -> List.of(e.gesetzt(), e.id()),
                (stelle, hoechstens) -> datenbank
                        .sql(SPALTEN + NEUESTE_ZUERST.bedingung("e", stelle) + " ORDER BY "
                                + NEUESTE_ZUERST.folge("e", stelle) + " LIMIT :hoechstens")
                        .param("m", mandant())
                        .param("hoechstens", hoechstens)
                        .params(NEUESTE_ZUERST.parameter(stelle))
                        .query(Eintrag.class)
                        .list());
    }

    private void schreibe(Anmeldung wer, String handlung, Gegenstand g, Map<String, String> inhalt) {
        var alles = new LinkedHashMap<String, String>(inhalt);
        alles.put("aktenzeichen", g.aktenzeichen());
        protokoll.schreibe(wer.pseudonym(), handlung, g.id(), g.akteId(), alles);
    }

    /** The others with the role: they answer to the person. */
    private void sage(Anmeldung wer, UUID id, String was, Gegenstand g, String titel) {
        for (var person : personen.mitRolle(Rolle.DATENSCHUTZ)) {
            if (!person.equals(wer.person())) {
                meldungen.sage(
                        person,
                        Meldungsart.DATENSCHUTZ,
                        "einschraenkung-" + was + " " + id,
                        titel + ", " + g.aktenzeichen(),
                        "",
                        "/datenschutz");
            }
        }
    }
}
