package de.federwerk.formular;

import java.util.Map;

/** A text in the languages of a form: German always, English and Leichte Sprache where somebody wrote them. */
public record Wort(Map<String, String> sprachen) {

    static final Wort LEER = new Wort(Map.of());

    /** In this language, else in German; empty if there is none. */
    public String in(String sprache) {
        var text = sprachen.get(sprache);
        return text != null ? text : sprachen.getOrDefault("de", "");
    }

    public boolean leer() {
        return sprachen.isEmpty();
    }
}
