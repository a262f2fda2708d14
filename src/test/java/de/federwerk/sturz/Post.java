package de.federwerk.sturz;

import de.federwerk.datei.Muster;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** What a town hall receives: mostly text, some PDF, mails with attachments, now and then a scan that needs OCR. */
final class Post {

    private static final String[] NAMEN = {
        "Müller Bußgeld",
        "Straßenfest Größe",
        "Öffnungszeiten Äcker",
        "Übersicht",
        "Grünanlage (2)",
        "été naïve",
        "Łódź"
    };

    /** @param teile attachments inside */
    record Brief(String name, byte[] bytes, int teile) {}

    private final AtomicInteger nummer = new AtomicInteger();
    /** A scan is drawn once; what tells its copies apart is a comment at the end of the file. */
    private final byte[] scan =
            Muster.png(Muster.blatt(BufferedImage.TYPE_BYTE_GRAY, "Antrag auf Sondernutzung", "Lindenstraße 20"));

    /** Never twice the same bytes, so that a SHA-256 names one letter. */
    Brief brief(Random zufall) {
        int nr = nummer.incrementAndGet();
        var wort = "Sturz%d %x".formatted(nr, zufall.nextLong());
        var name = "%s %d".formatted(NAMEN[zufall.nextInt(NAMEN.length)], nr);
        return switch (zufall.nextInt(12)) {
            case 0 -> new Brief(name + ".png", angehaengt(scan, wort), 0);
            case 1, 2 -> new Brief(name + ".pdf", Muster.textPdf("Bescheid " + wort), 0);
            case 3, 4 -> new Brief(name + ".eml", mail(wort), 2);
            case 5 -> new Brief(name + ".txt", gross(wort, zufall), 0);
            default ->
                new Brief(
                        name + ".txt",
                        ("Sehr geehrte Damen und Herren,\nGrüße aus " + wort).getBytes(StandardCharsets.UTF_8),
                        0);
        };
    }

    /** Long enough that a kill may hit the middle of writing it. */
    private static byte[] gross(String wort, Random zufall) {
        return (wort + "\n" + "Straßenbeleuchtung und Gehwegschäden. ".repeat(2_000 + zufall.nextInt(12_000)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] angehaengt(byte[] bytes, String wort) {
        var zusatz = wort.getBytes(StandardCharsets.UTF_8);
        var alles = java.util.Arrays.copyOf(bytes, bytes.length + zusatz.length);
        System.arraycopy(zusatz, 0, alles, bytes.length, zusatz.length);
        return alles;
    }

    private static byte[] mail(String wort) {
        return """
                From: Bürger <buerger@example.org>
                To: post@musterstadt.example
                Subject: Beschwerde %s
                Date: Mon, 23 Nov 2026 08:59:30 +0100
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="teil"

                --teil
                Content-Type: text/plain; charset=utf-8

                Die Bank ist morsch.
                --teil
                Content-Type: text/plain; charset=utf-8
                Content-Disposition: attachment; filename="Liste.txt"

                Bank 1 %s
                --teil
                Content-Type: text/plain; charset=utf-8
                Content-Disposition: attachment; filename="Plan.txt"

                Bank 2 %s
                --teil--
                """.formatted(wort, wort, wort).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
