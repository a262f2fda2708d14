package de.federwerk.handmappe;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Schriftgut;
import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.protokoll.Protokoll;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The Handmappen of persons and units. Whoever may look into one sees only what she sees anyway: a Handmappe gives no rights, and tells nobody how
 * much else lies in it.
 */
@Component
class Handmappen {

    private static final int MAPPEN = 100;
    private static final int STUECKE = 500;

    /** @param einheit with which it is shared; null if with nobody @param eigene made by who looks */
    record Mappe(
            UUID id,
            String name,
            @Nullable UUID einheitId,
            @Nullable String einheit,
            String wer,
            boolean eigene) {}

    record Stueck(UUID id, String art, String aktenzeichen, String titel, String notiz, String wer, Instant gelegt) {

        String seite() {
            return Art.von(art).seite(id);
        }

        String symbol() {
            return Art.von(art).symbol();
        }
    }

    private final JdbcClient datenbank;
    private final Schriftgut schriftgut;
    private final Einheiten einheiten;
    private final Berechtigungen berechtigungen;
    private final Protokoll protokoll;

    Handmappen(
            JdbcClient datenbank,
            Schriftgut schriftgut,
            Einheiten einheiten,
            Berechtigungen berechtigungen,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.schriftgut = schriftgut;
        this.einheiten = einheiten;
        this.berechtigungen = berechtigungen;
        this.protokoll = protokoll;
    }

    /** One's own, and those of the units in which one holds a Stelle today. */
    @Transactional(readOnly = true)
    public List<Mappe> von(Anmeldung wer) {
        return frage(wer, "", null);
    }

    /** @throws NichtGefunden if it does not exist for this person */
    @Transactional(readOnly = true)
    public Mappe mappe(Anmeldung wer, UUID id) {
        return frage(wer, "AND h.id = :id", id).stream()
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Handmappe gibt es nicht, oder sie ist nicht für Sie."));
    }

    private List<Mappe> frage(Anmeldung wer, String und, @Nullable UUID id) {
        var eigene = berechtigungen.postfaecher(wer.person()).stream()
                .filter(p -> p.art().equals("einheit") && p.person().equals(wer.person()))
                .map(p -> p.subjekt().toString())
                .collect(Collectors.joining(",", "{", "}"));
        return datenbank
                .sql("""
                SELECT h.id, h.name, h.einheit_id, e.kuerzel || ' ' || e.name AS einheit, trim(p.vorname || ' ' || p.nachname) AS wer, h.person_id = :wer AS eigene
                  FROM handmappe h JOIN person p ON p.mandant_id = h.mandant_id AND p.id = h.person_id
                  LEFT JOIN einheit e ON e.mandant_id = h.mandant_id AND e.id = h.einheit_id
                 WHERE h.mandant_id = :m AND h.aufgeloest IS NULL AND (h.person_id = :wer OR h.einheit_id = ANY (CAST(:einheiten AS uuid[]))) %s
                 ORDER BY lower(h.name), h.id LIMIT :hoechstens""".formatted(und))
                .param("m", mandant())
                .param("wer", wer.person())
                .param("einheiten", eigene)
                .param("id", id)
                .param("hoechstens", 2 * MAPPEN)
                .query(Mappe.class)
                .list();
    }

