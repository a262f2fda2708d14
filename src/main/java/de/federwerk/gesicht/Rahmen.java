package de.federwerk.gesicht;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the frame around a page must know: who looks, for which Mandant, and what the navigation may show.
 *
 * @param personId goes into every form, so that what was typed before a lost session returns only to the same person
 * @param csrfName name of the request parameter that carries {@code csrfToken}
 * @param bereich the active area, if the page belongs to one
 * @param tastenkuerzel whether single-letter keys act (WCAG 2.1.4: they can be switched off)
 * @param theme {@code "hell"}, {@code "dunkel"} or {@code ""} for what the device says
 * @param suchtext what stands in the search field
 * @param zahlen open items per area; a missing area shows no number
 * @param vertretene whom the person represents today
 * @param meldungen unread Meldungen, counted to one more than {@link #MELDUNGEN_BIS}
 * @param entwuerfe forms for which the person has a draft, to one more than {@link #ENTWUERFE_BIS}
 * @param verweise pages that only some people have, in the menu of the person
 */
public record Rahmen(
        UUID personId,
        String person,
        String initialen,
        String mandant,
        String csrfName,
        String csrfToken,
        @Nullable Bereich bereich,
        boolean darfStoerungen,
        boolean darfVerwalten,
        boolean tastenkuerzel,
        String theme,
        String suchtext,
        Map<Bereich, Long> zahlen,
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

    /** As pages need it first: no active area, empty search field, no numbers, nobody represented. */
    public Rahmen(
            UUID personId,
            String person,
            String mandant,
            String csrfName,
            String csrfToken,
            boolean darfStoerungen,
            boolean darfVerwalten,
            boolean tastenkuerzel,
            String theme) {
        this(
                personId,
                person,
                Anzeige.initialen(person),
                mandant,
                csrfName,
                csrfToken,
                null,
                darfStoerungen,
                darfVerwalten,
                tastenkuerzel,
                theme,
                "",
                Map.of(),
                List.of(),
                0,
                List.of(),
                List.of());
    }

    /** The same frame with {@code bereich} marked in the navigation. */
    public Rahmen in(Bereich bereich) {
        return new Rahmen(
                personId,
                person,
                initialen,
                mandant,
                csrfName,
                csrfToken,
                bereich,
                darfStoerungen,
                darfVerwalten,
                tastenkuerzel,
                theme,
                suchtext,
                zahlen,
                vertretene,
                meldungen,
                entwuerfe,
                verweise);
    }

    /** The same frame with {@code text} in the search field. */
    public Rahmen mitSuche(String text) {
        return new Rahmen(
                personId,
                person,
                initialen,
                mandant,
                csrfName,
                csrfToken,
                bereich,
                darfStoerungen,
                darfVerwalten,
                tastenkuerzel,
                theme,
                text,
                zahlen,
                vertretene,
                meldungen,
                entwuerfe,
                verweise);
    }

    /** The same frame with numbers of open items at the areas. */
    public Rahmen mitZahlen(Map<Bereich, Long> zahlen) {
        return new Rahmen(
                personId,
                person,
                initialen,
                mandant,
                csrfName,
                csrfToken,
                bereich,
                darfStoerungen,
                darfVerwalten,
                tastenkuerzel,
                theme,
                suchtext,
                zahlen,
                vertretene,
                meldungen,
                entwuerfe,
                verweise);
    }

    /** The same frame with whom the person represents today. */
    public Rahmen mitVertretenen(List<Vertretener> vertretene) {
        return new Rahmen(
                personId,
                person,
                initialen,
                mandant,
                csrfName,
                csrfToken,
                bereich,
                darfStoerungen,
                darfVerwalten,
                tastenkuerzel,
                theme,
                suchtext,
                zahlen,
                vertretene,
                meldungen,
                entwuerfe,
                verweise);
    }

    /** The same frame with this number of unread Meldungen at the bell. */
    public Rahmen mitMeldungen(int meldungen) {
        return new Rahmen(
                personId,
                person,
                initialen,
                mandant,
                csrfName,
                csrfToken,
                bereich,
                darfStoerungen,
                darfVerwalten,
                tastenkuerzel,
                theme,
                suchtext,
                zahlen,
                vertretene,
                meldungen,
                entwuerfe,
                verweise);
    }

    /** The same frame with the forms for which the person has a draft. */
    public Rahmen mitEntwuerfen(List<String> entwuerfe) {
        return new Rahmen(
                personId,
                person,
                initialen,
                mandant,
                csrfName,
                csrfToken,
                bereich,
                darfStoerungen,
                darfVerwalten,
                tastenkuerzel,
                theme,
                suchtext,
                zahlen,
                vertretene,
                meldungen,
                entwuerfe,
                verweise);
    }

    /** The same frame with these pages in the menu of the person. */
    public Rahmen mitVerweisen(List<Verweis> verweise) {
        return new Rahmen(
                personId,
                person,
                initialen,
                mandant,
                csrfName,
                csrfToken,
                bereich,
                darfStoerungen,
                darfVerwalten,
                tastenkuerzel,
                theme,
                suchtext,
                zahlen,
                vertretene,
                meldungen,
                entwuerfe,
                verweise);
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

    /** The areas this person may enter, in the order of the navigation. */
    List<Bereich> bereiche() {
        return Arrays.stream(Bereich.values())
                .filter(b -> b != Bereich.STOERUNGEN || darfStoerungen)
                .filter(b -> b != Bereich.VERWALTUNG || darfVerwalten)
                .toList();
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
