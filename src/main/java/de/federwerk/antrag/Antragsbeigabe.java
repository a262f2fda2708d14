package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Vorgaenge.Vorgang;
import de.federwerk.akte.Vorgangsbeigabe;
import de.federwerk.formular.Formularangabe;
import de.federwerk.formular.Formulare;
import de.federwerk.formular.Werte;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.gesicht.Einschub;
import de.federwerk.organisation.Anmeldung;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** At a Vorgang that came as an Antrag: what was found before anybody looked, and what was filled in. Whoever sees the page may see it. */
@Component
@Order(15)
class Antragsbeigabe implements Vorgangsbeigabe {

    record Ansicht(Instant gesendet, List<Vorpruefung.Befund> befunde, List<Formularangabe> angaben) {}

    private final JdbcClient datenbank;
    private final Formulare formulare;
    private final Einschub einschub;

    Antragsbeigabe(JdbcClient datenbank, Formulare formulare, Einschub einschub) {
        this.datenbank = datenbank;
        this.formulare = formulare;
        this.einschub = einschub;
    }

    @Override
    public Teil zu(Anmeldung wer, Vorgang vorgang, @Nullable UUID dokument) {
        var ansicht = ansicht(vorgang.id());
        return rahmen ->
                ansicht.isEmpty() ? ausgabe -> {} : einschub.von("antrag/beigabe", Map.of("ansicht", ansicht.get()));
    }

    private Optional<Ansicht> ansicht(UUID vorgang) {
        return datenbank
                .sql("""
                SELECT a.formularfassung_id, a.werte, a.gesendet, v.pruefung FROM antragsvorgang v
                  JOIN antrag a ON a.mandant_id = v.mandant_id AND a.id = v.antrag_id
                 WHERE v.mandant_id = ? AND v.vorgang_id = ?""")
                .params(mandant(), vorgang)
                .query((z, nr) -> new Ansicht(
                        z.getTimestamp("gesendet").toInstant(),
                        Vorpruefung.lies(z.getString("pruefung")),
                        formulare
                                .fassung(z.getObject("formularfassung_id", UUID.class))
                                .formular()
                                .angaben(
                                        Werte.aus(z.getString("werte")),
                                        "de",
                                        LocalDate.ofInstant(
                                                z.getTimestamp("gesendet").toInstant(), Anzeige.ZONE))
                                .stream()
                                .filter(a -> !a.gezeigt().isEmpty())
                                .toList()))
                .optional();
    }
}
