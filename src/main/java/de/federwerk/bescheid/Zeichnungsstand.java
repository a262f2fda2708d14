package de.federwerk.bescheid;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What has been signed of a Dokument, and whether its newest Version may go out. */
@Component
class Zeichnungsstand {

    /**
     * @param version id of the newest Version
     * @param gezeichnet somebody has signed this very one, and nobody has refused it since
     * @param hindernis why it may not go out yet, German; empty: it may
     */
    record Stand(UUID version, int nummer, UUID datei, boolean gezeichnet, String hindernis) {}

    private record Version(UUID id, int nummer, UUID dateiId) {}

    private record Zeichnung(@Nullable UUID versionId, String ergebnis) {}

    private final JdbcClient datenbank;

    Zeichnungsstand(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** @param verlangt whether it must be signed at all */
    @Transactional(readOnly = true)
    public Stand von(UUID dokument, boolean verlangt) {
        var version = datenbank
                .sql(
                        "SELECT id, nummer, datei_id FROM version WHERE mandant_id = ? AND dokument_id = ? ORDER BY nummer DESC LIMIT 1")
                .params(mandant(), dokument)
                .query(Version.class)
                .single();
        var zuletzt = zeichnungen(dokument).stream().findFirst();
        boolean gezeichnet = zuletzt.filter(z -> version.id.equals(z.versionId) && !z.ergebnis.equals("abgelehnt"))
                .isPresent();
        return new Stand(
                version.id,
                version.nummer,
                version.dateiId,
                gezeichnet,
                hindernis(dokument, version, zuletzt, gezeichnet, verlangt));
    }

    private String hindernis(
            UUID dokument, Version version, Optional<Zeichnung> zuletzt, boolean gezeichnet, boolean verlangt) {
        if (offen(dokument)) {
            return "Der Bescheid ist noch zur Zeichnung unterwegs.";
        }
        if (zuletzt.filter(z -> z.ergebnis.equals("abgelehnt") && version.id.equals(z.versionId))
                .isPresent()) {
            return "Die Zeichnung wurde abgelehnt. Bitte ändern Sie den Bescheid und lassen Sie ihn noch einmal zeichnen.";
        }
        if (!gezeichnet && zuletzt.isPresent()) {
            return "Version %d ist neuer als die gezeichnete. Bitte lassen Sie sie zeichnen.".formatted(version.nummer);
        }
        return gezeichnet || !verlangt
                ? ""
                : "Bescheide nach dieser Vorlage müssen gezeichnet sein. Bitte beginnen Sie am Dokument einen Laufweg.";
    }

    /** The newest first. */
    private List<Zeichnung> zeichnungen(UUID dokument) {
        return datenbank
                .sql("""
                SELECT version_id, ergebnis FROM zeichnung WHERE mandant_id = ? AND dokument_id = ? AND art IN ('mitzeichnung', 'schlusszeichnung')
                   AND ergebnis IN ('gezeichnet', 'geaendert', 'abgelehnt') ORDER BY zeit DESC, id DESC""")
                .params(mandant(), dokument)
                .query(Zeichnung.class)
                .list();
    }

    private boolean offen(UUID dokument) {
        return datenbank
                .sql("""
                SELECT EXISTS (SELECT FROM laufweg l JOIN station s ON s.mandant_id = l.mandant_id AND s.laufweg_id = l.id
                 WHERE l.mandant_id = ? AND l.dokument_id = ? AND l.stand = 'laeuft' AND s.art IN ('mitzeichnung', 'schlusszeichnung')
                   AND s.stand IN ('wartet', 'offen'))""")
                .params(mandant(), dokument)
                .query(Boolean.class)
                .single();
    }
}
