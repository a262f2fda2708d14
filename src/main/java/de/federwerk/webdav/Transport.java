package de.federwerk.webdav;

import de.federwerk.akte.Verlegung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.webdav.Eintrag.Art;
import de.federwerk.webdav.Verzeichnis.Fund;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * COPY, MOVE and DELETE. A person's own pieces go wherever she likes; what is registered is never deleted from here: it may be
 * copied out or drawn into another Vorgang, and a draft may become a Dokument or a Version of one.
 */
@Component
class Transport {

    private final Arbeitsbereich bereich;
    private final Aufnahme aufnahme;
    private final Verlegung verlegung;
    private final TransactionTemplate transaktion;

    Transport(Arbeitsbereich bereich, Aufnahme aufnahme, Verlegung verlegung, TransactionTemplate transaktion) {
        this.bereich = bereich;
        this.aufnahme = aufnahme;
        this.verlegung = verlegung;
        this.transaktion = transaktion;
    }

    void loesche(Anmeldung wer, Fund fund) {
        if (!fund.eintrag().eigen()) {
            throw Webdavfehler.nichtHier(
                    fund.eintrag().art() == Art.DOKUMENT
                            ? "Was in einer Akte liegt, wird nicht gelöscht. Das Dokument ist unverändert."
                            : "Dieser Ordner gehört zum Aktenbestand und lässt sich hier nicht löschen.");
        }
        bereich.loesche(wer.person(), fund.eintrag().id());
    }

    /** @param ganz also what is in a folder */
    void kopiere(Anmeldung wer, Fund quelle, Fund ziel, boolean ganz) throws IOException {
        var was = quelle.eintrag();
        if (was.eigen() && ziel.eltern().nimmtEigenes()) {
            bereich.kopiere(wer.person(), was, ziel.eltern().id(), ziel.pfad().name(), ganz);
        } else if (was.istOrdner()) {
            throw Webdavfehler.nichtHier("Ganze Ordner lassen sich nur innerhalb des Arbeitsbereichs kopieren.");
        } else {
            // What lies there is replaced by what comes, or stays: never taken away before.
            aufnahme.uebertrage(wer, was, ziel);
        }
    }

    void verschiebe(Anmeldung wer, Fund quelle, Fund ziel) throws IOException {
        var was = quelle.eintrag();
        if (was.art() == Art.DOKUMENT) {
            verlege(wer, was, ziel);
            return;
        }
        if (!was.eigen()) {
            throw Webdavfehler.nichtHier(
                    "Dieser Ordner gehört zum Aktenbestand und lässt sich hier nicht verschieben.");
        }
        var eltern = ziel.eltern();
        // A folder is nothing that a program keeps for a moment, whatever it is called.
        boolean fluechtig = !was.istOrdner()
                && eltern.nimmtFluechtiges()
                && Eintrag.fluechtigerName(ziel.pfad().name());
        boolean nurName = eltern.nimmtEigenes() || fluechtig;
        if (nurName && !(ziel.da() && ziel.eintrag().art() == Art.DOKUMENT)) {
            transaktion.executeWithoutResult(t -> {
                ersetze(wer, ziel);
                bereich.verschiebe(
                        wer.person(),
                        was.id(),
                        eltern.id(),
                        fluechtig,
                        ziel.pfad().name());
            });
        } else if (was.istOrdner()) {
            throw Webdavfehler.nichtHier(
                    "Ganze Ordner lassen sich nicht in eine Akte verschieben; ziehen Sie die Dateien hinein.");
        } else {
            // As programs save safely: first beside it, then over it.
            aufnahme.uebertrage(wer, was, ziel);
            bereich.loesche(wer.person(), was.id());
        }
    }

    /** Drawn from one Vorgang into another: with what is attached to it, with its history, under the same name. */
    private void verlege(Anmeldung wer, Eintrag dokument, Fund ziel) {
        var vorgang = ziel.eltern();
        if (vorgang.art() != Art.VORGANG || vorgang.id().equals(dokument.vorgang())) {
            throw Webdavfehler.nichtHier(
                    "Ein Dokument in einer Akte wird hier nur in einen anderen Vorgang verschoben und nicht umbenannt; seinen Titel ändern Sie in Federwerk. Kopieren geht.");
        }
        if (ziel.da()) {
            throw Webdavfehler.nichtHier(
                    "In diesem Vorgang gibt es schon ein Dokument dieses Namens. Es wurde nichts geändert; verschieben Sie es in Federwerk.");
        }
        if (!ziel.pfad().name().equalsIgnoreCase(dokument.name())) {
            throw Webdavfehler.nichtHier(
                    "Beim Verschieben bleibt der Dateiname, wie er ist. Es wurde nichts geändert.");
        }
        verlegung.verlegeDokument(wer, dokument.id(), vorgang.id(), "im Netzordner dorthin gezogen");
    }

    /** What lies there gives way, if it is the person's own; a Dokument gets a Version instead. */
    private void ersetze(Anmeldung wer, Fund ziel) {
        if (ziel.da() && ziel.eintrag().eigen()) {
            bereich.loesche(wer.person(), ziel.eintrag().id());
        } else if (ziel.da() && ziel.eintrag().istOrdner()) {
            throw Webdavfehler.nichtHier("Dieser Ordner gehört zum Aktenbestand und lässt sich nicht ersetzen.");
        }
    }
}
