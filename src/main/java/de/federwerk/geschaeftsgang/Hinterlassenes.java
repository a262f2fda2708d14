package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Freigaben;
import de.federwerk.berechtigung.Recht;
import de.federwerk.geschaeftsgang.Umverteilung.Auftrag;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What somebody leaves behind who leaves the house: tasks, stations that would still come, Laufwege on the way. For the administration, which
 * gives it on without seeing what it is about.
 */
@Component
public class Hinterlassenes {

    /**
     * @param offen open tasks: addressed to the person, or taken out of the inbox of a unit
     * @param kommend stations of running Laufwege that name the person and wait for their turn
     * @param laufwege begun by the person and on the way
     * @param vorlagen templates that name the person
     */
    public record Bestand(long offen, long kommend, long laufwege, long vorlagen) {}

    /** One thing with a way to it, as far as whoever looks may see it. @param titel null if not */
    public record Zeile(
            UUID id, @Nullable String titel, @Nullable String aktenzeichen, String pfad) {}

    /** @param weiter waiting stations that go to the new one, too @param nicht what stayed and why */
    public record Bericht(int getan, int von, int weiter, List<String> nicht) {}

    private static final String OFFEN =
            "s.stand = 'offen' AND coalesce(s.genommen_von, s.empfaenger_id) = :person AND (s.genommen_von IS NOT NULL OR s.empfaenger_art = 'person')";

    /** Not at their turn yet. One that is done and comes back by Rückgabe is found here anew. */
    private static final String KOMMEND =
            "s.stand = 'wartet' AND s.empfaenger_art = 'person' AND s.empfaenger_id = :person AND EXISTS (SELECT FROM laufweg l WHERE l.mandant_id = s.mandant_id AND l.id = s.laufweg_id AND l.stand = 'laeuft')";

    private static final String VORLAGEN = """
            laufwegvorlage v WHERE v.mandant_id = :m AND gilt(v.gueltig_von, v.gueltig_bis)
               AND EXISTS (SELECT FROM vorlagenstation t WHERE t.mandant_id = v.mandant_id AND t.vorlage_id = v.id AND t.fassung = v.fassung AND t.person_id = :person)""";

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Berechtigungen berechtigungen;
    private final Umverteilung umverteilung;
    private final Geschaeftsgang gang;
    private final Personen personen;
    private final Protokoll protokoll;

    Hinterlassenes(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Berechtigungen berechtigungen,
            Umverteilung umverteilung,
            Geschaeftsgang gang,
            Personen personen,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.berechtigungen = berechtigungen;
        this.umverteilung = umverteilung;
        this.gang = gang;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    @Transactional(readOnly = true)
    public Bestand bestand(UUID person) {
        return frage("""
                SELECT (SELECT count(*) FROM station s WHERE s.mandant_id = :m AND %s) AS offen,
                       (SELECT count(*) FROM station s WHERE s.mandant_id = :m AND %s) AS kommend,
                       (SELECT count(*) FROM laufweg l WHERE l.mandant_id = :m AND l.begonnen_von = :person AND l.stand = 'laeuft') AS laufwege,
                       (SELECT count(*) FROM %s) AS vorlagen""".formatted(OFFEN, KOMMEND, VORLAGEN), person)
                .query(Bestand.class)
                .single();
    }

    /** The open tasks that have waited longest. */
    @Transactional(readOnly = true)
    public List<Zeile> aufgaben(UUID wer, UUID person, int hoechstens) {
        return zeilen(wer, person, hoechstens, """
                SELECT s.id, s.vorgang_id, s.offen_seit AS seit FROM station s WHERE s.mandant_id = :m AND %s""".formatted(OFFEN));
    }

    /** The running Laufwege that were begun first. */
    @Transactional(readOnly = true)
    public List<Zeile> laufwege(UUID wer, UUID person, int hoechstens) {
        return zeilen(wer, person, hoechstens, """
                SELECT l.id, l.vorgang_id, l.begonnen AS seit FROM laufweg l WHERE l.mandant_id = :m AND l.begonnen_von = :person AND l.stand = 'laeuft'""");
    }

    private List<Zeile> zeilen(UUID wer, UUID person, int hoechstens, String auswahl) {
        var sicht = berechtigungen.sicht(wer, Recht.LESEN);
        return frage("""
                SELECT g.id, CASE WHEN g.darf THEN g.titel END AS titel, CASE WHEN g.darf THEN g.aktenzeichen END AS aktenzeichen,
                       '/vorgaenge/' || g.vorgang_id || '#laufweg' AS pfad
                  FROM (SELECT a.id, a.vorgang_id, a.seit, v.titel, v.aktenzeichen, %s AS darf FROM (%s ORDER BY seit, id LIMIT :hoechstens) a
                          JOIN vorgang v ON v.mandant_id = :m AND v.id = a.vorgang_id) g ORDER BY g.seit, g.id""".formatted(sicht.aufVorgang("v"), auswahl), person)
                .param("hoechstens", hoechstens)
                .params(sicht.parameter())
                .query(Zeile.class)
                .list();
    }

    /** The templates that name the person; they hold nothing that is protected. */
    @Transactional(readOnly = true)
    public List<Zeile> vorlagen(UUID person, int hoechstens) {
        return frage(
                        "SELECT v.id, v.titel, '' AS aktenzeichen, '/verwaltung/laufwege/' || v.id AS pfad FROM "
                                + VORLAGEN + " ORDER BY v.titel, v.id LIMIT :hoechstens",
                        person)
                .param("hoechstens", hoechstens)
                .query(Zeile.class)
                .list();
    }

    private JdbcClient.StatementSpec frage(String sql, UUID person) {
        return datenbank.sql(sql).param("m", mandant()).param("person", person);
    }

    /**
     * Gives on all open tasks, at most {@link Umverteilung#HOECHSTENS} at once, and the stations to come. Each task in a transaction of its own:
     * what cannot be is named, the rest is done.
     *
     * @throws Abgelehnt (RECHT) without the role ADMINISTRATION
     */
    public Bericht uebergib(Anmeldung wer, UUID person, Empfaenger an, String grund) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        if (an.id().equals(person)) {
            throw Abgelehnt.eingabe("Bitte geben Sie jemand anderen an. Es wurde nichts geändert.");
        }
        var von = new Empfaenger("person", person);
        List<Auftrag> auftraege = transaktion.execute(t -> frage(
                        "SELECT s.id FROM station s WHERE s.mandant_id = :m AND " + OFFEN
                                + " ORDER BY s.faellig NULLS LAST, s.offen_seit, s.id LIMIT :hoechstens",
                        person)
                .param("hoechstens", Umverteilung.HOECHSTENS)
                .query(UUID.class)
                .list()
                .stream()
                .map(id -> new Auftrag(id, von))
                .toList());
        var bericht = auftraege.isEmpty()
                ? new Umverteilung.Bericht(0, 0, List.of())
                : umverteilung.verteile(wer, auftraege, auftrag -> gang.uebergib(wer, auftrag.id(), von, an, grund));
        int weiter = transaktion.execute(t -> gibKommendeAn(wer, person, an, grund));
        return new Bericht(bericht.getan(), bericht.von(), weiter, bericht.nicht());
    }

