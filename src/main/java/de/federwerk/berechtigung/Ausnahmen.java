package de.federwerk.berechtigung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What deviates from the Freigaben for one person: F, a single Akte or Vorgang opened for a time, and X, an Akte shut whatever else is
 * granted (Befangenheit §§ 20, 21 VwVfG; one's own Personalakte). Whether the acting person may do so, the caller has asked.
 */
@Component
public class Ausnahmen {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    /** A participation that lasts longer is no exception any more: it belongs into a Freigabe. */
    private static final int HOECHSTENS_MONATE = 24;

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Protokoll protokoll;

    Ausnahmen(JdbcClient datenbank, Einmal einmal, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.protokoll = protokoll;
    }

    /**
     * Opens one Akte, or one Vorgang in it, for one person until the end of a day.
     *
     * @param id chosen by the form: sent twice, it is given once
     * @param vorgang null: the whole Akte, but for parts with a Sonderbereich of their own
     */
    @Transactional
    public void gebeFrei(
            Anmeldung wer,
            UUID id,
            UUID akte,
            @Nullable UUID vorgang,
            UUID person,
            Recht recht,
            LocalDate bis,
            String grund) {
        var heute = LocalDate.now(ZONE);
        Freigaben.pruefeTage(null, bis, heute);
        if (bis.isAfter(heute.plusMonths(HOECHSTENS_MONATE))) {
            throw Abgelehnt.eingabe(
                    "Auf Zeit wird höchstens für " + HOECHSTENS_MONATE
                            + " Monate freigegeben. Was länger gelten soll, gehört in eine Freigabe am Aktenplan oder an der Einheit.");
        }
        if (recht == Recht.VERWALTEN) {
            throw Abgelehnt.eingabe("Auf Zeit lässt sich lesen oder bearbeiten freigeben, nicht verwalten.");
        }
        verlangeGrund(grund);
        einmal.warte(id);
        int neu = datenbank
                .sql("""
                INSERT INTO einzelfreigabe (mandant_id, id, person_id, vorgang_id, akte_id, recht, grund, gueltig_bis, angelegt_von)
                SELECT ?, ?, p.id, CAST(? AS uuid), CAST(? AS uuid), ?, ?, ?, ? FROM person p WHERE p.mandant_id = ? AND p.id = ? AND gilt(p.gueltig_von, p.gueltig_bis)
                ON CONFLICT (mandant_id, id) DO NOTHING""")
                .param(mandant())
                .param(id)
                .param(vorgang)
                .param(vorgang == null ? akte : null)
                .param(recht.ordinal())
                .param(grund)
                .param(Freigaben.beginn(bis.plusDays(1)))
                .param(wer.person())
                .param(mandant())
                .param(person)
                .update();
        if (neu == 1) {
            schreibe(
                    wer,
                    "zugriff.freigegeben",
                    vorgang == null ? akte : vorgang,
                    akte,
                    person,
                    recht.wort() + " bis " + bis,
                    grund);
        }
    }

    /** Shuts an Akte for one person, from now on. */
    @Transactional
    public void schliesseAus(Anmeldung wer, UUID id, UUID akte, UUID person, String grund) {
        verlangeGrund(grund);
        einmal.warte(id);
        einmal.warte(akte);
        boolean schon = datenbank
                .sql(
                        "SELECT EXISTS (SELECT FROM ausschluss WHERE mandant_id = ? AND akte_id = ? AND person_id = ? AND gilt(gueltig_von, gueltig_bis))")
                .params(mandant(), akte, person)
                .query(Boolean.class)
                .single();
        if (schon) {
            return;
        }
        datenbank
                .sql(
                        "INSERT INTO ausschluss (mandant_id, id, person_id, akte_id, grund, angelegt_von) VALUES (?, ?, ?, ?, ?, ?)")
                .params(mandant(), id, person, akte, grund, wer.person())
                .update();
        schreibe(wer, "zugriff.ausgeschlossen", akte, akte, person, "", grund);
    }

    /**
     * Says whose Personalakte this is: shut for that person as long as it stands.
     *
     * @param id chosen by the form: sent twice, it is said once
     * @throws Abgelehnt (KONFLIKT) if it is somebody else's already
     */
    @Transactional
    public void fuehreAlsPersonalakte(Anmeldung wer, UUID id, UUID akte, UUID person) {
        einmal.warte(id);
        einmal.warte(akte);
        var bisher = personalakteVon(akte);
        if (bisher.isPresent()) {
            if (bisher.get().person.equals(person)) {
                return;
            }
            throw Abgelehnt.konflikt("Diese Akte ist schon die Personalakte von " + bisher.get().name
                    + ". Heben Sie das zuerst auf. Es wurde nichts geändert.");
        }
        int neu = datenbank
                .sql("""
                INSERT INTO ausschluss (mandant_id, id, person_id, akte_id, art, grund, angelegt_von)
                SELECT p.mandant_id, ?, p.id, ?, 'personalakte', 'Eigene Personalakte', ? FROM person p WHERE p.mandant_id = ? AND p.id = ? AND p.art = 'mensch'""")
                .params(id, akte, wer.person(), mandant(), person)
                .update();
        if (neu == 0) {
            throw Abgelehnt.eingabe(
                    "Eine Personalakte hat ein Mensch im Haus, kein Fachverfahren. Es wurde nichts geändert.");
        }
        schreibe(wer, "zugriff.personalakte", akte, akte, person, "", "");
    }

    /** @param person whom the Personalakte is about */
    public record Personalakte(UUID person, String name) {}

    /** Whether somebody is kept out of this Akte now. */
    @Transactional(readOnly = true)
    public boolean schliessenAus(UUID akte) {
        return datenbank
                .sql(
                        "SELECT EXISTS (SELECT FROM ausschluss WHERE mandant_id = ? AND akte_id = ? AND gilt(gueltig_von, gueltig_bis))")
                .params(mandant(), akte)
                .query(Boolean.class)
                .single();
    }

    /** Whose Personalakte this is now; also if somebody said so while this transaction waited. */
    @Transactional(readOnly = true)
    public Optional<Personalakte> personalakteVon(UUID akte) {
        return datenbank
                .sql("""
                SELECT p.id AS person, trim(p.vorname || ' ' || p.nachname) AS name FROM ausschluss x JOIN person p ON p.mandant_id = x.mandant_id AND p.id = x.person_id
                 WHERE x.mandant_id = ? AND x.akte_id = ? AND x.art = 'personalakte' AND x.gueltig_bis IS NULL LIMIT 1""")
                .params(mandant(), akte)
                .query(Personalakte.class)
                .optional();
    }

    /**
     * Ends a single Freigabe of this Akte or of a Vorgang in it.
     *
     * @param vorgang null: of any of them; else only of this one
     * @throws NichtGefunden if there is none that holds
     */
    @Transactional
    public void nimmZurueck(Anmeldung wer, UUID id, UUID akte, @Nullable UUID vorgang) {
        var person = datenbank
                .sql("""
                UPDATE einzelfreigabe e SET gueltig_von = least(gueltig_von, now() - interval '1 microsecond'), gueltig_bis = now()
                 WHERE mandant_id = :m AND id = :id AND (gueltig_bis IS NULL OR gueltig_bis > now())
                   AND coalesce(akte_id, (SELECT v.akte_id FROM vorgang v WHERE v.mandant_id = e.mandant_id AND v.id = e.vorgang_id)) = :akte
                   AND (CAST(:vorgang AS uuid) IS NULL OR vorgang_id = :vorgang)
                RETURNING person_id""")
                .param("m", mandant())
                .param("id", id)
                .param("akte", akte)
                .param("vorgang", vorgang, java.sql.Types.OTHER)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Freigabe gibt es nicht, oder sie ist schon beendet."));
        schreibe(wer, "zugriff.zurueckgenommen", akte, akte, person, "", "");
    }

    /**
     * Ends an exclusion.
     *
     * @throws NichtGefunden if there is none that holds; also for whoever asks about his own Personalakte, whose Akte does not exist for him
     */
    @Transactional
    public void lasseZu(Anmeldung wer, UUID id, UUID akte, String grund) {
        verlangeGrund(grund);
        record Beendet(UUID personId, String art) {}
        var beendet = datenbank
                .sql("""
                UPDATE ausschluss SET gueltig_von = least(gueltig_von, now() - interval '1 microsecond'), gueltig_bis = now(), beendet_von = :wer
                 WHERE mandant_id = :m AND id = :id AND akte_id = :akte AND (gueltig_bis IS NULL OR gueltig_bis > now())
                   AND (art <> 'personalakte' OR person_id <> :wer) RETURNING person_id, art""")
                .param("m", mandant())
                .param("id", id)
                .param("akte", akte)
                .param("wer", wer.person())
                .query(Beendet.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diesen Ausschluss gibt es nicht, oder er ist schon beendet."));
        var was = beendet.art.equals("personalakte") ? "zugriff.personalakte.beendet" : "zugriff.zugelassen";
        schreibe(wer, was, akte, akte, beendet.personId, "", grund);
    }

    private static void verlangeGrund(String grund) {
        if (grund.isBlank() || grund.length() > 300) {
            throw Abgelehnt.eingabe(
                    "Bitte geben Sie einen Grund an (bis 300 Zeichen); er steht im Protokoll der Akte.");
        }
    }

    private void schreibe(
            Anmeldung wer, String handlung, UUID objekt, UUID akte, UUID person, String text, String grund) {
        var name = datenbank
                .sql("SELECT trim(vorname || ' ' || nachname) FROM person WHERE mandant_id = ? AND id = ?")
                .params(mandant(), person)
                .query(String.class)
                .single();
        // The name is what the Protokoll shows; the reason may be personal and is shown on the page of access only.
        protokoll.schreibe(
                wer.pseudonym(),
                handlung,
                objekt,
                akte,
                Map.of("titel", name, "text", text, "person", person.toString(), "grund", grund));
    }
}
