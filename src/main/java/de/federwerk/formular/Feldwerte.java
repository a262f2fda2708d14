package de.federwerk.formular;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The settings that only some kinds of fields have. */
record Feldwerte(Knotenleser json, ObjectNode k, String ort, Feldart art) {

    private static final List<String> TYPEN = List.of("pdf", "bild", "text");
    private static final List<String> ALLE = List.of("id", "art", "titel", "hilfe", "wenn");

    static String[] erlaubt(Feldart art) {
        var mehr = new ArrayList<>(ALLE);
        if (art != Feldart.HINWEIS && art != Feldart.BERECHNET) {
            mehr.add("pflicht");
        }
        mehr.addAll(
                switch (art) {
                    case TEXT -> List.of("mindestens", "hoechstens", "muster", "selbst");
                    case MEHRZEILIG -> List.of("mindestens", "hoechstens");
                    case ZAHL -> List.of("von", "bis", "stellen", "einheit");
                    case GELD -> List.of("von", "bis");
                    case DATUM -> List.of("zeit", "selbst");
                    case NAME, ANSCHRIFT, EMAIL, TELEFON -> List.of("selbst");
                    case AUSWAHL -> List.of("wahl", "liste");
                    case MEHRFACH -> List.of("wahl", "mindestens", "hoechstens");
                    case DATEI -> List.of("typen", "mb", "mindestens", "hoechstens", "nachweis");
                    case EINWILLIGUNG -> List.of("text", "fassung");
                    case HINWEIS -> List.of("text");
                    case BERECHNET -> List.of("rechnung", "ergebnis", "einheit", "stellen");
                    case JANEIN, IBAN, KENNZEICHEN, ORT -> List.<String>of();
                });
        return mehr.toArray(String[]::new);
    }

    int mindestens() {
        return json.ganz(k, ort, "mindestens", 0, 0, 10_000);
    }

    int hoechstens() {
        int ueblich = switch (art) {
            case MEHRZEILIG -> 4_000;
            case DATEI -> 1;
            default -> 200;
        };
        int hoechste = art == Feldart.DATEI ? 50 : 10_000;
        return json.ganz(k, ort, "hoechstens", ueblich, Math.max(1, mindestens()), hoechste);
    }

    @Nullable
    Muster muster() {
        var name = json.kurz(k, ort, "muster", 60);
        if (name.isEmpty()) {
            return null;
        }
        var muster = Muster.von(name).orElse(null);
        if (muster == null) {
            json.mangel(ort + ".muster", "Ein Muster „" + name + "“ gibt es nicht.");
        }
        return muster;
    }

    String zeit() {
        var zeit = json.kurz(k, ort, "zeit", 20);
        if (!List.of("", "vergangen", "kuenftig").contains(zeit)) {
            json.mangel(ort + ".zeit", "Möglich sind „vergangen“ und „kuenftig“.");
        }
        return zeit;
    }

    List<String> typen() {
        if (art != Feldart.DATEI) {
            return List.of();
        }
        var typen = new ArrayList<String>();
        for (var typ : k.path("typen")) {
            if (!TYPEN.contains(typ.asString(""))) {
                json.mangel(ort + ".typen", "Möglich sind „pdf“, „bild“ und „text“.");
            }
            typen.add(typ.asString(""));
        }
        return typen.isEmpty() ? List.of("pdf", "bild") : List.copyOf(typen);
    }

    String fassung() {
        var fassung = json.kurz(k, ort, "fassung", 40);
        if (art == Feldart.EINWILLIGUNG && fassung.isEmpty()) {
            json.mangel(ort + ".fassung", "Hier fehlt die Fassung des Textes, in den eingewilligt wird, etwa 2026-12.");
        }
        return fassung;
    }
}
