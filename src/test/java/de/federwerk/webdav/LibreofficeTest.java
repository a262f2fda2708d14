package de.federwerk.webdav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Office program: LibreOffice opens a Dokument where it lies, and what it saves is the next Version. */
class LibreofficeTest extends Webdavfall {

    private static final String SATZ = "Von LibreOffice geschrieben: Größe geprüft.";

    @Test
    void libreoffice_oeffnet_ein_dokument_und_speichert_es_als_version(@TempDir Path ordner) throws Exception {
        var soffice = Path.of("/usr/bin/soffice");
        assumeTrue(
                Files.isExecutable(soffice) && hatUno(),
                "LibreOffice oder python3-uno ist nicht installiert (Debian: libreoffice-writer-nogui, python3-uno)");
        var fall = fall("LibreOffice");
        var id = dokument(fall, "Grüner Bescheid.odt", odt("Der Bescheid."));
        var anja = fall.stadt().anja();
        var kennwort = als(anja.mandant(), () -> kennwoerter.stelleAus(anja, "LibreOffice"));
        var kanal = "federwerk" + id.toString().substring(24);
        var office = new ProcessBuilder(
                        soffice.toString(),
                        "--headless",
                        "--norestore",
                        "--nologo",
                        "-env:UserInstallation=" + ordner.resolve("profil").toUri(),
                        "--accept=pipe,name=" + kanal + ";urp;")
                .redirectErrorStream(true)
                .redirectOutput(ordner.resolve("office.txt").toFile())
                .start();
        try {
            var skript = ordner.resolve("oeffne.py");
            Files.write(
                    skript, getClass().getResourceAsStream("/webdav/oeffne.py").readAllBytes());
            var person = new ProcessBuilder(
                            "/usr/bin/python3",
                            skript.toString(),
                            kanal,
                            url("/webdav/Dokumente/" + id + "/Gr%C3%BCner%20Bescheid.odt"),
                            anmeldename(anja),
                            kennwort,
                            SATZ)
                    .redirectErrorStream(true)
                    .redirectOutput(ordner.resolve("person.txt").toFile())
                    .start();
            boolean fertig = person.waitFor(120, TimeUnit.SECONDS);
            var gesagt = Files.readString(ordner.resolve("person.txt"), StandardCharsets.UTF_8);
            if (!fertig) {
                person.destroyForcibly();
            }
            assertThat(gesagt).contains("gespeichert");
        } finally {
            office.descendants().forEach(ProcessHandle::destroyForcibly);
            office.destroyForcibly();
        }
        assertThat(versionen(fall)).containsExactly("Grüner Bescheid.odt 1", "Grüner Bescheid.odt 2");
        assertThat(inhalt(anja, id, kennwort)).contains("Der Bescheid.", SATZ);
        // Given back when it was closed.
        als(fall.stadt().mandant(), () -> auscheckung.checkeAus(anja, id, ""));
    }

    private static boolean hatUno() throws IOException, InterruptedException {
        return Files.isExecutable(Path.of("/usr/bin/python3"))
                && new ProcessBuilder("/usr/bin/python3", "-c", "import uno")
                                .redirectErrorStream(true)
                                .start()
                                .waitFor()
                        == 0;
    }

    private String inhalt(de.federwerk.organisation.Anmeldung anja, java.util.UUID id, String kennwort)
            throws Exception {
        var netz = new Netzordner(url(""), anmeldename(anja), kennwort);
        try (var client = HttpClient.newHttpClient()) {
            var bytes = client.send(
                            HttpRequest.newBuilder(
                                            URI.create(url("/webdav/Dokumente/" + id + "/Gr%C3%BCner%20Bescheid.odt")))
                                    .header("Authorization", netz.ausweis())
                                    .build(),
                            BodyHandlers.ofByteArray())
                    .body();
            try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
                for (var teil = zip.getNextEntry(); teil != null; teil = zip.getNextEntry()) {
                    if (teil.getName().equals("content.xml")) {
                        return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                    }
                }
            }
        }
        return "";
    }

    /** The smallest text document there is. */
    private static byte[] odt(String satz) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var art = "application/vnd.oasis.opendocument.text".getBytes(StandardCharsets.US_ASCII);
            var eintrag = new ZipEntry("mimetype");
            eintrag.setMethod(ZipEntry.STORED);
            eintrag.setSize(art.length);
            var crc = new CRC32();
            crc.update(art);
            eintrag.setCrc(crc.getValue());
            zip.putNextEntry(eintrag);
            zip.write(art);
            lege(zip, "content.xml", """
                    <?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:text><text:p>%s</text:p></office:text></office:body></office:document-content>""".formatted(satz));
            lege(zip, "META-INF/manifest.xml", """
                    <?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>""");
        }
        return bytes.toByteArray();
    }

    private static void lege(ZipOutputStream zip, String name, String inhalt) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(inhalt.getBytes(StandardCharsets.UTF_8));
    }
}
