package de.federwerk.akteneinsicht;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Akten;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Gelesenes;
import de.federwerk.berechtigung.Gelesenes.Gegenstand;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.organisation.Anmeldung;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What was put together for whom. Only whoever does it sees it, as long as the Akte may be read. */
@Component
class Akteneinsichten {

    private static final int GEZEIGT = 100;
    /** Beyond that no court reads on paper, and no viewer opens it with pleasure. */
    static final int HOECHSTENS_BLATT = 20_000;

    /** @param lauf which start of the making it is */
    record Einsicht(
            UUID id,
            UUID akteId,
            String aktenzeichen,
            String akteTitel,
            UUID angelegtVon,
            Instant angelegt,
            Einsichtsangaben angaben,
            String stand,
            int seitenFertig,
            int seitenGesamt,
            String hinweis,
            @Nullable UUID blobId,
            @Nullable String dateiname,
            @Nullable Integer blaetter,
            @Nullable Instant abrufbarBis,
            @Nullable UUID dokumentId,
            int lauf) {

        public boolean entwurf() {
            return stand.equals("entwurf");
        }

        public boolean unterwegs() {
            return stand.equals("wartet") || stand.equals("laeuft");
        }

        public boolean abrufbar() {
            return abrufbarBis != null && abrufbarBis.isAfter(Instant.now());
        }

        public String inWorten() {
            return switch (stand) {
                case "entwurf" -> "Entwurf";
                case "wartet" -> "wartet";
                case "laeuft" -> "wird erstellt";
                case "fertig" -> abrufbar() ? "fertig" : "abgelaufen";
                case "gescheitert" -> "gescheitert";
                default -> "abgebrochen";
            };
        }
    }

    static final String SPALTEN = """
        SELECT e.id, e.akte_id, a.aktenzeichen, a.titel, e.angelegt_von, e.angelegt, e.form, e.empfaenger, e.anschrift, e.grundlage, e.zeichen,
               e.mit_vermerken, e.mit_verlauf, e.alle_versionen, e.ablegen_in, e.stand, e.seiten_fertig, e.seiten_gesamt, e.hinweis, e.blob_id,
               e.dateiname, e.blaetter, e.abrufbar_bis, e.dokument_id, e.lauf
          FROM akteneinsicht e JOIN akte a ON a.mandant_id = e.mandant_id AND a.id = e.akte_id
         WHERE e.mandant_id = :m AND\s""";

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Einsichtsauftraege auftraege;
    private final Startbarkeit startbar;

