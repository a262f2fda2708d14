package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.datei.Binderei;
import de.federwerk.datei.Binderei.Missraten;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Dateiname;
import de.federwerk.datenschutz.Auskunftsband.Stoff;
import de.federwerk.datenschutz.Erteilungen.Erteilung;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes one answer: reads what is released, binds it, and files it with its list in one transaction. Killed anywhere, it begins again and leaves nothing half. */
@Component
class Auskunftslauf {

    private static final Logger LOG = LoggerFactory.getLogger(Auskunftslauf.class);
    private static final int HOECHSTENS_BLATT = 20_000;
    private static final int TEXT_HOECHSTENS = 500_000;

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Ersuchenbuch buch;
    private final Fundbuch funde;
    private final Auskunftsinhalt inhalt;
    private final Antwortort ort;
    private final Binderei binderei;
    private final Dateien dateien;
    private final Blobs blobs;
    private final Dokumente dokumente;
    private final Meldungen meldungen;
    private final Protokoll protokoll;

    Auskunftslauf(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Ersuchenbuch buch,
            Fundbuch funde,
            Auskunftsinhalt inhalt,
            Antwortort ort,
            Binderei binderei,
            Dateien dateien,
            Blobs blobs,
            Dokumente dokumente,
            Meldungen meldungen,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.buch = buch;
        this.funde = funde;
        this.inhalt = inhalt;
        this.ort = ort;
        this.binderei = binderei;
        this.dateien = dateien;
        this.blobs = blobs;
        this.dokumente = dokumente;
        this.meldungen = meldungen;
        this.protokoll = protokoll;
    }

