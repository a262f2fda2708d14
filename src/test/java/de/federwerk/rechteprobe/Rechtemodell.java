package de.federwerk.rechteprobe;

import de.federwerk.berechtigung.Recht;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may see what, as somebody would say it who knows the law and no database: facts, and sentences about them. Nothing is resolved
 * beforehand or remembered; each question is answered anew, about one person and one thing. It walks upwards from the thing, where the
 * program walks downwards from the grant: what both agree on is not the same mistake made twice.
 */
final class Rechtemodell {

    private static final ZoneId ORTSZEIT = ZoneId.of("Europe/Berlin");

    /** From (included) – until (not included); null: without an end. */
    record Zeit(Instant von, @Nullable Instant bis) {

        boolean gilt(Instant jetzt) {
            return !von.isAfter(jetzt) && (bis == null || bis.isAfter(jetzt));
        }
    }

    record Person(UUID id, String name, boolean technisch, int ermaechtigung, Zeit zeit) {}

    record Einheit(UUID id, @Nullable UUID ueber, Zeit zeit) {}

    record Stelle(UUID id, UUID einheit, Zeit zeit) {}

    record Rolle(UUID id, Zeit zeit) {}

    /** Somebody holds a Stelle or a Rolle. */
    record Besetzung(UUID id, UUID was, UUID person, Zeit zeit) {}

    record Position(UUID id, @Nullable UUID ueber) {}

    /** Where something lies. @param sonder set: a Sonderbereich, nothing is inherited */
    record Schutzbereich(
            int nr,
            @Nullable UUID position,
            @Nullable UUID einheit,
            int stufe,
            @Nullable UUID sonder) {}

    /** An Akte, a Vorgang, a Dokument or an Eingang. @param vorgang itself, if it is one @param akte itself, if it is one */
    record Ding(
            UUID id,
            String art,
            int bereich,
            @Nullable UUID vorgang,
            @Nullable UUID akte) {}

    record Freigabe(UUID id, UUID subjekt, UUID ziel, Recht recht, Zeit zeit) {}

    /** F. @param was a Vorgang or an Akte */
    record Einzelfreigabe(UUID id, UUID person, UUID was, Recht recht, Zeit zeit) {}

    /** X. @param eigene the Akte is this person's own Personalakte */
    record Ausschluss(UUID id, UUID person, UUID akte, boolean eigene, Zeit zeit) {}

    record Vertretung(
            UUID id,
            UUID person,
            UUID vertreter,
            LocalDate von,
            LocalDate bis,
            boolean persoenliches,
            boolean beendet) {}

    /** One that is open. @param empfaenger Person, Stelle or Einheit @param frist whether it has a deadline */
    record Aufgabe(UUID id, UUID vorgang, UUID empfaenger, Recht recht, boolean persoenlich, boolean frist) {}

    final Map<UUID, Person> personen = new LinkedHashMap<>();
    final Map<UUID, Einheit> einheiten = new LinkedHashMap<>();
    final Map<UUID, Stelle> stellen = new LinkedHashMap<>();
    /** Which of the Stellen lead their unit. */
    final Set<UUID> leitungen = new HashSet<>();

    final Map<UUID, Rolle> rollen = new LinkedHashMap<>();
    final Map<UUID, Besetzung> besetzungen = new LinkedHashMap<>();
    final Map<UUID, Position> positionen = new LinkedHashMap<>();
    final Map<Integer, Schutzbereich> bereiche = new LinkedHashMap<>();
    final Map<UUID, Ding> dinge = new LinkedHashMap<>();
    final Map<UUID, Freigabe> freigaben = new LinkedHashMap<>();
    final Map<UUID, Einzelfreigabe> einzelfreigaben = new LinkedHashMap<>();
    final Map<UUID, Ausschluss> ausschluesse = new LinkedHashMap<>();
    final Map<UUID, Vertretung> vertretungen = new LinkedHashMap<>();
    final Map<UUID, Aufgabe> aufgaben = new LinkedHashMap<>();

    /** Whether this person may do that with this thing at this moment. */
    boolean darf(UUID wer, Recht recht, Ding ding, Instant jetzt) {
        var person = personen.get(wer);
        var bereich = bereiche.get(ding.bereich);
        // Who is not yet or no longer with the authority sees nothing.
        if (!person.zeit.gilt(jetzt)) {
            return false;
        }
        // No grant, no task and no Vertretung reaches above one's own Ermächtigung.
        if (bereich.stufe > person.ermaechtigung) {
            return false;
        }
        // Befangenheit (§§ 20, 21 VwVfG) and one's own Personalakte come before every grant.
        if (befangen(wer, ding.akte, jetzt) || istSeinePersonalakte(wer, ding.akte, jetzt)) {
            return false;
        }
        return freigegeben(wer, recht, bereich, jetzt)
                || einzelnFreigegeben(wer, recht, ding, bereich, jetzt)
                || durchAufgabe(wer, recht, ding, jetzt);
    }

