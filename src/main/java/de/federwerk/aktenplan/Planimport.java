package de.federwerk.aktenplan;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Tabelle;
import de.federwerk.protokoll.Protokoll;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads an Aktenplan from CSV: {@code kennzeichen;titel;aufbewahrungsfrist_jahre;aussonderungsart}, UTF-8, with a head line. The
 * position above is the longest known Kennzeichen that stands before a {@code . / -}. All or nothing: every wrong line is named.
 */
@Component
public class Planimport {

    private static final int ZEILEN = 20_000;
    private static final int EBENEN = 6;
    private static final Map<String, String> ARTEN = Map.ofEntries(
            Map.entry("a", "A"),
            Map.entry("archivieren", "A"),
            Map.entry("archiv", "A"),
            Map.entry("archivwürdig", "A"),
            Map.entry("abgeben", "A"),
            Map.entry("b", "B"),
            Map.entry("bewerten", "B"),
            Map.entry("bewertung", "B"),
            Map.entry("anbieten", "B"),
            Map.entry("v", "V"),
            Map.entry("vernichten", "V"),
            Map.entry("vernichtung", "V"),
            Map.entry("löschen", "V"));

    private record Zeile(
            long nr,
            String kennzeichen,
            String titel,
            @Nullable Integer jahre,
            @Nullable String art) {}

    /** @param neu positions added @param geaendert positions whose title or retention changed */
    public record Bericht(int neu, int geaendert, int gleich) {}

    private record Bekannt(UUID id, String kennzeichen, int ebene) {}

    private final JdbcClient datenbank;
    private final Protokoll protokoll;

    Planimport(JdbcClient datenbank, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.protokoll = protokoll;
    }

