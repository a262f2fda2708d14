package de.federwerk.verzeichnis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.organisation.Anmeldung;
import de.federwerk.stoerung.Stoerungen;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Who comes back from the provider, as a person of this house: known, linked, taken in, or told why not. */
@Component
class Oidcanmeldung {

    /** @param grund what the sign-in page says if nobody comes in */
    record Ergebnis(@Nullable Anmeldung wer, String grund) {}

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Verknuepfungen verknuepfungen;
    private final Gruppenfolgen besetzungen;
    private final Gruppenzuordnungen zuordnungen;
    private final PasswordEncoder passwoerter;
    private final Stoerungen stoerungen;

    Oidcanmeldung(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Verknuepfungen verknuepfungen,
            Gruppenfolgen besetzungen,
            Gruppenzuordnungen zuordnungen,
            PasswordEncoder passwoerter,
            Stoerungen stoerungen) {
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
    Ergebnis nimm(Verzeichniseinstellungen.Oidc anbieter, Fund fund) {
        // Slow on purpose, so before the transaction, and only for somebody new.
        var wie = anbieter.wie();
        var neu = (wie.aufnehmen() || wie.verknuepfen())
                && verknuepfungen
                        .eine(Art.OIDC, wie.aussteller(), fund.kennung())
                        .isEmpty();
        var hash = neu ? passwoerter.encode(UUID.randomUUID() + "/" + UUID.randomUUID()) : null;
        return transaktion.execute(t -> nimm(anbieter, fund, hash));
    }

    private Ergebnis nimm(Verzeichniseinstellungen.Oidc anbieter, Fund fund, @Nullable String hash) {
        var wie = anbieter.wie();
        var bekannt = verknuepfungen.eine(Art.OIDC, wie.aussteller(), fund.kennung());
        UUID person;
        if (bekannt.isPresent()) {
            if (!bekannt.get().gueltig()) return new Ergebnis(null, "beendet");
            person = bekannt.get().person();
        } else {
            var vetter = verknuepfungen.name(Art.OIDC, fund.anmeldename());
            if (vetter.isPresent() && wie.verknuepfen() && vetter.get().frei()) {
                person = vetter.get().person();
                verknuepfungen.verknuepfe(Art.OIDC, wie.aussteller(), fund, person, hash);
            } else if (!wie.aufnehmen()) {
                return new Ergebnis(null, "anbieter-unbekannt");
            } else if (vetter.isPresent() || fund.mangel() != null) {
                return new Ergebnis(null, "anbieter-vergeben");
            } else {
                person = verknuepfungen.nimmAuf(Art.OIDC, wie.aussteller(), fund, hash);
            }
        }
        folge(anbieter, fund, person);
        return new Ergebnis(anmeldung(person), "");
    }

    private void folge(Verzeichniseinstellungen.Oidc anbieter, Fund fund, UUID person) {
        var stand = verknuepfungen
                .eine(Art.OIDC, anbieter.wie().aussteller(), fund.kennung())
                .orElseThrow();
        var vetter = verknuepfungen.name(Art.OIDC, fund.anmeldename());
        var frei = vetter.isEmpty() || vetter.get().person().equals(person);
        // A name that does not fit, or is somebody else's by now, keeps nobody out who is known.
        if (fund.mangel() == null && frei && !stand.wieIn(fund)) verknuepfungen.folge(person, fund);
        if (anbieter.wie().gruppen().isEmpty()) return;
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
