package de.federwerk.webdav;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Auscheckung;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Dokumente.Angaben;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Kennung;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Dateiname;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.webdav.Eintrag.Art;
import de.federwerk.webdav.Verzeichnis.Fund;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes in what programs save. A file over a Dokument is a Version, a new file in a Vorgang is a Dokument, and what programs write only for
 * themselves – lock files, the empty file before the full one – stays with the person and never comes among the Dokumente.
 */
@Component
class Aufnahme {

    /** Most bytes of one draft. */
    private static final long ENTWURF = 200L << 20;

    private final Verzeichnis verzeichnis;
    private final Aktenbaum baum;
    private final Arbeitsbereich bereich;
    private final Arbeitsinhalte inhalte;
    private final Sperrlage sperrlage;
    private final Dokumente dokumente;
    private final Vorgaenge vorgaenge;
    private final Auscheckung auscheckung;
    private final Dateien dateien;
    private final Blobs blobs;
    private final TransactionTemplate transaktion;

    Aufnahme(
            Verzeichnis verzeichnis,
            Aktenbaum baum,
            Arbeitsbereich bereich,
            Arbeitsinhalte inhalte,
            Sperrlage sperrlage,
            Dokumente dokumente,
            Vorgaenge vorgaenge,
            Auscheckung auscheckung,
            Dateien dateien,
            Blobs blobs,
            TransactionTemplate transaktion) {
        this.verzeichnis = verzeichnis;
        this.baum = baum;
        this.bereich = bereich;
        this.inhalte = inhalte;
        this.sperrlage = sperrlage;
        this.dokumente = dokumente;
        this.vorgaenge = vorgaenge;
        this.auscheckung = auscheckung;
        this.dateien = dateien;
        this.blobs = blobs;
        this.transaktion = transaktion;
    }

    /**
     * Saves under an address, whatever that means there.
     *
     * @param angekuendigt bytes; -1 if the program does not say
     * @throws Webdavfehler (403) where nothing can be saved, (409) without a folder
     */
    void nimm(Anmeldung wer, Fund fund, InputStream strom, long angekuendigt) throws IOException {
        var eltern = fund.eltern();
        if (fund.da() && fund.eintrag().istOrdner()) {
            throw Webdavfehler.mit(405, "Hier ist ein Ordner, keine Datei.");
        }
        if (fund.da() && fund.eintrag().art() == Art.DOKUMENT) {
            version(wer, fund.eintrag(), strom, angekuendigt);
        } else if (eltern.nimmtEigenes()) {
            entwurf(wer, eltern, fund.pfad().name(), strom, false);
        } else if (eltern.nimmtFluechtiges()
                && (Eintrag.fluechtigerName(fund.pfad().name()) || angekuendigt == 0)) {
            entwurf(wer, eltern, fund.pfad().name(), strom, true);
        } else if (eltern.art() == Art.VORGANG) {
            dokument(wer, fund, eltern.id(), strom);
        } else {
            throw Webdavfehler.nichtHier(
                    "Dateien lassen sich nur in einem Vorgang oder im Arbeitsbereich speichern. Es wurde nichts gespeichert.");
        }
    }

    void entwurf(Anmeldung wer, Eintrag ordner, String name, InputStream strom, boolean fluechtig) throws IOException {
        if (fluechtig && ordner.art() == Art.VORGANG) {
            vorgaenge.aenderbar(wer, ordner.id());
        }
        var inhalt = inhalte.schreibe(wer.person(), strom, ENTWURF);
        try {
            bereich.setze(wer.person(), ordner.id(), fluechtig, name, inhalt);
        } catch (RuntimeException e) {
            inhalte.verwirf(inhalt.id());
            throw e;
        }
    }

