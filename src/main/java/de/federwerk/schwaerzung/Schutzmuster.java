package de.federwerk.schwaerzung;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What one usually looks for: numbers and addresses of people, known by how they are built. */
enum Schutzmuster {
    IBAN("IBAN", "mit richtiger Prüfziffer") {
        @Override
        List<int[]> finde(String text) {
            return ibans(text);
        }
    },
    EMAIL("E-Mail-Adresse", "Name@Anbieter") {
        @Override
        List<int[]> finde(String text) {
            return treffer(ADRESSE, text);
        }
    },
    TELEFON("Telefonnummer", "beginnt mit 0 oder +") {
        @Override
        List<int[]> finde(String text) {
            return treffer(NUMMER, text).stream()
                    .filter(t -> {
                        var nummer = text.substring(t[0], t[1]);
                        long ziffern = nummer.chars().filter(Character::isDigit).count();
                        return ziffern >= 7
                                && ziffern <= 15
                                && !DATUM.matcher(nummer).lookingAt();
                    })
                    .toList();
        }
    },
    GEBURTSDATUM("Geburtsdatum", "nach „geb.“, „geboren“, „Geburtsdatum“ oder *") {
        @Override
        List<int[]> finde(String text) {
            return treffer(DATUM, text).stream()
                    .filter(t -> GEBOREN.matcher(text.substring(Math.max(0, t[0] - DAVOR), t[0]))
                            .find())
                    .toList();
        }
    },
    STEUERID("Steuer-ID", "elf Ziffern mit richtiger Prüfziffer") {
        @Override
        List<int[]> finde(String text) {
            return treffer(ELF_ZIFFERN, text).stream()
                    .filter(t -> istSteuerId(text.substring(t[0], t[1]).replace(" ", "")))
                    .toList();
        }
    },
    KFZ("Kfz-Kennzeichen", "wie B-AB 1234") {
        @Override
        List<int[]> finde(String text) {
            return treffer(KENNZEICHEN, text);
        }
    };

    /** A date of birth stands so near to the word for it, in characters. */
    private static final int DAVOR = 40;

    private static final Pattern ADRESSE =
            Pattern.compile("[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}.-]{1,190}\\.\\p{L}{2,24}");
    private static final Pattern NUMMER =
            Pattern.compile("(?<![\\p{L}\\p{N}.,/-])(?<!\\p{N} )\\(?[+0][0-9 ()/.-]{5,24}[0-9](?![\\p{L}\\p{N}])");
    private static final Pattern DATUM = Pattern.compile("(?<!\\d)\\d{1,2}\\. ?\\d{1,2}\\. ?(?:19|20)\\d{2}(?!\\d)");
    private static final Pattern GEBOREN =
            Pattern.compile("geb\\.|gebor|geburt|\\*", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern ELF_ZIFFERN = Pattern.compile("(?<!\\d)[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}(?!\\d)");
    private static final Pattern KENNZEICHEN = Pattern.compile(
            "(?<![\\p{L}\\p{N}])[A-ZÄÖÜ]{1,3}(?:-| - | )[A-Z]{1,2}[ -]?[1-9]\\d{0,3}[EH]?(?![\\p{L}\\p{N}])");
    private static final Pattern IBAN_ANFANG = Pattern.compile("(?<![\\p{L}\\p{N}])[A-Z]{2}[0-9]{2}");
    private static final BigInteger SIEBENUNDNEUNZIG = BigInteger.valueOf(97);
    /** Of the countries whose numbers are met in a German town hall; the registry of SWIFT has them all. */
    private static final Map<String, Integer> LAENGEN = Map.ofEntries(
            Map.entry("DE", 22),
            Map.entry("AT", 20),
            Map.entry("CH", 21),
            Map.entry("LI", 21),
            Map.entry("NL", 18),
            Map.entry("BE", 16),
            Map.entry("LU", 20),
            Map.entry("FR", 27),
            Map.entry("IT", 27),
            Map.entry("ES", 24),
            Map.entry("PT", 25),
            Map.entry("PL", 28),
            Map.entry("CZ", 24),
            Map.entry("DK", 18),
            Map.entry("SE", 24),
            Map.entry("GB", 22),
            Map.entry("IE", 22),
            Map.entry("TR", 26));

    private static final int IBAN_KURZ = 15;
    private static final int IBAN_LANG = 34;

    private final String wort;
    private final String hinweis;

    Schutzmuster(String wort, String hinweis) {
        this.wort = wort;
        this.hinweis = hinweis;
    }

    String wort() {
        return wort;
    }

    String hinweis() {
        return hinweis;
    }

    /** Where it stands in a text in which lines are joined by blanks: begin and end of each. */
    abstract List<int[]> finde(String text);

    private static List<int[]> treffer(Pattern muster, String text) {
        var funde = new ArrayList<int[]>();
        var suche = muster.matcher(text);
        while (suche.find()) {
            funde.add(new int[] {suche.start(), suche.end()});
        }
        return funde;
    }

    private static List<int[]> ibans(String text) {
        var funde = new ArrayList<int[]>();
        var suche = IBAN_ANFANG.matcher(text);
        while (suche.find()) {
            int ende = ibanEnde(text, suche.start());
            if (ende > 0) {
                funde.add(new int[] {suche.start(), ende});
            }
        }
        return funde;
    }

    /** Behind the last character of the number that begins here; 0 if none does. Between its characters there may be single blanks. */
    private static int ibanEnde(String text, int von) {
        Integer laenge = LAENGEN.get(text.substring(von, von + 2));
        var zeichen = new StringBuilder();
        int laengste = 0;
        for (int i = von; i < text.length() && zeichen.length() < IBAN_LANG; i++) {
            char c = text.charAt(i);
            boolean gehoertDazu = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z';
            if (!gehoertDazu && !(c == ' ' && text.charAt(i - 1) != ' ')) {
                break;
            }
            if (!gehoertDazu) {
                continue;
            }
            zeichen.append(c);
            boolean amEnde = i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1));
            boolean lang = laenge == null ? zeichen.length() >= IBAN_KURZ : zeichen.length() == laenge;
            if (amEnde && lang && stimmt(zeichen)) {
                laengste = i + 1;
            }
        }
        return laengste;
    }

    /** ISO 7064 MOD 97-10: the first four characters to the end, letters as 10 to 35; the rest is 1. */
    private static boolean stimmt(CharSequence iban) {
        var zahl = new StringBuilder();
        for (int i = 0; i < iban.length(); i++) {
            zahl.append(Character.digit(iban.charAt((i + 4) % iban.length()), 36));
        }
        return new BigInteger(zahl.toString()).mod(SIEBENUNDNEUNZIG).intValue() == 1;
    }

    /** ISO 7064 MOD 11,10 (§ 139b AO). */
    static boolean istSteuerId(String ziffern) {
        int produkt = 10;
        for (int i = 0; i < 10; i++) {
            int summe = (ziffern.charAt(i) - '0' + produkt) % 10;
            produkt = (summe == 0 ? 10 : summe) * 2 % 11;
        }
        int pruefziffer = 11 - produkt;
        return (pruefziffer == 10 ? 0 : pruefziffer) == ziffern.charAt(10) - '0';
    }
}
