package de.federwerk.papier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.papier.Papierteile.Angaben;
import de.federwerk.suche.Index;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Paper: its label, where it lies, who has it. */
class PapierTest extends Teststadt {

    private static final Angaben ORDNER =
            new Angaben("Bauordner Bergstraße", "2 Ordner", "Altregistratur", "K 3", "12");

    @Autowired
    Papierteile teile;

    @Autowired
    Ausleihen ausleihen;

    @Autowired
    Index index;

    @Test
    void ein_papierteil_wird_erfasst_gefunden_und_steht_unter_den_dokumenten() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Straßenfest");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var formular = "/akten/" + vorgang.akteId() + "/papier";
        var fehlt =
                anja.sendeVon(formular, formular, "teil", Kennung.neu().toString(), "titel", "Plan 7", "standort", " ");
        assertThat(fehlt.status()).isEqualTo(422);
        assertThat(fehlt.text()).contains("Standort", "Plan 7");

        var id = Kennung.neu().toString();
        for (int i = 0; i < 2; i++) {
            var antwort = anja.sendeVon(
                    formular,
                    formular,
                    "teil",
                    id,
                    "vorgang",
                    vorgang.id().toString(),
                    "titel",
                    "Bauordner Bergstraße",
                    "standort",
                    "Altregistratur");
            assertThat(antwort.ziel()).as("zweimal gesendet, einmal erfasst").isEqualTo("/papier/P-000001");
        }
        assertThat(anja.hole("/vorgaenge/" + vorgang.id()).text()).contains("Bauordner Bergstraße", "inventory_2");
        assertThat(anja.hole("/akten/" + vorgang.akteId()).text())
                .contains("Bauordner Bergstraße", "elektronisch geführt");
        assertThat(anja.hole("/suche?q=P-000001").ziel()).isEqualTo("/papier/P-000001");
        assertThat(anja.hole("/suche?q=p1").ziel()).isEqualTo("/papier/P-000001");
        assertThat(anja.hole("/papier?code=https://haus/papier/P-000001").ziel())
                .isEqualTo("/papier/P-000001");
        assertThat(anja.hole(formular).text())
                .as("benutzte Orte werden vorgeschlagen")
                .contains("<option value=\"Altregistratur\">");

        for (var form : Papierform.values()) {
            anja.sendeVon(formular, "/akten/" + vorgang.akteId() + "/papierform", "form", form.kennung());
            assertThat(anja.hole("/akten/" + vorgang.akteId()).text()).contains(form.wort());
        }

