package de.federwerk.arbeitsplatz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Muster;
import de.federwerk.organisation.Rolle;
import de.federwerk.posteingang.Eingaenge;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever keeps the machine running sees that something failed, and why – not whose it was. */
class StoerungsseitenTest extends Teststadt {

    private static final String FREMD = "Eine Datei, die nicht für Sie freigegeben ist";

    @Autowired
    Eingaenge eingaenge;

    @Autowired
    Blobs blobs;

    @Test
    void den_namen_einer_datei_sieht_nur_wer_sie_sehen_darf_vor_und_nach_dem_ablegen() {
        var stadt = stadt();
        var fremde = stadt();
        als(
                stadt.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.TECHNIK));
        als(
                fremde.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, fremde.petra().person(), Rolle.TECHNIK));
        var brief = eingang(stadt, "Kündigung Zylinder.pdf", Muster.verschluesseltesPdf());
        var mail = eingang(stadt, "post.eml", mail("Zylinderanlage.pdf", Muster.verschluesseltesPdf()));
        await().atMost(Duration.ofSeconds(40)).until(() -> stoerungen(stadt) == 2);

        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        var nachbarin = angemeldet(fremde.mandant(), "petra.lueders");
        assertThat(anja.hole("/stoerungen").text())
                .contains("Kündigung Zylinder.pdf", "Zylinderanlage.pdf", "Kennwort")
                .doesNotContain(FREMD);
        assertThat(petra.hole("/stoerungen").text()).doesNotContain("Zylinder").contains(FREMD, "Kennwort");
        assertThat(nachbarin.hole("/stoerungen").text())
                .doesNotContain("Zylinder", FREMD)
                .contains("Keine Störungen");

        Vorgaenge.Vorgang vorgang = vorgang(stadt, "Vorgang");
        als(stadt.mandant(), () -> {
            eingaenge.lege(stadt.anja(), brief, vorgang.id(), null, null);
            eingaenge.lege(stadt.anja(), mail, vorgang.id(), null, null);
        });
        assertThat(anja.hole("/stoerungen").text()).contains("Kündigung Zylinder.pdf", "Zylinderanlage.pdf");
        assertThat(petra.hole("/stoerungen").text()).doesNotContain("Zylinder").contains(FREMD);
    }

    @Test
    void was_aus_der_datei_zitiert_wird_sieht_ebenso_nur_wer_darf() {
        var stadt = stadt();
        als(
                stadt.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.TECHNIK));
        eingang(stadt, "Zylinder.docx", Muster.bytes("PK\3\4 kein Archiv"));
        eingang(stadt, "Zylinder.png", Muster.bytes("\u0089PNG\r\n\u001a\n"));
        eingang(stadt, "Zylinder.pdf", Muster.bytes("%PDF-1.7 Zylinder"));
        await().atMost(Duration.ofSeconds(40)).until(() -> stoerungen(stadt) >= 1);
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE stoerung SET technisch = 'java.io.IOException: darin steht Zylinder'")
                        .update());
        assertThat(angemeldet(stadt.mandant(), "anja.mueller")
                        .hole("/stoerungen")
                        .text())
                .contains("darin steht Zylinder");
        assertThat(angemeldet(stadt.mandant(), "petra.lueders")
                        .hole("/stoerungen")
                        .text())
                .contains("java.io.IOException")
                .doesNotContain("Zylinder");
    }

    private static byte[] mail(String name, byte[] anlage) {
        return ("From: a@example.org\r\nSubject: Post\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=Z\r\n\r\n--Z\r\n"
                        + "Content-Type: application/pdf; name=\"" + name
                        + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(anlage) + "\r\n--Z--\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private UUID eingang(Stadt stadt, String name, byte[] bytes) {
        return Mandantenkontext.als(stadt.mandant(), () -> {
            var id = Kennung.neu();
            var blob = blobs.schreibe(new ByteArrayInputStream(bytes));
            eingaenge.trageEin(id, "upload", blob, name, stadt.tiefbau(), Instant.now(), Protokoll.PROGRAMM);
            return id;
        });
    }

    private long stoerungen(Stadt stadt) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT count(*) FROM stoerung WHERE erledigt IS NULL")
                        .query(Long.class)
                        .single());
    }
}
