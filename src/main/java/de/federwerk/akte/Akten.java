package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
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

/** The Akten of a Mandant: made under a position of the Aktenplan, found by whoever may. */
@Component
public class Akten {

    /** @param stand {@code offen} or {@code zda} */
    public record Akte(
            UUID id,
            String aktenzeichen,
            String titel,
            UUID planknotenId,
            UUID einheitId,
            String einheit,
            @Nullable String bearbeiter,
            int schutzbereichId,
            String stand,
            LocalDate laufzeitVon,
            Instant angelegt) {}

    /** One line of a list: Akte with the number of Vorgänge this person may see. */
    public record Zeile(UUID id, String aktenzeichen, String titel, String einheit, String stand, long vorgaenge) {}

    /** One act in the Protokoll. @param wer name of the person, or how the program calls itself */
    public record Ereignis(Instant zeit, String wer, String handlung, String was) {

        /** What was done, in words. */
        public String inWorten() {
            return switch (handlung) {
                case "akte.angelegt" -> "hat die Akte angelegt";
                case "vorgang.angelegt" -> "hat den Vorgang eröffnet";
                case "vorgang.vermerkt" -> "hat vermerkt";
                case "vorgang.zda" -> "hat den Vorgang zu den Akten gelegt";
                case "dokument.abgelegt" -> "hat ein Dokument abgelegt";
                default -> handlung;
            };
        }

        String symbol() {
            return switch (handlung) {
                case "akte.angelegt" -> "folder";
                case "vorgang.angelegt" -> "assignment";
                case "vorgang.vermerkt" -> "edit_note";
                case "vorgang.zda" -> "task_alt";
                default -> "description";
            };
        }
    }

    static final String SPALTEN = """
            SELECT a.id, a.aktenzeichen, a.titel, a.planknoten_id, a.einheit_id, e.kuerzel || ' ' || e.name AS einheit,
                   trim(p.vorname || ' ' || p.nachname) AS bearbeiter, a.schutzbereich_id, a.stand, a.laufzeit_von, a.angelegt
              FROM akte a JOIN einheit e ON e.mandant_id = a.mandant_id AND e.id = a.einheit_id
              LEFT JOIN person p ON p.mandant_id = a.mandant_id AND p.id = a.bearbeiter_id
             WHERE a.mandant_id = :m AND\s""";

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Aktenplan plan;
    private final Berechtigungen berechtigungen;
    private final Aktenzeichenregel regel;
    private final Protokoll protokoll;
    private final Index index;

