package de.federwerk.posteingang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Dokumente.Angaben;
import de.federwerk.akte.DokumenteWerdenVerlegt;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Zaehler;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Gelesenes;
import de.federwerk.berechtigung.Gelesenes.Gegenstand;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.datei.Datei;
import de.federwerk.datei.Dateien;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The Posteingangsbuch: every Eingang has a running number without gaps, and leaves it only into a Vorgang. */
@Component
public class Eingaenge {

    private static final ZoneId ORTSZEIT = ZoneId.of("Europe/Berlin");

    /** An Eingang with what was read from its file. @param status {@code offen} or {@code abgelegt} */
    public record Eingang(
            UUID id,
            String nummer,
            Instant eingegangen,
            String kanal,
            String status,
            UUID dateiId,
            String dateiname,
            @Nullable String medientyp,
            long laenge,
            @Nullable Integer seiten,
            String stand,
            @Nullable String titel,
            @Nullable String absender,
            @Nullable Instant absenderdatum,
            String einheit,
            @Nullable UUID vorgangId,
            @Nullable String aktenzeichen,
            @Nullable UUID dokumentId,
            @Nullable Instant abgelegt,
            @Nullable String abgelegtVon,
            @Nullable UUID akteId,
            int schutzbereichId) {

        /** The channel in words. */
        public String kanalname() {
            return switch (kanal) {
                case "ordner" -> "Ordner";
                case "scan" -> "Scan";
                case "email" -> "E-Mail";
                case "upload" -> "Hochgeladen";
                case "portal" -> "Portal";
                default -> "Schnittstelle";
            };
        }

        /** What it is called in lists: the subject of a mail, else the file's name. */
        public String betreff() {
            return titel == null || titel.isBlank() ? dateiname : titel;
        }

        public boolean offen() {
            return status.equals("offen");
        }
    }

    static final String SPALTEN = """
            SELECT g.id, g.nummer, g.eingegangen, g.kanal, g.status, f.id AS datei_id, f.dateiname, f.medientyp, f.laenge, f.seiten, f.stand, f.titel, f.absender,
                   f.absenderdatum, e.kuerzel || ' ' || e.name AS einheit, g.vorgang_id, v.aktenzeichen, g.dokument_id, g.abgelegt,
                   trim(p.vorname || ' ' || p.nachname) AS abgelegt_von, g.akte_id, g.schutzbereich_id
              FROM eingang g JOIN datei f ON f.mandant_id = g.mandant_id AND f.id = g.datei_id
              JOIN einheit e ON e.mandant_id = g.mandant_id AND e.id = g.einheit_id
              LEFT JOIN vorgang v ON v.mandant_id = g.mandant_id AND v.id = g.vorgang_id
              LEFT JOIN person p ON p.mandant_id = g.mandant_id AND p.id = g.abgelegt_von
             WHERE g.mandant_id = :m AND\s""";

    private final JdbcClient datenbank;
    private final Zaehler zaehler;
    private final Dateien dateien;
    private final Dokumente dokumente;
    private final Berechtigungen berechtigungen;
    private final Protokoll protokoll;
    private final Index index;

    Eingaenge(
            JdbcClient datenbank,
            Zaehler zaehler,
            Dateien dateien,
            Dokumente dokumente,
            Berechtigungen berechtigungen,
            Protokoll protokoll,
            Index index) {
        this.datenbank = datenbank;
        this.zaehler = zaehler;
        this.dateien = dateien;
        this.dokumente = dokumente;
        this.berechtigungen = berechtigungen;
        this.protokoll = protokoll;
        this.index = index;
    }

