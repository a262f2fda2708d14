package de.federwerk.liste;

import static de.federwerk.liste.Spalte.datum;
import static de.federwerk.liste.Spalte.gewaehlt;
import static de.federwerk.liste.Spalte.immer;
import static de.federwerk.liste.Spalte.person;
import static de.federwerk.liste.Spalte.tag;

import java.util.List;

/** What can stand in the columns of each list; the aliases are those of {@link Listenart#herkunft}. */
final class Listenspalten {

    /** Stands for the condition that who asks sees the Vorgang {@code v}: a Dokument can be seen without what it lies in. */
    static final String SIEHT_VORGANG = "{sieht v}";

    static final List<Spalte> AKTEN = List.of(
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
                    "CASE f.form WHEN 'registriert' THEN 'Papierakte' WHEN 'hybrid' THEN 'Hybridakte' WHEN 'rest' THEN 'Papier-Resteakte' END"));

    static final List<Spalte> VORGAENGE = List.of(
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
            gewaehlt("position", "Aktenplan", "k.kennzeichen || ' ' || k.titel"));

    static final List<Spalte> DOKUMENTE = List.of(
            immer("titel", "Titel", "x.titel"),
            immer("dokumentart", "Dokumenttyp", "x.dokumentart"),
            immer("absender", "Absender", "x.absender"),
            immer("vorgang", "Vorgang", "v.aktenzeichen"),
            immer("nummer", "Nr.", "CAST(x.nummer AS text)"),
            immer("dateityp", "Dateityp", "coalesce(f.medientyp, '')"),
            immer("angelegt", "Angelegt", tag("x.angelegt")),
            gewaehlt("vorgangstitel", "Titel des Vorgangs", "CASE WHEN " + SIEHT_VORGANG + " THEN v.titel END"),
            gewaehlt("angelegt_von", "Abgelegt von", person("p")),
            gewaehlt("schreiben_vom", "Schreiben vom", datum("x.schreiben_vom")),
            gewaehlt("eingegangen", "Eingegangen", tag("x.eingegangen")),
            gewaehlt("einheit", "Einheit", "e.kuerzel"),
            gewaehlt("version", "Version", "CAST(n.nummer AS text)"),
            gewaehlt("dateiname", "Dateiname", "f.dateiname"),
            gewaehlt("groesse", "Größe", "CAST(f.laenge AS text)"));

    private Listenspalten() {}
}
