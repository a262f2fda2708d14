package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Gelesenes;
import de.federwerk.berechtigung.Gelesenes.Gegenstand;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The Vorgänge in the Akten: opened, worked on, put zu den Akten. */
@Component
public class Vorgaenge {

    /** @param stand {@code in_bearbeitung} or {@code zda} @param teil name of the Band or Teilakte it lies in @param aktenartId of its Akte */
    public record Vorgang(
            UUID id,
            UUID akteId,
            String aktenzeichen,
            String titel,
            String akteTitel,
            UUID planknotenId,
            String einheit,
            @Nullable String bearbeiter,
            int schutzbereichId,
            String stand,
            Instant angelegt,
            Instant geaendert,
            @Nullable Instant zdaAm,
            String ordnung,
            boolean entwurf,
            @Nullable UUID teilId,
            @Nullable String teil,
            @Nullable UUID aktenartId) {

        public boolean offen() {
            return stand.equals("in_bearbeitung");
        }
    }

    /** A remark of a person, kept for ever as it was written. */
    public record Vermerk(UUID id, String text, Instant verfasst, String wer) {}

    static final String SPALTEN = """
            SELECT v.id, v.akte_id, v.aktenzeichen, v.titel, a.titel AS akte_titel, a.planknoten_id, e.kuerzel || ' ' || e.name AS einheit,
                   trim(p.vorname || ' ' || p.nachname) AS bearbeiter, v.schutzbereich_id, v.stand, v.angelegt, v.geaendert, v.zda_am, v.ordnung, v.entwurf, v.teil_id,
                   (SELECT %s FROM aktenteil t WHERE t.mandant_id = v.mandant_id AND t.id = v.teil_id) AS teil, a.aktenart_id
              FROM vorgang v JOIN akte a ON a.mandant_id = v.mandant_id AND a.id = v.akte_id
              JOIN einheit e ON e.mandant_id = v.mandant_id AND e.id = v.einheit_id
              LEFT JOIN person p ON p.mandant_id = v.mandant_id AND p.id = v.bearbeiter_id
             WHERE v.mandant_id = :m AND\s""".formatted(Aktenteile.NAME);

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Akten akten;
    private final Berechtigungen berechtigungen;
    private final Aktenzeichenregel regel;
    private final Einschraenkungen einschraenkungen;
    private final Protokoll protokoll;
    private final Index index;
    private final ApplicationEventPublisher ereignisse;

    Vorgaenge(
            JdbcClient datenbank,
            Einmal einmal,
            Akten akten,
            Berechtigungen berechtigungen,
            Aktenzeichenregel regel,
            Einschraenkungen einschraenkungen,
            Protokoll protokoll,
            Index index,
            ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.akten = akten;
        this.berechtigungen = berechtigungen;
        this.regel = regel;
        this.einschraenkungen = einschraenkungen;
        this.protokoll = protokoll;
        this.index = index;
        this.ereignisse = ereignisse;
    }

    /**
     * A new Vorgang in an Akte; it inherits unit and Schutzbereich.
     *
     * @param id chosen by the caller: sent twice, it is made once
     */
    @Transactional
    public Vorgang eroeffne(Anmeldung wer, UUID id, UUID akteId, @Nullable String titel) {
        return eroeffne(wer, id, akteId, titel, false);
    }

    /** As {@link #eroeffne(Anmeldung, UUID, UUID, String)}. @param alsEntwurf without an Aktenzeichen until it is registered; in an Akte that is one, always */
    @Transactional
    public Vorgang eroeffne(Anmeldung wer, UUID id, UUID akteId, @Nullable String titel, boolean alsEntwurf) {
        return eroeffne(wer, id, akteId, titel, alsEntwurf, null);
    }

