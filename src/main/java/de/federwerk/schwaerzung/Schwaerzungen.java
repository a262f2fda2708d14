package de.federwerk.schwaerzung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Dokumente.Dokument;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The drafts: begun, marked, burnt, thrown away. They belong to the Version and not to a person: who may read the Dokument and change
 * its Vorgang sees and changes them.
 */
@Component
class Schwaerzungen {

    /** Of one Dokument at a time. */
    private static final int OFFENE = 20;

    private static final String SPALTEN = """
            SELECT s.id, s.dokument_id, s.version_id, v.nummer AS version, s.datei_id, s.stand, s.fassung, s.seite, s.seiten, s.meldung, s.titel, s.geaendert,
                   trim(p.vorname || ' ' || p.nachname) AS geaendert_von, s.kopie_id,
                   (SELECT count(*) FROM schwaerzbereich b WHERE b.mandant_id = s.mandant_id AND b.schwaerzung_id = s.id) AS bereiche
              FROM schwaerzung s
              JOIN version v ON v.mandant_id = s.mandant_id AND v.id = s.version_id
              JOIN person p ON p.mandant_id = s.mandant_id AND p.id = s.geaendert_von
             WHERE s.mandant_id = :m AND\s""";

    /** A draft and the Dokument it belongs to, for somebody who may change it. */
    record Offen(Schwaerzung schwaerzung, Dokument dokument, Vorgaenge.Vorgang vorgang) {}

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Dokumente dokumente;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Seitenlagen lagen;
    private final Schwaerzauftraege auftraege;

