package de.federwerk.verzeichnis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;

/** A town whose people stand in a directory. Anja administrates it. */
abstract class Verzeichnistest extends Teststadt {

    @Autowired
    Verzeichniseinstellungen einstellungen;

    @Autowired
    Gruppenzuordnungen zuordnungen;

    @Autowired
    Abgleichlauf abgleich;

    @Autowired
    Verknuepfungsfragen fragen;

    protected Stadt verwalteteStadt() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        return stadt;
    }

    /** Saves the settings; compared is when the test wants it, not by the clock of the house. */
    protected void richteEin(Stadt stadt, Ldapeinstellungen wie) {
        als(stadt.mandant(), () -> {
            var fassung = einstellungen
                    .ldap()
                    .map(Verzeichniseinstellungen.Ldap::fassung)
                    .orElse(0);
            einstellungen.speichere(stadt.anja(), fassung, wie, Testverzeichnis.DIENSTPASSWORT);
            jdbc.sql("UPDATE ldapverzeichnis SET naechster = now() + interval '1 day' WHERE mandant_id = ?")
                    .param(stadt.mandant())
                    .update();
        });
    }

    protected void richteEin(Stadt stadt, Oidceinstellungen wie) {
        als(stadt.mandant(), () -> {
            var fassung = einstellungen
                    .oidc()
                    .map(Verzeichniseinstellungen.Oidc::fassung)
                    .orElse(0);
            einstellungen.speichere(stadt.anja(), fassung, wie, "client-geheimnis");
        });
    }

    protected String kuerzel(Stadt stadt) {
        return jdbc.sql("SELECT kuerzel FROM mandant WHERE id = ?")
                .param(stadt.mandant())
                .query(String.class)
                .single();
    }

    /** An administrator says on the page that whoever asks there is this person. */
    protected void verknuepfeVonHand(Stadt stadt, Browser verwaltung, String anmeldename) {
        var frage = als(stadt.mandant(), fragen::offene).stream()
                .filter(f -> f.anmeldename().equals(anmeldename))
                .findFirst()
                .orElseThrow();
        assertThat(verwaltung
                        .sendeVon(
                                "/verwaltung/verzeichnis",
                                "/verwaltung/verzeichnis/fragen/" + frage.id() + "/verknuepfung")
                        .ziel())
                .isEqualTo("/verwaltung/verzeichnis?gespeichert#personen");
    }

    protected String gleicheAb(Stadt stadt, int bestaetigt) {
        return Mandantenkontext.als(stadt.mandant(), () -> abgleich.laufe(bestaetigt));
    }

    protected void ordneZu(Stadt stadt, String gruppe, Rolle rolle) {
        als(stadt.mandant(), () -> zuordnungen.ordneZu(stadt.anja(), gruppe, rolle.name(), null, "", false, false));
    }

    protected void ordneZu(Stadt stadt, String gruppe, UUID einheit, String stelle) {
        als(stadt.mandant(), () -> zuordnungen.ordneZu(stadt.anja(), gruppe, "", einheit, stelle, false, true));
    }

    protected UUID person(Stadt stadt, String anmeldename) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT id FROM person WHERE mandant_id = ? AND anmeldename = ?")
                        .params(stadt.mandant(), anmeldename)
                        .query(UUID.class)
                        .single());
    }

    protected String zeile(Stadt stadt, String anmeldename) {
        return als(stadt.mandant(), () -> personen.zeile(person(stadt, anmeldename)))
                .map(z -> z.name() + " | " + z.einheiten() + " | " + z.rollen() + " | " + z.gueltig())
                .orElseThrow();
    }

    protected List<String> stoerungen(Stadt stadt, String art) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT ursache FROM stoerung WHERE mandant_id = ? AND art = ? AND erledigt IS NULL")
                        .params(stadt.mandant(), art)
                        .query(String.class)
                        .list());
    }

    protected List<String> taten(Stadt stadt, UUID objekt) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "SELECT handlung FROM protokoll WHERE mandant_id = ? AND objekt_id = ? ORDER BY zeit, id")
                        .params(stadt.mandant(), objekt)
                        .query(String.class)
                        .list());
    }

    /** Where a sign-in ends. */
    protected String melde(Stadt stadt, String anmeldename, String passwort) {
        return new Browser(url(""))
                .melde(mitMandant(stadt.mandant(), anmeldename), passwort)
                .ziel();
    }

    protected Browser angemeldet(Stadt stadt, String anmeldename, String passwort) {
        var browser = new Browser(url(""));
        assertThat(browser.melde(mitMandant(stadt.mandant(), anmeldename), passwort)
                        .ziel())
                .isEqualTo("/postkorb");
        return browser;
    }

    protected static void bis(String was, java.util.concurrent.Callable<Boolean> gilt) {
        await(was)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(gilt);
    }
}
