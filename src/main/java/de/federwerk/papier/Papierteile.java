package de.federwerk.papier;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Akten;
import de.federwerk.akte.Aktenteile;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Zaehler;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Gelesenes;
import de.federwerk.berechtigung.Gelesenes.Gegenstand;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The parts of Akten that are on paper. Whoever may read the Vorgang (or the Akte) they belong to sees them. */
@Component
public class Papierteile {

    /** As it is typed or scanned; leading zeros may be missing. */
    private static final Pattern KENNZEICHEN = Pattern.compile("[Pp]-?(\\d{1,9})");

    private static final int JE_AKTE = 500;

    /** @param wer who has it; null: it lies where it belongs @param aktenteil the Band or Teilakte it belongs to as a whole */
    public record Papierteil(
            UUID id,
            String kennzeichen,
            UUID akteId,
            String aktenzeichen,
            String akteTitel,
            @Nullable String aktenteil,
            @Nullable UUID vorgangId,
            @Nullable String vorgangTitel,
            String titel,
            String umfang,
            String standort,
            String raum,
            String regal,
            int schutzbereichId,
            @Nullable String wer,
            @Nullable UUID werId,
            @Nullable Instant seit,
            @Nullable LocalDate bis,
            @Nullable String grund) {

        /** Where it lies. */
        public String ort() {
            return standort + (raum.isEmpty() ? "" : ", Raum " + raum) + (regal.isEmpty() ? "" : ", Regal " + regal);
        }

        public boolean ausgeliehen() {
            return wer != null;
        }

        public boolean ueberfaellig() {
            return bis != null && bis.isBefore(LocalDate.now(de.federwerk.gesicht.Anzeige.ZONE));
        }
    }

    /** What is typed about one. */
    public record Angaben(String titel, String umfang, String standort, String raum, String regal) {

        static final Angaben LEER = new Angaben("", "", "", "", "");

        Angaben geprueft() {
            var a = new Angaben(
                    einzeilig(titel), einzeilig(umfang), einzeilig(standort), einzeilig(raum), einzeilig(regal));
            if (a.titel.isEmpty() || a.standort.isEmpty()) {
                throw Abgelehnt.eingabe(
                        "Bitte geben Sie an, was es ist und wo es liegt (Standort). Es wurde nichts erfasst.");
            }
            if (a.titel.length() > 300
                    || List.of(a.umfang, a.standort, a.raum, a.regal).stream().anyMatch(t -> t.length() > 100)) {
                throw Abgelehnt.eingabe("Eine der Angaben ist zu lang (Titel 300, sonst 100 Zeichen).");
            }
            return a;
        }
    }

