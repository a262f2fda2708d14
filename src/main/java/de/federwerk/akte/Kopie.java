package de.federwerk.akte;

import static java.util.Objects.requireNonNull;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente.Angaben;
import de.federwerk.akte.Dokumente.Dokument;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Ausnahmen;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The newest Version of a Dokument as Version 1 of a new one in another Vorgang. Its bytes are stored again: what is deleted or kept longer here is
 * not deleted or kept longer there (ADR 0005).
 */
@Component
public class Kopie {

    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Verweise verweise;
    private final Schutzfolge schutz;
    private final Dateien dateien;
    private final Blobs blobs;
    private final Berechtigungen berechtigungen;
    private final Ausnahmen ausnahmen;
    private final Protokoll protokoll;
    private final Einmal einmal;
    private final TransactionTemplate transaktion;

    Kopie(
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Verweise verweise,
            Schutzfolge schutz,
            Dateien dateien,
            Blobs blobs,
            Berechtigungen berechtigungen,
            Ausnahmen ausnahmen,
            Protokoll protokoll,
            Einmal einmal,
            TransactionTemplate transaktion) {
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.verweise = verweise;
        this.schutz = schutz;
        this.dateien = dateien;
        this.blobs = blobs;
        this.berechtigungen = berechtigungen;
        this.ausnahmen = ausnahmen;
        this.protokoll = protokoll;
        this.einmal = einmal;
        this.transaktion = transaktion;
    }

    /**
     * Not in a transaction: the bytes are written before.
     *
     * @param neu id of the copy, chosen by the caller: sent twice, it is made once
     * @throws Abgelehnt (RECHT, KONFLIKT) as with every Dokument that is filed there; (RECHT) too if it is classified or cut out and the person does not manage it
     * @throws IOException if the bytes cannot be read or written
     */
    public void kopiere(Anmeldung wer, UUID neu, UUID id, UUID zielId) throws IOException {
        var dokument = requireNonNull(transaktion.execute(t -> zuKopieren(wer, id, zielId)));
        if (dokumente
                .finde(berechtigungen.sicht(wer.person(), Recht.LESEN), neu)
                .isPresent()) {
            return;
        }
        try (var strom = blobs.lies(dateien.original(dokument.dateiId()))) {
            var bytes = blobs.schreibe(strom);
            transaktion.executeWithoutResult(t -> {
                einmal.warte(neu);
                if (dokumente
                        .finde(berechtigungen.sicht(wer.person(), Recht.LESEN), neu)
                        .isEmpty()) {
                    zuKopieren(wer, id, zielId);
                    lege(wer, neu, dokument, zielId, bytes);
                }
            });
        }
    }

    /** What is cut out or classified does not become readable by whoever sees the other Vorgang, merely by being copied. */
    private Dokument zuKopieren(Anmeldung wer, UUID id, UUID zielId) {
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        var ziel = vorgaenge.aenderbar(wer, zielId);
        boolean weiter = ziel.schutzbereichId() != dokument.schutzbereichId()
                && schutz.koordinate(dokument.schutzbereichId()).eng();
        // Whoever is kept out of this Akte (§§ 20, 21 VwVfG) may read the other one.
        boolean anAusgeschlossene =
                !ziel.akteId().equals(dokument.akteId()) && ausnahmen.schliessenAus(dokument.akteId());
        if ((weiter || anAusgeschlossene)
                && dokumente
                        .finde(berechtigungen.sicht(wer.person(), Recht.VERWALTEN), id)
                        .isEmpty()) {
            throw Abgelehnt.recht("„" + dokument.titel()
                    + "“ ist besonders geschützt. In einen anderen Vorgang kopiert es nur, wer es verwaltet.");
        }
        return dokument;
    }

    private void lege(Anmeldung wer, UUID neu, Dokument dokument, UUID zielId, Blob bytes) {
        var kopie = dokumente.lege(
                wer,
                neu,
                zielId,
                dateien.aufnehmen(bytes, dokument.dateiname()),
                new Angaben(
                        dokument.titel(),
                        dokument.dokumentart(),
                        null,
                        null,
                        dokument.absender(),
                        dokument.schreibenVom(),
                        dokument.eingegangen()));
        verweise.lege(
                wer, Kennung.neu(), Schriftgut.Art.DOKUMENT, dokument.id(), Schriftgut.Art.DOKUMENT, neu, "kopie", "");
        protokoll.schreibe(
                wer.pseudonym(),
                "dokument.kopiert",
                neu,
                kopie.akteId(),
                Map.of(
                        "titel",
                        dokument.titel(),
                        "text",
                        "Version " + dokument.version(),
                        "quelle",
                        dokument.id().toString()));
    }
}
