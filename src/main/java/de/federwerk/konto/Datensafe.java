package de.federwerk.konto;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.NichtGefunden;
import de.federwerk.protokoll.Protokoll;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody lets the town keep for the next form: each datum by a consent of its own. Runs with a citizen's rights; nobody in the house can
 * read it.
 */
@Component
public class Datensafe {

    /** Of the text beside the boxes that one ticks; a new text gets a new one. */
    public static final String FASSUNG = "2026-12";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What can be kept. */
    public enum Art {
        NAME,
        ANSCHRIFT,
        GEBURT,
        EMAIL,
        TELEFON,
        IBAN;

        /** The inputs of its field; one without a name if it is only one. */
        public List<String> teile() {
            return switch (this) {
                case NAME -> List.of("vor", "nach");
                case ANSCHRIFT -> List.of("strasse", "hausnummer", "plz", "ort");
                case GEBURT -> List.of("tag", "monat", "jahr");
                case EMAIL, TELEFON, IBAN -> List.of("");
            };
        }

        public String kennung() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws NichtGefunden if there is none */
        public static Art von(String kennung) {
            return Arrays.stream(values())
                    .filter(a -> a.kennung().equals(kennung))
                    .findFirst()
                    .orElseThrow(() -> new NichtGefunden("Diese Angabe gibt es nicht."));
        }

        /** In one line. */
        public String gezeigt(Map<String, String> werte) {
            var alle =
                    teile().stream().map(t -> werte.getOrDefault(t, "").strip()).toList();
            return switch (this) {
                case GEBURT -> String.join(".", alle);
                case ANSCHRIFT -> zeile(alle.get(0), alle.get(1)) + ", " + zeile(alle.get(2), alle.get(3));
                default -> zeile(alle.toArray(String[]::new));
            };
        }

        private static String zeile(String... worte) {
            return Stream.of(worte).filter(w -> !w.isEmpty()).collect(Collectors.joining(" "));
        }
    }

    /** @param werte by input @param herkunft what was applied for when it was kept */
    public record Datum(Art art, Map<String, String> werte, String herkunft, Instant seit) {
        public String gezeigt() {
            return art.gezeigt(werte);
        }
    }

    private final JdbcClient datenbank;
    private final Protokoll protokoll;

    Datensafe(JdbcClient datenbank, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.protokoll = protokoll;
    }

    /** Whose it is; empty for who is not signed in. */
    @Transactional(readOnly = true)
    public Optional<UUID> konto() {
        return datenbank.sql("SELECT aktuelles_konto()").query(UUID.class).optional();
    }

    /** All that the Konto has agreed to keep, in the order of {@link Art}; nothing for who is not signed in. */
    @Transactional(readOnly = true)
    public List<Datum> meine() {
        return datenbank
                .sql(
                        "SELECT art, wert, herkunft, seit FROM datensafe WHERE mandant_id = ? AND konto_id = (SELECT aktuelles_konto())")
                .param(mandant())
                .query(Datensafe::datum)
                .list()
                .stream()
                .sorted((a, b) -> a.art.compareTo(b.art))
                .toList();
    }

    private static Datum datum(ResultSet z, int nr) throws SQLException {
        return new Datum(
                Art.von(z.getString("art")),
                JSON.readValue(z.getString("wert"), new TypeReference<TreeMap<String, String>>() {}),
                z.getString("herkunft"),
                z.getTimestamp("seit").toInstant());
    }

    /**
     * Keeps it in place of what was there, with the consent that was just given.
     *
     * @throws NichtGefunden if nobody is signed in
     */
    @Transactional
    public void merke(Art art, Map<String, String> werte, String herkunft) {
        var konto = verlangeKonto();
        datenbank
                .sql("""
                INSERT INTO datensafe (mandant_id, konto_id, art, wert, herkunft, einwilligung) VALUES (?, ?, ?, CAST(? AS jsonb), ?, ?)
                ON CONFLICT (mandant_id, konto_id, art) DO UPDATE
                   SET wert = excluded.wert, herkunft = excluded.herkunft, seit = now(), einwilligung = excluded.einwilligung""")
                .params(
                        mandant(),
                        konto,
                        art.kennung(),
                        JSON.writeValueAsString(new TreeMap<>(werte)),
                        herkunft,
                        FASSUNG)
                .update();
        schreibe("datensafe.gemerkt", konto, art.kennung());
    }

    /** Takes the consent back: it is gone at once. */
    @Transactional
    public void vergiss(Art art) {
        var konto = verlangeKonto();
        int weg = datenbank
                .sql("DELETE FROM datensafe WHERE mandant_id = ? AND konto_id = ? AND art = ?")
                .params(mandant(), konto, art.kennung())
                .update();
        if (weg > 0) {
            schreibe("datensafe.vergessen", konto, art.kennung());
        }
    }

    @Transactional
    public void vergissAlles() {
        meine().forEach(d -> vergiss(d.art));
    }

    private UUID verlangeKonto() {
        return konto().orElseThrow(() -> new NichtGefunden("Dafür melden Sie sich bitte mit Ihrem Konto an."));
    }

    /** Which, and never what stands there. */
    private void schreibe(String handlung, UUID konto, String art) {
        protokoll.quittiere(Protokoll.PROGRAMM, handlung, konto, Map.of("angabe", art, "einwilligung", FASSUNG));
    }
}
