package de.federwerk.betrieb;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Mandanten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.posteingang.Poststellen;
import de.federwerk.protokoll.Protokoll;
import java.util.EnumSet;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An empty house without demo: one Mandant, one unit, one person who sets up the rest. The password is said once, at the first
 * start, and must be changed at the first sign-in.
 */
@Component
@Order(20)
class Ersteinrichtung implements ApplicationRunner, Startmeldung {

    static final String ANMELDENAME = "verwaltung";

    private final boolean demo;
    private final Mandanten mandanten;
    private final Einheiten einheiten;
    private final Personen personen;
    private final Berechtigungen berechtigungen;
    private final Poststellen poststellen;
    private final TransactionTemplate transaktion;
    private List<String> zeilen = List.of();

    Ersteinrichtung(
            @Value("${federwerk.demo}") boolean demo,
            Mandanten mandanten,
            Einheiten einheiten,
            Personen personen,
            Berechtigungen berechtigungen,
            Poststellen poststellen,
            TransactionTemplate transaktion) {
        this.demo = demo;
        this.mandanten = mandanten;
        this.einheiten = einheiten;
        this.personen = personen;
        this.berechtigungen = berechtigungen;
        this.poststellen = poststellen;
        this.transaktion = transaktion;
    }

    @Override
    public void run(ApplicationArguments argumente) {
        if (demo || !mandanten.alle().isEmpty()) {
            return;
        }
        var id = Kennung.neu();
        var passwort = personen.anfangspasswort();
        Mandantenkontext.als(
                id,
                () -> transaktion.executeWithoutResult(t -> {
                    mandanten.gruende(id, "stadt", "Stadtverwaltung");
                    var stadt = einheiten.richteEin(Protokoll.PROGRAMM, "Stadt", "Stadtverwaltung", null);
                    // A unit of its own: who opens the post sees what lies there, not what all others lead.
                    var post = einheiten.richteEin(Protokoll.PROGRAMM, "Post", "Poststelle", stadt);
                    poststellen.bestimme(post);
                    var person = personen.nimmAuf(Protokoll.PROGRAMM, ANMELDENAME, "", "Verwaltung", null, false);
                    personen.setzePasswort(Protokoll.PROGRAMM, person, passwort, true);
                    // Not those two who together open the record of who read what: two people are named for that.
                    for (var rolle : EnumSet.complementOf(EnumSet.of(Rolle.DATENSCHUTZ, Rolle.PERSONALRAT))) {
                        personen.gib(Protokoll.PROGRAMM, person, rolle);
                    }
                    berechtigungen.gebeFrei(
                            Subjekt.ROLLE, personen.rolle(Rolle.POSTEINGANG), Ziel.EINHEIT, post, Recht.BEARBEITEN);
                }));
        zeilen = List.of("  Erste Anmeldung: " + ANMELDENAME + ", Passwort " + passwort
                + " (wird nur jetzt angezeigt, bitte sofort ändern)");
    }

    @Override
    public List<String> zeilen() {
        return zeilen;
    }
}
