package de.federwerk.akteneinsicht;

import de.federwerk.basis.Abgelehnt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * For whom, by what right, in which form.
 *
 * @param form {@code pdf} or {@code zip}
 * @param zeichen Aktenzeichen of the court or of whoever asks
 * @param ablegenIn Vorgang in which the package is filed as a Dokument; null: it is only kept for a while
 */
public record Einsichtsangaben(
        String form,
        String empfaenger,
        String anschrift,
        Rechtsgrundlage grundlage,
        String zeichen,
        boolean mitVermerken,
        boolean mitVerlauf,
        boolean alleVersionen,
        @Nullable UUID ablegenIn) {

    static final Einsichtsangaben LEER =
            new Einsichtsangaben("pdf", "", "", Rechtsgrundlage.VWVFG, "", true, false, false, null);

    /** @throws Abgelehnt (EINGABE) if nobody is named or something is too long */
    Einsichtsangaben geprueft() {
        var wer = einzeilig(empfaenger);
        if (wer.isEmpty()) {
            throw Abgelehnt.eingabe(
                    "Bitte geben Sie an, wer Einsicht erhält. Ohne Empfänger wird nichts zusammengestellt.");
        }
        if (wer.length() > 300 || anschrift.length() > 1_000 || zeichen.length() > 100) {
            throw Abgelehnt.eingabe(
                    "Name (300), Anschrift (1.000) oder Aktenzeichen (100 Zeichen) ist zu lang. Es wurde nichts"
                            + " angelegt.");
        }
        return new Einsichtsangaben(
                form.equals("zip") ? "zip" : "pdf",
                wer,
                anschrift
                        .replace("\r", "")
                        .replaceAll("[\\p{Cntrl}&&[^\\n]]", " ")
                        .strip(),
                grundlage,
                einzeilig(zeichen),
                mitVermerken,
                mitVerlauf,
                alleVersionen,
                ablegenIn);
    }

    static String einzeilig(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
