package de.federwerk.uebernahme;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenplan.Aktenplan.Knoten;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Einheiten.Einheit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which unit leads what is taken: the one that is named; else the one that leads all Akten under this position so far; else the
 * one whose Kürzel has the number of the position or of one above ({@code FD 66} for 66.20.03). What was found stands in the report;
 * where nothing is found, nothing is taken.
 */
final class Zustaendigkeit {

    /** @param woher German, for the report */
    record Gefunden(Einheit einheit, String woher) {}

    private final Map<String, Einheit> nachKuerzel = new HashMap<>();
    private final Map<String, Einheit> nachNummer = new HashMap<>();
    private final Map<UUID, Einheit> nachPosition = new HashMap<>();
    private final @Nullable Einheit immer;

    Zustaendigkeit(JdbcClient datenbank, Einheiten einheiten, String genannt) {
        var nachId = new HashMap<UUID, Einheit>();
        var nummern = new HashMap<String, List<Einheit>>();
        for (var einheit : einheiten.baum()) {
            nachKuerzel.put(einheit.kuerzel().toLowerCase(Locale.ROOT), einheit);
            nachId.put(einheit.id(), einheit);
            var nummer = einheit.kuerzel().replaceAll("^[^0-9]+", "");
            if (!nummer.isEmpty()) {
                nummern.merge(nummer, List.of(einheit), (a, b) -> List.of());
            }
        }
        nummern.forEach((nummer, welche) -> welche.forEach(e -> nachNummer.put(nummer, e)));
        datenbank
                .sql(
                        "SELECT planknoten_id, min(einheit_id::text) FROM akte WHERE mandant_id = ? GROUP BY 1 HAVING count(DISTINCT einheit_id) = 1")
                .param(mandant())
                .query((z, nr) -> Map.entry(UUID.fromString(z.getString(1)), UUID.fromString(z.getString(2))))
                .list()
                .forEach(e -> Optional.ofNullable(nachId.get(e.getValue()))
                        .ifPresent(einheit -> nachPosition.put(e.getKey(), einheit)));
        this.immer = genannt.isEmpty() ? null : nachKuerzel.get(genannt.strip().toLowerCase(Locale.ROOT));
    }

    Optional<Einheit> mitKuerzel(String kuerzel) {
        return Optional.ofNullable(nachKuerzel.get(kuerzel.strip().toLowerCase(Locale.ROOT)));
    }

    /** The unit of a position. */
    Optional<Gefunden> fuer(Knoten position) {
        if (immer != null) {
            return Optional.of(new Gefunden(immer, "genannt"));
        }
        var bisher = nachPosition.get(position.id());
        if (bisher != null) {
            return Optional.of(new Gefunden(bisher, "wie alle Akten dieser Position"));
        }
        for (var nummer = position.kennzeichen(); !nummer.isEmpty(); ) {
            var einheit = nachNummer.get(nummer);
            if (einheit != null) {
                return Optional.of(new Gefunden(einheit, "nach der Nummer " + nummer));
            }
            int trenner = Math.max(nummer.lastIndexOf('.'), Math.max(nummer.lastIndexOf('-'), nummer.lastIndexOf('/')));
            nummer = trenner < 0 ? "" : nummer.substring(0, trenner);
        }
        return Optional.empty();
    }
}
