package de.federwerk.akteneinsicht;

import de.federwerk.ablage.Blobs;
import de.federwerk.akteneinsicht.Akteneinsichten.Einsicht;
import de.federwerk.akteneinsicht.Einsichtsband.Stoff;
import de.federwerk.akteneinsicht.Einsichtsinhalt.Teil;
import de.federwerk.datei.Dateiname;
import de.federwerk.gesicht.Anzeige;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The same as files: the originals byte for byte, in a folder per Vorgang, with an index for people and one for programs. */
final class Einsichtszip {

    private static final int STAMM = 120;

    private record Eintrag(Teil teil, String pfad) {}

    private final Einsicht einsicht;
    private final Stoff stoff;
    private final Blobs blobs;
    private final Set<String> vergeben = new HashSet<>();
    private final List<Eintrag> eintraege = new ArrayList<>();

    private Einsichtszip(Einsicht einsicht, Stoff stoff, Blobs blobs) {
        this.einsicht = einsicht;
        this.stoff = stoff;
        this.blobs = blobs;
    }

    /** @param fortschritt told of each file */
    static void schreibe(Path ziel, Einsicht einsicht, Stoff stoff, Blobs blobs, IntConsumer fortschritt)
            throws IOException {
        try (var zip = new ZipOutputStream(
                new BufferedOutputStream(Files.newOutputStream(ziel), 1 << 16), StandardCharsets.UTF_8)) {
            new Einsichtszip(einsicht, stoff, blobs).schreibe(zip, fortschritt);
        }
    }

    private void schreibe(ZipOutputStream zip, IntConsumer fortschritt) throws IOException {
        int nummer = 0;
        int ordner = 0;
        for (var vorgang : Einsichtsband.jeVorgang(stoff.teile()).values()) {
            ordner++;
            var erster = vorgang.getFirst();
            var name = "%02d %s %s".formatted(ordner, erster.aktenzeichen(), erster.vorgangTitel());
            var pfad = (erster.aktenteil().isEmpty() ? "" : stueck(erster.aktenteil()) + "/") + frei(stueck(name), "")
                    + "/";
            var vermerke = vermerke(erster);
            if (!vermerke.isEmpty()) {
                text(zip, pfad + "Vermerke.txt", vermerke);
            }
            for (var teil : vorgang) {
                if (teil.gezeigt()) {
                    datei(zip, pfad, teil);
                    fortschritt.accept(++nummer);
                }
            }
        }
        if (einsicht.angaben().mitVerlauf()) {
            var zeilen = new StringBuilder();
            stoff.verlauf()
                    .forEach(e -> zeilen.append(Anzeige.genau(e.zeit()))
                            .append("  ")
                            .append(e.wer())
                            .append(' ')
                            .append(e.inWorten())
                            .append(' ')
                            .append(e.was())
                            .append("\r\n"));
            text(zip, "Verlauf.txt", zeilen.toString());
        }
        text(zip, "Inhalt.csv", csv());
        text(zip, "Inhalt.html", html());
    }

    private void datei(ZipOutputStream zip, String ordner, Teil teil) throws IOException {
        var dateiname = Dateiname.sicher(teil.dateiname());
        int punkt = dateiname.lastIndexOf('.');
        var endung = punkt > 0 ? dateiname.substring(punkt) : "";
        var version = teil.versionen() > 1 ? " v" + teil.version() : "";
        var pfad = frei(ordner + stueck("%04d %s%s".formatted(teil.nummer(), teil.gezeigterTitel(), version)), endung);
        zip.putNextEntry(new ZipEntry(pfad));
        try (var ein = blobs.lies(teil.blobId())) {
            ein.transferTo(zip);
        }
        zip.closeEntry();
        eintraege.add(new Eintrag(teil, pfad));
    }

    /** One name of a path: no slash, no dots that lead upwards, umlauts as they are. */
    private static String stueck(String name) {
        var sicher = Dateiname.sicher(name.replace('/', '-').replace('\\', '-').replaceAll("[.]{2,}", "."));
        return sicher.length() > STAMM
                ? sicher.substring(0, Character.isHighSurrogate(sicher.charAt(STAMM - 1)) ? STAMM - 1 : STAMM)
                        .strip()
                : sicher;
    }

    /** Not yet given, also where large and small letters are the same. */
    private String frei(String stamm, String endung) {
        var name = stamm + endung;
        for (int i = 2; !vergeben.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = stamm + " (" + i + ")" + endung;
        }
        return name;
    }

