package de.federwerk.zugriff;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Ausnahmen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaenger;
import de.federwerk.zugriff.Schutzseiten.Was;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What was typed into one of the forms that change who sees a thing, as the act it means. */
@Component
class Schutzformular {

    /** How many may be named at once who keep access. */
    private static final int BLEIBENDE = 5;

    private final Schutzwechsel wechsel;
    private final Ausnahmen ausnahmen;
    private final Ausschluesse ausschluesse;
    private final Personalakten personalakten;
    private final Rechtesuche suche;

    Schutzformular(
            Schutzwechsel wechsel,
            Ausnahmen ausnahmen,
            Ausschluesse ausschluesse,
            Personalakten personalakten,
            Rechtesuche suche) {
        this.wechsel = wechsel;
        this.ausnahmen = ausnahmen;
        this.ausschluesse = ausschluesse;
        this.personalakten = personalakten;
        this.suche = suche;
    }

    /** @throws Abgelehnt (EINGABE) if something does not fit; what the act itself refuses it says when it is run */
    Runnable akt(Anmeldung wer, Schutzgut gut, Was was, Map<String, String> eingabe) {
        var neu = id(eingabe.getOrDefault("id", ""));
        var grund = eingabe.getOrDefault("grund", "").replace("\0", "").strip();
        return switch (was) {
            case FREIGABE -> {
                var wen = person(eingabe);
                var bis = tag(eingabe.getOrDefault("bis", ""));
                var recht = "bearbeiten".equals(eingabe.get("recht")) ? Recht.BEARBEITEN : Recht.LESEN;
                yield () -> ausnahmen.gebeFrei(wer, neu, gut.akte(), gut.vorgang(), wen, recht, bis, grund);
            }
            case AUSSCHLUSS -> {
                var wen = person(eingabe);
                if (wen.equals(wer.person())) {
                    throw Abgelehnt.eingabe("Sich selbst schließt man über „Ich bin befangen“ aus.");
                }
                yield () -> ausschluesse.schliesseAus(wer, neu, gut, wen, grund);
            }
            case PERSONALAKTE -> {
                var wen = person(eingabe);
                boolean hinein = "true".equals(eingabe.get("hinein"));
                yield () -> personalakten.fuehre(wer, neu, gut.akte(), wen, hinein);
            }
            case BEFANGENHEIT -> () -> ausschluesse.schliesseAus(wer, neu, gut, wer.person(), grund);
            case STUFE -> {
                int stufe = eingabe.getOrDefault("stufe", "").matches("[0-9]")
                        ? Integer.parseInt(eingabe.getOrDefault("stufe", "0"))
                        : -1;
                yield () -> wechsel.setzeStufe(wer, gut.art(), gut.id(), stufe, grund);
            }
            case UNTERBRECHUNG -> {
                var sonder = eingabe.getOrDefault("sonder", "");
                var bleibende = bleibende(eingabe);
                yield () -> wechsel.unterbreche(
                        wer,
                        gut.art(),
                        gut.id(),
                        sonder.isEmpty() ? neu : id(sonder),
                        !sonder.isEmpty(),
                        bleibende,
                        grund);
            }
            case VERERBUNG -> () -> wechsel.vererbeWieder(wer, gut.art(), gut.id(), grund);
        };
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Abgelehnt.eingabe("Das Formular ist beschädigt. Bitte öffnen Sie die Seite neu.");
        }
    }

    private UUID person(Map<String, String> eingabe) {
        var gemeint = suche.verlangeSubjekt(
                eingabe.getOrDefault("werId", ""),
                eingabe.getOrDefault("wer", ""),
                "So heißt niemand im Haus, oder mehrere. Bitte wählen Sie die Person aus der Liste, oder geben Sie den Anmeldenamen an.");
        if (!gemeint.art().equals("person")) {
            throw Abgelehnt.eingabe(
                    "Einzeln geht das nur für eine Person. Für eine Einheit, Stelle oder Rolle vergibt die Verwaltung eine Freigabe.");
        }
        return gemeint.id();
    }

    private Map<Empfaenger, Recht> bleibende(Map<String, String> eingabe) {
        var alle = new LinkedHashMap<Empfaenger, Recht>();
        for (int i = 1; i <= BLEIBENDE; i++) {
            var wer = eingabe.getOrDefault("wer" + i, "");
            var kennung = eingabe.getOrDefault("wer" + i + "Id", "");
            if (wer.isBlank() && kennung.isBlank()) {
                continue;
            }
            var gemeint = suche.verlangeSubjekt(
                    kennung,
                    wer,
                    "„" + wer + "“ gibt es nicht, oder mehrere heißen so. Bitte wählen Sie aus der Liste.");
            alle.put(
                    new Empfaenger(gemeint.art(), gemeint.id(), gemeint.name()),
                    switch (eingabe.getOrDefault("recht" + i, "")) {
                        case "bearbeiten" -> Recht.BEARBEITEN;
                        case "verwalten" -> Recht.VERWALTEN;
                        default -> Recht.LESEN;
                    });
        }
        return alle;
    }

    private static LocalDate tag(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Abgelehnt.eingabe("Bitte geben Sie an, bis wann (Tag, Monat, Jahr).");
        }
    }
}
