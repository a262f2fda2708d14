package de.federwerk;

import java.net.InetAddress;
import java.util.UUID;
import java.util.regex.Pattern;

/** A citizen without an account who writes to the town: all pages of „Allgemeines Anliegen“, one after the other, as a browser sends them. */
public final class Antragsteller {

    private static final String LEISTUNG = "/portal/leistungen/allgemeines-anliegen";
    private static final Pattern BLATT = Pattern.compile("class=\"pt-beleg\">([0-9a-f]{64})<");

    /** What she was told. @param blatt leaf of the entry in the Protokoll, hex */
    public record Beleg(UUID antrag, String blatt) {}

    private final Browser browser;

    /** @param portal address without path */
    public Antragsteller(String portal) {
        this.browser = new Browser(portal);
    }

    /** From an address of its own: the Portal lets none of them ask too often. */
    public Antragsteller(String portal, InetAddress von) {
        this.browser = new Browser(portal, von);
    }

    /** Fills in everything and sends nothing yet. @return id of the draft */
    public UUID fuelleAus(String betreff, byte[] anlage) {
        var seite = verlangt(browser.sendeVon(LEISTUNG, LEISTUNG + "/antrag"), "/anliegen");
        var person = verlangt(
                browser.sendeMitDatei(
                        seite,
                        seite,
                        "anlagen",
                        "Anlage.txt",
                        anlage,
                        "_da",
                        "betreff",
                        "_da",
                        "text",
                        "betreff",
                        betreff,
                        "text",
                        "Bitte kümmern Sie sich darum."),
                "/person");
        verlangt(
                browser.sendeVon(
                        person,
                        person,
                        "_da",
                        "name",
                        "_da",
                        "antwort",
                        "name.vor",
                        "Özlem",
                        "name.nach",
                        "Yılmaz",
                        "antwort",
                        "gar"),
                "?pruefen");
        return UUID.fromString(person.split("/")[3]);
    }

    /** @throws AssertionError unless it was answered with a receipt */
    public Beleg sende(UUID antrag) {
        var pfad = "/portal/antraege/" + antrag;
        verlangt(browser.sendeVon(pfad + "?pruefen", pfad + "/absenden"), pfad);
        var stand = browser.hole(pfad);
        var blatt = BLATT.matcher(stand.text());
        if (stand.status() != 200 || !blatt.find()) {
            throw new AssertionError("Kein Beleg: " + stand.status());
        }
        return new Beleg(antrag, blatt.group(1));
    }

    /** One page of the form. */
    public Browser.Seite seite(UUID antrag, String schritt) {
        return browser.hole("/portal/antraege/" + antrag + "/" + schritt);
    }

    private static String verlangt(Browser.Seite seite, String ziel) {
        if (!seite.ziel().contains(ziel)) {
            throw new AssertionError("Statt nach %s: %d %s".formatted(ziel, seite.status(), seite.ziel()));
        }
        return seite.ziel();
    }
}
