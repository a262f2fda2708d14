package de.federwerk.portal;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Sprache;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the town itself says in its Portal. */
@Component
public class Portaltexte {

    /** Characters of one text. */
    static final int LAENGSTER = 50_000;

    /** Of which there is one in each language. */
    public enum Art {
        BARRIEREFREIHEIT("barrierefreiheit", "Erklärung zur Barrierefreiheit"),
        DATENSCHUTZ("datenschutz", "Datenschutz"),
        IMPRESSUM("impressum", "Impressum"),
        HILFE("hilfe", "Hilfe");

        private final String kennung;
        private final String wort;

        Art(String kennung, String wort) {
            this.kennung = kennung;
            this.wort = wort;
        }

        /** In addresses and the database. */
        public String kennung() {
            return kennung;
        }

        public String wort() {
            return wort;
        }
    }

    /** @param fassung 0 when nothing was written yet */
    record Text(Sprache sprache, String text, int fassung) {

        List<Absatz> absaetze() {
            return Absatz.von(text);
        }
    }

    private final JdbcClient datenbank;
    private final Protokoll protokoll;

    Portaltexte(JdbcClient datenbank, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.protokoll = protokoll;
    }

    /** In this language, else in German. */
    @Transactional(readOnly = true)
    public Optional<Text> lies(Art art, Sprache sprache) {
        return datenbank
                .sql("""
                SELECT sprache, text, fassung FROM portaltext
                 WHERE mandant_id = :m AND art = :art AND sprache IN (:sprache, 'de') AND text <> '' ORDER BY sprache = :sprache DESC LIMIT 1""")
                .param("m", mandant())
                .param("art", art.kennung)
                .param("sprache", sprache.kennung())
                .query((z, nr) -> new Text(
                        Sprache.mit(z.getString("sprache")).orElseThrow(), z.getString("text"), z.getInt("fassung")))
                .optional();
    }

    /** To be edited: in exactly this language. */
    @Transactional(readOnly = true)
    public Text zumBearbeiten(Art art, Sprache sprache) {
        return datenbank
                .sql("SELECT text, fassung FROM portaltext WHERE mandant_id = ? AND art = ? AND sprache = ?")
                .params(mandant(), art.kennung, sprache.kennung())
                .query((z, nr) -> new Text(sprache, z.getString("text"), z.getInt("fassung")))
                .optional()
                .orElse(new Text(sprache, "", 0));
    }

    /**
     * @param fassung that was read before it was changed
     * @throws Abgelehnt if it is too long, or somebody else has written meanwhile
     */
    @Transactional
    public void schreibe(Anmeldung wer, Art art, Sprache sprache, String text, int fassung) {
        var neu = text.replace("\r\n", "\n").replace("\0", "").strip();
        if (neu.length() > LAENGSTER) {
            throw Abgelehnt.eingabe("Der Text hat %d Zeichen; es passen höchstens %d hinein. Bitte kürzen Sie ihn."
                    .formatted(neu.length(), LAENGSTER));
        }
        int geschrieben = datenbank
                .sql("""
                INSERT INTO portaltext (mandant_id, art, sprache, text, fassung) SELECT :m, :art, :sprache, :text, 1 WHERE :fassung = 0
                ON CONFLICT DO NOTHING""")
                .param("m", mandant())
                .param("art", art.kennung)
                .param("sprache", sprache.kennung())
                .param("text", neu)
                .param("fassung", fassung)
                .update();
        if (geschrieben == 0) {
            geschrieben = datenbank
                    .sql("""
                    UPDATE portaltext SET text = :text, fassung = fassung + 1, geaendert = now()
                     WHERE mandant_id = :m AND art = :art AND sprache = :sprache AND fassung = :fassung""")
                    .param("m", mandant())
                    .param("art", art.kennung)
                    .param("sprache", sprache.kennung())
                    .param("text", neu)
                    .param("fassung", fassung)
                    .update();
        }
        if (geschrieben == 0) {
            throw Abgelehnt.konflikt(
                    "Jemand anderes hat diesen Text inzwischen geändert. Ihr Text steht noch da, gespeichert ist der andere: Bitte öffnen Sie ihn in einem zweiten Fenster und vergleichen Sie.");
        }
        protokoll.schreibe(
                wer.pseudonym(),
                "portal.text",
                UUID.nameUUIDFromBytes((art.kennung + sprache.kennung()).getBytes(StandardCharsets.UTF_8)),
                null,
                Map.of("art", art.kennung, "sprache", sprache.kennung(), "text", neu));
    }
}
