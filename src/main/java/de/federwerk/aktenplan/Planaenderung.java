package de.federwerk.aktenplan;

import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What happens to one position. @param vorher null if it is new */
record Planaenderung(@Nullable Position vorher, Position nachher) {

    enum Art {
        NEU("neu"),
        GEAENDERT("geändert"),
        BEENDET("beendet"),
        WIEDERAUFGENOMMEN("wieder aufgenommen");

        private final String wort;

        Art(String wort) {
            this.wort = wort;
        }

        String wort() {
            return wort;
        }
    }

    Art art() {
        if (vorher == null) {
            return Art.NEU;
        }
        if (vorher.gilt() != nachher.gilt()) {
            return nachher.gilt() ? Art.WIEDERAUFGENOMMEN : Art.BEENDET;
        }
        return Art.GEAENDERT;
    }

    /** Whether title or Kennzeichen are others now: the search shows both. */
    boolean umbenannt() {
        return vorher != null
                && !(vorher.kennzeichen().equals(nachher.kennzeichen())
                        && vorher.titel().equals(nachher.titel()));
    }

    /** In words: {@code Titel „Straßen“ statt „Wege“; liegt unter 66.20 statt 66.10}. Empty if it is new. */
    String inWorten(Planbild davor, Planbild danach) {
        if (vorher == null) {
            return "";
        }
        var worte = new ArrayList<String>();
        if (vorher.gilt() != nachher.gilt()) {
            worte.add(nachher.gilt() ? "gilt wieder" : "endet");
        }
        if (!vorher.kennzeichen().equals(nachher.kennzeichen())) {
            worte.add("Kennzeichen " + nachher.kennzeichen() + " statt " + vorher.kennzeichen());
        }
        if (!vorher.titel().equals(nachher.titel())) {
            worte.add("Titel „" + nachher.titel() + "“ statt „" + vorher.titel() + "“");
        }
        if (!Objects.equals(vorher.ueberId(), nachher.ueberId())) {
            worte.add("liegt " + danach.ort(nachher.ueberId()) + " statt " + davor.ort(vorher.ueberId()));
        }
        if (!Objects.equals(vorher.aufbewahrung(), nachher.aufbewahrung())) {
            worte.add("Aufbewahrung " + Planworte.aufbewahrung(nachher.aufbewahrung()) + " statt "
                    + Planworte.aufbewahrung(vorher.aufbewahrung()));
        }
        if (!Objects.equals(vorher.aussonderungsart(), nachher.aussonderungsart())) {
            worte.add("Aussonderung " + Planworte.art(nachher.aussonderungsart()) + " statt "
                    + Planworte.art(vorher.aussonderungsart()));
        }
        if (!Objects.equals(vorher.fristbeginn(), nachher.fristbeginn())) {
            worte.add("Fristbeginn " + Planworte.beginn(nachher.fristbeginn()) + " statt "
                    + Planworte.beginn(vorher.fristbeginn()));
        }
        if (vorher.rang() != nachher.rang()) {
            worte.add("andere Reihenfolge");
        }
        return String.join("; ", worte);
    }
}
