package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenart.Aktenartvorgaben;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Gelesenes;
import de.federwerk.berechtigung.Gelesenes.Gegenstand;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.datei.Datei;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Dokumente in Vorgängen. Their Versions and what arrived never change. */
@Component
public class Dokumente {

    /** The newest Version of a Dokument and what was read from its file. */
    public record Dokument(
            UUID id,
            UUID vorgangId,
            UUID akteId,
            int nummer,
            String titel,
            String dokumentart,
            @Nullable UUID gehoertZu,
            @Nullable UUID eingangId,
            @Nullable String absender,
            @Nullable LocalDate schreibenVom,
            @Nullable Instant eingegangen,
            Instant angelegt,
            String angelegtVon,
            int version,
            UUID dateiId,
            String dateiname,
            @Nullable String medientyp,
            long laenge,
            @Nullable Integer seiten,
            String stand,
            int gruppe,
            int schutzbereichId) {

        /** Its place in {@link Dokumentlisten#NACH_NUMMER}. */
        List<Long> schluessel() {
            return List.of((long) gruppe, (long) nummer);
        }

        /** It is shown to somebody, and not as a line of a list. */
        void geoeffnet(Sicht sicht) {
            Gelesenes.merke(sicht, Gegenstand.DOKUMENT, id, akteId, schutzbereichId);
        }
    }

    /**
     * What is known about a new Dokument beside its file; everything optional but the title.
     *
     * @param gehoertZu the Dokument it arrived with (the mail of an attachment)
     */
    public record Angaben(
            @Nullable String titel,
            @Nullable String dokumentart,
            @Nullable UUID gehoertZu,
            @Nullable UUID eingangId,
            @Nullable String absender,
            @Nullable LocalDate schreibenVom,
            @Nullable Instant eingegangen) {

        /** The same, belonging to another Dokument. */
        public Angaben zu(UUID dokument) {
            return new Angaben(titel, dokumentart, dokument, eingangId, absender, schreibenVom, eingegangen);
        }

        /** The same; where nobody says what kind of Dokument it is, it is this. */
        private Angaben oderArt(Supplier<String> art) {
            return dokumentart != null && !dokumentart.isBlank()
                    ? this
                    : new Angaben(titel, art.get(), gehoertZu, eingangId, absender, schreibenVom, eingegangen);
        }

        /** Only a title. */
        public static Angaben mitTitel(@Nullable String titel) {
            return new Angaben(titel, null, null, null, null, null, null);
        }
    }

    private static final String SPALTEN = """
            SELECT d.id, d.vorgang_id, d.akte_id, d.nummer, d.titel, d.dokumentart, d.gehoert_zu, d.eingang_id, d.absender, d.schreiben_vom, d.eingegangen,
                   d.angelegt, trim(p.vorname || ' ' || p.nachname) AS angelegt_von, v.nummer AS version, f.id AS datei_id, f.dateiname, f.medientyp,
                   f.laenge, f.seiten, f.stand, d.gruppe, d.schutzbereich_id
              FROM dokument d
              JOIN LATERAL (SELECT nummer, datei_id FROM version v WHERE v.mandant_id = d.mandant_id AND v.dokument_id = d.id ORDER BY nummer DESC LIMIT 1) v ON true
              JOIN datei f ON f.mandant_id = d.mandant_id AND f.id = v.datei_id
              LEFT JOIN person p ON p.mandant_id = d.mandant_id AND p.id = d.angelegt_von
             WHERE d.mandant_id = :m AND\s""";

    /** Behind all that lie in the Vorgang or ever lay there: the number of what went elsewhere is not given again. */
    private static final String NAECHSTE_NUMMER = """
            (SELECT greatest(coalesce((SELECT max(nummer) FROM dokument WHERE mandant_id = %s AND vorgang_id = %s), 0),
                             coalesce((SELECT max(aus_nummer) FROM verlegung WHERE mandant_id = %s AND aus_vorgang_id = %s), 0)) + 1)""";

    private final JdbcClient datenbank;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Bearbeitungssperren sperren;
    private final Aktenartvorgaben vorgaben;
    private final Protokoll protokoll;
    private final Index index;
    private final ApplicationEventPublisher ereignisse;

    Dokumente(
            JdbcClient datenbank,
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            Bearbeitungssperren sperren,
            Aktenartvorgaben vorgaben,
            Protokoll protokoll,
            Index index,
            ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.sperren = sperren;
        this.vorgaben = vorgaben;
        this.protokoll = protokoll;
        this.index = index;
        this.ereignisse = ereignisse;
    }

