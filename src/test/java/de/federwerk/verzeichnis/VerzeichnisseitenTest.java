package de.federwerk.verzeichnis;

import static de.federwerk.verzeichnis.Testverzeichnis.DIENSTPASSWORT;
import static de.federwerk.verzeichnis.Testverzeichnis.gruppe;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import de.federwerk.Browser;
import de.federwerk.Haustest;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the administration sees and sets. */
class VerzeichnisseitenTest extends Verzeichnistest {

    private static final String SEITE = "/verwaltung/verzeichnis";
    private static final Pattern SIEGEL = Pattern.compile("name=\"versiegelt\" value=\"([^\"]*)\"");

    @Test
    void pruefen_zeigt_was_gefunden_wuerde_und_speichert_nichts_und_das_passwort_kommt_nie_heraus() throws Exception {
        var stadt = verwalteteStadt();
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var wurzel = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        wurzel.addAppender(log);
        try (var verzeichnis = new Testverzeichnis()) {
            verzeichnis.person("karin.ahrens", "Karin", "Ahrens", "Tiefbau").person("jan.orth", "Jan", "Orth");
            var anja = angemeldet(stadt.mandant(), "anja.mueller");
            assertThat(anja.sendeVon(
                                    SEITE,
                                    SEITE + "/zuordnungen",
                                    "gruppe",
                                    gruppe("Tiefbau"),
                                    "einheit",
                                    stadt.tiefbau().toString())
                            .ziel())
                    .isEqualTo(SEITE + "?gespeichert#zuordnungen");

            var blick = anja.sendeVon(
                    SEITE + "/ldap",
                    SEITE + "/ldap",
                    verzeichnis.felder("tun", "pruefen", "geheimnis", DIENSTPASSWORT));
            assertThat(blick.status()).isEqualTo(200);
            assertThat(blick.text())
                    .contains("Gefunden: 2 Personen, 1 Gruppe", "Karin Ahrens", "FD 66 · Sachbearbeitung")
                    .doesNotContain(DIENSTPASSWORT);
            assertThat(als(stadt.mandant(), () -> einstellungen.ldap())).isEmpty();

            var siegel = siegel(blick);
            assertThat(siegel).isNotEmpty();
            // The secret that was looked with opens for no other server: it could be sent anywhere.
            var woanders = anja.sende(
                    SEITE + "/ldap",
                    blick.geheim(),
                    verzeichnis.felder("tun", "pruefen", "versiegelt", siegel, "server", "127.0.0.1"));
            assertThat(woanders.status()).isEqualTo(422);
            assertThat(woanders.text()).contains("muss es neu eingegeben werden");

            assertThat(anja.sende(
                                    SEITE + "/ldap",
                                    blick.geheim(),
                                    verzeichnis.felder("tun", "speichern", "versiegelt", siegel))
                            .ziel())
                    .isEqualTo(SEITE + "?gespeichert");
            bis(
                    "der erste Abgleich läuft von selbst",
                    () -> anja.hole(SEITE).text().contains("2 Personen gefunden: 2 neu"));
            assertThat(anja.hole(SEITE + "/ldap").text())
                    .contains("Ist gesetzt")
                    .doesNotContain(DIENSTPASSWORT);
            assertThat(als(
                            stadt.mandant(),
                            () -> jdbc.sql(
                                            "SELECT to_jsonb(l)::text || (SELECT coalesce(string_agg(wert, ' '), '') FROM protokoll_inhalt WHERE mandant_id = l.mandant_id) FROM ldapverzeichnis l WHERE mandant_id = ?")
                                    .param(stadt.mandant())
                                    .query(String.class)
                                    .single()))
                    .doesNotContain(DIENSTPASSWORT)
                    .contains("gesetzt");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(Haustest.DATEN.resolve("verzeichnis.schluessel"))))
                    .isEqualTo("rw-------");

