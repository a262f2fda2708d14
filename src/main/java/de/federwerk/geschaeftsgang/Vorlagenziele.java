package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaengersuche;
import de.federwerk.organisation.Leitungen;
import de.federwerk.organisation.Stellen;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whom a template means in this Vorgang, today. */
@Component
public class Vorlagenziele {

    /**
     * Where a station would go.
     *
     * @param an null if nobody was found
     * @param name as people read it and as {@link Empfaengersuche#gemeint} understands it; empty if nobody was found
     * @param grund why nobody was found, a German sentence; else empty
     */
    public record Ziel(@Nullable Empfaenger an, String name, String grund) {}

    private record Lage(
            UUID einheit, String kuerzel, @Nullable UUID bearbeiter) {}

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Empfaengersuche suche;
    private final Empfaengerkreis kreis;
    private final Leitungen leitungen;
    private final Stellen stellen;

    Vorlagenziele(
            JdbcClient datenbank,
            Berechtigungen berechtigungen,
            Empfaengersuche suche,
            Empfaengerkreis kreis,
            Leitungen leitungen,
            Stellen stellen) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.suche = suche;
        this.kreis = kreis;
        this.leitungen = leitungen;
        this.stellen = stellen;
    }

    /**
     * One for each station, in their order.
     *
     * @param wer who would begin the Laufweg
     * @throws NichtGefunden if there is no such Vorgang for this person
     */
    @Transactional(readOnly = true)
    public List<Ziel> ziele(Anmeldung wer, UUID vorgang, List<Laufwegvorlagen.Station> stationen) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var lage = datenbank
                .sql("""
                SELECT v.einheit_id AS einheit, e.kuerzel, v.bearbeiter_id AS bearbeiter FROM vorgang v JOIN einheit e ON e.mandant_id = v.mandant_id AND e.id = v.einheit_id
                 WHERE v.mandant_id = :m AND v.id = :id AND\s""" + sicht.aufVorgang("v"))
                .param("m", mandant())
                .param("id", vorgang)
                .params(sicht.parameter())
                .query(Lage.class)
                .optional()
                .orElseThrow(() ->
                        new NichtGefunden("Diesen Vorgang gibt es nicht, oder er ist nicht für Sie freigegeben."));
        var gefunden = new HashMap<Vorlagenempfaenger, Ziel>();
        return stationen.stream()
                .map(s -> gefunden.computeIfAbsent(s.an(), an -> ziel(wer, lage, an)))
                .toList();
    }

    private Ziel ziel(Anmeldung wer, Lage lage, Vorlagenempfaenger an) {
        var einheit = "Die Einheit " + lage.kuerzel;
        return switch (an.art()) {
            case PERSON, STELLE, EINHEIT -> benannt(an.benannt().orElseThrow());
            case ABSENDER -> person(Optional.of(wer.person()), "Sie sind nicht mehr im Haus.");
            case BEARBEITER ->
                person(
                        Optional.ofNullable(lage.bearbeiter),
                        lage.bearbeiter == null
                                ? "Den Vorgang bearbeitet zurzeit niemand."
                                : "Wer den Vorgang bearbeitet hat, ist nicht mehr im Haus.");
            case LEITUNG -> person(leitungen.leitungDer(lage.einheit), einheit + " hat keine Leitung.");
            case NAECHSTE_LEITUNG ->
                person(
                        leitungUeber(lage.einheit),
                        "Über der Einheit " + lage.kuerzel + " hat keine Einheit eine Leitung.");
            case FEDERFUEHRUNG ->
                stellen.mitglieder(lage.einheit).isEmpty()
                        ? niemand(einheit + " hat zurzeit niemanden.")
                        : ziel(new Empfaenger("einheit", lage.einheit), einheit + " gibt es nicht mehr.");
        };
    }

    private Ziel benannt(Empfaenger an) {
        return ziel(
                an,
                "„%s“ gibt es nicht mehr."
                        .formatted(kreis.namen(List.of(an)).getOrDefault(an, "Wen die Vorlage nennt")));
    }

    private Ziel person(Optional<UUID> person, String sonst) {
        return person.map(id -> ziel(new Empfaenger("person", id), sonst)).orElseGet(() -> niemand(sonst));
    }

    private Ziel ziel(Empfaenger an, String sonst) {
        return suche.gemeint(an.toString()).map(e -> new Ziel(an, e.name(), "")).orElseGet(() -> niemand(sonst));
    }

    private static Ziel niemand(String grund) {
        return new Ziel(null, "", grund);
    }

    /** The head of the nearest unit above that somebody else leads than this one: nobody stands above himself. */
    private Optional<UUID> leitungUeber(UUID einheit) {
        var selbst = leitungen.leitungDer(einheit);
        return datenbank.sql("""
                WITH RECURSIVE ueber AS (
                    SELECT ueber_id AS id, 1 AS weite FROM einheit WHERE mandant_id = :m AND id = :einheit AND ueber_id IS NOT NULL
                    -- Bounded, should a unit ever stand above itself.
                    UNION ALL SELECT e.ueber_id, u.weite + 1 FROM einheit e JOIN ueber u ON e.mandant_id = :m AND e.id = u.id
                     WHERE e.ueber_id IS NOT NULL AND u.weite < 50)
                SELECT id FROM ueber ORDER BY weite""").param("m", mandant()).param("einheit", einheit).query(UUID.class).list().stream()
                .flatMap(e -> leitungen.leitungDer(e).stream())
                .filter(p -> !selbst.equals(Optional.of(p)))
                .findFirst();
    }
}
