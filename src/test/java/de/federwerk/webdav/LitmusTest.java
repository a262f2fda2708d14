package de.federwerk.webdav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Litmus, the usual test of WebDAV servers, written by others, against a person's Arbeitsbereich. */
class LitmusTest extends Webdavfall {

    @Test
    void litmus_besteht_basic_copymove_props_locks_und_http(@TempDir Path ordner) throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/litmus")),
                "litmus ist nicht installiert (Debian: apt install litmus)");
        var anja = stadt().anja();
        var kennwort = als(anja.mandant(), () -> kennwoerter.stelleAus(anja, "litmus"));
        var ausgabe = ordner.resolve("litmus.txt");
        var lauf = new ProcessBuilder(
                        "/usr/bin/litmus", "-k", url("/webdav/Arbeitsbereich/"), anmeldename(anja), kennwort)
                .directory(ordner.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ausgabe.toFile());
        lauf.environment().put("TESTS", "basic copymove props locks http");
        var programm = lauf.start();
        assertThat(programm.waitFor(120, TimeUnit.SECONDS)).isTrue();
        var text = Files.readString(ausgabe, StandardCharsets.UTF_8);
        for (var teil : new String[] {"basic", "copymove", "props", "locks", "http"}) {
            assertThat(text)
                    .as(text)
                    .containsPattern("summary for `" + teil + "': of \\d+ tests run: \\d+ passed, 0 failed. 100.0%");
        }
        assertThat(programm.exitValue()).isZero();
    }
}
