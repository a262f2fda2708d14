package de.federwerk.datei;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a worker does beside reading: what it finds out lies in a file beside the pages. */
final class Bindewerk {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Bindewerk() {}

    static Ergebnis tu(Auftrag auftrag, IntConsumer lebenszeichen) throws IOException {
        var ordner = Path.of(auftrag.ordner());
        try {
            if (Auftrag.BINDEN.equals(auftrag.art())) {
                var band = JSON.readValue(Files.readAllBytes(ordner.resolve(Bandschreiber.PLAN)), Band.class);
                var gebunden = Bandschreiber.tu(ordner, band, auftrag.grenzen().seiten(), lebenszeichen);
                Files.writeString(ordner.resolve(Bandschreiber.BLAETTER), JSON.writeValueAsString(gebunden));
                return ergebnis(null, gebunden.blaetter(), Bandschreiber.BLAETTER, false);
            }
            var aufbereitet = Aufbereitung.tu(ordner, auftrag.grenzen(), lebenszeichen);
            Files.writeString(ordner.resolve(Aufbereitung.BEFUND), JSON.writeValueAsString(aufbereitet));
            return ergebnis(null, aufbereitet.seiten(), Aufbereitung.BEFUND, false);
        } catch (Befund befund) {
            return ergebnis(befund, null, null, false);
        } catch (OutOfMemoryError zuGross) {
            return ergebnis(Befund.zuGross(zuGross), null, null, true);
        } catch (IOException e) {
            if (Files.getFileStore(ordner).getUsableSpace() < 10 << 20) {
                throw e;
            }
            return ergebnis(Befund.beschaedigt(e), null, null, false);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return ergebnis(Befund.beschaedigt(e), null, null, false);
        }
    }

    private static Ergebnis ergebnis(
            @Nullable Befund befund, @Nullable Integer seiten, @Nullable String datei, boolean verbraucht) {
        var grund = befund == null ? null : befund.getCause();
        var technisch = grund == null ? null : Seitentext.rein(grund.toString());
        return new Ergebnis(
                befund == null ? null : befund.getMessage(),
                technisch == null || technisch.length() <= 500 ? technisch : technisch.substring(0, 500),
                null,
                "application/pdf",
                seiten,
                "keiner",
                datei,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                verbraucht);
    }
}
