package de.federwerk.meldung;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import de.federwerk.Testpost;
import de.federwerk.Teststadt;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Mails over real SMTP. The house sends by itself every ten seconds; tests do not wait for it but send as well. */
class MailversandTest extends Teststadt {

    @Autowired
    Meldungen meldungen;

    @Autowired
    Mailwuensche wuensche;

    @Autowired
    Mailversand versand;

    @Autowired
    Buergerpost buergerpost;

    private GreenMail post;

    @BeforeEach
    void auf() {
        post = Testpost.starte();
        versand.versucheGleich();
    }

    @AfterEach
    void zu() {
        post.stop();
    }

    @Test
    void mehreres_auf_einmal_kommt_als_eine_mail_mit_umlauten_und_ohne_inhalt_im_betreff() throws Exception {
        var stadt = stadt();
        var anja = adresse(stadt.anja());
        sage(stadt.anja(), Meldungsart.ERWAEHNT, "eins", "Prüfung der Maßnahme „Süd“");
        sage(stadt.anja(), Meldungsart.VERTRETUNG, "zwei", "Vertretung ab morgen");
        sage(stadt.anja(), Meldungsart.KOMMENTAR, "drei", "Nicht gewünscht");
        sage(stadt.petra(), Meldungsart.ERWAEHNT, "eins", "Ohne Adresse");
        versende();

        var mails = an(anja, 1);
        var mail = mails.getFirst();
        assertThat(mail.getSubject()).isEqualTo("Federwerk: 2 neue Meldungen");
        assertThat(String.valueOf(mail.getContent()))
                .contains(
                        "Guten Tag Anja Müller",
                        "– Sie wurden erwähnt: Prüfung der Maßnahme „Süd“",
                        "– Vertretung: Vertretung ab morgen",
                        "https://akte.stadt.example/meldungen/" + kennung(stadt, "eins"))
                .doesNotContain("Nicht gewünscht");
        assertThat(mail.getContentType()).containsIgnoringCase("text/plain").containsIgnoringCase("utf-8");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("federwerk@stadt.example");
        assertThat(mail.getMessageID()).matches("<meldungen\\.[0-9a-f-]{36}@stadt\\.example>");
        versende();
        an(anja, 1);
    }

    @Test
    void was_bis_zur_stunde_gelesen_ist_fehlt_in_der_mail_des_tages() {
        var stadt = stadt();
        var anja = adresse(stadt.anja());
        sage(stadt.anja(), Meldungsart.AUFGABE_NEU, "gelesen", "Schon gesehen");
        sage(stadt.anja(), Meldungsart.AUFGABE_NEU, "offen", "Neue Mitzeichnung");
        sage(stadt.anja(), Meldungsart.FRIST_BALD, "frist", "Frist am Freitag");
        als(stadt.mandant(), () -> meldungen.oeffne(stadt.anja().person(), kennung(stadt, "gelesen")));
        versende();
        an(anja, 0);
        schlaegt(stadt);
        versende();
        assertThat(text(an(anja, 1).getFirst()))
                .contains("2 neue Meldungen", "Neue Mitzeichnung", "Frist am Freitag")
                .doesNotContain("Schon gesehen");
    }

