package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Schriftgut;
import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Leitungen;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What an Einschränkung is about, and who decides on it: the role Datenschutz, who manages it, and who leads its unit. */
@Component
class Gegenstaende {

    /** @param aktenzeichen of a Dokument that of its Vorgang @param nummer only of a Dokument */
    record Gegenstand(
            Art art,
            UUID id,
            UUID akteId,
            @Nullable UUID vorgangId,
            UUID einheitId,
            int schutzbereichId,
            String aktenzeichen,
            @Nullable Integer nummer) {

        /** As it may stand in the Protokoll and on pages of those who do not see it. */
        String name() {
            return switch (art) {
                case AKTE -> "Akte " + aktenzeichen;
                case VORGANG -> "Vorgang " + aktenzeichen;
                case DOKUMENT -> "Dokument Nr. " + nummer + " im Vorgang " + aktenzeichen;
            };
        }
    }

    private static final String ALLE = """
            SELECT 'AKTE' AS art, a.id, a.id AS akte_id, NULL::uuid AS vorgang_id, a.einheit_id, a.schutzbereich_id, a.aktenzeichen, NULL::int AS nummer
              FROM akte a WHERE a.mandant_id = :m AND %1$s
            UNION ALL SELECT 'VORGANG', v.id, v.akte_id, v.id, v.einheit_id, v.schutzbereich_id, v.aktenzeichen, NULL::int
              FROM vorgang v WHERE v.mandant_id = :m AND %2$s
            UNION ALL SELECT 'DOKUMENT', d.id, d.akte_id, d.vorgang_id, v.einheit_id, d.schutzbereich_id, v.aktenzeichen, d.nummer
              FROM dokument d JOIN vorgang v ON v.mandant_id = d.mandant_id AND v.id = d.vorgang_id WHERE d.mandant_id = :m AND %3$s""";

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Leitungen leitungen;
    private final Personen personen;

    Gegenstaende(JdbcClient datenbank, Berechtigungen berechtigungen, Leitungen leitungen, Personen personen) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.leitungen = leitungen;
        this.personen = personen;
    }

    /** Whoever may see it. @throws NichtGefunden if there is none */
    @Transactional(readOnly = true)
    public Gegenstand hole(Art art, UUID id) {
        return datenbank
                .sql(ALLE.formatted("a.id = :id", "v.id = :id", "d.id = :id"))
                .param("m", mandant())
                .param("id", id)
                .query(Gegenstand.class)
                .list()
                .stream()
                .filter(g -> g.art == art)
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Das gibt es nicht, oder es ist nicht für Sie freigegeben."));
    }

    /** An Akte or a Vorgang by its whole Aktenzeichen; not one in the Papierkorb. */
    @Transactional(readOnly = true)
    public Optional<Gegenstand> mitAktenzeichen(String aktenzeichen) {
        return datenbank
                .sql(
                        "SELECT * FROM (" + ALLE.formatted("a.aktenzeichen = :z", "v.aktenzeichen = :z", "false")
                                + ") g WHERE NOT EXISTS (SELECT FROM papierkorb p WHERE p.mandant_id = :m AND p.id = g.id) LIMIT 1")
                .param("m", mandant())
                .param("z", aktenzeichen)
                .query(Gegenstand.class)
                .optional();
    }

    /** What it is called, for whoever may read it; empty for others. */
    @Transactional(readOnly = true)
    public Optional<String> titel(Anmeldung wer, Gegenstand g) {
        return gesehen(berechtigungen.sicht(wer.person(), Recht.LESEN), g);
    }

    private Optional<String> gesehen(Sicht sicht, Gegenstand g) {
        return datenbank
                .sql(
                        "SELECT z.aktenzeichen, z.titel FROM (VALUES (CAST(:art AS text), CAST(:id AS uuid))) x (art, id) JOIN LATERAL "
                                + Schriftgut.gesehen(sicht, "x.art", "x.id") + " z ON true")
                .param("m", mandant())
                .param("art", g.art.tabelle())
                .param("id", g.id)
                .params(sicht.parameter())
                .query((z, nr) -> (g.art == Art.DOKUMENT ? "" : z.getString("aktenzeichen") + " ") + "„"
                        + z.getString("titel") + "“")
                .optional();
    }

    @Transactional(readOnly = true)
    public boolean istDatenschutz(Anmeldung wer) {
        return personen.profil(wer.person())
                .filter(p -> p.hat(Rolle.DATENSCHUTZ))
                .isPresent();
    }

    /** Whether this person restricts its processing and lifts that again. */
    @Transactional(readOnly = true)
    public boolean darf(Anmeldung wer, Gegenstand g) {
        return istDatenschutz(wer)
                || titel(wer, g).isPresent()
                        && (berechtigungen
                                        .sicht(wer.person(), Recht.VERWALTEN)
                                        .bereiche()
                                        .contains(g.schutzbereichId)
                                || leitungen.istLeitung(wer.person())
                                        && leitungen.leitetEmpfaenger(wer.person(), g.einheitId));
    }

    /** Whether this person may work on it, were it not restricted. */
    @Transactional(readOnly = true)
    public boolean bearbeitet(Anmeldung wer, Gegenstand g) {
        return gesehen(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), g).isPresent();
    }
}
