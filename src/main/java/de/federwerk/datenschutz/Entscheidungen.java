package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the units decide about what was found. Released is what stood there when somebody looked, never what came later. */
@Component
class Entscheidungen {

    /** A redacted copy that can go instead. @param stand of both, copy and original */
    record Kopie(UUID dokument, UUID id, int nummer, String titel, String stand) {

        /** As the form sends it. */
        String wahl() {
            return id + " " + stand;
        }
    }

    /**
     * As the form has it.
     *
     * @param stand what the thing said when the form was made
     * @param kopie {@link Kopie#wahl} of the copy that goes instead
     */
    record Entscheid(String entscheid, @Nullable Zurueckhaltung grund, String bemerkung, String stand, String kopie) {}

    /** @param text of what goes out, as it was seen */
    private record Gesehenes(@Nullable UUID ersatz, String text) {}

    private final JdbcClient datenbank;
    private final Fundbuch funde;
    private final Berechtigungen berechtigungen;
    private final Protokoll protokoll;

    Entscheidungen(JdbcClient datenbank, Fundbuch funde, Berechtigungen berechtigungen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.funde = funde;
        this.berechtigungen = berechtigungen;
        this.protokoll = protokoll;
    }

    /** What each of them says now, for the form. */
    @Transactional(readOnly = true)
    public Map<UUID, String> staende(List<Treffer> treffer) {
        var staende = new HashMap<UUID, String>();
        datenbank
                .sql("""
                SELECT x.objekt, auskunft_stand(:m, x.art, x.objekt) FROM unnest(CAST(:objekte AS uuid[]), CAST(:arten AS text[])) x (objekt, art)""")
                .param("m", mandant())
                .param(
                        "objekte",
                        Fundbuch.feld(treffer.stream().map(Treffer::objekt).toList()))
                .param("arten", treffer.stream().map(Treffer::art).toArray(String[]::new))
                .query((z, nr) -> staende.put(z.getObject(1, UUID.class), z.getString(2)))
                .list();
        return staende;
    }

    /** Redacted copies of these Dokumente that this person may read, the latest first. */
    @Transactional(readOnly = true)
    public Map<UUID, List<Kopie>> kopien(Anmeldung wer, List<Treffer> treffer) {
        return kopien(wer, treffer.stream().map(Treffer::objekt).toList()).stream()
                .collect(Collectors.groupingBy(Kopie::dokument));
    }

