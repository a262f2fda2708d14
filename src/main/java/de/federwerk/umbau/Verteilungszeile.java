package de.federwerk.umbau;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Tabelle;
import de.federwerk.basis.Tabellenblatt;
import de.federwerk.berechtigung.Recht;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A line of a Geschäftsverteilungsplan, as it stands there.
 *
 * @param nr as an editor counts
 * @param aktenplan Kennzeichen of positions
 */
record Verteilungszeile(
        long nr,
        String einheit,
        String einheitName,
        String ueber,
        String stelle,
        String leitung,
        String befugnis,
        String person,
        List<String> aktenplan,
        String recht) {

    static final String SPALTEN = "einheit;einheit_name;ueber;stelle;leitung;zeichnungsbefugnis;person;aktenplan;recht";
    private static final int HOECHSTENS = 10_000;

    private static final Set<String> JA = Set.of("ja", "x", "1", "true");
    private static final Set<String> NEIN = Set.of("nein", "0", "false");
    private static final Map<String, Integer> BEFUGNISSE = Map.ofEntries(
            Map.entry("0", 0),
            Map.entry("keine", 0),
            Map.entry("1", 1),
            Map.entry("mitzeichnung", 1),
            Map.entry("2", 2),
            Map.entry("im auftrag", 2),
            Map.entry("schlusszeichnung", 2),
            Map.entry("schlusszeichnung im auftrag", 2),
            Map.entry("3", 3),
            Map.entry("eigen", 3),
            Map.entry("schlusszeichnung im eigenen namen", 3));

    /**
     * Reads CSV (UTF-8 or Windows-1252, semicolon or comma) or XLSX.
     *
     * @throws Abgelehnt with the reason if it is neither, too large, or without the column {@code einheit}
     */
    static List<Verteilungszeile> lies(byte[] datei) {
        var pflicht = List.of("einheit");
        if (Tabellenblatt.ist(datei)) {
            return Tabellenblatt.lies(datei, pflicht, SPALTEN, HOECHSTENS).stream()
                    .map(Verteilungszeile::aus)
                    .toList();
        }
        try (var zeichen = Tabelle.text(new ByteArrayInputStream(datei))) {
            var text = new StringBuilder();
            var puffer = new char[8192];
            for (int n = zeichen.read(puffer); n >= 0; n = zeichen.read(puffer)) {
                text.append(puffer, 0, n);
            }
            var kopf = text.toString().lines().findFirst().orElse("");
            return Tabelle.lies(
                            new StringReader(text.toString()),
                            kopf.indexOf(';') < 0 && kopf.indexOf(',') >= 0 ? ',' : ';',
                            pflicht,
                            SPALTEN,
                            HOECHSTENS)
                    .stream()
                    .map(Verteilungszeile::aus)
                    .toList();
        } catch (IOException e) {
            throw Abgelehnt.eingabe("Die Datei ließ sich nicht lesen.");
        }
    }

    private static Verteilungszeile aus(Tabelle.Zeile z) {
        return new Verteilungszeile(
                z.nr(),
                rein(z.wert("einheit")),
                rein(z.wert("einheit_name")),
                rein(z.wert("ueber")),
                rein(z.wert("stelle")),
                rein(z.wert("leitung")).toLowerCase(Locale.GERMAN),
                rein(z.wert("zeichnungsbefugnis")).toLowerCase(Locale.GERMAN),
                rein(z.wert("person")).toLowerCase(Locale.ROOT),
                Arrays.stream(z.wert("aktenplan").split("[,;\\s]+"))
                        .filter(k -> !k.isEmpty())
                        .distinct()
                        .toList(),
                rein(z.wert("recht")).toLowerCase(Locale.GERMAN));
    }

    private static String rein(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    /** All but its number: a line that says the same once more. */
    List<Object> inhalt() {
        return List.of(einheit, einheitName, ueber, stelle, leitung, befugnis, person, aktenplan, recht);
    }

    /** @throws Abgelehnt with what is wrong with this line alone */
    void pruefe() {
        if (einheit.isEmpty() || einheit.length() > 40 || einheitName.length() > 200) {
            throw Abgelehnt.eingabe(
                    "Die Einheit braucht ein Kürzel (bis 40 Zeichen); ihr Name hat höchstens 200 Zeichen.");
        }
        if (stelle.length() > 200) {
            throw Abgelehnt.eingabe("Die Bezeichnung der Stelle ist länger als 200 Zeichen.");
        }
        if (stelle.isEmpty() && !(person.isEmpty() && aktenplan.isEmpty())) {
            throw Abgelehnt.eingabe("Person und Aktenplan gehören zu einer Stelle; die Spalte „stelle“ ist leer.");
        }
        if (!leitung.isEmpty() && !JA.contains(leitung) && !NEIN.contains(leitung)) {
            throw Abgelehnt.eingabe("„" + leitung + "“ ist weder „ja“ noch „nein“.");
        }
        if (!befugnis.isEmpty() && !BEFUGNISSE.containsKey(befugnis)) {
            throw Abgelehnt.eingabe("Die Zeichnungsbefugnis „" + befugnis
                    + "“ ist unbekannt; möglich sind keine, Mitzeichnung, im Auftrag, eigen (oder 0 bis 3).");
        }
        if (!recht.isEmpty()
                && Arrays.stream(Recht.values()).noneMatch(r -> r.name().equalsIgnoreCase(recht))) {
            throw Abgelehnt.eingabe(
                    "Das Recht „" + recht + "“ ist unbekannt; möglich sind Metadaten, Lesen, Bearbeiten, Verwalten.");
        }
    }

    /** @param sonst if the line says nothing */
    boolean leitet(boolean sonst) {
        return leitung.isEmpty() ? sonst : JA.contains(leitung);
    }

    int befugnis(int sonst) {
        return befugnis.isEmpty() ? sonst : Objects.requireNonNull(BEFUGNISSE.get(befugnis));
    }

    Recht gibt() {
        return recht.isEmpty() ? Recht.BEARBEITEN : Recht.valueOf(recht.toUpperCase(Locale.ROOT));
    }
}
