package de.federwerk.formular;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is written after a rule of its own: addresses of mail, numbers of telephones, accounts, cars. */
record Nummernlesung(String getippt, String sprache) {

    private static final BigInteger IBANTEILER = BigInteger.valueOf(97);

    private String m(String deutsch, String englisch) {
        return sprache.equals("en") ? englisch : deutsch;
    }

    Gelesen email() {
        var adresse = getippt;
        if (adresse.isEmpty()) {
            return Gelesen.NICHTS;
        }
        int at = adresse.indexOf('@');
        int punkt = adresse.lastIndexOf('.');
        boolean gut = at > 0
                && at == adresse.lastIndexOf('@')
                && punkt > at + 1
                && punkt < adresse.length() - 1
                && adresse.length() <= 254
                && !adresse.contains("..")
                && Muster.alle(adresse, c -> c > ' ' && c != ',' && c != ';' && c != '<' && c != '>');
        return gut
                ? Gelesen.gut(adresse, adresse)
                : Gelesen.falsch(
                        "",
                        m(
                                "„" + Lesung.kurz(adresse)
                                        + "“ ist keine E-Mail-Adresse. Sie sieht aus wie name@beispiel.de.",
                                "“" + Lesung.kurz(adresse)
                                        + "” is no e-mail address. One looks like name@example.com."));
    }

    Gelesen telefon() {
        var nummer = getippt;
        if (nummer.isEmpty()) {
            return Gelesen.NICHTS;
        }
        long ziffern = nummer.chars().filter(c -> c >= '0' && c <= '9').count();
        boolean gut = ziffern >= 3
                && ziffern <= 20
                && nummer.length() <= 40
                && Muster.alle(nummer, c -> c >= '0' && c <= '9' || " +/-().".indexOf(c) >= 0);
        return gut
                ? Gelesen.gut(nummer, nummer)
                : Gelesen.falsch(
                        "",
                        m(
                                "„" + Lesung.kurz(nummer)
                                        + "“ ist keine Telefonnummer. Bitte nur Ziffern eingeben, zum Beispiel 030 123456.",
                                "“" + Lesung.kurz(nummer)
                                        + "” is no telephone number. Please enter digits only, for example 030 123456."));
    }

    /** ISO 13616: the first four characters behind the others, letters as 10 to 35, modulo 97 is 1. */
    Gelesen iban() {
        var iban = Muster.rein(getippt).toUpperCase(Locale.ROOT);
        if (iban.isEmpty()) {
            return Gelesen.NICHTS;
        }
        if (iban.startsWith("DE") && iban.length() != 22) {
            return Gelesen.falsch(
                    "",
                    m(
                            "Eine deutsche IBAN hat 22 Zeichen, diese hat " + iban.length() + ".",
                            "A German IBAN has 22 characters, this one has " + iban.length() + "."));
        }
        if (iban.length() < 15
                || iban.length() > 34
                || !Muster.alle(iban.substring(0, 2), c -> c >= 'A' && c <= 'Z')
                || !Muster.alle(iban, c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'Z')) {
            return Gelesen.falsch(
                    "",
                    m(
                            "Das ist keine IBAN. Sie beginnt mit zwei Buchstaben, danach folgen Ziffern, zum Beispiel DE02 1203 0000 0000 2020 51.",
                            "This is no IBAN. It begins with two letters, digits follow, for example DE02 1203 0000 0000 2020 51."));
        }
        var ziffern = new StringBuilder();
        (iban.substring(4) + iban.substring(0, 4)).chars().forEach(c -> ziffern.append(Character.digit(c, 36)));
        if (new BigInteger(ziffern.toString()).mod(IBANTEILER).intValue() != 1) {
            return Gelesen.falsch(
                    "",
                    m(
                            "Die Prüfziffer der IBAN stimmt nicht; wahrscheinlich ist eine Ziffer vertauscht. Bitte vergleichen Sie sie mit Ihrer Karte.",
                            "The check digits of the IBAN do not match; two digits may be swapped. Please compare it with your card."));
        }
        return Gelesen.gut(iban, String.join(" ", vierer(iban)));
    }

    private static List<String> vierer(String iban) {
        var gruppen = new ArrayList<String>();
        for (int i = 0; i < iban.length(); i += 4) {
            gruppen.add(iban.substring(i, Math.min(iban.length(), i + 4)));
        }
        return gruppen;
    }

    /** § 9 FZV: one to three letters of the district, one or two, up to four digits, E or H behind. */
    Gelesen kennzeichen() {
        var schreibung = getippt.toUpperCase(Locale.GERMANY).replace('-', ' ').strip();
        if (schreibung.isEmpty()) {
            return Gelesen.NICHTS;
        }
        var teile = schreibung.split(" +");
        if (teile.length >= 3 && teile.length <= 4) {
            var zahl = teile[2] + (teile.length == 4 ? teile[3] : "");
            var ziffern = zahl.endsWith("E") || zahl.endsWith("H") ? zahl.substring(0, zahl.length() - 1) : zahl;
            boolean gut = teile[0].length() <= 3
                    && teile[1].length() <= 2
                    && Muster.alle(teile[0] + teile[1], c -> c >= 'A' && c <= 'Z' || "ÄÖÜ".indexOf(c) >= 0)
                    && !ziffern.isEmpty()
                    && ziffern.length() <= 4
                    && Muster.alle(ziffern, c -> c >= '0' && c <= '9');
            if (gut) {
                var schild = teile[0] + "-" + teile[1] + " " + zahl;
                return Gelesen.gut(schild, schild);
            }
        }
        return Gelesen.falsch(
                "",
                m(
                        "„" + Lesung.kurz(schreibung)
                                + "“ ist kein Kennzeichen. Bitte geben Sie es mit Leerzeichen ein, zum Beispiel MD AB 123.",
                        "“" + Lesung.kurz(schreibung)
                                + "” is no number plate. Please enter it with blanks, for example MD AB 123."));
    }
}
