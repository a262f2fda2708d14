package de.federwerk.suche;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/** Counts the hits of each kind, exactly. */
final class Artenzaehler implements CollectorManager<Artenzaehler.Zaehler, Map<String, Long>> {

    static final class Zaehler implements Collector {

        private final Map<String, Long> jeArt = new TreeMap<>();

        @Override
        public LeafCollector getLeafCollector(LeafReaderContext abschnitt) throws IOException {
            SortedDocValues art = DocValues.getSorted(abschnitt.reader(), Indexdokument.ART);
            var anzahl = new long[art.getValueCount()];
            return new LeafCollector() {
                @Override
                public void setScorer(Scorable wertung) {}

                @Override
                public void collect(int nr) throws IOException {
                    if (art.advanceExact(nr)) {
                        anzahl[art.ordValue()]++;
                    }
                }

                @Override
                public void finish() throws IOException {
                    for (int i = 0; i < anzahl.length; i++) {
                        if (anzahl[i] > 0) {
                            jeArt.merge(art.lookupOrd(i).utf8ToString(), anzahl[i], Long::sum);
                        }
                    }
                }
            };
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }

    @Override
    public Zaehler newCollector() {
        return new Zaehler();
    }

    @Override
    public Map<String, Long> reduce(Collection<Zaehler> alle) {
        var summe = new TreeMap<String, Long>();
        alle.forEach(einer -> einer.jeArt.forEach((art, anzahl) -> summe.merge(art, anzahl, Long::sum)));
        return summe;
    }
}
