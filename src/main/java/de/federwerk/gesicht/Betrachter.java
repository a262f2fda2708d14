package de.federwerk.gesicht;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at a page, and what the frame shows because of that.
 *
 * @param personId goes into every form, so that what was typed before a lost session returns only to the same person
 * @param csrfName name of the request parameter that carries {@code csrfToken}
 * @param tastenkuerzel whether single-letter keys act (WCAG 2.1.4: they can be switched off)
 * @param theme {@code "hell"}, {@code "dunkel"} or {@code ""} for what the device says
 * @param vertretene whom the person represents today
 * @param meldungen unread Meldungen, counted to one more than {@link #MELDUNGEN_BIS}
 * @param entwuerfe forms for which the person has a draft, to one more than {@link #ENTWUERFE_BIS}
 * @param verweise pages that only some people have, in the menu of the person
 */
public record Betrachter(
        UUID personId,
        String person,
        String mandant,
        String csrfName,
        String csrfToken,
        boolean darfStoerungen,
        boolean darfVerwalten,
        boolean tastenkuerzel,
        String theme,
        List<Vertretener> vertretene,
        int meldungen,
        List<String> entwuerfe,
        List<Verweis> verweise) {

    /** As far as unread Meldungen are counted: beyond that nobody cares how many, and counting would go on for each page. */
    public static final int MELDUNGEN_BIS = 99;

    /** As many drafts as a page names, so that it asks the server only where there is one. Few have more. */
    public static final int ENTWUERFE_BIS = 50;

    /** A page in the menu of the person. */
    public record Verweis(String wort, String pfad, String symbol) {}

    /** Somebody the person stands in for. @param bis the last day */
    public record Vertretener(String name, LocalDate bis) {}

    String initialen() {
        return Anzeige.initialen(person);
    }

    /** For {@code entwurf.js}: the forms, separated by blanks, or {@code *} if there are too many to name. */
    String entwurfsformulare() {
        return entwuerfe.size() > ENTWUERFE_BIS ? "*" : String.join(" ", entwuerfe);
    }

    /** What the bell is called: {@code Meldungen, 3 ungelesen}. {@code live.js} says the same. */
    String glocke() {
        return meldungen == 0
                ? "Meldungen"
                : "Meldungen, " + (meldungen > MELDUNGEN_BIS ? "mehr als " + MELDUNGEN_BIS : meldungen) + " ungelesen";
    }

    /** KERN's name of the chosen theme; null leaves it to the device. */
    static @Nullable String kernThema(String theme) {
        return switch (theme) {
            case "hell" -> "light";
            case "dunkel" -> "dark";
            default -> null;
        };
    }
}
