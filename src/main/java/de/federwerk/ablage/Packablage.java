package de.federwerk.ablage;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The Ablage in append-only pack files under {@code DATEN/ablage/<mandant>/}. One file per document would cost a file, a rename
 * and a folder fsync each (174/s measured); appending and one fdatasync is an order of magnitude faster.
 */
@Component
class Packablage implements Ablage {

    private static final int PUFFER = 128 * 1024;

    private final Path wurzel;
    private final long packgroesse;
    private final long reserve;
    private final ConcurrentHashMap<UUID, Packordner> ordner = new ConcurrentHashMap<>();

    /**
     * @param packgroesse a pack of at least this size takes no further record
     * @param reserve free space that is never used up: on a full disk PostgreSQL, too, could no longer write
     */
    @Autowired
    Packablage(
            @Value("${federwerk.daten}") Path daten,
            @Value("${federwerk.ablage.packgroesse:1GB}") DataSize packgroesse,
            @Value("${federwerk.ablage.reserve:256MB}") DataSize reserve) {
        this.wurzel = daten.resolve("ablage");
        this.packgroesse = packgroesse.toBytes();
        this.reserve = reserve.toBytes();
    }

    @Override
    public Blob schreibe(UUID mandant, InputStream inhalt, long hoechstens) throws IOException {
        var packs = ordner(mandant);
        var pack = packs.nimm();
        boolean heil = false;
        try {
            var kopf = haengeAn(packs.datei(pack), pack.ende(), mandant, inhalt, hoechstens);
            heil = true;
            packs.zurueck(new Packordner.Pack(pack.nummer(), pack.ende() + kopf.platz()));
            return new Blob(kopf.id(), kopf.laenge(), kopf.sha256(), new Ort(pack.nummer(), pack.ende()).toString());
        } finally {
            if (!heil && schneideAb(packs.datei(pack), pack.ende())) packs.zurueck(pack);
        }
    }

    /** Header last: only when all bytes are there does the record claim to be one. Then one fdatasync for both. */
    private Kopf haengeAn(Path datei, long stelle, UUID mandant, InputStream inhalt, long hoechstens)
            throws IOException {
        var id = Kennung.neu();
        var sha256 = sha256();
        var puffer = new byte[PUFFER];
        long laenge = 0;
        try (var pack = FileChannel.open(datei, WRITE)) {
            pruefeFrei();
            Kopf.offen(mandant, id).schreibe(pack, stelle);
            pack.position(stelle + Kopf.GROESSE);
            for (int n; (n = inhalt.readNBytes(puffer, 0, puffer.length)) > 0; ) {
                laenge += n;
                if (laenge > hoechstens) throw zuGross(hoechstens);
                pruefeFrei();
                sha256.update(puffer, 0, n);
                for (var bytes = ByteBuffer.wrap(puffer, 0, n); bytes.hasRemaining(); ) schreibe(pack, bytes);
            }
            var kopf = new Kopf(mandant, id, 0, laenge, sha256.digest());
            kopf.schreibe(pack, stelle);
            pack.force(false);
            return kopf;
        }
    }

    /** The reserve should have told us; a quota or another program may still be faster. */
    void schreibe(FileChannel pack, ByteBuffer bytes) throws IOException {
        try {
            pack.write(bytes);
        } catch (IOException e) {
            if (platte() < PUFFER || String.valueOf(e.getMessage()).contains("No space left")) throw new Speichervoll();
            throw e;
        }
    }

    /**
     * After a failure: back to where the record began. If even that fails the pack is not used again, and the next start cuts
     * it at the open header.
     */
    static boolean schneideAb(Path datei, long stelle) {
        // An interrupted thread cannot use a channel; the interruption is handed on afterwards.
        boolean unterbrochen = Thread.interrupted();
        try (var pack = FileChannel.open(datei, WRITE)) {
            pack.truncate(stelle);
            pack.force(true);
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            if (unterbrochen) Thread.currentThread().interrupt();
        }
    }

    @Override
    public Stapel stapel(UUID mandant) throws IOException {
        var packs = ordner(mandant);
        var pack = packs.nimm();
        try {
            return new Packstapel(this, mandant, packs, pack);
        } catch (IOException | RuntimeException e) {
            packs.zurueck(pack);
            throw e;
        }
    }

    @Override
    public long frei() {
        return Math.max(0, platte() - reserve);
    }

    @Override
    public InputStream lies(UUID mandant, Blob blob, long von, long laenge) throws IOException {
        Objects.checkFromIndexSize(von, laenge, blob.laenge());
        var ort = Ort.von(blob.ort());
        var pack = FileChannel.open(ort.datei(wurzel.resolve(mandant.toString())), READ);
        try {
            var kopf = Kopf.lies(pack, ort.stelle());
            if (kopf == null
                    || !kopf.mandant().equals(mandant)
                    || !kopf.id().equals(blob.id())
                    || kopf.laenge() != blob.laenge()) {
                throw new IOException("Ablage beschädigt: " + blob.ort() + " enthält nicht " + blob.id());
            }
            return new Ausschnitt(pack, ort.stelle() + Kopf.GROESSE + von, laenge);
        } catch (IOException | RuntimeException e) {
            pack.close();
            throw e;
        }
    }

    private Packordner ordner(UUID mandant) throws IOException {
        try {
            return ordner.computeIfAbsent(mandant, m -> {
                try {
                    return new Packordner(wurzel.resolve(m.toString()), packgroesse);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    void pruefeFrei() {
        if (platte() < reserve) throw new Speichervoll();
    }

    /** One statvfs; {@code Files.getFileStore} would read the table of mounts each time. */
    private long platte() {
        // Before the first file the folder is not there, and what is not there has no space.
        var da = wurzel.toAbsolutePath().toFile();
        while (!da.exists() && da.getParentFile() != null) {
            da = da.getParentFile();
        }
        return da.getUsableSpace();
    }

    static Abgelehnt zuGross(long hoechstens) {
        return new Abgelehnt(
                Abgelehnt.Art.GRENZE,
                "Die Datei ist größer als erlaubt (höchstens %s). Sie wurde nicht gespeichert."
                        .formatted(groesse(hoechstens)));
    }

    private static String groesse(long bytes) {
        if (bytes >= 1L << 30)
            return "%.1f GiB"
                    .formatted(bytes / (double) (1L << 30))
                    .replace('.', ',')
                    .replace(",0", "");
        if (bytes >= 1L << 20) return (bytes >> 20) + " MiB";
        return bytes + " Bytes";
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
