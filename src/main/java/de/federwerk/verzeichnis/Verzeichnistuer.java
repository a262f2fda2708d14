package de.federwerk.verzeichnis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.organisation.Anmeldeverzeichnis;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What the door asks: whose password it is, and which other way in there is. */
@Component
class Verzeichnistuer implements Anmeldeverzeichnis {

    /** @param hierAuch an administrator who keeps the password of this house */
    private record Verknuepfung(Art art, String kennung, boolean hierAuch) {}

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Verzeichniseinstellungen einstellungen;
    private final Ldapverzeichnis ldap;

    Verzeichnistuer(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Verzeichniseinstellungen einstellungen,
            Ldapverzeichnis ldap) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.einstellungen = einstellungen;
        this.ldap = ldap;
    }

    @Override
    @SuppressWarnings("NullAway") // does not see that this callback never gives null
    public boolean stimmt(UUID person, String passwort, boolean hier) {
        List<Verknuepfung> links = transaktion.execute(t -> verknuepfungen(person));
        if (links.isEmpty()) return hier;
        if (hier && links.stream().anyMatch(Verknuepfung::hierAuch)) return true;
        var kennung = links.stream()
                .filter(v -> v.art == Art.LDAP)
                .map(Verknuepfung::kennung)
                .findFirst();
        if (kennung.isEmpty()) return false;
        try {
            var verzeichnis = einstellungen.ldap().orElseThrow(() -> new Ausfall("Kein Verzeichnis"));
            return ldap.stimmt(verzeichnis.wie(), verzeichnis.passwort(), kennung.get(), passwort);
        } catch (Ausfall e) {
            // Of a password that opens here as well it is known that it is wrong: that must count, or it could be
            // guessed without end.
            if (links.stream().anyMatch(Verknuepfung::hierAuch)) return false;
            throw e;
        }
    }

    /** Of directories that are switched on: without them, persons go on with passwords of this house, which the administration gives them. */
    private List<Verknuepfung> verknuepfungen(UUID person) {
        return datenbank
                .sql("""
                SELECT v.art, v.kennung, v.passwort_bleibt AND EXISTS (
                           SELECT FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id AND r.kennung = 'ADMINISTRATION'
                            WHERE b.mandant_id = v.mandant_id AND b.person_id = v.person_id AND gilt(b.gueltig_von, b.gueltig_bis)) AS hier_auch
                  FROM verzeichnisperson v
                 WHERE v.mandant_id = ? AND v.person_id = ?
                   AND (v.art = 'LDAP' AND EXISTS (SELECT FROM ldapverzeichnis l WHERE l.mandant_id = v.mandant_id AND l.aktiv)
                     OR v.art = 'OIDC' AND EXISTS (SELECT FROM oidcanbieter o WHERE o.mandant_id = v.mandant_id AND o.aktiv AND o.aussteller = v.aussteller))""")
                .params(mandant(), person)
                .query(Verknuepfung.class)
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public boolean fuehrt(UUID person) {
        var links = verknuepfungen(person);
        return !links.isEmpty() && links.stream().noneMatch(Verknuepfung::hierAuch);
    }

    @Override
    @Transactional(readOnly = true)
    public boolean prueft(UUID person) {
        return verknuepfungen(person).stream().anyMatch(v -> v.art == Art.LDAP);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Weg> weg() {
        return datenbank.sql("""
                SELECT o.bezeichnung, '/anmelden/oidc?behoerde=' || m.kuerzel AS pfad
                  FROM oidcanbieter o JOIN mandant m ON m.id = o.mandant_id WHERE o.mandant_id = ? AND o.aktiv""").param(mandant()).query(Weg.class).optional();
    }
}
