package de.federwerk.akte;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** One field of an Akte, a Vorgang or a Dokument set as its form would set it; all others stay as they are. */
@Component
public class Einzelfeld {

    private final Pflege pflege;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Berechtigungen berechtigungen;

    Einzelfeld(Pflege pflege, Akten akten, Vorgaenge vorgaenge, Dokumente dokumente, Berechtigungen berechtigungen) {
        this.pflege = pflege;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.berechtigungen = berechtigungen;
    }

    /**
     * What stands in it, as the form shows it.
     *
     * @param feld as the form calls it
     * @throws Abgelehnt (EINGABE) if it has no such field; as the form refuses, if the person may not change it
     */
    @Transactional(readOnly = true)
    public String wert(Anmeldung wer, Art art, UUID id, String feld) {
        var wert = felder(wer, art, id).get(feld);
        if (wert == null) {
            throw Abgelehnt.eingabe("Hat dieses Feld nicht, weil die Aktenart eine andere ist.");
        }
        return wert;
    }

    private Map<String, String> felder(Anmeldung wer, Art art, UUID id) {
        return switch (art) {
            case AKTE -> pflege.felder(akten.zumVerlegen(wer, id));
            case VORGANG -> pflege.felder(vorgaenge.aenderbar(wer, id));
            case DOKUMENT -> Pflege.felder(dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id));
        };
    }

    /**
     * @param kennung which person was chosen from the list; empty if none, or none is asked for
     * @return what stood in it before
     * @throws Abgelehnt as the form; (KONFLIKT) if it stands there already
     */
    @Transactional
    public String setze(Anmeldung wer, Art art, UUID id, String feld, String wert, String kennung) {
        var vorher = wert(wer, art, id, feld);
        if (vorher.equals(wert)) {
            throw Abgelehnt.konflikt("Hat schon diesen Wert; es war nichts zu ändern.");
        }
        var jetzt = felder(wer, art, id);
        var neu = new HashMap<>(jetzt);
        neu.put(feld, wert);
        var ausgang = switch (art) {
            case AKTE -> pflege.aendereAkte(wer, id, jetzt, neu, kennung);
            case VORGANG -> pflege.aendereVorgang(wer, id, jetzt, neu, kennung);
            case DOKUMENT -> pflege.aendereDokument(wer, id, jetzt, neu);
        };
        if (!ausgang.widersprueche().isEmpty()) {
            throw Abgelehnt.konflikt("Wurde im selben Augenblick von jemand anderem geändert und bleibt so.");
        }
        return vorher;
    }
}
