package de.federwerk.akte;

import de.federwerk.akte.Vorgaenge.Vorgang;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.suche.Suche;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds the Vorgang somebody wants to file into, by what is typed; as fast among a million as among ten. */
@Component
public class Vorgangssuche {

    private static final int AUSWAHL = 20;
    private static final int EIGENE = 200;
    private static final int KANDIDATEN = 100;

    private final Vorgaenge vorgaenge;
    private final Vorgangslisten listen;
    private final Suche suche;

    Vorgangssuche(Vorgaenge vorgaenge, Vorgangslisten listen, Suche suche) {
        this.vorgaenge = vorgaenge;
        this.listen = listen;
        this.suche = suche;
    }

    /**
     * Open Vorgänge for what was typed, at most 20: first those whose Aktenzeichen begins like it, then the person's own, then what the
     * index finds by the beginnings of words in Aktenzeichen, title and title of the Akte. The index does not know a Vorgang of the last
     * second, but then it is one's own.
     */
    @Transactional(readOnly = true)
    public List<Vorgang> finde(Sicht sicht, String getippt) {
        return finde(sicht, getippt, false);
    }

    /** As {@link #finde(Sicht, String)}. @param alle also those that are zdA */
    @Transactional(readOnly = true)
    public List<Vorgang> finde(Sicht sicht, String getippt, boolean alle) {
        var text = getippt.replace("\0", "").strip();
        if (text.isEmpty()) {
            return eigene(sicht, "");
        }
        var gefunden = new LinkedHashMap<UUID, Vorgang>();
        merke(gefunden, mitAnfang(sicht, text, alle));
        merke(gefunden, eigene(sicht, text));
        if (gefunden.size() < AUSWAHL) {
            merke(gefunden, ausIndex(sicht, text, alle));
        }
        return gefunden.values().stream().limit(AUSWAHL).toList();
    }

    private static void merke(Map<UUID, Vorgang> gefunden, List<Vorgang> weitere) {
        weitere.forEach(v -> gefunden.putIfAbsent(v.id(), v));
    }

    private List<Vorgang> mitAnfang(Sicht sicht, String text, boolean alle) {
        // Comparing bytes is leakproof and uses its index under row-level security; LIKE is not.
        return vorgaenge
                .abfrage(
                        sicht,
                        stand(alle)
                                + "v.aktenzeichen COLLATE \"C\" >= :von AND v.aktenzeichen COLLATE \"C\" < :bis AND ",
                        " ORDER BY v.aktenzeichen COLLATE \"C\" LIMIT :hoechstens")
                .param("von", text)
                .param("bis", text + "\uffff")
                .param("hoechstens", AUSWAHL)
                .query(Vorgang.class)
                .list();
    }

    private List<Vorgang> eigene(Sicht sicht, String text) {
        var woerter = text.toLowerCase(Locale.GERMAN).split("\\s+");
        return listen.inArbeit(sicht, Stelle.ANFANG, EIGENE).zeilen().stream()
                .filter(v -> {
                    var alles = (v.aktenzeichen() + " " + v.titel() + " " + v.akteTitel()).toLowerCase(Locale.GERMAN);
                    return Arrays.stream(woerter).allMatch(alles::contains);
                })
                .limit(AUSWAHL)
                .toList();
    }

    /** Closed ones among the best are passed over here: the index does not tell them apart. */
    private List<Vorgang> ausIndex(Sicht sicht, String text, boolean alle) {
        var rang = suche.beste(sicht, text, "vorgang", KANDIDATEN);
        return vorgaenge
                .abfrage(sicht, stand(alle) + "v.id = ANY (CAST(:ids AS uuid[])) AND ", "")
                .param("ids", rang.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .query(Vorgang.class)
                .stream()
                .sorted(Comparator.comparingInt(v -> rang.indexOf(v.id())))
                .toList();
    }

    private static String stand(boolean alle) {
        return alle ? "" : "v.stand = 'in_bearbeitung' AND ";
    }
}
