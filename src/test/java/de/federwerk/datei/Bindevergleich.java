package de.federwerk.datei;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import tools.jackson.databind.json.JsonMapper;

/** For the stand: the same files to one PDF/A through the workers of the house, and merged by PDFBox alone as they are. */
public final class Bindevergleich implements AutoCloseable {

    private final Werkstatt werkstatt;
    private final List<Path> dateien = new ArrayList<>();
    private final Path ordner;
    private final int seiten;

    /** @param ordner for the files of the measurement @param je pages of each of them */
    public Bindevergleich(Path ordner, int dateien, int je) throws IOException {
        this.werkstatt = new Werkstatt(ordner, 0, Duration.ofMinutes(3), Duration.ofMinutes(60));
        this.ordner = ordner;
        this.seiten = dateien * je;
        for (int i = 0; i < dateien; i++) {
            var datei = ordner.resolve("quelle-" + i + ".pdf");
            Files.write(datei, BandTest.eingebettet(je, 0));
            this.dateien.add(datei);
        }
    }

    public int seiten() {
        return seiten;
    }

    /** All files prepared, checked, bound and numbered. */
    public void imHaus() throws Exception {
        try (var band = werkstatt.ordner();
                var faeden = Executors.newFixedThreadPool(werkstatt.plaetze())) {
            var stuecke = new ArrayList<Band.Stueck>();
            var aufgaben = new ArrayList<Callable<List<String>>>();
            for (int i = 0; i < dateien.size(); i++) {
                int nummer = i;
                aufgaben.add(() -> bereite(band, nummer));
            }
            for (var boegen : faeden.invokeAll(aufgaben)) {
                stuecke.add(new Band.Stueck(2, "Dokument " + stuecke.size(), "66-1", List.of(), boegen.get()));
            }
            var plan = new Band("Akteneinsicht", "Stand", List.of(Band.Zeile.titel("Akteneinsicht")), stuecke);
            Files.writeString(
                    band.pfad().resolve(Bandschreiber.PLAN), JsonMapper.shared().writeValueAsString(plan));
            var ergebnis = werkstatt.lies(band, auftrag(band, Auftrag.BINDEN), seite -> {});
            if (ergebnis.seiten() == null || ergebnis.seiten() < seiten) {
                throw new IllegalStateException("Nicht gebunden: " + ergebnis.ursache());
            }
        }
    }

    private List<String> bereite(Arbeitsordner band, int nummer) throws Exception {
        try (var werk = werkstatt.ordner()) {
            Files.copy(dateien.get(nummer), werk.original());
            var ergebnis = werkstatt.lies(werk, auftrag(werk, Auftrag.AUFBEREITEN), seite -> {});
            if (ergebnis.text() == null) {
                throw new IllegalStateException(ergebnis.ursache());
            }
            var befund = JsonMapper.shared()
                    .readValue(Files.readAllBytes(werk.ergebnis(ergebnis.text())), Aufbereitung.Aufbereitet.class);
            var boegen = new ArrayList<String>();
            for (var bogen : befund.boegen()) {
                var name = "teil-%d-%d.pdf".formatted(nummer, boegen.size());
                Files.move(werk.ergebnis(bogen), band.pfad().resolve(name));
                boegen.add(name);
            }
            return boegen;
        }
    }

    private static Auftrag auftrag(Arbeitsordner ordner, String art) {
        return Auftrag.zum(art, ordner, Grenzen.UEBLICH.mitSeiten(20_000).mitPlatz(8L << 30));
    }

    /** One behind the other, as they are: no check, no numbers, no contents. */
    public void nackt() throws IOException {
        var ziel = ordner.resolve("nackt.pdf");
        var binder = new PDFMergerUtility();
        for (var datei : dateien) {
            binder.addSource(datei.toFile());
        }
        binder.setDestinationFileName(ziel.toString());
        binder.mergeDocuments(IOUtils.createTempFileOnlyStreamCache(), CompressParameters.NO_COMPRESSION);
        Files.delete(ziel);
    }

    @Override
    public void close() {
        werkstatt.close();
    }
}