    /** What lies in it, the latest first; only what the person sees. */
    @Transactional(readOnly = true)
    public List<Stueck> inhalt(Anmeldung wer, Mappe mappe) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        return datenbank
                .sql("""
                SELECT s.objekt_id AS id, s.art, z.aktenzeichen, z.titel, s.notiz, trim(p.vorname || ' ' || p.nachname) AS wer, s.gelegt
                  FROM handmappe_stueck s JOIN LATERAL %s z ON true
                  JOIN person p ON p.mandant_id = s.mandant_id AND p.id = s.gelegt_von
                 WHERE s.mandant_id = :m AND s.handmappe_id = :mappe ORDER BY s.gelegt DESC, s.objekt_id LIMIT :hoechstens""".formatted(Schriftgut.gesehen(sicht, "s.art", "s.objekt_id")))
                .param("m", mandant())
                .param("mappe", mappe.id)
                .param("hoechstens", STUECKE)
                .params(sicht.parameter())
                .query(Stueck.class)
                .list();
    }

    /**
     * @param id chosen by the caller: sent twice, it is made once
     * @param teilen with one's own unit
     * @throws Abgelehnt (EINGABE) without a name, or to share without a unit
     */
    @Transactional
    public void richteEin(Anmeldung wer, UUID id, @Nullable String name, boolean teilen) {
        var wort = name(name);
        if (von(wer).stream().filter(Mappe::eigene).count() >= MAPPEN) {
            throw Abgelehnt.eingabe("Sie haben schon " + MAPPEN + " Handmappen. Bitte lösen Sie erst eine auf.");
        }
        int neu = datenbank
                .sql(
                        "INSERT INTO handmappe (mandant_id, id, name, person_id, einheit_id) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .param(mandant())
                .param(id)
                .param(wort)
                .param(wer.person())
                .param(teilen ? eigeneEinheit(wer) : null)
                .update();
        if (neu == 1) {
            protokoll.schreibe(wer.pseudonym(), "handmappe.eingerichtet", id, null, Map.of("titel", wort));
        }
    }

    private UUID eigeneEinheit(Anmeldung wer) {
        return einheiten
                .von(wer.person())
                .orElseThrow(
                        () -> Abgelehnt.eingabe("Sie gehören heute zu keiner Einheit, mit der Sie teilen könnten."));
    }

    /** Name and sharing; only by who made it. */
    @Transactional
    public void aendere(Anmeldung wer, UUID id, @Nullable String name, boolean teilen) {
        var mappe = eigene(wer, id);
        var wort = name(name);
        datenbank
                .sql("UPDATE handmappe SET name = ?, einheit_id = ? WHERE mandant_id = ? AND id = ?")
                .param(wort)
                .param(!teilen ? null : mappe.einheitId != null ? mappe.einheitId : eigeneEinheit(wer))
                .param(mandant())
                .param(id)
                .update();
        protokoll.schreibe(wer.pseudonym(), "handmappe.geaendert", id, null, Map.of("titel", wort));
    }

    /** The collection, not what was collected. */
    @Transactional
    public void loeseAuf(Anmeldung wer, UUID id) {
        eigene(wer, id);
        datenbank
                .sql("UPDATE handmappe SET aufgeloest = now() WHERE mandant_id = ? AND id = ? AND aufgeloest IS NULL")
                .params(mandant(), id)
                .update();
        protokoll.schreibe(wer.pseudonym(), "handmappe.aufgeloest", id, null, Map.of());
    }

    private Mappe eigene(Anmeldung wer, UUID id) {
        var mappe = mappe(wer, id);
        if (!mappe.eigene) {
            throw Abgelehnt.recht("Die Handmappe „" + mappe.name + "“ gehört " + mappe.wer
                    + ". Sie können nur hineinlegen und herausnehmen.");
        }
        return mappe;
    }

    private static String name(@Nullable String getippt) {
        var name = getippt == null
                ? ""
                : getippt.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (name.isEmpty() || name.length() > 100) {
            throw Abgelehnt.eingabe("Bitte geben Sie der Handmappe einen Namen (bis 100 Zeichen).");
        }
        return name;
    }

    /** Twice put in is in once. @return whether it did not lie there yet @throws NichtGefunden if the person does not see it @throws Abgelehnt (EINGABE) if the Handmappe is full */
    @Transactional
    public boolean lege(Anmeldung wer, UUID id, Art art, UUID objekt, @Nullable String notiz) {
        mappe(wer, id);
        schriftgut.bezeichnung(berechtigungen.sicht(wer.person(), Recht.LESEN), art, objekt);
        datenbank
                .sql("SELECT id FROM handmappe WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), id)
                .query(UUID.class)
                .single();
        var text =
                notiz == null ? "" : notiz.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        int neu = datenbank
                .sql("""
                INSERT INTO handmappe_stueck (mandant_id, handmappe_id, objekt_id, art, notiz, gelegt_von) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING""")
                .params(
                        mandant(),
                        id,
                        objekt,
                        art.tabelle(),
                        text.length() > 300 ? text.substring(0, 300) : text,
                        wer.person())
                .update();
        long jetzt = datenbank
                .sql("SELECT count(*) FROM handmappe_stueck WHERE mandant_id = ? AND handmappe_id = ?")
                .params(mandant(), id)
                .query(Long.class)
                .single();
        if (neu == 1 && jetzt > STUECKE) {
            throw Abgelehnt.eingabe(
                    "In eine Handmappe passen " + STUECKE + " Stücke. Bitte nehmen Sie erst etwas heraus.");
        }
        return neu == 1;
    }

    @Transactional
    public void nimmHeraus(Anmeldung wer, UUID id, UUID objekt) {
        mappe(wer, id);
        datenbank
                .sql("DELETE FROM handmappe_stueck WHERE mandant_id = ? AND handmappe_id = ? AND objekt_id = ?")
                .params(mandant(), id, objekt)
                .update();
    }
}
