package de.federwerk.bescheid;

import de.federwerk.formular.Werte;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was decided upon an Antrag.
 *
 * @param vorlage name of the template
 * @param rechtsbehelf {@code widerspruch}, {@code klage}; null if it does not say
 * @param stand a draft, sent, or thrown away, as in the table
 * @param sha256 of the file that went out, hex
 * @param aufgegeben the day it was taken to the post
 * @param regel by which {@code bekanntgabe} was reckoned, with its version
 */
record Bescheid(
        UUID id,
        UUID antragId,
        UUID vorgangId,
        UUID fassungId,
        String vorlage,
        UUID dokumentId,
        Entscheidung ergebnis,
        String betreff,
        String anschrift,
        Werte werte,
        Recht recht,
        @Nullable String rechtsbehelf,
        String stand,
        int aenderung,
        Instant erstellt,
        String erstelltVon,
        @Nullable Kanal kanal,
        @Nullable Instant gesendet,
        @Nullable UUID gesendetVon,
        @Nullable String sha256,
        @Nullable UUID nachrichtId,
        @Nullable Instant gedruckt,
        @Nullable LocalDate aufgegeben,
        @Nullable LocalDate bekanntgabe,
        @Nullable LocalDate fristende,
        String begruendung,
        String regel) {

    boolean entwurf() {
        return stand.equals("entwurf");
    }

    boolean abgesendet() {
        return stand.equals("abgesendet");
    }

    /** Of paper: still to be printed, or lies there printed. */
    boolean imDruck() {
        return kanal == Kanal.POST && aufgegeben == null;
    }

    String empfaenger() {
        return anschrift.lines().findFirst().orElse("");
    }
}
