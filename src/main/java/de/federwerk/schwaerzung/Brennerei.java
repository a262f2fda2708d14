package de.federwerk.schwaerzung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import de.federwerk.ablage.Blob;
import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Schwaerzwerk;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The two jobs: have the pages looked at, have the copy made. Killed and repeated anywhere, each leaves one result; what cannot be done
 * is said on the draft, which stays.
 */
@Component
class Brennerei {

    private static final Logger LOG = LoggerFactory.getLogger(Brennerei.class);

    /** Disk full, database away: after this many tries the draft is given back. */
    private static final int VERSUCHE = 3;

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration TAKT = Duration.ofMillis(700);

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Schwaerzwerk werk;
    private final Seitenlagen lagen;
    private final Schwaerzungen schwaerzungen;
    private final Dokumente dokumente;
    private final Dateien dateien;
    private final Protokoll protokoll;

    Brennerei(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Schwaerzwerk werk,
            Seitenlagen lagen,
            Schwaerzungen schwaerzungen,
            Dokumente dokumente,
            Dateien dateien,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.werk = werk;
        this.lagen = lagen;
        this.schwaerzungen = schwaerzungen;
        this.dokumente = dokumente;
        this.dateien = dateien;
        this.protokoll = protokoll;
    }

    @Configuration(proxyBeanMethods = false)
    static class Auftragsarten {

        @Bean
        Task<String> schwaerzungVorbereiten(Brennerei brennerei) {
            return art(Schwaerzauftraege.VORBEREITEN, brennerei::bereiteVor);
        }

        @Bean
        Task<String> schwaerzungBrennen(Brennerei brennerei) {
            return art(Schwaerzauftraege.BRENNEN, brennerei::brenne);
        }

        private static Task<String> art(String name, BiConsumer<UUID, Integer> arbeit) {
            return Tasks.oneTime(name, String.class)
                    .onFailure((ende, auftrag) ->
                            auftrag.reschedule(ende, Instant.now().plus(PAUSE)))
                    .execute((auftrag, umstand) -> {
                        var daten = auftrag.getData().split(" ");
                        int versuch = umstand.getExecution().consecutiveFailures + 1;
                        Mandantenkontext.als(
                                UUID.fromString(daten[0]), () -> arbeit.accept(UUID.fromString(daten[1]), versuch));
                    });
        }
    }

    private record Auftrag(
            UUID dateiId, String stand, @Nullable String titel, UUID vonPerson, UUID versionId, UUID dokumentId) {}

    private Optional<Auftrag> auftrag(UUID id, String stand) {
        return Optional.ofNullable(transaktion.execute(t -> datenbank
                        .sql("""
                        SELECT datei_id, stand, titel, geaendert_von AS von_person, version_id, dokument_id FROM schwaerzung
                         WHERE mandant_id = ? AND id = ? AND stand = ?""")
                        .params(mandant(), id, stand)
                        .query(Auftrag.class)
                        .optional()))
                .flatMap(a -> a);
    }

    void bereiteVor(UUID id, int versuch) {
        auftrag(id, "vorbereitung")
                .ifPresent(auftrag -> tu(id, "vorbereitung", versuch, () -> {
                    var gesehen = werk.sieh(auftrag.dateiId, fortschritt(id));
                    transaktion.executeWithoutResult(t -> {
                        lagen.merke(auftrag.dateiId, gesehen.blaetter());
                        datenbank
                                .sql("""
                        UPDATE schwaerzung SET stand = 'entwurf', seite = 0, seiten = ?, meldung = ?
                         WHERE mandant_id = ? AND id = ? AND stand = 'vorbereitung'""")
                                .param(gesehen.blaetter().size())
                                .param(gesehen.hinweis())
                                .param(mandant())
                                .param(id)
                                .update();
                    });
                }));
    }

    void brenne(UUID id, int versuch) {
        auftrag(id, "wartet")
                .ifPresent(auftrag -> tu(id, "entwurf", versuch, () -> {
                    List<Bereich> bereiche =
                            java.util.Objects.requireNonNull(transaktion.execute(t -> lagen.bereiche(id)));
                    var worte = java.util.Objects.requireNonNull(
                            transaktion.execute(t -> Wortvergleich.von(lagen.alle(auftrag.dateiId), bereiche)));
                    var kopie = werk.schwaerze(
                            auftrag.dateiId,
                            bereiche.stream().map(Bereich::flaeche).toList(),
                            worte.verboten(),
                            fortschritt(id));
                    transaktion.executeWithoutResult(t -> lege(id, auftrag, bereiche, kopie));
                }));
    }

