package de.federwerk.uebernahme;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

class UebernahmeseitenTest extends Teststadt {

    @Autowired
    Uebernahmen uebernahmen;

    @TempDir
    Path laufwerk;

    private static final Ausgabe STILL = new Ausgabe() {
        @Override
        public void zeile(String text) {
            // Nobody looks.
        }

        @Override
        public void fortschritt(String text) {
            // Nobody looks.
        }

        @Override
        public boolean abgebrochen() {
            return false;
        }
    };

    @Test
    void seite_und_bericht_sieht_nur_wer_die_rolle_hat_und_nur_im_eigenen_haus() throws IOException {
        var stadt = stadt();
        var fremde = stadt();
        var wort = "zylinder" + UUID.randomUUID();
        var datei = laufwerk.resolve("66.20.03 Sondernutzungen/" + wort + "/Vorgang/Brief.txt");
        Files.createDirectories(datei.getParent());
        Files.writeString(datei, "Brief");
        Files.writeString(laufwerk.resolve("lose.txt"), "lose");
        var kuerzel = jdbc.sql("SELECT kuerzel FROM mandant WHERE id = ?")
                .param(stadt.mandant())
                .query(String.class)
                .single();
        uebernahmen.fuehreAus(
                kuerzel, new Uebernahmeauftrag(laufwerk, null, false, wort + " Laufwerk K", "", "Allgemeines"), STILL);
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.TECHNIK));
        als(
                fremde.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, fremde.anja().person(), Rolle.ADMINISTRATION));
        var id = als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT id FROM uebernahme").query(UUID.class).single());
        var bericht = "/verwaltung/uebernahmen/" + id + "/bericht";

        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole("/verwaltung/uebernahmen").text())
                .contains(wort + " Laufwerk K", "2 von 2 Dateien", "1 Dokument", "1 Problem", "fertig");
        var geladen = anja.hole(bericht);
        assertThat(geladen.status()).isEqualTo(200);
        assertThat(geladen.kopf("Content-Type")).startsWith("text/csv");
        assertThat(geladen.kopf("Content-Disposition")).startsWith("attachment");
        assertThat(geladen.text()).startsWith("\uFEFFErgebnis;").contains("übernommen;", "Problem;lose.txt;");

        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        assertThat(petra.hole("/verwaltung/uebernahmen").status()).isEqualTo(403);
        assertThat(petra.hole(bericht).status()).isEqualTo(403);
        var nachbar = angemeldet(fremde.mandant(), "anja.mueller");
        assertThat(nachbar.hole("/verwaltung/uebernahmen").text())
                .contains("Noch nichts übernommen")
                .doesNotContain(wort);
        assertThat(nachbar.hole(bericht).status()).isEqualTo(404);
        assertThat(new Browser(url("")).hole(bericht).ziel()).isEqualTo("/anmelden");
    }
}
