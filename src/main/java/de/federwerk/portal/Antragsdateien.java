package de.federwerk.portal;

import de.federwerk.antrag.Antragsanlagen;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** The files that come with a page of a draft, and those that are to go. */
@Component
class Antragsdateien {

    /** Button beside a file that is to go. */
    static final String WEG = "_dateiweg";

    private final Antragsanlagen anlagen;
    private final Dateiannahme annahme;

    Antragsdateien(Antragsanlagen anlagen, Dateiannahme annahme) {
        this.anlagen = anlagen;
        this.annahme = annahme;
    }

    /** @return what could not be taken, one sentence each; the rest was */
    List<String> nimm(UUID id, HttpServletRequest anfrage) throws IOException {
        var meldungen = new ArrayList<String>();
        var weg = anfrage.getParameter(WEG);
        if (weg != null) {
            anlagen.nimmWeg(id, kennung(weg));
        }
        if (anfrage instanceof MultipartHttpServletRequest teile) {
            for (var eintrag : teile.getMultiFileMap().entrySet()) {
                for (var datei : eintrag.getValue()) {
                    nimm(id, eintrag.getKey(), datei, anfrage, meldungen);
                }
            }
        }
        return meldungen;
    }

    private static UUID kennung(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException keine) {
            throw new NichtGefunden("Diese Datei gibt es nicht.");
        }
    }

    private void nimm(UUID id, String pfad, MultipartFile datei, HttpServletRequest anfrage, List<String> meldungen)
            throws IOException {
        var name = Dateiannahme.name(datei);
        if (name.isBlank()) {
            return;
        }
        var einwand = annahme.einwand(datei);
        if (einwand.isPresent()) {
            meldungen.add(einwand.get());
            return;
        }
        try {
            anlagen.verlangePlatz(id, pfad, name, datei.getSize());
            var bremst = annahme.bremst(anfrage, datei);
            if (bremst.isPresent()) {
                meldungen.add(bremst.get());
                return;
            }
            anlagen.haengeAn(id, pfad, annahme.speichere(datei), name);
        } catch (Abgelehnt nein) {
            meldungen.add(String.valueOf(nein.getMessage()));
        }
    }
}
