package de.federwerk.stand;

import de.federwerk.datei.Bindevergleich;
import java.nio.file.Files;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** A whole Akte as one PDF/A: pages per second through the workers of the house, and merged by PDFBox alone. */
final class Binden implements Szenario {

    @Override
    public String name() {
        return "akteneinsicht";
    }

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        var ordner = Files.createTempDirectory(haus.daten, "binden");
        try (var vergleich = new Bindevergleich(ordner, umfang.je(100, 2), umfang.je(100, 3))) {
            // The workers start and veraPDF learns its rules: once in a minute, not once in an Akte.
            vergleich.imHaus();
            var paar = Messreihe.abwechselnd(
                    0,
                    umfang.je(2, 1),
                    () -> vergleich.seiten() / Messreihe.millisekunden(vergleich::imHaus) * 1000,
                    () -> vergleich.seiten() / Messreihe.millisekunden(vergleich::nackt) * 1000);
            return List.of(
                    Ergebnis.wert(
                            "akteneinsicht", umfang.dokumente(), paar.wir().median(), ">=50"),
                    Ergebnis.wert(
                            "akteneinsicht-nackt",
                            umfang.dokumente(),
                            paar.gegenstueck().median(),
                            ">=0"));
        } finally {
            FileSystemUtils.deleteRecursively(ordner);
        }
    }
}