    /**
     * Enters what came in. The file is read afterwards, by itself.
     *
     * @param id chosen by the caller: the same again enters nothing, so that a killed intake can be repeated
     * @param wer pseudonym of who brought it, or {@link Protokoll#PROGRAMM}
     */
    @Transactional
    public void trageEin(
            UUID id, String kanal, Blob bytes, String dateiname, UUID einheit, Instant eingegangen, UUID wer) {
        if (kennt(id)) {
            return;
        }
        var datei = dateien.aufnehmen(bytes, dateiname);
        int bereich = berechtigungen.schutzbereich(null, einheit, 0, null);
        int jahr = LocalDate.ofInstant(eingegangen, ORTSZEIT).getYear();
        var nummer = "%d-%06d".formatted(jahr, zaehler.naechster("eingang:" + jahr));
        datenbank
                .sql(
                        "INSERT INTO eingang (mandant_id, id, nummer, eingegangen, kanal, datei_id, einheit_id, schutzbereich_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(mandant(), id, nummer, Timestamp.from(eingegangen), kanal, datei.id(), einheit, bereich)
                .update();
        protokoll.schreibe(
                wer,
                "eingang.eingetragen",
                id,
                null,
                Map.of("nummer", nummer, "dateiname", datei.dateiname()),
                "eingang");
        index.vormerken("eingang", id);
    }

    /** Whether this id is entered already. */
    @Transactional(readOnly = true)
    boolean kennt(UUID id) {
        return datenbank
                .sql("SELECT 1 FROM eingang WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Transactional(readOnly = true)
    public Optional<Eingang> finde(Sicht sicht, UUID id) {
        var eingang = datenbank
                .sql(SPALTEN + "g.id = :id AND " + sichtbar(sicht, "g"))
                .param("m", mandant())
                .param("id", id)
                .params(sicht.parameter())
                .query(Eingang.class)
                .optional();
        eingang.ifPresent(e -> geoeffnet(sicht, e));
        return eingang;
    }

    /** Once it is filed, what one reads here is the Dokument it became. */
    private static void geoeffnet(Sicht sicht, Eingang e) {
        if (e.akteId != null && e.vorgangId != null) {
            Gelesenes.merke(
                    sicht,
                    e.dokumentId == null ? Gegenstand.VORGANG : Gegenstand.DOKUMENT,
                    e.dokumentId == null ? e.vorgangId : e.dokumentId,
                    e.akteId,
                    e.schutzbereichId);
        }
    }

    /** @throws NichtGefunden if it does not exist for this person */
    @Transactional(readOnly = true)
    public Eingang eingang(Sicht sicht, UUID id) {
        return finde(sicht, id).orElseThrow(Eingaenge::gibtEsNicht);
    }

    /**
     * Files an Eingang in a Vorgang: the mail and each attachment become Dokumente that know they belong together. From then on who
     * sees the Vorgang sees the Eingang, and nobody else.
     *
     * @return id of the (first) Dokument
     * @throws Abgelehnt (KONFLIKT) if somebody else was faster: says who, when and where; (RECHT) if the Vorgang may not be changed
     */
    @Transactional
    public UUID lege(Anmeldung wer, UUID id, UUID vorgang, @Nullable String titel, @Nullable String dokumentart) {
        // The second of two waits here until the first has committed, and then sees it.
        var einheit = datenbank
                .sql("SELECT einheit_id FROM eingang WHERE mandant_id = ? AND id = ? FOR UPDATE")
                .params(mandant(), id)
                .query(UUID.class)
                .optional()
                .orElseThrow(Eingaenge::gibtEsNicht);
        var eingang = datenbank
                .sql(SPALTEN + "g.id = :id")
                .param("m", mandant())
                .param("id", id)
                .query(Eingang.class)
                .single();
        var sicht = berechtigungen.sicht(wer.person(), Recht.BEARBEITEN);
        // Who opens this unit's post may know that it is done, even where the Vorgang is closed to them.
        if (finde(sicht, id).isEmpty()
                && !sicht.bereiche().contains(berechtigungen.schutzbereich(null, einheit, 0, null))) {
            throw gibtEsNicht();
        }
        if (!eingang.offen()) {
            throw Abgelehnt.konflikt("Der Eingang " + eingang.nummer() + " wurde schon abgelegt: von "
                    + eingang.abgelegtVon() + " am " + Ortszeit.text(eingang.abgelegt())
                    + ". Ihre Eingabe wurde nicht ausgeführt, es ist nichts doppelt.");
        }
        var datei = dateien.finde(eingang.dateiId());
        var dokument = Kennung.neu();
        var schreibenVom =
                eingang.absenderdatum() == null ? null : LocalDate.ofInstant(eingang.absenderdatum(), ORTSZEIT);
        dokumente.lege(
                wer,
                dokument,
                vorgang,
                datei,
                new Angaben(
                        titel == null || titel.isBlank() ? datei.titel() : titel,
                        dokumentart == null || dokumentart.isBlank() ? art(datei) : dokumentart,
                        null,
                        id,
                        eingang.absender(),
                        schreibenVom,
                        eingang.eingegangen()));
        legeTeile(
                wer,
                vorgang,
                datei.id(),
                dokument,
                new Angaben(null, "Anlage", null, id, eingang.absender(), schreibenVom, eingang.eingegangen()));
        datenbank
                .sql("""
                UPDATE eingang SET status = 'abgelegt', vorgang_id = :vorgang, dokument_id = :dokument, abgelegt = now(), abgelegt_von = :person
                 WHERE mandant_id = :m AND id = :id""")
                .param("vorgang", vorgang)
                .param("dokument", dokument)
                .param("person", wer.person())
                .param("m", mandant())
                .param("id", id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "eingang.abgelegt",
                id,
                null,
                Map.of("nummer", eingang.nummer(), "dokument", dokument.toString()),
                "eingang");
        index.vormerkenUndSperren("eingang", id);
        return dokument;
    }

    /** Attachments, and what is attached to them (a forwarded mail): each belongs to what it came in. */
    private void legeTeile(Anmeldung wer, UUID vorgang, UUID datei, UUID zu, Angaben angaben) {
        for (var teil : dateien.teile(datei)) {
            var dokument = Kennung.neu();
            dokumente.lege(wer, dokument, vorgang, teil, angaben.zu(zu));
            legeTeile(wer, vorgang, teil.id(), dokument, angaben);
        }
    }

    /** The book says where a letter lies, also when its Dokument was put into another Vorgang. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void nach(DokumenteWerdenVerlegt verlegt) {
        datenbank
                .sql(
                        "UPDATE eingang SET vorgang_id = ? WHERE mandant_id = ? AND dokument_id IN (SELECT unnest(CAST(? AS uuid[])))")
                .params(
                        verlegt.nach(),
                        mandant(),
                        verlegt.dokumente().stream().map(UUID::toString).toArray(String[]::new))
                .update();
    }

    private static NichtGefunden gibtEsNicht() {
        return new NichtGefunden("Diesen Eingang gibt es nicht, oder er ist nicht für Sie freigegeben.");
    }

    /**
     * An open Eingang is seen by its Schutzbereich; a filed one by whoever sees its Vorgang, F and X included. The row carries what the
     * Vorgang is seen by (V150).
     */
    static String sichtbar(Sicht sicht, String alias) {
        return "((%1$s.vorgang_id IS NULL AND %2$s) OR (%1$s.vorgang_id IS NOT NULL AND %3$s))"
                .formatted(alias, sicht.aufBereich(alias), sicht.aufDokument(alias));
    }

    private static String art(Datei datei) {
        return "message/rfc822".equals(datei.medientyp()) ? "E-Mail" : "Schreiben";
    }
}