    /** @throws Abgelehnt (EINGABE) with every wrong line; then nothing was changed */
    @Transactional
    public Bericht lies(UUID wer, Reader csv) {
        var fehler = new ArrayList<String>();
        var zeilen = zeilen(csv, fehler);
        zeilen.sort(Comparator.comparingInt((Zeile z) -> z.kennzeichen.length()).thenComparing(Zeile::kennzeichen));
        var bekannt = new HashMap<String, Bekannt>();
        datenbank
                .sql("SELECT id, kennzeichen, ebene FROM planknoten WHERE mandant_id = ?")
                .param(mandant())
                .query(Bekannt.class)
                .list()
                .forEach(k -> bekannt.put(k.kennzeichen, k));
        int neu = 0;
        int geaendert = 0;
        int gleich = 0;
        for (var zeile : zeilen) {
            var ueber = ueber(zeile.kennzeichen, bekannt);
            int ebene = ueber == null ? 1 : ueber.ebene + 1;
            if (ebene > EBENEN) {
                fehler.add("Zeile " + zeile.nr + ": " + zeile.kennzeichen + " läge auf Ebene " + ebene
                        + "; möglich sind " + EBENEN + ".");
                continue;
            }
            if (!fehler.isEmpty()) {
                continue;
            }
            var schon = bekannt.get(zeile.kennzeichen);
            if (schon == null) {
                var id = Kennung.neu();
                datenbank
                        .sql(
                                "INSERT INTO planknoten (mandant_id, id, ueber_id, kennzeichen, titel, ebene, aufbewahrung, aussonderungsart) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                        .param(mandant())
                        .param(id)
                        .param(ueber == null ? null : ueber.id)
                        .param(zeile.kennzeichen)
                        .param(zeile.titel)
                        .param(ebene)
                        .param(zeile.jahre)
                        .param(zeile.art)
                        .update();
                bekannt.put(zeile.kennzeichen, new Bekannt(id, zeile.kennzeichen, ebene));
                neu++;
            } else {
                int zahl = datenbank
                        .sql("""
                        UPDATE planknoten SET titel = :titel, aufbewahrung = :jahre, aussonderungsart = :art WHERE mandant_id = :m AND id = :id
                           AND (titel, aufbewahrung, aussonderungsart) IS DISTINCT FROM (:titel, CAST(:jahre AS smallint), CAST(:art AS text))""")
                        .param("titel", zeile.titel)
                        .param("jahre", zeile.jahre)
                        .param("art", zeile.art)
                        .param("m", mandant())
                        .param("id", schon.id)
                        .update();
                geaendert += zahl;
                gleich += 1 - zahl;
            }
        }
        if (!fehler.isEmpty()) {
            throw Abgelehnt.eingabe("Der Aktenplan wurde nicht übernommen, es ist alles wie vorher. "
                    + String.join(" ", fehler.subList(0, Math.min(20, fehler.size()))));
        }
        protokoll.schreibe(
                wer,
                "aktenplan.importiert",
                mandant(),
                null,
                Map.of("neu", String.valueOf(neu), "geaendert", String.valueOf(geaendert)));
        return new Bericht(neu, geaendert, gleich);
    }

    private static List<Zeile> zeilen(Reader csv, List<String> fehler) {
        var zeilen = new ArrayList<Zeile>();
        var gesehen = new HashMap<String, Long>();
        for (var satz : Tabelle.lies(
                csv,
                List.of("kennzeichen", "titel"),
                "kennzeichen;titel;aufbewahrungsfrist_jahre;aussonderungsart",
                ZEILEN)) {
            var zeile = zeile(satz, fehler);
            if (zeile == null) {
                continue;
            }
            Long erste = gesehen.putIfAbsent(zeile.kennzeichen, zeile.nr);
            if (erste == null) {
                zeilen.add(zeile);
            } else {
                fehler.add("Zeile " + zeile.nr + ": " + zeile.kennzeichen + " steht schon in Zeile " + erste + ".");
            }
        }
        return zeilen;
    }

    private static @Nullable Zeile zeile(Tabelle.Zeile satz, List<String> fehler) {
        long nr = satz.nr();
        var kennzeichen = satz.wert("kennzeichen");
        var titel = satz.wert("titel");
        var frist = satz.wert("aufbewahrungsfrist_jahre").toLowerCase(Locale.GERMAN);
        var art = satz.wert("aussonderungsart").toLowerCase(Locale.GERMAN);
        if (kennzeichen.length() > 40 || !kennzeichen.matches("[0-9A-Za-z]+([./-][0-9A-Za-z]+)*")) {
            fehler.add("Zeile " + nr + ": „" + kennzeichen + "“ ist kein Kennzeichen wie 66.20.03.");
        } else if (titel.isEmpty() || titel.length() > 200) {
            fehler.add("Zeile " + nr + ": Der Titel fehlt oder ist länger als 200 Zeichen.");
        } else if (!frist.matches("|unbefristet|[0-9]{1,3}")
                || (frist.matches("[0-9]+") && Integer.parseInt(frist) > 200)) {
            fehler.add("Zeile " + nr + ": Die Aufbewahrungsfrist „" + frist
                    + "“ ist weder eine Zahl von Jahren noch „unbefristet“.");
        } else if (!art.isEmpty() && !ARTEN.containsKey(art)) {
            fehler.add("Zeile " + nr + ": Die Aussonderungsart „" + art
                    + "“ ist unbekannt; möglich sind archivieren, bewerten, vernichten.");
        } else {
            return new Zeile(nr, kennzeichen, titel, jahre(frist), ARTEN.get(art));
        }
        return null;
    }

    /** Years of retention; -1 for ever, null not given. */
    private static @Nullable Integer jahre(String frist) {
        if (frist.isEmpty()) {
            return null;
        }
        return Integer.valueOf(frist.equals("unbefristet") ? "-1" : frist);
    }

    private static @Nullable Bekannt ueber(String kennzeichen, Map<String, Bekannt> bekannt) {
        for (int i = kennzeichen.length() - 1; i > 0; i--) {
            if (".-/".indexOf(kennzeichen.charAt(i)) >= 0 && bekannt.containsKey(kennzeichen.substring(0, i))) {
                return bekannt.get(kennzeichen.substring(0, i));
            }
        }
        return null;
    }
}
