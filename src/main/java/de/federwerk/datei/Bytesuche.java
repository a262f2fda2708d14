package de.federwerk.datei;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Many byte patterns in a long file at once; each of at least four bytes. */
final class Bytesuche {

    private static final int STUECK = 1 << 20;

    private final Map<Integer, List<byte[]>> nachAnfang = new HashMap<>();
    /** Whether any pattern begins with bytes of this hash: keeps the map out of nearly every step. */
    private final boolean[] beginnt = new boolean[1 << 16];

    private int laengstes = 4;

    Bytesuche(List<byte[]> muster) {
        for (var m : muster) {
            int anfang = anfang(m, 0);
            nachAnfang.computeIfAbsent(anfang, a -> new ArrayList<>()).add(m);
            beginnt[streue(anfang)] = true;
            laengstes = Math.max(laengstes, m.length);
        }
    }

    private static int anfang(byte[] b, int i) {
        return (b[i] & 0xFF) << 24 | (b[i + 1] & 0xFF) << 16 | (b[i + 2] & 0xFF) << 8 | b[i + 3] & 0xFF;
    }

    private static int streue(int anfang) {
        return anfang * 0x9E3779B1 >>> 16;
    }

    /** The patterns that occur, each as often as it does. */
    List<byte[]> in(Path datei) throws IOException {
        var funde = new ArrayList<byte[]>();
        try (var ein = new BufferedInputStream(Files.newInputStream(datei))) {
            byte[] stueck = new byte[STUECK + laengstes];
            int rest = 0;
            while (true) {
                int neu = ein.readNBytes(stueck, rest, STUECK);
                int ende = rest + neu;
                // What begins behind this is looked at with the next piece.
                int bis = neu < STUECK ? ende : ende - laengstes + 1;
                suche(stueck, bis, ende, funde);
                if (neu < STUECK) {
                    return funde;
                }
                System.arraycopy(stueck, bis, stueck, 0, ende - bis);
                rest = ende - bis;
            }
        }
    }

    private void suche(byte[] stueck, int bis, int ende, List<byte[]> funde) {
        for (int i = 0; i < bis && i + 4 <= ende; i++) {
            int anfang = anfang(stueck, i);
            if (beginnt[streue(anfang)]) {
                for (var m : nachAnfang.getOrDefault(anfang, List.of())) {
                    if (i + m.length <= ende && Arrays.equals(stueck, i, i + m.length, m, 0, m.length)) {
                        funde.add(m);
                    }
                }
            }
        }
    }

    int zaehle(Path datei) throws IOException {
        return in(datei).size();
    }
}