    private boolean befangen(UUID wer, @Nullable UUID akte, Instant jetzt) {
        return ausschluesse.values().stream()
                .anyMatch(x -> !x.eigene && x.person.equals(wer) && x.akte.equals(akte) && x.zeit.gilt(jetzt));
    }

    /** Whom a Personalakte is about reads it at the Personalstelle, not here. */
    private boolean istSeinePersonalakte(UUID wer, @Nullable UUID akte, Instant jetzt) {
        return ausschluesse.values().stream()
                .anyMatch(x -> x.eigene && x.person.equals(wer) && x.akte.equals(akte) && x.zeit.gilt(jetzt));
    }

    /**
     * What the list of those who see a thing says of this person: the highest he may there. At an Akte it also names who sees only one
     * Vorgang in it, by a single grant or a task, but none that is shut for whoever asks.
     */
    Optional<Recht> gelistet(UUID wer, Ding ding, UUID fragend, Instant jetzt) {
        return Stream.of(Recht.values())
                .filter(recht -> darf(wer, recht, ding, jetzt)
                        || ding.art.equals("akte")
                                && dinge.values().stream()
                                        .filter(d -> d.art.equals("vorgang") && ding.id.equals(d.akte))
                                        .filter(v -> darf(fragend, Recht.LESEN, v, jetzt))
                                        .anyMatch(v -> nurDiesen(wer, recht, v, jetzt)))
                .max(Comparator.naturalOrder());
    }

    private boolean nurDiesen(UUID wer, Recht recht, Ding vorgang, Instant jetzt) {
        return darf(wer, recht, vorgang, jetzt)
                && (durchAufgabe(wer, recht, vorgang, jetzt)
                        || einzelfreigaben.values().stream()
                                .anyMatch(f -> f.person.equals(wer)
                                        && f.was.equals(vorgang.id)
                                        && f.zeit.gilt(jetzt)
                                        && f.recht.compareTo(recht) >= 0));
    }

    /** A grant counts for whoever it names, and reaches the node it hangs on and everything below. */
    private boolean freigegeben(UUID wer, Recht recht, Schutzbereich bereich, Instant jetzt) {
        var subjekte = subjekte(wer, jetzt);
        return freigaben.values().stream()
                .anyMatch(f -> f.zeit.gilt(jetzt)
                        && f.recht.compareTo(recht) >= 0
                        && subjekte.contains(f.subjekt)
                        && reicht(f, bereich));
    }

    private boolean reicht(Freigabe f, Schutzbereich bereich) {
        // Where inheritance is cut, only what is granted on just this Sonderbereich counts.
        if (bereich.sonder != null) {
            return f.ziel.equals(bereich.sonder);
        }
        for (var p = bereich.position; p != null; p = positionen.get(p).ueber) {
            if (f.ziel.equals(p)) {
                return true;
            }
        }
        for (var e = bereich.einheit; e != null; e = einheiten.get(e).ueber) {
            if (f.ziel.equals(e)) {
                return true;
            }
        }
        return false;
    }

    /** Oneself, one's Rollen and Stellen, the units of these and all units above. */
    private Set<UUID> subjekte(UUID wer, Instant jetzt) {
        var alle = new HashSet<UUID>();
        alle.add(wer);
        besetzungen.values().stream()
                .filter(b -> b.person.equals(wer) && b.zeit.gilt(jetzt))
                .filter(b -> rollen.containsKey(b.was) && rollen.get(b.was).zeit.gilt(jetzt))
                .forEach(b -> alle.add(b.was));
        for (var stelle : stellen(wer, jetzt)) {
            alle.add(stelle.id);
            for (var e = stelle.einheit; e != null; e = einheiten.get(e).ueber) {
                alle.add(e);
            }
        }
        return alle;
    }

    /** One holds a Stelle as long as oneself, the Stelle and its unit are there. */
    Set<Stelle> stellen(UUID wer, Instant jetzt) {
        return besetzungen.values().stream()
                .filter(b -> b.person.equals(wer) && b.zeit.gilt(jetzt))
                .filter(b -> stellen.containsKey(b.was))
                .map(b -> stellen.get(b.was))
                .filter(s -> s.zeit.gilt(jetzt) && einheiten.get(s.einheit).zeit.gilt(jetzt))
                .collect(Collectors.toSet());
    }

