package de.federwerk.uebernahme;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder tree, always in the same order (bytes of the names, files before folders). Follows no symbolic link: what it points to
 * lies outside the tree, or would come twice.
 */
final class Quellbaum {

    /** Who is told what lies there. */
    interface Besucher {

        void datei(Fund fund);

        /** @param problem whether somebody should look at it; else it is rubbish and may stay behind */
        void ausgelassen(String pfad, long laenge, boolean problem, String grund);
    }

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final char ERSATZ = '\uFFFD';

    private final Path wurzel;
    private final Besucher besucher;

    Quellbaum(Path wurzel, Besucher besucher) {
        this.wurzel = wurzel;
        this.besucher = besucher;
    }

    /** @throws Abbruch if the folder itself cannot be read (any more) */
    void gehe() {
        gehe(wurzel, List.of(), "");
    }

    /** @param roh the names on the way as they are in the file system, for the key */
    private void gehe(Path ordner, List<String> namen, String roh) {
        List<Path> inhalt;
        try (var strom = Files.newDirectoryStream(ordner)) {
            inhalt = new ArrayList<>();
            strom.forEach(inhalt::add);
        } catch (IOException | DirectoryIteratorException e) {
            unlesbarerOrdner(ordner, namen, e);
            return;
        }
        inhalt.sort(null);
        var unterordner = new ArrayList<Path>();
        for (var eintrag : inhalt) {
            if (nimmDatei(eintrag, namen, roh)) {
                unterordner.add(eintrag);
            }
        }
        for (var unter : unterordner) {
            var name = name(unter);
            var weg = new ArrayList<>(namen);
            weg.add(name.lesbar);
            var unrat = Unrat.ordner(name.lesbar);
            if (unrat.isPresent()) {
                besucher.ausgelassen(String.join("/", weg) + "/", 0, false, unrat.get());
            } else {
                gehe(unter, List.copyOf(weg), roh + name.roh + "/");
            }
        }
    }

    private void unlesbarerOrdner(Path ordner, List<String> namen, Exception e) {
        if (ordner.equals(wurzel) || weg(wurzel) || weg(ordner) && weg(ordner.resolveSibling(""))) {
            throw new Abbruch("Der Ordner " + wurzel
                    + " ist nicht (mehr) zu lesen. Was bis hierher übernommen wurde, ist sicher. Bitte die Verbindung zum Laufwerk"
                    + " prüfen und denselben Befehl noch einmal geben.");
        }
        besucher.ausgelassen(
                String.join("/", namen) + "/",
                0,
                true,
                "Der Ordner ist nicht lesbar (" + ursache(e) + "); nichts darin wurde übernommen");
    }

    /** @return whether it is a folder */
    private boolean nimmDatei(Path eintrag, List<String> namen, String roh) {
        var name = name(eintrag);
        var pfad = namen.isEmpty() ? name.lesbar : String.join("/", namen) + "/" + name.lesbar;
        BasicFileAttributes art;
        try {
            art = Files.readAttributes(eintrag, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            verschwunden(eintrag);
            besucher.ausgelassen(pfad, 0, true, "nicht lesbar (" + ursache(e) + ")");
            return false;
        }
        if (art.isDirectory()) {
            return true;
        }
        if (art.isSymbolicLink()) {
            besucher.ausgelassen(pfad, 0, false, "symbolischer Verweis, wird nicht verfolgt");
        } else if (!art.isRegularFile()) {
            besucher.ausgelassen(pfad, 0, false, "keine gewöhnliche Datei (Gerät oder Kanal)");
        } else {
            var unrat = Unrat.datei(name.lesbar, art.size());
            if (unrat.isPresent()) {
                besucher.ausgelassen(pfad, art.size(), false, unrat.get());
            } else {
                besucher.datei(new Fund(
                        eintrag,
                        pfad,
                        Kennwert.von(roh + name.roh),
                        namen,
                        name.lesbar,
                        art.size(),
                        art.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MICROS),
                        name.fremd
                                ? "Der Dateiname ist nicht in UTF-8 geschrieben; gelesen wurde er als Windows-1252"
                                : null));
            }
        }
        return false;
    }

    /** One missing file was deleted by somebody; a whole missing folder means that the drive is gone. @throws Abbruch then */
    static void verschwunden(Path datei) {
        var ordner = datei.resolveSibling("");
        if (weg(ordner)) {
            throw new Abbruch("Der Ordner " + ordner
                    + " ist mitten in der Übernahme verschwunden. Was bis hierher übernommen wurde, ist sicher. Bitte die Verbindung"
                    + " zum Laufwerk prüfen und denselben Befehl noch einmal geben.");
        }
    }

    private static boolean weg(Path ordner) {
        return !Files.isDirectory(ordner);
    }

    /** German for what people can mend; else what the system says. */
    static String ursache(Exception e) {
        Throwable grund = e instanceof DirectoryIteratorException d ? d.getCause() : e;
        if (grund instanceof AccessDeniedException) {
            return "keine Berechtigung";
        }
        if (grund instanceof java.nio.file.NoSuchFileException) {
            return "inzwischen nicht mehr da";
        }
        if (grund instanceof java.nio.file.FileSystemException f && f.getReason() != null) {
            return f.getReason().contains("too long") ? "der Pfad ist zu lang" : f.getReason();
        }
        return grund == null || grund.getMessage() == null ? "unbekannter Fehler" : grund.getMessage();
    }

    /** @param roh differs for every file, whatever its name is made of @param fremd whether the bytes are no UTF-8 */
    private record Name(String lesbar, String roh, boolean fremd) {}

    /** Java shows bytes that are no UTF-8 as replacement characters; the URI still has them. */
    private static Name name(Path eintrag) {
        var text = String.valueOf(eintrag.getFileName());
        if (text.indexOf(ERSATZ) < 0) {
            return new Name(Normalizer.normalize(text, Normalizer.Form.NFC), text, false);
        }
        var uri = eintrag.toUri().getRawPath();
        var roh = uri.substring(uri.lastIndexOf('/') + 1);
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < roh.length(); i++) {
            if (roh.charAt(i) == '%') {
                bytes.write(Integer.parseInt(roh, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(roh.charAt(i));
            }
        }
        return new Name(new String(bytes.toByteArray(), WINDOWS), roh, true);
    }
}
