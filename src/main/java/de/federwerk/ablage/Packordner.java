package de.federwerk.ablage;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packs of one Mandant: hands each writer a pack of its own, so that a slow upload keeps nobody waiting. There are as many
 * packs in use as there ever were writers at once; the fullest is handed out first, so that few stay half full.
 */
class Packordner {

    private static final Logger LOG = LoggerFactory.getLogger(Packordner.class);

    /** A pack that takes records, and where its next record begins. */
    record Pack(long nummer, long ende) {}

    private final Path ordner;
    private final long packgroesse;
    private final Deque<Pack> frei = new ArrayDeque<>();
    private long letzteNummer;

    /** Opens the folder, creates it durably if need be, and looks at every pack that is not full: full ones never change again. */
    Packordner(Path ordner, long packgroesse) throws IOException {
        this.ordner = ordner;
        this.packgroesse = packgroesse;
        if (!Files.isDirectory(ordner)) {
            Files.createDirectories(ordner);
            var darueber = requireNonNull(ordner.toAbsolutePath().getParent());
            sichere(darueber);
            if (darueber.getParent() != null) sichere(darueber.getParent());
        }
        try (var dateien = Files.list(ordner)) {
            for (var datei : dateien.filter(d -> Ort.nummer(d) > 0).sorted().toList()) {
                letzteNummer = Ort.nummer(datei);
                if (Files.size(datei) < packgroesse) pruefeEnde(datei);
            }
        }
    }

    Path datei(Pack pack) {
        return ordner.resolve(Ort.dateiname(pack.nummer()));
    }

    /** A pack for one writer; {@link #zurueck} returns it. */
    synchronized Pack nimm() throws IOException {
        var vorhanden = frei.pollFirst();
        if (vorhanden != null) return vorhanden;
        var neu = new Pack(++letzteNummer, 0);
        try (var datei = FileChannel.open(datei(neu), CREATE_NEW, WRITE)) {
            datei.force(true);
        }
        sichere(ordner);
        return neu;
    }

    /** Back from its writer; a full pack is not handed out again. */
    synchronized void zurueck(Pack pack) {
        if (pack.ende() < packgroesse) frei.addFirst(pack);
    }

    /**
     * Finds where the last complete record of a pack ends. An open header says that the program died while that record was
     * written: no row names it, it is cut off. Anything else that is no header is damage, and nobody knows what lies behind
     * it: such a pack is left exactly as it is and takes no further record.
     */
    private void pruefeEnde(Path datei) throws IOException {
        try (var pack = FileChannel.open(datei, READ, WRITE)) {
            long groesse = pack.size();
            long ende = 0;
            while (ende < groesse) {
                var kopf = Kopf.lies(pack, ende);
                if (kopf != null && kopf.istOffen()) {
                    LOG.info("{}: ab Byte {} unvollständig geschrieben, abgeschnitten", datei, ende);
                    pack.truncate(ende);
                    pack.force(true);
                    groesse = ende;
                } else if (kopf == null || kopf.platz() > groesse - ende) {
                    LOG.warn(
                            "{}: ab Byte {} kein vollständiger Eintrag; die Datei bleibt unverändert und wird nicht weiter beschrieben",
                            datei,
                            ende);
                    return;
                } else {
                    ende += kopf.platz();
                }
            }
            zurueck(new Pack(Ort.nummer(datei), ende));
        }
    }

    /** fsync of a folder: without it a new file's name may be lost in a power cut, and all its bytes with it. */
    private static void sichere(Path verzeichnis) throws IOException {
        try (var kanal = FileChannel.open(verzeichnis, READ)) {
            kanal.force(true);
        }
    }
}
