package de.federwerk.verzeichnis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.stoerung.Stoerungen;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Who comes back from the provider, as a person of this house: known, linked, taken in, or told why not. */
@Component
class Oidcanmeldung {

    /**
     * @param grund what the sign-in page says if nobody comes in
     * @param frage if it may be somebody whom no name alone opens
     */
    record Ergebnis(@Nullable Anmeldung wer, String grund, Optional<Verknuepfungsfragen.Wunsch> frage) {

        static Ergebnis nein(String grund) {
            return new Ergebnis(null, grund, Optional.empty());
        }
    }

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Verknuepfungen verknuepfungen;
    private final Gruppenfolgen besetzungen;
    private final Gruppenzuordnungen zuordnungen;
    private final PasswordEncoder passwoerter;
    private final Stoerungen stoerungen;
    private final Verknuepfungsfragen fragen;
    private final Verzeichniseinstellungen einstellungen;

    Oidcanmeldung(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Verknuepfungen verknuepfungen,
            Gruppenfolgen besetzungen,
            Gruppenzuordnungen zuordnungen,
            PasswordEncoder passwoerter,
            Stoerungen stoerungen,
            Verknuepfungsfragen fragen,
            Verzeichniseinstellungen einstellungen) {
        this.fragen = fragen;
        this.einstellungen = einstellungen;
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.verknuepfungen = verknuepfungen;
        this.besetzungen = besetzungen;
        this.zuordnungen = zuordnungen;
        this.passwoerter = passwoerter;
        this.stoerungen = stoerungen;
    }

    /** For the Mandant of this thread. */
    @SuppressWarnings("NullAway") // does not see that this callback never gives null
    Ergebnis nimm(Verzeichniseinstellungen.Oidc anbieter, Oidcanbieter.Ausweis ausweis) {
        // Slow on purpose, so before the transaction, and only for somebody new.
        var wie = anbieter.wie();
        var neu = (wie.aufnehmen() || wie.verknuepfen())
                && verknuepfungen
                        .eine(Art.OIDC, wie.aussteller(), ausweis.fund().kennung())
                        .isEmpty();
        var hash = neu ? passwoerter.encode(UUID.randomUUID() + "/" + UUID.randomUUID()) : null;
        return transaktion.execute(t -> nimm(anbieter, ausweis, hash));
    }

    private Ergebnis nimm(Verzeichniseinstellungen.Oidc anbieter, Oidcanbieter.Ausweis ausweis, @Nullable String hash) {
        var wie = anbieter.wie();
        var fund = ausweis.fund();
        var bekannt = verknuepfungen.eine(Art.OIDC, wie.aussteller(), fund.kennung());
        UUID person;
        if (bekannt.isPresent()) {
            if (!bekannt.get().gueltig()) return Ergebnis.nein("beendet");
            person = bekannt.get().person();
        } else {
            var vetter = verknuepfungen.name(Art.OIDC, wie.aussteller(), fund.anmeldename());
            var gemeint = vetter.filter(v -> wie.verknuepfen() && v.frei());
            if (gemeint.isPresent() && gemeint.get().heikel()) {
                person = gemeint.get().person();
                return new Ergebnis(
                        null, "anbieter-verknuepfen", fragen.merke(Art.OIDC, wie.aussteller(), fund, person));
            } else if (gemeint.isPresent()) {
                person = gemeint.get().person();
                verknuepfungen.verknuepfe(Protokoll.PROGRAMM, Art.OIDC, wie.aussteller(), fund.kennung(), person, hash);
            } else if (!wie.aufnehmen()) {
                return Ergebnis.nein("anbieter-unbekannt");
            } else if (vetter.isPresent() || fund.mangel() != null) {
                return Ergebnis.nein("anbieter-vergeben");
            } else {
                person = verknuepfungen.nimmAuf(Art.OIDC, wie.aussteller(), fund, hash);
            }
        }
        folge(anbieter, ausweis, person);
        return new Ergebnis(anmeldung(person), "", Optional.empty());
    }

    private void folge(Verzeichniseinstellungen.Oidc anbieter, Oidcanbieter.Ausweis ausweis, UUID person) {
        var fund = ausweis.fund();
        var stand = verknuepfungen
                .eine(Art.OIDC, anbieter.wie().aussteller(), fund.kennung())
                .orElseThrow();
        var vetter = verknuepfungen.name(Art.OIDC, anbieter.wie().aussteller(), fund.anmeldename());
        var frei = vetter.isEmpty() || vetter.get().person().equals(person);
        // A name that does not fit, or is somebody else's by now, keeps nobody out who is known.
        if (fund.mangel() == null && frei && !stand.wieIn(fund)) verknuepfungen.folge(person, fund);
        if (anbieter.wie().gruppen().isEmpty()) return;
        if (!ausweis.gruppenGenannt()) {
            // Nothing is known of the groups: that takes nothing away. A provider whose mapping was lost would else
            // take
            // all roles of the town, one sign-in after the other.
            einstellungen.merkeOhneGruppen();
            return;
        }
        if (besetzungen.gleicheAn(Art.OIDC, person, zuordnungen.deutung().ziel(fund.gruppen()))) {
            stoerungen.melde(
                    Abgleichlauf.VERWALTER,
                    anbieter.id(),
                    "Anmeldedienst " + anbieter.wie().bezeichnung(),
                    "Nach dem Anmeldedienst hätte die Administration niemanden mehr. Deshalb behält " + stand.name()
                            + " die Rolle.",
                    null);
        }
    }

    private Anmeldung anmeldung(UUID person) {
        return datenbank
                .sql(
                        "SELECT mandant_id AS mandant, id AS person, pseudonym, trim(vorname || ' ' || nachname) AS name FROM person WHERE mandant_id = ? AND id = ?")
                .params(mandant(), person)
                .query(Anmeldung.class)
                .single();
    }
}
