package de.federwerk.posteingang;

import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Dauerlauf;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Mandanten;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.stoerung.StoerungErneut;
import de.federwerk.stoerung.Stoerungen;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The watched folder. A file that has not changed for two seconds is moved to {@code .arbeit/<uuid>} – the uuid becomes the id of
 * the Eingang, so that a step repeated after a kill enters nothing twice – and removed once the Eingang is committed. Its name waits
 * beside it in {@code .arbeit/<uuid>.name}, written first.
 *
 * <p>The first Mandant has {@code DATEN/eingang}, each other one {@code DATEN/eingang-<kuerzel>}.
 */
@Component
class Eingangsordner {

    private static final Logger LOG = LoggerFactory.getLogger(Eingangsordner.class);
    private static final Duration RUHE = Duration.ofSeconds(2);
    private static final Duration PAUSE_NACH_FEHLER = Duration.ofSeconds(5);
    private static final Duration TAKT = Duration.ofMillis(500);
    /** The longest that one file of 2 GB should take on a slow disk. */
    private static final Duration STILLE = Duration.ofMinutes(10);
    /** For what only a person can set going again; a hundred years, so that differences of nanoseconds still fit. */
    private static final Duration NIE = Duration.ofDays(36_500);
    /** Files taken in one round; the rest waits for the next. */
    private static final int JE_RUNDE = 200;

    private static final String STOERUNG = "eingangsordner";
    private static final Pattern KENNUNG = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** All waiting is measured in nanoseconds of the clock that nobody can set: one set back by an hour would stop the post for an hour. */
    private record Gesehen(long groesse, long geaendert, long seit) {}

    private final Path daten;
    private final Mandanten mandanten;
    private final Eingaenge eingaenge;
    private final Poststellen poststellen;
    private final Blobs blobs;
    private final Stoerungen stoerungen;
    private final Dauerlaeufe laeufe;
    private final Map<Path, Gesehen> gesehen = new HashMap<>();
    /** Not before this moment of {@link System#nanoTime}. */
    private final Map<Path, Long> spaeter = new HashMap<>();

    private volatile boolean sofort;
    private volatile @Nullable Dauerlauf lauf;

    Eingangsordner(
            @Value("${federwerk.daten}") Path daten,
            Mandanten mandanten,
            Eingaenge eingaenge,
            Poststellen poststellen,
            Blobs blobs,
            Stoerungen stoerungen,
            Dauerlaeufe laeufe) {
        this.daten = daten;
        this.mandanten = mandanten;
        this.eingaenge = eingaenge;
        this.poststellen = poststellen;
        this.blobs = blobs;
        this.stoerungen = stoerungen;
        this.laeufe = laeufe;
    }

    @EventListener(ApplicationReadyEvent.class)
    void beginne() {
        lauf = laeufe.beginne("eingangsordner", TAKT, STILLE, this::runde);
    }

    /** Whoever presses “Erneut versuchen” does not want to wait for the pause to end. */
    @EventListener
    void nach(StoerungErneut erneut) {
        if (erneut.art().equals(STOERUNG)) {
            sofort = true;
        }
    }

    @EventListener(ContextClosedEvent.class)
    void ende() {
        var laufender = lauf;
        if (laufender != null) {
            laufender.ende(Duration.ofSeconds(20));
        }
    }

    private void runde() {
        if (sofort) {
            sofort = false;
            spaeter.clear();
        }
        var erster = true;
        for (var mandant : mandanten.alle()) {
            if (mandant.gilt()) {
                runde(mandant.id(), daten.resolve(erster ? "eingang" : "eingang-" + mandant.kuerzel()));
            }
            erster = false;
        }
    }

    /** One Mandant's trouble must not keep the others' post waiting. */
    private void runde(UUID mandant, Path ordner) {
        try {
            Mandantenkontext.als(mandant, () -> {
                leere(ordner);
                return null;
            });
        } catch (IOException | RuntimeException e) {
            // The next round tries again; nothing was removed that is not committed.
            LOG.warn("Eingangsordner {}: {}", ordner.getFileName(), e.toString());
        }
    }

    private void leere(Path ordner) throws IOException {
        var arbeit = Files.createDirectories(ordner.resolve(".arbeit"));
        var einheit = poststellen.einheit();
        if (einheit.isEmpty()) {
            return;
        }
        for (var datei : dateien(arbeit)) {
            var name = datei.getFileName().toString();
            if (KENNUNG.matcher(name).matches()) {
                trageEin(datei, einheit.get());
            } else if (name.endsWith(".name") && Files.notExists(neben(datei))) {
                Files.deleteIfExists(datei);
            }
            // Anything else was put here by somebody else (Thumbs.db): not ours to take, not ours to delete.
        }
        for (var datei : reif(ordner)) {
            // Not Kennung.neu(), which never goes back: this one says when the file was taken, as the clock says it.
            var id = Kennung.zu(Instant.now());
            try {
                schreibeDurable(
                        arbeit.resolve(id + ".name"), datei.getFileName().toString());
                stoerungen.erledigt(STOERUNG, bezug(datei));
                Files.move(datei, arbeit.resolve(id.toString()), StandardCopyOption.ATOMIC_MOVE);
                spaeter.remove(datei);
                trageEin(arbeit.resolve(id.toString()), einheit.get());
            } catch (NoSuchFileException e) {
                // Somebody took it back while we looked.
                LOG.debug("Nicht mehr da: {}", datei);
            } catch (IOException e) {
                melde(
                        datei,
                        "Die Datei im Eingangsordner lässt sich nicht übernehmen. Sie liegt unverändert dort; geprüft werden sollten die Zugriffsrechte.",
                        e);
            }
        }
    }

