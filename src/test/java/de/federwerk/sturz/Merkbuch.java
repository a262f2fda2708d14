package de.federwerk.sturz;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the outside world knows: what it handed in and what was acknowledged. Lives in the process of the harness, so that no kill
 * of the program can touch it. Nothing in here was told by the database.
 */
final class Merkbuch {

    /** A request was sent; whether it was carried out is known only if it was acknowledged. */
    enum Antwort {
        UNGEWISS,
        BESTAETIGT,
        ABGELEHNT
    }

    /** A file put into {@code eingang/}. @param teile attachments that must come to light in it */
    record Abgabe(String name, String sha256, int laenge, int teile) {}

    record Hochladung(UUID schluessel, UUID vorgang, String sha256) {}

    record Akte(UUID schluessel, String titel) {}

    record Vorgang(UUID schluessel, UUID akte, String titel) {}

    record Ablage(UUID eingang, UUID vorgang) {}

    record Vermerk(UUID id, UUID vorgang, String text) {}

    /** By file name, which is unique here. */
    final Map<String, Abgabe> abgaben = new ConcurrentHashMap<>();

    final Map<Hochladung, Antwort> hochladungen = new ConcurrentHashMap<>();
    final Map<Akte, Antwort> akten = new ConcurrentHashMap<>();
    final Map<Vorgang, Antwort> vorgaenge = new ConcurrentHashMap<>();
    final Map<Ablage, Antwort> ablagen = new ConcurrentHashMap<>();
    final Map<Vermerk, Antwort> vermerke = new ConcurrentHashMap<>();
    /** By Vorgang. */
    final Map<UUID, Antwort> abschluesse = new ConcurrentHashMap<>();

    /** By id; sent, and the receipt seen or not. */
    final Map<UUID, Antwort> antraege = new ConcurrentHashMap<>();

    /** What the receipts name: the leaf of the entry in the Protokoll, hex. */
    final Map<UUID, String> belege = new ConcurrentHashMap<>();

    /** Vorgänge in which work goes on: known to exist, nobody has begun to close them. */
    final Set<UUID> offeneVorgaenge = ConcurrentHashMap.newKeySet();

    /** What was once acknowledged stays so, whatever a repetition of the same request says. */
    static <K> void merke(Map<K, Antwort> buch, K was, Antwort antwort) {
        buch.merge(was, antwort, (alt, neu) -> alt == Antwort.BESTAETIGT ? alt : neu);
    }

    static long bestaetigt(Map<?, Antwort> buch) {
        return buch.values().stream().filter(a -> a == Antwort.BESTAETIGT).count();
    }

    /** Whether something of every kind was acknowledged. */
    boolean vonAllemEtwas() {
        return !abgaben.isEmpty()
                && Stream.of(hochladungen, akten, vorgaenge, ablagen, vermerke, abschluesse, antraege)
                        .allMatch(buch -> bestaetigt(buch) > 0);
    }

    @Override
    public String toString() {
        return "%d Dateien im Eingangsordner; bestätigt %d/%d Uploads, %d/%d Akten, %d/%d Vorgänge, %d/%d Ablagen, %d/%d Vermerke, %d/%d zdA, %d/%d Anträge"
                .formatted(
                        abgaben.size(),
                        bestaetigt(hochladungen),
                        hochladungen.size(),
                        bestaetigt(akten),
                        akten.size(),
                        bestaetigt(vorgaenge),
                        vorgaenge.size(),
                        bestaetigt(ablagen),
                        ablagen.size(),
                        bestaetigt(vermerke),
                        vermerke.size(),
                        bestaetigt(abschluesse),
                        abschluesse.size(),
                        bestaetigt(antraege),
                        antraege.size());
    }
}
