package de.federwerk.umbau;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static de.federwerk.umbau.Rechtelage.kette;

import de.federwerk.berechtigung.Freigaben;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.umbau.Rechtelage.Freigabe;
import de.federwerk.umbau.Rechtelage.Weg;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Freigaben that become wider by an Umbau: to a unit that others belong to from then on, or on one that leads other Akten. Such a Freigabe was
 * decided about for few, and holds for more without anybody having decided: so whoever decides about the Umbau is asked.
 */
@Component
class Weiterungen {

    private static final int EINHEITEN = 5;

    /**
     * With names as they are shown and kept; whether it was agreed to say the ids, which no renaming changes.
     *
     * @param bis null: without end
     * @param leuteAus the units whose Stellen it did not reach before
     * @param aktenVon the units whose Akten it did not reach before
     * @param dazu both in words
     */
    record Weiterung(
            UUID fuerId,
            String fuer,
            int recht,
            UUID woraufId,
            String worauf,
            @Nullable Instant bis,
            List<UUID> leuteAus,
            List<UUID> aktenVon,
            String dazu) {

        /** Whether whoever agreed to this one has agreed to the other: it goes no further in anything. */
        boolean deckt(Weiterung andere) {
            return fuerId.equals(andere.fuerId)
                    && woraufId.equals(andere.woraufId)
                    && recht >= andere.recht
                    && (bis == null || andere.bis != null && !bis.isBefore(andere.bis))
                    && leuteAus.containsAll(andere.leuteAus)
                    && aktenVon.containsAll(andere.aktenVon);
        }

        String darf() {
            return Recht.values()[recht].wort();
        }

        String kurz() {
            return fuer + ": " + darf() + ", auf " + worauf;
        }

        String inWorten() {
            return kurz() + " (" + dazu + ")";
        }
    }

    /** What a Freigabe reaches afterwards that one like it did not reach. */
    private record Zuwachs(Freigabe bisher, Freigabe freigabe, Set<UUID> leuteAus, Set<UUID> aktenVon) {

        boolean keiner() {
            return leuteAus.isEmpty() && aktenVon.isEmpty();
        }

        int groesse() {
            return leuteAus.size() + aktenVon.size();
        }
    }

    private record Name(
            UUID id, @Nullable String fuer, @Nullable String worauf) {}

    private final JdbcClient datenbank;

