package de.federwerk.datei;

import static de.federwerk.datei.Giftschrank.b;
import static de.federwerk.datei.Giftschrank.wiederhole;

import de.federwerk.datei.Giftschrank.Folge;
import de.federwerk.datei.Giftschrank.Schreiber;
import de.federwerk.datei.Giftschrank.Stueck;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Pictures that are larger, deeper or more broken than a decoder expects. */
final class GiftigeBilder {

    private final List<Stueck> stuecke = new ArrayList<>();
    private final int mib;

    private GiftigeBilder(int mib) {
        this.mib = mib;
    }

    static List<Stueck> alle(int mib) {
        var bilder = new GiftigeBilder(mib);
        bilder.png();
        bilder.tiff();
        bilder.andere();
        return bilder.stuecke;
    }

    private void lege(String name, Folge folge, String wort, Schreiber inhalt) {
        stuecke.add(new Stueck(name, folge, wort, inhalt));
    }

    private static void block(OutputStream aus, String art, byte[] inhalt) throws IOException {
        var summe = new CRC32();
        summe.update(b(art));
        summe.update(inhalt);
        aus.write(ByteBuffer.allocate(4).putInt(inhalt.length).array());
        aus.write(b(art));
        aus.write(inhalt);
        aus.write(ByteBuffer.allocate(4).putInt((int) summe.getValue()).array());
    }

    private static void pngKopf(OutputStream aus, int breite, int hoehe, int bit, int farbe) throws IOException {
        aus.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        block(
                aus,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(breite)
                        .putInt(hoehe)
                        .put((byte) bit)
                        .put((byte) farbe)
                        .array());
    }

    private static byte[] gepackt(Schreiber inhalt) {
        var aus = new ByteArrayOutputStream();
        try (OutputStream dicht = new DeflaterOutputStream(aus, new Deflater(1), 1 << 16)) {
            inhalt.schreibe(dicht);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return aus.toByteArray();
    }

    private void png() {
        lege("riese-kopf.png", Folge.GESCHEITERT, "40.000 × 40.000 Bildpunkten zu groß", aus -> {
            pngKopf(aus, 40_000, 40_000, 8, 6);
            block(aus, "IDAT", gepackt(z -> z.write(0)));
            block(aus, "IEND", new byte[0]);
        });
        // Real pixels, 200 MB of them in a small file.
        lege("riese-echt.png", Folge.GESCHEITERT, "zu groß", aus -> {
            pngKopf(aus, 40_000, 40_000, 1, 0);
            block(aus, "IDAT", gepackt(z -> wiederhole(z, "\0" + "\u007f".repeat(5_000), 40_000)));
            block(aus, "IEND", new byte[0]);
        });
        lege("unsinn.png", Folge.GESCHEITERT, "zu groß", aus -> {
            pngKopf(aus, Integer.MAX_VALUE, Integer.MAX_VALUE, 16, 6);
            block(aus, "IEND", new byte[0]);
        });
        lege("textbombe.png", Folge.GELESEN, null, aus -> {
            byte[] bild = Muster.png(Muster.blatt(BufferedImage.TYPE_BYTE_GRAY, "Aktenvermerk"));
            aus.write(bild, 0, 33);
            var inhalt = new ByteArrayOutputStream();
            inhalt.writeBytes(b("Kommentar\0\0"));
            inhalt.writeBytes(gepackt(z -> wiederhole(z, "a", (long) mib << 20)));
            block(aus, "zTXt", inhalt.toByteArray());
            aus.write(bild, 33, bild.length - 33);
        });
        lege("profilbombe.png", Folge.GELESEN, null, aus -> {
            byte[] bild = Muster.png(Muster.blatt(BufferedImage.TYPE_BYTE_GRAY, "Aktenvermerk"));
            aus.write(bild, 0, 33);
            var inhalt = new ByteArrayOutputStream();
            inhalt.writeBytes(b("Profil\0\0"));
            inhalt.writeBytes(gepackt(z -> wiederhole(z, "a", (long) mib << 20)));
            block(aus, "iCCP", inhalt.toByteArray());
            aus.write(bild, 33, bild.length - 33);
        });
    }

    /** Entries of a TIFF directory: {tag, type, count, value}. */
    private static byte[] tiff(int naechstes, byte[] daten, int[]... eintraege) {
        var b = ByteBuffer.allocate(8 + 2 + 12 * eintraege.length + 4 + daten.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        b.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) eintraege.length);
        int hinten = 8 + 2 + 12 * eintraege.length + 4;
        for (int[] e : eintraege) {
            b.putShort((short) e[0]).putShort((short) e[1]).putInt(e[2]).putInt(e[3] == -1 ? hinten : e[3]);
        }
        b.putInt(naechstes).put(daten);
        return b.array();
    }

