package de.federwerk.meldung;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Teststadt;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Anmeldung;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;

class MeldungenTest extends Teststadt {

    private static final String PFAD = "/akten";

    @Autowired
    Meldungen meldungen;

    @Test
    void dasselbe_wird_nur_einmal_gesagt_auch_zugleich() throws Exception {
        var stadt = stadt();
        assertThat(sage(stadt.anja(), "aufgabe 1", "Mitzeichnung")).isTrue();
        assertThat(sage(stadt.anja(), "aufgabe 1", "Mitzeichnung, noch einmal")).isFalse();
        try (var viele = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> zweite = () -> sage(stadt.anja(), "aufgabe 2", "Zweite");
            var neue = viele.invokeAll(Collections.nCopies(8, zweite));
            long gesagt = 0;
            for (var eine : neue) if (eine.get()) gesagt++;
            assertThat(gesagt).isEqualTo(1);
        }
        assertThat(sage(stadt.petra(), "aufgabe 1", "Für Petra")).isTrue();
        assertThat(ungelesen(stadt.anja())).isEqualTo(2);
        assertThat(ungelesen(stadt.petra())).isEqualTo(1);
    }

    @Test
    void nur_wer_da_ist_und_nur_im_eigenen_haus_wird_etwas_gesagt() {
        var stadt = stadt();
        var fremde = stadt();
        assertThat(als(
                        stadt.mandant(),
                        () -> meldungen.sage(fremde.anja().person(), Meldungsart.ERLEDIGT, "x", "Fremde", "", PFAD)))
                .isFalse();
        assertThat(als(
                        stadt.mandant(),
                        () -> meldungen.sage(Kennung.neu(), Meldungsart.ERLEDIGT, "x", "Niemand", "", PFAD)))
                .isFalse();
        assertThat(ungelesen(fremde.anja())).isZero();
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE person SET gueltig_bis = now() WHERE id = ?")
                        .param(stadt.petra().person())
                        .update());
        assertThat(sage(stadt.petra(), "x", "Zu spät")).isFalse();
    }

    @Test
    void eine_meldung_ist_eine_zeile_und_fuehrt_nie_aus_dem_haus() {
        var stadt = stadt();
        sage(stadt.anja(), "lang", "Zeile\r\nBcc: x@y.example\0\u202E" + "ü".repeat(300));
        var titel = als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT titel FROM meldung").query(String.class).single());
        assertThat(titel)
                .hasSize(200)
                .startsWith("Zeile Bcc: x@y.example ü")
                .endsWith("…")
                .doesNotContainPattern("\\p{Cntrl}");
        for (var pfad : List.of(
                "",
                "akten",
                "//boese.example",
                "/\\boese.example",
                "https://boese.example/",
                "/ akten",
                "/a\nb",
                "/{x}",
                "/a".repeat(300))) {
            assertThatThrownBy(() -> als(
                            stadt.mandant(),
                            () -> meldungen.sage(stadt.anja().person(), Meldungsart.ERLEDIGT, "p", "Titel", "", pfad)))
                    .as(pfad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (var schluessel : List.of("", " ", "x".repeat(201), "a\0b")) {
            assertThatThrownBy(() -> sage(stadt.anja(), schluessel, "Titel"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> sage(stadt.anja(), "leer", " \r\n")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> meldungen.sage(stadt.anja().person(), Meldungsart.ERLEDIGT, "ohne", "Titel", "", PFAD))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void die_glocke_zaehlt_die_liste_blaettert_und_oeffnen_liest() {
        var stadt = stadt();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole("/akten").text())
                .contains("aria-label=\"Meldungen\"")
                .doesNotContain("data-neu=\"true\"");
        for (int i = 1; i <= 120; i++) sage(stadt.anja(), "nr " + i, "Meldung Nummer " + i);
        assertThat(anja.hole("/akten").text()).contains("Meldungen, mehr als 99 ungelesen", "data-neu=\"true\"");

        var seite = anja.hole("/meldungen").text();
        assertThat(seite).contains("Meldung Nummer 120<").doesNotContain("Meldung Nummer 70<");
        var zweite = anja.hole(weiter(seite)).text();
        assertThat(zweite).contains("Meldung Nummer 70<", "Meldung Nummer 21<").doesNotContain("Meldung Nummer 20<");

        var eine = kennung(stadt.mandant(), "nr 120");
        assertThat(anja.hole("/meldungen/" + eine).ziel()).isEqualTo(PFAD);
        assertThat(anja.hole("/meldungen/" + eine).ziel()).as("ein zweites Mal").isEqualTo(PFAD);
        assertThat(ungelesen(stadt.anja())).isEqualTo(100);
        assertThat(anja.hole("/meldungen").text()).as("gelesene stehen hinten").doesNotContain("Meldung Nummer 120<");

        var stand = anja.hole("/meldungen").text().replaceAll("(?s).*name=\"bis\" value=\"([^\"]+)\".*", "$1");
        sage(stadt.anja(), "danach", "Kam nach der Seite");
        assertThat(anja.sendeVon("/meldungen", "/meldungen/kenntnisnahmen", "bis", stand)
                        .ziel())
                .isEqualTo("/meldungen");
        assertThat(anja.hole("/akten").text()).contains("Meldungen, 1 ungelesen");
        for (var unsinn : List.of("-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z", ""))
            assertThat(anja.sendeVon("/meldungen", "/meldungen/kenntnisnahmen", "bis", unsinn)
                            .status())
                    .isEqualTo(302);
        assertThat(anja.hole("/akten").text()).contains("aria-label=\"Meldungen\"");
    }

    @Test
    void niemand_sonst_sieht_oeffnet_oder_zaehlt_sie() {
        var stadt = stadt();
        var fremde = stadt();
        sage(stadt.anja(), "zylinder", "Zylinder der Meldung");
        var id = kennung(stadt.mandant(), "zylinder");
        for (var fremder :
                List.of(angemeldet(stadt.mandant(), "petra.lueders"), angemeldet(fremde.mandant(), "anja.mueller"))) {
            assertThat(fremder.hole("/meldungen").text())
                    .contains("Keine Meldungen", "aria-label=\"Meldungen\"")
                    .doesNotContain("Zylinder");
            assertThat(fremder.hole("/meldungen/" + id).status()).isEqualTo(404);
            assertThat(fremder.sendeVon("/meldungen", "/meldungen/kenntnisnahmen")
                            .status())
                    .isEqualTo(302);
        }
        assertThat(ungelesen(stadt.anja())).isEqualTo(1);
        assertThat(angemeldet(stadt.mandant(), "anja.mueller").hole("/postkorb").text())
                .contains("Meldungen, 1 ungelesen");
    }

    @Test
    void was_per_mail_kommt_waehlt_jede_person_selbst() {
        var stadt = stadt();
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE person SET email = 'anja@nirgends.example' WHERE id = ?")
                        .param(stadt.anja().person())
                        .update());
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole("/meldungen").text()).contains("anja@nirgends.example");
        assertThat(angemeldet(stadt.mandant(), "petra.lueders")
                        .hole("/meldungen")
                        .text())
                .contains("keine Mailadresse eingetragen");

        assertThat(anja.sendeVon(
                                "/meldungen",
                                "/meldungen/mailwuensche",
                                "ERLEDIGT",
                                "taeglich",
                                "ERWAEHNT",
                                "nie",
                                "stunde",
                                "0")
                        .ziel())
                .startsWith("/meldungen");
        for (var art : List.of(Meldungsart.ERLEDIGT, Meldungsart.ERWAEHNT, Meldungsart.KOMMENTAR))
            als(stadt.mandant(), () -> meldungen.sage(stadt.anja().person(), art, art.name(), "Titel", "", PFAD));
        assertThat(faellig(stadt.mandant(), "ERWAEHNT")).isEqualTo("nie");
        assertThat(faellig(stadt.mandant(), "KOMMENTAR")).isEqualTo("nie");
        assertThat(faellig(stadt.mandant(), "ERLEDIGT"))
                .as("die nächste Mitternacht in Berlin")
                .isEqualTo("00:00");
        anja.sendeVon("/meldungen", "/meldungen/mailwuensche", "stunde", "23");
        assertThat(faellig(stadt.mandant(), "ERLEDIGT"))
                .as("auch für Wartendes")
                .isEqualTo("23:00");
        anja.hole("/meldungen/" + kennung(stadt.mandant(), "ERLEDIGT"));
        assertThat(faellig(stadt.mandant(), "ERLEDIGT")).as("gelesen").isEqualTo("nie");

        for (var felder : List.of(
                new String[] {"ERLEDIGT", "manchmal", "stunde", "7"},
                new String[] {"stunde", "24"},
                new String[] {"stunde", "-1"},
                new String[] {"ERLEDIGT", "nie"})) {
            assertThat(anja.sendeVon("/meldungen", "/meldungen/mailwuensche", felder)
                            .status())
                    .isEqualTo(422);
        }
    }

    private String faellig(UUID mandant, String schluessel) {
        return als(
                mandant,
                () -> jdbc.sql(
                                "SELECT coalesce(to_char(mail_ab AT TIME ZONE 'Europe/Berlin', 'HH24:MI'), 'nie') FROM meldung WHERE schluessel = ? AND (mail_ab IS NULL OR mail_ab BETWEEN now() AND now() + interval '25 hours')")
                        .param(schluessel)
                        .query(String.class)
                        .single());
    }

    private static String weiter(String seite) {
        return seite.replaceAll("(?s).*href=\"([^\"]+)\" rel=\"next\".*", "$1").replace("&amp;", "&");
    }

    private UUID kennung(UUID mandant, String schluessel) {
        return als(
                mandant,
                () -> jdbc.sql("SELECT id FROM meldung WHERE schluessel = ?")
                        .param(schluessel)
                        .query(UUID.class)
                        .single());
    }

    private boolean sage(Anmeldung wem, String schluessel, String titel) {
        return als(
                wem.mandant(),
                () -> meldungen.sage(wem.person(), Meldungsart.AUFGABE_NEU, schluessel, titel, "bis 15.10.2026", PFAD));
    }

    private int ungelesen(Anmeldung wer) {
        return als(wer.mandant(), () -> meldungen.ungelesen(wer.person()));
    }
}
