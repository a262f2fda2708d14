package de.federwerk.akte;

import de.federwerk.berechtigung.Sicht;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Akte, Vorgang or Dokument, where any of them can be meant. */
@Component
public class Schriftgut {

    /** Which of them. */
    public enum Art {
        AKTE("akte", "/akten/", "folder"),
        VORGANG("vorgang", "/vorgaenge/", "assignment"),
        DOKUMENT("dokument", "/dokumente/", "description");

        private final String tabelle;
        private final String pfad;
        private final String symbol;

        Art(String tabelle, String pfad, String symbol) {
            this.tabelle = tabelle;
            this.pfad = pfad;
            this.symbol = symbol;
        }

        /** As it is stored. */
        public String tabelle() {
            return tabelle;
        }

        public String symbol() {
            return symbol;
        }

        /** Its page. */
        public String seite(UUID id) {
            return pfad + id;
        }

        /** @throws IllegalArgumentException if there is none */
        public static Art von(String tabelle) {
            return valueOf(tabelle.toUpperCase(Locale.ROOT));
        }
    }

    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;

    Schriftgut(Akten akten, Vorgaenge vorgaenge, Dokumente dokumente) {
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
    }

    /** What it is called. @throws NichtGefunden if it does not exist for this person */
    @Transactional(readOnly = true)
    public String bezeichnung(Sicht sicht, Art art, UUID id) {
        return switch (art) {
            case AKTE -> {
                var akte = akten.akte(sicht, id);
                yield akte.aktenzeichen() + " „" + akte.titel() + "“";
            }
            case VORGANG -> {
                var vorgang = vorgaenge.vorgang(sicht, id);
                yield vorgang.aktenzeichen() + " „" + vorgang.titel() + "“";
            }
            case DOKUMENT -> "„" + dokumente.dokument(sicht, id).titel() + "“";
        };
    }

    /**
     * For a JOIN LATERAL: Aktenzeichen and title of what two columns name, no row where the reader does not see it; needs {@link Sicht#parameter()}
     * and {@code :m}.
     *
     * @param art column with {@link Art#tabelle()} @param id column with its id; both from code
     */
    public static String gesehen(Sicht sicht, String art, String id) {
        return """
                (SELECT a.aktenzeichen, a.titel FROM akte a WHERE %1$s = 'akte' AND a.mandant_id = :m AND a.id = %2$s AND %3$s
                 UNION ALL SELECT v.aktenzeichen, v.titel FROM vorgang v WHERE %1$s = 'vorgang' AND v.mandant_id = :m AND v.id = %2$s AND %4$s
                 UNION ALL SELECT dv.aktenzeichen, d.titel FROM dokument d JOIN vorgang dv ON dv.mandant_id = d.mandant_id AND dv.id = d.vorgang_id
                            WHERE %1$s = 'dokument' AND d.mandant_id = :m AND d.id = %2$s AND %5$s)""".formatted(art, id, sicht.aufAkte("a"), sicht.aufVorgang("v"), sicht.aufDokument("d"));
    }
}
