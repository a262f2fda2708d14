package de.federwerk.stand;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code leistung.csv} and the page made of it. A line is replaced by a newer one of the same scenario and N; all others stay, so
 * that towns of several sizes stand side by side.
 */
final class Bericht {

    private static final String KOPF =
            "szenario;n;wert;gegenstueck;verhaeltnis;ziel;erfuellt(ja|nein);datum;maschine;last";
    private static final int SPALTEN = 10;

    /** @param schluessel what the names of its lines begin with */
    private record Abschnitt(String schluessel, String titel, String einheit, String text) {}

    private final Path ordner;
    private final String last = lastBeimStart();
    private final Map<String, String[]> zeilen = new LinkedHashMap<>();

    Bericht(Path ordner) throws IOException {
        this.ordner = ordner;
        var csv = ordner.resolve("leistung.csv");
        if (Files.exists(csv)) {
            Files.readAllLines(csv).stream()
                    .skip(1)
                    .map(zeile -> zeile.split(";", -1))
                    .filter(zeile -> zeile.length == SPALTEN)
                    .forEach(zeile -> zeilen.put(zeile[0] + ";" + zeile[1], zeile));
        }
    }

    void nimm(Ergebnis e) {
        zeilen.put(e.szenario() + ";" + e.n(), new String[] {
            e.szenario(),
            String.valueOf(e.n()),
            Ergebnis.zahl(e.wert()),
            Ergebnis.zahl(e.gegenstueck()),
            Ergebnis.zahl(e.verhaeltnis()),
            e.ziel(),
            e.erfuellt() ? "ja" : "nein",
            LocalDate.now(ZoneId.of("Europe/Berlin")).toString(),
            maschine(),
            last
        });
    }

    void schreibe() throws IOException {
        Files.createDirectories(ordner);
        var abschnitte = abschnitte();
        var sortiert = new ArrayList<>(zeilen.values());
        sortiert.sort(Comparator.<String[]>comparingInt(z -> stelle(abschnitte, z[0]))
                .thenComparing(z -> z[0])
                .thenComparingInt(z -> Integer.parseInt(z[1])));
        Files.writeString(
                ordner.resolve("leistung.csv"),
                sortiert.stream().map(z -> String.join(";", z)).collect(Collectors.joining("\n", KOPF + "\n", "\n")));
        Files.writeString(ordner.resolve("leistung.md"), seite(abschnitte, sortiert));
    }

    private static int stelle(List<Abschnitt> abschnitte, String szenario) {
        for (int i = 0; i < abschnitte.size(); i++) {
            if (szenario.startsWith(abschnitte.get(i).schluessel)) {
                return i;
            }
        }
        throw new IllegalStateException("szenarien.md erklärt „" + szenario + "“ nicht");
    }

    private static String seite(List<Abschnitt> abschnitte, List<String[]> zeilen) throws IOException {
        var seite = new StringBuilder(vorlage("kopf.md"));
        for (var abschnitt : abschnitte) {
            var eigene = zeilen.stream()
                    .filter(z -> stelle(abschnitte, z[0]) == abschnitte.indexOf(abschnitt))
                    .toList();
            seite.append("\n## ")
                    .append(abschnitt.titel)
                    .append("\n\n")
                    .append(abschnitt.text.strip())
                    .append("\n\n");
            if (eigene.isEmpty()) {
                seite.append("Noch nicht gemessen.\n");
                continue;
            }
            seite.append(
                    "| | Dokumente | Federwerk (%s) | Gegenstück | Verhältnis | Ziel | erfüllt | gemessen | Last |\n"
                            .formatted(abschnitt.einheit));
            seite.append("|---|---:|---:|---:|---:|---|---|---|---:|\n");
            for (var z : eigene) {
                seite.append("| `%s` | %s | %s | %s | %s | %s | %s | %s | %s |\n"
                        .formatted(
                                z[0],
                                String.format(Locale.GERMANY, "%,d", Integer.parseInt(z[1])),
                                komma(z[2]),
                                z[3].isEmpty() ? "–" : komma(z[3]),
                                z[4].isEmpty() ? "–" : komma(z[4]),
                                komma(z[5].replace(">=", "≥ ")
                                        .replace("<=", "≤ ")
                                        .replace("<", "< ")),
                                z[6].equals("ja") ? "ja" : "**nein**",
                                z[7],
                                komma(z[9])));
            }
        }
        seite.append("\n## Maschinen\n\n");
        zeilen.stream()
                .map(z -> z[8])
                .distinct()
                .sorted()
                .forEach(m -> seite.append("- ").append(m).append('\n'));
        return seite.toString();
    }

    private static String komma(String zahl) {
        return zahl.replace('.', ',');
    }

    /** Sections of {@code szenarien.md}: {@code ## schluessel | Titel | Einheit}, then the explanation. */
    private static List<Abschnitt> abschnitte() throws IOException {
        var abschnitte = new ArrayList<Abschnitt>();
        for (var stueck : ("\n" + vorlage("szenarien.md")).split("\n## ")) {
            if (!stueck.isBlank()) {
                var kopf = stueck.lines().findFirst().orElseThrow();
                var teile = kopf.split("\\|");
                abschnitte.add(new Abschnitt(
                        teile[0].strip(), teile[1].strip(), teile[2].strip(), stueck.substring(kopf.length())));
            }
        }
        return abschnitte;
    }

    private static String vorlage(String name) throws IOException {
        try (var datei = Bericht.class.getResourceAsStream("/stand/" + name)) {
            return new String(datei.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** CPU, cores and memory; nothing that names the machine. */
    static String maschine() {
        return "%s, %d Kerne, %s GB"
                .formatted(
                        angabe("/proc/cpuinfo", "model name"),
                        Runtime.getRuntime().availableProcessors(),
                        Math.round(Long.parseLong("0"
                                        + angabe("/proc/meminfo", "MemTotal").replaceAll("\\D", ""))
                                / 1e6));
    }

    private static String angabe(String datei, String name) {
        try (var zeilen = Files.lines(Path.of(datei))) {
            return zeilen.filter(z -> z.startsWith(name))
                    .map(z -> z.substring(z.indexOf(':') + 1).strip().replace(';', ','))
                    .findFirst()
                    .orElse("?");
        } catch (IOException e) {
            return "?";
        }
    }

    private static String lastBeimStart() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        } catch (IOException e) {
            return "?";
        }
    }

    /** What was measured in this run, for the console. */
    static String tafel(List<Ergebnis> ergebnisse) {
        var tafel = new StringBuilder("%-34s %10s %12s %8s  %-8s %s\n"
                .formatted("Szenario", "Federwerk", "Gegenstück", "Verh.", "Ziel", "erfüllt"));
        ergebnisse.forEach(e -> tafel.append("%-34s %10s %12s %8s  %-8s %s\n"
                .formatted(
                        e.szenario(),
                        Ergebnis.zahl(e.wert()),
                        Ergebnis.zahl(e.gegenstueck()),
                        Ergebnis.zahl(e.verhaeltnis()),
                        e.ziel(),
                        e.erfuellt() ? "ja" : "NEIN")));
        return tafel.toString();
    }
}
