package de.federwerk.leistung;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Sprache;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that one version says, in all its languages.
 *
 * @param formular name of a Formular of the house; not both it and {@code adresse}
 * @param adresse with https
 */
public record Leistungsangaben(
        Map<Sprache, Leistungstext> texte,
        @Nullable BigDecimal betrag,
        @Nullable String formular,
        @Nullable String adresse,
        Vertrauensniveau vertrauensniveau,
        boolean ohneKonto,
        List<String> lebenslagen) {

    private static final Pattern KURZNAME = Pattern.compile("[a-z0-9-]{1,60}");
    private static final Pattern FORMULAR = Pattern.compile("[a-z0-9-]{1,100}");
    private static final Pattern LEIKA = Pattern.compile("\\d{14}");
    private static final Pattern BETRAG = Pattern.compile("\\d{1,8}(,\\d{1,2})?");

    static Leistungsangaben mitTitel(String titel) {
        return new Leistungsangaben(
                Map.of(Sprache.DE, Leistungstext.mitTitel(titel)),
                null,
                null,
                null,
                Vertrauensniveau.OHNE,
                true,
                List.of());
    }

    /** The German title. */
    String titel() {
        return texte.getOrDefault(Sprache.DE, Leistungstext.LEER).titel();
    }

    static void pruefeKurzname(String kurzname) {
        if (!KURZNAME.matcher(kurzname).matches()
                || kurzname.startsWith("-")
                || kurzname.endsWith("-")
                || kurzname.contains("--")) {
            throw Abgelehnt.eingabe(
                    "Der Kurzname steht in der Adresse der Seite: nur kleine Buchstaben ohne Umlaute, Ziffern und einzelne Bindestriche dazwischen, bis 60 Zeichen. Zum Beispiel „hund-anmelden“.");
        }
    }

    static @Nullable String leika(@Nullable String getippt) {
        var schluessel = getippt == null ? "" : getippt.replaceAll("\\s", "");
        if (schluessel.isEmpty()) {
            return null;
        }
        if (!LEIKA.matcher(schluessel).matches()) {
            throw Abgelehnt.eingabe("Ein LeiKa-Schlüssel hat 14 Ziffern. Es wurde nichts geändert.");
        }
        return schluessel;
    }

    /** As people type it, e.g. 30,70. */
    static @Nullable BigDecimal betrag(String getippt) {
        var zahl = getippt.replace("€", "").replaceAll("\\s", "");
        if (zahl.isEmpty()) {
            return null;
        }
        if (!BETRAG.matcher(zahl).matches()) {
            throw Abgelehnt.eingabe("Der Betrag „" + getippt.strip()
                    + "“ ist nicht zu lesen. Schreiben Sie ihn so: 30,70. Es wurde nichts gespeichert.");
        }
        return new BigDecimal(zahl.replace(',', '.'));
    }

    Map<String, @Nullable Object> spalten() {
        var spalten = new HashMap<String, @Nullable Object>();
        spalten.put("betrag", betrag);
        spalten.put("formular", formular);
        spalten.put("adresse", adresse);
        spalten.put("niveau", vertrauensniveau.kennung());
        spalten.put("ohneKonto", ohneKonto);
        spalten.put("lebenslagen", lebenslagen.toArray(String[]::new));
        return spalten;
    }

    /** Languages of which nothing is written are left out. @throws Abgelehnt (EINGABE) naming what does not fit */
    Leistungsangaben geprueft() {
        var gute = new EnumMap<Sprache, Leistungstext>(Sprache.class);
        texte.forEach((sprache, t) -> {
            if (!t.leer()) {
                gute.put(sprache, geprueft(sprache, t));
            }
        });
        if (!gute.containsKey(Sprache.DE)) {
            throw Abgelehnt.eingabe("Der deutsche Titel fehlt. Er ist immer nötig. Es wurde nichts gespeichert.");
        }
        if (formular != null && adresse != null) {
            throw Abgelehnt.eingabe(
                    "Geben Sie entweder ein Formular oder eine Adresse an, nicht beides. Es wurde nichts gespeichert.");
        }
        if (formular != null && !FORMULAR.matcher(formular).matches()) {
            throw Abgelehnt.eingabe(
                    "Der Name eines Formulars besteht aus kleinen Buchstaben, Ziffern und Bindestrichen. Es wurde nichts gespeichert.");
        }
        if (adresse != null && (!adresse.startsWith("https://") || adresse.length() > 500 || adresse.contains(" "))) {
            throw Abgelehnt.eingabe(
                    "Die Adresse muss mit https:// beginnen und darf bis 500 Zeichen lang sein. Es wurde nichts gespeichert.");
        }
        if (ohneKonto && vertrauensniveau != Vertrauensniveau.OHNE) {
            throw Abgelehnt.eingabe(
                    "Wer ohne Konto beantragen darf, kann kein Vertrauensniveau nachweisen. Wählen Sie „"
                            + Vertrauensniveau.OHNE.bezeichnung()
                            + "“ oder nehmen Sie das Häkchen heraus. Es wurde nichts gespeichert.");
        }
        if (lebenslagen.stream().anyMatch(l -> !FORMULAR.matcher(l).matches())) {
            throw Abgelehnt.eingabe("Eine der Lebenslagen gibt es nicht. Es wurde nichts gespeichert.");
        }
        if (lebenslagen.size() > 20) {
            throw Abgelehnt.eingabe("Mehr als 20 Lebenslagen passen zu keiner Leistung. Es wurde nichts gespeichert.");
        }
        return new Leistungsangaben(
                gute,
                betrag == null ? null : betrag.setScale(2, RoundingMode.HALF_UP),
                formular,
                adresse,
                vertrauensniveau,
                ohneKonto,
                List.copyOf(lebenslagen));
    }

    private static Leistungstext geprueft(Sprache sprache, Leistungstext t) {
        if (t.titel().isBlank()) {
            throw Abgelehnt.eingabe("Der Titel fehlt (" + sprache.bezeichnung() + "). Es wurde nichts gespeichert.");
        }
        var wo = sprache.bezeichnung();
        return new Leistungstext(
                kurz(zeile(t.titel()), 200, "Der Titel", wo),
                kurz(zeile(t.kurztext()), 500, "Der Kurztext", wo),
                kurz(mehrere(t.beschreibung()), 10_000, "Die Beschreibung", wo),
                kurz(mehrere(t.voraussetzungen()), 5000, "Der Text der Voraussetzungen", wo),
                zeilen(t.unterlagen(), 50, "Unterlagen", wo),
                kurz(mehrere(t.kosten()), 2000, "Der Text der Kosten", wo),
                kurz(mehrere(t.bearbeitungsdauer()), 1000, "Die Bearbeitungsdauer", wo),
                kurz(mehrere(t.fristen()), 2000, "Der Text der Fristen", wo),
                kurz(mehrere(t.rechtsgrundlagen()), 2000, "Der Text der Rechtsgrundlagen", wo),
                kurz(mehrere(t.verfahrensablauf()), 5000, "Der Verfahrensablauf", wo),
                zeilen(t.suchworte(), 100, "Suchworte", wo));
    }

    private static String kurz(String text, int hoechstens, String was, String wo) {
        if (text.length() > hoechstens) {
            throw Abgelehnt.eingabe(
                    "%s (%s) hat mehr als %d Zeichen. Es wurde nichts gespeichert.".formatted(was, wo, hoechstens));
        }
        return text;
    }

    private static List<String> zeilen(List<String> alle, int hoechstens, String was, String wo) {
        var gute = alle.stream()
                .map(Leistungsangaben::zeile)
                .filter(z -> !z.isEmpty())
                .distinct()
                .toList();
        if (gute.size() > hoechstens || gute.stream().anyMatch(z -> z.length() > 500)) {
            throw Abgelehnt.eingabe(
                    "%s (%s): möglich sind %d Zeilen von je höchstens 500 Zeichen. Es wurde nichts gespeichert."
                            .formatted(was, wo, hoechstens));
        }
        return gute;
    }

    static String zeile(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    /** Line ends alike, nothing invisible. */
    private static String mehrere(String text) {
        return text.replace("\r\n", "\n")
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .strip();
    }

    static List<String> inZeilen(String text) {
        return Arrays.stream(text.split("\\R"))
                .map(String::strip)
                .filter(z -> !z.isEmpty())
                .toList();
    }
}
