package de.federwerk.betrieb;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Mandanten;
import de.federwerk.stoerung.Stoerungen;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** That the database was away is told afterwards, to every Mandant: it concerned all of them, and healed by itself. */
@Component
class Ausfallmeldung {

    private static final String ART = "datenbank";
    private static final DateTimeFormatter UHRZEIT =
            DateTimeFormatter.ofPattern("dd.MM.uuuu, HH:mm:ss").withZone(ZoneId.of("Europe/Berlin"));

    private final Mandanten mandanten;
    private final Stoerungen stoerungen;

    Ausfallmeldung(Mandanten mandanten, Stoerungen stoerungen) {
        this.mandanten = mandanten;
        this.stoerungen = stoerungen;
    }

    @EventListener
    void nach(Datenbankausfall ausfall) {
        for (var mandant : mandanten.alle()) {
            Mandantenkontext.als(mandant.id(), () -> {
                stoerungen.melde(
                        ART,
                        mandant.id(),
                        "Datenbank",
                        ("Die Datenbank ist am %s Uhr ausgefallen und nach %d Sekunden von selbst wieder gestartet. Was gespeichert"
                                        + " war, ist da; was in diesem Augenblick abgesendet wurde und keine Bestätigung bekam, bitte"
                                        + " noch einmal absenden (doppelt wird dadurch nichts).")
                                .formatted(
                                        UHRZEIT.format(ausfall.beginn()),
                                        Math.max(1, ausfall.dauer().toSeconds())),
                        "postmaster beendet; siehe protokolle/datenbank.log");
                stoerungen.erledigt(ART, mandant.id());
            });
        }
    }
}
