package de.federwerk.stand;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands behind {@code bin/bench}. */
record Optionen(
        int dokumente,
        boolean kurz,
        boolean nurLaden,
        Path daten,
        @Nullable Path bericht,
        @Nullable Path korpus,
        List<String> szenarien) {

    static final String HILFE = """
            bin/bench misst Federwerk gegen die nackte Maschine, im selben Lauf und als gewöhnliche Person.

              --n ZAHL          Größe der Stadt in Dokumenten (1000, 100000, 1000000; ohne Angabe 1000)
              --kurz            zeigt nur, dass alles läuft: 1000 Dokumente, höchstens drei Minuten, kein Bericht
              --szenario A,B    nur diese: ablegen, import, indexieren, laufweg, suche, rechte, rechtewechsel, zugriff, aktenplan, seiten, blaettern, listen, portal, ocr, akteneinsicht, start
              --nur-laden       baut die Stadt und misst nichts
              --daten DIR       wo die Städte liegen (target/stand); eine fertige wird wieder benutzt
              --bericht DIR     wohin leistung.md und leistung.csv kommen (docs)
              --korpus DIR      Ordner mit deutschen Texten (*.md); sonst FEDERWERK_KORPUS, sonst die mitgelieferten Sätze
              --dauer [N]       statt zu messen: tötet das Programm N-mal mitten in der Arbeit und sieht nach, ob etwas fehlt
              --gift [N]        statt zu messen: liest feindliche Dateien und N verstümmelte (5000) und sieht nach, ob alles begrenzt blieb
              --rechteprobe [N] statt zu messen: N zufällige Städte (1000), in denen sich Rechte zufällig ändern; vergleicht, was jeder sieht, mit den Regeln
              --hilfe           dieser Text

            Wer Zahlen für den Bericht misst, lässt die Maschine sonst in Ruhe. Die Last beim Start steht in jeder Zeile.""";

    /** The command line cannot be understood. */
    static final class Unverstanden extends RuntimeException {
        Unverstanden(String meldung) {
            super(meldung);
        }
    }

    static Optionen aus(String... argumente) {
        int dokumente = 1_000;
        boolean kurz = false;
        boolean nurLaden = false;
        Path daten = Path.of("target/stand");
        Path bericht = null;
        var umgebung = System.getenv("FEDERWERK_KORPUS");
        Path korpus = umgebung == null || umgebung.isBlank() ? null : Path.of(umgebung);
        List<String> szenarien = List.of();
        for (int i = 0; i < argumente.length; i++) {
            switch (argumente[i]) {
                case "--kurz" -> kurz = true;
                case "--nur-laden" -> nurLaden = true;
                case "--n" -> dokumente = zahl(wert(argumente, ++i));
                case "--daten" -> daten = Path.of(wert(argumente, ++i));
                case "--bericht" -> bericht = Path.of(wert(argumente, ++i));
                case "--korpus" -> korpus = Path.of(wert(argumente, ++i));
                case "--szenario" -> szenarien = List.of(wert(argumente, ++i).split(","));
                default ->
                    throw new Unverstanden("Unbekannte Option „" + argumente[i] + "“; bin/bench --hilfe zeigt alle.");
            }
        }
        return new Optionen(dokumente, kurz, nurLaden, daten.toAbsolutePath().normalize(), bericht, korpus, szenarien);
    }

    private static String wert(String[] argumente, int i) {
        if (i >= argumente.length) {
            throw new Unverstanden("Nach " + argumente[i - 1] + " fehlt ein Wert.");
        }
        return argumente[i];
    }

    private static int zahl(String text) {
        try {
            int zahl = Integer.parseInt(text);
            if (zahl >= 100 && zahl <= 10_000_000) {
                return zahl;
            }
        } catch (NumberFormatException keine) {
            // The same message as for a number out of range.
        }
        throw new Unverstanden("--n braucht eine Zahl von 100 bis 10000000.");
    }
}
