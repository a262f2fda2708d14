package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.geschaeftsgang.Laufplan.Ort;
import de.federwerk.geschaeftsgang.Laufplan.Stand;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Laufwege are begun here, after a look whether they would come to an end. */
@Component
public class Laufwege {

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Berechtigungen berechtigungen;
    private final Startpruefung pruefung;
    private final Stationen stationen;
    private final Protokoll protokoll;

    Laufwege(
            JdbcClient datenbank,
            Einmal einmal,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Berechtigungen berechtigungen,
            Startpruefung pruefung,
            Stationen stationen,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.berechtigungen = berechtigungen;
        this.pruefung = pruefung;
        this.stationen = stationen;
        this.protokoll = protokoll;
    }

    /** Why this Laufweg would not come to an end, one German sentence each; empty if it would. */
    @Transactional(readOnly = true)
    public List<String> einwaende(Laufwegentwurf entwurf) {
        return pruefung.einwaende(entwurf, LocalDate.now(Anzeige.ZONE));
    }

    /**
     * Begins a Laufweg: the first stations are open, whoever has them sees the Vorgang. What the beginner wrote counts as the first station, to
     * which everything can be given back.
     *
     * @throws Abgelehnt (EINGABE) with every {@link #einwaende Einwand}; (KONFLIKT) if the Vorgang is zdA; (RECHT) if it may only be read
     */
    @Transactional
    public void beginne(Anmeldung wer, Laufwegentwurf entwurf) {
        einmal.warte(entwurf.id());
        var vorgang = vorgaenge.aenderbar(wer, entwurf.vorgang());
        if (schonBegonnen(entwurf)) {
            return;
        }
        if (entwurf.dokument() != null
                && !dokumente
                        .dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), entwurf.dokument())
                        .vorgangId()
                        .equals(vorgang.id())) {
            throw new NichtGefunden("Dieses Dokument gibt es in diesem Vorgang nicht.");
        }
        var einwaende = einwaende(entwurf);
        if (!einwaende.isEmpty()) {
            throw Abgelehnt.eingabe("Der Laufweg wurde nicht begonnen. " + String.join(" ", einwaende));
        }
        datenbank
                .sql("""
                INSERT INTO laufweg (mandant_id, id, vorgang_id, akte_id, dokument_id, titel, neue_version, begonnen_von)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(mandant())
                .param(entwurf.id())
                .param(vorgang.id())
                .param(vorgang.akteId())
                .param(entwurf.dokument())
                .param(entwurf.titel())
                .param(entwurf.erneuern() ? "erneuern" : "nichtig")
                .param(wer.person())
                .update();
        var start = Kennung.neu();
        var plan = new Laufplan(plan(start, entwurf.stationen()));
        stationen.legeStartAn(entwurf.id(), vorgang.id(), start, wer.person());
        stationen.legeAn(entwurf.id(), entwurf.stationen(), vorgang.id());
        protokoll.schreibe(
                wer.pseudonym(),
                "laufweg.begonnen",
                entwurf.dokument() == null ? vorgang.id() : entwurf.dokument(),
                vorgang.akteId(),
                Map.of("titel", entwurf.titel(), "laufweg", entwurf.id().toString()));
        stationen.setze(entwurf.id(), plan, plan.beginne());
    }

    private static List<Ort> plan(UUID start, List<Station> weitere) {
        var orte = new ArrayList<Ort>();
        orte.add(new Ort(start, 0, 1, 1, Stand.ERLEDIGT, 1));
        weitere.forEach(s -> orte.add(new Ort(s.id(), s.block(), s.zweig(), s.platz(), Stand.WARTET, 1)));
        return orte;
    }

    /** Sent twice. @throws Abgelehnt (KONFLIKT) if the first time it was another one */
    private boolean schonBegonnen(Laufwegentwurf entwurf) {
        var schon = datenbank
                .sql("SELECT vorgang_id FROM laufweg WHERE mandant_id = ? AND id = ?")
                .params(mandant(), entwurf.id())
                .query(UUID.class)
                .optional();
        if (schon.isPresent() && !schon.get().equals(entwurf.vorgang())) {
            throw Abgelehnt.konflikt(
                    "Dieses Formular wurde schon für einen anderen Vorgang abgesendet. Bitte öffnen Sie es neu.");
        }
        return schon.isPresent();
    }
}