    private String vermerke(Teil erster) {
        var text = new StringBuilder();
        stoff.vermerke().stream()
                .filter(v -> v.vorgang().equals(erster.vorgang()))
                .forEach(v -> text.append(Anzeige.genau(v.verfasst()))
                        .append(", ")
                        .append(v.wer())
                        .append(v.zu() == null ? "" : ", zu Nr. " + v.zu())
                        .append("\r\n")
                        .append(v.text().replaceAll("\\R", "\r\n"))
                        .append("\r\n\r\n"));
        return text.toString();
    }

    private static void text(ZipOutputStream zip, String pfad, String inhalt) throws IOException {
        zip.putNextEntry(new ZipEntry(pfad));
        // Editors of Windows take a file without it for one in the old character set.
        zip.write(("\uFEFF" + inhalt).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private String csv() {
        var csv = new StringBuilder("Vorgang;Nr;Titel;Version;Datei;Bytes;SHA-256;Hinweis;Teil der Akte\r\n");
        eintraege.forEach(e -> csv.append(String.join(
                        ";",
                        feld(e.teil.aktenzeichen()),
                        String.valueOf(e.teil.nummer()),
                        feld(e.teil.gezeigterTitel()),
                        String.valueOf(e.teil.version()),
                        feld(e.pfad),
                        String.valueOf(e.teil.laenge()),
                        e.teil.pruefsumme(),
                        feld(e.teil.wie().equals("ersetzt") ? "geschwärzte Fassung: " + e.teil.grund() : ""),
                        feld(e.teil.aktenteil())))
                .append("\r\n"));
        stoff.teile().stream()
                .filter(t -> !t.gezeigt())
                .forEach(t -> csv.append(feld(t.aktenzeichen()))
                        .append(';')
                        .append(t.nummer())
                        .append(";;;;;;")
                        .append(feld("zurückgehalten: " + t.grund()))
                        .append(';')
                        .append(feld(t.aktenteil()))
                        .append("\r\n"));
        return csv.toString();
    }

    /** Quoted, and no formula for a spreadsheet. */
    static String feld(String wert) {
        var harmlos = wert.isEmpty() || "=+-@\t\r".indexOf(wert.charAt(0)) < 0 ? wert : "'" + wert;
        return "\"" + harmlos.replace("\"", "\"\"") + "\"";
    }

    private String html() {
        var a = einsicht.angaben();
        var zeilen = new StringBuilder();
        eintraege.forEach(e -> zeilen.append(
                "<tr><td>%s</td><td>%d</td><td><a href=\"%s\">%s</a></td><td>%s</td><td><code>%s</code></td></tr>\n"
                        .formatted(
                                sicher((e.teil.aktenteil().isEmpty() ? "" : e.teil.aktenteil() + " · ")
                                        + e.teil.aktenzeichen()),
                                e.teil.nummer(),
                                sicher(adresse(e.pfad)),
                                sicher(e.teil.name()),
                                Anzeige.groesse(e.teil.laenge()),
                                e.teil.pruefsumme())));
        var fehlt = new StringBuilder();
        Einsichtsband.fehlendes(stoff.teile())
                .forEach(z -> fehlt.append("<p>%s %s</p>\n".formatted(sicher(z.wort()), sicher(z.text()))));
        return """
            <!doctype html><html lang="de"><meta charset="utf-8"><title>Akteneinsicht %1$s</title>
            <h1>Akteneinsicht</h1>
            <p>%2$s</p>
            <p>Akte %1$s %3$s<br>Empfänger: %4$s<br>%5$s%6$s<br>Zusammengestellt am %7$s von %8$s</p>
            <h2>Umfang</h2>
            %9$s
            <h2>Inhalt</h2>
            <table><thead><tr><th>Vorgang</th><th>Nr.</th><th>Dokument</th><th>Größe</th><th>SHA-256</th></tr></thead><tbody>
            %10$s</tbody></table>
            </html>
            """.formatted(
                        sicher(einsicht.aktenzeichen()),
                        sicher(stoff.behoerde()),
                        sicher(einsicht.akteTitel()),
                        sicher(a.empfaenger()),
                        sicher(a.grundlage().wort()),
                        a.zeichen().isEmpty() ? "" : ", Zeichen " + sicher(a.zeichen()),
                        Anzeige.genau(java.time.Instant.now()),
                        sicher(stoff.verfasser()),
                        fehlt,
                        zeilen);
    }

    private static String adresse(String pfad) {
        var adresse = new StringBuilder();
        for (byte b : pfad.getBytes(StandardCharsets.UTF_8)) {
            boolean schlicht =
                    b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || "-._~/".indexOf(b) >= 0;
            adresse.append(schlicht ? String.valueOf((char) b) : "%%%02X".formatted(b));
        }
        return adresse.toString();
    }

    private static String sicher(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
