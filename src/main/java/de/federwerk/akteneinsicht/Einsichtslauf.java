package de.federwerk.akteneinsicht;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.akteneinsicht.Akteneinsichten.Einsicht;
import de.federwerk.akteneinsicht.Einsichtsband.Stoff;
import de.federwerk.akteneinsicht.Einsichtsinhalt.Teil;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Binderei;
import de.federwerk.datei.Binderei.Aufgenommen;
import de.federwerk.datei.Binderei.Missraten;
import de.federwerk.datei.Dateien;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.stoerung.StoerungErneut;
import de.federwerk.stoerung.Stoerungen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes one package: reads, prepares, binds, and puts it down in one transaction. Killed anywhere, it begins again and leaves nothing half. */
@Component
class Einsichtslauf {

    private static final Logger LOG = LoggerFactory.getLogger(Einsichtslauf.class);
    private static final String STOERUNG = "akteneinsicht";
    private static final int TEXT_HOECHSTENS = 500_000;
    /** All of them together, in characters: they are held in memory. */
    private static final long TEXTE_HOECHSTENS = 20_000_000;

    private static final long TAKT = 500_000_000;

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Berechtigungen berechtigungen;
    private final Einsichtsinhalt inhalt;
    private final Einsichtsabschluss abschluss;
    private final Einsichtsauftraege auftraege;
    private final Binderei binderei;
    private final Dateien dateien;
    private final Blobs blobs;
    private final Stoerungen stoerungen;
    private final Startbarkeit startbar;
    /** One at a time: what comes in is read meanwhile. */
    private final Semaphore einer = new Semaphore(1);

