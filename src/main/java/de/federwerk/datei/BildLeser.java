package de.federwerk.datei;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;

/** Scans and photos: one page or many, text by OCR, preview as PDF. */
final class BildLeser {

    private static final int OCR_DPI = 300;
    /** Long side of an A4 page at 300 dpi, and a little more. */
    private static final int OCR_LANG = 4_000;

    private static final int OCR_KURZ = 1_500;
    private static final String VORSCHAU = "vorschau.pdf";

    private BildLeser() {}

    static void lies(Lesung lesung) throws IOException, Befund {
        int gelesen = 0;
        int index = 0;
        boolean mehr = true;
        try (var quelle = Bildquelle.oeffne(lesung.original, lesung.grenzen.bildpunkte());
                var pdf = new BildPdf(lesung.ordner)) {
            mehr = quelle.seiten() > lesung.grenzen.seiten();
            for (; index < lesung.grenzen.seiten(); index++) {
                lesung.beginne(index + 1);
                Bildquelle.Seite seite;
                try {
                    seite = lesung.ausgelassen.contains(index + 1) ? null : quelle.seite(index);
                    if (seite == null && !lesung.ausgelassen.contains(index + 1)) {
                        break;
                    }
                } catch (IOException | RuntimeException kaputt) {
                    if (index == 0) {
                        throw Befund.beschaedigt(kaputt);
                    }
                    lesung.hinweis("Ab Seite %d ist die Datei beschädigt.".formatted(index + 1));
                    break;
                }
                if (seite == null) {
                    lesung.hinweis("Seite %d ließ sich nicht lesen.".formatted(index + 1));
                    lesung.text.seite("");
                    continue;
                }
                var gesehen = lesung.zeitUm() ? new Texterkennung.Gelesen("", 0, 1) : text(lesung, seite);
                BufferedImage aufrecht = Bilder.aufgerichtet(seite.bild(), gesehen.ausrichtung());
                pdf.seite(aufrecht, seite.dpi());
                Bilder.seitenbild(lesung, index + 1, aufrecht);
                lesung.text.seite(gesehen.text());
                gelesen++;
            }
            pdf.speichere(lesung.neben(VORSCHAU));
        }
        if (index == lesung.grenzen.seiten() && mehr) {
            lesung.hinweis(String.format(
                    Locale.GERMANY, "Die Datei hat mehr als %,d Seiten; gelesen sind die ersten %1$,d.", index));
        }
        if (lesung.zeitUm()) {
            lesung.hinweis(
                    "Das Lesen hat die vorgesehene Zeit überschritten; die letzten Seiten sind nicht durchsuchbar.");
        }
        lesung.seiten = index;
        lesung.vorschau = gelesen > 0 ? VORSCHAU : null;
    }

    private static Texterkennung.Gelesen text(Lesung lesung, Bildquelle.Seite seite) {
        BufferedImage grau = fuerOcr(seite.bild(), seite.dpi());
        if (Bilder.weiss(grau)) {
            return new Texterkennung.Gelesen("", 0, 1);
        }
        lesung.ausBild = true;
        return Texterkennung.lies(grau, OCR_DPI);
    }

    /** Grey and near 300 dpi: the size Tesseract knows best; more only costs time. */
    private static BufferedImage fuerOcr(BufferedImage bild, int dpi) {
        int lang = Math.max(bild.getWidth(), bild.getHeight());
        double faktor = 1;
        if (lang > OCR_LANG) {
            faktor = dpi > OCR_DPI * 1.2
                    ? Math.max((double) OCR_DPI / dpi, (double) OCR_KURZ / lang)
                    : (double) OCR_LANG / lang;
        } else if (lang < OCR_KURZ && dpi < OCR_DPI * 0.8) {
            faktor = 2;
        }
        BufferedImage grau = Bilder.grau(bild);
        return faktor == 1 ? grau : Bilder.skaliert(grau, faktor);
    }
}
