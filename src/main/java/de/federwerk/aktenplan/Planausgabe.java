package de.federwerk.aktenplan;

import de.federwerk.basis.Mappe;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;

/** A plan as a list that {@link Plandatei} reads again as it was: what is inherited stays empty. */
final class Planausgabe {

    private Planausgabe() {}

    static List<List<String>> zeilen(Planbild bild) {
        return bild.knoten().stream()
                .map(k -> Objects.requireNonNull(bild.position(k.id())))
                .map(p -> {
                    var oben = p.ueberId() == null ? null : bild.position(p.ueberId());
                    return List.of(
                            p.kennzeichen(),
                            entschaerft(p.titel()),
                            aufbewahrung(p),
                            p.aussonderungsart() == null ? "" : Planworte.art(p.aussonderungsart()),
                            beginn(p),
                            oben == null ? Planzeile.OBEN : oben.kennzeichen(),
                            String.valueOf(p.rang()));
                })
                .toList();
    }

    static String aufbewahrung(Position p) {
        return p.aufbewahrung() == null
                ? ""
                : p.aufbewahrung() < 0 ? "unbefristet" : p.aufbewahrung().toString();
    }

    static String beginn(Position p) {
        return p.fristbeginn() == null ? "" : p.fristbeginn().equals(Position.ZDA) ? "zdA" : "Jahresende";
    }

    /** UTF-8 with a byte order mark, without which Excel would break the umlauts. */
    static void csv(Planbild bild, OutputStream aus) throws IOException {
        aus.write(csv(Planzeile.SPALTEN, zeilen(bild)).getBytes(StandardCharsets.UTF_8));
    }

    static String csv(List<String> kopf, List<List<String>> zeilen) {
        var text = new StringWriter();
        text.write('\uFEFF');
        try (var liste = CSVFormat.EXCEL.builder().setDelimiter(';').get().print(text)) {
            liste.printRecord(kopf);
            for (var z : zeilen) {
                liste.printRecord(z);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A spreadsheet would run what begins like a formula. {@link Planzeile} takes the apostrophe off again. */
    static String entschaerft(String wert) {
        int striche = 0;
        while (striche < wert.length() && wert.charAt(striche) == '\'') {
            striche++;
        }
        return striche < wert.length() && "=+-@".indexOf(wert.charAt(striche)) >= 0 ? "'" + wert : wert;
    }

    static void xlsx(Planbild bild, OutputStream aus) throws IOException {
        var zeilen = new ArrayList<List<String>>();
        zeilen.add(Planzeile.SPALTEN);
        zeilen.addAll(zeilen(bild));
        Mappe.schreibe(aus, "Aktenplan", zeilen);
    }
}