    /** A Dokument of its own; who asked for it must still be allowed to. */
    private void lege(UUID id, Auftrag auftrag, List<Bereich> bereiche, Blob bytes) {
        boolean wartet = datenbank
                .sql("SELECT stand = 'wartet' FROM schwaerzung WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), id)
                .query(Boolean.class)
                .single();
        if (!wartet) {
            return;
        }
        var wer = datenbank
                .sql(
                        "SELECT mandant_id AS mandant, id AS person, pseudonym, trim(vorname || ' ' || nachname) AS name FROM person WHERE mandant_id = ? AND id = ?")
                .params(mandant(), auftrag.vonPerson)
                .query(Anmeldung.class)
                .single();
        var quelle = schwaerzungen.dokument(wer, auftrag.dokumentId);
        var titel = java.util.Objects.requireNonNull(auftrag.titel);
        var kopie = dokumente.lege(
                wer,
                Kennung.neu(),
                quelle.vorgangId(),
                dateien.aufnehmen(bytes, titel + ".pdf"),
                new Dokumente.Angaben(titel, "Geschwärzte Fassung", null, null, null, null, null));
        datenbank
                .sql(
                        "UPDATE schwaerzung SET stand = 'fertig', kopie_id = ?, meldung = NULL WHERE mandant_id = ? AND id = ?")
                .params(kopie.id(), mandant(), id)
                .update();
        var gruende = bereiche.stream()
                .collect(Collectors.groupingBy(Bereich::grund, java.util.TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(e -> e.getKey().wort() + " (" + e.getValue() + ")")
                .collect(Collectors.joining(", "));
        // What was covered is not said here: neither the words nor the remarks to them.
        protokoll.schreibe(
                wer.pseudonym(),
                "dokument.geschwaerzt",
                kopie.id(),
                kopie.akteId(),
                Map.of(
                        "titel",
                        titel,
                        "text",
                        (bereiche.size() == 1 ? "ein Bereich" : bereiche.size() + " Bereiche") + ": " + gruende,
                        "quelle",
                        auftrag.versionId.toString(),
                        "schwaerzung",
                        id.toString()));
    }

    private interface Arbeit {
        void tu() throws InterruptedException;
    }

    /** @param zurueck what the draft becomes if it cannot be done */
    private void tu(UUID id, String zurueck, int versuch, Arbeit arbeit) {
        try {
            arbeit.tu();
        } catch (Abgelehnt | NichtGefunden nein) {
            gibZurueck(id, zurueck, String.valueOf(nein.getMessage()));
        } catch (InterruptedException schluss) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Das Haus schließt", schluss);
        } catch (RuntimeException umstaende) {
            LOG.warn("Schwärzung {}: {}. Versuch misslungen", id, versuch, umstaende);
            if (versuch < VERSUCHE) {
                throw umstaende;
            }
            gibZurueck(
                    id,
                    zurueck,
                    "Die Schwärzung ist an einem technischen Fehler gescheitert. Es ist nichts abgelegt, Ihr Entwurf ist erhalten. Bitte versuchen Sie es später noch einmal.");
        }
    }

    private void gibZurueck(UUID id, String stand, String meldung) {
        transaktion.executeWithoutResult(t -> datenbank
                .sql(
                        "UPDATE schwaerzung SET stand = ?, meldung = left(?, 2000) WHERE mandant_id = ? AND id = ? AND stand IN ('vorbereitung', 'wartet')")
                .params(stand, meldung, mandant(), id)
                .update());
    }

    /** Written down now and then: any node can say how far it is. */
    private java.util.function.IntConsumer fortschritt(UUID id) {
        var mandant = mandant();
        var zuletzt = new long[] {System.nanoTime() - TAKT.toNanos()};
        return seite -> {
            if (System.nanoTime() - zuletzt[0] < TAKT.toNanos()) {
                return;
            }
            zuletzt[0] = System.nanoTime();
            Mandantenkontext.als(
                    mandant,
                    () -> transaktion.executeWithoutResult(t -> datenbank
                            .sql("UPDATE schwaerzung SET seite = ? WHERE mandant_id = ? AND id = ?")
                            .params(seite, mandant, id)
                            .update()));
        };
    }
}