    static String einzeilig(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    private final JdbcClient datenbank;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Zaehler zaehler;
    private final Einmal einmal;
    private final Protokoll protokoll;

    Papierteile(
            JdbcClient datenbank,
            Akten akten,
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            Zaehler zaehler,
            Einmal einmal,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.zaehler = zaehler;
        this.einmal = einmal;
        this.protokoll = protokoll;
    }

    private JdbcClient.StatementSpec abfrage(Sicht sicht, String bedingung) {
        return datenbank
                .sql("""
                    SELECT x.*, l.wer, l.person_id AS wer_id, l.seit, l.bis, l.grund
                      FROM (SELECT p.mandant_id, p.id, p.kennzeichen, p.akte_id, a.aktenzeichen, a.titel AS akte_titel, %s AS aktenteil, p.vorgang_id, v.titel AS vorgang_titel, p.titel,
                                   p.umfang, p.standort, p.raum, p.regal, coalesce(v.schutzbereich_id, a.schutzbereich_id) AS schutzbereich_id, v.ordnung
                              FROM papierteil p JOIN akte a ON a.mandant_id = p.mandant_id AND a.id = p.akte_id
                              LEFT JOIN aktenteil t ON t.mandant_id = p.mandant_id AND t.id = p.teil_id
                              LEFT JOIN vorgang v ON v.mandant_id = p.mandant_id AND v.id = p.vorgang_id
                             WHERE p.mandant_id = :m AND CASE WHEN v.id IS NULL THEN %s ELSE %s END) x
                      LEFT JOIN ausleihe l ON l.mandant_id = x.mandant_id AND l.papierteil_id = x.id AND l.zurueck IS NULL
                     WHERE\s""".formatted(Aktenteile.NAME, sicht.aufAkte("a"), sicht.aufVorgang("v")) + bedingung)
                .param("m", mandant())
                .params(sicht.parameter());
    }

    /** Those of an Akte, also in its Vorgänge; in their order. */
    @Transactional(readOnly = true)
    public List<Papierteil> inAkte(Sicht sicht, UUID akte) {
        return abfrage(sicht, "x.akte_id = :akte ORDER BY x.ordnung NULLS FIRST, x.kennzeichen LIMIT " + JE_AKTE)
                .param("akte", akte)
                .query(Papierteil.class)
                .list();
    }

    @Transactional(readOnly = true)
    public List<Papierteil> inVorgang(Sicht sicht, UUID vorgang) {
        return abfrage(sicht, "x.vorgang_id = :vorgang ORDER BY x.kennzeichen LIMIT " + JE_AKTE)
                .param("vorgang", vorgang)
                .query(Papierteil.class)
                .list();
    }

    /** What this person has, what is due first. */
    @Transactional(readOnly = true)
    public List<Papierteil> bei(Sicht sicht) {
        return abfrage(sicht, "l.person_id = :person ORDER BY l.bis, x.kennzeichen LIMIT " + JE_AKTE)
                .param("person", sicht.person())
                .query(Papierteil.class)
                .list();
    }

    /** By what stands on its label; empty if this is none, or not for this person. */
    @Transactional(readOnly = true)
    public Optional<Papierteil> finde(Sicht sicht, String getippt) {
        var zahl = KENNZEICHEN.matcher(getippt.strip());
        if (!zahl.matches()) {
            return Optional.empty();
        }
        var teil = abfrage(sicht, "x.kennzeichen = :kennzeichen")
                .param("kennzeichen", kennzeichen(Long.parseLong(zahl.group(1))))
                .query(Papierteil.class)
                .optional();
        teil.ifPresent(t -> Gelesenes.merke(
                sicht,
                t.vorgangId == null ? Gegenstand.AKTE : Gegenstand.VORGANG,
                t.vorgangId == null ? t.akteId : t.vorgangId,
                t.akteId,
                t.schutzbereichId));
        return teil;
    }

    /** @throws NichtGefunden if it does not exist for this person */
    @Transactional(readOnly = true)
    public Papierteil teil(Sicht sicht, String kennzeichen) {
        return finde(sicht, kennzeichen)
                .orElseThrow(() ->
                        new NichtGefunden("Dieses Papierteil gibt es nicht, oder es ist nicht für Sie freigegeben."));
    }

    private static String kennzeichen(long nummer) {
        return String.format(Locale.ROOT, "P-%06d", nummer);
    }

    /**
     * Registers a part and gives it the next label.
     *
     * @param id chosen by the caller: sent twice, it is made once
     * @param wozu the Vorgang, Band or Teilakte it belongs to; null: to the Akte as a whole
     */
    @Transactional
    public Papierteil erfasse(Anmeldung wer, UUID id, UUID akte, @Nullable UUID wozu, Angaben angaben) {
        einmal.warte(id);
        boolean zumTeil = wozu != null && istTeil(akte, wozu);
        var vorgang = zumTeil ? null : wozu;
        verlangeBearbeiten(wer, akte, vorgang);
        var a = angaben.geprueft();
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var schon = abfrage(sicht, "x.id = :id")
                .param("id", id)
                .query(Papierteil.class)
                .optional();
        if (schon.isPresent()) {
            return schon.get();
        }
        var kennzeichen = kennzeichen(zaehler.naechster("papier"));
        datenbank
                .sql("""
                    INSERT INTO papierteil (mandant_id, id, kennzeichen, akte_id, teil_id, vorgang_id, titel, umfang, standort, raum, regal, angelegt_von)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(mandant())
                .param(id)
                .param(kennzeichen)
                .param(akte)
                .param(zumTeil ? wozu : null)
                .param(vorgang)
                .param(a.titel)
                .param(a.umfang)
                .param(a.standort)
                .param(a.raum)
                .param(a.regal)
                .param(wer.person())
                .update();
        schreibe(
                wer,
                "papier.erfasst",
                id,
                akte,
                vorgang,
                Map.of("titel", kennzeichen + " " + a.titel, "ort", a.standort));
        return abfrage(sicht, "x.id = :id")
                .param("id", id)
                .query(Papierteil.class)
                .single();
    }

    private boolean istTeil(UUID akte, UUID id) {
        return datenbank
                        .sql("SELECT count(*) FROM aktenteil WHERE mandant_id = ? AND id = ? AND akte_id = ?")
                        .params(mandant(), id, akte)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** It lies elsewhere from now on. */
    @Transactional
    public void verlege(Anmeldung wer, String kennzeichen, Angaben angaben) {
        var teil = teil(berechtigungen.sicht(wer.person(), Recht.LESEN), kennzeichen);
        if (teil.vorgangId == null) {
            verlangeBearbeiten(wer, teil.akteId, null);
        } else {
            // Paper goes on being carried about when its Vorgang has long been put to the files.
            vorgaenge.bearbeitbar(wer, teil.vorgangId);
        }
        var a = new Angaben(teil.titel, teil.umfang, angaben.standort, angaben.raum, angaben.regal).geprueft();
        datenbank
                .sql("UPDATE papierteil SET standort = ?, raum = ?, regal = ? WHERE mandant_id = ? AND id = ?")
                .params(a.standort, a.raum, a.regal, mandant(), teil.id)
                .update();
        schreibe(
                wer,
                "papier.verlegt",
                teil.id,
                teil.akteId,
                teil.vorgangId,
                Map.of("titel", teil.kennzeichen + " " + teil.titel, "ort", a.standort, "vorher", teil.ort()));
    }

    private void verlangeBearbeiten(Anmeldung wer, UUID akte, @Nullable UUID vorgang) {
        if (vorgang != null) {
            if (!vorgaenge.aenderbar(wer, vorgang).akteId().equals(akte)) {
                throw Abgelehnt.eingabe("Dieser Vorgang gehört zu einer anderen Akte.");
            }
            return;
        }
        var lesbar = akten.akte(berechtigungen.sicht(wer.person(), Recht.LESEN), akte);
        if (akten.finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), akte)
                .isEmpty()) {
            throw Abgelehnt.recht("Sie dürfen die Akte " + lesbar.aktenzeichen() + " lesen, aber nicht bearbeiten.");
        }
    }

    /** In the Protokoll of the Vorgang, or of the Akte: where people look for it, and with the same rights. */
    public void schreibe(
            Anmeldung wer, String handlung, UUID teil, UUID akte, @Nullable UUID vorgang, Map<String, String> inhalt) {
        var felder = new java.util.TreeMap<>(inhalt);
        felder.put("papierteil", teil.toString());
        protokoll.schreibe(wer.pseudonym(), handlung, vorgang == null ? akte : vorgang, akte, felder);
    }

    @Transactional(readOnly = true)
    public @Nullable Papierform form(UUID akte) {
        return datenbank
                .sql("SELECT form FROM papierform WHERE mandant_id = ? AND akte_id = ?")
                .params(mandant(), akte)
                .query(String.class)
                .optional()
                .map(Papierform::von)
                .orElse(null);
    }

    /** @param form null: kept electronically alone */
    @Transactional
    public void bestimme(Anmeldung wer, UUID akte, @Nullable Papierform form) {
        verlangeBearbeiten(wer, akte, null);
        var vorher = form(akte);
        if (vorher == form) {
            return;
        }
        if (form == null) {
            datenbank
                    .sql("DELETE FROM papierform WHERE mandant_id = ? AND akte_id = ?")
                    .params(mandant(), akte)
                    .update();
        } else {
            datenbank
                    .sql("INSERT INTO papierform (mandant_id, akte_id, form) VALUES (?, ?, ?) ON CONFLICT"
                            + " (mandant_id, akte_id) DO UPDATE SET form = excluded.form")
                    .params(mandant(), akte, form.kennung())
                    .update();
        }
        protokoll.schreibe(
                wer.pseudonym(),
                "akte.papierform",
                akte,
                akte,
                Map.of(
                        "titel",
                        form == null ? "nur elektronisch" : form.wort(),
                        "vorher",
                        vorher == null ? "nur elektronisch" : vorher.wort()));
    }

    /** Places that were used before, to be proposed: of parts that this person sees. @param feld standort, raum or regal */
    @Transactional(readOnly = true)
    public List<String> benutzte(Sicht sicht, Ort feld) {
        return datenbank
                .sql("SELECT DISTINCT x.ort FROM (SELECT p." + feld.spalte
                        + " AS ort FROM papierteil p JOIN akte a ON a.mandant_id = p.mandant_id AND a.id = p.akte_id"
                        + " LEFT JOIN vorgang v ON v.mandant_id = p.mandant_id AND v.id = p.vorgang_id"
                        + " WHERE p.mandant_id = :m AND CASE WHEN v.id IS NULL THEN "
                        + sicht.aufAkte("a")
                        + " ELSE "
                        + sicht.aufVorgang("v")
                        + " END ORDER BY p.id DESC LIMIT 2000) x WHERE x.ort <> '' ORDER BY x.ort LIMIT 100")
                .param("m", mandant())
                .params(sicht.parameter())
                .query(String.class)
                .list();
    }

    /** Columns that name a place. */
    public enum Ort {
        STANDORT("standort"),
        RAUM("raum"),
        REGAL("regal");

        private final String spalte;

        Ort(String spalte) {
            this.spalte = spalte;
        }
    }
}
