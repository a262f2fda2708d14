package de.federwerk.datei;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateiartTest {

    @TempDir
    Path ordner;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Vermerk.txt      | Über die Sitzung     | text/plain
            Vermerk.TXT      | \\n\\t 1. Anwesende  | text/plain
            PROTOKOLL.log    | 2026-11-24 Anfang    | text/plain
            Liste.csv        | Straße;Haus-Nr.      | text/csv
            Lies mich.md     | # Übersicht          | text/x-web-markdown
            Vermerk          | Über die Sitzung     | text/plain
            Seite.txt        | <!DOCTYPE html><html><body>x</body></html> | text/html
            Brief.txt        | {\\\\rtf1 Sehr geehrte | application/rtf
            Karte.txt        | %PDF-1.7             | application/pdf
            Nachricht.txt    | From: a@b.de\\nTo: c@d.de\\nSubject: x\\n\\nHallo | message/rfc822
            """)
    void ein_name_ist_nur_ein_hinweis(String name, String anfang, String typ) throws Exception {
        assertThat(erkannt(name, anfang.translateEscapes().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(typ);
    }

    @ParameterizedTest
    @CsvSource({"PK\\3\\4x, application/zip", "\\377\\330\\377\\340\\0\\20JFIF, image/jpeg", "GIF89a\\1\\0x, image/gif"
    })
    void bytes_die_kein_text_hat_werden_trotz_des_namens_erkannt(String anfang, String typ) throws Exception {
        assertThat(erkannt("Vermerk.txt", anfang.translateEscapes().getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(typ);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/vnd.oasis.opendocument.text | application/vnd.oasis.opendocument.text
            application/vnd.oasis.op\\177cument.text  | application/zip
            applic\\0\\0n/vnd.oasis.opendocument.text | application/zip
            """)
    void ein_paket_das_unsinn_ueber_sich_sagt_ist_ein_archiv(String eigene, String typ) throws Exception {
        var paket = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(paket)) {
            for (var name : List.of("mimetype", "content.xml")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(eigene.translateEscapes().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(erkannt("Brief.odt", paket.toByteArray())).isEqualTo(typ);
    }

    private String erkannt(String name, byte[] bytes) throws Exception {
        Files.write(ordner.resolve(Auftrag.ORIGINAL), bytes);
        var lesung = new Lesung(new Auftrag(ordner.toString(), name, Set.of(), Grenzen.UEBLICH), seite -> {});
        return Dateiart.erkenne(lesung);
    }
}
