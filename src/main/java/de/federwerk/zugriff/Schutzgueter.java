package de.federwerk.zugriff;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Gelesenes;
import de.federwerk.berechtigung.Gelesenes.Gegenstand;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Leitungen;
import de.federwerk.zugriff.Schutzgut.Art;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Akten, Vorgänge and Dokumente as things with rights, for those who see them. */
@Component
class Schutzgueter {

    private static final String KOORDINATE =
            "s.plan_knoten, s.einheit_id, s.stufe, s.sonder_id FROM %s JOIN schutzbereich s ON s.mandant_id = x.mandant_id AND s.id = x.schutzbereich_id WHERE x.mandant_id = :m AND x.id = :id AND ";

    private static final String AKTE =
            "SELECT 'AKTE' AS art, x.id, x.id AS akte, NULL::uuid AS vorgang, x.aktenzeichen, x.titel, x.schutzbereich_id AS schutzbereich, NULL::int AS ueber, x.einheit_id AS federfuehrend, "
                    + KOORDINATE.formatted("akte x");
    private static final String VORGANG =
            "SELECT 'VORGANG' AS art, x.id, x.akte_id AS akte, x.id AS vorgang, x.aktenzeichen, x.titel, x.schutzbereich_id AS schutzbereich, a.schutzbereich_id AS ueber, x.einheit_id AS federfuehrend, "
                    + KOORDINATE.formatted("vorgang x JOIN akte a ON a.mandant_id = x.mandant_id AND a.id = x.akte_id");
    private static final String DOKUMENT =
            "SELECT 'DOKUMENT' AS art, x.id, x.akte_id AS akte, x.vorgang_id AS vorgang, v.aktenzeichen, x.titel, x.schutzbereich_id AS schutzbereich, v.schutzbereich_id AS ueber, v.einheit_id AS federfuehrend, "
                    + KOORDINATE.formatted(
                            "dokument x JOIN vorgang v ON v.mandant_id = x.mandant_id AND v.id = x.vorgang_id");

    /** A Vorgang of the Akte whose rights are not those of the Akte. */
    record Abweichung(
            UUID id,
            String aktenzeichen,
            String titel,
            boolean unterbrochen,
            @Nullable String sonderbereich,
            int stufe,
            long einzelne) {}

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Leitungen leitungen;