    /**
     * Files a Datei as a new Dokument, Version 1, in an open Vorgang; it inherits the Schutzbereich.
     *
     * @param id chosen by the caller
     */
    @Transactional
    public Dokument lege(Anmeldung wer, UUID id, UUID vorgangId, Datei datei, Angaben angaben) {
        var vorgang = vorgaenge.zumAendern(wer, vorgangId);
        return schreibe(
                wer.pseudonym(),
                wer.person(),
                id,
                vorgangId,
                vorgang.akteId(),
                vorgang.schutzbereichId(),
                datei,
                angaben.oderArt(() -> vorgaben.von(vorgang.aktenartId()).dokumentart()));
    }

    /**
     * An attachment that came to light after its mail was filed follows it, by the program itself, whoever filed the mail.
     *
     * @throws de.federwerk.basis.Abgelehnt (KONFLIKT) if the Vorgang is zdA by now
     */
    @Transactional
    public void folge(UUID zu, Datei datei) {
        var mail = einzeln("d.id = :id")
                .param("m", mandant())
                .param("id", zu)
                .query(Dokument.class)
                .single();
        vorgaenge.offen(mail.vorgangId());
        var lage = datenbank
                .sql("SELECT schutzbereich_id, angelegt_von FROM dokument WHERE mandant_id = ? AND id = ?")
                .params(mandant(), zu)
                .query(Lage.class)
                .single();
        schreibe(
                Protokoll.PROGRAMM,
                lage.angelegtVon,
                Kennung.neu(),
                mail.vorgangId(),
                mail.akteId(),
                lage.schutzbereichId,
                datei,
                new Angaben(
                        null,
                        "Anlage",
                        zu,
                        mail.eingangId(),
                        mail.absender(),
                        mail.schreibenVom(),
                        mail.eingegangen()));
    }

    private record Lage(int schutzbereichId, UUID angelegtVon) {}

    private Dokument schreibe(
            UUID pseudonym,
            UUID person,
            UUID id,
            UUID vorgangId,
            UUID akteId,
            int schutzbereich,
            Datei datei,
            Angaben angaben) {
        var titel = Eingabe.gekuerzt(angaben.titel(), Eingabe.TITEL);
        if (titel.isEmpty()) {
            titel = Eingabe.gekuerzt(ohneEndung(datei.dateiname()), Eingabe.TITEL);
        }
        var art = Eingabe.gekuerzt(angaben.dokumentart(), 60);
        var version = Kennung.neu();
        // Behind the lock on the Vorgang: sent twice, it is filed once.
        var sha256 = datenbank
                .sql("""
                WITH neu AS (
                    INSERT INTO dokument (mandant_id, id, vorgang_id, akte_id, nummer, titel, dokumentart, gehoert_zu, eingang_id, absender, schreiben_vom,
                                          eingegangen, schutzbereich_id, angelegt_von)
                    VALUES (?, ?, ?, ?, %s, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (mandant_id, id) DO NOTHING
                    RETURNING mandant_id, id, angelegt_von)
                INSERT INTO version (mandant_id, id, dokument_id, nummer, datei_id, angelegt_von)
                SELECT mandant_id, ?, id, 1, ?, angelegt_von FROM neu
                RETURNING (SELECT sha256 FROM datei f WHERE f.mandant_id = version.mandant_id AND f.id = version.datei_id)""".formatted(NAECHSTE_NUMMER.formatted("?", "?", "?", "?")))
                .param(mandant())
                .param(id)
                .param(vorgangId)
                .param(akteId)
                .param(mandant())
                .param(vorgangId)
                .param(mandant())
                .param(vorgangId)
                .param(titel)
                .param(art.isEmpty() ? "Schreiben" : art)
                .param(angaben.gehoertZu())
                .param(angaben.eingangId())
                .param(leer(Eingabe.gekuerzt(angaben.absender(), 300)))
                .param(angaben.schreibenVom())
                .param(angaben.eingegangen() == null ? null : Timestamp.from(angaben.eingegangen()))
                .param(schutzbereich)
                .param(person)
                .param(version)
                .param(datei.id())
                .query(byte[].class)
                .optional();
        if (sha256.isEmpty()) {
            return schonDa(id, vorgangId);
        }
        protokoll.schreibe(
                pseudonym,
                "dokument.abgelegt",
                id,
                akteId,
                Map.of(
                        "titel",
                        titel,
                        "dateiname",
                        datei.dateiname(),
                        "inhalt",
                        HexFormat.of().formatHex(sha256.get()),
                        "version",
                        version.toString()),
                "dokument");
        index.vormerken("dokument", id);
        index.vormerken("vorgang", vorgangId);
        return einzeln("d.id = :id")
                .param("m", mandant())
                .param("id", id)
                .query(Dokument.class)
                .single();
    }

