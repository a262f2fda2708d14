package de.federwerk.leistung;

import de.federwerk.basis.Sprache;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** The form of a version in one language, as it is typed. What holds for all languages stands only in the German one. */
record Leistungsformular(
        Sprache sprache,
        Leistungstext text,
        String betrag,
        String formular,
        String adresse,
        String vertrauensniveau,
        boolean ohneKonto,
        List<String> lebenslagen) {

    static Leistungsformular von(Leistungsangaben a, Sprache sprache) {
        return new Leistungsformular(
                sprache,
                a.texte().getOrDefault(sprache, Leistungstext.LEER),
                a.betrag() == null ? "" : a.betrag().toPlainString().replace('.', ','),
                a.formular() == null ? "" : a.formular(),
                a.adresse() == null ? "" : a.adresse(),
                a.vertrauensniveau().kennung(),
                a.ohneKonto(),
                a.lebenslagen());
    }

    static Leistungsformular getippt(MultiValueMap<String, String> f) {
        return new Leistungsformular(
                Sprache.von(f.getFirst("sprache")),
                new Leistungstext(
                        wert(f, "titel"),
                        wert(f, "kurztext"),
                        wert(f, "beschreibung"),
                        wert(f, "voraussetzungen"),
                        Leistungsangaben.inZeilen(wert(f, "unterlagen")),
                        wert(f, "kosten"),
                        wert(f, "bearbeitungsdauer"),
                        wert(f, "fristen"),
                        wert(f, "rechtsgrundlagen"),
                        wert(f, "verfahrensablauf"),
                        Leistungsangaben.inZeilen(wert(f, "suchworte"))),
                wert(f, "betrag"),
                wert(f, "formular"),
                wert(f, "adresse"),
                wert(f, "vertrauensniveau"),
                f.containsKey("ohneKonto"),
                f.getOrDefault("lebenslage", List.of()));
    }

    private static String wert(MultiValueMap<String, String> f, String name) {
        var wert = f.getFirst(name);
        return wert == null ? "" : wert.strip();
    }

    static int zahl(@Nullable String text) {
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    /** What was typed, put into what there is. */
    Leistungsangaben angaben(Leistungsangaben bisher) {
        var texte = new EnumMap<Sprache, Leistungstext>(Sprache.class);
        texte.putAll(bisher.texte());
        texte.put(sprache, text);
        if (sprache != Sprache.DE) {
            return new Leistungsangaben(
                    texte,
                    bisher.betrag(),
                    bisher.formular(),
                    bisher.adresse(),
                    bisher.vertrauensniveau(),
                    bisher.ohneKonto(),
                    bisher.lebenslagen());
        }
        return new Leistungsangaben(
                texte,
                Leistungsangaben.betrag(betrag),
                formular.isEmpty() ? null : formular,
                adresse.isEmpty() ? null : adresse,
                Vertrauensniveau.von(vertrauensniveau),
                ohneKonto,
                lebenslagen);
    }
}
