package de.federwerk.datenschutz;

import de.federwerk.datenschutz.Auskunftsband.Stoff;
import de.federwerk.datenschutz.Auskunftsinhalt.Stueck;
import de.federwerk.gesicht.Anzeige;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import tools.jackson.databind.json.JsonMapper;

/** What was released as a list, for programs and for spreadsheets. */
final class Auskunftslisten {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Auskunftslisten() {}

    static byte[] json(Stoff stoff) {
        var daten = new LinkedHashMap<String, Object>();
        daten.put("auskunft", "Art. 15 DSGVO");
        daten.put("behoerde", stoff.behoerde());
        daten.put("erstellt", LocalDate.now(Anzeige.ZONE).toString());
        daten.put(
                "verfahren",
                stoff.verfahren().stream()
                        .map(v -> {
                            var verfahren = new LinkedHashMap<String, Object>();
                            verfahren.put("position", v.knoten().anzeige().strip());
                            verfahren.put("speicherdauer", v.knoten().frist());
                            verfahren.put("empfaenger", v.empfaenger());
                            verfahren.put("herkunft", v.herkunft());
                            verfahren.put(
                                    "fundstellen",
                                    v.stuecke().stream()
                                            .map(Auskunftslisten::alsDaten)
                                            .toList());
                            return verfahren;
                        })
                        .toList());
        daten.put(
                "zurueckgehalten",
                stoff.alle().stream().filter(Treffer::zurueckgehalten).count());
        daten.put(
                "nochNichtGeprueft",
                stoff.alle().stream().filter(Treffer::offen).count());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(daten);
    }

    /** With semicolons and a byte order mark, as a spreadsheet in Germany opens it. */
    static byte[] csv(Stoff stoff) {
        var text = new StringBuilder("\uFEFF");
        try (var zeilen = CSVFormat.EXCEL.builder().setDelimiter(';').get().print(text)) {
            zeilen.printRecord(
                    "Position", "Art", "Aktenzeichen", "Nummer", "Datum", "Einheit", "Fassung", "Angabe", "Wert");
            for (var v : stoff.verfahren()) {
                for (var s : v.stuecke()) {
                    var t = s.treffer();
                    for (var angabe : s.zeilen().isEmpty() ? List.of(Map.entry("", "")) : s.zeilen()) {
                        zeilen.printRecord(
                                v.knoten().anzeige().strip(),
                                t.artwort(),
                                harmlos(t.aktenzeichen()),
                                t.nummer() == null ? "" : t.nummer(),
                                tag(t.datum()),
                                harmlos(t.einheit()),
                                t.geschwaerzt() ? "geschwärzt" : "vollständig",
                                harmlos(angabe.getKey()),
                                harmlos(angabe.getValue()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A spreadsheet takes what begins so for a formula. */
    private static String harmlos(String wert) {
        return !wert.isEmpty() && "=+-@\t\r\n".indexOf(wert.charAt(0)) >= 0 ? "'" + wert : wert;
    }

    /** For the list that a program reads. */
    private static Map<String, Object> alsDaten(Stueck stueck) {
        var t = stueck.treffer();
        var daten = new LinkedHashMap<String, Object>();
        daten.put("art", t.artwort());
        daten.put("aktenzeichen", t.aktenzeichen());
        if (t.nummer() != null) {
            daten.put("nummer", t.nummer());
        }
        daten.put("datum", tag(t.datum()));
        daten.put("einheit", t.einheit());
        daten.put("fassung", t.geschwaerzt() ? "geschwärzt" : "vollständig");
        var angaben = new ArrayList<Map<String, String>>();
        stueck.zeilen().forEach(z -> angaben.add(Map.of("name", z.getKey(), "wert", z.getValue())));
        daten.put("angaben", angaben);
        return daten;
    }

    private static String tag(Instant zeit) {
        return LocalDate.ofInstant(zeit, Anzeige.ZONE).toString();
    }
}
