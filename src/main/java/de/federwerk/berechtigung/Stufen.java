package de.federwerk.berechtigung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the Vertraulichkeitsstufen 1 to 9 are called in a town. They lie one above the other: whoever may see one sees those below. */
@Component
public class Stufen {

    public static final int HOECHSTE = 9;

    /**
     * Grades of the Verschlusssachenanweisung (VSA) above VS-NfD: for them a system must be released by the BSI, which this one is not.
     * Whole words: Steuergeheimnis and Sozialgeheimnis are none, nor is a plain “vertraulich”.
     */
    private static final Pattern ZU_HOCH =
            Pattern.compile(" (geheim|geh|strgeh|secret|confidential|vs ?(v|vertr|vertraulich|geheim|geh)) ");

    public record Stufe(int nummer, String name) {}

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Protokoll protokoll;

    Stufen(JdbcClient datenbank, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    /** Those with a name, the lowest first. */
    @Transactional(readOnly = true)
    public List<Stufe> alle() {
        return datenbank
                .sql("SELECT nummer, name FROM vertraulichkeitsstufe WHERE mandant_id = ? ORDER BY nummer")
                .param(mandant())
                .query(Stufe.class)
                .list();
    }

    /** In words, {@code offen} for 0. */
    @Transactional(readOnly = true)
    public String name(int nummer) {
        return nummer == 0
                ? "offen"
                : alle().stream()
                        .filter(s -> s.nummer == nummer)
                        .map(Stufe::name)
                        .findFirst()
                        .orElse("Stufe " + nummer);
    }

    private static boolean zuHoch(String name) {
        var worte = name.toLowerCase(Locale.GERMAN).replaceAll("[^\\p{L}\\d]+", " ");
        return ZU_HOCH.matcher(" " + worte + " ").find();
    }

    /**
     * Gives a Stufe a name; one that has one is renamed: what lies in it stays.
     *
     * @throws Abgelehnt (RECHT) without the role GEHEIMSCHUTZ, (EINGABE) if the name is empty, too long or a grade above VS-NfD,
     *     (KONFLIKT) if another Stufe is called so
     */
    @Transactional
    public void benenne(Anmeldung wer, int nummer, String getippt) {
        personen.verlange(wer.person(), Rolle.GEHEIMSCHUTZ);
        var name = getippt.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (nummer < 1 || nummer > HOECHSTE) {
            throw Abgelehnt.eingabe("Es gibt die Stufen 1 bis " + HOECHSTE + ".");
        }
        if (name.isEmpty() || name.length() > 60) {
            throw Abgelehnt.eingabe("Der Name einer Stufe hat 1 bis 60 Zeichen.");
        }
        if (zuHoch(name)) {
            throw Abgelehnt.eingabe(
                    "„" + name
                            + "“ ist ein Geheimhaltungsgrad oberhalb von VS-NUR FÜR DEN DIENSTGEBRAUCH. Dafür braucht ein System eine Freigabe des BSI"
                            + " nach der Verschlusssachenanweisung, die Federwerk nicht hat. Bitte führen Sie solche Unterlagen außerhalb.");
        }
        if (alle().contains(new Stufe(nummer, name))) {
            return;
        }
        try {
            datenbank.sql("""
                    INSERT INTO vertraulichkeitsstufe (mandant_id, nummer, name) VALUES (?, ?, ?)
                    ON CONFLICT (mandant_id, nummer) DO UPDATE SET name = excluded.name""").params(mandant(), nummer, name).update();
        } catch (DuplicateKeyException e) {
            throw Abgelehnt.konflikt("So heißt schon eine andere Stufe. Bitte wählen Sie einen anderen Namen.");
        }
        protokoll.schreibe(
                wer.pseudonym(),
                "stufe.benannt",
                new UUID(0, nummer),
                null,
                Map.of("nummer", String.valueOf(nummer), "name", name));
    }
}
