package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Zaehler;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How a town writes its Aktenzeichen: a pattern with {@code {plan}}, {@code {jahr}}, {@code {akte}} and {@code {nr}} or {@code {nr:4}}
 * (at least four digits). Whatever surrounds the number is its own gap-free counter: a rule with the year begins anew each year.
 */
@Component
class Aktenzeichenregel {

    private static final Pattern NUMMER = Pattern.compile("\\{nr(?::([1-9]))?}");
    private static final Regel UEBLICH = new Regel("{plan}-{nr:4}/{jahr}", "{akte}-{nr:2}");

    private record Regel(String akte, String vorgang) {}

    private final JdbcClient datenbank;
    private final Zaehler zaehler;

    Aktenzeichenregel(JdbcClient datenbank, Zaehler zaehler) {
        this.datenbank = datenbank;
        this.zaehler = zaehler;
    }

    String fuerAkte(String plan) {
        var jahr = String.valueOf(LocalDate.now(ZoneId.of("Europe/Berlin")).getYear());
        return nummeriert("akte", regel().akte.replace("{plan}", plan).replace("{jahr}", jahr));
    }

    String fuerVorgang(String akte) {
        return nummeriert("vorgang", regel().vorgang.replace("{akte}", akte));
    }

    private String nummeriert(String art, String muster) {
        var stelle = NUMMER.matcher(muster);
        if (!stelle.find()) {
            throw new IllegalStateException("Aktenzeichenregel ohne {nr}: " + muster);
        }
        var nummer = String.valueOf(zaehler.naechster(art + ":" + stelle.replaceFirst("#")));
        int stellen = stelle.group(1) == null ? 1 : Integer.parseInt(stelle.group(1));
        return stelle.replaceFirst(Matcher.quoteReplacement(
                "0".repeat(Math.max(0, stellen - nummer.length())) + nummer));
    }

    private Regel regel() {
        return datenbank
                .sql("SELECT akte, vorgang FROM aktenzeichenregel WHERE mandant_id = ?")
                .param(mandant())
                .query(Regel.class)
                .optional()
                .orElse(UEBLICH);
    }
}
