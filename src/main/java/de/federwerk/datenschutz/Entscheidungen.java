package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
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

    /** A line of what goes out beside a file. */
    record Angabe(String name, String wert) {}

    /** What a thing says now. @param angaben all that would go out beside its file @param stand of these and of its Version */
    record Inhalt(String stand, List<Angabe> angaben) {}

    /** A redacted copy that can go instead. @param inhalt with a stand of both, copy and original */
    record Kopie(UUID dokument, UUID id, int nummer, String titel, Inhalt inhalt) {

        /** As the form sends it. */
        String wahl() {
            return id + " " + inhalt.stand;
        }

        boolean gewaehlt(String wahl) {
            return wahl.startsWith(id.toString());
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

    private static final String INHALT = """
            a.namen, a.werte FROM auskunftstreffer t %s CROSS JOIN LATERAL (
                SELECT array_agg(name ORDER BY nr) AS namen, array_agg(wert ORDER BY nr) AS werte FROM auskunft_angaben(:m, %s, t.wege) WITH ORDINALITY z (name, wert, nr)) a
             WHERE t.mandant_id = :m AND t.ersuchen_id = :ersuchen AND t.objekt_id = ANY (CAST(:objekte AS uuid[]))""";

    /** What each of them says now, for page and form: both in one statement, so that nothing is under the stand that is not shown. */
    @Transactional(readOnly = true)
    public Map<UUID, Inhalt> inhalte(UUID ersuchen, List<Treffer> treffer) {
        var inhalte = new HashMap<UUID, Inhalt>();
        frage(
                        "SELECT t.objekt_id, auskunft_stand(:m, t.art, t.objekt_id, t.wege) AS stand, "
                                + INHALT.formatted("", "t.art, t.objekt_id"),
                        ersuchen,
                        treffer)
                .query((z, nr) -> inhalte.put(z.getObject("objekt_id", UUID.class), inhalt(z)))
                .list();
        return inhalte;
    }

    /** Redacted copies of these Dokumente that this person may read, by Dokument, the latest first. */
    @Transactional(readOnly = true)
    public Map<UUID, List<Kopie>> kopien(Anmeldung wer, UUID ersuchen, List<Treffer> treffer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        return frage(
                        "SELECT t.objekt_id, d.id, d.nummer, d.titel, auskunft_kopiestand(:m, t.objekt_id, d.id, t.wege) AS stand, "
                                + INHALT.formatted(
                                        "JOIN schwaerzung x ON x.mandant_id = t.mandant_id AND x.dokument_id = t.objekt_id JOIN dokument d ON d.mandant_id = x.mandant_id AND d.id = x.kopie_id",
                                        "'kopie', d.id")
                                + " AND " + sicht.aufDokument("d") + " ORDER BY x.id DESC LIMIT 1000",
                        ersuchen,
                        treffer)
                .params(sicht.parameter())
                .query((z, nr) -> new Kopie(
                        z.getObject("objekt_id", UUID.class),
                        z.getObject("id", UUID.class),
                        z.getInt("nummer"),
                        z.getString("titel"),
                        inhalt(z)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Kopie::dokument));
    }

    private JdbcClient.StatementSpec frage(String sql, UUID ersuchen, List<Treffer> treffer) {
        return datenbank
                .sql(sql)
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .param(
                        "objekte",
                        Fundbuch.feld(treffer.stream().map(Treffer::objekt).toList()));
    }

    private static Inhalt inhalt(ResultSet z) throws SQLException {
        var angaben = new ArrayList<Angabe>();
        // An account without a line, or what is gone: nothing goes out beside the file.
        if (z.getArray("namen") != null) {
            var namen = (String[]) z.getArray("namen").getArray();
            var werte = (String[]) z.getArray("werte").getArray();
            for (int i = 0; i < namen.length; i++) {
                angaben.add(new Angabe(namen[i], werte[i] == null ? "" : werte[i]));
            }
        }
        return new Inhalt(z.getString("stand"), angaben);
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
            case "geschwaerzt" -> kopie(wer, ersuchen, treffer, e.kopie);
            default -> unveraendert(ersuchen, treffer, e.stand);
        };
        datenbank
                .sql("""
                UPDATE auskunftstreffer t SET entscheid = :entscheid, grund = :grund, bemerkung = :bemerkung, ersatz_id = :ersatz, geprueft = now(), geprueft_von = :wer,
                       stand = :stand, geaendert = false, version = (SELECT max(nummer) FROM version n WHERE n.mandant_id = :m AND n.dokument_id = coalesce(CAST(:ersatz AS uuid), :objekt))
                 WHERE t.mandant_id = :m AND t.ersuchen_id = :ersuchen AND t.objekt_id = :objekt""")
                .param("m", mandant())
                .param("ersuchen", ersuchen)
                .param("objekt", objekt)
                .param("entscheid", e.entscheid)
                .param("grund", warum == null ? null : warum.name(), Types.VARCHAR)
                .param("bemerkung", Text.hoechstens(e.bemerkung, 1_000, "Bemerkung"))
                .param("ersatz", gesehen.ersatz, Types.OTHER)
                .param("stand", gesehen.text)
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

    private Gesehenes unveraendert(UUID ersuchen, Treffer treffer, String stand) {
        var inhalt = inhalte(ersuchen, List.of(treffer)).get(treffer.objekt());
        if (inhalt == null || !stand.equals(inhalt.stand)) {
            throw anders();
        }
        return new Gesehenes(null, stand);
    }

    private Gesehenes kopie(Anmeldung wer, UUID ersuchen, Treffer treffer, String wahl) {
        var kopien = kopien(wer, ersuchen, List.of(treffer)).getOrDefault(treffer.objekt(), List.of());
        var kopie = kopien.stream()
                .filter(k -> k.gewaehlt(wahl))
                .findFirst()
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                kopien.isEmpty()
                                        ? "Davon gibt es keine geschwärzte Fassung, die Sie lesen dürfen. Bitte schwärzen Sie das Dokument zuerst auf der Seite des Vorgangs. Es wurde nichts entschieden."
                                        : "Bitte wählen Sie, welche geschwärzte Fassung mitgeht. Es wurde nichts entschieden."));
        if (!kopie.wahl().equals(wahl)) {
            throw anders();
        }
        return new Gesehenes(kopie.id, kopie.inhalt.stand);
    }

    private static Abgelehnt anders() {
        return Abgelehnt.konflikt(
                "Die Fundstelle hat sich geändert, seit Sie diese Seite geöffnet haben. Bitte sehen Sie sie noch einmal an; es wurde nichts entschieden.");
    }

    /** Several at once: about somebody else of the same name. @param gewaehlte each with what it said: id, blank, stand */
    @Transactional
    public void setzeBeiseite(Anmeldung wer, UUID ersuchen, List<String> gewaehlte) {
        for (var gewaehlt : gewaehlte) {
            var teile = gewaehlt.split(" ", 2);
            entscheide(
                    wer,
                    ersuchen,
                    kennung(teile[0]),
                    new Entscheid("andere", null, "", teile.length == 2 ? teile[1] : "", ""));
        }
    }

    private static UUID kennung(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Fundbuch.nicht();
        }
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
