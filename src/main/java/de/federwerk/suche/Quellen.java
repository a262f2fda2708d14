package de.federwerk.suche;

import de.federwerk.suche.Rueckstand.Fehlschlag;
import de.federwerk.suche.Rueckstand.Zeile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Reads entries from the modules that own them, a few at a time, and keeps one that cannot be read from stopping the others. */
@Component
class Quellen {

    /** Texts of this many things are in memory at once. */
    static final int STAPEL = 25;

    private static final Logger LOG = LoggerFactory.getLogger(Quellen.class);

    // Asked for late: the sources depend on modules that depend on the index.
    private final ObjectProvider<Indexquelle> quellen;
    private final Transaktionen transaktionen;

    Quellen(ObjectProvider<Indexquelle> quellen, Transaktionen transaktionen) {
        this.quellen = quellen;
        this.transaktionen = transaktionen;
    }

    List<Indexquelle> alle() {
        return quellen.orderedStream().toList();
    }

    /** What to do with an entry that was read; null if its owner no longer knows it. */
    interface Abnehmer {
        void nimm(Zeile zeile, @Nullable Indexeintrag eintrag) throws IOException;
    }

    /**
     * Hands over every entry that can be read.
     *
     * @return those that could not be read or indexed
     * @throws IOException if the index itself cannot be written
     */
    List<Fehlschlag> reiche(UUID mandant, List<Zeile> zeilen, Abnehmer abnehmer) throws IOException {
        var fehlschlaege = new ArrayList<Fehlschlag>();
        for (var gruppe : zeilen.stream().collect(Collectors.groupingBy(Zeile::art)).entrySet()) {
            var quelle = alle().stream().filter(q -> q.art().equals(gruppe.getKey())).findFirst();
            if (quelle.isEmpty()) {
                gruppe.getValue().forEach(z -> fehlschlaege.add(new Fehlschlag(z, "Keine Quelle für die Art „" + z.art() + "“")));
                continue;
            }
            var rest = gruppe.getValue();
            for (int von = 0; von < rest.size(); von += STAPEL) {
                reicheStapel(mandant, quelle.get(), rest.subList(von, Math.min(von + STAPEL, rest.size())), abnehmer, fehlschlaege);
            }
        }
        return fehlschlaege;
    }

    private void reicheStapel(
            UUID mandant, Indexquelle quelle, List<Zeile> stapel, Abnehmer abnehmer, List<Fehlschlag> fehlschlaege) throws IOException {
        Map<UUID, Indexeintrag> eintraege;
        try {
            eintraege = lies(mandant, quelle, stapel.stream().map(Zeile::id).toList());
        } catch (RuntimeException e) {
            if (stapel.size() == 1) {
                LOG.warn("{} {} lässt sich nicht für die Suche lesen", quelle.art(), stapel.getFirst().id(), e);
                fehlschlaege.add(new Fehlschlag(stapel.getFirst(), String.valueOf(e.getMessage())));
                return;
            }
            for (var einzelne : stapel) {
                reicheStapel(mandant, quelle, List.of(einzelne), abnehmer, fehlschlaege);
            }
            return;
        }
        for (var zeile : stapel) {
            try {
                abnehmer.nimm(zeile, eintraege.get(zeile.id()));
            } catch (IllegalArgumentException | NullPointerException unbrauchbar) {
                LOG.warn("{} {} lässt sich nicht indizieren", zeile.art(), zeile.id(), unbrauchbar);
                fehlschlaege.add(new Fehlschlag(zeile, String.valueOf(unbrauchbar.getMessage())));
            }
        }
    }

    private Map<UUID, Indexeintrag> lies(UUID mandant, Indexquelle quelle, Collection<UUID> ids) {
        var eintraege = new HashMap<UUID, Indexeintrag>();
        transaktionen.lesend(mandant, () -> quelle.lies(ids)).forEach(eintrag -> eintraege.put(eintrag.id(), eintrag));
        return eintraege;
    }
}
