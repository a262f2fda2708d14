package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Akten;
import de.federwerk.akte.Aktenanlage;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Anmeldung;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The Akte into which an Antrag goes, as its way says: that of the year and unit, or one for this Antrag alone. */
@Component
public class Antragsakten {

    private final JdbcClient datenbank;
    private final Antragswege wege;
    private final Antragsfelder felder;
    private final Akten akten;
    private final Aktenanlage aktenanlage;

    Antragsakten(JdbcClient datenbank, Antragswege wege, Antragsfelder felder, Akten akten, Aktenanlage aktenanlage) {
        this.datenbank = datenbank;
        this.wege = wege;
        this.felder = felder;
        this.akten = akten;
        this.aktenanlage = aktenanlage;
    }

    /**
     * An open one, made if there is none.
     *
     * @param leistung as the house calls it, for the Akte of a year
     * @param titel of one that is for this Antrag alone
     * @throws de.federwerk.basis.Abgelehnt if nothing says where it goes, or the way there is closed
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID akte(Anmeldung amt, UUID leistungId, String leistung, String titel, LocalDate tag, UUID einheit) {
        var weg = wege.weg(leistungId);
        var art = felder.aktenart(leistungId).orElse(null);
        if (weg.jeAntrag()) {
            return aktenanlage
                    .legeAn(
                            amt,
                            Kennung.neu(),
                            new Akten.Neu(weg.planknotenId(), einheit, Antragsvorlage.kurz(titel), art, false))
                    .id();
        }
        var schon = datenbank
                .sql("""
                SELECT a.id FROM antragsakte s JOIN akte a ON a.mandant_id = s.mandant_id AND a.id = s.akte_id
                 WHERE s.mandant_id = ? AND s.leistung_id = ? AND s.einheit_id = ? AND s.jahr = ?
                   AND a.stand <> 'zda' AND a.planknoten_id = ? AND a.einheit_id = ?
                   AND a.aktenart_id IS NOT DISTINCT FROM CAST(? AS uuid) FOR NO KEY UPDATE OF s""")
                .param(mandant())
                .param(leistungId)
                .param(einheit)
                .param(tag.getYear())
                .param(weg.planknotenId())
                .param(einheit)
                .param(art)
                .query(UUID.class)
                .optional();
        if (schon.isPresent()) {
            return schon.get();
        }
        var neu = akten.legeAn(
                amt,
                Kennung.neu(),
                new Akten.Neu(
                        weg.planknotenId(), einheit, Antragsvorlage.kurz(leistung + " " + tag.getYear()), art, false));
        datenbank
                .sql("""
                INSERT INTO antragsakte (mandant_id, leistung_id, einheit_id, jahr, akte_id) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (mandant_id, leistung_id, einheit_id, jahr) DO UPDATE SET akte_id = excluded.akte_id""")
                .params(mandant(), leistungId, einheit, tag.getYear(), neu.id())
                .update();
        return neu.id();
    }
}