    Akteneinsichten(
            JdbcClient datenbank,
            Einmal einmal,
            Akten akten,
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            Einsichtsauftraege auftraege,
            Startbarkeit startbar) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.auftraege = auftraege;
        this.startbar = startbar;
    }

    /** @throws NichtGefunden if the Akte may not be read */
    @Transactional(readOnly = true)
    public Akten.Akte akte(Anmeldung wer, UUID akte) {
        return akten.akte(berechtigungen.sicht(wer.person(), Recht.LESEN), akte);
    }

    /**
     * A draft with all Dokumente of these Vorgänge that this person may read.
     *
     * @param id chosen by the caller: sent twice, it is made once
     * @param auswahl Vorgänge of the Akte, {@code teile} Bände and Teilakten with all that lies in them; none of both: everything
     */
    @Transactional
    public void lege(
            Anmeldung wer, UUID id, UUID akte, Einsichtsangaben angaben, List<UUID> auswahl, List<UUID> teile) {
        einmal.warte(id);
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        akten.akte(sicht, akte);
        var a = angaben.geprueft();
        if (a.ablegenIn() != null
                && !vorgaenge.aenderbar(wer, a.ablegenIn()).akteId().equals(akte)) {
            throw Abgelehnt.eingabe("Abgelegt wird in einem Vorgang derselben Akte.");
        }
        int neu = datenbank
                .sql("""
                    INSERT INTO akteneinsicht (mandant_id, id, akte_id, angelegt_von, form, empfaenger, anschrift, grundlage, zeichen, mit_vermerken,
                                               mit_verlauf, alle_versionen, ablegen_in)
                    VALUES (:m, :id, :akte, :wer, :form, :empfaenger, :anschrift, :grundlage, :zeichen, :vermerke, :verlauf, :versionen, :ablegen)
                    ON CONFLICT DO NOTHING""")
                .param("m", mandant())
                .param("id", id)
                .param("akte", akte)
                .param("wer", wer.person())
                .param("form", a.form())
                .param("empfaenger", a.empfaenger())
                .param("anschrift", a.anschrift())
                .param("grundlage", a.grundlage().name())
                .param("zeichen", a.zeichen())
                .param("vermerke", a.mitVermerken())
                .param("verlauf", a.mitVerlauf())
                .param("versionen", a.alleVersionen())
                .param("ablegen", a.ablegenIn())
                .update();
        if (neu == 0) {
            einsicht(wer, id);
            return;
        }
        datenbank
                .sql("""
                    INSERT INTO einsichtsstueck (mandant_id, akteneinsicht_id, dokument_id)
                    SELECT d.mandant_id, :id, d.id FROM dokument d
                     WHERE d.mandant_id = :m AND d.akte_id = :akte AND (:alle OR d.vorgang_id IN (SELECT unnest(CAST(:auswahl AS uuid[]))) OR d.vorgang_id IN (
                           SELECT v.id FROM vorgang v WHERE v.mandant_id = :m AND v.akte_id = :akte AND v.teil_id = ANY (CAST(:teile AS uuid[])))) AND\s""" + sicht.aufDokument("d"))
                .param("m", mandant())
                .param("id", id)
                .param("akte", akte)
                .param("alle", auswahl.isEmpty() && teile.isEmpty())
                .param("auswahl", Einsichtsstuecke.feld(auswahl))
                .param("teile", Einsichtsstuecke.feld(teile))
                .params(sicht.parameter())
                .update();
    }

    /** @throws NichtGefunden if it is not this person's, or the Akte may not be read any more */
    @Transactional(readOnly = true)
    public Einsicht einsicht(Anmeldung wer, UUID id) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var einsicht = datenbank
                .sql(SPALTEN + "e.id = :id AND e.angelegt_von = :wer AND " + sicht.aufAkte("a"))
                .param("m", mandant())
                .param("id", id)
                .param("wer", wer.person())
                .params(sicht.parameter())
                .query((z, nr) -> lies(z))
                .optional()
                .orElseThrow(Akteneinsichten::nicht);
        akten.akte(sicht, einsicht.akteId);
        return einsicht;
    }

    private static NichtGefunden nicht() {
        return new NichtGefunden("Diese Akteneinsicht gibt es nicht, oder sie ist nicht für Sie freigegeben.");
    }

    static Einsicht lies(java.sql.ResultSet z) throws java.sql.SQLException {
        var bis = z.getTimestamp("abrufbar_bis");
        return new Einsicht(
                z.getObject("id", UUID.class),
                z.getObject("akte_id", UUID.class),
                z.getString("aktenzeichen"),
                z.getString("titel"),
                z.getObject("angelegt_von", UUID.class),
                z.getTimestamp("angelegt").toInstant(),
                new Einsichtsangaben(
                        z.getString("form"),
                        z.getString("empfaenger"),
                        z.getString("anschrift"),
                        Rechtsgrundlage.valueOf(z.getString("grundlage")),
                        z.getString("zeichen"),
                        z.getBoolean("mit_vermerken"),
                        z.getBoolean("mit_verlauf"),
                        z.getBoolean("alle_versionen"),
                        z.getObject("ablegen_in", UUID.class)),
                z.getString("stand"),
                z.getInt("seiten_fertig"),
                z.getInt("seiten_gesamt"),
                z.getString("hinweis"),
                z.getObject("blob_id", UUID.class),
                z.getString("dateiname"),
                z.getObject("blaetter", Integer.class),
                bis == null ? null : bis.toInstant(),
                z.getObject("dokument_id", UUID.class),
                z.getInt("lauf"));
    }

    /** A person's own, the newest first. */
    @Transactional(readOnly = true)
    public List<Einsicht> meine(Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        return datenbank
                .sql(SPALTEN + "e.angelegt_von = :wer AND " + sicht.aufAkte("a")
                        + " ORDER BY e.angelegt DESC, e.id DESC LIMIT " + GEZEIGT)
                .param("m", mandant())
                .param("wer", wer.person())
                .params(sicht.parameter())
                .query((z, nr) -> lies(z))
                .list();
    }

    /**
     * Has it made; pressed twice, it is made once.
     *
     * @throws Abgelehnt as {@link Startbarkeit#pruefe}
     */
    @Transactional
    public void starte(Anmeldung wer, UUID id) {
        var einsicht = einsicht(wer, id);
        if (!einsicht.entwurf()) {
            return;
        }
        long seiten = startbar.pruefe(berechtigungen.sicht(wer.person(), Recht.LESEN), einsicht);
        int begonnen = datenbank
                .sql("UPDATE akteneinsicht SET stand = 'wartet', lauf = lauf + 1, seiten_gesamt = ?, seiten_fertig = 0,"
                        + " hinweis = '' WHERE mandant_id = ? AND id = ? AND stand = 'entwurf'")
                .params(seiten, mandant(), id)
                .update();
        if (begonnen == 1) {
            auftraege.plane(id);
        }
    }

    /** Ends the making; what was chosen stays and can be begun again. */
    @Transactional
    public void brichAb(Anmeldung wer, UUID id) {
        einsicht(wer, id);
        datenbank
                .sql("UPDATE akteneinsicht SET stand = 'abgebrochen', beendet = now() WHERE mandant_id = ? AND id ="
                        + " ? AND stand IN ('wartet', 'laeuft')")
                .params(mandant(), id)
                .update();
    }

    /** Back to the choice, after it was ended or failed. */
    @Transactional
    public void oeffneWieder(Anmeldung wer, UUID id) {
        einsicht(wer, id);
        datenbank
                .sql("UPDATE akteneinsicht SET stand = 'entwurf', beendet = NULL WHERE mandant_id = ? AND id = ?"
                        + " AND stand IN ('abgebrochen', 'gescheitert')")
                .params(mandant(), id)
                .update();
    }

    /** @param abgerufen whether it is in the package with its content, and not only named */
    private record Enthaltenes(
            String art, UUID id, UUID akteId, int schutzbereichId, boolean sichtbar, boolean abgerufen) {}

    /**
     * The finished package, as long as its maker may read everything in it; what is in it counts as fetched.
     *
     * @throws NichtGefunden otherwise
     * @throws Abgelehnt (KONFLIKT) if the processing of something in it was restricted since
     */
    @Transactional(readOnly = true)
    public Einsicht paket(Anmeldung wer, UUID id) {
        var einsicht = einsicht(wer, id);
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var enthalten = enthalten(sicht, id);
        if (!einsicht.abrufbar() || enthalten.stream().anyMatch(e -> !e.sichtbar)) {
            throw nicht();
        }
        datenbank
                .sql("SELECT einschraenkung_hindert_einsicht(?, ?)")
                .params(mandant(), id)
                .query((z, nr) -> Optional.ofNullable(z.getString(1)))
                .single()
                .ifPresent(warum -> {
                    throw Abgelehnt.konflikt(warum);
                });
        enthalten.stream()
                .filter(Enthaltenes::abgerufen)
                .forEach(e -> Gelesenes.merke(sicht, Gegenstand.valueOf(e.art), e.id, e.akteId, e.schutzbereichId));
        return einsicht;
    }

    /** The Dokumente it shows, those it only names (withheld, replaced), and the Vorgänge whose title and Vermerke stand in it. */
    private List<Enthaltenes> enthalten(Sicht sicht, UUID id) {
        return datenbank
                .sql("""
                    SELECT 'DOKUMENT' AS art, d.id, d.akte_id, d.schutzbereich_id, %s AS sichtbar,
                           d.id = coalesce(s.ersatz_id, s.dokument_id) AND s.wie <> 'zurueckgehalten' AS abgerufen
                      FROM einsichtsstueck s JOIN dokument d ON d.mandant_id = s.mandant_id AND d.id IN (s.dokument_id, s.ersatz_id)
                     WHERE s.mandant_id = :m AND s.akteneinsicht_id = :id
                       AND (s.wie = 'zurueckgehalten' OR s.wie IN ('vorgelegt', 'ersetzt') AND s.blatt IS NOT NULL)
                    UNION ALL
                    SELECT 'VORGANG', v.id, v.akte_id, v.schutzbereich_id, %s, e.mit_vermerken
                      FROM akteneinsicht e JOIN vorgang v ON v.mandant_id = e.mandant_id AND v.id = ANY (e.vorgaenge)
                     WHERE e.mandant_id = :m AND e.id = :id""".formatted(sicht.aufDokument("d"), sicht.aufVorgang("v")))
                .param("m", mandant())
                .param("id", id)
                .params(sicht.parameter())
                .query(Enthaltenes.class)
                .list();
    }

    /** Whether everything that is to go into it, with the Vorgänge it tells of, has the rights of this Schutzbereich. */
    @Transactional(readOnly = true)
    public boolean nurAus(UUID id, Collection<UUID> vorgaenge, int schutzbereich) {
        return datenbank
                .sql("""
                    SELECT NOT EXISTS (
                        SELECT FROM einsichtsstueck s JOIN dokument d ON d.mandant_id = s.mandant_id AND d.id IN (s.dokument_id, s.ersatz_id)
                         WHERE s.mandant_id = :m AND s.akteneinsicht_id = :id AND s.wie <> 'ausgelassen' AND d.schutzbereich_id <> :bereich)
                       AND NOT EXISTS (
                        SELECT FROM vorgang v WHERE v.mandant_id = :m AND v.id = ANY (CAST(:vorgaenge AS uuid[])) AND v.schutzbereich_id <> :bereich)""")
                .param("m", mandant())
                .param("id", id)
                .param("vorgaenge", Einsichtsstuecke.feld(vorgaenge))
                .param("bereich", schutzbereich)
                .query(Boolean.class)
                .single();
    }

    /** Whether something that went into it may not be read any more. */
    public boolean verdeckt(Sicht sicht, UUID id) {
        return enthalten(sicht, id).stream().anyMatch(e -> !e.sichtbar);
    }
}
