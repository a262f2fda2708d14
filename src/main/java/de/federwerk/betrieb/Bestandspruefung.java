package de.federwerk.betrieb;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Packpruefung;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares what the rows of all Mandanten name with the bytes in the packs, a thousand blobs at a time; then the books with their
 * counters, and the search index with the database.
 */
final class Bestandspruefung {

    private static final int AUF_EINMAL = 1000;
    private static final UUID ANFANG = new UUID(0, 0);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaktion;
    private final Path daten;
    private final Packpruefung packs;
    private final Consumer<String> zeilen;
    private long geprueft;
    private long bytes;
    private long schaeden;

    private Bestandspruefung(SingleConnectionDataSource quelle, Path daten, Consumer<String> zeilen) {
        this.jdbc = JdbcClient.create(quelle);
        this.transaktion = new TransactionTemplate(new DataSourceTransactionManager(quelle));
        this.daten = daten;
        this.packs = new Packpruefung(daten);
        this.zeilen = zeilen;
    }

    /** @return whether everything is whole */
    static boolean pruefe(Path daten, Zugang zugang, Consumer<String> zeilen) throws SQLException {
        try (var verbindung = zugang.verbinde()) {
            var quelle = new SingleConnectionDataSource(verbindung, true);
            return new Bestandspruefung(quelle, daten, zeilen).alles();
        }
    }

    private boolean alles() {
        var mandanten = jdbc.sql("SELECT id FROM mandant ORDER BY kuerzel")
                .query(UUID.class)
                .list();
        mandanten.forEach(this::mandant);
        var fremd = new HashSet<>(packs.mandanten());
        mandanten.forEach(fremd::remove);
        for (var ordner : fremd)
            zeilen.accept("Hinweis: ablage/%s gehört zu keinem Mandanten der Datenbank.".formatted(ordner));
        zeilen.accept(
                schaeden == 0
                        ? String.format(
                                Locale.GERMANY,
                                "Alles unversehrt: %,d Dateien mit %,d Bytes, Nummern, Protokoll und Suchindex geprüft.",
                                geprueft,
                                bytes)
                        : String.format(Locale.GERMANY, "%,d Schäden bei %,d geprüften Dateien.", schaeden, geprueft));
        return schaeden == 0;
    }

    /** By id and not in one long query: a check of terabytes must not keep PostgreSQL from tidying up for hours. */
    private void mandant(UUID mandant) {
        // Before the rows: what is written meanwhile is named later than it was measured.
        long unbenannt = packs.groesse(mandant);
        for (var nach = ANFANG; ; ) {
            var blobs = naechste(mandant, nach);
            for (var blob : blobs) {
                pruefe(mandant, blob);
                unbenannt -= packs.platz(blob);
            }
            if (blobs.size() < AUF_EINMAL) break;
            nach = blobs.getLast().id();
        }
        widersprueche(mandant);
        als(mandant, () -> {
            new Buchpruefung(jdbc, mandant).pruefe(this::melde);
            return null;
        });
        new Indexabgleich(daten, mandant, jdbc, this::als).pruefe(this::melde, zeilen);
        if (unbenannt > 0)
            zeilen.accept(String.format(
                    Locale.GERMANY,
                    "Hinweis: %,d Bytes in ablage/%s benennt keine Zeile der Datenbank (abgebrochene Übernahmen; kein Schaden).",
                    unbenannt,
                    mandant));
    }

    private List<Blob> naechste(UUID mandant, UUID nach) {
        return als(
                mandant,
                () -> jdbc.sql(
                                "SELECT id, laenge, sha256, ort FROM blob WHERE mandant_id = ? AND id > ? ORDER BY id LIMIT "
                                        + AUF_EINMAL)
                        .params(mandant, nach)
                        .query(Blob.class)
                        .list());
    }

    private void pruefe(UUID mandant, Blob blob) {
        geprueft++;
        bytes += blob.laenge();
        packs.pruefe(mandant, blob)
                .ifPresent(schaden -> melde(
                        "%s: %s – %s".formatted(packs.stelle(mandant, blob), schaden, wofuer(mandant, blob.id()))));
    }

    /** The length and SHA-256 stand with the file, too: two rows that disagree mean that one of them was changed. */
    private void widersprueche(UUID mandant) {
        als(mandant, () -> jdbc.sql("""
                        SELECT b.id, b.laenge, b.sha256, b.ort FROM datei d JOIN blob b ON b.mandant_id = d.mandant_id AND b.id = d.blob_id
                        WHERE d.mandant_id = ? AND (d.sha256 <> b.sha256 OR d.laenge <> b.laenge) ORDER BY b.id""").param(mandant).query(Blob.class).list())
                .forEach(blob -> melde("%s: Länge oder Prüfsumme der Datei wurden in der Datenbank verändert – %s"
                        .formatted(packs.stelle(mandant, blob), wofuer(mandant, blob.id()))));
    }

    private void melde(String schaden) {
        schaeden++;
        // A file name may hold a line break; one damage stays one line.
        zeilen.accept("SCHADEN " + schaden.replaceAll("\\p{Cntrl}", "?"));
    }

    /** For whom the bytes matter: Dokument, else file; asked only for what is damaged, so no index is kept for it. */
    private String wofuer(UUID mandant, UUID blob) {
        var namen = als(
                mandant,
                () -> jdbc.sql("""
                        WITH betroffen AS (
                            SELECT id, 'Datei' AS teil FROM datei WHERE mandant_id = :mandant AND blob_id = :blob
                            UNION SELECT id, 'Vorschau der Datei' FROM datei WHERE mandant_id = :mandant AND vorschau_blob_id = :blob
                            UNION SELECT datei_id, 'Seite ' || seite || ' der Datei' FROM datei_seite WHERE mandant_id = :mandant AND blob_id = :blob)
                        SELECT b.teil || ' „' || d.dateiname || '“'
                            || coalesce(', Dokument „' || dok.titel || '“ im Vorgang ' || vg.aktenzeichen, '')
                        FROM betroffen b
                        JOIN datei d ON d.mandant_id = :mandant AND d.id = b.id
                        LEFT JOIN version v ON v.mandant_id = :mandant AND v.datei_id = d.id
                        LEFT JOIN dokument dok ON dok.mandant_id = :mandant AND dok.id = v.dokument_id
                        LEFT JOIN vorgang vg ON vg.mandant_id = :mandant AND vg.id = dok.vorgang_id
                        ORDER BY 1""")
                        .param("mandant", mandant)
                        .param("blob", blob)
                        .query(String.class)
                        .list());
        return namen.isEmpty() ? "gehört zu keiner Datei" : String.join("; ", namen);
    }

    private <T> T als(UUID mandant, Supplier<T> arbeit) {
        return transaktion.execute(status -> {
            jdbc.sql("SELECT set_config('federwerk.mandant', ?, true)")
                    .param(mandant.toString())
                    .query(String.class)
                    .single();
            return arbeit.get();
        });
    }
}
