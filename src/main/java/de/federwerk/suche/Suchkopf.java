package de.federwerk.suche;

import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LRUQueryCache;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryCachingPolicy;
import org.apache.lucene.search.SearcherFactory;
import org.jspecify.annotations.Nullable;

/** Makes searchers that keep who-may-see-what per segment, and nothing else; one bounded store for all Mandanten. */
final class Suchkopf extends SearcherFactory {

    private static final int PERSONEN = 2_000;
    private static final long SPEICHER = 48L << 20;
    private static final int KLEINER_ABSCHNITT = 10_000;
    /** Answers that cost more than this many times the rest of the query are not computed for keeping. */
    private static final float LOHNT_BIS = 10f;

    private record Wer(UUID mandant, UUID person, Recht recht) {}

    final LRUQueryCache speicher;
    private final Map<Wer, Rechtefilter> filter = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Wer, Rechtefilter> aeltester) {
            return size() > PERSONEN;
        }
    };

    Suchkopf() {
        this(KLEINER_ABSCHNITT);
    }

    /** @param ab number of things in a segment from which on answers are kept for it */
    Suchkopf(int ab) {
        speicher = new LRUQueryCache(
                PERSONEN, SPEICHER, abschnitt -> abschnitt.reader().maxDoc() >= ab, LOHNT_BIS);
    }

    private static final QueryCachingPolicy NUR_RECHTE = new QueryCachingPolicy() {
        @Override
        public void onUse(Query abfrage) {}

        @Override
        public boolean shouldCache(Query abfrage) {
            return abfrage instanceof Rechtefilter;
        }
    };

    @Override
    public IndexSearcher newSearcher(IndexReader leser, @Nullable IndexReader voriger) {
        var sucher = new IndexSearcher(leser);
        sucher.setQueryCache(speicher);
        sucher.setQueryCachingPolicy(NUR_RECHTE);
        return sucher;
    }

    /**
     * The filter of this Sicht: the same object as long as the person's rights are the same. The contents are compared, not only
     * the state number, because rights also change when a from or until date passes; sets that are the same object cost nothing.
     */
    Rechtefilter filter(Sicht sicht) {
        var wer = new Wer(sicht.mandant(), sicht.person(), sicht.recht());
        synchronized (filter) {
            var bekannt = filter.get(wer);
            if (bekannt != null && bekannt.sicht.equals(sicht)) {
                return bekannt;
            }
            var neu = new Rechtefilter(sicht);
            filter.put(wer, neu);
            return neu;
        }
    }
}
