package de.federwerk.postfach;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Akten;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Dokumente.Angaben;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.Vorgaenge.Vorgang;
import de.federwerk.antrag.Antragsakten;
import de.federwerk.antrag.Antragswege;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.satz.Satz;
import de.federwerk.satz.Schriftstueck;
import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lays one answer into the Vorgang: as a PDF with the question above it, with its files, and with a task for whoever asked. All of it in one
 * transaction, the Dokumente under the ids of the answer and its files: begun again after a crash it makes nothing twice.
 */
@Component
class Antwortablage {

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Antwortvorlagen vorlagen;
    private final Satz satz;
    private final Blobs blobs;
    private final Dateien dateien;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Laufwege laufwege;
    private final Berechtigungen berechtigungen;
    private final Antragswege wege;
    private final Antragsakten antragsakten;

    Antwortablage(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Antwortvorlagen vorlagen,
            Satz satz,
            Blobs blobs,
            Dateien dateien,
            Akten akten,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Laufwege laufwege,
            Berechtigungen berechtigungen,
            Antragswege wege,
            Antragsakten antragsakten) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.vorlagen = vorlagen;
        this.satz = satz;
        this.blobs = blobs;
        this.dateien = dateien;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.laufwege = laufwege;
        this.berechtigungen = berechtigungen;
        this.wege = wege;
        this.antragsakten = antragsakten;
    }

    /** @throws de.federwerk.basis.Abgelehnt if neither its Vorgang nor any other takes it */
    void legeAb(UUID id) {
        vorlagen.lies(id).ifPresent(a -> {
            // Typeset and durable before the transaction, which is then short.
            var pdf = satz.setze(new Schriftstueck("postfach/antwort", Map.of("a", a), a.gesendet()));
            var blob = blobs.schreibe(new ByteArrayInputStream(pdf));
            transaktion.executeWithoutResult(t -> lege(a, blob));
        });
    }

    private void lege(Antwortvorlage antwort, Blob pdf) {
        // Held: another program that does the same waits, and then finds it done.
        var noch = datenbank
                .sql("SELECT id FROM nachricht WHERE mandant_id = ? AND id = ? AND abgelegt IS NULL FOR UPDATE")
                .params(mandant(), antwort.id())
                .query(UUID.class)
                .optional();
        if (noch.isEmpty()) {
            return;
        }
        var amt = wege.amt();
        var vorgang = ziel(amt, antwort);
        var tag = LocalDate.ofInstant(antwort.gesendet(), Anzeige.ZONE);
        dokumente.lege(
                amt,
                antwort.id(),
                vorgang.id(),
                dateien.aufnehmen(pdf, "Antwort.pdf"),
                new Angaben(antwort.titel(), "Schreiben", null, null, antwort.absender(), tag, antwort.gesendet()));
        for (var anlage : antwort.anlagen()) {
            dokumente.lege(
                    amt,
                    anlage.id(),
                    vorgang.id(),
                    dateien.aufnehmen(anlage.blob(), anlage.dateiname()),
                    new Angaben(
                            anlage.dateiname(),
                            "Anlage",
                            antwort.id(),
                            null,
                            antwort.absender(),
                            null,
                            antwort.gesendet()));
        }
        gibAuf(amt, antwort, vorgang);
        datenbank
                .sql("UPDATE nachricht SET abgelegt = now() WHERE mandant_id = ? AND id = ?")
                .params(mandant(), antwort.id())
                .update();
    }

    /** That of the Antrag; if it takes nothing any more, that of an earlier Nachtrag; if there is none, a new one. */
    private Vorgang ziel(Anmeldung amt, Antwortvorlage antwort) {
        var sicht = berechtigungen.sicht(amt.person(), Recht.BEARBEITEN);
        return datenbank
                .sql("""
                SELECT :vorgang UNION ALL
                (SELECT vorgang_id FROM nachtrag WHERE mandant_id = :m AND antrag_id = :antrag ORDER BY angelegt DESC LIMIT 5)""")
                .param("vorgang", antwort.vorgangId())
                .param("m", mandant())
                .param("antrag", antwort.antragId())
                .query(UUID.class)
                .list()
                .stream()
                .flatMap(v -> vorgaenge.finde(sicht, v).stream())
                .filter(v -> vorgaenge.istAenderbar(amt.person(), v))
                .findFirst()
                .orElseGet(() -> nachtrag(amt, antwort));
    }

    /** Beside the first one, or where new Anträge go if that Akte is closed. */
    private Vorgang nachtrag(Anmeldung amt, Antwortvorlage antwort) {
        var titel = Antwortvorlage.kurz("Nachtrag zu " + antwort.aktenzeichen() + ": " + antwort.vorgangstitel());
        var heute = LocalDate.now(Anzeige.ZONE);
        var akte = akten.finde(berechtigungen.sicht(amt.person(), Recht.BEARBEITEN), antwort.akteId())
                .filter(Akten.Akte::offen)
                .map(Akten.Akte::id)
                .orElseGet(() -> antragsakten.akte(
                        amt, antwort.leistungId(), antwort.leistung(), titel, heute, geltende(antwort)));
        var neu = vorgaenge.eroeffne(amt, Kennung.neu(), akte, titel);
        datenbank
                .sql("INSERT INTO nachtrag (mandant_id, vorgang_id, antrag_id) VALUES (?, ?, ?)")
                .params(mandant(), neu.id(), antwort.antragId())
                .update();
        return neu;
    }

    private UUID geltende(Antwortvorlage antwort) {
        return datenbank
                .sql("SELECT id FROM einheit WHERE mandant_id = ? AND id = ? AND gilt(gueltig_von, gueltig_bis)")
                .params(mandant(), antwort.einheitId())
                .query(UUID.class)
                .optional()
                .orElseGet(() -> wege.finde(antwort.leistungId()).orElseThrow().einheitId());
    }

    /** A task for who asked; for the unit, if that person cannot do it any more. */
    private void gibAuf(Anmeldung amt, Antwortvorlage antwort, Vorgang vorgang) {
        var empfaenger = new LinkedHashSet<Empfaenger>();
        if (antwort.frager() != null) {
            empfaenger.add(new Empfaenger("person", antwort.frager()));
        }
        empfaenger.add(new Empfaenger("einheit", antwort.vorgangseinheitId()));
        empfaenger.add(new Empfaenger("einheit", antwort.einheitId()));
        wege.finde(antwort.leistungId()).ifPresent(w -> empfaenger.add(new Empfaenger("einheit", w.einheitId())));
        var entwuerfe = new ArrayList<Laufwegentwurf>();
        empfaenger.forEach(e -> entwuerfe.add(entwurf(antwort, vorgang, e)));
        laufwege.beginne(
                amt,
                entwuerfe.stream()
                        .filter(e -> laufwege.einwaende(e).isEmpty())
                        .findFirst()
                        .orElse(entwuerfe.getLast()));
    }

    private static Laufwegentwurf entwurf(Antwortvorlage antwort, Vorgang vorgang, Empfaenger an) {
        var station = new Station(
                Kennung.neu(),
                1,
                1,
                1,
                Stationsart.BEARBEITUNG,
                an,
                "Antwort auf Ihre Rückfrage ansehen",
                null,
                null,
                false,
                null,
                null,
                null);
        return new Laufwegentwurf(
                Kennung.neu(), vorgang.id(), antwort.id(), "Antwort aus dem Portal", false, List.of(station));
    }
}
