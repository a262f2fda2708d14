package de.federwerk.ablage;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads pack files again and says what is no longer as it was written. Only reads; may run beside a writing program. */
public class Packpruefung {

    private static final int PUFFER = 1 << 20;

    private final Path wurzel;

    public Packpruefung(Path daten) {
        this.wurzel = daten.resolve("ablage");
    }

    /** Where a blob lies, for people: {@code ablage/<mandant>/0000000001.pack:4096}. */
    public String stelle(UUID mandant, Blob blob) {
        return "ablage/" + mandant + "/" + blob.ort();
    }

    /** Bytes that a blob takes in its pack, the record's header included. */
    public long platz(Blob blob) {
        return Kopf.GROESSE + blob.laenge();
    }

    /** Reads the whole record; what is wrong with it in German, or empty if it is whole. */
    public Optional<String> pruefe(UUID mandant, Blob blob) {
        try {
            var ort = Ort.von(blob.ort());
            try (var pack = FileChannel.open(ort.datei(wurzel.resolve(mandant.toString())), READ)) {
                return pruefe(pack, ort.stelle(), mandant, blob);
            }
        } catch (NoSuchFileException e) {
            return Optional.of("die Pack-Datei fehlt");
        } catch (IOException e) {
            return Optional.of("nicht lesbar (" + e.getMessage() + ")");
        }
    }

    private static Optional<String> pruefe(FileChannel pack, long stelle, UUID mandant, Blob blob) throws IOException {
        if (stelle + Kopf.GROESSE > pack.size()) return Optional.of("der Eintrag fehlt, die Pack-Datei endet vorher");
        var kopf = Kopf.lies(pack, stelle);
        if (kopf == null) return Optional.of("der Kopf des Eintrags ist beschädigt");
        if (!kopf.mandant().equals(mandant) || !kopf.id().equals(blob.id()))
            return Optional.of("an dieser Stelle liegt ein anderer Eintrag");
        if (kopf.laenge() != blob.laenge() || !Arrays.equals(kopf.sha256(), blob.sha256()))
            return Optional.of("Länge oder Prüfsumme im Kopf stimmen nicht mit der Datenbank überein");
        var sha256 = Packablage.sha256();
        var puffer = ByteBuffer.allocateDirect((int) Math.min(PUFFER, Math.max(1, blob.laenge())));
        long ab = stelle + Kopf.GROESSE;
        for (long rest = blob.laenge(); rest > 0; ) {
            puffer.clear().limit((int) Math.min(puffer.capacity(), rest));
            int n = pack.read(puffer, ab);
            if (n < 0) return Optional.of("die Pack-Datei endet mitten im Eintrag");
            sha256.update(puffer.flip());
            ab += n;
            rest -= n;
        }
        return Arrays.equals(sha256.digest(), blob.sha256())
                ? Optional.empty()
                : Optional.of("der Inhalt wurde verändert (SHA-256 stimmt nicht)");
    }

    /** The Mandanten for whom there are packs. */
    public List<UUID> mandanten() {
        if (!Files.isDirectory(wurzel)) return List.of();
        try (var ordner = Files.list(wurzel)) {
            return ordner.map(o -> o.getFileName().toString())
                    .filter(n -> n.matches("[0-9a-f-]{36}"))
                    .sorted()
                    .map(UUID::fromString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of all packs of a Mandant. */
    public long groesse(UUID mandant) {
        var ordner = wurzel.resolve(mandant.toString());
        if (!Files.isDirectory(ordner)) return 0;
        try (var dateien = Files.list(ordner)) {
            return dateien.filter(d -> Ort.nummer(d) > 0)
                    .mapToLong(d -> d.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
