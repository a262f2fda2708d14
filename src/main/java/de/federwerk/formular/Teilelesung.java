package de.federwerk.formular;

import de.federwerk.formular.Formularwert.Anschrift;
import de.federwerk.formular.Formularwert.Name;
import de.federwerk.formular.Formularwert.Ort;
import de.federwerk.formular.Gelesen.Einwand;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Fields of several inputs: each is told of what is wrong with it. @param eingabe what was typed into one of them */
record Teilelesung(UnaryOperator<String> eingabe, String sprache) {

    private String m(String deutsch, String englisch) {
        return sprache.equals("en") ? englisch : deutsch;
    }

    private String teil(String name) {
        return eingabe.apply(name);
    }

    /** One letter is a name, and so is any script; who has only one name leaves the other field empty. */
    Gelesen name() {
        var vor = teil("vor");
        var nach = teil("nach");
        if (vor.isEmpty() && nach.isEmpty()) {
            return Gelesen.NICHTS;
        }
        var einwaende = new ArrayList<Einwand>();
        if (nach.isEmpty()) {
            einwaende.add(new Einwand(
                    "nach",
                    m(
                            "Der Nachname fehlt. Wenn Sie nur einen Namen haben, geben Sie ihn hier ein.",
                            "The last name is missing. If you have one name only, enter it here.")));
        }
        for (var eines : List.of(new Einwand("vor", vor), new Einwand("nach", nach))) {
            if (eines.meldung().length() > 120) {
                einwaende.add(new Einwand(
                        eines.teil(),
                        m(
                                "Der Name ist zu lang. Höchstens 120 Zeichen passen.",
                                "The name is too long. At most 120 characters fit.")));
            } else if (eines.meldung().chars().anyMatch(c -> c >= '0' && c <= '9')) {
                einwaende.add(new Einwand(
                        eines.teil(),
                        m(
                                "Im Namen steht eine Ziffer. Bitte geben Sie ihn ohne Ziffern ein.",
                                "There is a digit in the name. Please enter it without digits.")));
            }
        }
        return einwaende.isEmpty()
                ? Gelesen.gut(new Name(vor, nach), (vor + " " + nach).strip())
                : new Gelesen(null, "", einwaende);
    }

    Gelesen anschrift() {
        var anschrift = new Anschrift(teil("strasse"), teil("hausnummer"), teil("plz"), teil("ort"));
        if ((anschrift.strasse() + anschrift.hausnummer() + anschrift.plz() + anschrift.ort()).isEmpty()) {
            return Gelesen.NICHTS;
        }
        var einwaende = new ArrayList<Einwand>();
        if (anschrift.strasse().isEmpty()) {
            einwaende.add(new Einwand(
                    "strasse",
                    m(
                            "Die Straße fehlt. Wo es keine gibt, geben Sie den Ortsteil ein.",
                            "The street is missing. If there is none, enter the district.")));
        }
        if (anschrift.hausnummer().isEmpty()) {
            einwaende.add(new Einwand(
                    "hausnummer",
                    m(
                            "Die Hausnummer fehlt. Wo es keine gibt, geben Sie „ohne“ ein.",
                            "The number is missing. If there is none, enter “none”.")));
        }
        if (anschrift.plz().length() != 5 || !Muster.alle(anschrift.plz(), c -> c >= '0' && c <= '9')) {
            einwaende.add(new Einwand(
                    "plz",
                    m(
                            "Eine Postleitzahl hat 5 Ziffern, zum Beispiel 12345.",
                            "A postcode has 5 digits, for example 12345.")));
        }
        if (anschrift.ort().isEmpty()) {
            einwaende.add(new Einwand(
                    "ort", m("Der Ort fehlt. Bitte geben Sie ihn ein.", "The town is missing. Please enter it.")));
        }
        for (var teil : Feldart.ANSCHRIFT.teile()) {
            if (teil(teil).length() > 120) {
                einwaende.add(new Einwand(
                        teil,
                        m(
                                "Das ist zu lang. Höchstens 120 Zeichen passen.",
                                "This is too long. At most 120 characters fit.")));
            }
        }
        return einwaende.isEmpty()
                ? Gelesen.gut(
                        anschrift,
                        anschrift.strasse() + " " + anschrift.hausnummer() + ", " + anschrift.plz() + " "
                                + anschrift.ort())
                : new Gelesen(null, "", einwaende);
    }

    Gelesen ort() {
        var text = teil("text");
        var breite = Zahlen.lies(teil("breite").replace('.', ','));
        var laenge = Zahlen.lies(teil("laenge").replace('.', ','));
        boolean punkt = !teil("breite").isEmpty() || !teil("laenge").isEmpty();
        if (text.isEmpty() && !punkt) {
            return Gelesen.NICHTS;
        }
        if (text.length() > 500) {
            return Gelesen.falsch(
                    "text",
                    m(
                            "Die Beschreibung ist zu lang. Höchstens 500 Zeichen passen.",
                            "The description is too long. At most 500 characters fit."));
        }
        if (punkt
                && (breite == null
                        || laenge == null
                        || breite.abs().compareTo(BigDecimal.valueOf(90)) > 0
                        || laenge.abs().compareTo(BigDecimal.valueOf(180)) > 0)) {
            return Gelesen.falsch(
                    breite == null ? "breite" : "laenge",
                    m(
                            "Die Koordinaten passen nicht. Bitte geben Sie Breite und Länge in Grad ein, zum Beispiel 52,1317 und 11,6396, oder lassen Sie beide leer.",
                            "The coordinates do not fit. Please enter latitude and longitude in degrees, for example 52.1317 and 11.6396, or leave both empty."));
        }
        var wo = punkt && breite != null && laenge != null
                ? "%s° N, %s° O".formatted(Zahlen.gezeigt(breite), Zahlen.gezeigt(laenge))
                : "";
        return Gelesen.gut(
                new Ort(text, punkt ? breite : null, punkt ? laenge : null),
                text.isEmpty() ? wo : wo.isEmpty() ? text : text + " (" + wo + ")");
    }
}