    Schutzgueter(JdbcClient datenbank, Berechtigungen berechtigungen, Leitungen leitungen) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.leitungen = leitungen;
    }

    /** @throws NichtGefunden if it does not exist for this person */
    @Transactional(readOnly = true)
    public Schutzgut sichtbares(Anmeldung wer, Art art, UUID id) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var gut = finde(sicht, art, id)
                .orElseThrow(() -> new NichtGefunden("Das gibt es nicht, oder es ist nicht für Sie freigegeben."));
        // The page of who sees it names it: that is reading, too.
        Gelesenes.merke(sicht, Gegenstand.valueOf(art.name()), id, gut.akte(), gut.schutzbereich());
        return gut;
    }

    /** Whether the person sees the Akte of a thing that she sees. */
    @Transactional(readOnly = true)
    public boolean siehtAkte(Anmeldung wer, Schutzgut gut) {
        return gut.art() == Art.AKTE
                || finde(berechtigungen.sicht(wer.person(), Recht.LESEN), Art.AKTE, gut.akte())
                        .isPresent();
    }

    @Transactional(readOnly = true)
    public boolean istSichtbar(Anmeldung wer, Schutzgut gut) {
        return finde(berechtigungen.sicht(wer.person(), Recht.LESEN), gut.art(), gut.id())
                .isPresent();
    }

    private Optional<Schutzgut> finde(Sicht sicht, Art art, UUID id) {
        var sql = switch (art) {
            case AKTE -> AKTE + sicht.aufAkte("x");
            case VORGANG -> VORGANG + sicht.aufVorgang("x");
            case DOKUMENT -> DOKUMENT + sicht.aufDokument("x");
        };
        return datenbank
                .sql(sql)
                .param("m", mandant())
                .param("id", id)
                .params(sicht.parameter())
                .query(Schutzgut.class)
                .optional();
    }

    /** Whether this person may change who sees it: by the level VERWALTEN, or as head of the unit that leads it. */
    @Transactional(readOnly = true)
    public boolean darfAendern(Anmeldung wer, Schutzgut gut) {
        return finde(berechtigungen.sicht(wer.person(), Recht.VERWALTEN), gut.art(), gut.id())
                        .isPresent()
                || leitungen.leitetEmpfaenger(wer.person(), gut.federfuehrend());
    }

    /** @throws NichtGefunden not for this person @throws Abgelehnt (RECHT) if the person sees it but may not change its rights */
    @Transactional(readOnly = true)
    public Schutzgut zumAendern(Anmeldung wer, Art art, UUID id) {
        var gut = sichtbares(wer, art, id);
        if (!darfAendern(wer, gut)) {
            throw Abgelehnt.recht(
                    "Wer " + art.diese()
                            + " sieht, bestimmt die Leitung der federführenden Einheit oder wer hier „verwalten“ darf. Bitte wenden Sie sich dorthin.");
        }
        return gut;
    }

    /** The thing as it is now, whoever asks: within a change whose author was asked before. */
    @Transactional(readOnly = true)
    public Schutzgut jetzt(Schutzgut gut) {
        return lies(gut.art(), gut.id());
    }

    /** As {@link #jetzt}, the Akte that it lies in. */
    @Transactional(readOnly = true)
    public Schutzgut akte(Schutzgut gut) {
        return lies(Art.AKTE, gut.akte());
    }

    private Schutzgut lies(Art art, UUID id) {
        return datenbank
                .sql(
                        switch (art) {
                            case AKTE -> AKTE + "TRUE";
                            case VORGANG -> VORGANG + "TRUE";
                            case DOKUMENT -> DOKUMENT + "TRUE";
                        })
                .param("m", mandant())
                .param("id", id)
                .query(Schutzgut.class)
                .single();
    }

    /** Vorgänge of an Akte that this person sees and that have a rule of their own or single grants; at most 30. */
    @Transactional(readOnly = true)
    public List<Abweichung> abweichungen(Anmeldung wer, Schutzgut akte) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        return datenbank
                .sql("""
                SELECT * FROM (
                    SELECT v.id, v.aktenzeichen, v.titel, s.sonder_id IS NOT NULL AND s.sonder_id IS DISTINCT FROM CAST(:sonder AS uuid) AS unterbrochen,
                           (SELECT o.name FROM sonderbereich o WHERE o.mandant_id = v.mandant_id AND o.id = s.sonder_id) AS sonderbereich, s.stufe,
                           (SELECT count(*) FROM einzelfreigabe e WHERE e.mandant_id = v.mandant_id AND e.vorgang_id = v.id AND gilt(e.gueltig_von, e.gueltig_bis))
                           + (SELECT count(*) FROM aufgabenrecht r WHERE r.mandant_id = v.mandant_id AND r.vorgang_id = v.id) AS einzelne
                      FROM vorgang v JOIN schutzbereich s ON s.mandant_id = v.mandant_id AND s.id = v.schutzbereich_id
                     WHERE v.mandant_id = :m AND v.akte_id = :akte AND %s ORDER BY v.ordnung) v
                 WHERE unterbrochen OR stufe <> :stufe OR einzelne > 0 LIMIT 30""".formatted(sicht.aufVorgang("v")))
                .param("m", mandant())
                .param("akte", akte.akte())
                .param("sonder", akte.sonderId(), java.sql.Types.OTHER)
                .param("stufe", akte.stufe())
                .params(sicht.parameter())
                .query(Abweichung.class)
                .list();
    }
}