    /** A role counts as long as oneself, the role and one's holding it are there. */
    boolean hat(UUID wer, UUID rolle, Instant jetzt) {
        return personen.get(wer).zeit.gilt(jetzt)
                && rollen.get(rolle).zeit.gilt(jetzt)
                && besetzungen.values().stream()
                        .anyMatch(b -> b.person.equals(wer) && b.was.equals(rolle) && b.zeit.gilt(jetzt));
    }

    /** The units of one's own Stellen; and where one leads, all units below that are there, each below one that is. */
    Set<UUID> zustaendig(UUID wer, Instant jetzt) {
        var alle = new HashSet<UUID>();
        var geleitete = new HashSet<UUID>();
        for (var stelle : stellen(wer, jetzt)) {
            alle.add(stelle.einheit);
            if (leitungen.contains(stelle.id)) {
                geleitete.add(stelle.einheit);
            }
        }
        for (var einheit : einheiten.values()) {
            for (var e = einheit;
                    e != null && e.zeit.gilt(jetzt);
                    e = e.ueber == null ? null : einheiten.get(e.ueber)) {
                if (geleitete.contains(e.id)) {
                    alle.add(einheit.id);
                }
            }
        }
        return alle;
    }

    /** A Vorgang with all that lies in it, whatever is cut there; or an Akte, but not what has a Sonderbereich of its own. */
    private boolean einzelnFreigegeben(UUID wer, Recht recht, Ding ding, Schutzbereich bereich, Instant jetzt) {
        return einzelfreigaben.values().stream()
                .anyMatch(f -> f.person.equals(wer)
                        && f.zeit.gilt(jetzt)
                        && f.recht.compareTo(recht) >= 0
                        && (f.was.equals(ding.vorgang) || f.was.equals(ding.akte) && bereich.sonder == null));
    }

    /** Whoever has a task sees its Vorgang as long as it is open. The Akte around it stays shut. */
    private boolean durchAufgabe(UUID wer, Recht recht, Ding ding, Instant jetzt) {
        return aufgaben.values().stream()
                .anyMatch(
                        a -> a.vorgang.equals(ding.vorgang) && a.recht.compareTo(recht) >= 0 && kommtZu(wer, a, jetzt));
    }

    /** A task comes to whoever it names, to the colleagues of the unit it names, and to today's deputies. */
    boolean kommtZu(UUID wer, Aufgabe aufgabe, Instant jetzt) {
        return istSeine(wer, aufgabe, jetzt)
                || stellen(wer, jetzt).stream().anyMatch(s -> s.einheit.equals(aufgabe.empfaenger))
                || vertretene(wer, aufgabe.persoenlich, jetzt).stream().anyMatch(p -> istSeine(p, aufgabe, jetzt));
    }

    boolean istSeine(UUID wer, Aufgabe aufgabe, Instant jetzt) {
        return aufgabe.empfaenger.equals(wer)
                || stellen(wer, jetzt).stream().anyMatch(s -> s.id.equals(aufgabe.empfaenger));
    }

    /** For whom one stands in, over any chain of deputies. A personal matter goes only where each of them said so. */
    private Set<UUID> vertretene(UUID wer, boolean persoenlich, Instant jetzt) {
        var heute = LocalDate.ofInstant(jetzt, ORTSZEIT);
        var alle = new HashSet<UUID>();
        alle.add(wer);
        boolean mehr = true;
        while (mehr) {
            mehr = false;
            for (var v : vertretungen.values()) {
                boolean gilt = !v.beendet && !v.von.isAfter(heute) && !v.bis.isBefore(heute);
                if (gilt && (v.persoenliches || !persoenlich) && alle.contains(v.vertreter)) {
                    mehr |= alle.add(v.person);
                }
            }
        }
        return alle;
    }

    /** Everything with which this person may do that. */
    Set<UUID> alles(UUID wer, Recht recht, Instant jetzt) {
        return dinge.values().stream()
                .filter(d -> darf(wer, recht, d, jetzt))
                .map(Ding::id)
                .collect(Collectors.toSet());
    }

    /** When time alone may change something next, after this moment. */
    Optional<Instant> naechsteGrenze(Instant jetzt) {
        return Stream.of(
                        personen.values().stream().map(Person::zeit),
                        einheiten.values().stream().map(Einheit::zeit),
                        stellen.values().stream().map(Stelle::zeit),
                        rollen.values().stream().map(Rolle::zeit),
                        besetzungen.values().stream().map(Besetzung::zeit),
                        freigaben.values().stream().map(Freigabe::zeit),
                        einzelfreigaben.values().stream().map(Einzelfreigabe::zeit),
                        ausschluesse.values().stream().map(Ausschluss::zeit))
                .flatMap(z -> z)
                .flatMap(z -> Stream.of(z.von, z.bis))
                .filter(z -> z != null && z.isAfter(jetzt))
                .min(Comparator.naturalOrder());
    }
}
