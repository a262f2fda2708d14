package de.federwerk.berechtigung;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where a person's tasks come in.
 *
 * @param subjekt the Person, Stelle or Einheit a task names
 * @param art {@code person}, {@code stelle} or {@code einheit}
 * @param person whose it is: the person's own, or that of somebody who is represented today, over any chain of deputies
 * @param persoenliches whether personal matters come in here, too; always in one's own
 */
public record Postfach(UUID subjekt, String art, UUID person, boolean persoenliches) {

    /** The subjects of some of these as an array literal. */
    public static String feld(List<Postfach> faecher, Predicate<Postfach> welche) {
        return faecher.stream()
                .filter(welche)
                .map(f -> f.subjekt.toString())
                .distinct()
                .collect(Collectors.joining(",", "{", "}"));
    }
}