    /** Only if it is another content: a program that saves without a change makes no Version, and one that saves nothing at all empties nothing. */
    private void version(Anmeldung wer, Eintrag dokument, InputStream strom, long angekuendigt) throws IOException {
        var gelesen = dokumente.dokument(verzeichnis.sicht(wer), dokument.id());
        vorgaenge.aenderbar(wer, gelesen.vorgangId());
        auscheckung.verlangeFrei(wer, gelesen);
        blobs.verlangePlatzFuer(angekuendigt);
        if (angekuendigt == 0) {
            return;
        }
        var bytes = blobs.schreibe(strom);
        if (bytes.laenge() == 0) {
            return;
        }
        transaktion.executeWithoutResult(t -> {
            vorgaenge.halteOffen(gelesen.vorgangId());
            var jetzt = baum.dokument(verzeichnis.sicht(wer), dokument.id()).orElseThrow(Webdavfehler::nichtGefunden);
            if (!Objects.equals(jetzt.bytes(), dokument.bytes())) {
                throw Webdavfehler.mit(
                        412,
                        "Während Sie gespeichert haben, ist eine andere Version dazugekommen. Es wurde nichts abgelegt.");
            }
            if (!gleich(bytes, jetzt.bytes())) {
                dokumente.neueVersion(wer, Kennung.neu(), dokument.id(), dateien.aufnehmen(bytes, gelesen.dateiname()));
            }
        });
    }

    private boolean gleich(Blob neu, @Nullable UUID bisher) {
        return bisher != null && Arrays.equals(neu.sha256(), blobs.finde(bisher).sha256());
    }

    private void dokument(Anmeldung wer, Fund fund, UUID vorgang, InputStream strom) throws IOException {
        var name = fund.pfad().name();
        if (!Dateiname.sicher(name).equals(name)) {
            throw Webdavfehler.nichtHier(
                    "Der Dateiname „%s“ enthält Zeichen, die nicht überall gehen. Bitte benennen Sie die Datei um, zum Beispiel in „%s“. Es wurde nichts gespeichert."
                            .formatted(name, Dateiname.sicher(name)));
        }
        vorgaenge.aenderbar(wer, vorgang);
        var bytes = blobs.schreibe(strom);
        if (bytes.laenge() == 0) {
            // Sent in chunks, so that nobody knew beforehand.
            entwurf(wer, fund.eltern(), name, InputStream.nullInputStream(), true);
            return;
        }
        transaktion.executeWithoutResult(t -> {
            vorgaenge.halteOffen(vorgang);
            // Two programs at once make one Dokument with two Versions, not two of one name.
            var inzwischen = baum.dokument(verzeichnis.sicht(wer), vorgang, name);
            if (inzwischen.isPresent()) {
                throw Webdavfehler.mit(
                        412,
                        "Während Sie gespeichert haben, ist ein Dokument dieses Namens dazugekommen. Es wurde nichts abgelegt.");
            }
            var id = Kennung.neu();
            dokumente.lege(wer, id, vorgang, dateien.aufnehmen(bytes, name), Angaben.mitTitel(null));
            bereich.finde(wer.person(), vorgang, name).ifPresent(platzhalter -> {
                sperrlage.gehtUeber(wer, platzhalter.id(), id);
                bereich.loesche(wer.person(), platzhalter.id());
            });
        });
    }

    /** Of a file somewhere to an address somewhere else, where it is not only another name. */
    void uebertrage(Anmeldung wer, Eintrag quelle, Fund ziel) throws IOException {
        var bytes = Objects.requireNonNull(quelle.bytes());
        try (var strom = quelle.art() == Art.DOKUMENT
                ? blobs.lies(originale(wer, quelle))
                : inhalte.lies(bytes, quelle.laenge())) {
            nimm(wer, ziel, strom, quelle.laenge());
        }
    }

    /** It is read, and that is noted where it must be. */
    Blob originale(Anmeldung wer, Eintrag dokument) {
        var gelesen = dokumente.dokument(verzeichnis.sicht(wer), dokument.id());
        return dateien.original(gelesen.dateiId());
    }

    /** An empty file to hold a lock, where a program locks what it is about to make. */
    void platzhalter(Anmeldung wer, Fund fund) throws IOException {
        var eltern = fund.eltern();
        if (!eltern.nimmtEigenes() && !eltern.nimmtFluechtiges()) {
            throw Webdavfehler.nichtHier("Hier lässt sich nichts anlegen.");
        }
        entwurf(wer, eltern, fund.pfad().name(), InputStream.nullInputStream(), eltern.nimmtFluechtiges());
    }
}