    /**
     * A further Version of a Dokument; those before stay as they are.
     *
     * @param id chosen by the caller: sent twice, it is filed once
     * @throws NichtGefunden not for this person
     * @throws de.federwerk.basis.Abgelehnt (RECHT) if it may only be read, (KONFLIKT) if the Vorgang is zdA or somebody else has it checked out
     */
    @Transactional
    public Dokument neueVersion(Anmeldung wer, UUID id, UUID dokument, Datei datei) {
        var bisher = dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), dokument);
        vorgaenge.zumAendern(wer, bisher.vorgangId());
        sperren.verlangeFrei(wer, bisher);
        // Behind the lock on the Vorgang: numbers without gap, and sent twice it is filed once.
        var sha256 = datenbank
                .sql("""
                INSERT INTO version (mandant_id, id, dokument_id, nummer, datei_id, angelegt_von)
                SELECT :m, :id, :dokument, max(nummer) + 1, :datei, :wer FROM version WHERE mandant_id = :m AND dokument_id = :dokument
                ON CONFLICT (mandant_id, id) DO NOTHING
                RETURNING (SELECT sha256 FROM datei f WHERE f.mandant_id = version.mandant_id AND f.id = version.datei_id)""")
                .param("m", mandant())
                .param("id", id)
                .param("dokument", dokument)
                .param("datei", datei.id())
                .param("wer", wer.person())
                .query(byte[].class)
                .optional();
        if (sha256.isPresent()) {
            protokoll.schreibe(
                    wer.pseudonym(),
                    "dokument.version",
                    dokument,
                    bisher.akteId(),
                    Map.of(
                            "titel",
                            bisher.titel(),
                            "dateiname",
                            datei.dateiname(),
                            "inhalt",
                            HexFormat.of().formatHex(sha256.get()),
                            "version",
                            id.toString()));
            index.vormerken("dokument", dokument);
            index.vormerken("vorgang", bisher.vorgangId());
            ereignisse.publishEvent(new VersionAngelegt(bisher.vorgangId(), dokument, id, wer.person()));
        }
        return einzeln("d.id = :id")
                .param("m", mandant())
                .param("id", dokument)
                .query(Dokument.class)
                .single();
    }

    /** Whether this Version of the Dokument was filed before. */
    @Transactional(readOnly = true)
    boolean hatVersion(UUID dokument, UUID version) {
        return datenbank
                .sql("SELECT EXISTS (SELECT FROM version WHERE mandant_id = ? AND id = ? AND dokument_id = ?)")
                .params(mandant(), version, dokument)
                .query(Boolean.class)
                .single();
    }

    /** @param vorgang held by the caller */
    int naechsteNummer(UUID vorgang) {
        return datenbank
                .sql("SELECT " + NAECHSTE_NUMMER.formatted(":m", ":v", ":m", ":v"))
                .param("m", mandant())
                .param("v", vorgang)
                .query(Integer.class)
                .single();
    }

    private Dokument schonDa(UUID id, UUID vorgang) {
        return einzeln("d.id = :id AND d.vorgang_id = :vorgang")
                .param("m", mandant())
                .param("id", id)
                .param("vorgang", vorgang)
                .query(Dokument.class)
                .optional()
                .orElseThrow(() -> new DuplicateKeyException("Die Kennung " + id + " gehört zu einem anderen Vorgang"));
    }

    @Transactional(readOnly = true)
    public Optional<Dokument> finde(Sicht sicht, UUID id) {
        var dokument = einzeln("d.id = :id AND " + sicht.aufDokument("d"))
                .param("m", mandant())
                .param("id", id)
                .params(sicht.parameter())
                .query(Dokument.class)
                .optional();
        dokument.ifPresent(d -> d.geoeffnet(sicht));
        return dokument;
    }

    /** @throws NichtGefunden if it does not exist for this person */
    @Transactional(readOnly = true)
    public Dokument dokument(Sicht sicht, UUID id) {
        return finde(sicht, id)
                .orElseThrow(() ->
                        new NichtGefunden("Dieses Dokument gibt es nicht, oder es ist nicht für Sie freigegeben."));
    }

    JdbcClient.StatementSpec einzeln(String bedingung) {
        return datenbank.sql(SPALTEN + bedingung);
    }

    static String ohneEndung(String dateiname) {
        int punkt = dateiname.lastIndexOf('.');
        return punkt > 0 ? dateiname.substring(0, punkt) : dateiname;
    }

    private static @Nullable String leer(String text) {
        return text.isEmpty() ? null : text;
    }
}