    Weiterungen(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** By name. In the transaction in which {@code nachher} holds. @param einzelne Akten that a split gives away singly */
    @Transactional(propagation = Propagation.MANDATORY)
    List<Weiterung> zwischen(Rechtelage vorher, Rechtelage nachher, Collection<Lauf.Einzelne> einzelne) {
        var gewachsene = new Vergleich(vorher, nachher, einzelne).gewachsene();
        var namen = namen(gewachsene);
        return gewachsene.stream()
                .map(z -> {
                    var name = namen.get(z.freigabe.id());
                    return new Weiterung(
                            z.freigabe.subjektId(),
                            name == null || name.fuer == null ? "?" : name.fuer,
                            z.freigabe.recht(),
                            z.freigabe.zielId(),
                            name == null || name.worauf == null ? "etwas mit einer eigenen Regel" : name.worauf,
                            z.freigabe.gueltigBis(),
                            z.leuteAus.stream().sorted().toList(),
                            z.aktenVon.stream().sorted().toList(),
                            dazu(vorher, z));
                })
                .distinct()
                .sorted(Comparator.comparing(Weiterung::fuer)
                        .thenComparing(Weiterung::worauf)
                        .thenComparing(Weiterung::darf)
                        .thenComparing(Weiterung::dazu)
                        .thenComparing(Weiterung::fuerId)
                        .thenComparing(Weiterung::woraufId))
                .toList();
    }

    private Map<UUID, Name> namen(List<Zuwachs> gewachsene) {
        var namen = new HashMap<UUID, Name>();
        datenbank
                .sql(
                        "SELECT f.id, " + Freigaben.subjekt("f") + " AS fuer, " + Freigaben.ziel("f")
                                + " AS worauf FROM freigabe f WHERE f.mandant_id = :m AND f.id IN (SELECT unnest(CAST(:ids AS uuid[])))")
                .param("m", mandant())
                .param(
                        "ids",
                        Umzug.feld(gewachsene.stream().map(z -> z.freigabe.id()).toList()))
                .query(Name.class)
                .list()
                .forEach(n -> namen.put(n.id, n));
        return namen;
    }

    private static String dazu(Rechtelage vorher, Zuwachs z) {
        var leute = z.leuteAus.isEmpty() ? "" : "auch für Stellen in " + einheiten(vorher, z.leuteAus);
        var akten = z.aktenVon.isEmpty() ? "" : "auch auf Akten von " + einheiten(vorher, z.aktenVon);
        var ende = z.freigabe.gueltigBis();
        var bis = ende == null ? "" : "gilt bis " + Anzeige.datum(ende);
        return Stream.of(bisher(vorher, z), leute, akten, bis)
                .filter(t -> !t.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Where it stood before, if it has moved. */
    private static String bisher(Rechtelage vorher, Zuwachs z) {
        var subjekt = z.bisher.subjektId().equals(z.freigabe.subjektId())
                ? ""
                : " für " + vorher.anzeige(z.bisher.subjektId());
        var ziel = z.bisher.zielId().equals(z.freigabe.zielId()) ? "" : " auf " + vorher.anzeige(z.bisher.zielId());
        return subjekt.isEmpty() && ziel.isEmpty() ? "" : "bisher" + subjekt + ziel;
    }

    private static String einheiten(Rechtelage vorher, Set<UUID> ids) {
        var namen = ids.stream().map(vorher::anzeige).collect(Collectors.toCollection(TreeSet::new));
        return namen.stream().limit(EINHEITEN).collect(Collectors.joining(", "))
                + (namen.size() > EINHEITEN ? " und %d weiteren".formatted(namen.size() - EINHEITEN) : "");
    }

    /** Two Rechtelagen side by side. */
    private static final class Vergleich {

        private record Paar(UUID alt, UUID neu) {}

        private final Rechtelage vorher;
        private final Rechtelage nachher;
        private final Set<Weg> stellen = new LinkedHashSet<>();
        private final Set<Weg> akten = new LinkedHashSet<>();
        private final Map<Paar, Set<UUID>> leute = new HashMap<>();
        private final Map<Paar, Set<UUID>> bestand = new HashMap<>();
        private final Map<UUID, List<UUID>> ueberVorher = new HashMap<>();
        private final Map<UUID, List<UUID>> ueberNachher = new HashMap<>();
        private final Instant jetzt = Instant.now();

        Vergleich(Rechtelage vorher, Rechtelage nachher, Collection<Lauf.Einzelne> einzelne) {
            this.vorher = vorher;
            this.nachher = nachher;
            vorher.stellen()
                    .forEach((id, einheit) ->
                            stellen.add(new Weg(einheit, nachher.stellen().getOrDefault(id, einheit))));
            vorher.orte()
                    .forEach((id, ort) -> akten.add(new Weg(
                            ort.einheitId(),
                            nachher.orte().getOrDefault(id, ort).einheitId())));
            for (var e : einzelne) {
                var ort = vorher.orte().get(e.ort());
                if (ort != null) {
                    akten.add(new Weg(ort.einheitId(), nachher.heute(e.nach())));
                }
            }
        }

        List<Zuwachs> gewachsene() {
            var aehnliche = vorher.freigaben().stream().collect(Collectors.groupingBy(Vergleich::gleiches));
            return nachher.freigaben().stream()
                    .map(f -> zuwachs(f, aehnliche.getOrDefault(gleiches(f), List.of())))
                    .filter(Objects::nonNull)
                    .filter(z -> !z.keiner())
                    .toList();
        }

        /** What an Umbau does not change in a Freigabe: all but the units. */
        private static List<Object> gleiches(Freigabe f) {
            return List.of(
                    f.subjektArt(), f.anEinheit() ? "" : f.subjektId(), f.zielArt(), f.aufEinheit() ? "" : f.zielId());
        }

        /** Compared with the one before that comes nearest: with it, least is new. */
        private @Nullable Zuwachs zuwachs(Freigabe neu, List<Freigabe> fruehere) {
            @Nullable Zuwachs kleinster = null;
            // Nearly always it is the same one, and nothing is new: then no other is looked at.
            var erstSieSelbst = fruehere.stream()
                    .filter(alt -> alt.recht() >= neu.recht() && deckt(alt, neu))
                    .sorted(Comparator.comparing(alt -> !alt.id().equals(neu.id())))
                    .toList();
            for (var alt : erstSieSelbst) {
                var z = new Zuwachs(
                        alt,
                        neu,
                        neu.anEinheit() ? hinzu(stellen, leute, alt.subjektId(), neu.subjektId()) : Set.of(),
                        neu.aufEinheit() ? hinzu(akten, bestand, alt.zielId(), neu.zielId()) : Set.of());
                if (kleinster == null || z.groesse() < kleinster.groesse()) {
                    kleinster = z;
                }
                if (z.keiner()) {
                    break;
                }
            }
            return kleinster;
        }

        /** Whether the old one held as early and as long. */
        private boolean deckt(Freigabe alt, Freigabe neu) {
            boolean frueh =
                    alt.gueltigVon().isBefore(jetzt) || !alt.gueltigVon().isAfter(neu.gueltigVon());
            var bis = alt.gueltigBis();
            return frueh && (bis == null || neu.gueltigBis() != null && !bis.isBefore(neu.gueltigBis()));
        }

        /** The units whose Stellen or Akten stand below {@code neu} afterwards and did not stand below {@code alt} before. */
        private Set<UUID> hinzu(Set<Weg> wege, Map<Paar, Set<UUID>> gemerkt, UUID alt, UUID neu) {
            return gemerkt.computeIfAbsent(
                    new Paar(alt, neu),
                    p -> wege.stream()
                            .filter(w -> ueberNachher
                                            .computeIfAbsent(w.nachher(), id -> kette(nachher.einheiten(), id))
                                            .contains(neu)
                                    && !ueberVorher
                                            .computeIfAbsent(w.vorher(), id -> kette(vorher.einheiten(), id))
                                            .contains(alt))
                            .map(Weg::vorher)
                            .collect(Collectors.toSet()));
        }
    }
}