    /** Regular files that may be taken: not hidden, not still being written, unchanged for long enough. */
    private List<Path> reif(Path ordner) throws IOException {
        var reif = new ArrayList<Path>();
        long jetzt = System.nanoTime();
        var da = dateien(ordner);
        var nochDa = new HashSet<>(da);
        gesehen.keySet().removeIf(p -> ordner.equals(p.getParent()) && !nochDa.contains(p));
        for (var datei : da) {
            var name = datei.getFileName().toString();
            if (name.startsWith(".") || name.endsWith(".part") || name.endsWith(".tmp") || wartet(datei)) {
                continue;
            }
            try {
                var groesse = Files.size(datei);
                var geaendert = Files.getLastModifiedTime(datei).toMillis();
                var vorher = gesehen.get(datei);
                if (vorher == null || vorher.groesse != groesse || vorher.geaendert != geaendert) {
                    gesehen.put(datei, new Gesehen(groesse, geaendert, jetzt));
                } else if (jetzt - vorher.seit >= RUHE.toNanos() && reif.size() < JE_RUNDE) {
                    gesehen.remove(datei);
                    reif.add(datei);
                }
            } catch (IOException e) {
                // Moved away or replaced while we looked: the next round sees what is there then.
                gesehen.remove(datei);
            }
        }
        return reif;
    }

    private static List<Path> dateien(Path ordner) throws IOException {
        try (var alle = Files.list(ordner)) {
            return alle.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .limit(10_000)
                    .toList();
        }
    }

    /** When the file was taken, from its UUIDv7: a disk that was full over the weekend makes no letter younger. */
    private static Instant uebernommen(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    private void trageEin(Path datei, UUID einheit) {
        if (wartet(datei)) {
            return;
        }
        var laufender = lauf;
        if (laufender != null) {
            laufender.lebenszeichen();
        }
        var id = UUID.fromString(datei.getFileName().toString());
        var beileger = datei.resolveSibling(id + ".name");
        var name = id.toString();
        try {
            if (Files.exists(beileger)) {
                // Not readString: a name that is not UTF-8 is shown with a replacement character, and does not stop the
                // intake.
                name = new String(Files.readAllBytes(beileger), StandardCharsets.UTF_8);
            }
            if (!eingaenge.kennt(id)) {
                blobs.verlangePlatzFuer(Files.size(datei));
                try (var strom = Files.newInputStream(datei)) {
                    eingaenge.trageEin(
                            id, "ordner", blobs.schreibe(strom), name, einheit, uebernommen(id), Protokoll.PROGRAMM);
                }
            }
            // Before the file goes: killed in between, the next round comes here again and closes nothing too few.
            stoerungen.erledigt(STOERUNG, id);
            Files.delete(datei);
            Files.deleteIfExists(beileger);
            spaeter.remove(datei);
        } catch (Abgelehnt e) {
            melde(
                    datei,
                    name,
                    e.getMessage() + " Die Datei liegt unverändert im Eingangsordner unter .arbeit/" + id + ".",
                    e);
        } catch (IOException | RuntimeException e) {
            melde(
                    datei,
                    name,
                    "Die Datei konnte noch nicht eingetragen werden. Sie ist sicher im Eingangsordner; in fünf Sekunden wird es wieder versucht.",
                    e);
        }
    }

    private boolean wartet(Path datei) {
        var bis = spaeter.get(datei);
        return bis != null && System.nanoTime() - bis < 0;
    }

    private void melde(Path datei, String ursache, Exception e) {
        melde(datei, datei.getFileName().toString(), ursache, e);
    }

    private void melde(Path datei, String name, String ursache, Exception e) {
        // What is too large stays so: only a person can say “Erneut versuchen”.
        var zuGross = e instanceof Abgelehnt abgelehnt && abgelehnt.art() == Abgelehnt.Art.GRENZE;
        spaeter.put(datei, System.nanoTime() + (zuGross ? NIE : PAUSE_NACH_FEHLER).toNanos());
        stoerungen.melde(STOERUNG, bezug(datei), name, ursache, e.toString());
    }

    private static UUID bezug(Path datei) {
        var name = datei.getFileName().toString();
        return KENNUNG.matcher(name).matches()
                ? UUID.fromString(name)
                : UUID.nameUUIDFromBytes(datei.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Path neben(Path beileger) {
        var name = beileger.getFileName().toString();
        return beileger.resolveSibling(name.substring(0, name.length() - ".name".length()));
    }

    private static void schreibeDurable(Path ziel, String text) throws IOException {
        try (var kanal = FileChannel.open(ziel, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var bytes = java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                kanal.write(bytes);
            }
            kanal.force(true);
        }
    }
}
