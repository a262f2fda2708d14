package de.federwerk.aktenplan;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.gesicht.Anzeige;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a position as people write and read them. */
final class Planworte {

    static final String GEERBT = "wie darüber";

    private static final Map<String, String> ARTEN = Map.ofEntries(
            Map.entry("a", "A"),
            Map.entry("archivieren", "A"),
            Map.entry("archiv", "A"),
            Map.entry("archivwürdig", "A"),
            Map.entry("abgeben", "A"),
            Map.entry("b", "B"),
            Map.entry("bewerten", "B"),
            Map.entry("bewertung", "B"),
            Map.entry("anbieten", "B"),
            Map.entry("v", "V"),
            Map.entry("vernichten", "V"),
            Map.entry("vernichtung", "V"),
            Map.entry("löschen", "V"));

    /** Akten are counted so far; then it says „mehr als“. */
    static final int GENAU_BIS = 10_000;

    private Planworte() {}

    /** {@code 12 offene Akten}, {@code mehr als 10.000 offene Akten}. */
    static String offeneAkten(long zahl) {
        return zahl > GENAU_BIS
                ? "mehr als " + Anzeige.zahl(GENAU_BIS) + " offene Akten"
                : Anzeige.anzahl(zahl, "offene Akte", "offene Akten");
    }

    static String aufbewahrung(@Nullable Integer jahre) {
        return jahre == null ? GEERBT : jahre < 0 ? "unbefristet" : jahre == 1 ? "1 Jahr" : jahre + " Jahre";
    }

    static String art(@Nullable String art) {
        return art == null
                ? GEERBT
                : switch (art) {
                    case "A" -> "archivieren";
                    case "V" -> "vernichten";
                    default -> "bewerten";
                };
    }

    static String beginn(@Nullable String beginn) {
        return beginn == null ? GEERBT : beginn.equals(Position.ZDA) ? "Tag der zdA" : "Ende des zdA-Jahres";
    }

    /** @throws Abgelehnt (EINGABE) if it is no Kennzeichen */
    static String liesKennzeichen(String text) {
        var kennzeichen = text.strip();
        if (kennzeichen.length() > 40 || !istKennzeichen(kennzeichen)) {
            throw Abgelehnt.eingabe("„" + gekuerzt(kennzeichen) + "“ ist kein Kennzeichen wie 66.20.03.");
        }
        return kennzeichen;
    }

    private static boolean istKennzeichen(String text) {
        boolean zeichen = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
                zeichen = true;
            } else if (zeichen && ".-/".indexOf(c) >= 0) {
                zeichen = false;
            } else {
                return false;
            }
        }
        return zeichen;
    }

    /** One line of printable characters. @throws Abgelehnt (EINGABE) if nothing is left, or too much */
    static String liesTitel(String text) {
        var titel = text.replaceAll("[\\p{Cntrl}\\p{Cs}\\p{Cn}\\p{Z}]+", " ").strip();
        if (titel.isEmpty() || titel.length() > 200) {
            throw Abgelehnt.eingabe("Der Titel fehlt oder ist länger als 200 Zeichen.");
        }
        return titel;
    }

    /** Years; -1 for ever; null not given. @throws Abgelehnt (EINGABE) if it is neither */
    static @Nullable Integer liesAufbewahrung(String text) {
        var frist = text.strip().toLowerCase(Locale.GERMAN);
        if (frist.isEmpty()) {
            return null;
        }
        if (frist.equals("unbefristet")) {
            return -1;
        }
        if (frist.matches("[0-9]{1,3}") && Integer.parseInt(frist) <= 200) {
            return Integer.valueOf(frist);
        }
        throw Abgelehnt.eingabe("Die Aufbewahrungsfrist „" + gekuerzt(frist)
                + "“ ist weder eine Zahl von Jahren (höchstens 200) noch „unbefristet“.");
    }

    /** @throws Abgelehnt (EINGABE) if it is unknown */
    static @Nullable String liesArt(String text) {
        var art = text.strip().toLowerCase(Locale.GERMAN);
        if (!art.isEmpty() && !ARTEN.containsKey(art)) {
            throw Abgelehnt.eingabe("Die Aussonderungsart „" + gekuerzt(art)
                    + "“ ist unbekannt; möglich sind archivieren, bewerten, vernichten.");
        }
        return ARTEN.get(art);
    }

    /** @throws Abgelehnt (EINGABE) if it is unknown */
    static @Nullable String liesBeginn(String text) {
        return switch (text.strip().toLowerCase(Locale.GERMAN)) {
            case "" -> null;
            case "jahresende" -> Position.JAHRESENDE;
            case "zda" -> Position.ZDA;
            default ->
                throw Abgelehnt.eingabe("Der Fristbeginn „" + gekuerzt(text)
                        + "“ ist unbekannt; möglich sind Jahresende (Ende des zdA-Jahres) und zdA (Tag der zdA).");
        };
    }

    /** @throws Abgelehnt (EINGABE) if it is no number */
    static int liesRang(String text) {
        var rang = text.strip();
        if (!rang.matches("-?[0-9]{1,8}")) {
            throw Abgelehnt.eingabe("Der Rang „" + gekuerzt(rang) + "“ ist keine ganze Zahl.");
        }
        return Integer.parseInt(rang);
    }

    static String gekuerzt(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
