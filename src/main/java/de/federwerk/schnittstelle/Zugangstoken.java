package de.federwerk.schnittstelle;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Anmeldung;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Bearer tokens of technical accounts: {@code fw_<mandant>_<id>_<secret>}. The secret has 256 random bits, so its plain SHA-256 is
 * enough to keep; the token itself is shown once.
 */
@Component
public class Zugangstoken {

    private static final SecureRandom ZUFALL = new SecureRandom();
    private static final Pattern FORM = Pattern.compile("fw_([0-9a-f]{32})_([0-9a-f]{32})_([A-Za-z0-9_-]{43})");

    private record Bekannt(UUID person, UUID pseudonym, String name, byte[] hash) {}

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;

    Zugangstoken(JdbcClient datenbank, TransactionTemplate transaktion) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
    }

    /** A new token for a technical account of the current Mandant, shown only now. */
    @Transactional
    public String stelleAus(UUID person) {
        var id = Kennung.neu();
        var zufall = new byte[32];
        ZUFALL.nextBytes(zufall);
        var geheim = Base64.getUrlEncoder().withoutPadding().encodeToString(zufall);
        datenbank
                .sql("INSERT INTO zugangstoken (mandant_id, id, person_id, hash) VALUES (?, ?, ?, ?)")
                .params(mandant(), id, person, sha256(geheim))
                .update();
        return "fw_" + hex(mandant()) + "_" + hex(id) + "_" + geheim;
    }

    /** Ends every token of an account, at once. */
    @Transactional
    public void beende(UUID person) {
        datenbank
                .sql(
                        "UPDATE zugangstoken SET gueltig_bis = now() WHERE mandant_id = ? AND person_id = ? AND (gueltig_bis IS NULL OR gueltig_bis > now())")
                .params(mandant(), person)
                .update();
    }

    /** Whose token it is; empty for anything that is not exactly one valid token. */
    Optional<Anmeldung> pruefe(String token) {
        var teile = FORM.matcher(token);
        if (!teile.matches()) {
            return Optional.empty();
        }
        var mandant = uuid(teile.group(1));
        return Mandantenkontext.als(
                mandant,
                () -> transaktion.execute(t -> datenbank
                        .sql("""
                SELECT p.id AS person, p.pseudonym, p.nachname AS name, k.hash FROM zugangstoken k
                  JOIN person p ON p.mandant_id = k.mandant_id AND p.id = k.person_id
                  JOIN mandant m ON m.id = k.mandant_id AND gilt(m.gueltig_von, m.gueltig_bis)
                 WHERE k.mandant_id = ? AND k.id = ? AND (k.gueltig_bis IS NULL OR k.gueltig_bis > now())
                   AND p.art = 'technisch' AND gilt(p.gueltig_von, p.gueltig_bis)""")
                        .params(mandant, uuid(teile.group(2)))
                        .query(Bekannt.class)
                        .optional()
                        .filter(b -> MessageDigest.isEqual(b.hash, sha256(teile.group(3))))
                        .map(b -> new Anmeldung(mandant, b.person, b.pseudonym, b.name))));
    }

    private static String hex(UUID id) {
        return id.toString().replace("-", "");
    }

    private static UUID uuid(String hex) {
        return UUID.fromString(hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
