package de.federwerk.antrag;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Browser;
import java.util.ArrayList;
import java.util.List;

/** Fills in the form of {@link Portalstadt} as a browser does. */
public final class Hundeformular {

    private Hundeformular() {}

    /** All pages, but sends nothing yet. @return the path of the Antrag */
    public static String fuelleAus(Browser mensch, String nachname) {
        return fuelleAus(mensch, nachname, "");
    }

    /** @param email may be empty */
    public static String fuelleAus(Browser mensch, String nachname, String email) {
        var beginn = mensch.sendeVon("/portal/leistungen/hund-anmelden", "/portal/leistungen/hund-anmelden/antrag");
        assertThat(beginn.status()).as(beginn.text()).isEqualTo(302);
        var pfad = beginn.ziel().substring(0, beginn.ziel().lastIndexOf('/'));
        seite(
                mensch,
                pfad + "/halter",
                "hunde",
                "name.vor",
                "Özlem",
                "name.nach",
                nachname,
                "anschrift.strasse",
                "Gartenweg",
                "anschrift.hausnummer",
                "5",
                "anschrift.plz",
                "12345",
                "anschrift.ort",
                "Musterstadt",
                "geburt.tag",
                "29",
                "geburt.monat",
                "2",
                "geburt.jahr",
                "1996",
                "email",
                email);
        seite(
                mensch,
                pfad + "/hunde",
                "befreiung",
                "hund[1].rufname",
                "Nala",
                "hund[1].rasse",
                "Mischling",
                "hund[1].wurf.tag",
                "3",
                "hund[1].wurf.monat",
                "4",
                "hund[1].wurf.jahr",
                "2025",
                "hund[1].haltung.tag",
                "1",
                "hund[1].haltung.monat",
                "9",
                "hund[1].haltung.jahr",
                "2026",
                "hund[1].gefaehrlich",
                "nein");
        seite(mensch, pfad + "/befreiung", "erklaerung", "grund", "nichts", "lastschrift", "nein");
        seite(mensch, pfad + "/erklaerung", "?pruefen", "richtig", "ja");
        return pfad;
    }

    private static void seite(Browser mensch, String pfad, String dann, String... felder) {
        var antwort = mensch.sendeVon(pfad, pfad, mitDa(felder).toArray(String[]::new));
        assertThat(antwort.ziel()).as(antwort.status() + " " + antwort.text()).contains(dann);
    }

    /** And which fields stood on the page. */
    static List<String> mitDa(String... felder) {
        var alle = new ArrayList<>(List.of(felder));
        for (int i = 0; i < felder.length; i += 2) {
            alle.add("_da");
            alle.add(felder[i].replaceAll("\\.(vor|nach|strasse|hausnummer|plz|ort|tag|monat|jahr)$", ""));
        }
        return alle;
    }
}
