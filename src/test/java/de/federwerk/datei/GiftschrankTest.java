package de.federwerk.datei;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.datei.Giftschrank.Folge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.leptonica.global.leptonica;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The hostile files in a short form, through real workers; the long form is {@code Giftprobe}. */
class GiftschrankTest {

    private static final Path DATEN = Path.of("target/giftschrank");
    /** Take several seconds each; the long form has them. */
    private static final Set<String> SCHWER = Set.of(
            "gewimmel.zip",
            "gewimmel.docx",
            "formkaskade.pdf",
            "verlauf.pdf",
            "muster.pdf",
            "riesenbild.pdf",
            "riese-echt.png",
            "xref-strom.pdf",
            "objektstrom.pdf",
            "selbstaufruf.pdf",
            "klammern.pdf",
            "kette.pdf",
            "filterkette.pdf",
            "jbig2.pdf",
            "100000-seiten.pdf",
            "500-seiten.tif",
            "tief.html",
            "gross.html",
            "viele-texte.eml",
            "100000-leere.eml",
            "woerter.eml",
            "lang.csv",
            "tief.rtf",
            "wiederholt.ods",
            "webabfrage.xlsx");

    private static Giftprobe probe;

    @BeforeAll
    static void oeffne() throws IOException {
        probe = new Giftprobe(DATEN, Duration.ofSeconds(30));
    }

    @AfterAll
    static void schliesse() {
        probe.close();
    }

    @Test
    void jedes_gift_hat_seine_folge_und_nimmt_nicht_mehr_als_ihm_zusteht() throws Exception {
        var anders = new ArrayList<String>();
        for (var stueck : Giftschrank.alle(4, probe.lauscher())) {
            if (SCHWER.contains(stueck.name())) {
                continue;
            }
            var aus = probe.lies(stueck, Grenzen.UEBLICH.mitBuerosekunden(0));
            if (!aus.wie(stueck) || aus.speicher() > 1_500L << 20 || aus.platz() > Grenzen.UEBLICH.platz()) {
                anders.add(
                        stueck.name() + ": " + aus.folge() + " " + aus.satz() + " " + (aus.speicher() >> 20) + " MiB");
            }
            assertThat(aus.satz()).as(stueck.name()).matches("(?s)|[A-ZÄÖÜ].*\\.");
            assertThat(aus.text()).as(stueck.name()).doesNotContain("root:x:0");
        }
        assertThat(anders).isEmpty();
        assertThat(probe.gehoert()).as("Verbindungen nach draußen").isZero();
        assertThat(probe.lies("danach.txt", Muster.bytes("Der Dienst geht weiter"), Grenzen.UEBLICH)
                        .text())
                .isEqualTo("Der Dienst geht weiter");
    }

    @Test
    void auch_libreoffice_holt_nichts_von_draussen() throws Exception {
        var fremde = Giftschrank.alle(1, probe.lauscher()).stream()
                .filter(s -> s.name().equals("fremde.docx"))
                .findFirst()
                .orElseThrow();
        probe.lies(fremde, Grenzen.UEBLICH.mitBuerosekunden(20));
        assertThat(probe.gehoert()).isZero();
    }

    @Test
    void der_kern_sperrt_den_arbeiter_ein() throws Exception {
        probe.lies("vorher.txt", Muster.bytes("vorher"), Grenzen.UEBLICH);
        var pid = probe.werkstatt().pids().iterator().next();
        assertThat(Files.readAllLines(Path.of("/proc", pid.toString(), "status")))
                .contains("NoNewPrivs:\t1", "Seccomp:\t2");
        // All threads, not only the one that shut the door.
        try (var faeden = Files.list(Path.of("/proc", pid.toString(), "task"))) {
            for (var faden : faeden.toList()) {
                assertThat(Files.readAllLines(faden.resolve("status"))).contains("Seccomp:\t2");
            }
        }
        assertThat(Files.readAllLines(Path.of("/proc", pid.toString(), "limits")))
                .anyMatch(z -> z.startsWith("Max file size") && z.contains("" + Zwinger.DATEI_HOECHSTENS))
                .anyMatch(z -> z.matches("Max core file size +0 +0 .*"));
    }

