package de.federwerk.datei;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.stoerung.Stoerungen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts down what was read: bytes first and durable, then everything that names them in one transaction. */
@Component
class Lesefruechte {

    private record Seite(Ergebnis.Seitenbild bild, Blob blob) {}

    private record Teil(Ergebnis.Teil teil, Blob blob) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaktion;
    private final Blobs blobs;
    private final Dateien dateien;
    private final Stoerungen stoerungen;
    private final ApplicationEventPublisher ereignisse;

    Lesefruechte(
            JdbcClient jdbc,
            TransactionTemplate transaktion,
            Blobs blobs,
            Dateien dateien,
            Stoerungen stoerungen,
            ApplicationEventPublisher ereignisse) {
        this.jdbc = jdbc;
        this.transaktion = transaktion;
        this.blobs = blobs;
        this.dateien = dateien;
        this.stoerungen = stoerungen;
        this.ereignisse = ereignisse;
    }

    /** Keeps the result of a reading; does nothing if somebody else already did. */
    void sichere(UUID id, Arbeitsordner ordner, Ergebnis ergebnis) throws IOException {
        Blob vorschau = ergebnis.vorschau() == null ? null : schreibe(ordner.ergebnis(ergebnis.vorschau()));
        List<Seite> seiten = new ArrayList<>();
        for (Ergebnis.Seitenbild bild : ergebnis.seitenbilder()) {
            seiten.add(new Seite(bild, schreibe(ordner.ergebnis(bild.datei()))));
        }
        List<Teil> teile = new ArrayList<>();
        for (Ergebnis.Teil teil : ergebnis.teile()) {
            teile.add(new Teil(teil, schreibe(ordner.ergebnis(teil.datei()))));
        }
        String text = ergebnis.text() == null ? null : Files.readString(ordner.ergebnis(ergebnis.text()));
        transaktion.executeWithoutResult(status -> {
            if (nochOffen(id)) {
                trageEin(id, ergebnis, vorschau, seiten, teile, text);
                stoerungen.erledigt("datei", id);
                ereignisse.publishEvent(new DateiErschlossen(mandant(), id));
            }
        });
    }

    /** A file that has only text or not even that. */
    record Schlichtes(UUID id, Ergebnis ergebnis, @Nullable String text) {}

    /** As {@link #sichere(UUID, Arbeitsordner, Ergebnis)} for many files that brought nothing but text, in one transaction. */
    void sichere(List<Schlichtes> gelesene) {
        if (gelesene.isEmpty()) {
            return;
        }
        transaktion.executeWithoutResult(status -> {
            var offen = new HashSet<>(jdbc.sql(
                            "SELECT id FROM datei WHERE mandant_id = ? AND stand = 'neu' AND id = ANY (CAST(? AS uuid[])) ORDER BY id FOR NO KEY UPDATE")
                    .param(mandant())
                    .param(texte(gelesene, g -> g.id.toString()))
                    .query(UUID.class)
                    .list());
            var neue = gelesene.stream().filter(g -> offen.contains(g.id)).toList();
            jdbc.sql("""
                    UPDATE datei d SET stand = 'fertig', medientyp = t.medientyp, seiten = t.seiten, textherkunft = t.textherkunft, hinweis = t.hinweis
                      FROM unnest(CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS int[]), CAST(? AS text[]), CAST(? AS text[]))
                           AS t (id, medientyp, seiten, textherkunft, hinweis)
                     WHERE d.mandant_id = ? AND d.id = t.id""")
                    .param(texte(neue, g -> g.id.toString()))
                    .param(texte(neue, g -> g.ergebnis.medientyp()))
                    .param(texte(neue, g -> g.ergebnis.seiten() == null ? null : String.valueOf(g.ergebnis.seiten())))
                    .param(texte(neue, g -> g.ergebnis.textherkunft()))
                    .param(texte(neue, g -> g.ergebnis.hinweis()))
                    .param(mandant())
                    .update();
            var mitText = neue.stream().filter(g -> g.text != null).toList();
            jdbc.sql(
                            "INSERT INTO datei_text (mandant_id, datei_id, text) SELECT ?, t.* FROM unnest(CAST(? AS uuid[]), CAST(? AS text[])) AS t")
                    .param(mandant())
                    .param(texte(mitText, g -> g.id.toString()))
                    .param(texte(mitText, g -> g.text))
                    .update();
            ereignisse.publishEvent(new DateienErschlossen(
                    mandant(), neue.stream().map(Schlichtes::id).toList()));
        });
    }

    private static <T> @Nullable String[] texte(List<T> liste, Function<T, @Nullable String> feld) {
        return liste.stream().map(feld).toArray(String[]::new);
    }

    /** Notes that the file cannot be read, and why. */
    void scheitere(UUID id, @Nullable String medientyp, String ursache) {
        transaktion.executeWithoutResult(status -> {
            if (nochOffen(id)) {
                jdbc.sql("""
                        UPDATE datei SET stand = 'gescheitert', textherkunft = 'keiner', medientyp = ?, hinweis = ?
                         WHERE mandant_id = ? AND id = ?""")
                        .param(medientyp)
                        .param(ursache)
                        .param(mandant())
                        .param(id)
                        .update();
                ereignisse.publishEvent(new DateiErschlossen(mandant(), id));
            }
        });
    }

    /**
     * Locks the row: of two jobs for the same file one waits here and then finds the work done. Not FOR UPDATE: who files this file
     * right now refers to the row by foreign key, and each would wait for the other.
     */
    private boolean nochOffen(UUID id) {
        return jdbc.sql("SELECT stand = 'neu' FROM datei WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), id)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private void trageEin(
            UUID id, Ergebnis e, @Nullable Blob vorschau, List<Seite> seiten, List<Teil> teile, @Nullable String text) {
        if (vorschau != null) {
            blobs.merke(vorschau);
        }
        jdbc.sql("""
                UPDATE datei SET stand = 'fertig', medientyp = ?, seiten = ?, textherkunft = ?, hinweis = ?, vorschau_blob_id = ?,
                       titel = ?, absender = ?, absenderdatum = ?
                 WHERE mandant_id = ? AND id = ?""")
                .param(e.medientyp())
                .param(e.seiten())
                .param(e.textherkunft())
                .param(e.hinweis())
                .param(vorschau == null ? null : vorschau.id())
                .param(e.titel())
                .param(e.absender())
                .param(e.absenderdatum() == null ? null : Timestamp.from(e.absenderdatum()))
                .param(mandant())
                .param(id)
                .update();
        if (text != null) {
            jdbc.sql("INSERT INTO datei_text (mandant_id, datei_id, text) VALUES (?, ?, ?)")
                    .params(mandant(), id, text)
                    .update();
        }
        for (Seite seite : seiten) {
            blobs.merke(seite.blob());
            jdbc.sql(
                            "INSERT INTO datei_seite (mandant_id, datei_id, seite, blob_id, breite, hoehe) VALUES (?, ?, ?, ?, ?, ?)")
                    .params(
                            mandant(),
                            id,
                            seite.bild().seite(),
                            seite.blob().id(),
                            seite.bild().breite(),
                            seite.bild().hoehe())
                    .update();
        }
        int nummer = 0;
        for (Teil teil : teile) {
            dateien.aufnehmen(teil.blob(), teil.teil().dateiname(), id, ++nummer);
        }
    }

    private Blob schreibe(Path datei) throws IOException {
        try (InputStream ein = Files.newInputStream(datei)) {
            return blobs.schreibe(ein);
        }
    }
}
