package de.federwerk.portal;

import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Sprache;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** What the program itself says to citizens, in one language: {@code worte_de.properties} and its sisters beside this class. */
final class Worte {

    private static final Map<Sprache, Worte> ALLE = Arrays.stream(Sprache.values())
            .collect(() -> new EnumMap<>(Sprache.class), (m, s) -> m.put(s, new Worte(s)), Map::putAll);

    private final Properties worte = new Properties();
    private final Locale gegend;

    private Worte(Sprache sprache) {
        gegend = sprache == Sprache.EN ? Locale.UK : Locale.GERMANY;
        try (var quelle =
                        requireNonNull(Worte.class.getResourceAsStream("worte_" + sprache.kennung() + ".properties"));
                var text = new InputStreamReader(quelle, StandardCharsets.UTF_8)) {
            worte.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Worte in(Sprache sprache) {
        return requireNonNull(ALLE.get(sprache));
    }

    /** @throws IllegalArgumentException for an unknown one: a mistake in a template, which every test of that page shows */
    String wort(String schluessel) {
        var wort = worte.getProperty(schluessel);
        if (wort == null) {
            throw new IllegalArgumentException("Kein Wort für " + schluessel);
        }
        return wort;
    }

    String wort(String schluessel, Object... werte) {
        return new MessageFormat(wort(schluessel), gegend).format(werte);
    }

    Set<String> schluessel() {
        return new TreeSet<>(worte.stringPropertyNames());
    }
}