        var fremde = stadt();
        for (var andere : new Browser[] {
            angemeldet(stadt.mandant(), "petra.lueders"), angemeldet(fremde.mandant(), "anja.mueller")
        }) {
            assertThat(andere.hole("/papier/P-000001").status()).isEqualTo(404);
            assertThat(andere.hole("/suche?q=P-000001").text()).doesNotContain("Bauordner");
            assertThat(andere.hole("/papier?code=P-000001").text()).contains("Nicht gefunden");
        }
    }

    @Test
    void wer_hat_es_und_zweimal_gelesen_ist_einmal_gebucht() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Straßenfest");
        var teil = als(
                stadt.mandant(),
                () -> teile.erfasse(stadt.anja(), Kennung.neu(), vorgang.akteId(), vorgang.id(), ORDNER));
        var nummer = teil.kennzeichen();
        var bis = LocalDate.now(Anzeige.ZONE).plusDays(7);
        var kollege = als(stadt.mandant(), () -> person(stadt.mandant(), "jan.kruse", "Jan", "Kruse", stadt.tiefbau()));

        assertThat(als(stadt.mandant(), () -> ausleihen.leiheAus(stadt.anja(), nummer, "", "Ortstermin", bis))
                        .neu())
                .isTrue();
        var browser = angemeldet(stadt.mandant(), "anja.mueller");
        var akte = "/akten/" + vorgang.akteId();
        als(stadt.mandant(), () -> vorgaenge.schliesse(stadt.anja(), vorgang.id()));
        assertThat(browser.sendeVon(akte, akte + "/abschluss").text()).contains("noch Papier ausgeliehen");
        browser.sendeVon(akte, "/vorgaenge/" + vorgang.id() + "/wiederaufnahme", "grund", "Nachtrag");
        var nochmal = als(stadt.mandant(), () -> ausleihen.leiheAus(stadt.anja(), nummer, "", "Ortstermin", bis));
        assertThat(nochmal.neu()).isFalse();
        assertThat(nochmal.satz()).contains("schon", "nichts doppelt");
        assertThatThrownBy(() -> als(stadt.mandant(), () -> ausleihen.leiheAus(kollege, nummer, "", "", bis)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("Anja Müller");
        assertThatThrownBy(() -> als(stadt.mandant(), () -> ausleihen.leiheAus(stadt.petra(), nummer, "", "", bis)))
                .isInstanceOf(NichtGefunden.class);
        assertThat(angemeldet(stadt.mandant(), "jan.kruse")
                        .hole("/papier/" + nummer)
                        .text())
                .contains("Wer hat es?", "Anja Müller", "Ortstermin");
        assertThat(angemeldet(stadt.mandant(), "anja.mueller").hole("/papier").text())
                .contains(nummer);

        assertThat(als(stadt.mandant(), () -> ausleihen.erinnere(bis))).isZero();
        assertThat(als(stadt.mandant(), () -> ausleihen.erinnere(bis.plusDays(1))))
                .isEqualTo(1);
        assertThat(als(stadt.mandant(), () -> ausleihen.erinnere(bis.plusDays(2))))
                .as("einmal")
                .isZero();

        assertThat(als(stadt.mandant(), () -> ausleihen.nimmZurueck(kollege, nummer))
                        .neu())
                .isTrue();
        assertThat(als(stadt.mandant(), () -> ausleihen.nimmZurueck(kollege, nummer))
                        .satz())
                .contains("schon zurück");
        assertThat(als(stadt.mandant(), () -> ausleihen.verlauf(teil.id()))).hasSize(1);
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT handlung FROM protokoll WHERE handlung LIKE 'papier.%' AND objekt_id ="
                                        + " ? ORDER BY id")
                                .param(vorgang.id())
                                .query(String.class)
                                .list()))
                .containsExactly("papier.erfasst", "papier.ausgeliehen", "papier.zurueck");
    }

    @Test
    void auch_zu_einem_vorgang_der_zda_ist_wird_papier_verlegt_und_orte_fremder_vorgaenge_bleiben_verborgen() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Straßenfest");
        var teil = als(
                stadt.mandant(),
                () -> teile.erfasse(stadt.anja(), Kennung.neu(), vorgang.akteId(), vorgang.id(), ORDNER));
        als(stadt.mandant(), () -> vorgaenge.schliesse(stadt.anja(), vorgang.id()));
        als(
                stadt.mandant(),
                () -> teile.verlege(stadt.anja(), teil.kennzeichen(), new Angaben("", "", "Keller Nord", "", "")));
        var sicht = als(stadt.mandant(), () -> berechtigungen.sicht(stadt.anja().person(), Recht.LESEN));
        assertThat(als(stadt.mandant(), () -> teile.benutzte(sicht, Papierteile.Ort.STANDORT)))
                .containsExactly("Keller Nord");
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE vorgang SET schutzbereich_id = ? WHERE id = ?")
                    .params(berechtigungen.schutzbereich(null, stadt.ordnung(), 1, null), vorgang.id())
                    .update();
            index.vormerkenUndSperren("vorgang", java.util.List.of(vorgang.id()));
        });
        assertThat(als(stadt.mandant(), () -> teile.benutzte(sicht, Papierteile.Ort.STANDORT)))
                .isEmpty();
    }

    @Test
    void das_etikett_laesst_sich_lesen() throws Exception {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Straßenfest");
        UUID akte = vorgang.akteId();
        for (int i = 0; i < 25; i++) {
            als(stadt.mandant(), () -> teile.erfasse(stadt.anja(), Kennung.neu(), akte, null, ORDNER));
        }
        var alle = als(
                stadt.mandant(),
                () -> teile.inAkte(berechtigungen.sicht(stadt.anja().person(), Recht.LESEN), akte));
        var bogen = Etiketten.bogen(alle, "https://akten.example");
        try (var pdf = Loader.loadPDF(bogen)) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(2);
            assertThat(new PDFTextStripper().getText(pdf)).contains("P-000001", "P-000025", "Altregistratur, Raum K 3");
        }
        var eines = Etiketten.eines(alle.getFirst(), "https://akten.example");
        Files.write(de.federwerk.Haustest.DATEN.resolve("etikett.pdf"), eines);
        try (var pdf = Loader.loadPDF(eines)) {
            var bild = new PDFRenderer(pdf).renderImageWithDPI(0, 300);
            int[] punkte = bild.getRGB(0, 0, bild.getWidth(), bild.getHeight(), null, 0, bild.getWidth());
            LuminanceSource quelle = new RGBLuminanceSource(bild.getWidth(), bild.getHeight(), punkte);
            assertThat(new QRCodeReader()
                            .decode(new BinaryBitmap(new HybridBinarizer(quelle)))
                            .getText())
                    .isEqualTo("https://akten.example/papier/P-000001");
        }
    }
}
