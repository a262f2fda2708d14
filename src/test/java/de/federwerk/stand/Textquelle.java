package de.federwerk.stand;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * German text: laws as Markdown where a folder of them is named (12 MB give a vocabulary like that of a town hall), else the few
 * sentences that ship with the stand. Whatever is made of it depends on the random numbers only.
 */
final class Textquelle {

    private static final int KUERZESTER_ABSATZ = 40;

    private final List<String> absaetze;

    private Textquelle(List<String> absaetze) {
        this.absaetze = absaetze;
    }

    static Textquelle aus(@Nullable Path ordner) {
        try {
            if (ordner != null && Files.isDirectory(ordner)) {
                return new Textquelle(gesetze(ordner));
            }
            try (var saat = Textquelle.class.getResourceAsStream("/stand/saattext.txt")) {
                return new Textquelle(new String(saat.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(z -> !z.startsWith("#") && !z.isBlank())
                        .toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> gesetze(Path ordner) throws IOException {
        List<Path> dateien;
        try (Stream<Path> alle = Files.list(ordner)) {
            dateien = alle.filter(d -> d.toString().endsWith(".md")).sorted().toList();
        }
        var absaetze = new ArrayList<String>();
        for (var datei : dateien) {
            for (var absatz : Files.readString(datei).split("\n\\s*\n")) {
                var text = absatz.replaceAll("[#*\\\\|]+", " ")
                        .replaceAll("\\s+", " ")
                        .strip();
                if (text.length() >= KUERZESTER_ABSATZ && !text.startsWith("---")) {
                    absaetze.add(text);
                }
            }
        }
        return absaetze;
    }

    /** About {@code zeichen} characters: paragraphs that follow one another, from anywhere. */
    String text(SplittableRandom zufall, int zeichen) {
        var text = new StringBuilder(zeichen + 200);
        int ab = zufall.nextInt(absaetze.size());
        while (text.length() < zeichen) {
            var absatz = absaetze.get(ab);
            int rest = zeichen - text.length();
            text.append(absatz, 0, Math.min(absatz.length(), rest + 80)).append('\n');
            ab = (ab + 1) % absaetze.size();
        }
        return text.toString();
    }
}
