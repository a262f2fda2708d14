package de.federwerk.formular;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a form. */
public record Schritt(
        String id, Wort titel, Wort hilfe, @Nullable Ausdruck wenn, List<Abschnitt> abschnitte) {}
