package de.federwerk.suche;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Sicht;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.util.BytesRef;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds what one person may see; nothing else enters hits, counts or excerpts. */
@Component
public class Suche {

    private static final Set<String> GEZEIGT = Set.of(
            Indexdokument.ID,
            Indexdokument.ART,
            Indexdokument.TITEL,
            Indexdokument.ZEICHEN,
            Indexdokument.ZUSATZ,
            Indexdokument.DATUM);

    private final Indizes indizes;
    private final Rueckstand rueckstand;
    private final Berechtigungen berechtigungen;

    Suche(Indizes indizes, Rueckstand rueckstand, Berechtigungen berechtigungen) {
        this.indizes = indizes;
        this.rueckstand = rueckstand;
        this.berechtigungen = berechtigungen;
    }

    /**
     * One page of hits.
     *
     * @throws IllegalArgumentException if the Sicht belongs to another Mandant than this thread works for
     * @throws UncheckedIOException if the index cannot be read
     */
    @Transactional(readOnly = true)
    public Trefferliste suche(Sicht sicht, Anfrage anfrage) {
        return mitIndex(sicht, (index, ganze, gesperrte) -> suche(index, indizes.kopf, ganze, anfrage, gesperrte));
    }

    /** What is done with an index. @param sicht with the tasks of this moment, which the index does not know */
    private interface Arbeit<R> {
        R an(Mandantenindex index, Sicht sicht, List<UUID> gesperrte);
    }

    private <R> R mitIndex(Sicht sicht, Arbeit<R> arbeit) {
        if (!sicht.mandant().equals(mandant())) {
            throw new IllegalArgumentException("Die Sicht gehört einem anderen Mandanten");
        }
        // First what is shut, then the index: the feeder shows the new state before it deletes the row.
        var gesperrte = rueckstand.gesperrte();
        var ganze = berechtigungen.mitAufgaben(sicht);
        try {
            return arbeit.an(indizes.von(sicht.mandant()), ganze, gesperrte);
        } catch (AlreadyClosedException getauscht) {
            return arbeit.an(indizes.von(sicht.mandant()), ganze, gesperrte);
        } catch (UncheckedIOException e) {
            if (!Indexbefinden.istSchaden(e)) {
                throw e;
            }
            // Better an answer that says it is not whole than an error at every search until somebody looks.
            verwirf(sicht.mandant());
            return arbeit.an(indizes.von(sicht.mandant()), ganze, gesperrte);
        }
    }

    private void verwirf(UUID mandant) {
        try {
            indizes.verwirf(mandant);
        } catch (IOException e) {
            throw new UncheckedIOException("Der beschädigte Suchindex lässt sich nicht beiseitelegen", e);
        }
    }

    static Trefferliste suche(Mandantenindex index, Suchkopf kopf, Sicht sicht, Anfrage anfrage, List<UUID> gesperrte) {
        var gesucht = Abfrage.aus(anfrage.text());
        if (gesucht.isEmpty()) {
            return Trefferliste.leer(!index.vollstaendig());
        }
        var erlaubt = erlaubt(gesucht.get(), kopf, sicht, gesperrte).build();
        try {
            return index.mit(sucher -> liste(sucher, gesucht.get(), erlaubt, anfrage, !index.vollstaendig()));
        } catch (IOException e) {
            throw new UncheckedIOException("Der Suchindex lässt sich nicht lesen", e);
        }
    }

    private static BooleanQuery.Builder erlaubt(Query gesucht, Suchkopf kopf, Sicht sicht, List<UUID> gesperrte) {
        var erlaubt = new BooleanQuery.Builder().add(gesucht, Occur.MUST).add(kopf.filter(sicht), Occur.FILTER);
        if (!gesperrte.isEmpty()) {
            erlaubt.add(
                    in(Indexdokument.ID, gesperrte.stream().map(UUID::toString).toList()), Occur.MUST_NOT);
        }
        return erlaubt;
    }

    private static Query in(String feld, Collection<String> werte) {
        return new TermInSetQuery(feld, werte.stream().map(BytesRef::new).toList());
    }