    Schwaerzungen(
            JdbcClient datenbank,
            Einmal einmal,
            Dokumente dokumente,
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            Seitenlagen lagen,
            Schwaerzauftraege auftraege) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.dokumente = dokumente;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.lagen = lagen;
        this.auftraege = auftraege;
    }

    /**
     * A Dokument of which something may be blacked out by this person.
     *
     * @throws NichtGefunden not for this person
     * @throws Abgelehnt (RECHT) if the Vorgang may only be read, (KONFLIKT) if it is zdA
     */
    @Transactional(readOnly = true)
    public Dokument dokument(Anmeldung wer, UUID id) {
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        vorgaenge.aenderbar(wer, dokument.vorgangId());
        return dokument;
    }

    /**
     * Begins one for the newest Version.
     *
     * @param id chosen by the form: sent twice, it is begun once
     * @param wie another one of the same Version whose areas are taken over; null to begin empty
     * @throws Abgelehnt (KONFLIKT) if there are no pages to black out, (GRENZE) if too many are open
     */
    @Transactional
    public void beginne(Anmeldung wer, UUID id, UUID dokumentId, @Nullable UUID wie) {
        einmal.warte(dokumentId);
        var dokument = dokument(wer, dokumentId);
        if (finde(id).isPresent()) {
            return;
        }
        if (!dokument.stand().equals("fertig")) {
            throw Abgelehnt.konflikt(
                    dokument.stand().equals("neu")
                            ? "Das Dokument wird gerade noch gelesen. Bitte versuchen Sie es in einem Augenblick noch einmal."
                            : "Das Dokument ließ sich nicht lesen; deshalb kann es auch nicht geschwärzt werden. Es ist unverändert aufbewahrt.");
        }
        if (!lagen.hatSeiten(dokument.dateiId())) {
            throw Abgelehnt.konflikt(
                    "Von diesem Format gibt es keine Seiten, auf denen etwas geschwärzt werden könnte. Drucken Sie das Dokument als PDF, legen Sie das als Dokument ab, und schwärzen Sie dort.");
        }
        if (offene(dokumentId) >= OFFENE) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Zu diesem Dokument gibt es schon %d offene Schwärzungen. Bitte verwerfen Sie zuerst eine."
                            .formatted(OFFENE));
        }
        boolean bekannt = lagen.bekannt(dokument.dateiId());
        datenbank
                .sql("""
                INSERT INTO schwaerzung (mandant_id, id, dokument_id, version_id, datei_id, stand, seiten, angelegt_von, geaendert_von)
                SELECT :m, :id, v.dokument_id, v.id, v.datei_id, :stand, :seiten, :wer, :wer FROM version v
                 WHERE v.mandant_id = :m AND v.dokument_id = :dokument AND v.nummer = :nummer""")
                .param("m", mandant())
                .param("id", id)
                .param("stand", bekannt ? "entwurf" : "vorbereitung")
                .param("seiten", bekannt ? Integer.valueOf(lagen.seiten(dokument.dateiId())) : dokument.seiten())
                .param("wer", wer.person())
                .param("dokument", dokumentId)
                .param("nummer", dokument.version())
                .update();
        if (wie != null) {
            uebernimm(id, wie);
        }
        if (!bekannt) {
            auftraege.bereiteVor(id);
        }
    }

    private void uebernimm(UUID id, UUID wie) {
        datenbank
                .sql("""
                INSERT INTO schwaerzbereich (mandant_id, id, schwaerzung_id, seite, x, y, breite, hoehe, grund, erlaeuterung)
                SELECT b.mandant_id, gen_random_uuid(), n.id, b.seite, b.x, b.y, b.breite, b.hoehe, b.grund, b.erlaeuterung
                  FROM schwaerzung n
                  JOIN schwaerzung a ON a.mandant_id = n.mandant_id AND a.id = :wie AND a.version_id = n.version_id
                  JOIN schwaerzbereich b ON b.mandant_id = a.mandant_id AND b.schwaerzung_id = a.id
                 WHERE n.mandant_id = :m AND n.id = :id""")
                .param("m", mandant())
                .param("wie", wie)
                .param("id", id)
                .update();
    }

    private int offene(UUID dokument) {
        return datenbank
                .sql(
                        "SELECT count(*) FROM schwaerzung WHERE mandant_id = ? AND dokument_id = ? AND stand NOT IN ('fertig', 'verworfen')")
                .params(mandant(), dokument)
                .query(Integer.class)
                .single();
    }

    /** Those of a Dokument that were not thrown away, the newest first, at most fifty. Who asks has asked for the Dokument before. */
    @Transactional(readOnly = true)
    public List<Schwaerzung> zu(UUID dokument) {
        return datenbank
                .sql(SPALTEN + "s.dokument_id = :dokument AND s.stand <> 'verworfen' ORDER BY s.id DESC LIMIT 50")
                .param("m", mandant())
                .param("dokument", dokument)
                .query(Schwaerzung.class)
                .list();
    }

    private java.util.Optional<Schwaerzung> finde(UUID id) {
        return datenbank
                .sql(SPALTEN + "s.id = :id")
                .param("m", mandant())
                .param("id", id)
                .query(Schwaerzung.class)
                .optional();
    }

    /**
     * @throws NichtGefunden not for this person
     * @throws Abgelehnt (RECHT) if the Vorgang may only be read, (KONFLIKT) if it is zdA
     */
    @Transactional(readOnly = true)
    public Offen offen(Anmeldung wer, UUID id) {
        var schwaerzung = finde(id).orElseThrow(Schwaerzungen::fehlt);
        var dokument = dokumente
                .finde(berechtigungen.sicht(wer.person(), Recht.LESEN), schwaerzung.dokumentId())
                .orElseThrow(Schwaerzungen::fehlt);
        return new Offen(schwaerzung, dokument, vorgaenge.aenderbar(wer, dokument.vorgangId()));
    }

    private static NichtGefunden fehlt() {
        return new NichtGefunden("Diese Schwärzung gibt es nicht, oder sie ist nicht für Sie freigegeben.");
    }

    /**
     * Holds a draft for a change.
     *
     * @param fassung that the page knew; null if the change goes together with any other
     * @throws Abgelehnt (KONFLIKT) if it is no draft any more, or somebody else changed it in the meantime
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Offen zumAendern(Anmeldung wer, UUID id, @Nullable Integer fassung) {
        offen(wer, id);
        datenbank
                .sql("SELECT id FROM schwaerzung WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), id)
                .query(UUID.class)
                .single();
        var offen = offen(wer, id);
        var s = offen.schwaerzung();
        if (!s.istEntwurf()) {
            throw Abgelehnt.konflikt(
                    switch (s.stand()) {
                        case "vorbereitung" -> "Die Seiten werden noch vorbereitet. Es wurde nichts geändert.";
                        case "wartet" -> "Die Schwärzung wird gerade ausgeführt. Es wurde nichts geändert.";
                        case "fertig" ->
                            "Die Schwärzung ist schon ausgeführt. Es wurde nichts geändert; für eine andere beginnen Sie eine neue.";
                        default -> "Die Schwärzung wurde verworfen. Es wurde nichts geändert.";
                    });
        }
        if (fassung != null && fassung != s.fassung()) {
            throw Abgelehnt.konflikt(
                    "%s hat die Bereiche inzwischen geändert. Was Sie eingegeben haben, steht noch da: Bitte vergleichen Sie, und speichern Sie noch einmal."
                            .formatted(s.geaendertVon()));
        }
        return offen;
    }

    /** @return the new number of the draft */
    @Transactional(propagation = Propagation.MANDATORY)
    public int geaendert(Anmeldung wer, UUID id) {
        return datenbank
                .sql("""
                UPDATE schwaerzung SET fassung = fassung + 1, geaendert = now(), geaendert_von = ?, meldung = NULL
                 WHERE mandant_id = ? AND id = ? RETURNING fassung""")
                .params(wer.person(), mandant(), id)
                .query(Integer.class)
                .single();
    }

    /** Its areas go with it. */
    @Transactional
    public void verwirf(Anmeldung wer, UUID id) {
        var offen = offen(wer, id);
        int weg = datenbank
                .sql("""
                UPDATE schwaerzung SET stand = 'verworfen', geaendert = now(), geaendert_von = ?
                 WHERE mandant_id = ? AND id = ? AND stand IN ('entwurf', 'vorbereitung')""")
                .params(wer.person(), mandant(), offen.schwaerzung().id())
                .update();
        if (weg == 1) {
            datenbank
                    .sql("DELETE FROM schwaerzbereich WHERE mandant_id = ? AND schwaerzung_id = ?")
                    .params(mandant(), id)
                    .update();
        }
    }

    /**
     * Has the copy made, in the background.
     *
     * @param fassung that was looked at: exactly that is burnt
     * @throws Abgelehnt (EINGABE) if nothing is marked or the title tells what is covered
     */
    @Transactional
    public void brenne(Anmeldung wer, UUID id, int fassung, String titel) {
        var offen = zumAendern(wer, id, fassung);
        var name = titel.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").strip();
        if (name.isEmpty() || name.length() > 300) {
            throw Abgelehnt.eingabe("Der Titel der Kopie hat 1 bis 300 Zeichen. Es wurde nichts geschwärzt.");
        }
        var bereiche = lagen.bereiche(id);
        if (bereiche.isEmpty()) {
            throw Abgelehnt.eingabe("Es ist noch nichts markiert. Markieren Sie zuerst, was geschwärzt werden soll.");
        }
        var verraten = Wortvergleich.von(lagen.alle(offen.schwaerzung().dateiId()), bereiche)
                .verraten(name);
        if (!verraten.isEmpty()) {
            throw Abgelehnt.eingabe(
                    "Der Titel der Kopie nennt, was geschwärzt wird: „%s“. Bitte ändern Sie ihn. Es wurde nichts geschwärzt."
                            .formatted(String.join("“, „", verraten)));
        }
        datenbank.sql("""
                UPDATE schwaerzung SET stand = 'wartet', seite = 0, titel = ?, meldung = NULL, geaendert = now(), geaendert_von = ?
                 WHERE mandant_id = ? AND id = ?""").params(name, wer.person(), mandant(), id).update();
        auftraege.brenne(id);
    }
}
