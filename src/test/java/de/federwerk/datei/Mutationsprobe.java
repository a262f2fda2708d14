package de.federwerk.datei;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Breaks good files in thousands of ways and has real workers read them. What must hold for each: a result or a German reason, within
 * time, memory and disk, and the place of the worker is free again. The same seed and number give the same file. By hand:
 * {@code Mutationsprobe ANZAHL [SAAT]}; what made a worker end is kept in {@code target/mutation}.
 */
final class Mutationsprobe {

    private static final Duration JE_SEITE = Duration.ofSeconds(30);
    private static final long SPEICHER = 1_600L << 20;
    private static final String SATZ = "(?s)[A-ZÄÖÜ].*\\.";

    /** @param bruch which promise was broken; null if none */
    record Fall(int nummer, String name, Giftprobe.Ausgang ausgang, String bruch) {}

    private final List<Map.Entry<String, byte[]>> muster;
    private final long saat;

    Mutationsprobe(long saat) throws IOException {
        this.saat = saat;
        this.muster = List.copyOf(muster().entrySet());
    }

    private static Map<String, byte[]> muster() throws IOException {
        var m = new LinkedHashMap<String, byte[]>();
        m.put("text.pdf", Muster.textPdf("Erste Seite der Satzung", "Zweite Seite der Satzung"));
        m.put("scan.pdf", Muster.scanPdf("Bescheid"));
        m.put("fax.tif", Muster.tiff(klein(BufferedImage.TYPE_BYTE_BINARY), klein(BufferedImage.TYPE_BYTE_BINARY)));
        m.put("foto.jpg", Muster.mitAusrichtung(Muster.jpeg(klein(BufferedImage.TYPE_INT_RGB)), 6));
        m.put("plan.png", Muster.png(klein(BufferedImage.TYPE_INT_RGB)));
        m.put("logo.gif", bild("gif"));
        m.put("alt.bmp", bild("bmp"));
        m.put("brief.docx", Muster.docx("Antrag auf Wohngeld", "Mit freundlichen Grüßen"));
        m.put("liste.xlsx", tabelle(new XSSFWorkbook()));
        m.put("liste.xls", tabelle(new HSSFWorkbook()));
        m.put(
                "brief.odt",
                Giftschrank.odt("<office:text><text:h>Antrag</text:h><text:p>auf Wohngeld</text:p></office:text>"));
        m.put("post.eml", Muster.mail(Muster.textPdf("Antrag")));
        m.put("tief.eml", GiftigeMails.geschachtelt(3));
        m.put(
                "seite.html",
                Muster.bytes(
                        "<!doctype html><html><head><meta charset=utf-8><title>Titel</title></head><body><table><tr><td>Müll<td>4,50 €</table><p>Grüße &amp; Dank&nbsp;&#x263A;</body></html>"));
        m.put("notiz.txt", Muster.windows("Straße, Ärger, „Öl“ – 5 €\r\nZweite Zeile\r\n"));
        m.put("daten.csv", Muster.bytes("\uFEFFName;Ort\r\nMüller;Köln\r\n"));
        m.put(
                "rechnung.xml",
                Muster.bytes(
                        "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE r [<!ENTITY e 'x'>]><r a='b'><b>Rechnung &lt;1&gt;</b><![CDATA[4711]]></r>"));
        m.put(
                "plan.svg",
                Muster.bytes(
                        "<svg xmlns='http://www.w3.org/2000/svg' width='10'><text x='1'>Lageplan</text><path d='M0 0L9 9'/></svg>"));
        m.put("paket.zip", packe(Map.of("a/b.txt", Muster.bytes("Inhalt"), "c.xml", Muster.bytes("<c/>"))));
        m.put(
                "bescheid.rtf",
                Muster.bytes(
                        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\pard Bescheid \\'fc\\u252? {\\b fett}\\par{\\pict\\pngblip 89504e47}}"));
        return m;
    }

    private static BufferedImage klein(int art) {
        var blatt = Muster.blatt(art, "Bescheid");
        return blatt.getSubimage(0, 0, 500, 200);
    }

    private static byte[] bild(String format) throws IOException {
        var aus = new ByteArrayOutputStream();
        ImageIO.write(klein(BufferedImage.TYPE_INT_RGB), format, aus);
        return aus.toByteArray();
    }

    private static byte[] tabelle(Workbook mappe) throws IOException {
        try (mappe) {
            var zeile = mappe.createSheet("Haushalt").createRow(0);
            zeile.createCell(0).setCellValue("Straßenbeleuchtung");
            zeile.createCell(1).setCellValue(4711.5);
            zeile.createCell(2).setCellFormula("B1*2");
            var aus = new ByteArrayOutputStream();
            mappe.write(aus);
            return aus.toByteArray();
        }
    }

    private static byte[] packe(Map<String, byte[]> inhalte) {
        var aus = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(aus)) {
            for (var e : inhalte.entrySet()) {
                zip.putNextEntry(new ZipEntry(e.getKey()));
                zip.write(e.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return aus.toByteArray();
    }

    /** Name and bytes of the n-th case. */
    Map.Entry<String, byte[]> fall(int nummer) {
        var zufall = new Random(saat * 1_000_003 + nummer);
        var vorlage = muster.get(nummer % muster.size());
        byte[] bytes = vorlage.getValue();
        // Half of the packed ones are broken inside, where a checksum would otherwise give every change away.
        boolean gepackt = bytes[0] == 'P' && bytes[1] == 'K';
        bytes = gepackt && zufall.nextBoolean() ? innen(bytes, zufall) : brich(bytes, zufall);
        var name = zufall.nextInt(8) == 0
                ? muster.get(zufall.nextInt(muster.size())).getKey()
                : vorlage.getKey();
        return Map.entry(name, bytes);
    }

    private byte[] innen(byte[] zip, Random zufall) {
        var teile = new LinkedHashMap<String, byte[]>();
        try (var ein = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var e = ein.getNextEntry(); e != null; e = ein.getNextEntry()) {
                teile.put(e.getName(), ein.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var namen = List.copyOf(teile.keySet());
        var name = namen.get(zufall.nextInt(namen.size()));
        if (zufall.nextInt(10) == 0) {
            teile.remove(name);
        } else {
            teile.put(name, brich(teile.get(name), zufall));
        }
        return packe(teile);
    }

    private byte[] brich(byte[] heil, Random zufall) {
        byte[] bytes = heil.clone();
        for (int i = zufall.nextInt(1, 5); i > 0; i--) {
            bytes = bytes.length < 4 ? heil.clone() : einmal(bytes, zufall);
        }
        return bytes;
    }

    private byte[] einmal(byte[] b, Random zufall) {
        int stelle = zufall.nextInt(b.length);
        return switch (zufall.nextInt(9)) {
            case 0 -> {
                for (int i = zufall.nextInt(1, 20); i > 0; i--) {
                    b[zufall.nextInt(b.length)] ^= (byte) (1 << zufall.nextInt(8));
                }
                yield b;
            }
            case 1 -> Arrays.copyOf(b, Math.max(1, stelle));
            case 2 -> {
                byte[] neues = new byte[zufall.nextInt(1, 200)];
                zufall.nextBytes(neues);
                yield verbinde(Arrays.copyOf(b, stelle), neues, Arrays.copyOfRange(b, stelle, b.length));
            }
            case 3 -> {
                int ende = Math.min(b.length, stelle + zufall.nextInt(1, 2_000));
                byte[] block = Arrays.copyOfRange(b, stelle, ende);
                var mehr = new byte[1 + zufall.nextInt(1, 30)][];
                Arrays.fill(mehr, block);
                mehr[0] = Arrays.copyOf(b, stelle);
                yield verbinde(verbinde(mehr), Arrays.copyOfRange(b, stelle, b.length));
            }
            case 4 -> {
                byte[] anderes = muster.get(zufall.nextInt(muster.size())).getValue();
                int von = zufall.nextInt(anderes.length);
                yield verbinde(Arrays.copyOf(b, stelle), Arrays.copyOfRange(anderes, von, anderes.length));
            }
            case 5 -> {
                int ende = Math.min(b.length, stelle + zufall.nextInt(1, 500));
                yield verbinde(Arrays.copyOf(b, stelle), Arrays.copyOfRange(b, ende, b.length));
            }
            case 6 -> {
                long[] laengen = {0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffffL, b.length + 1L};
                var ordnung = zufall.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
                if (stelle + 4 <= b.length) {
                    ByteBuffer.wrap(b).order(ordnung).putInt(stelle, (int) laengen[zufall.nextInt(laengen.length)]);
                }
                yield b;
            }
            case 7 -> zahl(b, stelle, zufall);
            default -> {
                Arrays.fill(b, stelle, Math.min(b.length, stelle + zufall.nextInt(1, 64)), (byte) zufall.nextInt(256));
                yield b;
            }
        };
    }

    /** The next number that is written in digits becomes another one: lengths, counts and references in PDF, XML, RTF, mail. */
    private static byte[] zahl(byte[] b, int ab, Random zufall) {
        int von = ab;
        while (von < b.length && (b[von] < '0' || b[von] > '9')) {
            von++;
        }
        int bis = von;
        while (bis < b.length && b[bis] >= '0' && b[bis] <= '9') {
            bis++;
        }
        String[] zahlen = {"0", "-1", "1", "2147483647", "2147483648", "99999999999999999999", "65536", "1e9", ""};
        return verbinde(
                Arrays.copyOf(b, von),
                Giftschrank.b(zahlen[zufall.nextInt(zahlen.length)]),
                Arrays.copyOfRange(b, bis, b.length));
    }

    private static byte[] verbinde(byte[]... teile) {
        var aus = new ByteArrayOutputStream();
        for (byte[] teil : teile) {
            aus.writeBytes(teil);
        }
        return aus.size() > 4 << 20 ? Arrays.copyOf(aus.toByteArray(), 4 << 20) : aus.toByteArray();
    }

    /** Has the cases read by as many workers as given; what did not keep a promise has a {@code bruch}. */
    List<Fall> laufe(Path daten, int von, int anzahl, int arbeiter) throws Exception {
        var faelle = new ConcurrentLinkedQueue<Fall>();
        var naechster = new java.util.concurrent.atomic.AtomicInteger(von);
        var fehler = new ConcurrentLinkedQueue<Exception>();
        var faeden = new ArrayList<Thread>();
        for (int i = 0; i < arbeiter; i++) {
            // One Werkstatt each, so that the peaks belong to one file.
            var ort = daten.resolve("w" + i);
            faeden.add(Thread.ofVirtual().start(() -> {
                try (var probe = new Giftprobe(ort, JE_SEITE)) {
                    for (int n = naechster.getAndIncrement(); n < von + anzahl; n = naechster.getAndIncrement()) {
                        faelle.add(pruefe(probe, n));
                    }
                    if (!probe.lies("danach.txt", Muster.bytes("danach"), Grenzen.UEBLICH)
                                    .text()
                                    .equals("danach")
                            || probe.gehoert() > 0) {
                        fehler.add(new IllegalStateException("Kein Platz mehr, oder jemand war draußen"));
                    }
                    try (var reste = Files.list(ort.resolve("tmp"))) {
                        if (reste.flatMap(Mutationsprobe::inhalt)
                                .anyMatch(p -> p.getFileName().toString().startsWith("auftrag"))) {
                            fehler.add(new IllegalStateException("Es blieb etwas liegen"));
                        }
                    }
                } catch (Exception e) {
                    fehler.add(e);
                }
            }));
        }
        for (var faden : faeden) {
            faden.join();
        }
        if (!fehler.isEmpty()) {
            throw fehler.peek();
        }
        return faelle.stream().sorted(Comparator.comparingInt(Fall::nummer)).toList();
    }

    private static java.util.stream.Stream<Path> inhalt(Path ordner) {
        try (var da = Files.list(ordner)) {
            return da.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Fall pruefe(Giftprobe probe, int nummer) throws Exception {
        var fall = fall(nummer);
        // LibreOffice takes seconds for each: every fortieth is enough to see that it is held.
        var grenzen = Grenzen.UEBLICH.mitSeiten(20).mitBuerosekunden(nummer % 40 == 7 ? 10 : 0);
        var aus = probe.lies(fall.getKey(), fall.getValue(), grenzen);
        String bruch = null;
        if (!aus.satz().isEmpty() && !aus.satz().matches(SATZ)) {
            bruch = "kein Satz: " + aus.satz();
        } else if (aus.ausfall() != null
                && "Ergebnis passt nicht".equals(aus.ausfall().technisch())) {
            bruch = "Ergebnis passt nicht";
        } else if (aus.speicher() > SPEICHER) {
            bruch = "Speicher " + (aus.speicher() >> 20) + " MiB";
        } else if (aus.platz() > 2 * grenzen.platz()) {
            bruch = "Platz " + (aus.platz() >> 20) + " MiB";
        } else if (aus.millisekunden() > JE_SEITE.toMillis() + 15_000) {
            bruch = "Zeit " + aus.millisekunden() + " ms";
        } else if (aus.ergebnis() != null
                && aus.ergebnis().technisch() != null
                && aus.ergebnis().technisch().contains("NoClassDefFound")) {
            bruch = "im Programm fehlt etwas: " + aus.ergebnis().technisch();
        }
        if (bruch != null || aus.ausfall() != null) {
            var ort = Files.createDirectories(Path.of("target/mutation"));
            Files.write(ort.resolve("%d-%d-%s".formatted(saat, nummer, fall.getKey())), fall.getValue());
        }
        return new Fall(nummer, fall.getKey(), aus, bruch);
    }

    public static void main(String[] args) throws Exception {
        int anzahl = Integer.parseInt(args[0]);
        long saat = args.length > 1 ? Long.parseLong(args[1]) : 1;
        int von = args.length > 2 ? Integer.parseInt(args[2]) : 0;
        long beginn = System.nanoTime();
        var faelle = new Mutationsprobe(saat).laufe(Path.of("target/mutationsprobe"), von, anzahl, 2);
        var folgen = new TreeMap<String, Integer>();
        var gruende = new TreeMap<String, Integer>();
        long speicher = 0;
        for (var f : faelle) {
            folgen.merge(f.ausgang().folge().name(), 1, Integer::sum);
            speicher = Math.max(speicher, f.ausgang().speicher());
            var e = f.ausgang().ergebnis();
            if (e != null && e.technisch() != null) {
                gruende.merge(e.technisch().replaceAll("[:@ (].*", ""), 1, Integer::sum);
            }
            if (f.bruch() != null || f.ausgang().ausfall() != null) {
                System.out.printf(
                        "%s %d %s %s %d ms%n",
                        f.bruch() == null ? "beendet" : "BRUCH " + f.bruch(),
                        f.nummer(),
                        f.name(),
                        f.ausgang().ausfall() == null
                                ? ""
                                : f.ausgang().ausfall().getMessage() + " "
                                        + f.ausgang().ausfall().technisch(),
                        f.ausgang().millisekunden());
            }
        }
        faelle.stream()
                .sorted(Comparator.comparingLong((Fall f) -> f.ausgang().millisekunden())
                        .reversed())
                .limit(8)
                .forEach(f -> System.out.printf("%6d ms %d %s%n", f.ausgang().millisekunden(), f.nummer(), f.name()));
        System.out.println(gruende);
        long brueche = faelle.stream().filter(f -> f.bruch() != null).count();
        System.out.printf(
                "%d Fälle, Saat %d, %s, gebrochen %d, Speicher bis %d MiB, %.1f Fälle/s%n",
                faelle.size(),
                saat,
                folgen,
                brueche,
                speicher >> 20,
                faelle.size() * 1e9 / (System.nanoTime() - beginn));
        System.exit(brueche == 0 && faelle.size() == anzahl ? 0 : 1);
    }
}
