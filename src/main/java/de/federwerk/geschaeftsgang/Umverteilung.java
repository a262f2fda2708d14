package de.federwerk.geschaeftsgang;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Many tasks go to somebody else at once, as when somebody is absent unexpectedly. Each for itself: what cannot be is named, the rest is done. */
@Component
class Umverteilung {

    /** Some ten seconds of work. */
    static final int HOECHSTENS = 500;

    private static final int GENANNT = 10;
    private static final int KENNUNG = 36;

    /** @param von with whom it was seen */
    record Auftrag(UUID id, Empfaenger von) {

        /** As in forms: id and recipient with a blank between; empty if it is nothing of the kind. */
        static Optional<Auftrag> lies(String text) {
            if (text.length() <= KENNUNG || text.charAt(KENNUNG) != ' ') {
                return Optional.empty();
            }
            try {
                var id = UUID.fromString(text.substring(0, KENNUNG));
                return Empfaenger.lies(text.substring(KENNUNG + 1)).map(von -> new Auftrag(id, von));
            } catch (IllegalArgumentException keine) {
                return Optional.empty();
            }
        }
    }

    /** @param nicht what could not be and why, in words; the first few */
    record Bericht(int getan, int von, List<String> nicht) {

        boolean ganz() {
            return getan == von;
        }

        /** {@code 12 von 15 Aufgaben sind umverteilt. Nicht umverteilt: …} */
        String inWorten() {
            int weitere = von - getan - nicht.size();
            return "%d von %d Aufgaben sind umverteilt. Nicht umverteilt: %s%s"
                    .formatted(
                            getan,
                            von,
                            String.join(" ", nicht),
                            weitere > 0 ? " Und %d weitere.".formatted(weitere) : "");
        }
    }

    private final Geschaeftsgang gang;
    private final Auslastung auslastung;

    Umverteilung(Geschaeftsgang gang, Auslastung auslastung) {
        this.gang = gang;
        this.auslastung = auslastung;
    }

    /** Moves one task. */
    @FunctionalInterface
    interface Weg {
        void gib(Auftrag auftrag);
    }

    /** As a head, of those whom he leads. */
    Bericht verteile(Anmeldung wer, List<Auftrag> auftraege, Empfaenger an, String grund) {
        return verteile(wer, auftraege, auftrag -> gang.verteileUm(wer, auftrag.id, auftrag.von, an, grund));
    }

    /** Outside of any transaction: each task is moved in one of its own. */
    Bericht verteile(Anmeldung wer, List<Auftrag> auftraege, Weg weg) {
        if (auftraege.isEmpty()) {
            throw Abgelehnt.eingabe("Es ist keine Aufgabe angekreuzt.");
        }
        if (auftraege.size() > HOECHSTENS) {
            throw Abgelehnt.eingabe(
                    "Auf einmal sind höchstens %d Aufgaben möglich. Es wurde nichts geändert.".formatted(HOECHSTENS));
        }
        var gescheiterte = new HashMap<UUID, String>();
        for (var auftrag : auftraege) {
            try {
                weg.gib(auftrag);
            } catch (Abgelehnt | NichtGefunden e) {
                gescheiterte.put(auftrag.id, String.valueOf(e.getMessage()));
            }
        }
        return new Bericht(auftraege.size() - gescheiterte.size(), auftraege.size(), genannt(wer, gescheiterte));
    }

    private List<String> genannt(Anmeldung wer, Map<UUID, String> gescheiterte) {
        if (gescheiterte.isEmpty()) {
            return List.of();
        }
        var titel = auslastung.titel(wer.person(), gescheiterte.keySet());
        var genannt = new ArrayList<String>();
        gescheiterte.forEach((id, grund) -> genannt.add(titel.getOrDefault(id, "Eine Aufgabe") + ": " + grund));
        return genannt.subList(0, Math.min(GENANNT, genannt.size()));
    }
}
