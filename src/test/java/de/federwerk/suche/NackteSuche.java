package de.federwerk.suche;

import de.federwerk.berechtigung.Sicht;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.store.FSDirectory;

/** For the stand: the same index without the house around it – no rights, no database, no cache. */
public final class NackteSuche implements Closeable {

    private static final int JE_SEITE = 20;
    private static final Set<String> GEZEIGT = Set.of("id", "art", "titel", "aktenzeichen", "zusatz", "datum");

    private final DirectoryReader leser;
    private final IndexSearcher sucher;

    private NackteSuche(DirectoryReader leser) {
        this.leser = leser;
        this.sucher = new IndexSearcher(leser);
        sucher.setQueryCache(null);
    }

    /** Opens the last commit of a Mandant's index beside the program that writes it. @param ordner {@code DATEN/index/<mandant>} */
    public static NackteSuche oeffne(Path ordner) throws IOException {
        var generation =
                ordner.resolve(Files.readString(ordner.resolve("aktuell")).strip());
        return new NackteSuche(DirectoryReader.open(FSDirectory.open(generation)));
    }

    /** First page of 20 with the numbers of each kind and excerpts; returns how many there are. */
    public long suche(String text) throws IOException {
        Query frage = Abfrage.aus(text).orElseThrow();
        var beides = sucher.search(
                frage,
                new MultiCollectorManager(
                        new TopFieldCollectorManager(
                                new Sort(SortField.FIELD_SCORE, new SortField("datum", SortField.Type.LONG, true)),
                                JE_SEITE,
                                Integer.MAX_VALUE),
                        new Artenzaehler()));
        var treffer = (TopDocs) beides[0];
        var nummern = List.of(treffer.scoreDocs).stream().mapToInt(t -> t.doc).toArray();
        if (nummern.length > 0) {
            new Hervorhebung(sucher).hebeHervor(frage, nummern);
        }
        var gespeichert = sucher.storedFields();
        for (int nummer : nummern) {
            gespeichert.document(nummer, GEZEIGT);
        }
        return treffer.totalHits.value();
    }

    /** The numbers beside the kinds, for all or as the program counts them for this person. */
    public static final class Facetten {

        private final Suchkopf kopf = new Suchkopf();
        private final IndexSearcher sucher;

        public Facetten(NackteSuche suche) {
            sucher = kopf.newSearcher(suche.leser, null);
        }

        public long fuerAlle(String text) throws IOException {
            return summe(Abfrage.aus(text).orElseThrow());
        }

        public long fuer(Sicht sicht, String text) throws IOException {
            return summe(new BooleanQuery.Builder()
                    .add(Abfrage.aus(text).orElseThrow(), Occur.MUST)
                    .add(kopf.filter(sicht), Occur.FILTER)
                    .build());
        }

        private long summe(Query frage) throws IOException {
            return sucher.search(frage, new Artenzaehler()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    public int anzahl() {
        return leser.numDocs();
    }

    @Override
    public void close() throws IOException {
        leser.close();
    }
}
