package de.federwerk.liste;

import static de.federwerk.liste.Spalte.datum;
import static de.federwerk.liste.Spalte.gewaehlt;
import static de.federwerk.liste.Spalte.immer;
import static de.federwerk.liste.Spalte.person;
import static de.federwerk.liste.Spalte.tag;

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
    AKTEN(
            Schriftgut.Art.AKTE,
            "Akte",
            "Akten",
            """
            akte x JOIN einheit e ON e.mandant_id = x.mandant_id AND e.id = x.einheit_id
              JOIN planknoten k ON k.mandant_id = x.mandant_id AND k.id = x.planknoten_id
              LEFT JOIN person p ON p.mandant_id = x.mandant_id AND p.id = x.bearbeiter_id
              LEFT JOIN aktenart t ON t.mandant_id = x.mandant_id AND t.id = x.aktenart_id
              LEFT JOIN papierform f ON f.mandant_id = x.mandant_id AND f.akte_id = x.id""",
            List.of(
                    immer("aktenzeichen", "Aktenzeichen", "x.aktenzeichen"),
                    immer("titel", "Titel", "x.titel"),
                    immer("einheit", "Einheit", "e.kuerzel"),
                    immer("bearbeitung", "Bearbeitung", person("p")),
                    immer(
                            "stand",
                            "Stand",
                            "CASE WHEN x.entwurf THEN 'Entwurf' WHEN x.stand = 'zda' THEN 'zdA' ELSE 'offen' END"),
                    immer("angelegt", "Angelegt", tag("x.angelegt")),
                    gewaehlt("zda", "Zu den Akten", tag("x.zda_am")),
                    gewaehlt("position", "Aktenplan", "k.kennzeichen || ' ' || k.titel"),
                    gewaehlt("aktenart", "Aktenart", "t.name"),
                    gewaehlt("laufzeit_von", "Laufzeit von", datum("x.laufzeit_von")),
                    gewaehlt("laufzeit_bis", "Laufzeit bis", datum("x.laufzeit_bis")),
                    gewaehlt(
                            "papier",
                            "Papier",
                            "CASE f.form WHEN 'registriert' THEN 'Papierakte' WHEN 'hybrid' THEN 'Hybridakte' WHEN 'rest' THEN 'Papier-Resteakte' END")),
            List.of(Sortierung.zeichen(true, "Aktenzeichen oder Jahr"), Sortierung.zeit("angelegt", "Anlagedatum")),
            List.of(),
            Map.of("s_akten", "id")) {
        @Override
        String gesehen(Sicht sicht) {
            return sicht.aufAkte("x");
        }
    },
    VORGAENGE(
            Schriftgut.Art.VORGANG,
            "Vorgang",
            "Vorgänge",
            """
            vorgang x JOIN akte a ON a.mandant_id = x.mandant_id AND a.id = x.akte_id
              JOIN einheit e ON e.mandant_id = x.mandant_id AND e.id = x.einheit_id
              JOIN planknoten k ON k.mandant_id = a.mandant_id AND k.id = a.planknoten_id
              LEFT JOIN person p ON p.mandant_id = x.mandant_id AND p.id = x.bearbeiter_id""",
            List.of(
                    immer("aktenzeichen", "Aktenzeichen", "x.aktenzeichen"),
                    immer("titel", "Titel", "x.titel"),
                    immer("akte", "Akte", "a.titel"),
                    immer("einheit", "Einheit", "e.kuerzel"),
                    immer("bearbeitung", "Bearbeitung", person("p")),
                    immer(
                            "stand",
                            "Stand",
                            "CASE WHEN x.entwurf THEN 'Entwurf' WHEN x.stand = 'zda' THEN 'zdA' ELSE 'in Bearbeitung' END"),
                    immer("geaendert", "Geändert", tag("x.geaendert")),
                    gewaehlt("angelegt", "Angelegt", tag("x.angelegt")),
                    gewaehlt("zda", "Zu den Akten", tag("x.zda_am")),
                    gewaehlt("position", "Aktenplan", "k.kennzeichen || ' ' || k.titel")),
            List.of(
                    Sortierung.zeit("geaendert", "Letzte Änderung"),
                    Sortierung.zeichen(false, "Aktenzeichen"),
                    Sortierung.zeit("angelegt", "Anlagedatum")),
            List.of("akte_id"),
            Map.of("s_vorgaenge", "id", "s_akten", "akte_id")) {
        @Override
        String gesehen(Sicht sicht) {
            return sicht.aufVorgang("x");
        }
    },
    DOKUMENTE(
            Schriftgut.Art.DOKUMENT,
            "Dokument",
            "Dokumente",
            """
            dokument x JOIN vorgang v ON v.mandant_id = x.mandant_id AND v.id = x.vorgang_id
              JOIN einheit e ON e.mandant_id = v.mandant_id AND e.id = v.einheit_id
              JOIN LATERAL (SELECT n.nummer, n.datei_id FROM version n WHERE n.mandant_id = x.mandant_id AND n.dokument_id = x.id ORDER BY n.nummer DESC LIMIT 1) n ON true
              JOIN datei f ON f.mandant_id = x.mandant_id AND f.id = n.datei_id
              LEFT JOIN person p ON p.mandant_id = x.mandant_id AND p.id = x.angelegt_von""",
            List.of(
                    immer("nummer", "Nr.", "CAST(x.nummer AS text)"),
                    immer("titel", "Titel", "x.titel"),
                    immer("dokumentart", "Dokumenttyp", "x.dokumentart"),
                    immer("absender", "Absender", "x.absender"),
                    immer("vorgang", "Vorgang", "v.aktenzeichen"),
                    immer("dateityp", "Dateityp", "coalesce(f.medientyp, '')"),
                    immer("angelegt", "Angelegt", tag("x.angelegt")),
                    gewaehlt("vorgangstitel", "Titel des Vorgangs", "v.titel"),
                    gewaehlt("angelegt_von", "Abgelegt von", person("p")),
                    gewaehlt("schreiben_vom", "Schreiben vom", datum("x.schreiben_vom")),
                    gewaehlt("eingegangen", "Eingegangen", tag("x.eingegangen")),
                    gewaehlt("einheit", "Einheit", "e.kuerzel"),
                    gewaehlt("version", "Version", "CAST(n.nummer AS text)"),
                    gewaehlt("dateiname", "Dateiname", "f.dateiname"),
                    gewaehlt("groesse", "Größe", "CAST(f.laenge AS text)")),
            List.of(
                    Sortierung.zeit("angelegt", "Anlagedatum"),
                    new Sortierung(
                            "nummer",
                            "Nummer",
                            "Nummer",
                            false,
                            List.of(Ordnung.zahl("gruppe"), Ordnung.zahl("nummer")))),
            List.of("vorgang_id", "akte_id"),
            Map.of("s_vorgaenge", "vorgang_id", "s_akten", "akte_id")) {
        @Override
        String gesehen(Sicht sicht) {
            return sicht.aufDokument("x");
        }
    };

    private final Schriftgut.Art gegenstand;
    private final String eins;
    private final String viele;
    private final String herkunft;
    private final List<Spalte> spalten;
    private final List<Sortierung> sortierungen;
    private final List<String> rechtespalten;
    private final Map<String, String> einzeln;

    Listenart(
            Schriftgut.Art gegenstand,
            String eins,
            String viele,
            String herkunft,
            List<Spalte> spalten,
            List<Sortierung> sortierungen,
            List<String> rechtespalten,
            Map<String, String> einzeln) {
        this.gegenstand = gegenstand;
        this.eins = eins;
        this.viele = viele;
        this.herkunft = herkunft;
        this.spalten = spalten;
        this.sortierungen = sortierungen;
        this.rechtespalten = rechtespalten;
        this.einzeln = einzeln;
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

    /** FROM, with all that its columns are read from. */
    String herkunft() {
        return herkunft;
    }

    List<Spalte> spalten() {
        return spalten;
    }

    List<Sortierung> sortierungen() {
        return sortierungen;
    }

    @Nullable
    Sortierung sortierung(String name) {
        return sortierungen.stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Columns that {@link #gesehen} looks at beside id and Schutzbereich. */
    List<String> rechtespalten() {
        return rechtespalten;
    }

    /** Which column the single grants name. */
    Map<String, String> einzeln() {
        return einzeln;
    }
}
