package de.federwerk.datei;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateinameTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            Straßenplan Ä.pdf,            Straßenplan Ä.pdf
            ../../etc/passwd,             passwd
            C:\\Users\\Amt\\Antrag.docx,  Antrag.docx
            .htaccess,                    htaccess
            a<b>:c|d?.txt,                a_b__c_d_.txt
            CON.txt,                      _CON.txt
            Ende...,                      Ende
            ordner/,                      ordner
            ...,                          Unbenannt
            """)
    void ein_name_wird_sicher(String fremd, String sicher) {
        assertThat(Dateiname.sicher(fremd)).isEqualTo(sicher);
    }

    @Test
    void unsichtbares_und_umbrueche_verschwinden() {
        assertThat(Dateiname.sicher("Rech\u202Efdp.exe\r\nX: y")).isEqualTo("Rechfdp.exe X_ y");
        assertThat(Dateiname.sicher("a\0b\u200B\uD800.pdf")).isEqualTo("ab.pdf");
        assertThat(Dateiname.sicher(null)).isEqualTo("Unbenannt");
        assertThat(Dateiname.sicher(" \u2028 ")).isEqualTo("Unbenannt");
    }

    @Test
    void umlaute_werden_zusammengesetzt_und_lange_namen_behalten_ihre_endung() {
        assertThat(Dateiname.sicher(Normalizer.normalize("Müll.pdf", Normalizer.Form.NFD)))
                .isEqualTo("Müll.pdf");
        String lang = Dateiname.sicher("ü".repeat(300) + ".pdf");
        assertThat(lang).endsWith("ü.pdf");
        assertThat(lang.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(200);
        assertThat(Dateiname.sicher("😀".repeat(100)).getBytes(StandardCharsets.UTF_8))
                .hasSize(200);
    }
}