    Akten(
            JdbcClient datenbank,
            Einmal einmal,
            Aktenplan plan,
            Berechtigungen berechtigungen,
            Aktenzeichenregel regel,
            Protokoll protokoll,
            Index index) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.plan = plan;
        this.berechtigungen = berechtigungen;
        this.regel = regel;
        this.protokoll = protokoll;
        this.index = index;
    }

    /**
     * A new Akte with the next Aktenzeichen of its rule.
     *
     * @param id chosen by the caller: sent twice, it is made once
     * @param einheit the federführende unit; decides with the position who sees it
     * @throws Abgelehnt if the title does not fit, the position is none for Akten, or the person may not file there
     */
    @Transactional
    public Akte legeAn(Anmeldung wer, UUID id, UUID planknoten, UUID einheit, @Nullable String titel) {
        einmal.warte(id);
        var name = Eingabe.titel(titel);
        var schon = finde(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        if (schon.isPresent()) {
            if (!schon.get().titel().equals(name) || !schon.get().planknotenId().equals(planknoten)) {
                throw Abgelehnt.konflikt("Diese Eingabe wurde schon einmal mit anderem Inhalt abgesendet ("
                        + schon.get().aktenzeichen() + "). Bitte öffnen Sie das Formular neu.");
            }
            return schon.get();
        }
        var knoten = plan.knoten(planknoten)
                .orElseThrow(() -> new NichtGefunden("Diese Position des Aktenplans gibt es nicht."));
        if (!knoten.blatt()) {
            throw Abgelehnt.eingabe(
                    "Unter „" + knoten.anzeige() + "“ stehen noch feinere Positionen. Bitte wählen Sie eine davon.");
        }
        int bereich = berechtigungen.schutzbereich(planknoten, einheit, 0, null);
        if (!berechtigungen.sicht(wer.person(), Recht.BEARBEITEN).bereiche().contains(bereich)) {
            throw Abgelehnt.recht("Unter „" + knoten.anzeige() + "“ dürfen Sie für diese Einheit keine Akten anlegen.");
        }
        var aktenzeichen = regel.fuerAkte(knoten.kennzeichen());
        datenbank
                .sql("""
                INSERT INTO akte (mandant_id, id, aktenzeichen, titel, planknoten_id, einheit_id, bearbeiter_id, schutzbereich_id, angelegt_von)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(mandant(), id, aktenzeichen, name, planknoten, einheit, wer.person(), bereich, wer.person())
                .update();
        protokoll.schreibe(
                wer.pseudonym(), "akte.angelegt", id, id, Map.of("aktenzeichen", aktenzeichen, "titel", name), "akte");
        index.vormerken("akte", id);
        return finde(berechtigungen.sicht(wer.person(), Recht.LESEN), id).orElseThrow();
    }

    @Transactional(readOnly = true)
    public Optional<Akte> finde(Sicht sicht, UUID id) {
        return datenbank
                .sql(SPALTEN + "a.id = :id AND " + sicht.aufAkte("a"))
                .param("m", mandant())
                .param("id", id)
                .params(sicht.parameter())
                .query(Akte.class)
                .optional();
    }

    /** @throws NichtGefunden if it does not exist for this person */
    @Transactional(readOnly = true)
    public Akte akte(Sicht sicht, UUID id) {
        return finde(sicht, id)
                .orElseThrow(
                        () -> new NichtGefunden("Diese Akte gibt es nicht, oder sie ist nicht für Sie freigegeben."));
    }

    /** Akten under one position, by Aktenzeichen, the newest first; {@code nach} is the last Aktenzeichen of the page before. */
    @Transactional(readOnly = true)
    public List<Zeile> unter(Sicht sicht, UUID planknoten, @Nullable String nach, int hoechstens) {
        return datenbank
                .sql("""
                SELECT a.id, a.aktenzeichen, a.titel, e.kuerzel AS einheit, a.stand,
                       (SELECT count(*) FROM vorgang v WHERE v.mandant_id = a.mandant_id AND v.akte_id = a.id AND %s) AS vorgaenge
                  FROM akte a JOIN einheit e ON e.mandant_id = a.mandant_id AND e.id = a.einheit_id
                 WHERE a.mandant_id = :m AND a.planknoten_id = :plan AND %s AND (CAST(:nach AS text) IS NULL OR a.aktenzeichen < :nach)
                 ORDER BY a.aktenzeichen DESC LIMIT :hoechstens""".formatted(sicht.aufVorgang("v"), sicht.aufAkte("a")))
                .param("m", mandant())
                .param("plan", planknoten)
                .param("nach", nach)
                .param("hoechstens", hoechstens)
                .params(sicht.parameter())
                .query(Zeile.class)
                .list();
    }

    /** How many Akten this person sees under each position that has any. */
    @Transactional(readOnly = true)
    public Map<UUID, Long> anzahlJePosition(Sicht sicht) {
        var anzahl = new java.util.HashMap<UUID, Long>();
        datenbank
                .sql("SELECT a.planknoten_id, count(*) FROM akte a WHERE a.mandant_id = :m AND " + sicht.aufAkte("a")
                        + " GROUP BY 1")
                .param("m", mandant())
                .params(sicht.parameter())
                .query((zeile, nr) -> anzahl.put(zeile.getObject(1, UUID.class), zeile.getLong(2)))
                .list();
        return anzahl;
    }

    /**
     * The Protokoll of an Akte, the newest first: who, when, what.
     *
     * @param objekt only what was done to this one thing; null for everything in the Akte
     */
    @Transactional(readOnly = true)
    public List<Ereignis> protokoll(Sicht sicht, UUID akte, @Nullable UUID objekt, int versatz, int hoechstens) {
        return datenbank
                .sql("""
                SELECT p.zeit, coalesce(trim(w.vorname || ' ' || w.nachname), 'Federwerk (Programm)') AS wer, p.handlung,
                       coalesce((SELECT string_agg(i.wert, ' · ' ORDER BY i.feld) FROM protokoll_inhalt i
                                  WHERE i.mandant_id = p.mandant_id AND i.eintrag_id = p.id AND i.feld IN ('aktenzeichen', 'titel', 'text', 'nummer')), '') AS was
                  FROM protokoll p LEFT JOIN person w ON w.mandant_id = p.mandant_id AND w.pseudonym = p.person
                 WHERE p.mandant_id = :m AND p.akte_id = :akte AND (CAST(:objekt AS uuid) IS NULL OR p.objekt_id = :objekt)
                   AND EXISTS (SELECT FROM akte a WHERE a.mandant_id = :m AND a.id = :akte AND %s)
                   AND (p.objekt_id = :akte
                        OR EXISTS (SELECT FROM vorgang v WHERE v.mandant_id = :m AND v.id = p.objekt_id AND %s)
                        OR EXISTS (SELECT FROM dokument d WHERE d.mandant_id = :m AND d.id = p.objekt_id AND %s))
                 ORDER BY p.id DESC OFFSET :versatz LIMIT :hoechstens""".formatted(sicht.aufAkte("a"), sicht.aufVorgang("v"), sicht.aufDokument("d")))
                .param("m", mandant())
                .param("akte", akte)
                .param("objekt", objekt)
                .param("versatz", versatz)
                .param("hoechstens", hoechstens)
                .params(sicht.parameter())
                .query(Ereignis.class)
                .list();
    }
}
