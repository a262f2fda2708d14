package de.federwerk.organisation;

import de.federwerk.basis.Abgelehnt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a password must be: long, and nothing one guesses first – no word of the list of common passwords with a year behind it, nothing of
 * the own name or the town's. No rules on kinds of characters and no change by the calendar, only when somebody may know it. After BSI,
 * IT-Grundschutz-Kompendium 2023, ORP.4.A8 (rules for passwords), A22 (quality) and A23 (change only with a valid reason, compromised
 * passwords are found), and NIST SP 800-63B-4, 3.1.1.2 (blocklist, context-specific words).
 */
public final class Passwortregel {

    static final int MINDESTENS = 12;
    static final int HOECHSTENS = 200;

    /** Shorter parts of a name stand in too many honest words. */
    private static final int NAMENSTEIL = 4;
    /** So many letters must stand beside what is guessed first. */
    private static final int EIGENES = 5;

    /** What lists of stolen passwords begin with, German and English, and what a town hall would think of. Together with {@link #rest}. */
    private static final List<String> NAHELIEGEND = List.of("""
            passwort password passwd kennwort geheim secret willkommen welcome hallo hello servus moin start anfang login anmelden admin
            administrator root user benutzer gast guest test tester default standard changeme letmein bitte danke schatz schatzi baby mausi liebe
            love iloveyou ichliebedich familie mutter mama papa fussball football soccer hockey bayern dortmund schalke werder borussia ferrari
            porsche mercedes audi volkswagen deutschland germany berlin hamburg muenchen münchen koeln köln frankfurt sommer summer winter
            fruehling frühling spring herbst autumn weihnachten ostern urlaub montag dienstag mittwoch donnerstag freitag samstag sonntag januar
            februar maerz märz april juni juli august september oktober november dezember monkey dragon master shadow sunshine princess prinzessin
            superman batman starwars pokemon computer internet windows google facebook samsung iphone apple qwert qwerty qwertz asdf yxcv zxcv
            abcd trustno hund katze hase einhorn schalke04 arschloch ficken fuckyou sonnenschein sternchen engel engelchen superstar federwerk
            rathaus stadtverwaltung verwaltung buergermeister bürgermeister buergerbuero bürgerbüro gemeinde landkreis stadt amt akte eakte
            """.strip().split("\\s+"));

    private static final String[] REIHEN = {
        "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertzuiopasdfghjklyxcvbnm", "qwertyuiopasdfghjklzxcvbnm"
    };

    private Passwortregel() {}

    /** Whose password it is to be: what others know of the person. */
    record Umfeld(String anmeldename, String name, String stadt) {

        /** @throws Abgelehnt with the reason, which a person can act on */
        void pruefe(String passwort) {
            Passwortregel.pruefe(passwort, anmeldename, name, stadt);
        }
    }

    /** @throws Abgelehnt with the reason, which a person can act on */
    public static void pruefe(String passwort, String anmeldename, String name, String stadt) {
        if (passwort.length() < MINDESTENS || passwort.length() > HOECHSTENS) {
            throw Abgelehnt.eingabe("Das Passwort braucht mindestens " + MINDESTENS + " und höchstens " + HOECHSTENS
                    + " Zeichen. Mehrere Wörter hintereinander sind gut zu merken.");
        }
        var klein = passwort.toLowerCase(Locale.GERMAN);
        var bekannt = new HashSet<>(NAHELIEGEND);
        bekannt.addAll(teile(anmeldename));
        bekannt.addAll(teile(name));
        bekannt.addAll(teile(stadt));
        if (passwort.chars().distinct().count() < 5
                || klein.contains(anmeldename)
                || ausReihen(klein)
                || zuWenigEigenes(klein, bekannt)
                || zuWenigEigenes(ohneZiffernschrift(klein), bekannt)) {
            throw Abgelehnt.eingabe(
                    "Dieses Passwort gehört zu denen, die Fremde zuerst versuchen: ein häufiges Wort, eine Reihe auf der Tastatur oder Teile Ihres Namens oder des Namens der Behörde. Bitte wählen Sie ein anderes; mehrere Wörter hintereinander sind gut zu merken.");
        }
    }

    /** The words of a name, also as they are written without umlauts. */
    private static Set<String> teile(String name) {
        var teile = new HashSet<String>();
        for (var wort : name.toLowerCase(Locale.GERMAN).split("[^a-zäöüß]+")) {
            if (wort.length() >= NAMENSTEIL) {
                teile.add(wort);
                teile.add(wort.replace("ä", "ae")
                        .replace("ö", "oe")
                        .replace("ü", "ue")
                        .replace("ß", "ss"));
            }
        }
        return teile;
    }

    /** {@code p4ssw0rt}: the first thing a program tries that guesses. */
    private static String ohneZiffernschrift(String klein) {
        var anders = klein;
        for (var tausch : List.of("@a", "4a", "3e", "1i", "!i", "0o", "5s", "$s", "7t")) {
            anders = anders.replace(tausch.charAt(0), tausch.charAt(1));
        }
        return anders;
    }

    private static boolean zuWenigEigenes(String klein, Set<String> bekannt) {
        var rest = rest(klein, bekannt);
        return !rest.equals(klein) && rest.chars().filter(Character::isLetter).count() < EIGENES;
    }

    /** What is left without the known words, the longest first. */
    private static String rest(String klein, Set<String> bekannt) {
        var worte = new ArrayList<>(bekannt);
        worte.sort(Comparator.comparingInt(String::length).reversed());
        var rest = klein;
        for (var wort : worte) {
            rest = rest.replace(wort, " ");
        }
        return rest;
    }

    /** Whether it is mostly neighbours in the alphabet, the digits or on the keyboard, forwards or backwards. */
    private static boolean ausReihen(String klein) {
        int nachbarn = 0;
        for (int i = 1; i < klein.length(); i++) {
            var paar = klein.substring(i - 1, i + 1);
            var umgekehrt = new StringBuilder(paar).reverse().toString();
            if (Arrays.stream(REIHEN).anyMatch(reihe -> reihe.contains(paar) || reihe.contains(umgekehrt))) {
                nachbarn++;
            }
        }
        return nachbarn >= klein.length() * 3 / 4;
    }
}
