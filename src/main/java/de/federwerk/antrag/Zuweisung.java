package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.antrag.Antragswege.Weg;
import de.federwerk.antrag.Vorpruefung.Befund;
import de.federwerk.leistung.Leistungen;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which unit gets an Antrag. The rules of the Leistung choose among those at and below the unit that the Administration named for its Anträge, and
 * never beyond: whoever writes the texts of a Leistung must not draw its Anträge to herself.
 */
@Component
class Zuweisung {

    /** @param befunde what whoever decides should know of it; none if a rule decided */
    record Ziel(UUID einheit, List<Befund> befunde) {}

    private final JdbcClient datenbank;
    private final Leistungen leistungen;

    Zuweisung(JdbcClient datenbank, Leistungen leistungen) {
        this.datenbank = datenbank;
        this.leistungen = leistungen;
    }

    /** Within the transaction that files it. */
    Ziel ziel(Antragsvorlage antrag, Weg weg) {
        var zustaendig = leistungen.zustaendig(antrag.kurzname(), antrag.merkmale());
        var gemeint = zustaendig.dienststelle().map(d -> d.einheit());
        if (gemeint.isPresent() && darf(gemeint.get(), weg.einheitId())) {
            return new Ziel(gemeint.get(), List.of());
        }
        if (gemeint.isPresent()) {
            return statt(
                    weg,
                    "Die Regeln der Leistung nennen eine Einheit, die es nicht mehr gibt oder die nicht zu der gehört, an die ihre Anträge gehen; er liegt deshalb bei dieser. Bitte prüfen Sie, wer zuständig ist.");
        }
        return zustaendig.fehlt().isEmpty()
                ? new Ziel(weg.einheitId(), List.of())
                : statt(
                        weg,
                        "Wer zuständig ist, hängt von etwas ab, das im Formular nicht steht oder sich nicht erkennen ließ; er liegt deshalb bei der Einheit, an die Anträge dieser Leistung gehen. Bitte geben Sie ihn weiter, wenn eine andere zuständig ist.");
    }

    private static Ziel statt(Weg weg, String grund) {
        return new Ziel(weg.einheitId(), List.of(new Befund("zustaendig", false, grund)));
    }

    /** Whether it is in force, and is this one or lies below it. */
    private boolean darf(UUID einheit, UUID oberste) {
        return datenbank
                .sql("""
                WITH RECURSIVE ueber AS (
                    SELECT id, ueber_id, 1 AS weite FROM einheit WHERE mandant_id = :m AND id = :einheit AND gilt(gueltig_von, gueltig_bis)
                    UNION ALL SELECT e.id, e.ueber_id, u.weite + 1 FROM einheit e JOIN ueber u ON e.mandant_id = :m AND e.id = u.ueber_id WHERE u.weite < 50)
                SELECT EXISTS (SELECT FROM ueber WHERE id = :oberste)""")
                .param("m", mandant())
                .param("einheit", einheit)
                .param("oberste", oberste)
                .query(Boolean.class)
                .single();
    }
}
