package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Gelesenes;
import de.federwerk.berechtigung.Gelesenes.Gegenstand;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.berechtigung.Sichtliste;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
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
            @Nullable LocalDate laufzeitBis,
            Instant angelegt,
            @Nullable UUID aktenartId,
            @Nullable String aktenart,
            boolean entwurf) {

        public boolean offen() {
            return stand.equals("offen");
        }
    }

    /** One line of a list. @param vorgaenge that this person sees, counted up to {@link #VORGAENGE_GENAU_BIS} + 1 */
    public record Zeile(
            UUID id,
            String aktenzeichen,
            String titel,
            String einheit,
            String stand,
            String ordnung,
            long vorgaenge,
            boolean entwurf) {

        public Anzahl anzahlVorgaenge() {
            return new Anzahl(Math.min(vorgaenge, VORGAENGE_GENAU_BIS), vorgaenge > VORGAENGE_GENAU_BIS);
        }
    }

    static final String SPALTEN = """
            SELECT a.id, a.aktenzeichen, a.titel, a.planknoten_id, a.einheit_id, e.kuerzel || ' ' || e.name AS einheit,
                   trim(p.vorname || ' ' || p.nachname) AS bearbeiter, a.schutzbereich_id, a.stand, a.laufzeit_von, a.laufzeit_bis, a.angelegt, a.aktenart_id, k.name AS aktenart, a.entwurf
              FROM akte a JOIN einheit e ON e.mandant_id = a.mandant_id AND e.id = a.einheit_id
              LEFT JOIN person p ON p.mandant_id = a.mandant_id AND p.id = a.bearbeiter_id
              LEFT JOIN aktenart k ON k.mandant_id = a.mandant_id AND k.id = a.aktenart_id
             WHERE a.mandant_id = :m AND\s""";

    /** In a list of Akten; then it says „mehr als“. */
    public static final int VORGAENGE_GENAU_BIS = 1_000;

    /** The order of Akten under a position, by which places in it are read from an address. */
    public static final Ordnung NEUESTE_ZUERST = Ordnung.ab(Ordnung.text("ordnung"), Ordnung.kennung("id"));

    private static final Sichtliste UNTER_POSITION = new Sichtliste(
            "akte",
            "aktenbestand",
            List.of("planknoten_id"),
            NEUESTE_ZUERST,
            sicht -> sicht.aufAkte("x"),
            Map.of("s_akten", "id"),
            "planknoten_id");

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Aktenplan plan;
    private final Aktenarten arten;
    private final Berechtigungen berechtigungen;
    private final Aktenzeichenregel regel;
    private final Einschraenkungen einschraenkungen;
    private final Protokoll protokoll;
    private final Index index;

    Akten(
            JdbcClient datenbank,
            Einmal einmal,
            Aktenplan plan,
            Aktenarten arten,
            Berechtigungen berechtigungen,
            Aktenzeichenregel regel,
            Einschraenkungen einschraenkungen,
            Protokoll protokoll,
            Index index) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.plan = plan;
        this.arten = arten;
        this.berechtigungen = berechtigungen;
        this.regel = regel;
        this.einschraenkungen = einschraenkungen;
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
        return legeAn(wer, id, new Neu(planknoten, einheit, titel, null, false));
    }

    /** @param aktenart which fields it has; null for none @param entwurf without an Aktenzeichen until it is registered */
    public record Neu(
            UUID planknoten,
            UUID einheit,
            @Nullable String titel,
            @Nullable UUID aktenart,
            boolean entwurf) {}

    /** As {@link #legeAn(Anmeldung, UUID, UUID, UUID, String)}. @throws NichtGefunden if there is no such Aktenart, or no more */
    @Transactional
    public Akte legeAn(Anmeldung wer, UUID id, Neu neu) {
        var planknoten = neu.planknoten;
        var einheit = neu.einheit;
        einmal.warte(id);
        var name = Eingabe.titel(neu.titel);
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
        if (!knoten.gilt()) {
            throw Abgelehnt.eingabe(
                    "Die Position „" + knoten.anzeige()
                            + "“ des Aktenplans ist beendet: Unter ihr entstehen keine neuen Akten. Bitte wählen Sie eine andere.");
        }
        if (!knoten.blatt()) {
            throw Abgelehnt.eingabe(
                    "Unter „" + knoten.anzeige() + "“ stehen noch feinere Positionen. Bitte wählen Sie eine davon.");
        }
        // Held: a unit that is merged or ended meanwhile must not get an Akte that nobody takes along.
        var gehalten = datenbank
                .sql(
                        "SELECT id FROM einheit WHERE mandant_id = ? AND id = ? AND gilt(gueltig_von, gueltig_bis) FOR SHARE")
                .params(mandant(), einheit)
                .query(UUID.class)
                .optional();
        if (gehalten.isEmpty()) {
            throw new NichtGefunden("Diese Einheit gibt es nicht, oder nicht mehr.");
        }
        if (neu.aktenart != null && arten.wahl().stream().noneMatch(a -> a.id().equals(neu.aktenart))) {
            throw new NichtGefunden("Diese Aktenart gibt es nicht, oder nicht mehr.");
        }
        int bereich = berechtigungen.schutzbereich(planknoten, einheit, 0, null);
        if (!berechtigungen.sicht(wer.person(), Recht.BEARBEITEN).bereiche().contains(bereich)) {
            throw Abgelehnt.recht("Unter „" + knoten.anzeige() + "“ dürfen Sie für diese Einheit keine Akten anlegen.");
        }
        var aktenzeichen = neu.entwurf ? Aktenentwuerfe.name(id) : regel.fuerAkte(knoten.kennzeichen());
        datenbank
                .sql("""
                INSERT INTO akte (mandant_id, id, aktenzeichen, jahr, titel, planknoten_id, einheit_id, bearbeiter_id, schutzbereich_id, angelegt_von, aktenart_id, entwurf)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(Arrays.asList(
                        mandant(),
                        id,
                        aktenzeichen,
                        neu.entwurf ? 0 : regel.jahrDerAkten(),
                        name,
                        planknoten,
                        einheit,
                        wer.person(),
                        bereich,
                        wer.person(),
                        neu.aktenart,
                        neu.entwurf))
                .update();
        protokoll.schreibe(
                wer.pseudonym(), "akte.angelegt", id, id, Map.of("aktenzeichen", aktenzeichen, "titel", name), "akte");
        index.vormerken("akte", id);
        return finde(berechtigungen.sicht(wer.person(), Recht.LESEN), id).orElseThrow();
    }

    @Transactional(readOnly = true)
    public Optional<Akte> finde(Sicht sicht, UUID id) {
        var akte = datenbank
                .sql(SPALTEN + "a.id = :id AND " + sicht.aufAkte("a"))
                .param("m", mandant())
                .param("id", id)
                .params(sicht.parameter())
                .query(Akte.class)
                .optional();
        akte.ifPresent(a -> Gelesenes.merke(sicht, Gegenstand.AKTE, a.id, a.id, a.schutzbereichId));
        return akte;
    }

    /** Whether a Sicht opens an Akte that another one has found. The database is asked only where the Schutzbereich is shut. */
    @Transactional(readOnly = true)
    public boolean istOffen(Sicht sicht, Akte akte) {
        return sicht.bereiche().contains(akte.schutzbereichId())
                        && !sicht.ausgeschlossen().contains(akte.id())
                || finde(sicht, akte.id()).isPresent();
    }

    /** @throws NichtGefunden if it does not exist for this person */
    @Transactional(readOnly = true)
    public Akte akte(Sicht sicht, UUID id) {
        return finde(sicht, id)
                .orElseThrow(
                        () -> new NichtGefunden("Diese Akte gibt es nicht, oder sie ist nicht für Sie freigegeben."));
    }

    /**
     * Open or zdA.
     *
     * @throws NichtGefunden not for this person
     * @throws Abgelehnt (RECHT) if the person may only read, (KONFLIKT) if its processing is restricted
     */
    @Transactional(readOnly = true)
    public Akte zumVerlegen(Anmeldung wer, UUID id) {
        var akte = finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), id)
                .orElseThrow(() -> {
                    var gelesen = akte(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
                    return Abgelehnt.recht(
                            "Sie dürfen die Akte " + gelesen.aktenzeichen() + " lesen, aber nicht bearbeiten.");
                });
        einschraenkungen.verlangeFrei(id);
        return akte;
    }

    /** Of the position it stands under. */
    String kennzeichen(Akte akte) {
        return plan.knoten(akte.planknotenId()).orElseThrow().kennzeichen();
    }

    /** What counts for its Vorgänge, whoever sees the Akte itself. */
    record Lage(UUID id, String aktenzeichen, UUID einheitId, int schutzbereichId, String stand, boolean entwurf) {}

    Lage lage(UUID id) {
        return datenbank
                .sql(
                        "SELECT id, aktenzeichen, einheit_id, schutzbereich_id, stand, entwurf FROM akte WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .query(Lage.class)
                .single();
    }

    /** Keeps its Schutzbereich as it is until the transaction ends: what comes into it inherits that; others may come in meanwhile. */
    void halte(UUID id) {
        datenbank
                .sql("SELECT id FROM akte WHERE mandant_id = ? AND id = ? FOR SHARE")
                .params(mandant(), id)
                .query(UUID.class)
                .optional();
    }

    /** Akten under one position, the newest year and number first. */
    @Transactional(readOnly = true)
    public Seite<Zeile> unter(Sicht sicht, UUID planknoten, Stelle ab, int jeSeite) {
        var frage = unter(sicht, planknoten);
        return Seite.lies(
                ab,
                jeSeite,
                zeile -> List.of(zeile.ordnung, zeile.id),
                (stelle, hoechstens) -> zeilen(sicht, UNTER_POSITION.ids(frage, stelle, hoechstens), stelle));
    }

    @Transactional(readOnly = true)
    public Anzahl anzahlUnter(Sicht sicht, UUID planknoten) {
        return UNTER_POSITION.anzahl(unter(sicht, planknoten));
    }

    private Sichtliste.Frage unter(Sicht sicht, UUID planknoten) {
        return new Sichtliste.Frage(datenbank, sicht, "x.planknoten_id = :plan", Map.of("plan", planknoten));
    }

    /** The lines of Akten that this person was found to see. */
    private List<Zeile> zeilen(Sicht sicht, List<UUID> ids, Stelle stelle) {
        return datenbank
                .sql("""
                SELECT a.id, a.aktenzeichen, a.titel, e.kuerzel AS einheit, a.stand, a.ordnung, a.entwurf,
                       (SELECT count(*) FROM (SELECT FROM vorgang v WHERE v.mandant_id = a.mandant_id AND v.akte_id = a.id AND %s LIMIT %d) v) AS vorgaenge
                  FROM akte a JOIN einheit e ON e.mandant_id = a.mandant_id AND e.id = a.einheit_id
                 WHERE a.mandant_id = :m AND a.id = ANY (CAST(:ids AS uuid[])) ORDER BY %s""".formatted(sicht.aufVorgang("v"), VORGAENGE_GENAU_BIS + 1, NEUESTE_ZUERST.folge("a", stelle)))
                .param("m", mandant())
                .param("ids", ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .params(sicht.parameter())
                .query(Zeile.class)
                .list();
    }

    /**
     * Where in the list under this position the typed Aktenzeichen, number or year lies; a mere number counts in the rule's present
     * year.
     */
    @Transactional(readOnly = true)
    public Stelle sprungUnter(Aktenplan.Knoten knoten, String getippt) {
        var zeichen =
                regel.gemeint(knoten.kennzeichen(), getippt.replace("\0", "").strip());
        // Behind everything that begins like it: the list runs downwards.
        return Stelle.ab(datenbank
                        .sql(
                                "SELECT CASE WHEN s LIKE '0000 %' THEN s || ziffernweise(:zeichen) ELSE s END FROM aktenstelle(:zeichen, NULL) s")
                        .param("zeichen", zeichen)
                        .query(String.class)
                        .single()
                + "~");
    }

    /** How many Akten this person sees under each position that has any. */
    @Transactional(readOnly = true)
    public Map<UUID, Long> anzahlJePosition(Sicht sicht) {
        return UNTER_POSITION.anzahlJe(new Sichtliste.Frage(datenbank, sicht, "TRUE", Map.of()), "planknoten_id");
    }
}
