package de.federwerk.leistung;

import de.federwerk.basis.Sprache;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One Leistung in one version, as citizens read it in one language.
 *
 * @param leika key of the Leistungskatalog, 14 digits
 * @param text in {@code sprache}; empty where nobody has written it
 * @param deutsch the same in German
 * @param betrag the fee in euros, if there is one for all
 * @param formular name of the Formular of the house with which one applies
 * @param adresse where one applies instead, with https
 * @param ohneKonto whether one may apply without an account
 * @param lebenslagen their short names
 * @param seit since when the version holds; null: it is not published
 */
public record Leistung(
        UUID id,
        String kurzname,
        @Nullable String leika,
        UUID fassungId,
        int fassung,
        Sprache sprache,
        Leistungstext text,
        Leistungstext deutsch,
        @Nullable BigDecimal betrag,
        @Nullable String formular,
        @Nullable String adresse,
        Vertrauensniveau vertrauensniveau,
        boolean ohneKonto,
        List<String> lebenslagen,
        @Nullable Instant seit) {

    /**
     * One part of the page. Either {@code text} or {@code punkte} holds something.
     *
     * @param schluessel as in the file format
     * @param sprache in which it is written: not always the one that was asked for
     */
    public record Abschnitt(String schluessel, String ueberschrift, String text, List<String> punkte, Sprache sprache) {

        /** Its paragraphs: the text at its empty lines. */
        public List<String> absaetze() {
            return text.lines().map(String::strip).filter(z -> !z.isEmpty()).toList();
        }
    }

    public String titel() {
        return text.titel().isEmpty() ? deutsch.titel() : text.titel();
    }

    public String kurztext() {
        return text.kurztext().isEmpty() ? deutsch.kurztext() : text.kurztext();
    }

    /** In which language the title is written. */
    public Sprache titelsprache() {
        return text.titel().isEmpty() ? Sprache.DE : sprache;
    }

    /** In which language the short text is written. */
    public Sprache kurztextsprache() {
        return text.kurztext().isEmpty() ? Sprache.DE : sprache;
    }

    /** Said at the top where not all of it is written in the language that was asked for; empty otherwise. */
    public String sprachhinweis() {
        boolean fehlt = titelsprache() != sprache
                || kurztextsprache() != sprache
                || abschnitte().stream().anyMatch(a -> a.sprache() != sprache);
        return !fehlt
                ? ""
                : sprache.wort(
                        "",
                        "Parts of this page are not available in English yet and are shown in German.",
                        "Einen Teil von diesem Text gibt es noch nicht in Leichter Sprache. Dieser Teil ist in schwerer Sprache.");
    }

    /** All that there is to say, in the order of the page. */
    public List<Abschnitt> abschnitte() {
        var alle = new ArrayList<Abschnitt>();
        fuegeHinzu(
                alle,
                "beschreibung",
                "Worum es geht",
                "What it is about",
                "Darum geht es",
                text.beschreibung(),
                deutsch.beschreibung());
        fuegeHinzu(
                alle,
                "voraussetzungen",
                "Voraussetzungen",
                "Requirements",
                "Das muss so sein",
                text.voraussetzungen(),
                deutsch.voraussetzungen());
        var unterlagen = text.unterlagen().isEmpty() ? deutsch.unterlagen() : text.unterlagen();
        if (!unterlagen.isEmpty()) {
            alle.add(new Abschnitt(
                    "unterlagen",
                    sprache.wort("Das brauchen Sie", "What you need", "Das brauchen Sie"),
                    "",
                    unterlagen,
                    text.unterlagen().isEmpty() ? Sprache.DE : sprache));
        }
        fuegeHinzu(alle, "kosten", "Kosten", "Fees", "Das kostet es", text.kosten(), deutsch.kosten());
        fuegeHinzu(
                alle,
                "bearbeitungsdauer",
                "Wie lange es dauert",
                "How long it takes",
                "So lange dauert es",
                text.bearbeitungsdauer(),
                deutsch.bearbeitungsdauer());
        fuegeHinzu(
                alle,
                "fristen",
                "Fristen",
                "Deadlines",
                "Bis wann Sie das machen müssen",
                text.fristen(),
                deutsch.fristen());
        fuegeHinzu(
                alle,
                "verfahrensablauf",
                "So läuft es ab",
                "How it works",
                "So geht es",
                text.verfahrensablauf(),
                deutsch.verfahrensablauf());
        fuegeHinzu(
                alle,
                "rechtsgrundlagen",
                "Rechtsgrundlagen",
                "Legal basis",
                "Das steht im Gesetz",
                text.rechtsgrundlagen(),
                deutsch.rechtsgrundlagen());
        return alle;
    }

    private void fuegeHinzu(
            List<Abschnitt> alle, String schluessel, String de, String en, String leicht, String eigen, String ersatz) {
        var inhalt = eigen.isEmpty() ? ersatz : eigen;
        if (!inhalt.isEmpty()) {
            alle.add(new Abschnitt(
                    schluessel,
                    sprache.wort(de, en, leicht),
                    inhalt,
                    List.of(),
                    eigen.isEmpty() ? Sprache.DE : sprache));
        }
    }

    /** For JSON: strings, numbers, lists and maps only. */
    public Map<String, Object> alsMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("kurzname", kurzname);
        if (leika != null) {
            map.put("leika", leika);
        }
        map.put("fassung", fassung);
        if (seit != null) {
            map.put("seit", seit.toString());
        }
        map.put("sprache", sprache.lang());
        map.put("titel", titel());
        map.put("titelSprache", titelsprache().lang());
        map.put("kurztext", kurztext());
        map.put("kurztextSprache", kurztextsprache().lang());
        map.put("abschnitte", abschnitte().stream().map(Leistung::alsMap).toList());
        if (betrag != null) {
            map.put("betragEuro", betrag);
        }
        if (formular != null) {
            map.put("formular", formular);
        }
        if (adresse != null) {
            map.put("adresse", adresse);
        }
        map.put("vertrauensniveau", vertrauensniveau.kennung());
        map.put("ohneKonto", ohneKonto);
        map.put("lebenslagen", lebenslagen);
        return map;
    }

    private static Map<String, Object> alsMap(Abschnitt a) {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", a.schluessel());
        map.put("ueberschrift", a.ueberschrift());
        map.put("sprache", a.sprache().lang());
        if (a.punkte().isEmpty()) {
            map.put("text", a.text());
        } else {
            map.put("punkte", a.punkte());
        }
        return map;
    }
}
