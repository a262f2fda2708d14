package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Bearbeitungssperren.Sperre;
import de.federwerk.akte.Dokumente.Dokument;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Leitungen;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Dokumente are checked out to be worked on, checked in again, and taken back from whoever has forgotten it. */
@Component
public class Auscheckung {

    private static final int GRUND = 300;

    private final JdbcClient datenbank;
    private final Dokumente dokumente;
    private final Vorgaenge vorgaenge;
    private final Bearbeitungssperren sperren;
    private final Berechtigungen berechtigungen;
    private final Leitungen leitungen;
    private final Personen personen;
    private final Protokoll protokoll;
    private final ApplicationEventPublisher ereignisse;

    Auscheckung(
            JdbcClient datenbank,
            Dokumente dokumente,
            Vorgaenge vorgaenge,
            Bearbeitungssperren sperren,
            Berechtigungen berechtigungen,
            Leitungen leitungen,
            Personen personen,
            Protokoll protokoll,
            ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.dokumente = dokumente;
        this.vorgaenge = vorgaenge;
        this.sperren = sperren;
        this.berechtigungen = berechtigungen;
        this.leitungen = leitungen;
        this.personen = personen;
        this.protokoll = protokoll;
        this.ereignisse = ereignisse;
    }

    /**
     * Checks a Dokument out until it is given back. Whoever has it already keeps it.
     *
     * @throws NichtGefunden not for this person
     * @throws Abgelehnt (RECHT) if it may only be read, (KONFLIKT) if somebody else has it or the Vorgang is zdA
     */
    @Transactional
    public Sperre checkeAus(Anmeldung wer, UUID dokument, @Nullable String grund) {
        return sperre(wer, dokument, grund, null, Kennung.neu());
    }

    /**
     * As {@link #checkeAus}, for a program of the person, which must come again before {@code dauer} is over.
     *
     * @param token the id it gets, if the program has one already
     */
    @Transactional
    public Sperre oeffne(Anmeldung wer, UUID dokument, Duration dauer, @Nullable UUID token) {
        return sperre(wer, dokument, "", dauer, token == null ? UUID.randomUUID() : token);
    }

    private Sperre sperre(Anmeldung wer, UUID id, @Nullable String grund, @Nullable Duration dauer, UUID token) {
        var warum = Eingabe.zeile(grund);
        if (warum.length() > GRUND) {
            throw Abgelehnt.eingabe("Der Grund hat %d Zeichen; möglich sind %d. Es wurde nichts ausgecheckt."
                    .formatted(warum.length(), GRUND));
        }
        var dokument = gehalten(wer, id);
        var vorher = sperren.zu(id);
        if (vorher.isPresent() && !vorher.get().von(wer)) {
            throw Bearbeitungssperren.fremd(dokument, vorher.get(), "Sie haben es nicht bekommen.");
        }
        // One that has run out gives way; what somebody checked out herself stays so, whatever her program asks.
        datenbank
                .sql("""
                INSERT INTO bearbeitungssperre AS s (mandant_id, dokument_id, id, person_id, weg, grund, laeuft_ab)
                VALUES (:m, :dokument, :id, :wer, :weg, :grund, now() + make_interval(secs => CAST(:dauer AS float8)))
                ON CONFLICT (mandant_id, dokument_id) DO UPDATE
                   SET id = CASE WHEN :bleibt THEN s.id ELSE excluded.id END, person_id = excluded.person_id,
                       seit = CASE WHEN :bleibt THEN s.seit ELSE excluded.seit END,
                       grund = CASE WHEN :bleibt AND excluded.grund = '' THEN s.grund ELSE excluded.grund END,
                       weg = CASE WHEN :bleibt AND s.weg = 'seite' THEN 'seite' ELSE excluded.weg END,
                       laeuft_ab = CASE WHEN :bleibt AND s.weg = 'seite' THEN NULL ELSE excluded.laeuft_ab END""")
                .param("m", mandant())
                .param("dokument", id)
                .param("id", token)
                .param("wer", wer.person())
                .param("weg", dauer == null ? "seite" : "webdav")
                .param("grund", warum)
                .param("dauer", dauer == null ? null : dauer.toSeconds())
                .param("bleibt", vorher.isPresent())
                .update();
        var sperre = sperren.zu(id).orElseThrow();
        if (vorher.isEmpty()) {
            protokolliere(wer, "dokument.ausgecheckt", dokument, warum, sperre);
        }
        return sperre;
    }