    /** Whether the new one may do what the station asks is asked when it opens, as for everybody who is named long before. */
    private int gibKommendeAn(Anmeldung wer, UUID person, Empfaenger an, String grund) {
        // In the order in which all others hold them, and before their stations change.
        frage("""
                SELECT l.id FROM laufweg l WHERE l.mandant_id = :m AND l.stand = 'laeuft'
                   AND l.id IN (SELECT s.laufweg_id FROM station s WHERE s.mandant_id = :m AND %s) ORDER BY l.id FOR UPDATE""".formatted(KOMMEND), person).query(UUID.class).list();
        var laufwege = frage("""
                WITH gegeben AS (UPDATE station s SET empfaenger_art = :art, empfaenger_id = :an WHERE s.mandant_id = :m AND %s RETURNING s.laufweg_id)
                SELECT l.id, coalesce(l.dokument_id, l.vorgang_id) AS objekt, v.akte_id, l.titel, count(*) AS stationen
                  FROM gegeben g JOIN laufweg l ON l.mandant_id = :m AND l.id = g.laufweg_id JOIN vorgang v ON v.mandant_id = :m AND v.id = l.vorgang_id
                 GROUP BY l.id, l.dokument_id, l.vorgang_id, v.akte_id, l.titel""".formatted(KOMMEND), person)
                .param("art", an.art())
                .param("an", an.id())
                .query(Gegebenes.class)
                .list();
        var wege = name(new Empfaenger("person", person)) + " → " + name(an) + ". Grund: " + grund;
        // Upon the Vorgang or Dokument, as all that happens to a Laufweg: who sees it reads it in the Verlauf.
        protokoll.schreibe(
                wer.pseudonym(),
                "laufweg.uebergeben",
                laufwege.stream()
                        .map(l -> new Protokoll.Tat(
                                l.objekt,
                                l.akteId,
                                Map.of(
                                        "laufweg",
                                        l.id.toString(),
                                        "titel",
                                        l.titel,
                                        "text",
                                        Anzeige.anzahl(l.stationen, "Station", "Stationen") + ", " + wege,
                                        "grund",
                                        grund,
                                        "von",
                                        "person:" + person,
                                        "an",
                                        an.toString())))
                        .toList());
        return Math.toIntExact(laufwege.stream().mapToLong(Gegebenes::stationen).sum());
    }

    private record Gegebenes(UUID id, UUID objekt, UUID akteId, String titel, long stationen) {}

    private String name(Empfaenger wer) {
        return datenbank
                .sql(
                        "SELECT coalesce(" + Freigaben.subjekt("w")
                                + ", '?') FROM (VALUES (CAST(:m AS uuid), CAST(:art AS text), CAST(:id AS uuid))) w (mandant_id, subjekt_art, subjekt_id)")
                .param("m", mandant())
                .param("art", wer.art())
                .param("id", wer.id())
                .query(String.class)
                .single();
    }
}
