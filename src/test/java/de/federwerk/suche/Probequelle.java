package de.federwerk.suche;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Stands for the modules above, which own the things; found by the house because it lies on the test class path. */
@Component
class Probequelle implements Indexquelle {

    private final Map<UUID, ConcurrentSkipListMap<String, Indexeintrag>> staedte = new ConcurrentHashMap<>();
    final Set<UUID> unlesbare = ConcurrentHashMap.newKeySet();
    /** Characters of text in each answer, newest last. */
    final List<Long> antworten = new CopyOnWriteArrayList<>();

    void lege(UUID mandant, Indexeintrag eintrag) {
        stadt(mandant).put(eintrag.id().toString(), eintrag);
    }

    void entferne(UUID mandant, UUID id) {
        stadt(mandant).remove(id.toString());
    }

    private ConcurrentSkipListMap<String, Indexeintrag> stadt(UUID mandant) {
        return staedte.computeIfAbsent(mandant, m -> new ConcurrentSkipListMap<>());
    }

    @Override
    public String art() {
        return "probe";
    }

    @Override
    public Map<UUID, Long> laengen(Collection<UUID> ids) {
        var stadt = stadt(mandant());
        return ids.stream().filter(id -> stadt.containsKey(id.toString())).collect(Collectors.toMap(id -> id, id ->
                (long) stadt.get(id.toString()).text().length()));
    }

    @Override
    public List<Indexeintrag> lies(Collection<UUID> ids) {
        if (ids.stream().anyMatch(unlesbare::contains)) {
            // An Error, because those pass by whoever only minds exceptions.
            throw new AssertionError("Unlesbar");
        }
        var stadt = stadt(mandant());
        var eintraege = ids.stream()
                .map(UUID::toString)
                .filter(stadt::containsKey)
                .map(stadt::get)
                .toList();
        antworten.add(eintraege.stream().mapToLong(e -> e.text().length()).sum());
        return eintraege;
    }

    @Override
    public List<UUID> ids(@Nullable UUID nach, int hoechstens) {
        var stadt = stadt(mandant());
        var rest = nach == null ? stadt : stadt.tailMap(nach.toString(), false);
        return rest.keySet().stream().limit(hoechstens).map(UUID::fromString).toList();
    }
}
