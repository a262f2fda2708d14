package de.federwerk.betrieb;

import de.federwerk.basis.Kennung;
import de.federwerk.haus.Gruendung;
import de.federwerk.organisation.Mandanten;
import de.federwerk.organisation.Rolle;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * An empty house without demo: one Mandant, one unit, one person who sets up the rest, also further towns. The password is said once, at the
 * first start, and must be changed at the first sign-in.
 */
@Component
@Order(20)
class Ersteinrichtung implements ApplicationRunner, Startmeldung {

    static final String ANMELDENAME = "verwaltung";

    private final boolean demo;
    private final Mandanten mandanten;
    private final Gruendung gruendung;
    private List<String> zeilen = List.of();

    Ersteinrichtung(@Value("${federwerk.demo}") boolean demo, Mandanten mandanten, Gruendung gruendung) {
        this.demo = demo;
        this.mandanten = mandanten;
        this.gruendung = gruendung;
    }

    @Override
    public void run(ApplicationArguments argumente) {
        if (demo || !mandanten.alle().isEmpty()) {
            return;
        }
        var rollen = new ArrayList<>(Gruendung.ERSTE_ROLLEN);
        rollen.add(Rolle.HAUSVERWALTUNG);
        var passwort = gruendung.gruende(
                Kennung.neu(),
                "stadt",
                "Stadtverwaltung",
                null,
                new Gruendung.Verwaltung(ANMELDENAME, "", "Verwaltung"),
                rollen);
        zeilen = List.of("  Erste Anmeldung: " + ANMELDENAME + ", Passwort " + passwort
                + " (wird nur jetzt angezeigt, bitte sofort ändern)");
    }

    @Override
    public List<String> zeilen() {
        return zeilen;
    }
}
