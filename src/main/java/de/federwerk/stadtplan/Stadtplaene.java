package de.federwerk.stadtplan;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The map of the town, if it has one. Everybody may see it, citizens too. */
@Component
public class Stadtplaene {

    /** The edges in degrees (WGS 84), and whose map it is. */
    public record Angaben(BigDecimal nord, BigDecimal west, BigDecimal sued, BigDecimal ost, String quelle) {

        void pruefe() {
            boolean innen = nord.abs().compareTo(BigDecimal.valueOf(85)) <= 0
                    && sued.abs().compareTo(BigDecimal.valueOf(85)) <= 0
                    && west.abs().compareTo(BigDecimal.valueOf(180)) <= 0
                    && ost.abs().compareTo(BigDecimal.valueOf(180)) <= 0;
            if (!innen || nord.compareTo(sued) <= 0 || ost.compareTo(west) <= 0) {
                throw Abgelehnt.eingabe(
                        "Die Ränder passen nicht: Norden muss größer sein als Süden und Osten größer als Westen, alles in Grad. Es wurde nichts geändert.");
            }
            if (quelle.isBlank() || quelle.length() > 200) {
                throw Abgelehnt.eingabe(
                        "Bitte sagen Sie mit höchstens 200 Zeichen, von wem die Karte ist. Es wurde nichts geändert.");
            }
        }
    }

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Protokoll protokoll;

    Stadtplaene(JdbcClient datenbank, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    @Transactional(readOnly = true)
    public Optional<Stadtplan> plan() {
        return datenbank
                .sql(
                        "SELECT fassung, breite, hoehe, stufen, nord, west, sued, ost, quelle FROM stadtplan WHERE mandant_id = ?")
                .param(mandant())
                .query(Stadtplan.class)
                .optional();
    }

    /** PNG; empty if there is no such square, or the map is another by now. */
    @Transactional(readOnly = true)
    public Optional<byte[]> kachel(int fassung, int stufe, int spalte, int zeile) {
        return datenbank
                .sql(
                        "SELECT bild FROM stadtplankachel WHERE mandant_id = ? AND fassung = ? AND stufe = ? AND spalte = ? AND zeile = ?")
                .params(mandant(), fassung, stufe, spalte, zeile)
                .query((z, nr) -> z.getBytes("bild"))
                .optional();
    }

    /** From now on it is the map. @throws Abgelehnt (RECHT, EINGABE) */
    @Transactional
    public void setze(Anmeldung wer, Angaben angaben, Kachelschnitt schnitt) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        setze(wer.pseudonym(), angaben, schnitt);
    }

    /** The same by the program, where a town is founded. */
    @Transactional
    public void setze(UUID pseudonym, Angaben angaben, Kachelschnitt schnitt) {
        angaben.pruefe();
        int fassung = datenbank
                .sql("""
                INSERT INTO stadtplan (mandant_id, fassung, breite, hoehe, stufen, nord, west, sued, ost, quelle) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (mandant_id) DO UPDATE SET fassung = stadtplan.fassung + 1, breite = excluded.breite, hoehe = excluded.hoehe, stufen = excluded.stufen,
                       nord = excluded.nord, west = excluded.west, sued = excluded.sued, ost = excluded.ost, quelle = excluded.quelle, geaendert = now()
                RETURNING fassung""")
                .params(
                        mandant(),
                        schnitt.breite(),
                        schnitt.hoehe(),
                        schnitt.stufen(),
                        angaben.nord,
                        angaben.west,
                        angaben.sued,
                        angaben.ost,
                        angaben.quelle.strip())
                .query(Integer.class)
                .single();
        datenbank
                .sql("DELETE FROM stadtplankachel WHERE mandant_id = ?")
                .param(mandant())
                .update();
        for (var s : schnitt.stuecke()) {
            datenbank
                    .sql(
                            "INSERT INTO stadtplankachel (mandant_id, fassung, stufe, spalte, zeile, bild) VALUES (?, ?, ?, ?, ?, ?)")
                    .params(mandant(), fassung, s.stufe(), s.spalte(), s.zeile(), s.bild())
                    .update();
        }
        protokoll.schreibe(
                pseudonym,
                "stadtplan.gesetzt",
                mandant(),
                null,
                Map.of("titel", angaben.quelle.strip(), "fassung", String.valueOf(fassung)));
    }
}