    @Test
    void ein_tag_ohne_mailserver_kostet_nichts_und_danach_kommt_eine_mail() {
        var stadt = stadt();
        var anja = adresse(stadt.anja());
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.TECHNIK));
        post.stop();
        for (int i = 1; i <= 40; i++) {
            sage(stadt.anja(), Meldungsart.ERWAEHNT, "nr " + i, "Erwähnung " + i);
            if (i % 10 == 0) versende();
        }
        var browser = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(browser.hole("/stoerungen").text()).contains("Mailserver nicht erreichbar", "keine geht verloren");

        post = Testpost.starte();
        versende();
        var mail = an(anja, 1).getFirst();
        assertThat(text(mail)).contains("40 neue Meldungen", "Erwähnung 40", "… und 10 weitere.");
        versende();
        an(anja, 1);
        assertThat(browser.hole("/stoerungen").text())
                .contains("Keine Störungen", "Behoben in den letzten sieben Tagen");
    }

    @Test
    void zwei_absender_zugleich_verschicken_jede_mail_einmal() throws Exception {
        var stadt = stadt();
        var anja = adresse(stadt.anja());
        var petra = adresse(stadt.petra());
        for (int runde = 1; runde <= 5; runde++) {
            sage(stadt.anja(), Meldungsart.ERWAEHNT, "runde " + runde, "Runde " + runde + ".");
            sage(stadt.petra(), Meldungsart.ERWAEHNT, "runde " + runde, "Runde " + runde + ".");
            try (var zugleich = Executors.newVirtualThreadPerTaskExecutor()) {
                zugleich.invokeAll(java.util.Collections.nCopies(4, Executors.callable(versand::runde)));
            }
        }
        versende();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            for (var adresse : List.of(anja, petra)) {
                var alle = String.join(
                        "\n", bei(adresse).stream().map(MailversandTest::text).toList());
                for (int runde = 1; runde <= 5; runde++)
                    assertThat(alle.split("Runde " + runde + "\\.", -1))
                            .as(adresse + " " + runde)
                            .hasSize(2);
            }
        });
    }

    @Test
    void wird_das_programm_dazwischen_getoetet_kommt_dieselbe_mail_noch_einmal() throws Exception {
        var stadt = stadt();
        var anja = adresse(stadt.anja());
        sage(stadt.anja(), Meldungsart.ERWAEHNT, "eins", "Vor dem Ende");
        versende();
        an(anja, 1);
        // As if the mark that follows the sending had never been committed.
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE meldungsmail SET gesendet = NULL").update());
        sage(stadt.anja(), Meldungsart.ERWAEHNT, "zwei", "Nach dem Ende");
        versende();
        var mails = an(anja, 3);
        var alte = mails.stream().filter(m -> text(m).contains("Vor dem Ende")).toList();
        assertThat(alte).hasSize(2).allMatch(m -> !text(m).contains("Nach dem Ende"));
        assertThat(alte.getFirst().getMessageID()).isEqualTo(alte.getLast().getMessageID());
    }

    @Test
    void weder_name_noch_adresse_noch_titel_schreiben_in_den_kopf_der_mail() throws Exception {
        var stadt = stadt();
        var anja = adresse(stadt.anja());
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE person SET vorname = E'Anja\\r\\nBcc: boese@fremd.example\\r\\n\\r\\nHallo' WHERE id = ?")
                    .param(stadt.anja().person())
                    .update();
            jdbc.sql("UPDATE person SET email = E'petra@fremd.example\\r\\nBcc: boese@fremd.example' WHERE id = ?")
                    .param(stadt.petra().person())
                    .update();
        });
        sage(stadt.anja(), Meldungsart.ERWAEHNT, "eins", "Titel\r\nBcc: boese@fremd.example\r\n.\r\nQUIT");
        sage(stadt.petra(), Meldungsart.ERWAEHNT, "eins", "Für Petra");
        versende();
        var mail = an(anja, 1).getFirst();
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly(anja);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(text(mail)).contains("Titel Bcc: boese@fremd.example . QUIT");
        assertThat(post.getReceivedMessages())
                .noneMatch(m -> Arrays.toString(empfaenger(m)).contains("fremd.example"));
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT aufgegeben FROM meldungsmail WHERE person_id = ?")
                                .param(stadt.petra().person())
                                .query(String.class)
                                .single()))
                .contains("keine gültige Mailadresse");
        assertThat(angemeldet(stadt.mandant(), "petra.lueders")
                        .hole("/meldungen")
                        .text())
                .contains("Die letzte E-Mail an Sie kam nicht an");
        versende();
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT max(versuche) FROM meldungsmail")
                                .query(Integer.class)
                                .single()))
                .as("nicht immer wieder")
                .isEqualTo(1);
    }

    @Test
    void keine_stadt_bekommt_die_mails_einer_anderen() {
        var stadt = stadt();
        var fremde = stadt();
        var anja = adresse(stadt.anja());
        var nachbarin = adresse(fremde.anja());
        sage(stadt.anja(), Meldungsart.ERWAEHNT, "eins", "Zylinder");
        sage(fremde.anja(), Meldungsart.ERWAEHNT, "eins", "Kolben");
        versende();
        assertThat(text(an(anja, 1).getFirst())).contains("Zylinder").doesNotContain("Kolben");
        assertThat(text(an(nachbarin, 1).getFirst())).contains("Kolben").doesNotContain("Zylinder");
    }

    @Test
    void post_an_buerger_geht_einmal_hinaus_und_eine_adresse_die_es_nicht_gibt_haelt_niemanden_auf() throws Exception {
        var stadt = stadt();
        var id = UUID.randomUUID();
        var mensch = "mensch@" + stadt.mandant() + ".example";
        // A citizen's own transaction writes it, and reads nobody's.
        Mandantenkontext.<Void, RuntimeException>alsBuerger(stadt.mandant(), "", () -> {
            transaktion.executeWithoutResult(t -> {
                buergerpost.sende(id, "erste@" + stadt.mandant() + ".example", "Neue Nachricht", "erste");
                buergerpost.sende(id, mensch, "Neue Nachricht", "zweimal");
                var betreff = "Neue Nachricht\r\nBcc: boese@fremd.example";
                assertThat(buergerpost.sende(UUID.randomUUID(), mensch, betreff, "In Ihrem Postfach …"))
                        .isTrue();
                assertThat(buergerpost.sende(UUID.randomUUID(), "keine\r\nadresse", "x", "x"))
                        .isFalse();
            });
            return null;
        });
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE buergermail SET email = 'niemand' WHERE id = ?")
                        .param(id)
                        .update());
        versende();
        var mail = an(mensch, 1).getFirst();
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(text(mail)).contains("Neue Nachricht Bcc", "In Ihrem Postfach …");
        versende();
        an(mensch, 1);
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM buergermail WHERE text <> ''")
                                .query(Long.class)
                                .single()))
                .as("was gesendet oder aufgegeben ist, behält seinen Text nicht")
                .isZero();
    }

    /** All that is due has been sent when this returns, by whomever; or could not be. */
    private void versende() {
        versand.versucheGleich();
        versand.runde();
    }

    private void sage(Anmeldung wem, Meldungsart art, String schluessel, String titel) {
        als(wem.mandant(), () -> {
            meldungen.sage(wem.person(), art, schluessel, titel, "", "/akten");
        });
    }

    /** As if the hour of the daily mail had come. */
    private void schlaegt(Stadt stadt) {
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE meldung SET mail_ab = now() WHERE mail_ab IS NOT NULL")
                        .update());
    }

    /** Gives the person an address of its own in this test. */
    private String adresse(Anmeldung wer) {
        var adresse = wer.name().split(" ")[0].toLowerCase(java.util.Locale.ROOT) + "@" + wer.mandant() + ".example";
        als(
                wer.mandant(),
                () -> jdbc.sql("UPDATE person SET email = ? WHERE id = ?")
                        .params(adresse, wer.person())
                        .update());
        return adresse;
    }

    private UUID kennung(Stadt stadt, String schluessel) {
        return Mandantenkontext.als(
                stadt.mandant(),
                () -> transaktion.execute(t -> jdbc.sql("SELECT id FROM meldung WHERE schluessel = ? AND person_id = ?")
                        .params(schluessel, stadt.anja().person())
                        .query(UUID.class)
                        .single()));
    }

    /** What has arrived at this address, once it is as many; the house may be sending at this moment. */
    private List<MimeMessage> an(String adresse, int anzahl) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(bei(adresse)).hasSize(anzahl));
        return bei(adresse);
    }

    private List<MimeMessage> bei(String adresse) {
        return Arrays.stream(post.getReceivedMessages())
                .filter(m -> Arrays.toString(empfaenger(m)).equals("[" + adresse + "]"))
                .toList();
    }

    private static Object[] empfaenger(MimeMessage mail) {
        try {
            return mail.getRecipients(Message.RecipientType.TO);
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(MimeMessage mail) {
        try {
            return mail.getSubject() + "\n" + mail.getContent();
        } catch (jakarta.mail.MessagingException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
