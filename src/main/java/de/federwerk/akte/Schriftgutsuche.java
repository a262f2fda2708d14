package de.federwerk.akte;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.berechtigung.Sicht;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds the Akte or the Vorgang, open or zdA, that somebody means by what is typed. */
@Component
public class Schriftgutsuche {

    private static final Pattern KENNUNG = Pattern.compile("(akte|vorgang):([0-9a-fA-F-]{36})");
    private static final int JE_ART = 10;

    /** A choice for the combobox. @param id {@code akte:<uuid>} or {@code vorgang:<uuid>} */
    public record Auswahl(String id, String text, String zusatz) {}

    /** What was meant. */
    public record Gemeintes(Art art, UUID id) {}

    private final Aktensuche akten;
    private final Vorgangssuche vorgaenge;

    Schriftgutsuche(Aktensuche akten, Vorgangssuche vorgaenge) {
        this.akten = akten;
        this.vorgaenge = vorgaenge;
    }

    /** At most ten of each. */
    @Transactional(readOnly = true)
    public List<Auswahl> finde(Sicht sicht, String getippt) {
        return Stream.concat(
                        akten.finde(sicht, getippt, true).stream()
                                .limit(JE_ART)
                                .map(a -> new Auswahl(
                                        "akte:" + a.id(), a.aktenzeichen() + " " + a.titel(), "Akte, " + a.einheit())),
                        vorgaenge.finde(sicht, getippt, true).stream()
                                .limit(JE_ART)
                                .map(v -> new Auswahl(
                                        "vorgang:" + v.id(),
                                        v.aktenzeichen() + " " + v.titel(),
                                        "Vorgang in " + v.akteTitel())))
                .toList();
    }

    /**
     * What was chosen from the list; without a script what was typed, if that begins with a whole Aktenzeichen or names exactly one.
     *
     * @param gewaehlt as the field put it into the form
     */
    @Transactional(readOnly = true)
    public Optional<Gemeintes> gemeint(Sicht sicht, String gewaehlt, String getippt) {
        if (KENNUNG.matcher(gewaehlt).matches()) {
            return lies(gewaehlt);
        }
        var text = getippt.strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var passende = finde(sicht, text.split(" ", 2)[0]);
        return passende.stream()
                .filter(a -> a.text().equals(text) || a.text().startsWith(text + " "))
                .findFirst()
                .or(() -> passende.size() == 1 ? passende.stream().findFirst() : Optional.empty())
                .flatMap(a -> lies(a.id));
    }

    private static Optional<Gemeintes> lies(String kennung) {
        var teile = KENNUNG.matcher(kennung);
        return teile.matches()
                ? Optional.of(new Gemeintes(Art.von(teile.group(1)), UUID.fromString(teile.group(2))))
                : Optional.empty();
    }
}