    private List<Kopie> kopien(Anmeldung wer, Collection<UUID> dokumente) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        return datenbank
                .sql("""
                SELECT x.dokument_id AS dokument, d.id, d.nummer, d.titel, auskunft_kopiestand(d.mandant_id, x.dokument_id, d.id) AS stand
                  FROM schwaerzung x JOIN dokument d ON d.mandant_id = x.mandant_id AND d.id = x.kopie_id
                 WHERE x.mandant_id = :m AND x.dokument_id = ANY (CAST(:dokumente AS uuid[])) AND %s ORDER BY x.id DESC LIMIT 1000""".formatted(sicht.aufDokument("d")))
                .param("m", mandant())
                .param("dokumente", Fundbuch.feld(dokumente))
                .params(sicht.parameter())
                .query(Kopie.class)
                .list();
    }

    /**
     * Decides about one of them; a later decision takes the place of an earlier one.
     *
     * @throws NichtGefunden unless this person decides about it
     * @throws Abgelehnt (EINGABE) if it is withheld without a reason, or is to go redacted and no copy was chosen; (KONFLIKT) if it says something
     *     else by now than what the person saw
     */
    @Transactional
    public void entscheide(Anmeldung wer, UUID ersuchen, UUID objekt, Entscheid e) {
        var treffer = funde.treffer(wer, ersuchen, objekt);
        if (!List.of("gehoert", "andere", "geschwaerzt", "zurueckgehalten").contains(e.entscheid)) {
            throw Abgelehnt.eingabe("Bitte wählen Sie, was damit geschieht.");
        }
        boolean zurueck = e.entscheid.equals("zurueckgehalten");
        if (zurueck && e.grund == null) {
            throw Abgelehnt.eingabe(
                    "Bitte wählen Sie, warum es zurückgehalten wird: Der Grund steht in der Auskunft. Es wurde nichts entschieden.");
        }
        var warum = zurueck ? e.grund : null;
        var gesehen = switch (e.entscheid) {
            case "gehoert" -> unveraendert(treffer, e.stand);
            case "geschwaerzt" -> kopie(wer, treffer, e.kopie);
            default -> new Gesehenes(null, "");
        };
        datenbank
                .sql("""
                UPDATE auskunftstreffer t SET entscheid = :entscheid, grund = :grund, bemerkung = :bemerkung, ersatz_id = :ersatz, geprueft = now(), geprueft_von = :wer,
                       stand = :stand, version = (SELECT max(nummer) FROM version n WHERE n.mandant_id = :m AND n.dokument_id = coalesce(CAST(:ersatz AS uuid), :objekt))
                 WHERE t.mandant_id = :m AND t.ersuchen_id = :ersuchen AND t.objekt_id = :objekt""")
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .param("objekt", objekt)
                .param("entscheid", e.entscheid)
                .param("grund", warum == null ? null : warum.name(), Types.VARCHAR)
                .param("bemerkung", Text.hoechstens(e.bemerkung, 1_000, "Bemerkung"))
                .param("ersatz", gesehen.ersatz, Types.OTHER)
                .param("stand", gesehen.text.isEmpty() ? null : gesehen.text, Types.VARCHAR)
                .param("wer", wer.person())
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "auskunft.geprueft",
                ersuchen,
                null,
                Map.of(
                        "objekt",
                        objekt.toString(),
                        "entscheid",
                        e.entscheid,
                        "grund",
                        warum == null ? "" : warum.norm()));
    }

    private Gesehenes unveraendert(Treffer treffer, String stand) {
        if (!stand.equals(staende(List.of(treffer)).get(treffer.objekt()))) {
            throw anders();
        }
        return new Gesehenes(null, stand);
    }

    private Gesehenes kopie(Anmeldung wer, Treffer treffer, String wahl) {
        var kopien = kopien(wer, List.of(treffer.objekt()));
        var teile = wahl.split(" ", 2);
        var kopie = kopien.stream()
                .filter(k -> k.id.toString().equals(teile[0]))
                .findFirst()
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                kopien.isEmpty()
                                        ? "Davon gibt es keine geschwärzte Fassung, die Sie lesen dürfen. Bitte schwärzen Sie das Dokument zuerst auf der Seite des Vorgangs. Es wurde nichts entschieden."
                                        : "Bitte wählen Sie, welche geschwärzte Fassung mitgeht. Es wurde nichts entschieden."));
        if (!kopie.wahl().equals(wahl)) {
            throw anders();
        }
        return new Gesehenes(kopie.id, kopie.stand);
    }

    private static Abgelehnt anders() {
        return Abgelehnt.konflikt(
                "Die Fundstelle hat sich geändert, seit Sie diese Seite geöffnet haben. Bitte sehen Sie sie noch einmal an; es wurde nichts entschieden.");
    }

    /** Several at once: about somebody else of the same name. */
    @Transactional
    public void setzeBeiseite(Anmeldung wer, UUID ersuchen, List<UUID> objekte) {
        objekte.forEach(objekt -> entscheide(wer, ersuchen, objekt, new Entscheid("andere", null, "", "", "")));
    }

    /** Also looked at are the Dokumente that lie in it, scans without a legible name among them. @return how many were added */
    @Transactional
    public int nimmDokumente(Anmeldung wer, UUID ersuchen, UUID objekt) {
        var treffer = funde.treffer(wer, ersuchen, objekt);
        if (!treffer.art().equals("vorgang") && !treffer.art().equals("akte")) {
            throw Abgelehnt.eingabe("Dokumente liegen nur in Vorgängen und Akten.");
        }
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        int neu = datenbank
                .sql("""
                INSERT INTO auskunftstreffer (mandant_id, ersuchen_id, objekt_id, art, wege)
                SELECT d.mandant_id, :ersuchen, d.id, 'dokument', ARRAY['liegt im gefundenen Vorgang'] FROM dokument d
                 WHERE d.mandant_id = :m AND (d.vorgang_id = :objekt OR d.akte_id = :objekt) AND %s
                ON CONFLICT DO NOTHING""".formatted(sicht.aufDokument("d")))
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .param("objekt", objekt)
                .params(sicht.parameter())
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "auskunft.erweitert",
                ersuchen,
                null,
                Map.of("objekt", objekt.toString(), "text", neu + " Dokumente"));
        return neu;
    }
}
