package de.federwerk.berechtigung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The Freigaben of a Mandant: given, ended, listed. None is deleted or changed; whoever wants another one ends the old one. */
@Component
public class Freigaben {

    /** Days of a Freigabe begin and end in the town hall. */
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    public static final Ordnung NEUESTE_ZUERST = Ordnung.ab(Ordnung.zeit("angelegt"), Ordnung.kennung("id"));

    /**
     * What is to be granted.
     *
     * @param id chosen by the form: sent twice, it is given once
     * @param von first day; null: from now on
     * @param bis last day; null: without end
     */
    public record Neu(
            UUID id,
            Subjekt subjekt,
            UUID subjektId,
            Ziel ziel,
            UUID zielId,
            Recht recht,
            @Nullable LocalDate von,
            @Nullable LocalDate bis,
            String grund) {}

    /** A line of the list. @param angelegtVon null: the program */
    public record Zeile(
            UUID id,
            String subjektArt,
            UUID subjektId,
            @Nullable String subjekt,
            String zielArt,
            UUID zielId,
            @Nullable String ziel,
            int recht,
            Instant gueltigVon,
            @Nullable Instant gueltigBis,
            boolean gilt,
            String grund,
            Instant angelegt,
            @Nullable String angelegtVon) {

        public String darf() {
            return Recht.values()[recht].wort();
        }

        /** Whether it can still be ended. */
        public boolean laufend() {
            return gilt || gueltigVon.isAfter(Instant.now());
        }
    }

    /** Which Freigaben a list holds. */
    public enum Auswahl {
        LAUFENDE("(f.gueltig_bis IS NULL OR f.gueltig_bis > now())"),
        BEENDETE("f.gueltig_bis <= now()");

        private final String bedingung;

        Auswahl(String bedingung) {
            this.bedingung = bedingung;
        }
    }

    /** Name of whoever a Freigabe with this alias is for, an expression. */
    public static String subjekt(String alias) {
        return """
                CASE %1$s.subjekt_art
                     WHEN 'person' THEN (SELECT trim(p.vorname || ' ' || p.nachname) FROM person p WHERE p.mandant_id = %1$s.mandant_id AND p.id = %1$s.subjekt_id)
                     WHEN 'stelle' THEN (SELECT e.kuerzel || ' · ' || s.bezeichnung FROM stelle s JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                                          WHERE s.mandant_id = %1$s.mandant_id AND s.id = %1$s.subjekt_id)
                     WHEN 'einheit' THEN (SELECT e.kuerzel || ' ' || e.name FROM einheit e WHERE e.mandant_id = %1$s.mandant_id AND e.id = %1$s.subjekt_id)
                     ELSE (SELECT r.name FROM rolle r WHERE r.mandant_id = %1$s.mandant_id AND r.id = %1$s.subjekt_id) END""".formatted(alias);
    }

    /**
     * Name of what a Freigabe with this alias opens, an expression; NULL for what has a rule of its own: there the name would say what it
     * is to those who administrate rights and do not see it.
     */
    public static String ziel(String alias) {
        return """
                CASE %1$s.ziel_art
                     WHEN 'plan' THEN (SELECT k.kennzeichen || ' ' || k.titel FROM planknoten k WHERE k.mandant_id = %1$s.mandant_id AND k.id = %1$s.ziel_id)
                     WHEN 'einheit' THEN (SELECT e.kuerzel || ' ' || e.name FROM einheit e WHERE e.mandant_id = %1$s.mandant_id AND e.id = %1$s.ziel_id)
                     WHEN 'sonder' THEN (SELECT o.name FROM sonderbereich o WHERE o.mandant_id = %1$s.mandant_id AND o.id = %1$s.ziel_id AND NOT o.einzeln) END""".formatted(alias);
    }

    private static final String SPALTEN =
            "SELECT f.id, f.subjekt_art, f.subjekt_id, f.ziel_art, f.ziel_id, f.recht, f.gueltig_von, f.gueltig_bis,"
                    + " gilt(f.gueltig_von, f.gueltig_bis) AS gilt, f.grund, f.angelegt,"
                    + " (SELECT trim(p.vorname || ' ' || p.nachname) FROM person p WHERE p.mandant_id = f.mandant_id AND p.id = f.angelegt_von) AS angelegt_von, "
                    + subjekt("f") + " AS subjekt, " + ziel("f") + " AS ziel FROM freigabe f WHERE ";

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Protokoll protokoll;

    Freigaben(JdbcClient datenbank, Einmal einmal, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.protokoll = protokoll;
    }

