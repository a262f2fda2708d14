package de.federwerk.stand;

import de.federwerk.organisation.Anmeldung;
import de.federwerk.schnittstelle.Zugangstoken;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.sql.Connection;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/**
 * A Fachverfahren uploads one file after the other by REST and waits for each receipt; the counterpart hashes the same bytes,
 * writes them into a file of their own with fsync and commits one bare row in the same PostgreSQL.
 */
final class Ablegen implements Szenario {

    private static final int BYTES = 100 * 1024;
    private static final String GRENZE = "grenze-stand";

    private final byte[] inhalt = new byte[BYTES];
    private final HttpClient netz = HttpClient.newHttpClient();

    @Override
    public String name() {
        return "ablegen";
    }

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        new Random(umfang.dokumente()).nextBytes(inhalt);
        var wer = Ort.anmeldung(haus, Stadtbau.VERFAHREN);
        var token = haus.als(() -> haus.bohne(Zugangstoken.class).stelleAus(wer.person()));
        var ziel = ziel(haus, wer);
        var ordner = Files.createTempDirectory(haus.daten, "gegenstueck");
        int stueck = umfang.je(60, 2);
        try (var verbindung = haus.eigner()) {
            try (var sql = verbindung.createStatement()) {
                sql.execute(
                        "CREATE TABLE IF NOT EXISTS stand_ablegen (id uuid PRIMARY KEY, name text, laenge bigint, sha256 bytea)");
            }
            var paar = Messreihe.abwechselnd(
                    // After two rounds half a core still compiled: measured is a server that has run for a while.
                    umfang.je(20, 0),
                    umfang.je(7, 1),
                    () -> {
                        double ms = Messreihe.millisekunden(() -> {
                            for (int i = 0; i < stueck; i++) {
                                ladeHoch(haus, token, ziel);
                            }
                        });
                        haus.bisRuhe();
                        return stueck / ms * 1000;
                    },
                    () -> stueck
                            / Messreihe.millisekunden(() -> {
                                for (int i = 0; i < stueck; i++) {
                                    nackt(ordner, verbindung);
                                }
                            })
                            * 1000);
            try (var sql = verbindung.createStatement()) {
                sql.execute("DROP TABLE stand_ablegen");
            }
            return List.of(Ergebnis.verhaeltnis(
                    "ablegen",
                    umfang.dokumente(),
                    paar.wir().median(),
                    paar.gegenstueck().median(),
                    ">=0.6"));
        } finally {
            FileSystemUtils.deleteRecursively(ordner);
        }
    }

    private static UUID ziel(Haus haus, Anmeldung wer) {
        return haus.als(() -> haus.bohne(de.federwerk.akte.Vorgaenge.class)
                .eroeffne(wer, UUID.randomUUID(), Ort.akte(haus, Stadtplan.RIESENAKTE_TITEL), "Ablegen auf dem Stand")
                .id());
    }

    private void ladeHoch(Haus haus, String token, UUID vorgang) throws Exception {
        var kopf = "--" + GRENZE + "\r\nContent-Disposition: form-data; name=\"datei\"; filename=\"Plan.bin\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n";
        var anfrage = HttpRequest.newBuilder(URI.create(haus.adresse() + "/api/v1/vorgaenge/" + vorgang + "/dokumente"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "multipart/form-data; boundary=" + GRENZE)
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(kopf),
                        BodyPublishers.ofByteArray(inhalt),
                        BodyPublishers.ofString("\r\n--" + GRENZE + "--\r\n")))
                .build();
        var antwort = netz.send(anfrage, BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (antwort.statusCode() != 201) {
            throw new IllegalStateException("Hochladen: " + antwort.statusCode() + " " + antwort.body());
        }
    }

    private void nackt(Path ordner, Connection verbindung) throws Exception {
        var id = UUID.randomUUID();
        var sha256 = MessageDigest.getInstance("SHA-256").digest(inhalt);
        try (var datei = FileChannel.open(
                ordner.resolve(id.toString()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (var bytes = ByteBuffer.wrap(inhalt); bytes.hasRemaining(); ) {
                datei.write(bytes);
            }
            datei.force(true);
        }
        try (var sql = verbindung.prepareStatement("INSERT INTO stand_ablegen VALUES (?, ?, ?, ?)")) {
            sql.setObject(1, id);
            sql.setString(2, "Plan.bin");
            sql.setLong(3, BYTES);
            sql.setBytes(4, sha256);
            sql.executeUpdate();
        }
    }
}
