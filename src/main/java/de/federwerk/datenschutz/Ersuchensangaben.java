package de.federwerk.datenschutz;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.gesicht.Anzeige;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By what somebody is found. Lists have one entry a line. */
public record Ersuchensangaben(
        String vorname,
        String nachname,
        String fruehereNamen,
        @Nullable LocalDate geburtsdatum,
        String anschrift,
        String email,
        String telefon,
        String aktenzeichen,
        String suchworte,
        @Nullable LocalDate eingegangen) {

    static final Ersuchensangaben LEER = new Ersuchensangaben("", "", "", null, "", "", "", "", "", null);

    /** @throws Abgelehnt (EINGABE) without a name or the day it came in, or if something is too long */
    Ersuchensangaben geprueft() {
        var name = Text.zeile(nachname);
        if (name.isEmpty()) {
            throw Abgelehnt.eingabe("Bitte geben Sie den Nachnamen der Person an, die Auskunft verlangt.");
        }
        var heute = LocalDate.now(Anzeige.ZONE);
        if (eingegangen == null || eingegangen.isAfter(heute)) {
            throw Abgelehnt.eingabe(
                    "Bitte geben Sie den Tag an, an dem das Ersuchen eingegangen ist: Mit ihm beginnt die Frist.");
        }
        if (geburtsdatum != null && geburtsdatum.isAfter(heute)) {
            throw Abgelehnt.eingabe("Das Geburtsdatum liegt in der Zukunft.");
        }
        return new Ersuchensangaben(
                Text.hoechstens(Text.zeile(vorname), 100, "Vorname"),
                Text.hoechstens(name, 100, "Nachname"),
                Text.hoechstens(fruehereNamen, 500, "Frühere Namen"),
                geburtsdatum,
                Text.hoechstens(anschrift, 500, "Anschrift"),
                Text.hoechstens(Text.zeile(email), 254, "E-Mail"),
                Text.hoechstens(Text.zeile(telefon), 100, "Telefon"),
                Text.hoechstens(aktenzeichen, 1_000, "Aktenzeichen"),
                Text.hoechstens(suchworte, 1_000, "Weitere Suchworte"),
                eingegangen);
    }

    Ersuchensangaben mitEingang(@Nullable LocalDate tag) {
        return new Ersuchensangaben(
                vorname,
                nachname,
                fruehereNamen,
                geburtsdatum,
                anschrift,
                email,
                telefon,
                aktenzeichen,
                suchworte,
                tag);
    }

    String name() {
        return (vorname + " " + nachname).strip();
    }

    static List<String> zeilen(String text) {
        return Arrays.stream(text.split("\n"))
                .map(String::strip)
                .filter(z -> !z.isEmpty())
                .toList();
    }
}
