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
import java.util.List;
import java.util.UUID;
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
    void sichere(UUID id, Werkstatt.Arbeitsordner ordner, Ergebnis ergebnis) throws IOException {
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