    /**
     * Those of the Mandant, the newest first.
     *
     * @param von only those for this Person, Stelle, Einheit or role; null: for all
     * @param auf only those on this position, unit or Sonderbereich; null: on all
     */
    @Transactional(readOnly = true)
    public Seite<Zeile> seite(Auswahl auswahl, @Nullable UUID von, @Nullable UUID auf, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                z -> List.of(z.angelegt, z.id),
                (stelle, hoechstens) -> datenbank
                        .sql(SPALTEN + bedingung(auswahl, von, auf) + " AND " + NEUESTE_ZUERST.bedingung("f", stelle)
                                + " ORDER BY " + NEUESTE_ZUERST.folge("f", stelle) + " LIMIT :hoechstens")
                        .param("m", mandant())
                        .param("von", von)
                        .param("auf", auf)
                        .param("hoechstens", hoechstens)
                        .params(NEUESTE_ZUERST.parameter(stelle))
                        .query(Zeile.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public Anzahl anzahl(Auswahl auswahl, @Nullable UUID von, @Nullable UUID auf) {
        return Anzahl.aus(datenbank
                .sql("SELECT count(*) FROM (SELECT FROM freigabe f WHERE " + bedingung(auswahl, von, auf)
                        + " LIMIT :bis) f")
                .param("m", mandant())
                .param("von", von)
                .param("auf", auf)
                .param("bis", Anzahl.GENAU_BIS + 1)
                .query(Long.class)
                .single());
    }

    private static String bedingung(Auswahl auswahl, @Nullable UUID von, @Nullable UUID auf) {
        return "f.mandant_id = :m AND " + auswahl.bedingung + (von == null ? "" : " AND f.subjekt_id = :von")
                + (auf == null ? "" : " AND f.ziel_id = :auf");
    }

    /** @throws NichtGefunden if there is none */
    @Transactional(readOnly = true)
    public Zeile zeile(UUID id) {
        return datenbank
                .sql(SPALTEN + "f.mandant_id = ? AND f.id = ?")
                .params(mandant(), id)
                .query(Zeile.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Freigabe gibt es nicht."));
    }

    /**
     * Grants it; it is effective with the next click of those it is for.
     *
     * @throws Abgelehnt (EINGABE) if its days lie in the past or end before they begin, (KONFLIKT) if the same is granted already
     * @throws NichtGefunden if there is no such subject or target in this Mandant
     */
    @Transactional
    public void erteile(Anmeldung wer, Neu neu) {
        einmal.warte(neu.id);
        var heute = LocalDate.now(ZONE);
        pruefeTage(neu.von, neu.bis, heute);
        if (schonDa(neu.id)) {
            return;
        }
        // Two administrators at once: the second sees what the first has granted.
        einmal.warte(neu.zielId);
        verlange(neu.subjekt.art, neu.subjektId);
        verlange(
                neu.ziel == Ziel.PLAN ? "planknoten" : neu.ziel == Ziel.SONDER ? "sonderbereich" : "einheit",
                neu.zielId);
        if (gibtEs(neu)) {
            throw Abgelehnt.konflikt("Diese Freigabe gibt es schon, und sie gilt ohne Ende. Es wurde nichts geändert.");
        }
        // A first day that is today means now, not midnight: what was, stays as it was.
        var beginn = neu.von == null || neu.von.equals(heute) ? null : beginn(neu.von);
        datenbank
                .sql("""
                INSERT INTO freigabe (mandant_id, id, subjekt_art, subjekt_id, ziel_art, ziel_id, recht, gueltig_von, gueltig_bis, grund, angelegt_von)
                VALUES (?, ?, ?, ?, ?, ?, ?, coalesce(CAST(? AS timestamptz), now()), CAST(? AS timestamptz), ?, ?)""")
                .param(mandant())
                .param(neu.id)
                .param(neu.subjekt.art)
                .param(neu.subjektId)
                .param(neu.ziel.art)
                .param(neu.zielId)
                .param(neu.recht.ordinal())
                .param(beginn)
                .param(neu.bis == null ? null : beginn(neu.bis.plusDays(1)))
                .param(neu.grund)
                .param(wer.person())
                .update();
        var zeile = zeile(neu.id);
        protokoll.schreibe(wer.pseudonym(), "freigabe.erteilt", neu.id, null, inhalt(zeile));
    }

    static void pruefeTage(@Nullable LocalDate von, @Nullable LocalDate bis, LocalDate heute) {
        if (von != null && von.isBefore(heute)) {
            throw Abgelehnt.eingabe(
                    "Der erste Tag liegt in der Vergangenheit. Was war, lässt sich nicht ändern: Bitte wählen Sie heute oder einen späteren Tag.");
        }
        if (bis != null && bis.isBefore(von == null ? heute : von)) {
            throw Abgelehnt.eingabe(
                    von == null
                            ? "Der letzte Tag liegt in der Vergangenheit. Bitte wählen Sie heute oder einen späteren Tag."
                            : "Der letzte Tag liegt vor dem ersten. Bitte vertauschen Sie die beiden.");
        }
    }

    static Timestamp beginn(LocalDate tag) {
        return Timestamp.from(tag.atStartOfDay(ZONE).toInstant());
    }

    private boolean schonDa(UUID id) {
        return datenbank
                .sql("SELECT EXISTS (SELECT FROM freigabe WHERE mandant_id = ? AND id = ?)")
                .params(mandant(), id)
                .query(Boolean.class)
                .single();
    }

    private void verlange(String tabelle, UUID id) {
        boolean da = datenbank
                .sql("SELECT EXISTS (SELECT FROM " + tabelle + " WHERE mandant_id = ? AND id = ?)")
                .params(mandant(), id)
                .query(Boolean.class)
                .single();
        if (!da) {
            throw new NichtGefunden("Wofür oder für wen die Freigabe gelten soll, gibt es nicht.");
        }
    }

    /** Whether the same is granted now, without end. */
    @Transactional(readOnly = true)
    public boolean gibtEs(Neu neu) {
        return datenbank
                .sql("""
                SELECT EXISTS (SELECT FROM freigabe WHERE mandant_id = ? AND subjekt_art = ? AND subjekt_id = ? AND ziel_art = ? AND ziel_id = ? AND recht = ?
                                  AND gilt(gueltig_von, gueltig_bis) AND gueltig_bis IS NULL)""")
                .params(mandant(), neu.subjekt.art, neu.subjektId, neu.ziel.art, neu.zielId, neu.recht.ordinal())
                .query(Boolean.class)
                .single();
    }

    /**
     * Ends it now; one that has not begun will never hold.
     *
     * @throws NichtGefunden if there is none
     * @throws Abgelehnt (KONFLIKT) if somebody else has ended it already
     */
    @Transactional
    public void beende(Anmeldung wer, UUID id) {
        var zeile = zeile(id);
        if (zeile.laufend() && istLetzteVerwaltung(zeile)) {
            throw Abgelehnt.konflikt(
                    "Das ist die letzte Freigabe „verwalten“ auf diesen Sonderbereich: Danach käme niemand mehr heran. Geben Sie ihn zuerst jemand anderem frei. Es wurde nichts geändert.");
        }
        int beendet = datenbank.sql("""
                UPDATE freigabe SET gueltig_von = least(gueltig_von, now() - interval '1 microsecond'), gueltig_bis = now(), beendet_von = ?
                 WHERE mandant_id = ? AND id = ? AND (gueltig_bis IS NULL OR gueltig_bis > now())""").params(wer.person(), mandant(), id).update();
        if (beendet == 0) {
            throw Abgelehnt.konflikt("Diese Freigabe ist schon beendet. Es wurde nichts geändert.");
        }
        protokoll.schreibe(wer.pseudonym(), "freigabe.beendet", id, null, inhalt(zeile));
    }

    /** Two at once wait for each other: the second sees that the first has ended one. */
    private boolean istLetzteVerwaltung(Zeile zeile) {
        if (!zeile.zielArt.equals(Ziel.SONDER.art) || zeile.recht != Recht.VERWALTEN.ordinal()) {
            return false;
        }
        einmal.warte(zeile.zielId);
        return !datenbank
                .sql("""
                SELECT EXISTS (SELECT FROM freigabe WHERE mandant_id = ? AND ziel_art = 'sonder' AND ziel_id = ? AND recht = ? AND id <> ?
                                  AND gilt(gueltig_von, gueltig_bis) AND gueltig_bis IS NULL)""")
                .params(mandant(), zeile.zielId, zeile.recht, zeile.id)
                .query(Boolean.class)
                .single();
    }

    private static Map<String, String> inhalt(Zeile zeile) {
        return Map.of(
                "fuer",
                zeile.subjekt == null ? zeile.subjektId.toString() : zeile.subjekt,
                "auf",
                zeile.ziel == null ? zeile.zielId.toString() : zeile.ziel,
                "recht",
                zeile.darf(),
                "von",
                zeile.gueltigVon.toString(),
                "bis",
                zeile.gueltigBis == null ? "" : zeile.gueltigBis.toString(),
                "grund",
                zeile.grund);
    }
}
