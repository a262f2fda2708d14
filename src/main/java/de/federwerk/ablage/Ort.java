package de.federwerk.ablage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Pack number and the place of the record's header in it, written as {@code 0000000001.pack:4096}. */
record Ort(long pack, long stelle) {

    /** Strict: a place comes from a database row and must not lead out of the folder. */
    private static final Pattern FORM = Pattern.compile("(\\d{10})\\.pack:(\\d{1,18})");

    private static final Pattern DATEI = Pattern.compile("(\\d{10})\\.pack");

    static Ort von(String ort) throws IOException {
        var teile = FORM.matcher(ort);
        if (!teile.matches()) throw new IOException("Kein Ort in der Ablage: " + ort);
        return new Ort(Long.parseLong(teile.group(1)), Long.parseLong(teile.group(2)));
    }

    static String dateiname(long pack) {
        return "%010d.pack".formatted(pack);
    }

    /** The number of a pack file, or 0 if the file is none. */
    static long nummer(Path datei) {
        var name = DATEI.matcher(datei.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : 0;
    }

    Path datei(Path ordner) {
        return ordner.resolve(dateiname(pack));
    }

    @Override
    public String toString() {
        return dateiname(pack) + ":" + stelle;
    }
}
