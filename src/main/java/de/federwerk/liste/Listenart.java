package de.federwerk.liste;

import de.federwerk.akte.Schriftgut;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Ordnung;
import de.federwerk.berechtigung.Sicht;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The three lists: what is in a line, in which orders, and what opens it. The listed thing is {@code x} in SQL. */
enum Listenart {
    AKTEN(Schriftgut.Art.AKTE, "Akte", "Akten", """
            JOIN einheit e ON e.mandant_id = x.mandant_id AND e.id = x.einheit_id
              JOIN planknoten k ON k.mandant_id = x.mandant_id AND k.id = x.planknoten_id
              LEFT JOIN person p ON p.mandant_id = x.mandant_id AND p.id = x.bearbeiter_id
              LEFT JOIN aktenart t ON t.mandant_id = x.mandant_id AND t.id = x.aktenart_id
              LEFT JOIN papierform f ON f.mandant_id = x.mandant_id AND f.akte_id = x.id""") {
        @Override
        String gesehen(Sicht sicht) {
            return sicht.aufAkte("x");
        }
    },
    VORGAENGE(Schriftgut.Art.VORGANG, "Vorgang", "Vorgänge", """
            JOIN akte a ON a.mandant_id = x.mandant_id AND a.id = x.akte_id
              JOIN einheit e ON e.mandant_id = x.mandant_id AND e.id = x.einheit_id
              JOIN planknoten k ON k.mandant_id = a.mandant_id AND k.id = a.planknoten_id
              LEFT JOIN person p ON p.mandant_id = x.mandant_id AND p.id = x.bearbeiter_id""") {
        @Override
        String gesehen(Sicht sicht) {
            return sicht.aufVorgang("x");
        }
    },
    DOKUMENTE(Schriftgut.Art.DOKUMENT, "Dokument", "Dokumente", """
            JOIN vorgang v ON v.mandant_id = x.mandant_id AND v.id = x.vorgang_id
              JOIN einheit e ON e.mandant_id = v.mandant_id AND e.id = v.einheit_id
              JOIN LATERAL (SELECT n.nummer, n.datei_id FROM version n WHERE n.mandant_id = x.mandant_id AND n.dokument_id = x.id ORDER BY n.nummer DESC LIMIT 1) n ON true
              JOIN datei f ON f.mandant_id = x.mandant_id AND f.id = n.datei_id
              LEFT JOIN person p ON p.mandant_id = x.mandant_id AND p.id = x.angelegt_von""") {
        @Override
        String gesehen(Sicht sicht) {
            return sicht.aufDokument("x");
        }
    };

    private final Schriftgut.Art gegenstand;
    private final String eins;
    private final String viele;
    private final String herkunft;

    Listenart(Schriftgut.Art gegenstand, String eins, String viele, String herkunft) {
        this.gegenstand = gegenstand;
        this.eins = eins;
        this.viele = viele;
        this.herkunft = herkunft;
    }

    /** What of it a person sees: a condition on {@code x}. */
    abstract String gesehen(Sicht sicht);

    /** @throws NichtGefunden if there is none */
    static Listenart von(String pfad) {
        return Arrays.stream(values())
                .filter(a -> a.pfad().equals(pfad))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Liste gibt es nicht."));
    }

    static Listenart von(Schriftgut.Art gegenstand) {
        return Arrays.stream(values())
                .filter(a -> a.gegenstand == gegenstand)
                .findFirst()
                .orElseThrow();
    }

    /** The word in its address. */
    String pfad() {
        return switch (this) {
            case AKTEN -> "akten";
            case VORGAENGE -> "vorgaenge";
            case DOKUMENTE -> "dokumente";
        };
    }

    String adresse() {
        return "/listen/" + pfad();
    }

    /** The page of its Ansichten. */
    String ansichten() {
        return "/listen/ansichten?art=" + pfad();
    }

    Schriftgut.Art gegenstand() {
        return gegenstand;
    }

    String tabelle() {
        return gegenstand.tabelle();
    }

    String eins() {
        return eins;
    }

    String viele() {
        return viele;
    }

    /** What its columns are read from beside the rows themselves, {@code x}. */
    String herkunft() {
        return herkunft;
    }

    List<Spalte> spalten() {
        return switch (this) {
            case AKTEN -> Listenspalten.AKTEN;
            case VORGAENGE -> Listenspalten.VORGAENGE;
            case DOKUMENTE -> Listenspalten.DOKUMENTE;
        };
    }

    List<Sortierung> sortierungen() {
        return switch (this) {
            case AKTEN ->
                List.of(
                        Sortierung.zeichen(true, "Aktenzeichen oder Jahr"),
                        Sortierung.zeit("angelegt", "Anlagedatum"),
                        Sortierung.titel());
            case VORGAENGE ->
                List.of(
                        Sortierung.zeit("geaendert", "Letzte Änderung"),
                        Sortierung.zeichen(false, "Aktenzeichen"),
                        Sortierung.zeit("angelegt", "Anlagedatum"),
                        Sortierung.titel());
            case DOKUMENTE ->
                List.of(
                        Sortierung.zeit("angelegt", "Anlagedatum"),
                        Sortierung.titel(),
                        new Sortierung(
                                "nummer",
                                "Nummer",
                                "Nummer",
                                false,
                                List.of(Ordnung.zahl("gruppe"), Ordnung.zahl("nummer"))));
        };
    }

    @Nullable
    Sortierung sortierung(String name) {
        return sortierungen().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Columns that {@link #gesehen} looks at beside id and Schutzbereich. */
    List<String> rechtespalten() {
        return switch (this) {
            case AKTEN -> List.of();
            case VORGAENGE -> List.of("akte_id");
            case DOKUMENTE -> List.of("vorgang_id", "akte_id");
        };
    }

    /** Which column the single grants name. */
    Map<String, String> einzeln() {
        return switch (this) {
            case AKTEN -> Map.of("s_akten", "id");
            case VORGAENGE -> Map.of("s_vorgaenge", "id", "s_akten", "akte_id");
            case DOKUMENTE -> Map.of("s_vorgaenge", "vorgang_id", "s_akten", "akte_id");
        };
    }
}
