package de.federwerk.zugriff;

import de.federwerk.gesicht.Anzeige;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in plain German by what somebody sees something. */
final class Erklaerung {

    /** One link of the chain from the person to the thing. */
    record Schritt(String titel, String text) {}

    private Erklaerung() {}

    /** One sentence for a source at this thing. */
    static String warum(Zugriffe.Zeile z, Schutzgut gut) {
        if (z.vertretener() != null) {
            return "Vertritt " + z.vertretener() + " und sieht deshalb, was dort als Aufgabe liegt: nur den Vorgang "
                    + z.vorgang() + ".";
        }
        return switch (z.art()) {
            case "freigabe" -> ort(z.zielArt(), z.ziel(), gut) + zusatz(z.grund());
            case "akte" -> "Für diese Akte einzeln freigegeben" + zusatz(z.grund());
            case "vorgang" -> "Für den Vorgang " + z.vorgang() + " einzeln freigegeben, nur dafür" + zusatz(z.grund());
            default ->
                "Hat eine laufende Aufgabe im Vorgang " + z.vorgang()
                        + ": sieht ihn, solange sie läuft, und sonst nichts.";
        };
    }

    private static String ort(String zielArt, @Nullable String ziel, Schutzgut gut) {
        return switch (zielArt) {
            case "plan" -> "Freigabe am Aktenplan „" + ziel + "“; " + gut.art().wort() + " liegt dort oder darunter";
            case "einheit" -> "Freigabe auf alles, was „" + ziel + "“ und die Einheiten darunter führen";
            default ->
                ziel == null
                        ? "Eigene Regel, die Vererbung ist hier unterbrochen"
                        : "Freigabe auf den Sonderbereich „" + ziel + "“, in dem "
                                + gut.art().wort() + " liegt";
        };
    }

    private static String zusatz(String grund) {
        return grund.isBlank() ? "." : ". Grund: " + grund;
    }

    /** Since or until when. */
    static String gilt(@Nullable Instant von, @Nullable Instant bis, boolean aufgabe) {
        return bis != null
                ? "bis " + Anzeige.datum(bis.minusMillis(1))
                : aufgabe ? "solange die Aufgabe läuft" : von == null ? "immer" : "seit " + Anzeige.datum(von);
    }

    /** How a source reaches this person, link by link. */
    static List<Schritt> kette(Zugriffe.Weg weg, String name, Schutzgut gut) {
        var kette = new ArrayList<Schritt>();
        kette.add(new Schritt(name, weg.stelle() == null ? "" : "Stelle " + weg.stelle()));
        subjekt(
                kette,
                weg.vertretener(),
                weg.subjektArt(),
                weg.subjekt(),
                weg.einheitId() != null && weg.einheitId().equals(weg.subjektId()),
                weg.einheit());
        kette.add(
                switch (weg.art()) {
                    case "freigabe" ->
                        new Schritt(
                                "darf " + weg.darf(),
                                switch (weg.zielArt()) {
                                    case "plan" -> "Freigabe am Aktenplan " + weg.ziel();
                                    case "einheit" -> "Freigabe auf das, was " + weg.ziel() + " führt";
                                    default -> weg.ziel() == null ? "Eigene Regel hier" : "Freigabe auf " + weg.ziel();
                                });
                    case "aufgabe" -> new Schritt("hat eine Aufgabe", "und darf dafür " + weg.darf());
                    default ->
                        new Schritt(
                                "darf " + weg.darf(),
                                "einzeln freigegeben"
                                        + (weg.gueltigBis() == null ? "" : " " + gilt(null, weg.gueltigBis(), false)));
                });
        kette.add(
                weg.vorgang() != null
                        ? new Schritt(weg.vorgang(), "nur dieser Vorgang")
                        : new Schritt(
                                gut.aktenzeichen() + " " + gut.titel(),
                                gut.unterbrochen() ? "eigene Regel" : "erbt von oben"));
        return kette;
    }

    private static void subjekt(
            List<Schritt> kette,
            @Nullable String vertretener,
            String art,
            @Nullable String name,
            boolean eigene,
            @Nullable String einheit) {
        if (vertretener != null) {
            kette.add(new Schritt("vertritt " + vertretener, "heute"));
        }
        switch (art) {
            case "stelle" ->
                kette.add(new Schritt(
                        "Stelle " + name, vertretener == null ? "hat sie inne" : "Stelle von " + vertretener));
            case "einheit" ->
                kette.add(new Schritt(
                        String.valueOf(name),
                        eigene || einheit == null ? "Mitglied dieser Einheit" : "Mitglied über " + einheit));
            case "rolle" -> kette.add(new Schritt("Rolle " + name, "hat diese Rolle"));
            default -> {
                // The person itself: nothing lies between.
            }
        }
    }

    /** The chain of one line of what a person sees. */
    static List<Schritt> kette(Personenzugriffe.Zeile z, String name) {
        var kette = new ArrayList<Schritt>();
        kette.add(new Schritt(name, z.stelle() == null ? "" : "Stelle " + z.stelle()));
        subjekt(
                kette,
                z.vertretener(),
                z.subjektArt(),
                z.subjekt(),
                z.einheitId() != null && z.einheitId().equals(z.subjektId()),
                z.einheit());
        kette.add(
                switch (z.art()) {
                    case "freigabe" ->
                        new Schritt(
                                "darf " + z.darf(),
                                "Freigabe " + gilt(null, z.gueltigBis(), false).replace("immer", "ohne Ende"));
                    case "aufgabe" -> new Schritt("hat eine Aufgabe", "und darf dafür " + z.darf());
                    default -> new Schritt("darf " + z.darf(), "einzeln freigegeben");
                });
        kette.add(new Schritt(was(z), ""));
        return kette;
    }

    /** What one line opens, in words. */
    static String was(Personenzugriffe.Zeile z) {
        return switch (z.zielArt()) {
            case "plan" -> "Aktenplan " + z.ziel() + " und alles darunter";
            case "einheit" -> "Was " + z.ziel() + " und die Einheiten darunter führen";
            case "sonder" -> z.ziel() == null ? "Etwas mit einer eigenen Regel" : "Sonderbereich " + z.ziel();
            case "akte" -> z.ziel() == null ? "Eine einzelne Akte, die Sie selbst nicht sehen" : "Akte " + z.ziel();
            default -> z.ziel() == null ? "Ein einzelner Vorgang, den Sie selbst nicht sehen" : "Vorgang " + z.ziel();
        };
    }

    /** Why it comes to this person, one sentence. */
    static String warum(Personenzugriffe.Zeile z) {
        if (z.art().equals("aufgabe")) {
            return z.vertretener() != null
                    ? "Vertritt heute " + z.vertretener() + ", dort liegt eine Aufgabe."
                    : "Hat darin eine laufende Aufgabe.";
        }
        if (!z.art().equals("freigabe")) {
            return "Einzeln freigegeben" + zusatz(z.grund());
        }
        return switch (z.subjektArt()) {
                    case "person" -> "Freigabe für diese Person";
                    case "stelle" -> "Freigabe für die Stelle " + z.subjekt();
                    case "einheit" -> "Freigabe für die Einheit " + z.subjekt();
                    default -> "Freigabe für die Rolle " + z.subjekt();
                }
                + zusatz(z.grund());
    }
}
