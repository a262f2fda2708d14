package de.federwerk.haus;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Mandanten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.posteingang.Poststellen;
import de.federwerk.protokoll.Protokoll;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What a fresh town needs: a unit, a Poststelle, and one person who sets up the rest. */
@Component
public class Gruendung {

    /** What the first administrator of a town may. Geheimschutz, Datenschutz and Personalrat are for others to have. */
    public static final List<Rolle> ERSTE_ROLLEN = List.of(Rolle.ADMINISTRATION, Rolle.POSTEINGANG, Rolle.TECHNIK);

    /** @param anmeldename as in the database: lower case, without blanks */
    public record Verwaltung(String anmeldename, String vorname, String nachname) {}

    private final Mandanten mandanten;
    private final Einheiten einheiten;
    private final Personen personen;
    private final Berechtigungen berechtigungen;
    private final Poststellen poststellen;
    private final TransactionTemplate eigene;

    Gruendung(
            Mandanten mandanten,
            Einheiten einheiten,
            Personen personen,
            Berechtigungen berechtigungen,
            Poststellen poststellen,
            PlatformTransactionManager transaktionen) {
        this.mandanten = mandanten;
        this.einheiten = einheiten;
        this.personen = personen;
        this.berechtigungen = berechtigungen;
        this.poststellen = poststellen;
        // A transaction belongs to one Mandant: that of whoever founds cannot write into the new one.
        this.eigene = new TransactionTemplate(transaktionen);
        this.eigene.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * All of it, or nothing.
     *
     * @param rollen of the first administrator
     * @return the password for the first sign-in, kept nowhere
     */
    public String gruende(
            UUID id, String kuerzel, String name, @Nullable String hostname, Verwaltung erste, List<Rolle> rollen) {
        var passwort = personen.anfangspasswort();
        Mandantenkontext.als(
                id,
                () -> eigene.executeWithoutResult(t -> {
                    mandanten.gruende(id, kuerzel, name, hostname);
                    var oberste = einheiten.richteEin(Protokoll.PROGRAMM, "Stadt", name, null);
                    // A unit of its own: who opens the post sees what lies there, not what all others lead.
                    var post = einheiten.richteEin(Protokoll.PROGRAMM, "Post", "Poststelle", oberste);
                    poststellen.bestimme(post);
                    var person = personen.nimmAuf(
                            Protokoll.PROGRAMM, erste.anmeldename, erste.vorname, erste.nachname, null, false);
                    personen.setzePasswort(Protokoll.PROGRAMM, person, passwort, true);
                    for (var rolle : rollen) {
                        personen.gib(Protokoll.PROGRAMM, person, rolle);
                    }
                    berechtigungen.gebeFrei(
                            Subjekt.ROLLE, personen.rolle(Rolle.POSTEINGANG), Ziel.EINHEIT, post, Recht.BEARBEITEN);
                }));
        return passwort;
    }
}
