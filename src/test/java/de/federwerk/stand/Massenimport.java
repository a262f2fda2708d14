package de.federwerk.stand;

import de.federwerk.basis.Kennung;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.springframework.util.FileSystemUtils;

/**
 * An old network drive is taken over into a second town in the same house; the counterpart walks the same tree, hashes, appends to
 * one file with an fsync and commits a COPY of bare rows, each for a thousand files. Reading and indexing come later for both and
 * are waited for between the turns.
 */
final class Massenimport implements Szenario {

    private static final int STAPEL = 1_000;

    private final Textquelle texte;

    Massenimport(Textquelle texte) {
        this.texte = texte;
    }

    @Override
    public String name() {
        return "import";
    }

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        int anzahl = umfang.je(4_000, 100);
        var stadt = haus.mandant();
        var ordner = Files.createTempDirectory(haus.daten, "gegenstueck");
        int runden = umfang.je(5, 1);
        int aufwaermen = umfang.je(1, 0);
        var berge = new ArrayList<Path>();
        var kuerzel = "import-" + Kennung.neu().toString().substring(24);
        try (var verbindung = haus.eigner()) {
            for (int i = 0; i < runden + aufwaermen; i++) {
                berge.add(berg(ordner.resolve("berg-" + i), anzahl, i));
            }
            new Stadtbau(haus, plan(anzahl, 0), kuerzel).baue();
            try (var sql = verbindung.createStatement()) {
                sql.execute(
                        "CREATE TABLE IF NOT EXISTS stand_import (id uuid PRIMARY KEY, name text, laenge bigint, sha256 bytea, stelle bigint)");
            }
            int[] runde = {0, 0};
            var paar = Messreihe.abwechselnd(
                    aufwaermen,
                    runden,
                    () -> {
                        var berg = berge.get(runde[0]++);
                        double jeSekunde = anzahl / Uebernahme.nimm(haus, kuerzel, berg, false) * 1000;
                        haus.bisRuhe();
                        return jeSekunde;
                    },
                    () -> {
                        var berg = berge.get(runde[1]++);
                        var ziel = ordner.resolve("nackt-" + runde[1]);
                        return anzahl
                                / Messreihe.millisekunden(() -> nackt(Aktenberg.ordner(berg), ziel, verbindung))
                                * 1000;
                    });
            try (var sql = verbindung.createStatement()) {
                sql.execute("DROP TABLE stand_import");
            }
            double wir = paar.wir().median();
            return List.of(
                    Ergebnis.verhaeltnis(
                            "import",
                            umfang.dokumente(),
                            wir,
                            paar.gegenstueck().median(),
                            ">=0.4"),
                    Ergebnis.wert("import-tempo", umfang.dokumente(), wir, ">=300"));
        } finally {
            haus.betritt(stadt);
            FileSystemUtils.deleteRecursively(ordner);
        }
    }

    private Stadtplan plan(int anzahl, int nummer) {
        return new Stadtplan(Umfang.fuer(anzahl, true), texte, 7L + nummer);
    }

    private Path berg(Path wohin, int anzahl, int nummer) throws Exception {
        var plan = plan(anzahl, nummer);
        try (var berg = new Aktenberg(wohin, plan)) {
            plan.akten(berg);
        }
        return wohin;
    }

    private static void nackt(Path baum, Path ziel, Connection verbindung) throws Exception {
        List<Path> dateien;
        try (var alle = Files.walk(baum)) {
            dateien = alle.filter(Files::isRegularFile).toList();
        }
        var copy = verbindung.unwrap(PGConnection.class).getCopyAPI();
        try (var datei = FileChannel.open(ziel, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var zeilen = new StringBuilder();
            for (int i = 0; i < dateien.size(); i++) {
                var bytes = Files.readAllBytes(dateien.get(i));
                var sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
                zeilen.append(UUID.randomUUID())
                        .append('\t')
                        .append(dateien.get(i).getFileName())
                        .append('\t')
                        .append(bytes.length)
                        .append("\t\\\\x")
                        .append(HexFormat.of().formatHex(sha256))
                        .append('\t')
                        .append(datei.position())
                        .append('\n');
                for (var puffer = ByteBuffer.wrap(bytes); puffer.hasRemaining(); ) {
                    datei.write(puffer);
                }
                if ((i + 1) % STAPEL == 0 || i + 1 == dateien.size()) {
                    datei.force(false);
                    copy.copyIn("COPY stand_import FROM STDIN", new java.io.StringReader(zeilen.toString()));
                    zeilen.setLength(0);
                }
            }
        }
    }
}