    @Test
    void eine_seite_die_nicht_enden_will_beendet_den_arbeiter_und_der_naechste_liest_weiter() throws Exception {
        try (var eilige = new Giftprobe(DATEN, Duration.ofSeconds(3))) {
            eilige.lies("warm.pdf", Muster.textPdf("Satzung"), Grenzen.UEBLICH);
            var kaskade = Giftschrank.alle(1, eilige.lauscher()).stream()
                    .filter(s -> s.name().equals("formkaskade.pdf"))
                    .findFirst()
                    .orElseThrow();
            var aus = eilige.lies(kaskade, Grenzen.UEBLICH);
            assertThat(aus.folge()).isEqualTo(Folge.BEENDET);
            assertThat(aus.millisekunden()).isLessThan(15_000);
            assertThat(eilige.lies("danach.txt", Muster.bytes("weiter"), Grenzen.UEBLICH)
                            .text())
                    .isEqualTo("weiter");
        }
    }

    @Test
    void wer_zu_viel_platz_braucht_wird_beendet() throws Exception {
        // One attachment of 4 MiB against a quota of 1 MiB.
        var mail = "From: a@b.example\nSubject: dick\nContent-Type: multipart/mixed; boundary=Z\n\n--Z\n"
                + "Content-Type: application/octet-stream; name=a.bin\n\n" + "x".repeat(4 << 20) + "\n--Z--\n";
        var aus = probe.lies("dick.eml", Muster.bytes(mail), Grenzen.UEBLICH.mitPlatz(1 << 20));
        assertThat(aus.satz()).contains("mehr Platz auf der Festplatte, als vorgesehen ist");
        assertThat(aus.platz()).isLessThan(64 << 20);
        var gebremst = probe.lies("dick.eml", Muster.bytes(mail + mail.toString()), Grenzen.UEBLICH.mitTeilebytes(0));
        assertThat(gebremst.satz()).contains("zusammen sehr groß");
        assertThat(gebremst.ergebnis().teile()).isEmpty();
    }

    @Test
    void jpeg_2000_in_einem_pdf_wird_gelesen_und_ein_kaputtes_bild_wird_gesagt() throws Exception {
        var png = DATEN.resolve("scan.png");
        var jp2 = DATEN.resolve("scan.jp2");
        Files.write(png, Muster.png(Muster.blatt(java.awt.image.BufferedImage.TYPE_INT_RGB, "Hundesteuerbescheid")));
        var pix = leptonica.pixRead(png.toString());
        assertThat(leptonica.pixWrite(jp2.toString(), pix, leptonica.IFF_JP2)).isZero();
        leptonica.pixDestroy(pix);
        var aus = probe.lies(
                "scan.pdf",
                GiftigePdfs.mitBild("/Width 1300/Height 210/Filter/JPXDecode", Files.readAllBytes(jp2)),
                Grenzen.UEBLICH);
        assertThat(aus.text()).contains("Hundesteuerbescheid");
        assertThat(aus.ergebnis().hinweis()).isNull();
        var kaputt = probe.lies(
                "kaputt.pdf",
                GiftigePdfs.mitBild("/Width 1300/Height 210/Filter/JPXDecode", Muster.bytes("x")),
                Grenzen.UEBLICH);
        assertThat(kaputt.satz()).isEqualTo("Auf Seite 1 ließ sich ein Bild oder ein anderer Teil nicht darstellen.");
    }

    @Test
    void ein_zu_grosses_ergebnis_wird_nicht_geglaubt() {
        var ehrlich = ergebnis("Betreff", List.of());
        assertThat(ehrlich.passtZu(Grenzen.UEBLICH)).isTrue();
        assertThat(ergebnis("nul\0", List.of()).passtZu(Grenzen.UEBLICH)).isFalse();
        assertThat(ergebnis("x".repeat(6_000), List.of()).passtZu(Grenzen.UEBLICH))
                .isFalse();
        assertThat(ergebnis("x", List.of(new Ergebnis.Teil("a", "a"))).passtZu(Grenzen.UEBLICH.mitTeilen(0)))
                .isFalse();
    }

    private static Ergebnis ergebnis(String titel, List<Ergebnis.Teil> teile) {
        return new Ergebnis(
                null, null, null, "text/plain", null, "text", null, null, List.of(), teile, titel, null, null, false);
    }

    @Test
    void leere_zeilen_und_raender_fallen_weg_ohne_dass_es_dauert() {
        assertThat(OfficeLeser.ohneLeereZeilen("a \t\n\n\n\n b\n")).isEqualTo("a\n\n b");
        assertThat(OfficeLeser.ohneLeereZeilen((" ".repeat(1_000) + "x").repeat(3_000)))
                .endsWith("x");
    }
}