    /** Gives back what this person has checked out; where there is nothing to give back it is done. */
    @Transactional
    public void gibFrei(Anmeldung wer, UUID id) {
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        vorgaenge.halte(dokument.vorgangId());
        var sperre = sperren.zu(id).orElse(null);
        if (sperre == null) {
            return;
        }
        if (!sperre.von(wer)) {
            throw Bearbeitungssperren.fremd(dokument, sperre, "Es bleibt ausgecheckt.");
        }
        loesche(id);
        protokolliere(wer, "dokument.eingecheckt", dokument, "", sperre);
    }

    /**
     * Ends what somebody else has checked out; its holder is told.
     *
     * @param grund stands in the Protokoll
     * @throws Abgelehnt (RECHT) for whoever neither leads nor administers, (EINGABE) without a reason
     */
    @Transactional
    public void hebeAuf(Anmeldung wer, UUID id, @Nullable String grund) {
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.METADATEN), id);
        var aktenzeichen = vorgaenge.halte(dokument.vorgangId());
        var sperre = sperren.zu(id).orElse(null);
        if (sperre == null) {
            return;
        }
        if (!darfAufheben(wer, dokument, sperre)) {
            throw Abgelehnt.recht(
                    "Aufheben kann die Sperre nur %s selbst, die Leitung oder die Administration. Das Dokument bleibt ausgecheckt."
                            .formatted(sperre.wer()));
        }
        var warum = Eingabe.zeile(grund);
        if (warum.isEmpty() || warum.length() > GRUND) {
            throw Abgelehnt.eingabe(
                    "Bitte schreiben Sie dazu, warum Sie die Sperre aufheben (höchstens %d Zeichen). Das Dokument bleibt ausgecheckt."
                            .formatted(GRUND));
        }
        loesche(id);
        protokolliere(wer, "dokument.sperre.aufgehoben", dokument, warum, sperre);
        ereignisse.publishEvent(new SperreAufgehoben(sperre.id(), id, aktenzeichen, sperre.personId()));
    }

    /** Asked before much is sent; filing it asks again. @throws Abgelehnt (KONFLIKT) if somebody else has it */
    @Transactional(readOnly = true)
    public void verlangeFrei(Anmeldung wer, Dokument dokument) {
        sperren.verlangeFrei(wer, dokument);
    }

    /** Whether this person may end what somebody else has checked out: leads the holder or the unit, or administers rights. */
    @Transactional(readOnly = true)
    public boolean darfAufheben(Anmeldung wer, Dokument dokument, Sperre sperre) {
        return !sperre.von(wer)
                && (leitungen.leitet(wer.person(), sperre.personId())
                        || leitungen.leitetEmpfaenger(wer.person(), einheit(dokument))
                        || personen.profil(wer.person())
                                .filter(p -> p.hat(Rolle.ADMINISTRATION))
                                .isPresent()
                        || dokumente
                                .finde(berechtigungen.sicht(wer.person(), Recht.VERWALTEN), dokument.id())
                                .isPresent());
    }

    private UUID einheit(Dokument dokument) {
        return datenbank
                .sql("SELECT einheit_id FROM vorgang WHERE mandant_id = ? AND id = ?")
                .params(mandant(), dokument.vorgangId())
                .query(UUID.class)
                .single();
    }

    /** Behind the lock on the Vorgang: of two who want it at once the second sees what the first has got. */
    private Dokument gehalten(Anmeldung wer, UUID id) {
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        vorgaenge.aenderbar(wer, dokument.vorgangId());
        vorgaenge.halteOffen(dokument.vorgangId());
        vorgaenge.aenderbar(wer, dokument.vorgangId());
        return dokument;
    }

    private void loesche(UUID dokument) {
        datenbank
                .sql("DELETE FROM bearbeitungssperre WHERE mandant_id = ? AND dokument_id = ?")
                .params(mandant(), dokument)
                .update();
    }

    private void protokolliere(Anmeldung wer, String handlung, Dokument dokument, String grund, Sperre sperre) {
        protokoll.schreibe(
                wer.pseudonym(),
                handlung,
                dokument.id(),
                dokument.akteId(),
                Map.of("titel", dokument.titel(), "text", grund, "weg", sperre.weg(), "inhaber", sperre.wer()));
    }
}
