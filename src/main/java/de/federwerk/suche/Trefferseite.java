package de.federwerk.suche;

import de.federwerk.basis.Stelle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * One page of hits by their place in the order: no page costs more than the first, and the last is read from the other end. The id
 * comes last in every order, so equal hits keep their places.
 */
final class Trefferseite {

    private final Anfrage anfrage;
    private final boolean rueckwaerts;

    Trefferseite(Anfrage anfrage) {
        this.anfrage = anfrage;
        this.rueckwaerts = switch (anfrage.ab().art()) {
            case ENDE, VOR -> true;
            case ANFANG, NACH, AB -> false;
        };
    }

    /** Collects one hit more than the page holds, and counts all. */
    TopFieldCollectorManager sammler() {
        return new TopFieldCollectorManager(ordnung(), anfrage.jeSeite() + 1, nach(), Integer.MAX_VALUE);
    }

    private Sort ordnung() {
        var wertung = new SortField(null, SortField.Type.SCORE, rueckwaerts);
        boolean aelteste = anfrage.reihenfolge() == Anfrage.Reihenfolge.AELTESTE;
        var datum = new SortField(Indexdokument.DATUM, SortField.Type.LONG, aelteste == rueckwaerts);
        var kennung = new SortField(Indexdokument.KENNUNG, SortField.Type.STRING, rueckwaerts);
        return anfrage.reihenfolge() == Anfrage.Reihenfolge.RELEVANZ
                ? new Sort(wertung, datum, kennung)
                : new Sort(datum, kennung);
    }

    private @Nullable FieldDoc nach() {
        var werte = anfrage.ab().werte();
        if (werte.isEmpty()) {
            return null;
        }
        float wertung = Float.intBitsToFloat(((Long) werte.get(0)).intValue());
        var datum = (Long) werte.get(1);
        var kennung = Indexdokument.bytes((UUID) werte.get(2));
        // Behind everything with this key, whichever number Lucene gives it today.
        return anfrage.reihenfolge() == Anfrage.Reihenfolge.RELEVANZ
                ? new FieldDoc(Integer.MAX_VALUE, wertung, new Object[] {wertung, datum, kennung})
                : new FieldDoc(Integer.MAX_VALUE, wertung, new Object[] {datum, kennung});
    }

    /** The hits of the page in the order of the list. */
    List<ScoreDoc> seite(TopDocs treffer) {
        var seite = new ArrayList<>(
                Arrays.asList(treffer.scoreDocs).subList(0, Math.min(anfrage.jeSeite(), treffer.scoreDocs.length)));
        if (rueckwaerts) {
            Collections.reverse(seite);
        }
        return seite;
    }

    /** As in every list: what is left before a place shows the first page, and what lies behind the end shows the last. */
    @Nullable
    Stelle stattdessen(TopDocs treffer) {
        return switch (anfrage.ab().art()) {
            case VOR -> mehr(treffer) ? null : Stelle.ANFANG;
            case NACH, AB -> treffer.scoreDocs.length == 0 && treffer.totalHits.value() > 0 ? Stelle.ENDE : null;
            case ANFANG, ENDE -> null;
        };
    }

    @Nullable
    String zurueck(TopDocs treffer) {
        boolean davor = rueckwaerts ? mehr(treffer) : anfrage.ab().art() != Stelle.Art.ANFANG;
        return davor && treffer.scoreDocs.length > 0
                ? Stelle.vor(schluessel(seite(treffer).getFirst())).text()
                : null;
    }

    @Nullable
    String weiter(TopDocs treffer) {
        boolean danach = rueckwaerts ? anfrage.ab().art() != Stelle.Art.ENDE : mehr(treffer);
        return danach && treffer.scoreDocs.length > 0
                ? Stelle.nach(schluessel(seite(treffer).getLast())).text()
                : null;
    }

    private boolean mehr(TopDocs treffer) {
        return treffer.scoreDocs.length > anfrage.jeSeite();
    }

    private List<Object> schluessel(ScoreDoc treffer) {
        var felder = ((FieldDoc) treffer).fields;
        int datum = felder.length - 2;
        float wertung = datum == 0 ? 0f : (Float) felder[0];
        var kennung = ByteBuffer.wrap(BytesRef.deepCopyOf((BytesRef) felder[datum + 1]).bytes);
        return List.of(
                (long) Float.floatToIntBits(wertung), felder[datum], new UUID(kennung.getLong(), kennung.getLong()));
    }
}
