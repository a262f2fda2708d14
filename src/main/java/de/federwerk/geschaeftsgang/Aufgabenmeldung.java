package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.stream.Collectors.toSet;

import de.federwerk.geschaeftsgang.Vertretungsmeldung.Stattdessen;
import de.federwerk.meldung.Liveticker;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Tells people, and whoever stands in for them, of their tasks: when one comes, comes back, or what they sent on its way has ended. Never what it is about. */
@Component
class Aufgabenmeldung {

    /** People of one recipient who are told; a unit of more looks at its Postkorb anyway. */
    private static final int JE_STATION = 50;

    /** @param eben it came in this transaction @param vertreten whether somebody stands in for that person today */
    private record Neue(
            UUID id,
            String art,
            int runde,
            String empfaengerArt,
            String aktenzeichen,
            UUID person,
            UUID begonnenVon,
            boolean eben,
            boolean vertreten,
            boolean kommtSpaeter) {

        /** The same, with a deputy of this person. */
        Neue bei(UUID anderer) {
            return new Neue(
                    id, art, runde, empfaengerArt, aktenzeichen, anderer, begonnenVon, eben, vertreten, kommtSpaeter);
        }
    }

    private record Ende(UUID vorgangId, String aktenzeichen, UUID begonnenVon, String stand) {}

    private final JdbcClient datenbank;
    private final Vertretungsmeldung vertretungen;
    private final Meldungen meldungen;
    private final Liveticker ticker;

    Aufgabenmeldung(JdbcClient datenbank, Vertretungsmeldung vertretungen, Meldungen meldungen, Liveticker ticker) {
        this.datenbank = datenbank;
        this.vertretungen = vertretungen;
        this.meldungen = meldungen;
        this.ticker = ticker;
    }

    /** In the transaction that moves the Laufweg: no task without its notice, and no notice of a task that was never there. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void nach(AufgabenGeaendert geaendert) {
        var betroffene = new ArrayList<UUID>();
        var offene = offene(geaendert.laufweg());
        for (var neue : offene) {
            betroffene.add(neue.begonnenVon);
            betroffene.add(neue.person);
            sage(neue, "");
        }
        for (var statt : statt(offene)) {
            betroffene.add(statt.person());
            offene.stream()
                    .filter(neue -> neue.id.equals(statt.aufgabe()))
                    .findFirst()
                    .ifPresent(neue -> sage(neue.bei(statt.person()), statt.zusatz()));
        }
        // As long as a station is open, it has not ended.
        var ende = betroffene.isEmpty() ? ende(geaendert.laufweg()) : null;
        if (ende != null) {
            betroffene.add(ende.begonnenVon);
            if (!ende.stand.equals("laeuft") && !ende.stand.equals("zurueckgeholt")) {
                meldungen.sage(
                        ende.begonnenVon,
                        Meldungsart.ERLEDIGT,
                        "laufweg %s %s".formatted(geaendert.laufweg(), ende.stand),
                        "Laufweg %s, %s".formatted(ende.stand, ende.aktenzeichen),
                        "",
                        "/vorgaenge/" + ende.vorgangId);
            }
        }
        ticker.an(betroffene, "aufgaben");
    }

    private void sage(Neue neue, String zusatz) {
        // Whoever sends something to himself knows it; a Wiedervorlage is told of on its day.
        boolean eigene = neue.person.equals(neue.begonnenVon) && neue.runde == 1;
        if (!eigene && !neue.kommtSpaeter) {
            meldungen.sage(
                    neue.person,
                    neue.runde > 1 ? Meldungsart.AUFGABE_ZURUECK : Meldungsart.AUFGABE_NEU,
                    "aufgabe %s %d".formatted(neue.id, neue.runde),
                    Stationsart.von(neue.art).wort() + ", " + neue.aktenzeichen,
                    zusatz,
                    "/aufgaben/" + neue.id);
        }
    }

    /** Nobody stands in for a unit: its others are there. What lay there before was told, with its number, when the Vertretung began. */
    private List<Stattdessen> statt(List<Neue> offene) {
        return vertretungen.statt(offene.stream()
                .filter(neue -> neue.eben && neue.vertreten && !neue.empfaengerArt.equals("einheit"))
                .collect(Collectors.groupingBy(neue -> neue.id, Collectors.mapping(neue -> neue.person, toSet()))));
    }

    private List<Neue> offene(UUID laufweg) {
        return datenbank
                .sql("""
                SELECT s.id, s.art, s.runde, s.empfaenger_art, v.aktenzeichen, wer.person_id AS person, l.begonnen_von, s.offen_seit >= now() AS eben,
                       EXISTS (SELECT FROM vertretung x WHERE x.mandant_id = s.mandant_id AND x.person_id = wer.person_id
                                  AND heute() BETWEEN x.von AND x.bis AND x.beendet IS NULL) AS vertreten,
                       s.art = 'wiedervorlage' AND s.faellig > heute() IS TRUE AS kommt_spaeter
                  FROM station s JOIN laufweg l ON l.mandant_id = s.mandant_id AND l.id = s.laufweg_id
                  JOIN vorgang v ON v.mandant_id = s.mandant_id AND v.id = s.vorgang_id
                  CROSS JOIN LATERAL (
                      SELECT s.empfaenger_id AS person_id WHERE s.empfaenger_art = 'person'
                      UNION SELECT b.person_id FROM stellenbesetzung b JOIN stelle t ON t.mandant_id = b.mandant_id AND t.id = b.stelle_id
                             WHERE b.mandant_id = s.mandant_id AND (t.id = s.empfaenger_id OR t.einheit_id = s.empfaenger_id)
                               AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(t.gueltig_von, t.gueltig_bis) LIMIT :hoechstens) wer
                 WHERE s.mandant_id = :m AND s.laufweg_id = :laufweg AND s.stand = 'offen'""")
                .param("m", mandant())
                .param("laufweg", laufweg)
                .param("hoechstens", JE_STATION)
                .query(Neue.class)
                .list();
    }

    private @Nullable Ende ende(UUID laufweg) {
        return datenbank
                .sql("""
                SELECT l.vorgang_id, v.aktenzeichen, l.begonnen_von, l.stand FROM laufweg l JOIN vorgang v ON v.mandant_id = l.mandant_id AND v.id = l.vorgang_id
                 WHERE l.mandant_id = ? AND l.id = ?""")
                .params(mandant(), laufweg)
                .query(Ende.class)
                .optional()
                .orElse(null);
    }
}