    private static Trefferliste liste(
            IndexSearcher sucher, Query gesucht, Query erlaubt, Anfrage anfrage, boolean imAufbau) throws IOException {
        var blaettern = new Trefferseite(anfrage);
        TopDocs treffer;
        Map<String, Long> jeArt;
        if (anfrage.arten() == null) {
            var beides = sucher.search(erlaubt, new MultiCollectorManager(blaettern.sammler(), new Artenzaehler()));
            treffer = (TopDocs) beides[0];
            jeArt = jeArt(beides[1]);
        } else {
            // The numbers beside the kinds stay whole, so that a person can change to another kind.
            jeArt = sucher.search(erlaubt, new Artenzaehler());
            treffer = sucher.search(
                    new BooleanQuery.Builder()
                            .add(erlaubt, Occur.MUST)
                            .add(in(Indexdokument.ART, anfrage.arten()), Occur.FILTER)
                            .build(),
                    blaettern.sammler());
        }
        var seite = blaettern.seite(treffer);
        var anders = blaettern.stattdessen(treffer);
        if (anders != null) {
            return liste(
                    sucher,
                    gesucht,
                    erlaubt,
                    new Anfrage(anfrage.text(), anfrage.arten(), anders, anfrage.jeSeite(), anfrage.reihenfolge()),
                    imAufbau);
        }
        return new Trefferliste(
                treffer.totalHits.value(),
                zeige(sucher, gesucht, seite),
                jeArt,
                blaettern.zurueck(treffer),
                blaettern.weiter(treffer),
                imAufbau);
    }

    /**
     * The ids of the best hits of one kind for what somebody is typing: each word as a beginning, nothing marked, nothing counted.
     *
     * @throws IllegalArgumentException if the Sicht belongs to another Mandant than this thread works for
     * @throws UncheckedIOException if the index cannot be read
     */
    @Transactional(readOnly = true)
    public List<UUID> beste(Sicht sicht, String getippt, String art, int hoechstens) {
        var woerter = Arrays.stream(getippt.strip().split("\\s+"))
                .map(wort -> wort.endsWith("*") ? wort : wort + "*")
                .collect(Collectors.joining(" "));
        return mitIndex(
                sicht,
                (index, ganze, gesperrte) -> beste(index, indizes.kopf, ganze, woerter, art, hoechstens, gesperrte));
    }

    private static List<UUID> beste(
            Mandantenindex index,
            Suchkopf kopf,
            Sicht sicht,
            String woerter,
            String art,
            int hoechstens,
            List<UUID> gesperrte) {
        var gesucht = Abfrage.aus(woerter);
        if (gesucht.isEmpty()) {
            return List.of();
        }
        var erlaubt = erlaubt(gesucht.get(), kopf, sicht, gesperrte)
                .add(in(Indexdokument.ART, Set.of(art)), Occur.FILTER)
                .build();
        try {
            return index.mit(sucher -> {
                var ids = new ArrayList<UUID>();
                var gespeichert = sucher.storedFields();
                for (var treffer : sucher.search(erlaubt, hoechstens).scoreDocs) {
                    ids.add(UUID.fromString(gespeichert
                            .document(treffer.doc, Set.of(Indexdokument.ID))
                            .get(Indexdokument.ID)));
                }
                return ids;
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Der Suchindex lässt sich nicht lesen", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Long> jeArt(Object vomZaehler) {
        return (Map<String, Long>) vomZaehler;
    }

    private static List<Treffer> zeige(IndexSearcher sucher, Query gesucht, List<ScoreDoc> seite) throws IOException {
        if (seite.isEmpty()) {
            return List.of();
        }
        int[] nummern = seite.stream().mapToInt(treffer -> treffer.doc).toArray();
        var hervorgehoben = new Hervorhebung(sucher).hebeHervor(gesucht, nummern);
        var gespeichert = sucher.storedFields();
        var liste = new ArrayList<Treffer>();
        for (int i = 0; i < nummern.length; i++) {
            var dokument = gespeichert.document(nummern[i], GEZEIGT);
            String titel = dokument.get(Indexdokument.TITEL);
            var stuecke = hervorgehoben.titel().get(i);
            liste.add(new Treffer(
                    UUID.fromString(dokument.get(Indexdokument.ID)),
                    dokument.get(Indexdokument.ART),
                    titel,
                    stuecke.isEmpty() ? List.of(new Stueck(titel, false)) : stuecke,
                    dokument.get(Indexdokument.ZEICHEN),
                    dokument.get(Indexdokument.ZUSATZ),
                    Instant.ofEpochMilli(dokument.getField(Indexdokument.DATUM)
                            .numericValue()
                            .longValue()),
                    hervorgehoben.stellen().get(i)));
        }
        return liste;
    }
}