    private static byte[] tiff(int breite, int hoehe, int naechstes) {
        return tiff(
                naechstes,
                new byte[64],
                new int[] {256, 4, 1, breite},
                new int[] {257, 4, 1, hoehe},
                new int[] {258, 3, 1, 8},
                new int[] {259, 3, 1, 1},
                new int[] {262, 3, 1, 1},
                new int[] {273, 4, 1, -1},
                new int[] {277, 3, 1, 1},
                new int[] {278, 4, 1, hoehe},
                new int[] {279, 4, 1, 64});
    }

    private void tiff() {
        lege("500-seiten.tif", Folge.GELESEN, null, aus -> {
            var seite = new BufferedImage(400, 60, BufferedImage.TYPE_BYTE_BINARY);
            var seiten = new BufferedImage[500];
            Arrays.fill(seiten, seite);
            aus.write(Muster.tiff(seiten));
        });
        lege("riese.tif", Folge.GESCHEITERT, "zu groß", aus -> aus.write(tiff(40_000, 40_000, 0)));
        lege(
                "unsinn.tif",
                Folge.GESCHEITERT,
                "zu groß",
                aus -> aus.write(tiff(Integer.MAX_VALUE, Integer.MAX_VALUE, 0)));
        lege("kreis.tif", Folge.GELESEN, null, aus -> aus.write(tiff(8, 8, 8)));
        lege(
                "felder.tif",
                Folge.GESCHEITERT,
                null,
                aus -> aus.write(tiff(
                        0,
                        new byte[64],
                        new int[] {256, 4, 1, 8},
                        new int[] {257, 4, 1, 8},
                        new int[] {273, 4, 0x7fffffff, -1},
                        new int[] {279, 4, 0x7fffffff, -1},
                        new int[] {270, 2, 0x7fffffff, -1})));
    }

    private void andere() {
        lege("riese.jpg", Folge.GESCHEITERT, "zu groß", aus -> {
            byte[] bild = Muster.jpeg(new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY));
            for (int i = 0; i < bild.length - 9; i++) {
                if ((bild[i] & 0xFF) == 0xFF && (bild[i + 1] & 0xFF) == 0xC0) {
                    ByteBuffer.wrap(bild).putShort(i + 5, (short) 65_500).putShort(i + 7, (short) 65_500);
                }
            }
            aus.write(bild);
        });
        lege(
                "riese.gif",
                Folge.GESCHEITERT,
                null,
                aus -> aus.write(new byte[] {
                    'G', 'I', 'F', '8', '9', 'a', -1, -1, -1, -1, 0, 0, 0, 0x2C, 0, 0, 0, 0, -1, -1, -1, -1, 0, 2, 1, 0,
                    0, 0x3B
                }));
        lege(
                "riese.bmp",
                Folge.GESCHEITERT,
                null,
                aus -> aus.write(ByteBuffer.allocate(80)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put((byte) 'B')
                        .put((byte) 'M')
                        .putInt(80)
                        .putInt(0)
                        .putInt(54)
                        .putInt(40)
                        .putInt(40_000)
                        .putInt(40_000)
                        .putShort((short) 1)
                        .putShort((short) 24)
                        .array()));
        lege("kaputt.webp", Folge.GESCHEITERT, "beschädigt", aus -> {
            aus.write(b("RIFF"));
            aus.write(new byte[] {-1, -1, -1, 0x7f});
            aus.write(b("WEBPVP8 "));
            aus.write(new byte[] {-1, -1, -1, 0x7f, 0, 0, 0, (byte) 0x9d, 1, 0x2a, -1, 0x3f, -1, 0x3f, 1, 2, 3, 4});
        });
        lege("kaputt.heic", Folge.GESCHEITERT, null, aus -> {
            aus.write(new byte[] {0, 0, 0, 24});
            aus.write(b("ftypheic\0\0\0\0mif1heic"));
            aus.write(new byte[] {-1, -1, -1, -1});
            aus.write(b("meta"));
        });
        lege("kaputt.jp2", Folge.GESCHEITERT, "beschädigt", aus -> {
            aus.write(new byte[] {0, 0, 0, 12, 'j', 'P', ' ', ' ', 13, 10, (byte) 0x87, 10, 0, 0, 0, 20});
            aus.write(b("ftypjp2 \0\0\0\0jp2 "));
            aus.write(new byte[] {
                0, 0, 0, 45, 'j', 'p', '2', 'h', 0, 0, 0, 22, 'i', 'h', 'd', 'r', 0, 0, -1, -1, 0, 0, -1, -1, 0, 3, 7,
                7, 0, 0
            });
        });
        lege("rauschen.jpg", Folge.GESCHEITERT, "beschädigt", aus -> {
            aus.write(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0});
            byte[] rauschen = new byte[200_000];
            new Random(3).nextBytes(rauschen);
            aus.write(rauschen);
        });
    }
}
