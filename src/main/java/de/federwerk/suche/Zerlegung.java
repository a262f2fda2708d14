package de.federwerk.suche;

import de.danielnaber.jwordsplitter.EmbeddedGermanDictionary;
import de.danielnaber.jwordsplitter.GermanWordSplitter;
import de.danielnaber.jwordsplitter.InputTooLongException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts German compounds: {@code hundesteuerbescheid} → hunde, steuer, bescheid, hundesteuer, steuerbescheid. Every part and
 * every run of neighbouring parts is a word somebody may search for; a query is never cut, so that "Steuerbescheid" does not
 * find every "Bescheid". Strict: a word is cut only if all of it is made of known words (12 µs a word, measured).
 */
final class Zerlegung {

    static final Zerlegung DEUTSCH = new Zerlegung();

    private static final int KUERZESTER_TEIL = 3;
    private static final int KUERZESTES_WORT = 6;
    /** „Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz“ has 63 letters. */
    private static final int LAENGSTES_WORT = 64;

    private static final int HOECHSTENS_TEILE = 8;
    private static final int GEMERKT = 50_000;

    /** Parts that say nothing alone: nobody looks for „nach“ and means „Nachtrag“. */
    private static final Set<String> OHNE_SINN = Set.of(
            "mit",
            "los",
            "bar",
            "mal",
            "aus",
            "auf",
            "bei",
            "vor",
            "ein",
            "und",
            "der",
            "die",
            "das",
            "den",
            "des",
            "dem",
            "für",
            "nach",
            "über",
            "unter",
            "durch",
            "gegen",
            "hinter",
            "neben",
            "nicht",
            "ohne",
            "rück",
            "zurück",
            "zwischen",
            "wieder",
            "wider",
            "selbst",
            "dar",
            "her",
            "hin",
            "vers",
            "dass",
            "voll",
            "fest",
            "groß",
            "klein",
            "ober");

    private final Set<String> woerter = new HashSet<>(200_000);
    private final GermanWordSplitter schnitt;
    private final Map<String, List<String>> gemerkt = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<String>> aelteste) {
            return size() > GEMERKT;
        }
    };

    private Zerlegung() {
        EmbeddedGermanDictionary.getWords().forEach(this::merke);
        var eigene = eigene();
        eigene.stream().filter(wort -> !wort.contains("|")).forEach(this::merke);
        try {
            schnitt = new GermanWordSplitter(false, woerter);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schnitt.setStrictMode(true);
        schnitt.setMinimumWordLength(KUERZESTER_TEIL);
        eigene.stream()
                .filter(wort -> wort.contains("|"))
                .forEach(wort -> schnitt.addException(wort.replace("|", ""), List.of(wort.split("\\|"))));
    }

    /** Each word also as people without umlauts write it, and as OCR and capitals do (ss). */
    private void merke(String wort) {
        woerter.add(wort);
        String ss = wort.replace("ß", "ss");
        woerter.add(ss);
        woerter.add(ss.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"));
    }

    /** Words of the administration that the general list lacks, with their common endings. */
    private static List<String> eigene() {
        var alle = new ArrayList<String>();
        try (var datei = Zerlegung.class.getResourceAsStream("verwaltungswoerter.txt");
                var zeilen = new BufferedReader(new InputStreamReader(datei, StandardCharsets.UTF_8))) {
            zeilen.lines()
                    .map(String::strip)
                    .filter(z -> !z.isEmpty() && !z.startsWith("#"))
                    .forEach(zeile -> {
                        String[] teile = zeile.split("/", 2);
                        alle.add(teile[0]);
                        if (teile.length > 1) {
                            for (String endung : teile[1].split(",")) {
                                alle.add(teile[0] + endung.strip());
                            }
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return alle;
    }

    /** Parts and runs of {@code wort} (lower case), without the word itself; empty if it is not a compound. */
    List<String> teile(String wort) {
        if (wort.length() < KUERZESTES_WORT || wort.length() > LAENGSTES_WORT || !nurBuchstaben(wort)) {
            return List.of();
        }
        synchronized (gemerkt) {
            return gemerkt.computeIfAbsent(wort, this::laeufe);
        }
    }

    /** The smallest parts of {@code wort} (lower case), in their order; the word itself if it is not a compound. */
    List<String> stuecke(String wort) {
        if (wort.length() < KUERZESTES_WORT || wort.length() > LAENGSTES_WORT || !nurBuchstaben(wort)) {
            return List.of(wort);
        }
        List<String> stuecke;
        synchronized (gemerkt) {
            stuecke = schneide(wort);
        }
        return stuecke.size() < 2 || stuecke.size() > HOECHSTENS_TEILE
                ? List.of(wort)
                : stuecke.stream().map(this::ohneFuge).toList();
    }

    private static boolean nurBuchstaben(String wort) {
        return wort.chars().allMatch(Character::isLetter);
    }

    private List<String> laeufe(String wort) {
        List<String> stuecke = schneide(wort);
        int n = stuecke.size();
        if (n < 2 || n > HOECHSTENS_TEILE) {
            return List.of();
        }
        var laeufe = new LinkedHashSet<String>();
        for (int von = 0; von < n; von++) {
            var lauf = new StringBuilder();
            for (int bis = von; bis < n; bis++) {
                String stueck = stuecke.get(bis);
                String fertig = lauf + (bis < n - 1 ? ohneFuge(stueck) : stueck);
                if (bis > von || !OHNE_SINN.contains(fertig)) {
                    laeufe.add(fertig);
                }
                lauf.append(stueck);
            }
        }
        laeufe.remove(wort);
        return List.copyOf(laeufe);
    }

    private List<String> schneide(String wort) {
        List<String> roh;
        try {
            roh = schnitt.splitWord(wort);
        } catch (InputTooLongException zuLang) {
            return List.of();
        }
        if (!String.join("", roh).equals(wort)) {
            return List.of();
        }
        var stuecke = new ArrayList<String>();
        for (String stueck : roh) {
            // A lone "s" or "en" is an ending (seeschifffahrt|s), not a word.
            if (stueck.length() < KUERZESTER_TEIL && !stuecke.isEmpty()) {
                stuecke.set(stuecke.size() - 1, stuecke.getLast() + stueck);
            } else {
                stuecke.add(stueck);
            }
        }
        return stuecke;
    }

    /** Linking s: the stemmer takes it after most letters, but not after r (verkehrs|zeichen). Other links are endings. */
    private String ohneFuge(String stueck) {
        if (stueck.length() >= 5 && stueck.endsWith("s")) {
            String ohne = stueck.substring(0, stueck.length() - 1);
            if (!ohne.endsWith("s") && woerter.contains(ohne)) {
                return ohne;
            }
        }
        return stueck;
    }
}