    /** As {@link #eroeffne(Anmeldung, UUID, UUID, String, boolean)}. @param teil a Teilakte or the open Band; null: the open Band, if there is one */
    @Transactional
    public Vorgang eroeffne(
            Anmeldung wer, UUID id, UUID akteId, @Nullable String titel, boolean alsEntwurf, @Nullable UUID teil) {
        einmal.warte(id);
        var name = Eingabe.titel(titel);
        var schon = finde(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        if (schon.isPresent()) {
            if (!schon.get().titel().equals(name) || !schon.get().akteId().equals(akteId)) {
                throw Abgelehnt.konflikt("Diese Eingabe wurde schon einmal mit anderem Inhalt abgesendet ("
                        + schon.get().aktenzeichen() + "). Bitte öffnen Sie das Formular neu.");
            }
            return schon.get();
        }
        akten.halte(akteId);
        var akte = akten.akte(berechtigungen.sicht(wer.person(), Recht.LESEN), akteId);
        if (akten.finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), akteId)
                .isEmpty()) {
            throw Abgelehnt.recht("Sie dürfen die Akte " + akte.aktenzeichen() + " lesen, aber nicht bearbeiten.");
        }
        if (!akte.stand().equals("offen")) {
            throw Abgelehnt.konflikt("Die Akte " + akte.aktenzeichen() + " ist zu den Akten gelegt.");
        }
        if (teil != null) {
            verlangeOffen(akteId, teil);
        }
        boolean entwurf = alsEntwurf || akte.entwurf();
        var aktenzeichen = entwurf ? Aktenentwuerfe.name(id) : regel.fuerVorgang(akte.aktenzeichen());
        datenbank
                .sql("""
                INSERT INTO vorgang (mandant_id, id, akte_id, aktenzeichen, titel, einheit_id, bearbeiter_id, schutzbereich_id, angelegt_von, entwurf, teil_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(mandant())
                .param(id)
                .param(akteId)
                .param(aktenzeichen)
                .param(name)
                .param(akte.einheitId())
                .param(wer.person())
                .param(akte.schutzbereichId())
                .param(wer.person())
                .param(entwurf)
                .param(teil)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "vorgang.angelegt",
                id,
                akteId,
                Map.of("aktenzeichen", aktenzeichen, "titel", name),
                "vorgang");
        index.vormerken("vorgang", id);
        return vorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
    }

    private void verlangeOffen(UUID akte, UUID teil) {
        var offen = datenbank
                .sql("SELECT geschlossen IS NULL FROM aktenteil WHERE mandant_id = ? AND id = ? AND akte_id = ?")
                .params(mandant(), teil, akte)
                .query(Boolean.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diesen Teil der Akte gibt es nicht."));
        if (!offen) {
            throw Abgelehnt.konflikt(
                    "Dieser Teil der Akte ist geschlossen; dort kommt nichts mehr hinein. Der Vorgang wurde nicht eröffnet.");
        }
    }

    /** Whether this person may change a Vorgang that was read for her: what pages offer. Whoever acts asks {@link #aenderbar}. */
    @Transactional(readOnly = true)
    public boolean istAenderbar(UUID person, Vorgang vorgang) {
        return vorgang.offen()
                && berechtigungen.reicht(
                        berechtigungen.sicht(person, Recht.BEARBEITEN),
                        vorgang.schutzbereichId,
                        vorgang.id,
                        vorgang.akteId)
                && einschraenkungen.hindert(vorgang.id, vorgang.akteId).isEmpty();
    }

    @Transactional(readOnly = true)
    public Optional<Vorgang> finde(Sicht sicht, UUID id) {
        var vorgang = abfrage(sicht, "v.id = :id AND ", "")
                .param("id", id)
                .query(Vorgang.class)
                .optional();
        vorgang.ifPresent(v -> Gelesenes.merke(sicht, Gegenstand.VORGANG, v.id, v.akteId, v.schutzbereichId));
        return vorgang;
    }

    /** @throws NichtGefunden if it does not exist for this person */
    @Transactional(readOnly = true)
    public Vorgang vorgang(Sicht sicht, UUID id) {
        return finde(sicht, id)
                .orElseThrow(() ->
                        new NichtGefunden("Diesen Vorgang gibt es nicht, oder er ist nicht für Sie freigegeben."));
    }

    JdbcClient.StatementSpec abfrage(Sicht sicht, String bedingung, String ende) {
        return datenbank
                .sql(SPALTEN + bedingung + sicht.aufVorgang("v") + ende)
                .param("m", mandant())
                .params(sicht.parameter());
    }

    /**
     * Asked before much is sent or read; {@link #zumAendern} asks again and holds.
     *
     * @throws NichtGefunden not for this person
     * @throws Abgelehnt (RECHT) if the person may only read, (KONFLIKT) if it is zdA or its processing is restricted
     */
    @Transactional(readOnly = true)
    public Vorgang aenderbar(Anmeldung wer, UUID id) {
        var vorgang = bearbeitbar(wer, id);
        if (!vorgang.offen()) {
            throw schonZda(vorgang.aktenzeichen());
        }
        einschraenkungen.verlangeFrei(id, vorgang.akteId());
        return vorgang;
    }

    /**
     * Holds the Vorgang for a change until the transaction ends.
     *
     * @throws NichtGefunden not for this person
     * @throws Abgelehnt (RECHT) if the person may only read, (KONFLIKT) if it is zdA
     */
    Vorgang zumAendern(Anmeldung wer, UUID id) {
        var gelesen = bearbeitbar(wer, id);
        // Who waited for somebody that cut it out of its Akte must not go on with what was read before.
        return offen(id) == gelesen.schutzbereichId() ? gelesen : bearbeitbar(wer, id);
    }

    /**
     * Open or zdA.
     *
     * @throws NichtGefunden not for this person
     * @throws Abgelehnt (RECHT) if the person may only read
     */
    @Transactional(readOnly = true)
    public Vorgang bearbeitbar(Anmeldung wer, UUID id) {
        // Who may change may read: only who may not is asked about twice.
        return finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), id).orElseThrow(() -> {
            var gelesen = vorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
            return Abgelehnt.recht(
                    "Sie dürfen den Vorgang " + gelesen.aktenzeichen() + " lesen, aber nicht bearbeiten.");
        });
    }

    private record Stand(String aktenzeichen, String stand, int schutzbereichId) {}

    /**
     * Holds the Vorgang until the transaction ends.
     *
     * @return its Schutzbereich, which stays as it is as long as it is held
     * @throws Abgelehnt (KONFLIKT) if it is zdA
     */
    int offen(UUID id) {
        var vorgang = datenbank
                .sql(
                        "UPDATE vorgang SET geaendert = now() WHERE mandant_id = ? AND id = ? RETURNING aktenzeichen, stand, schutzbereich_id")
                .params(mandant(), id)
                .query(Stand.class)
                .single();
        if (vorgang.stand.equals("zda")) {
            throw schonZda(vorgang.aktenzeichen);
        }
        return vorgang.schutzbereichId;
    }

    /**
     * Keeps a Vorgang open until the transaction ends, one after another, without counting as a change of it.
     *
     * @return its Aktenzeichen
     * @throws Abgelehnt (KONFLIKT) if it is zdA
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public String halteOffen(UUID id) {
        var vorgang = datenbank
                .sql(
                        "SELECT aktenzeichen, stand, schutzbereich_id FROM vorgang WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), id)
                .query(Stand.class)
                .single();
        if (vorgang.stand.equals("zda")) {
            throw schonZda(vorgang.aktenzeichen);
        }
        return vorgang.aktenzeichen;
    }

    /** Nobody files into it, moves it or changes its rights until the transaction ends, be it open or not. @return its Aktenzeichen */
    String halte(UUID id) {
        return datenbank
                .sql("SELECT aktenzeichen FROM vorgang WHERE mandant_id = ? AND id = ? FOR UPDATE")
                .params(mandant(), id)
                .query(String.class)
                .single();
    }

    private static Abgelehnt schonZda(String aktenzeichen) {
        return Abgelehnt.konflikt("Der Vorgang " + aktenzeichen
                + " ist schon zu den Akten gelegt (zdA). Die Änderung wurde nicht ausgeführt.");
    }

    /**
     * Puts the Vorgang zu den Akten.
     *
     * @throws Abgelehnt (KONFLIKT) also if somebody above objects to {@link VorgangWirdGeschlossen}
     */
    @Transactional
    public void schliesse(Anmeldung wer, UUID id) {
        var vorgang = zumAendern(wer, id);
        if (vorgang.entwurf()) {
            throw Abgelehnt.konflikt(
                    "Der Vorgang ist noch ein Entwurf ohne Aktenzeichen. Bitte registrieren Sie ihn erst.");
        }
        var frage = new VorgangWirdGeschlossen(id, wer.person());
        ereignisse.publishEvent(frage);
        if (!frage.hindernisse().isEmpty()) {
            throw Abgelehnt.konflikt(String.join(" ", frage.hindernisse()));
        }
        datenbank
                .sql("UPDATE vorgang SET stand = 'zda', zda_am = now(), zda_von = ? WHERE mandant_id = ? AND id = ?")
                .params(wer.person(), mandant(), id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "vorgang.zda",
                id,
                vorgang.akteId(),
                Map.of("aktenzeichen", vorgang.aktenzeichen()),
                "vorgang");
        index.vormerken("vorgang", id);
    }

    /** @param id chosen by the caller: sent twice, it is written once */
    @Transactional
    public void vermerke(Anmeldung wer, UUID id, UUID vorgangId, @Nullable String text) {
        var inhalt = text == null ? "" : text.replace("\0", "").strip();
        if (inhalt.isEmpty()) {
            throw Abgelehnt.eingabe("Der Vermerk ist leer. Bitte schreiben Sie, was festgehalten werden soll.");
        }
        if (inhalt.length() > 20_000) {
            throw Abgelehnt.eingabe("Der Vermerk hat " + inhalt.length()
                    + " Zeichen; möglich sind 20.000. Längeres legen Sie bitte als Dokument ab.");
        }
        var vorgang = zumAendern(wer, vorgangId);
        int neu = datenbank
                .sql(
                        "INSERT INTO vermerk (mandant_id, id, vorgang_id, akte_id, text, verfasst_von) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .params(mandant(), id, vorgangId, vorgang.akteId(), inhalt, wer.person())
                .update();
        if (neu == 1) {
            protokoll.schreibe(
                    wer.pseudonym(),
                    "vorgang.vermerkt",
                    vorgangId,
                    vorgang.akteId(),
                    Map.of("text", inhalt, "vermerk", id.toString()));
            index.vormerken("vorgang", vorgangId);
        } else if (!inhalt.equals(datenbank
                .sql("SELECT text FROM vermerk WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .query(String.class)
                .single())) {
            throw Abgelehnt.konflikt(
                    "Dieses Formular wurde schon mit einem anderen Vermerk abgesendet. Ihr Text steht noch da: Bitte senden Sie ihn jetzt noch einmal ab.");
        }
    }
}
