package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.protokoll.Protokoll.Tat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Vorgänge and Akten that somebody works on go to somebody else, many at once: whoever leaves the house leaves them behind. */
@Component
public class Vorgangsuebergabe {

    /** One Protokoll entry each; some seconds of work. */
    private static final int HOECHSTENS = 5_000;

    /** @param titel null if whoever looks may not see it */
    public record Zeile(
            UUID id, @Nullable String titel, @Nullable String aktenzeichen, String pfad) {}

    /** @param vorgaenge in Bearbeitung @param akten open */
    public record Bestand(long vorgaenge, long akten) {}

    private static final String OFFENE_VORGAENGE = "v.bearbeiter_id = :person AND v.stand = 'in_bearbeitung'";
    private static final String OFFENE_AKTEN = "a.bearbeiter_id = :person AND a.stand = 'offen'";

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Protokoll protokoll;

    Vorgangsuebergabe(JdbcClient datenbank, Berechtigungen berechtigungen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.protokoll = protokoll;
    }

    @Transactional(readOnly = true)
    public Bestand bestand(UUID person) {
        return frage("""
                SELECT (SELECT count(*) FROM vorgang v WHERE v.mandant_id = :m AND %s) AS vorgaenge,
                       (SELECT count(*) FROM akte a WHERE a.mandant_id = :m AND %s) AS akten""".formatted(OFFENE_VORGAENGE, OFFENE_AKTEN), person)
                .query(Bestand.class)
                .single();
    }

    /** Those that were touched last. */
    @Transactional(readOnly = true)
    public List<Zeile> vorgaenge(UUID wer, UUID person, int hoechstens) {
        var sicht = berechtigungen.sicht(wer, Recht.LESEN);
        return frage("""
                SELECT v.id, CASE WHEN v.darf THEN v.titel END AS titel, CASE WHEN v.darf THEN v.aktenzeichen END AS aktenzeichen, '/vorgaenge/' || v.id AS pfad
                  FROM (SELECT v.id, v.titel, v.aktenzeichen, v.geaendert, %s AS darf FROM vorgang v WHERE v.mandant_id = :m AND %s
                         ORDER BY v.geaendert DESC, v.id DESC LIMIT :hoechstens) v ORDER BY v.geaendert DESC, v.id DESC""".formatted(sicht.aufVorgang("v"), OFFENE_VORGAENGE), person)
                .param("hoechstens", hoechstens)
                .params(sicht.parameter())
                .query(Zeile.class)
                .list();
    }

    private JdbcClient.StatementSpec frage(String sql, UUID person) {
        return datenbank.sql(sql).param("m", mandant()).param("person", person);
    }

    /**
     * From now on somebody else works on them. What the new one may not work on stays where it is. The caller asks for the role.
     *
     * @param grund stands in the Protokoll of each
     * @return how many Vorgänge have gone over; the Akten go with them, uncounted
     */
    @Transactional
    public int uebergib(Anmeldung wer, UUID person, UUID an, String grund) {
        var sicht = berechtigungen.sicht(an, Recht.BEARBEITEN);
        var vorgaenge = gib(
                """
                UPDATE vorgang v SET bearbeiter_id = :an WHERE v.mandant_id = :m AND v.id IN (
                    SELECT v.id FROM vorgang v WHERE v.mandant_id = :m AND %s AND %s ORDER BY v.id LIMIT :hoechstens FOR NO KEY UPDATE)
                   AND %s RETURNING v.id, v.akte_id AS akte""".formatted(OFFENE_VORGAENGE, sicht.aufVorgang("v"), OFFENE_VORGAENGE),
                person,
                an,
                sicht.parameter());
        var akten = gib("""
                UPDATE akte a SET bearbeiter_id = :an WHERE a.mandant_id = :m AND a.id IN (
                    SELECT a.id FROM akte a WHERE a.mandant_id = :m AND %s AND %s ORDER BY a.id LIMIT :hoechstens FOR NO KEY UPDATE)
                   AND %s RETURNING a.id, a.id AS akte""".formatted(OFFENE_AKTEN, sicht.aufAkte("a"), OFFENE_AKTEN), person, an, sicht.parameter());
        var inhalt = Map.of("von", person.toString(), "an", an.toString(), "text", grund);
        protokoll.schreibe(wer.pseudonym(), "vorgang.uebergeben", taten(vorgaenge, inhalt));
        protokoll.schreibe(wer.pseudonym(), "akte.uebergeben", taten(akten, inhalt));
        return vorgaenge.size();
    }

    private record Gegebenes(UUID id, UUID akte) {}

    private List<Gegebenes> gib(String sql, UUID person, UUID an, Map<String, Object> sicht) {
        return frage(sql, person)
                .param("an", an)
                .param("hoechstens", HOECHSTENS)
                .params(sicht)
                .query(Gegebenes.class)
                .list();
    }

    private static List<Tat> taten(List<Gegebenes> alle, Map<String, String> inhalt) {
        return alle.stream().map(g -> new Tat(g.id, g.akte, inhalt)).toList();
    }
}
