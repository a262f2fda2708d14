package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Akten.Akte;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.suche.Suche;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds the Akte that somebody means by what is typed; as fast among a million as among ten. */
@Component
public class Aktensuche {

    private static final int AUSWAHL = 20;
    private static final int KANDIDATEN = 100;

    private final JdbcClient datenbank;
    private final Suche suche;

    Aktensuche(JdbcClient datenbank, Suche suche) {
        this.datenbank = datenbank;
        this.suche = suche;
    }

    /**
     * At most 20: first those whose Aktenzeichen begins like it, then what the index finds by words.
     *
     * @param alle also those that are zdA
     */
    @Transactional(readOnly = true)
    public List<Akte> finde(Sicht sicht, String getippt, boolean alle) {
        var text = getippt.replace("\0", "").strip();
        if (text.isEmpty()) {
            return List.of();
        }
        var gefunden = new LinkedHashMap<UUID, Akte>();
        mitAnfang(sicht, text, alle).forEach(a -> gefunden.put(a.id(), a));
        if (gefunden.size() < AUSWAHL) {
            ausIndex(sicht, text, alle).forEach(a -> gefunden.putIfAbsent(a.id(), a));
        }
        return gefunden.values().stream().limit(AUSWAHL).toList();
    }

    private List<Akte> mitAnfang(Sicht sicht, String text, boolean alle) {
        // Comparing bytes is leakproof and uses its index under row-level security; LIKE is not.
        return abfrage(
                        sicht,
                        alle,
                        "a.aktenzeichen COLLATE \"C\" >= :von AND a.aktenzeichen COLLATE \"C\" < :bis",
                        " ORDER BY a.aktenzeichen COLLATE \"C\" LIMIT :hoechstens")
                .param("von", text)
                .param("bis", text + "\uffff")
                .param("hoechstens", AUSWAHL)
                .query(Akte.class)
                .list();
    }

    private List<Akte> ausIndex(Sicht sicht, String text, boolean alle) {
        var rang = suche.beste(sicht, text, "akte", KANDIDATEN);
        return abfrage(sicht, alle, "a.id = ANY (CAST(:ids AS uuid[]))", "")
                .param("ids", rang.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .query(Akte.class)
                .stream()
                .sorted(Comparator.comparingInt(a -> rang.indexOf(a.id())))
                .toList();
    }

    private JdbcClient.StatementSpec abfrage(Sicht sicht, boolean alle, String bedingung, String ende) {
        return datenbank
                .sql(Akten.SPALTEN + (alle ? "" : "a.stand = 'offen' AND ") + bedingung + " AND " + sicht.aufAkte("a")
                        + ende)
                .param("m", mandant())
                .params(sicht.parameter());
    }
}
