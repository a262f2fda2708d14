package de.federwerk.stand;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The town's old network drive: {@code Kennzeichen/Akte/Vorgang/Datei.txt}, and beside it the table that says what folders cannot –
 * which unit leads an Akte; sender, kind and date of each file.
 */
final class Aktenberg implements Stadtplan.Abnehmer, AutoCloseable {

    private final Path ordner;
    private final Stadtplan plan;
    private final BufferedWriter zeilen;

    Aktenberg(Path wohin, Stadtplan plan) throws IOException {
        this.plan = plan;
        this.ordner = Files.createDirectories(ordner(wohin));
        this.zeilen = Files.newBufferedWriter(tabelle(wohin), StandardCharsets.UTF_8);
        zeilen.write("Pfad;Einheit;Titel;Datum;Dokumentart;Absender\n");
    }

    /** The drive itself. */
    static Path ordner(Path wohin) {
        return wohin.resolve("laufwerk");
    }

    static Path tabelle(Path wohin) {
        return wohin.resolve("laufwerk.csv");
    }

    @Override
    public void nimm(Stadtplan.Akte akte) throws IOException {
        var position = plan.positionen.get(akte.ort().position()).kennzeichen();
        lege(ordner.resolve(position));
        var pfad = position + "/" + akte.titel();
        lege(ordner.resolve(pfad));
        zeilen.write(pfad + ";" + plan.einheiten.get(akte.ort().einheit()).kuerzel() + ";;;;\n");
        for (var vorgang : akte.vorgaenge()) {
            var darin = pfad + "/" + vorgang.titel();
            lege(ordner.resolve(darin));
            for (var d : vorgang.dokumente()) {
                Files.writeString(ordner.resolve(darin).resolve(d.dateiname()), d.text());
                zeilen.write(darin + "/" + d.dateiname() + ";;" + d.titel() + ";" + d.vom() + ";" + d.art() + ";"
                        + d.absender() + "\n");
            }
        }
    }

    private static void lege(Path ordner) throws IOException {
        try {
            Files.createDirectory(ordner);
        } catch (FileAlreadyExistsException schonDa) {
            // One folder for all Akten of a position.
        }
    }

    @Override
    public void close() throws IOException {
        zeilen.close();
    }
}
