package de.federwerk.suche;

import de.federwerk.berechtigung.Sicht;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.SparseFixedBitSet;

/**
 * A {@link Sicht} as a query, the same formula as in SQL. For a rare word it looks at the few candidates; once a broad query
 * pays for it, Lucene keeps the answer per segment (see {@link Suchkopf}). Two filters are equal only if they are the same
 * object: comparing 20,000 Schutzbereiche with every query would cost more than it saves.
 */
final class Rechtefilter extends Query {

    final Sicht sicht;
    private final int[] bereiche;

    Rechtefilter(Sicht sicht) {
        this.sicht = sicht;
        this.bereiche =
                sicht.bereiche().stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    @Override
    public Weight createWeight(IndexSearcher sucher, ScoreMode art, float gewicht) {
        return new ConstantScoreWeight(this, 0f) {
            @Override
            public ScorerSupplier scorerSupplier(LeafReaderContext abschnitt) {
                int umfang = abschnitt.reader().maxDoc();
                return new ScorerSupplier() {
                    @Override
                    public Scorer get(long fuehrend) throws IOException {
                        return new ConstantScoreScorer(
                                0f, ScoreMode.COMPLETE_NO_SCORES, new Pruefung(abschnitt.reader()));
                    }

                    @Override
                    public long cost() {
                        return umfang;
                    }
                };
            }

            @Override
            public boolean isCacheable(LeafReaderContext abschnitt) {
                return true;
            }
        };
    }

    /** Looks at one thing at a time. */
    private final class Pruefung extends TwoPhaseIterator {

        private final NumericDocValues bereich;
        private final NumericDocValues stufe;
        private final NumericDocValues sonder;
        private final SortedDocValues vorgang;
        private final SortedDocValues akte;
        private final SparseFixedBitSet erlaubteVorgaenge;
        private final SparseFixedBitSet erlaubteAkten;
        private final SparseFixedBitSet geschlosseneAkten;
        // Neighbours in the index mostly share the Schutzbereich.
        private int letzterBereich = 0;
        private boolean letzteAntwort = Arrays.binarySearch(bereiche, letzterBereich) >= 0;

        Pruefung(LeafReader abschnitt) throws IOException {
            super(DocIdSetIterator.all(abschnitt.maxDoc()));
            bereich = DocValues.getNumeric(abschnitt, Indexdokument.BEREICH);
            stufe = DocValues.getNumeric(abschnitt, Indexdokument.STUFE);
            sonder = DocValues.getNumeric(abschnitt, Indexdokument.SONDER);
            vorgang = DocValues.getSorted(abschnitt, Indexdokument.VORGANG);
            akte = DocValues.getSorted(abschnitt, Indexdokument.AKTE);
            erlaubteVorgaenge = nummern(vorgang, sicht.vorgaenge());
            erlaubteAkten = nummern(akte, sicht.akten());
            geschlosseneAkten = nummern(akte, sicht.ausgeschlossen());
        }

        private static SparseFixedBitSet nummern(SortedDocValues werte, Set<UUID> ids) throws IOException {
            var nummern = new SparseFixedBitSet(Math.max(1, werte.getValueCount()));
            for (UUID id : ids) {
                int nummer = werte.lookupTerm(Indexdokument.bytes(id));
                if (nummer >= 0) {
                    nummern.set(nummer);
                }
            }
            return nummern;
        }

        @Override
        public boolean matches() throws IOException {
            int nr = approximation.docID();
            // A thing without Stufe or Schutzbereich is broken: nobody sees it.
            if (!stufe.advanceExact(nr) || stufe.longValue() > sicht.ermaechtigung() || !bereich.advanceExact(nr)) {
                return false;
            }
            int akteNummer = akte.advanceExact(nr) ? akte.ordValue() : -1;
            if (akteNummer >= 0 && geschlosseneAkten.get(akteNummer)) {
                return false;
            }
            return imBereich((int) bereich.longValue())
                    || (vorgang.advanceExact(nr) && erlaubteVorgaenge.get(vorgang.ordValue()))
                    || (akteNummer >= 0
                            && erlaubteAkten.get(akteNummer)
                            && sonder.advanceExact(nr)
                            && sonder.longValue() == 0);
        }

        private boolean imBereich(int nummer) {
            if (nummer != letzterBereich) {
                letzterBereich = nummer;
                letzteAntwort = Arrays.binarySearch(bereiche, nummer) >= 0;
            }
            return letzteAntwort;
        }

        @Override
        public float matchCost() {
            return 30;
        }
    }

    @Override
    public void visit(QueryVisitor besucher) {
        besucher.visitLeaf(this);
    }

    @Override
    public String toString(String feld) {
        return "Rechtefilter(" + sicht.person() + ", " + sicht.recht() + ", " + sicht.stand() + ")";
    }

    @Override
    public boolean equals(Object anderes) {
        return this == anderes;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
