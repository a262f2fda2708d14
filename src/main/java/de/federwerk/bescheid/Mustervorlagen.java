package de.federwerk.bescheid;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import de.federwerk.bescheid.Vorlagenpflege.Angaben;
import de.federwerk.organisation.Anmeldung;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Two templates for a town to look at: Hundesteuer and Bewohnerparkausweis. */
@Component
public class Mustervorlagen {

    private final JdbcClient datenbank;
    private final Rechtsbehelfe rechtsbehelfe;
    private final Vorlagenpflege pflege;

    Mustervorlagen(JdbcClient datenbank, Rechtsbehelfe rechtsbehelfe, Vorlagenpflege pflege) {
        this.datenbank = datenbank;
        this.rechtsbehelfe = rechtsbehelfe;
        this.pflege = pflege;
    }

    /** Published at once, with texts that count as checked: for an invented town. @param wer who holds the role LEISTUNGEN */
    @Transactional(propagation = Propagation.MANDATORY)
    public void richteEin(Anmeldung wer) {
        rechtsbehelfe.nimmMitgelieferte(wer);
        lege(
                wer,
                "Hundesteuerbescheid",
                "hundesteuer-anmeldung",
                "Widerspruch (Abgaben)",
                "ao",
                "Bescheid über Hundesteuer",
                """
                Guten Tag {{empfaenger}},

                aufgrund Ihrer Anmeldung vom {{antragsdatum}} ergeht dieser Bescheid.

                # Festsetzung
                Für {{antrag.hund.rufname}} wird ab dem {{beginn}} eine Hundesteuer von {{steuer}} im Jahr festgesetzt. Sie ist in Vierteln zum 15. Februar, 15. Mai, 15. August und 15. November fällig.

                {{wenn lastschrift}}
                Wir buchen sie von dem Konto ab, das Sie angegeben haben.
                {{sonst}}
                Bitte überweisen Sie sie und geben Sie dabei das Zeichen {{aktenzeichen}} an.
                {{ende}}

                # Begründung
                Wer in {{stadt}} einen Hund hält, der älter als drei Monate ist, zahlt Hundesteuer (Hundesteuersatzung).
                {{wenn anzahl(hund) > 1}}
                Halten mehrere Menschen in einem Haushalt Hunde, zählen diese zusammen; ab dem zweiten Hund ist der Satz höher.
                {{ende}}

                {{begruendung}}

                Mit freundlichen Grüßen
                im Auftrag {{bearbeiter}}

                Dieser Bescheid wurde mit Hilfe automatischer Einrichtungen erstellt und gilt ohne Unterschrift.
                """,
                "steuer | geld | Steuer im Jahr | pflicht\nbeginn | datum | Steuerpflicht ab | pflicht\nbegruendung | mehrzeilig | Weitere Begründung");
        lege(
                wer,
                "Bewohnerparkausweis",
                "bewohnerparkausweis",
                "Widerspruch",
                "vwvfg",
                "Ihr Antrag auf einen Bewohnerparkausweis",
                """
                Guten Tag {{empfaenger}},

                {{wenn bewilligt}}
                Ihren Antrag vom {{antragsdatum}} haben wir bewilligt: Sie erhalten einen Bewohnerparkausweis für das Fahrzeug {{antrag.kennzeichen}}, gültig vom {{von}} bis zum {{bis}}.

                Die Gebühr beträgt {{gebuehr}}.
                {{sonst}}
                Ihren Antrag vom {{antragsdatum}} auf einen Bewohnerparkausweis lehnen wir ab.
                {{ende}}

                # Begründung
                {{grund}}

                Mit freundlichen Grüßen
                im Auftrag {{bearbeiter}}

                Dieser Bescheid wurde mit Hilfe automatischer Einrichtungen erstellt und gilt ohne Unterschrift.
                """,
                "bewilligt | janein | Wird der Ausweis erteilt? | pflicht\nvon | datum | Gültig ab\nbis | datum | Gültig bis\ngebuehr | geld | Gebühr\ngrund | mehrzeilig | Begründung | pflicht");
    }

    private void lege(
            Anmeldung wer,
            String name,
            String kurzname,
            String belehrung,
            String recht,
            String betreff,
            String text,
            String felder) {
        var leistung = datenbank
                .sql("SELECT id FROM leistung WHERE mandant_id = ? AND kurzname = ?")
                .params(mandant(), kurzname)
                .query(UUID.class)
                .single();
        var rechtsbehelf = rechtsbehelfe.alle().stream()
                .filter(r -> r.name().equals(belehrung))
                .findFirst()
                .orElseThrow();
        rechtsbehelfe.pruefe(wer, rechtsbehelf.id(), rechtsbehelf.aenderung(), rechtsbehelf.text(), true);
        var id = Kennung.neu();
        pflege.legeAn(wer, id, name, leistung);
        pflege.speichere(wer, id, 1, new Angaben(recht, betreff, text, felder, rechtsbehelf.id(), false));
        pflege.veroeffentliche(wer, id, 2);
    }
}
