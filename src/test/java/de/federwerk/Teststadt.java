package de.federwerk;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.akte.Akten;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.aktenplan.Planimport;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.posteingang.Poststellen;
import de.federwerk.protokoll.Protokoll;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** A test in a small town of its own: two units that see nothing of each other, a clerk in each, a short plan. */
public abstract class Teststadt extends Haustest {

    protected static final String PASSWORT = "ein gutes Passwort";
    /**
     * Checked as every other, but quickly reckoned: slow on purpose, three or four times in each test, is minutes of all of them. Set and
     * checked the slow way are the passwords of AnmeldungTest and HausTest.
     */
    private static final @Nullable String HASH = new Argon2PasswordEncoder(16, 32, 1, 64, 1).encode(PASSWORT);

    @Autowired
    protected Einheiten einheiten;

    @Autowired
    protected Personen personen;

    @Autowired
    protected Berechtigungen berechtigungen;

    @Autowired
    protected Planimport planimport;

    @Autowired
    protected Aktenplan plan;

    @Autowired
    protected Akten akten;

    @Autowired
    protected Vorgaenge vorgaenge;

    @Autowired
    protected Poststellen poststellen;

    /** @param anja clerk of tiefbau, opens the post @param petra clerk of ordnung, no rights in tiefbau */
    protected record Stadt(UUID mandant, UUID tiefbau, UUID ordnung, Anmeldung anja, Anmeldung petra) {}

    protected Stadt stadt() {
        var mandant = neuerMandant();
        return als(mandant, () -> {
            var tiefbau = einheiten.richteEin(Protokoll.PROGRAMM, "FD 66", "Tiefbau", null);
            var ordnung = einheiten.richteEin(Protokoll.PROGRAMM, "FD 32", "Ordnung", null);
            planimport.lies(Protokoll.PROGRAMM, new StringReader("""
                    kennzeichen;titel;aufbewahrungsfrist_jahre;aussonderungsart
                    66;Tiefbau;10;bewerten
                    66.20;Straßenverwaltung;;
                    66.20.03;Sondernutzungen;;vernichten
                    66.20.05;Werbeanlagen;unbefristet;
                    """));
            var stadt = new Stadt(
                    mandant,
                    tiefbau,
                    ordnung,
                    person(mandant, "anja.mueller", "Anja", "Müller", tiefbau),
                    person(mandant, "petra.lueders", "Petra", "Lüders", ordnung));
            berechtigungen.gebeFrei(Subjekt.EINHEIT, tiefbau, Ziel.EINHEIT, tiefbau, Recht.BEARBEITEN);
            berechtigungen.gebeFrei(Subjekt.EINHEIT, ordnung, Ziel.EINHEIT, ordnung, Recht.BEARBEITEN);
            poststellen.bestimme(tiefbau);
            personen.gib(Protokoll.PROGRAMM, stadt.anja.person(), Rolle.POSTEINGANG);
            return stadt;
        });
    }

    protected Anmeldung person(UUID mandant, String anmeldename, String vorname, String nachname, UUID einheit) {
        var id = personen.nimmAuf(Protokoll.PROGRAMM, anmeldename, vorname, nachname, null, false);
        personen.setzeHash(Protokoll.PROGRAMM, id, HASH, false);
        einheiten.besetze(Protokoll.PROGRAMM, einheit, "Sachbearbeitung", false, id);
        var pseudonym = jdbc.sql("SELECT pseudonym FROM person WHERE mandant_id = ? AND id = ?")
                .params(mandant, id)
                .query(UUID.class)
                .single();
        return new Anmeldung(mandant, id, pseudonym, vorname + " " + nachname);
    }

    /** The same rights with other single grants (F) and exclusions (X). */
    protected static Sicht mit(Sicht sicht, Set<UUID> vorgaenge, Set<UUID> akten, Set<UUID> ausgeschlossen) {
        return new Sicht(
                sicht.mandant(),
                sicht.person(),
                sicht.recht(),
                sicht.ermaechtigung(),
                sicht.bereiche(),
                vorgaenge,
                akten,
                ausgeschlossen,
                List.of(),
                sicht.stand());
    }

    /** The sign-in name with its town, e.g. {@code anja.mueller@t123}. */
    protected String mitMandant(UUID mandant, String anmeldename) {
        return anmeldename + "@"
                + jdbc.sql("SELECT kuerzel FROM mandant WHERE id = ?")
                        .param(mandant)
                        .query(String.class)
                        .single();
    }

    /** A browser in which this person is signed in. */
    protected Browser angemeldet(UUID mandant, String anmeldename) {
        var browser = new Browser(url(""));
        assertThat(browser.melde(mitMandant(mandant, anmeldename), PASSWORT).ziel())
                .isEqualTo("/postkorb");
        return browser;
    }

    /** A Vorgang of Anja's in a new Akte of tiefbau. */
    protected Vorgaenge.Vorgang vorgang(Stadt stadt, String titel) {
        return als(stadt.mandant, () -> {
            var akte = akten.legeAn(
                    stadt.anja,
                    Kennung.neu(),
                    plan.gemeint("66.20.03").orElseThrow().id(),
                    stadt.tiefbau,
                    titel);
            return vorgaenge.eroeffne(stadt.anja, Kennung.neu(), akte.id(), titel);
        });
    }
}
