package de.federwerk.suche;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/** One commit of the index of one Mandant, read from outside; may run beside the program that writes it. */
public final class Indexpruefung implements Closeable {

    private static final int VERSUCHE = 5;

    private final Directory verzeichnis;
    private final DirectoryReader leser;
    private final @Nullable Bits lebende;

    private Indexpruefung(Directory verzeichnis) throws IOException {
        this.verzeichnis = verzeichnis;
        this.leser = DirectoryReader.open(verzeichnis);
        this.lebende = MultiBits.getLiveDocs(leser);
    }

    /** Empty if there is no whole index: it is being built, or will be at the next start. */
    public static Optional<Indexpruefung> oeffne(Path daten, UUID mandant) throws IOException {
        var ordner = daten.resolve("index").resolve(mandant.toString());
        for (int versuch = 1; ; versuch++) {
            var zeiger = ordner.resolve(Mandantenindex.ZEIGER);
            if (!Files.exists(zeiger)) return Optional.empty();
            Directory verzeichnis =
                    FSDirectory.open(ordner.resolve(Files.readString(zeiger).strip()));
            try {
                return Optional.of(new Indexpruefung(verzeichnis));
            } catch (IndexNotFoundException | NoSuchFileException getauscht) {
                // The writing program replaced this commit while it was being opened.
                IOUtils.closeWhileHandlingException(verzeichnis);
                if (versuch == VERSUCHE) throw getauscht;
            } catch (IOException | RuntimeException e) {
                IOUtils.closeWhileHandlingException(verzeichnis);
                throw e;
            }
        }
    }

    /** Reads every byte and compares it with Lucene's own checksums. @throws IOException naming the file that is damaged */
    public void pruefeBytes() throws IOException {
        for (var abschnitt : leser.leaves()) abschnitt.reader().checkIntegrity();
    }

    /** The entries of one kind, in ascending order of their ids. */
    public Eintraege eintraege(String art) throws IOException {
        return new Eintraege(art + ":");
    }

    /** Walks over the ids of one kind. */
    public final class Eintraege {

        private final BytesRef vorsatz;
        private final @Nullable TermsEnum woerter;
        private @Nullable PostingsEnum stellen;
        private @Nullable BytesRef wort;

        private Eintraege(String vorsatz) throws IOException {
            this.vorsatz = new BytesRef(vorsatz);
            var alle = MultiTerms.getTerms(leser, Indexdokument.SCHLUESSEL);
            woerter = alle == null ? null : alle.iterator();
            if (woerter != null && woerter.seekCeil(this.vorsatz) != TermsEnum.SeekStatus.END) wort = woerter.term();
        }

        /** How often the next id stands in the index, and under which Schutzbereich (the last, if several). */
        public record Eintrag(UUID id, int anzahl, OptionalInt schutzbereich) {}

        /** The next one that is not deleted; empty at the end. */
        public Optional<Eintrag> naechster() throws IOException {
            while (woerter != null && wort != null && beginntMitVorsatz(wort)) {
                var id = UUID.fromString(wort.utf8ToString().substring(vorsatz.length));
                var eintrag = lies(woerter, id);
                wort = woerter.next();
                if (eintrag.anzahl > 0) return Optional.of(eintrag);
            }
            return Optional.empty();
        }

        private boolean beginntMitVorsatz(BytesRef wort) {
            return org.apache.lucene.util.StringHelper.startsWith(wort, vorsatz);
        }

        private Eintrag lies(TermsEnum woerter, UUID id) throws IOException {
            int anzahl = 0;
            var bereich = OptionalInt.empty();
            var liste = woerter.postings(stellen, PostingsEnum.NONE);
            stellen = liste;
            for (int nr = liste.nextDoc(); nr != DocIdSetIterator.NO_MORE_DOCS; nr = liste.nextDoc()) {
                if (lebende == null || lebende.get(nr)) {
                    anzahl++;
                    bereich = bereich(nr);
                }
            }
            return new Eintrag(id, anzahl, bereich);
        }

        private OptionalInt bereich(int nr) throws IOException {
            var abschnitt = leser.leaves().get(ReaderUtil.subIndex(nr, leser.leaves()));
            var werte = abschnitt.reader().getNumericDocValues(Indexdokument.BEREICH);
            return werte != null && werte.advanceExact(nr - abschnitt.docBase)
                    ? OptionalInt.of((int) werte.longValue())
                    : OptionalInt.empty();
        }
    }

    @Override
    public void close() throws IOException {
        IOUtils.close(leser, verzeichnis);
    }
}
