package de.federwerk.suche;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** What an entry looks like inside Lucene. Rights lie in doc values: read for the few candidates, not searched for. */
final class Indexdokument {

    static final String SCHLUESSEL = "schluessel";
    static final String ID = "id";
    static final String ART = "art";
    static final String TITEL = "titel";
    static final String TEXT = "text";
    static final String ZUSATZ = "zusatz";
    static final String ZEICHEN = "aktenzeichen";
    static final String ZEICHEN_GENAU = "aktenzeichen.genau";
    static final String ZEICHEN_LOSE = "aktenzeichen.lose";
    static final String DATUM = "datum";
    static final String BEREICH = "schutzbereich";
    static final String STUFE = "stufe";
    static final String SONDER = "sonder";
    static final String VORGANG = "vorgang";
    static final String AKTE = "akte";
    static final String EINHEIT = "einheit";
    static final String DOKUMENTART = "dokumentart";
    /** Last in every order: so that a page begins exactly behind the one before, whatever came in between. */
    static final String KENNUNG = "kennung";

    private static final int LAENGSTE_ANGABE = 2_000;

    /** Offsets in the postings: highlighting a long text then needs no second analysis. */
    private static final FieldType MIT_ORTEN = new FieldType();

    static {
        MIT_ORTEN.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        MIT_ORTEN.setStored(true);
        MIT_ORTEN.freeze();
    }

    private Indexdokument() {}

    static Term schluessel(String art, UUID id) {
        return new Term(SCHLUESSEL, art + ":" + id);
    }

    static Document aus(Indexeintrag eintrag) {
        var dokument = new Document();
        dokument.add(new StringField(
                SCHLUESSEL, schluessel(eintrag.art(), eintrag.id()).text(), Field.Store.NO));
        dokument.add(new StringField(ID, eintrag.id().toString(), Field.Store.YES));
        dokument.add(new StringField(ART, eintrag.art(), Field.Store.YES));
        dokument.add(new SortedDocValuesField(ART, new BytesRef(eintrag.art())));
        dokument.add(new Field(TITEL, gekuerzt(eintrag.titel(), LAENGSTE_ANGABE), MIT_ORTEN));
        dokument.add(new Field(ZUSATZ, gekuerzt(eintrag.zusatz(), LAENGSTE_ANGABE), MIT_ORTEN));
        dokument.add(new Field(TEXT, gekuerzt(eintrag.text(), Indexeintrag.LAENGSTER_TEXT), MIT_ORTEN));
        aktenzeichen(dokument, eintrag.aktenzeichen());
        eintrag.fruehere().forEach(zeichen -> auffindbar(dokument, zeichen));
        datum(dokument, eintrag.datum());
        dokument.add(new NumericDocValuesField(BEREICH, eintrag.schutzbereich()));
        dokument.add(new NumericDocValuesField(STUFE, eintrag.stufe()));
        dokument.add(new NumericDocValuesField(SONDER, eintrag.sonder() ? 1 : 0));
        kennung(dokument, KENNUNG, eintrag.id());
        kennung(dokument, VORGANG, eintrag.vorgang());
        kennung(dokument, AKTE, eintrag.akte());
        merkmal(dokument, EINHEIT, eintrag.einheit());
        merkmal(dokument, DOKUMENTART, eintrag.dokumentart());
        return dokument;
    }

    private static String gekuerzt(String text, int laenge) {
        return text.length() <= laenge ? text : text.substring(0, laenge);
    }

    private static void aktenzeichen(Document dokument, @Nullable String zeichen) {
        if (zeichen == null || zeichen.isBlank()) {
            return;
        }
        dokument.add(new StoredField(ZEICHEN, zeichen));
        auffindbar(dokument, zeichen);
    }

    private static void auffindbar(Document dokument, String zeichen) {
        dokument.add(new StringField(ZEICHEN_GENAU, Zeichenform.genau(zeichen), Field.Store.NO));
        Zeichenform.endstuecke(zeichen)
                .forEach(stueck -> dokument.add(new StringField(ZEICHEN_LOSE, stueck, Field.Store.NO)));
    }

    private static void datum(Document dokument, Instant datum) {
        dokument.add(new NumericDocValuesField(DATUM, datum.toEpochMilli()));
        dokument.add(new StoredField(DATUM, datum.toEpochMilli()));
    }

    private static void kennung(Document dokument, String feld, @Nullable UUID id) {
        if (id != null) {
            dokument.add(new SortedDocValuesField(feld, bytes(id)));
        }
    }

    private static void merkmal(Document dokument, String feld, @Nullable String wert) {
        if (wert != null && !wert.isBlank()) {
            String kurz = gekuerzt(wert, LAENGSTE_ANGABE);
            dokument.add(new StringField(feld, kurz, Field.Store.NO));
            dokument.add(new SortedDocValuesField(feld, new BytesRef(kurz)));
        }
    }

    static BytesRef bytes(UUID id) {
        return new BytesRef(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }
}