            // With the kept secret, without typing it again; and not where somebody else listens.
            assertThat(anja.sendeVon(SEITE + "/ldap", SEITE + "/ldap", verzeichnis.felder("tun", "pruefen"))
                            .text())
                    .contains("Gefunden: 2 Personen");
            assertThat(anja.sendeVon(
                                    SEITE + "/ldap",
                                    SEITE + "/ldap",
                                    verzeichnis.felder("tun", "speichern", "dienstkonto", "cn=andere"))
                            .status())
                    .isEqualTo(422);
            var felder = verzeichnis.felder("tun", "pruefen");
            verzeichnis.weg();
            assertThat(anja.sendeVon(SEITE + "/ldap", SEITE + "/ldap", felder).text())
                    .contains("ließ sich nicht lesen")
                    .contains("Es wurde nichts gespeichert");
        } finally {
            wurzel.detachAppender(log);
        }
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(z -> z.contains(DIENSTPASSWORT));
    }

    private static String siegel(Browser.Seite seite) {
        var treffer = SIEGEL.matcher(seite.text());
        assertThat(treffer.find()).isTrue();
        return treffer.group(1).replace("&#43;", "+");
    }

    @Test
    void was_nicht_stimmen_kann_wird_am_feld_gesagt() throws Exception {
        var stadt = verwalteteStadt();
        try (var verzeichnis = new Testverzeichnis()) {
            var anja = angemeldet(stadt.mandant(), "anja.mueller");
            var seite = anja.sendeVon(
                    SEITE + "/ldap",
                    SEITE + "/ldap",
                    verzeichnis.felder(
                            "tun",
                            "speichern",
                            "geheimnis",
                            "x",
                            "server",
                            "ldap.stadt.example",
                            "sicherung",
                            "OHNE",
                            "port",
                            "99999",
                            "suchbasis",
                            "kein DN",
                            "personenfilter",
                            "(uid=*",
                            "kennung",
                            "zwei worte",
                            "zertifikate",
                            "kein PEM"));
            assertThat(seite.status()).isEqualTo(422);
            for (var feld :
                    java.util.List.of("sicherung", "port", "suchbasis", "personenfilter", "kennung", "zertifikate")) {
                assertThat(seite.text()).contains("id=\"feld-" + feld + "-fehler\"");
            }
            assertThat(anja.sendeVon(
                                    SEITE + "/oidc",
                                    SEITE + "/oidc",
                                    Testverzeichnis.felder(
                                            Oidceinstellungen.anfang(),
                                            "tun",
                                            "speichern",
                                            "aussteller",
                                            "http://anmeldung.stadt.example"))
                            .text())
                    .contains("feld-aussteller-fehler");
        }
    }

    @Test
    void speichern_zwei_zugleich_wird_dem_zweiten_gesagt_von_wem_und_seine_eingabe_steht_noch_da() throws Exception {
        var stadt = verwalteteStadt();
        try (var verzeichnis = new Testverzeichnis()) {
            var anja = angemeldet(stadt.mandant(), "anja.mueller");
            var anjasSeite = anja.hole(SEITE + "/ldap");
            var zweite = angemeldet(stadt.mandant(), "anja.mueller");
            var zweiteSeite = zweite.hole(SEITE + "/ldap");
            assertThat(anjasSeite.text()).contains("name=\"fassung\" value=\"0\"");
            assertThat(anja.sende(
                                    SEITE + "/ldap",
                                    anjasSeite.geheim(),
                                    verzeichnis.felder("tun", "speichern", "fassung", "0", "geheimnis", DIENSTPASSWORT))
                            .ziel())
                    .isEqualTo(SEITE + "?gespeichert");
            var spaeter = zweite.sende(
                    SEITE + "/ldap",
                    zweiteSeite.geheim(),
                    verzeichnis.felder("tun", "speichern", "fassung", "0", "geheimnis", DIENSTPASSWORT, "takt", "77"));
            assertThat(spaeter.status()).isEqualTo(409);
            assertThat(spaeter.text())
                    .contains("inzwischen gespeichert: von Anja Müller am", "Den jetzigen Stand öffnen")
                    .contains("value=\"77\"")
                    .doesNotContain(DIENSTPASSWORT);
            assertThat(als(stadt.mandant(), () -> einstellungen.ldap())
                            .orElseThrow()
                            .wie()
                            .takt())
                    .isEqualTo(1440);
            assertThat(zweite.hole(SEITE + "/ldap").text()).contains("name=\"fassung\" value=\"1\"");
        }
        var seite = SEITE + "/oidc";
        var browser = angemeldet(stadt.mandant(), "anja.mueller");
        var felder = Testverzeichnis.felder(
                Oidceinstellungen.anfang(), "tun", "speichern", "fassung", "0", "aussteller", "https://10.0.0.5/x");
        assertThat(browser.sendeVon(seite, seite, felder).ziel()).isEqualTo(SEITE + "?gespeichert");
        var wieder = browser.sendeVon(seite, seite, felder);
        assertThat(wieder.status()).isEqualTo(409);
        assertThat(wieder.text()).contains("https://10.0.0.5/x", "inzwischen gespeichert");
    }

    @Test
    void nur_die_administration_der_eigenen_stadt_sieht_und_aendert_etwas() throws Exception {
        var stadt = verwalteteStadt();
        var fremde = verwalteteStadt();
        ordneZu(stadt, "Geheime Gruppe", stadt.tiefbau(), "Leitung");
        var zuordnung = als(stadt.mandant(), () -> zuordnungen.alle().getFirst().id());
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        for (var pfad : java.util.List.of("", "/ldap", "/oidc")) {
            assertThat(petra.hole(SEITE + pfad).status()).isEqualTo(403);
        }
        for (var pfad : java.util.List.of(
                "/ldap", "/oidc", "/zuordnungen", "/abgleiche", "/zuordnungen/" + zuordnung + "/ende")) {
            assertThat(petra.sendeVon("/postkorb", SEITE + pfad).status())
                    .as(pfad)
                    .isEqualTo(403);
        }
        var nachbar = angemeldet(fremde.mandant(), "anja.mueller");
        assertThat(nachbar.hole(SEITE).text()).doesNotContain("Geheime Gruppe");
        assertThat(nachbar.sendeVon(SEITE, SEITE + "/zuordnungen/" + zuordnung + "/ende")
                        .status())
                .isEqualTo(404);
        assertThat(als(stadt.mandant(), () -> zuordnungen.alle())).hasSize(1);
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.sendeVon(SEITE, SEITE + "/zuordnungen/" + zuordnung + "/ende")
                        .status())
                .isEqualTo(302);
        assertThat(als(stadt.mandant(), () -> zuordnungen.alle())).isEmpty();
    }
}
