package de.federwerk.organisation;

import de.federwerk.basis.Abgelehnt;
import java.util.Locale;
import java.util.Set;

/**
 * What a password must be: long, and nothing one guesses first. No rules on kinds of characters and no expiry, as BSI
 * (IT-Grundschutz ORP.4.A22) and NIST SP 800-63B advise.
 */
final class Passwortregel {

    static final int MINDESTENS = 12;
    static final int HOECHSTENS = 200;

    /** What lists of stolen passwords begin with, and what a town hall would think of. */
    private static final Set<String> NAHELIEGEND = Set.of(
            "passwort",
            "passwortpasswort",
            "password",
            "passwordpassword",
            "kennwort",
            "geheim",
            "willkommen",
            "hallo",
            "hallohallo",
            "start",
            "admin",
            "administrator",
            "federwerk",
            "rathaus",
            "stadtverwaltung",
            "buergermeister",
            "sommer",
            "winter",
            "fruehling",
            "herbst",
            "ichliebedich",
            "schatz",
            "fussball",
            "deutschland");

    private static final String[] REIHEN = {
        "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertzuiopasdfghjklyxcvbnm", "qwertyuiopasdfghjklzxcvbnm"
    };

    private Passwortregel() {}

    /** @throws Abgelehnt with the reason, which a person can act on */
    static void pruefe(String passwort, String anmeldename) {
        if (passwort.length() < MINDESTENS || passwort.length() > HOECHSTENS) {
            throw Abgelehnt.eingabe("Das Passwort braucht mindestens " + MINDESTENS + " und höchstens " + HOECHSTENS
                    + " Zeichen. Mehrere Wörter hintereinander sind gut zu merken.");
        }
        var klein = passwort.toLowerCase(Locale.GERMAN);
        var wort = klein.replaceAll("^[^a-zäöüß]+|[^a-zäöüß]+$", "");
        if (passwort.chars().distinct().count() < 5
                || NAHELIEGEND.contains(wort)
                || wort.equals(anmeldename.replaceAll("[^a-zäöüß]", ""))
                || klein.contains(anmeldename)
                || ausReihen(klein)) {
            throw Abgelehnt.eingabe(
                    "Dieses Passwort gehört zu denen, die Fremde zuerst versuchen. Bitte wählen Sie ein anderes; mehrere Wörter hintereinander sind gut zu merken.");
        }
    }

    /** Whether it is mostly neighbours in the alphabet, the digits or on the keyboard, forwards or backwards. */
    private static boolean ausReihen(String klein) {
        int nachbarn = 0;
        for (int i = 1; i < klein.length(); i++) {
            var paar = klein.substring(i - 1, i + 1);
            var umgekehrt = new StringBuilder(paar).reverse().toString();
            for (var reihe : REIHEN) {
                if (reihe.contains(paar) || reihe.contains(umgekehrt)) {
                    nachbarn++;
                    break;
                }
            }
        }
        return nachbarn >= klein.length() * 3 / 4;
    }
}
