package de.federwerk.datei;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.TeilweiseAbgelehnt;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * The files of an upload form, part {@code datei}. Each is taken for itself: what is done stays done, and whoever sent them learns by
 * name which were not. The form's field {@code stapel} (a UUID made with the page) lets the same form sent twice take nothing twice.
 */
@Component
public class Hochgeladenes {

    /** Most files in one form. */
    static final int DATEIEN = 50;

    private static final Logger LOG = LoggerFactory.getLogger(Hochgeladenes.class);

    /** Gives the bytes a place; runs in a transaction of its own. */
    @FunctionalInterface
    public interface Aufnahme {
        void nimm(UUID id, Blob bytes, String dateiname);
    }

    private final Blobs blobs;
    private final Einmal einmal;
    private final TransactionTemplate transaktion;

    Hochgeladenes(Blobs blobs, Einmal einmal, TransactionTemplate transaktion) {
        this.blobs = blobs;
        this.einmal = einmal;
        this.transaktion = transaktion;
    }

    /**
     * Takes the files one after the other. Nothing of the request is read before: ask first whether the person may.
     *
     * @param schon whether something with this id is there already; asked in the transaction of {@code aufnahme}
     * @return ids of what is there now, in the order of the files
     * @throws Abgelehnt none, too many, or refused: nothing was taken
     * @throws TeilweiseAbgelehnt some were taken; the message names both kinds
     */
    public List<UUID> nimm(MultipartHttpServletRequest anfrage, Predicate<UUID> schon, Aufnahme aufnahme)
            throws IOException {
        var dateien = anfrage.getFiles("datei").stream()
                .filter(f -> f.getOriginalFilename() != null
                        && !f.getOriginalFilename().isEmpty())
                .toList();
        if (dateien.isEmpty()) {
            throw Abgelehnt.eingabe("Es wurde keine Datei ausgewählt.");
        }
        if (dateien.size() > DATEIEN) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Auf einmal sind höchstens %d Dateien möglich, ausgewählt waren %d. Es wurde keine übernommen."
                            .formatted(DATEIEN, dateien.size()));
        }
        var stapel = stapel(anfrage.getParameter("stapel"));
        var gleiche = new HashMap<String, Integer>();
        var genommen = new LinkedHashMap<UUID, String>();
        var nicht = new LinkedHashMap<String, List<String>>();
        Abgelehnt erster = null;
        for (var datei : dateien) {
            var name = String.valueOf(datei.getOriginalFilename());
            try {
                genommen.put(nimm(datei, name, stapel, gleiche, schon, aufnahme), name);
            } catch (Abgelehnt e) {
                erster = erster == null ? e : erster;
                nicht.computeIfAbsent(String.valueOf(e.getMessage()), m -> new ArrayList<>())
                        .add(name);
            } catch (IOException | RuntimeException e) {
                if (genommen.isEmpty()) {
                    throw e;
                }
                // The others are done and stay done: an error page would say that nothing was.
                LOG.error(
                        "Eine von {} Dateien ließ sich nicht übernehmen, {} davor schon",
                        dateien.size(),
                        genommen.size(),
                        e);
                var rest = dateien.subList(genommen.size() + anzahl(nicht), dateien.size()).stream()
                        .map(f -> String.valueOf(f.getOriginalFilename()))
                        .toList();
                nicht.computeIfAbsent("Das Programm hat einen Fehler gemacht.", m -> new ArrayList<>())
                        .addAll(rest);
                break;
            }
        }
        if (!nicht.isEmpty()) {
            throw grund(genommen, nicht, dateien.size(), erster);
        }
        return List.copyOf(genommen.keySet());
    }

    private UUID nimm(
            MultipartFile datei,
            String name,
            UUID stapel,
            Map<String, Integer> gleiche,
            Predicate<UUID> schon,
            Aufnahme aufnahme)
            throws IOException {
        // The content counts, not only the place in the list: who goes back in the browser and corrects a file sends
        // the same form with another.
        var schluessel = stapel + "\n" + name + "\n" + pruefsumme(datei);
        var id = UUID.nameUUIDFromBytes(
                (schluessel + "\n" + gleiche.merge(schluessel, 1, Integer::sum)).getBytes(StandardCharsets.UTF_8));
        if (!schon.test(id)) {
            Blob bytes;
            try (var strom = datei.getInputStream()) {
                bytes = blobs.schreibe(strom);
            }
            transaktion.executeWithoutResult(t -> {
                einmal.warte(id);
                if (!schon.test(id)) {
                    aufnahme.nimm(id, bytes, name);
                }
            });
        }
        return id;
    }

    private static Abgelehnt grund(
            Map<UUID, String> genommen, Map<String, List<String>> nicht, int dateien, @Nullable Abgelehnt erster) {
        if (dateien == 1 && erster != null) {
            return erster;
        }
        var art = erster == null ? Abgelehnt.Art.KONFLIKT : erster.art();
        var gruende = nicht.entrySet().stream()
                .map(g -> String.join(", ", g.getValue()) + " – " + g.getKey())
                .collect(Collectors.joining(" "));
        return genommen.isEmpty()
                ? new Abgelehnt(art, "Keine der Dateien wurde übernommen: " + gruende)
                : new TeilweiseAbgelehnt(
                        art, "Übernommen: " + String.join(", ", genommen.values()) + ". Nicht übernommen: " + gruende);
    }

    private static int anzahl(Map<String, List<String>> nicht) {
        return nicht.values().stream().mapToInt(List::size).sum();
    }

    private static UUID stapel(@Nullable String text) {
        return text != null && text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? UUID.fromString(text)
                : Kennung.neu();
    }

    private static String pruefsumme(MultipartFile datei) throws IOException {
        try (var strom = new DigestInputStream(datei.getInputStream(), MessageDigest.getInstance("SHA-256"))) {
            strom.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(strom.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
