package de.federwerk.sturz;

import de.federwerk.sturz.Merkbuch.Antwort;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Compares the {@link Merkbuch} with the database, by SQL of its own and without a line of the program: lost, doubled, half, gap. It
 * reads as the owner of the tables, within one Mandant.
 */
final class Nachschau implements AutoCloseable {

    private final Path daten;
    private final Connection verbindung;
    private final List<String> befunde = new ArrayList<>();
    /** Names of what waits in the folder; seen before the database is, because the program goes on taking meanwhile. */
    private final Set<String> wartende;

    Nachschau(Path daten) throws IOException, SQLException {
        this.daten = daten;
        this.wartende = wartende();
        var geheim = new Properties();
        geheim.load(new StringReader(Files.readString(daten.resolve("datenbank.geheim"))));
        var port = Files.readAllLines(daten.resolve("datenbank/postmaster.pid"))
                .get(3)
                .strip();
        verbindung = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/federwerk?connectTimeout=5&socketTimeout=60",
                "federwerk_eigner",
                geheim.getProperty("eigner"));
        verbindung.setReadOnly(true);
        verbindung.setAutoCommit(false);
        verbindung.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        betrete();
    }

    /** In a transaction of the caller, who sees in it what nobody else does, and ends it. */
    Nachschau(Path daten, Connection verbindung) throws IOException, SQLException {
        this.daten = daten;
        this.wartende = wartende();
        this.verbindung = verbindung;
        betrete();
    }

    private void betrete() throws SQLException {
        liste(
                "SELECT set_config('federwerk.mandant', (SELECT id::text FROM mandant WHERE kuerzel = 'musterstadt'), true)");
    }

    /** Whether all post is taken, read and indexed. */
    boolean ruht() throws SQLException, IOException {
        for (var ordner : List.of("eingang", "eingang/.arbeit")) {
            var pfad = daten.resolve(ordner);
            if (!Files.isDirectory(pfad)) continue;
            try (var da = Files.list(pfad)) {
                if (da.anyMatch(Files::isRegularFile)) return false;
            }
        }
        return zahl("SELECT count(*) FROM datei WHERE stand = 'neu'") == 0
                && zahl("SELECT count(*) FROM antrag WHERE stand = 'gesendet'") == 0
                && zahl("SELECT count(*) FROM index_rueckstand") == 0
                && indizesGanz();
    }

    /** A first index is whole only when its building has ended, which may be after the queue has run dry; until then nothing compares it. */
    private boolean indizesGanz() throws IOException {
        try (var indizes = Files.list(daten.resolve("index"))) {
            return indizes.allMatch(index -> Files.exists(index.resolve("aktuell")));
        }
    }

    /** What must hold at any moment in which nobody is in the middle of an act. @return one line each for what does not */
    List<String> pruefe(Merkbuch buch) throws SQLException, IOException {
        anfragen(buch);
        abgaben(buch, false);
        nummern();
        nichtsHalbes();
        return befunde;
    }

    /** As {@link #pruefe}; and all that was dropped has arrived, is read, and nothing is left lying about. */
    List<String> pruefeInRuhe(Merkbuch buch) throws SQLException, IOException {
        anfragen(buch);
        abgaben(buch, true);
        nummern();
        nichtsHalbes();
        leer("Antrag wartet noch", "SELECT id FROM antrag WHERE stand = 'gesendet'");
        aufgeraeumt();
        return befunde;
    }

    private void anfragen(Merkbuch buch) throws SQLException {
        var dokumente = karte("""
                SELECT d.id, d.vorgang_id || ' ' || encode(f.sha256, 'hex') FROM dokument d
                  JOIN version v USING (mandant_id) JOIN datei f ON f.mandant_id = v.mandant_id AND f.id = v.datei_id WHERE v.dokument_id = d.id""");
        buch.hochladungen.forEach((was, antwort) ->
                vergleiche("Upload", was.schluessel(), was.vorgang() + " " + was.sha256(), antwort, dokumente));
        // Under another id, too: no two letters have the same bytes.
        var hochgeladen = buch.hochladungen.keySet().stream()
                .map(Merkbuch.Hochladung::sha256)
                .collect(Collectors.toSet());
        for (var zeile : liste("""
                SELECT encode(f.sha256, 'hex'), count(*) FROM version v
                  JOIN datei f ON f.mandant_id = v.mandant_id AND f.id = v.datei_id GROUP BY 1 HAVING count(*) > 1"""))
            if (hochgeladen.contains(zeile[0]))
                befunde.add("DOPPELT: Upload %s liegt %s Mal in den Akten".formatted(zeile[0], zeile[1]));
        var akten = karte("SELECT id, titel FROM akte");
        buch.akten.forEach((was, antwort) -> vergleiche("Akte", was.schluessel(), was.titel(), antwort, akten));
        var vorgaenge = karte("SELECT id, akte_id || ' ' || titel FROM vorgang");
        buch.vorgaenge.forEach((was, antwort) ->
                vergleiche("Vorgang", was.schluessel(), was.akte() + " " + was.titel(), antwort, vorgaenge));
        var vermerke = karte("SELECT id, vorgang_id || ' ' || text FROM vermerk");
        buch.vermerke.forEach(
                (was, antwort) -> vergleiche("Vermerk", was.id(), was.vorgang() + " " + was.text(), antwort, vermerke));
        var abgelegt = karte("SELECT id, vorgang_id::text FROM eingang WHERE status = 'abgelegt'");
        buch.ablagen.forEach((was, antwort) -> {
            // Two may have filed the same Eingang; the one who was told so must be right.
            if (antwort == Antwort.BESTAETIGT)
                vergleiche("Ablage", was.eingang(), was.vorgang().toString(), antwort, abgelegt);
        });
        var zda = karte("SELECT id, 'zda' FROM vorgang WHERE stand = 'zda'");
        buch.abschluesse.forEach((vorgang, antwort) -> vergleiche("zdA", vorgang, "zda", antwort, zda));
        var gesendet = karte("SELECT id, 'gesendet' FROM antrag WHERE gesendet IS NOT NULL");
        buch.antraege.forEach((antrag, antwort) -> vergleiche("Antrag", antrag, "gesendet", antwort, gesendet));
        var blaetter =
                karte("SELECT objekt_id, encode(blatt, 'hex') FROM protokoll WHERE handlung = 'antrag.gesendet'");
        buch.belege.forEach((antrag, blatt) -> vergleiche("Beleg", antrag, blatt, Antwort.BESTAETIGT, blaetter));
    }

    /** Acknowledged: there, and as it was sent. Uncertain: the same, or not at all. */
    private void vergleiche(String art, UUID id, String soll, Antwort antwort, Map<UUID, String> ist) {
        var gefunden = ist.get(id);
        if (gefunden == null) {
            if (antwort == Antwort.BESTAETIGT) befunde.add("VERLOREN: %s %s war bestätigt".formatted(art, id));
        } else if (!gefunden.equals(soll)) {
            befunde.add("ANDERS: %s %s ist „%s“ statt „%s“".formatted(art, id, gefunden, soll));
        }
    }

    private void abgaben(Merkbuch buch, boolean inRuhe) throws SQLException, IOException {
        var je = new HashMap<String, Integer>();
        var namen = new HashMap<String, String>();
        for (var zeile : liste("""
                SELECT encode(f.sha256, 'hex'), f.dateiname, f.stand,
                       (SELECT count(*) FROM datei t WHERE t.mandant_id = f.mandant_id AND t.teil_von = f.id)
                  FROM eingang g JOIN datei f ON f.mandant_id = g.mandant_id AND f.id = g.datei_id WHERE g.kanal = 'ordner'""")) {
            je.merge(zeile[0], 1, Integer::sum);
            namen.put(zeile[0], zeile[1]);
            var abgabe = buch.abgaben.get(zeile[1]);
            if (abgabe == null) befunde.add("FREMD: Eingang „%s“ hat niemand abgegeben".formatted(zeile[1]));
            else if (zeile[2].equals("fertig") && Integer.parseInt(zeile[3]) != abgabe.teile())
                befunde.add("TEILE: „%s“ hat %s Anlagen statt %d".formatted(zeile[1], zeile[3], abgabe.teile()));
        }
        for (var abgabe : buch.abgaben.values()) {
            int imBuch = je.getOrDefault(abgabe.sha256(), 0);
            boolean wartet = wartende.contains(abgabe.name());
            if (imBuch > 1)
                befunde.add("DOPPELT: „%s“ steht %d Mal im Posteingangsbuch".formatted(abgabe.name(), imBuch));
            if (imBuch == 1 && !abgabe.name().equals(namen.get(abgabe.sha256())))
                befunde.add("NAME: „%s“ heißt „%s“".formatted(abgabe.name(), namen.get(abgabe.sha256())));
            if (imBuch == 0 && (inRuhe || !wartet))
                befunde.add(
                        "VERLOREN: „%s“ hat den Eingangsordner verlassen und ist nirgends".formatted(abgabe.name()));
        }
    }

    /** First the folder, then {@code .arbeit}: the way a file goes. */
    private Set<String> wartende() throws IOException {
        var namen = new HashSet<String>();
        var eingang = daten.resolve("eingang");
        if (!Files.isDirectory(eingang)) return namen;
        try (var da = Files.list(eingang)) {
            da.forEach(datei -> namen.add(datei.getFileName().toString()));
        }
        var arbeit = eingang.resolve(".arbeit");
        if (!Files.isDirectory(arbeit)) return namen;
        try (var da = Files.list(arbeit)) {
            for (var datei : da.filter(d -> d.toString().endsWith(".name")).toList()) {
                try {
                    var name = Files.readString(datei);
                    if (Files.exists(
                            datei.resolveSibling(datei.getFileName().toString().replace(".name", "")))) namen.add(name);
                } catch (NoSuchFileException fertig) {
                    // Entered and cleared away meanwhile: the database will say so.
                }
            }
        }
        return namen;
    }

    /** Numbers run from 1 without gap and double, and the counter stands at the last. */
    private void nummern() throws SQLException {
        luecken(
                "Posteingangsbuch",
                "SELECT 'eingang:' || split_part(nummer, '-', 1), split_part(nummer, '-', 2)::int FROM eingang");
        luecken("Aktenzeichen", """
                SELECT 'akte:' || regexp_replace(aktenzeichen, '-\\d{4}/', '-#/'), substring(aktenzeichen from '-(\\d{4})/')::int FROM akte""");
        luecken("Vorgangszeichen", """
                SELECT 'vorgang:' || regexp_replace(aktenzeichen, '-\\d+$', '-#'), substring(aktenzeichen from '-(\\d+)$')::int FROM vorgang""");
        luecken("Dokumentnummern", "SELECT vorgang_id::text, nummer FROM dokument");
    }

    private void luecken(String was, String nummern) throws SQLException {
        for (var zeile : liste("""
                SELECT n.reihe, count(*), count(DISTINCT n.nr), max(n.nr), coalesce(max(z.stand), max(n.nr)) FROM (%s) AS n (reihe, nr)
                  LEFT JOIN zaehler z ON z.name = n.reihe GROUP BY 1
                HAVING count(*) <> max(n.nr) OR count(DISTINCT n.nr) <> max(n.nr) OR max(n.nr) <> coalesce(max(z.stand), max(n.nr))""".formatted(nummern)))
            befunde.add("NUMMERN: %s %s: %s Stück, %s verschieden, höchste %s, Zähler %s"
                    .formatted(was, zeile[0], zeile[1], zeile[2], zeile[3], zeile[4]));
    }

    /** Each thing has all its parts, and its entry in the Protokoll exactly once. */
    private void nichtsHalbes() throws SQLException {
        leer(
                "Dokument ohne Version",
                "SELECT id FROM dokument d WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.dokument_id = d.id)");
        leer(
                "Datei ohne Leseauftrag",
                "SELECT id FROM datei d WHERE stand = 'neu' AND NOT EXISTS (SELECT 1 FROM scheduled_tasks s WHERE s.task_data = convert_to(d.mandant_id || ' ' || d.id, 'UTF8'))");
        leer(
                "Datei, die zu nichts gehört",
                "SELECT id FROM datei d WHERE teil_von IS NULL AND NOT EXISTS (SELECT 1 FROM version v WHERE v.datei_id = d.id) AND NOT EXISTS (SELECT 1 FROM eingang g WHERE g.datei_id = d.id)");
        leer(
                "Gelesene Datei ohne Text",
                "SELECT id FROM datei d WHERE stand = 'fertig' AND textherkunft <> 'keiner' AND NOT EXISTS (SELECT 1 FROM datei_text t WHERE t.datei_id = d.id)");
        leer("Abgelegter Eingang ohne Dokument aller Teile", """
                SELECT g.id FROM eingang g JOIN datei f ON f.id = g.datei_id WHERE g.status = 'abgelegt' AND f.stand = 'fertig'
                   AND (SELECT count(*) FROM dokument d WHERE d.eingang_id = g.id)
                       <> 1 + (SELECT count(*) FROM datei t WHERE t.teil_von = f.id AND NOT EXISTS
                            (SELECT 1 FROM stoerung s WHERE s.art = 'anlage' AND s.bezug = t.id AND s.erledigt IS NULL))""");
        leer(
                "Antrag ohne Vorgang",
                "SELECT a.id FROM antrag a WHERE a.stand = 'veraktet' AND NOT EXISTS (SELECT 1 FROM antragsvorgang v WHERE v.antrag_id = a.id)");
        leer("Antrag nicht mit Formular, Anlage und Aufgabe in seinem Vorgang", """
                SELECT v.antrag_id FROM antragsvorgang v
                 WHERE (SELECT count(*) FROM dokument d WHERE d.vorgang_id = v.vorgang_id)
                       <> 1 + (SELECT count(*) FROM antragsanlage l WHERE l.antrag_id = v.antrag_id)
                    OR (SELECT count(*) FROM laufweg w WHERE w.vorgang_id = v.vorgang_id) <> 1""");
        protokoll("antrag.gesendet", "SELECT id FROM antrag WHERE gesendet IS NOT NULL");
        protokoll("eingang.eingetragen", "SELECT id FROM eingang");
        protokoll("eingang.abgelegt", "SELECT id FROM eingang WHERE status = 'abgelegt'");
        protokoll("akte.angelegt", "SELECT id FROM akte");
        protokoll("vorgang.angelegt", "SELECT id FROM vorgang");
        protokoll("vorgang.zda", "SELECT id FROM vorgang WHERE stand = 'zda'");
        protokoll("dokument.abgelegt", "SELECT id FROM dokument");
        leer(
                "Protokoll: Vermerk nicht genau einmal",
                "SELECT id FROM vermerk n WHERE (SELECT count(*) FROM protokoll_inhalt i WHERE i.feld = 'vermerk' AND i.wert = n.id::text) <> 1");
        leer(
                "Protokoll: Blatt stimmt nicht",
                "SELECT id FROM protokoll WHERE blatt <> sha256('\\x00'::bytea || eintrag)");
    }

    private void protokoll(String handlung, String dinge) throws SQLException {
        leer("Protokoll: nicht genau ein Eintrag " + handlung, """
                SELECT coalesce(d.id, p.objekt_id) FROM (%s) d
                  FULL JOIN (SELECT objekt_id, count(*) AS n FROM protokoll WHERE handlung = '%s' GROUP BY 1) p ON p.objekt_id = d.id
                 WHERE p.n IS DISTINCT FROM 1 OR d.id IS NULL""".formatted(dinge, handlung));
    }

    /** Nothing grows from kill to kill, and nothing is reported that has no cause. */
    private void aufgeraeumt() throws SQLException, IOException {
        for (var stoerung : liste(
                "SELECT art, gegenstand, ursache, coalesce(technisch, '') FROM stoerung WHERE erledigt IS NULL")) {
            // A file whose worker was killed three times is explained: that is what the page says of it.
            boolean getoetet = stoerung[0].equals("datei") && stoerung[3].contains("Ende mit 137");
            // So is an attachment that was read after its Vorgang was closed.
            boolean zuSpaet = stoerung[0].equals("anlage") && stoerung[2].contains("schon zu den Akten gelegt");
            if (!getoetet && !zuSpaet) befunde.add("STÖRUNG: " + String.join(" | ", stoerung));
        }
        var tmp = daten.resolve("tmp");
        try (var da = Files.walk(tmp)) {
            var reste = da.filter(p -> p.getFileName().toString().startsWith("auftrag-")
                            || p.getFileName().toString().startsWith("upload_"))
                    .toList();
            if (!reste.isEmpty()) befunde.add("RESTE: " + reste);
        }
        try (var da = Files.list(tmp)) {
            var werkstaetten = da.filter(p -> p.getFileName().toString().startsWith("werkstatt-"))
                    .count();
            if (werkstaetten > 1) befunde.add("RESTE: %d Werkstattordner in tmp".formatted(werkstaetten));
        }
        try (var da = Files.walk(daten.resolve("index"), 2)) {
            var generationen = da.filter(p -> p.getNameCount() == daten.getNameCount() + 3 && Files.isDirectory(p))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
            generationen.forEach((mandant, n) -> {
                if (n > 2) befunde.add("RESTE: %d Ordner in %s".formatted(n, mandant));
            });
        }
    }

    private void leer(String was, String frage) throws SQLException {
        for (var zeile : liste(frage + " LIMIT 5")) befunde.add("HALB: %s: %s".formatted(was, zeile[0]));
    }

    private Map<UUID, String> karte(String frage) throws SQLException {
        var karte = new HashMap<UUID, String>();
        for (var zeile : liste(frage)) {
            if (karte.put(UUID.fromString(zeile[0]), zeile[1]) != null)
                befunde.add("DOPPELT: " + zeile[0] + " in "
                        + frage.lines().findFirst().orElse(""));
        }
        return karte;
    }

    private long zahl(String frage) throws SQLException {
        return Long.parseLong(liste(frage).getFirst()[0]);
    }

    private List<String[]> liste(String frage) throws SQLException {
        try (var sql = verbindung.createStatement();
                var zeilen = sql.executeQuery(frage)) {
            int breite = zeilen.getMetaData().getColumnCount();
            var liste = new ArrayList<String[]>();
            while (zeilen.next()) {
                var zeile = new String[breite];
                for (int i = 0; i < breite; i++) zeile[i] = zeilen.getString(i + 1);
                liste.add(zeile);
            }
            return liste;
        }
    }

    @Override
    public void close() throws SQLException {
        verbindung.close();
    }
}