    /** Makes it, if that is still to be done. */
    public void fuehreAus(UUID id) {
        var erteilung = requireNonNull(transaktion.execute(t -> beginne(id)));
        if (erteilung.isEmpty()) {
            return;
        }
        try {
            erstelle(erteilung.get());
        } catch (Missraten | Abgelehnt | NichtGefunden grund) {
            scheitere(id, String.valueOf(grund.getMessage()));
        } catch (InterruptedException schluss) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Das Haus schließt", schluss);
        } catch (IOException | RuntimeException umstaende) {
            LOG.warn("Auskunft {} ist nicht entstanden", id, umstaende);
            scheitere(
                    id,
                    "Beim Erstellen ist ein technischer Fehler aufgetreten. Die Akten sind unverändert, was geprüft wurde, bleibt. Bitte versuchen Sie es noch einmal.");
        }
    }

    private Optional<Erteilung> beginne(UUID id) {
        datenbank
                .sql(
                        "UPDATE auskunftserteilung SET stand = 'laeuft' WHERE mandant_id = ? AND id = ? AND stand = 'wartet'")
                .params(mandant(), id)
                .update();
        return datenbank
                .sql(Erteilungen.SPALTEN + "a.id = :id AND a.stand = 'laeuft'")
                .param("m", mandant())
                .param("id", id)
                .query(Erteilung.class)
                .optional();
    }

    private void scheitere(UUID id, String grund) {
        transaktion.executeWithoutResult(t -> datenbank
                .sql(
                        "UPDATE auskunftserteilung SET stand = 'gescheitert', beendet = now(), hinweis = ? WHERE mandant_id = ? AND id = ? AND stand = 'laeuft'")
                .params(grund, mandant(), id)
                .update());
    }

    private void erstelle(Erteilung erteilung) throws IOException, InterruptedException, Missraten {
        var stoff = requireNonNull(transaktion.execute(t -> stoff(erteilung)));
        try (var sammlung = binderei.sammle()) {
            for (var verfahren : stoff.verfahren()) {
                for (var stueck : verfahren.stuecke()) {
                    if (stueck.dateiId() != null) {
                        nimm(stueck, stoff, sammlung);
                    }
                }
            }
            var gebunden = sammlung.binde(Auskunftsband.setze(stoff), HOECHSTENS_BLATT, seite -> {});
            Blob pdf;
            try (InputStream ein = Files.newInputStream(gebunden.pdf())) {
                pdf = blobs.schreibe(ein);
            }
            var json = blobs.schreibe(new ByteArrayInputStream(Auskunftslisten.json(stoff)));
            var csv = blobs.schreibe(new ByteArrayInputStream(Auskunftslisten.csv(stoff)));
            transaktion.executeWithoutResult(t -> lege(stoff, gebunden.blaetter(), pdf, json, csv));
        }
    }

    private Stoff stoff(Erteilung erteilung) {
        var alle = funde.entschiedene(erteilung.ersuchenId());
        return new Stoff(
                inhalt.behoerde(),
                buch.finde(erteilung.ersuchenId()).orElseThrow(),
                erteilung,
                inhalt.verfahren(erteilung.ersuchenId(), alle),
                alle,
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
    }

    private void nimm(Auskunftsinhalt.Stueck stueck, Stoff stoff, Binderei.Sammlung sammlung)
            throws IOException, InterruptedException {
        var datei = requireNonNull(transaktion.execute(t -> inhalt.hole(requireNonNull(stueck.dateiId()))));
        var seiten = sammlung.nimm(datei, HOECHSTENS_BLATT, seite -> {});
        stoff.seiten().put(stueck, seiten);
        if (seiten.ursache() != null) {
            requireNonNull(transaktion.execute(t -> dateien.text(datei.id())))
                    .filter(text -> !text.isBlank())
                    .ifPresent(text -> stoff.texte()
                            .put(stueck, text.length() <= TEXT_HOECHSTENS ? text : text.substring(0, TEXT_HOECHSTENS)));
        }
    }

    private void lege(Stoff stoff, int blaetter, Blob pdf, Blob json, Blob csv) {
        var erteilung = stoff.erteilung();
        // It may have been closed meanwhile, or the role been taken away.
        var wer = buch.anmeldung(erteilung.begonnenVon());
        var jetzt = buch.offenes(wer, erteilung.ersuchenId());
        if (jetzt.sucht() != null
                || !Objects.equals(jetzt.gesucht(), stoff.ersuchen().gesucht())) {
            throw Abgelehnt.konflikt(
                    "Während der Erstellung wurde noch einmal gesucht, oder die Angaben zur Person haben sich geändert. Es wurde keine Auskunft abgelegt; bitte erstellen Sie sie noch einmal.");
        }
        // Somebody may have thought better of it while it was bound.
        if (!freie(funde.entschiedene(erteilung.ersuchenId())).equals(freie(stoff.alle()))) {
            throw Abgelehnt.konflikt(
                    "Während der Erstellung hat sich geändert, was freigegeben ist. Es wurde keine Auskunft abgelegt; bitte erstellen Sie sie noch einmal.");
        }
        var ersuchen = stoff.ersuchen();
        ort.zuOffen(ersuchen.vorgangId(), ersuchen.id()).ifPresent(grund -> {
            throw Abgelehnt.konflikt(grund);
        });
        var name = "Auskunft " + ersuchen.aktenzeichen().replace('/', '-') + " " + LocalDate.now(Anzeige.ZONE);
        var dokument = Kennung.neu();
        var haupt = dokumente.lege(
                wer,
                dokument,
                ersuchen.vorgangId(),
                dateien.aufnehmen(pdf, Dateiname.sicher(name + ".pdf")),
                angaben("Auskunft nach Art. 15 DSGVO", null));
        dokumente.lege(
                wer,
                Kennung.neu(),
                ersuchen.vorgangId(),
                dateien.aufnehmen(json, Dateiname.sicher(name + ".json")),
                angaben("Auskunft: Liste als JSON", dokument));
        dokumente.lege(
                wer,
                Kennung.neu(),
                ersuchen.vorgangId(),
                dateien.aufnehmen(csv, Dateiname.sicher(name + ".csv")),
                angaben("Auskunft: Liste als Tabelle", dokument));
        int zurueck = zahl(stoff, Treffer::zurueckgehalten);
        int andere = zahl(stoff, Treffer::andere);
        int offen = zahl(stoff, Treffer::offen);
        int enthalten = freie(stoff.alle()).size();
        datenbank
                .sql("""
                UPDATE auskunftserteilung SET stand = 'fertig', beendet = now(), dokument_id = ?, blaetter = ?, enthalten = ?, zurueckgehalten = ?, andere = ?, offen = ?
                 WHERE mandant_id = ? AND id = ? AND stand = 'laeuft'""")
                .params(dokument, blaetter, enthalten, zurueck, andere, offen, mandant(), erteilung.id())
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "auskunft.erteilt",
                ersuchen.vorgangId(),
                haupt.akteId(),
                Map.of(
                        "text",
                        "%d freigegeben, %d zurückgehalten, %d noch nicht geprüft; %s"
                                .formatted(enthalten, zurueck, offen, erteilung.weg()),
                        "empfaenger",
                        erteilung.empfaenger(),
                        "anschrift",
                        erteilung.anschrift(),
                        "paket",
                        pdf.pruefsumme()));
        meldungen.sage(
                wer.person(),
                Meldungsart.ERLEDIGT,
                "auskunft " + erteilung.id(),
                "Auskunft, " + ersuchen.aktenzeichen(),
                "Die Auskunft ist erstellt.",
                "/datenschutz/ersuchen/" + ersuchen.id());
    }

    private static int zahl(Stoff stoff, Predicate<Treffer> welche) {
        return (int) stoff.alle().stream().filter(welche).count();
    }

    /** What goes out and what it says: of what was decided anew, because something was taken out of it, the old must not go. */
    static List<String> freie(List<Treffer> treffer) {
        var freie = new ArrayList<String>();
        treffer.stream()
                .filter(Treffer::freigegeben)
                .forEach(t -> freie.add(t.objekt() + " " + t.ersatz() + " " + t.version() + " " + t.stand()));
        return freie;
    }

    private static Dokumente.Angaben angaben(String titel, @org.jspecify.annotations.Nullable UUID zu) {
        return new Dokumente.Angaben(titel, "Auskunft", zu, null, null, null, null);
    }
}