    Einsichtslauf(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Berechtigungen berechtigungen,
            Einsichtsinhalt inhalt,
            Einsichtsabschluss abschluss,
            Einsichtsauftraege auftraege,
            Binderei binderei,
            Dateien dateien,
            Blobs blobs,
            Stoerungen stoerungen,
            Startbarkeit startbar) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.berechtigungen = berechtigungen;
        this.inhalt = inhalt;
        this.abschluss = abschluss;
        this.auftraege = auftraege;
        this.binderei = binderei;
        this.dateien = dateien;
        this.blobs = blobs;
        this.stoerungen = stoerungen;
        this.startbar = startbar;
    }

    /** Somebody ended it. */
    private static final class Beendet extends RuntimeException {
        Beendet() {
            super("beendet", null, false, false);
        }
    }

    /** Makes it, if that is still to be done; throws if it should be tried again later. */
    public void fuehreAus(UUID id) {
        if (!einer.tryAcquire()) {
            throw new Einsichtsauftraege.Spaeter();
        }
        Integer lauf = null;
        try {
            var einsicht = requireNonNull(transaktion.execute(t -> beginne(id)));
            if (einsicht.isPresent()) {
                lauf = einsicht.get().lauf();
                erstelle(einsicht.get());
            }
        } catch (Beendet ende) {
            LOG.info("Akteneinsicht {} wurde abgebrochen", id);
        } catch (Missraten | Abgelehnt | NichtGefunden grund) {
            scheitere(id, lauf, String.valueOf(grund.getMessage()));
        } catch (InterruptedException schluss) {
            throw new Einsichtsauftraege.Spaeter();
        } catch (IOException | RuntimeException | OutOfMemoryError umstaende) {
            LOG.warn("Akteneinsicht {} ist nicht entstanden", id, umstaende);
            stoerungen.melde(
                    STOERUNG,
                    id,
                    "Akteneinsicht",
                    "Ein Paket zur Akteneinsicht konnte nicht erstellt werden. Die Akte ist unverändert. Prüfen Sie,"
                            + " ob die Festplatte voll ist, und versuchen Sie es erneut.",
                    umstaende.toString());
            scheitere(
                    id,
                    lauf,
                    "Beim Erstellen ist ein technischer Fehler aufgetreten; er steht unter „Störungen“. Die Akte ist"
                            + " unverändert, Ihre Auswahl bleibt.");
        } finally {
            einer.release();
        }
    }

    private Optional<Einsicht> beginne(UUID id) {
        int begonnen = datenbank
                .sql("UPDATE akteneinsicht SET stand = 'laeuft', seiten_fertig = 0 WHERE mandant_id = ? AND id = ?"
                        + " AND stand IN ('wartet', 'laeuft')")
                .params(mandant(), id)
                .update();
        if (begonnen == 0) {
            return Optional.empty();
        }
        datenbank
                .sql("UPDATE einsichtsstueck SET blatt = NULL WHERE mandant_id = ? AND akteneinsicht_id = ? AND"
                        + " blatt IS NOT NULL")
                .params(mandant(), id)
                .update();
        return datenbank
                .sql(Akteneinsichten.SPALTEN + "e.id = :id")
                .param("m", mandant())
                .param("id", id)
                .query((z, nr) -> Akteneinsichten.lies(z))
                .optional();
    }

    /** @param lauf null: it had not even begun */
    private void scheitere(UUID id, @Nullable Integer lauf, String grund) {
        transaktion.executeWithoutResult(t -> datenbank
                .sql("UPDATE akteneinsicht SET stand = 'gescheitert', beendet = now(), hinweis = ? WHERE mandant_id"
                        + " = ? AND id = ? AND stand IN ('wartet', 'laeuft') AND lauf = coalesce(CAST(? AS int), lauf)")
                .param(grund)
                .param(mandant())
                .param(id)
                .param(lauf)
                .update());
    }

    private void erstelle(Einsicht einsicht) throws IOException, InterruptedException, Missraten {
        var wer = abschluss.anmeldung(einsicht.angelegtVon());
        var stoff = stoff(einsicht, wer);
        try (var sammlung = binderei.sammle()) {
            if (einsicht.angaben().form().equals("zip")) {
                pruefeGroesse(stoff);
                var ziel = sammlung.daneben("paket.zip");
                var zaehler = new Zaehler(einsicht);
                Einsichtszip.schreibe(ziel, einsicht, stoff, blobs, nr -> zaehler.weiter(nr));
                var gezeigte = stoff.teile().stream().filter(Teil::gezeigt).toList();
                var stellen = new LinkedHashMap<Teil, Integer>();
                gezeigte.forEach(teil -> stellen.put(teil, stellen.size() + 1));
                abschluss.schliesse(wer, einsicht, stoff, stellen, null, lege(ziel));
                return;
            }
            nimm(einsicht, stoff, sammlung);
            var fertig = Einsichtsband.setze(einsicht, stoff);
            var zaehler = new Zaehler(einsicht);
            var gebunden = sammlung.binde(fertig.band(), Akteneinsichten.HOECHSTENS_BLATT, blatt -> zaehler.lebtNoch());
            var blaetter = new LinkedHashMap<Teil, Integer>();
            fertig.stellen()
                    .forEach((teil, stelle) ->
                            blaetter.put(teil, gebunden.erste().get(stelle)));
            abschluss.schliesse(wer, einsicht, stoff, blaetter, gebunden.blaetter(), lege(gebunden.pdf()));
        }
    }

    private void pruefeGroesse(Stoff stoff) {
        long bytes = stoff.teile().stream()
                .filter(Teil::gezeigt)
                .mapToLong(Teil::laenge)
                .sum();
        if (bytes > blobs.hoechstens()) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Die Dateien haben zusammen %s; ein Paket fasst höchstens %s. Bitte teilen Sie die Akteneinsicht auf."
                            .formatted(Anzeige.groesse(bytes), Anzeige.groesse(blobs.hoechstens())));
        }
    }

    private Stoff stoff(Einsicht einsicht, Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var angaben = einsicht.angaben();
        var teile = inhalt.teile(sicht, einsicht.id(), angaben.alleVersionen());
        if (teile.stream().map(Teil::dokument).distinct().count() < startbar.gewaehlt(einsicht)) {
            throw Abgelehnt.recht(
                    "Seit der Auswahl hat sich geändert, was Sie lesen dürfen oder was in der Akte liegt. Es wurde kein Paket"
                            + " erstellt; bitte stellen Sie es neu zusammen.");
        }
        var vorgaenge = teile.stream().map(Teil::vorgang).distinct().toList();
        var dokumente = teile.stream()
                .filter(t -> t.wie().equals("vorgelegt"))
                .map(Teil::dokument)
                .distinct()
                .toList();
        return new Stoff(
                inhalt.behoerde(),
                wer.name(),
                teile,
                angaben.mitVermerken() ? inhalt.vermerke(sicht, vorgaenge, dokumente) : List.of(),
                angaben.mitVerlauf()
                        ? inhalt.verlauf(sicht, einsicht.akteId(), vorgaenge, dokumente, angaben.mitVermerken())
                        : List.of(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
    }

    /** As many files at once as there are workers, in whatever order they are done. */
    private void nimm(Einsicht einsicht, Stoff stoff, Binderei.Sammlung sammlung)
            throws IOException, InterruptedException, Missraten {
        var mandant = mandant();
        var zaehler = new Zaehler(einsicht);
        var laufende = new ArrayList<Map.Entry<Teil, Future<Aufgenommen>>>();
        try (var faeden = Executors.newFixedThreadPool(binderei.plaetze())) {
            try {
                for (var teil : stoff.teile()) {
                    if (teil.gezeigt()) {
                        laufende.add(Map.entry(
                                teil,
                                faeden.submit(
                                        () -> Mandantenkontext.als(mandant, () -> nimm(teil, sammlung, zaehler)))));
                    }
                }
                int seiten = 0;
                for (var lauf : laufende) {
                    var aufgenommen = lauf.getValue().get();
                    stoff.seiten().put(lauf.getKey(), aufgenommen);
                    if (aufgenommen.ursache() != null) {
                        text(lauf.getKey(), stoff);
                    }
                    seiten += aufgenommen.seiten();
                    if (seiten > Akteneinsichten.HOECHSTENS_BLATT) {
                        throw Abgelehnt.eingabe("Es wären mehr als %s Blatt. Bitte teilen Sie die Akteneinsicht auf."
                                .formatted(Anzeige.zahl(Akteneinsichten.HOECHSTENS_BLATT)));
                    }
                }
            } catch (ExecutionException e) {
                var grund = requireNonNull(e.getCause());
                switch (grund) {
                    case IOException io -> throw io;
                    case InterruptedException unterbrochen -> throw unterbrochen;
                    case RuntimeException r -> throw r;
                    default -> throw new IllegalStateException(grund);
                }
            } finally {
                faeden.shutdownNow();
            }
        }
    }

    private Aufgenommen nimm(Teil teil, Binderei.Sammlung sammlung, Zaehler zaehler)
            throws IOException, InterruptedException {
        zaehler.lebtNoch();
        return sammlung.nimm(inhalt.datei(teil), Akteneinsichten.HOECHSTENS_BLATT, seite -> zaehler.eins());
    }

    /** A mail or a table of values has no pages, but text. */
    private void text(Teil teil, Stoff stoff) {
        dateien.text(teil.dateiId())
                .filter(text -> !text.isBlank())
                .ifPresent(text -> stoff.texte()
                        .put(
                                teil,
                                text.length() <= TEXT_HOECHSTENS
                                        ? text
                                        : text.substring(0, TEXT_HOECHSTENS)
                                                + "\n[Hier gekürzt; das Ganze enthält das Original.]"));
        if (stoff.texte().values().stream().mapToLong(String::length).sum() > TEXTE_HOECHSTENS) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Die Dateien ohne Seiten haben zusammen mehr Text, als ein Paket fasst. Bitte teilen Sie die Akteneinsicht auf.");
        }
    }

    private Blob lege(Path datei) throws IOException {
        try (var ein = Files.newInputStream(datei)) {
            return blobs.schreibe(ein);
        }
    }

    /** Says how far it is, and hears whether somebody has ended it: twice a second, not with each page. */
    private final class Zaehler {

        private final UUID id;
        private final int lauf;
        private final AtomicInteger fertig = new AtomicInteger();
        private final AtomicLong zuletzt = new AtomicLong(System.nanoTime() - TAKT);

        Zaehler(Einsicht einsicht) {
            this.id = einsicht.id();
            this.lauf = einsicht.lauf();
        }

        void eins() {
            fertig.incrementAndGet();
            melde(true);
        }

        void weiter(int bis) {
            fertig.set(bis);
            melde(true);
        }

        void lebtNoch() {
            melde(false);
        }

        private void melde(boolean seiten) {
            long jetzt = System.nanoTime();
            long vorher = zuletzt.get();
            if (jetzt - vorher < TAKT || !zuletzt.compareAndSet(vorher, jetzt)) {
                return;
            }
            Integer noch = transaktion.execute(t -> datenbank
                    .sql("UPDATE akteneinsicht SET seiten_fertig = CASE WHEN ? THEN ? ELSE seiten_fertig END WHERE"
                            + " mandant_id = ? AND id = ? AND stand = 'laeuft' AND lauf = ?")
                    .params(seiten, fertig.get(), mandant(), id, lauf)
                    .update());
            if (noch == null || noch == 0) {
                throw new Beendet();
            }
        }
    }

    /** „Erneut versuchen“ on the page of Störungen. */
    @EventListener
    @Transactional
    public void erneut(StoerungErneut wunsch) {
        if (wunsch.art().equals(STOERUNG)) {
            int wieder = datenbank
                    .sql(
                            "UPDATE akteneinsicht SET stand = 'wartet', lauf = lauf + 1, beendet = NULL, hinweis = '' WHERE mandant_id"
                                    + " = ? AND id = ? AND stand = 'gescheitert'")
                    .params(wunsch.mandant(), wunsch.bezug())
                    .update();
            if (wieder == 1) {
                auftraege.plane(wunsch.bezug());
            }
        }
    }
}
