package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Personen;
import de.federwerk.protokoll.Protokoll;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Where what is sent for a Leistung goes to: position, unit, Akte, and how long it may take. */
@Component
public class Antragswege {

    /** Under which the Portal files; a technical account, which nobody signs in as. */
    static final String AMT = "buergerportal";

    /** @param jeAntrag an Akte of its own for each; else one for all of a year and unit @param fristTage working days, null for none */
    public record Weg(
            UUID leistungId,
            UUID planknotenId,
            UUID einheitId,
            boolean jeAntrag,
            @Nullable Integer fristTage,
            boolean offen,
            int aenderung) {}

    /** A published Leistung with a form. @param weg null: nothing can be sent for it */
    public record Zeile(
            UUID leistungId,
            String titel,
            String formular,
            @Nullable String position,
            @Nullable String einheit,
            boolean offen) {}

    private final JdbcClient datenbank;
    private final Aktenplan plan;
    private final Einheiten einheiten;
    private final Personen personen;
    private final Berechtigungen berechtigungen;
    private final Protokoll protokoll;

    Antragswege(
            JdbcClient datenbank,
            Aktenplan plan,
            Einheiten einheiten,
            Personen personen,
            Berechtigungen berechtigungen,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.plan = plan;
        this.einheiten = einheiten;
        this.personen = personen;
        this.berechtigungen = berechtigungen;
        this.protokoll = protokoll;
    }

    /** Of the published Leistungen that have a form of the house. */
    @Transactional(readOnly = true)
    public List<Zeile> alle() {
        return datenbank.sql("""
                SELECT l.id AS leistung_id, t.titel, f.formular, k.kennzeichen || ' ' || k.titel AS position, e.name AS einheit, coalesce(w.offen, false) AS offen
                  FROM leistung l
                  JOIN leistungsfassung f ON f.mandant_id = l.mandant_id AND f.leistung_id = l.id AND f.stand = 'veroeffentlicht' AND f.formular IS NOT NULL
                  JOIN leistungstext t ON t.mandant_id = f.mandant_id AND t.fassung_id = f.id AND t.sprache = 'de'
                  LEFT JOIN antragsweg w ON w.mandant_id = l.mandant_id AND w.leistung_id = l.id
                  LEFT JOIN planknoten k ON k.mandant_id = w.mandant_id AND k.id = w.planknoten_id
                  LEFT JOIN einheit e ON e.mandant_id = w.mandant_id AND e.id = w.einheit_id
                 WHERE l.mandant_id = ? ORDER BY t.titel, l.id LIMIT 1000""").param(mandant()).query(Zeile.class).list();
    }

    @Transactional(readOnly = true)
    public Optional<Weg> finde(UUID leistung) {
        return datenbank.sql("""
                SELECT leistung_id, planknoten_id, einheit_id, akte_je = 'antrag' AS je_antrag, frist_tage, offen, aenderung
                  FROM antragsweg WHERE mandant_id = ? AND leistung_id = ?""").params(mandant(), leistung).query(Weg.class).optional();
    }

    /** @throws Abgelehnt if nobody has said where it goes */
    Weg weg(UUID leistung) {
        return finde(leistung)
                .orElseThrow(
                        () -> Abgelehnt.konflikt("Für diese Leistung ist nicht festgelegt, wohin ihre Anträge gehen."));
    }

    /**
     * Sets it, and lets the Portal file there.
     *
     * @throws Abgelehnt if the position is none for Akten, a number makes no sense, or somebody changed it meanwhile
     */
    @Transactional
    public void setze(Anmeldung wer, Weg weg) {
        var knoten = plan.knoten(weg.planknotenId)
                .filter(k -> k.gilt() && k.blatt())
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                "Unter dieser Position des Aktenplans entstehen keine Akten. Bitte wählen Sie eine der untersten Ebene."));
        einheiten.verlange(weg.einheitId);
        if (weg.fristTage != null && (weg.fristTage < 1 || weg.fristTage > 400)) {
            throw Abgelehnt.eingabe("Die Frist braucht eine Zahl von 1 bis 400 Arbeitstagen.");
        }
        verlangeLeistung(weg.leistungId);
        int geschrieben = weg.aenderung == 0 ? lege(weg) : aendere(weg);
        if (geschrieben == 0) {
            throw Abgelehnt.konflikt(
                    "Jemand anderes hat das inzwischen geändert; Ihre Änderung ist nicht gespeichert. Bitte sehen Sie den neuen Stand an.");
        }
        var amt = amt();
        berechtigungen.gebeFrei(Subjekt.PERSON, amt.person(), Ziel.PLAN, knoten.id(), Recht.BEARBEITEN);
        protokoll.schreibe(
                wer.pseudonym(),
                "antragsweg.gesetzt",
                weg.leistungId,
                null,
                Map.of(
                        "position",
                        knoten.kennzeichen(),
                        "einheit",
                        weg.einheitId.toString(),
                        "offen",
                        String.valueOf(weg.offen)));
    }

    /** @throws NichtGefunden if this town has no such Leistung */
    @Transactional(readOnly = true)
    public void verlangeLeistung(UUID leistung) {
        var gibt = datenbank
                .sql("SELECT count(*) FROM leistung WHERE mandant_id = ? AND id = ?")
                .params(mandant(), leistung)
                .query(Integer.class)
                .single();
        if (gibt == 0) {
            throw new NichtGefunden("Diese Leistung gibt es nicht.");
        }
    }

    private int lege(Weg weg) {
        return datenbank
                .sql("""
                INSERT INTO antragsweg (mandant_id, leistung_id, planknoten_id, einheit_id, akte_je, frist_tage, offen)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                .param(mandant())
                .param(weg.leistungId)
                .param(weg.planknotenId)
                .param(weg.einheitId)
                .param(weg.jeAntrag ? "antrag" : "jahr")
                .param(weg.fristTage)
                .param(weg.offen)
                .update();
    }

    private int aendere(Weg weg) {
        return datenbank
                .sql("""
                UPDATE antragsweg SET planknoten_id = ?, einheit_id = ?, akte_je = ?, frist_tage = ?, offen = ?, aenderung = aenderung + 1
                 WHERE mandant_id = ? AND leistung_id = ? AND aenderung = ?""")
                .param(weg.planknotenId)
                .param(weg.einheitId)
                .param(weg.jeAntrag ? "antrag" : "jahr")
                .param(weg.fristTage)
                .param(weg.offen)
                .param(mandant())
                .param(weg.leistungId)
                .param(weg.aenderung)
                .update();
    }

    /** The account under which the Portal files, made when it is first needed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Anmeldung amt() {
        return konto().orElseGet(() -> {
            personen.nimmAuf(Protokoll.PROGRAMM, AMT, "", "Bürgerportal", null, true);
            return konto().orElseThrow();
        });
    }

    private Optional<Anmeldung> konto() {
        return datenbank
                .sql("SELECT id, pseudonym FROM person WHERE mandant_id = ? AND anmeldename = ? AND art = 'technisch'")
                .params(mandant(), AMT)
                .query((z, nr) -> new Anmeldung(
                        mandant(), z.getObject("id", UUID.class), z.getObject("pseudonym", UUID.class), "Bürgerportal"))
                .optional();
    }
}
