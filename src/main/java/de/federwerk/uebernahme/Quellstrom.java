package de.federwerk.uebernahme;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Bytes of the old drive. Tells a source that cannot be read from an Ablage that cannot be written: one file is left out, or all stops. */
final class Quellstrom extends FilterInputStream {

    /** The source failed; its cause is what the system said. */
    static final class Fehler extends IOException {
        Fehler(IOException grund) {
            super(grund);
        }
    }

    private Quellstrom(InputStream quelle) {
        super(quelle);
    }

    static Quellstrom oeffne(Path datei) throws Fehler {
        try {
            return new Quellstrom(Files.newInputStream(datei, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new Fehler(e);
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw new Fehler(e);
        }
    }

    @Override
    public int read(byte[] ziel, int ab, int hoechstens) throws IOException {
        try {
            return super.read(ziel, ab, hoechstens);
        } catch (IOException e) {
            throw new Fehler(e);
        }
    }
}
