package de.federwerk.aktenplan;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.gesicht.Anzeige;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The plan as a whole: how it is, how it was and will be, and the one way in which it is changed. */
@Component
class Planwerk {

    /** @param stand counts the changes of the plan @param ebenen how many levels it may have */
    record Kopf(long stand, int ebenen) {}

    private static final Kopf NEU = new Kopf(0, 6);

    private final JdbcClient datenbank;
    private final ApplicationEventPublisher ereignisse;
    private final JsonMapper json = JsonMapper.shared();

    Planwerk(JdbcClient datenbank, ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.ereignisse = ereignisse;
    }

    @Transactional(readOnly = true)
    public Kopf kopf() {
        return datenbank
                .sql("SELECT stand, ebenen FROM planbuch WHERE mandant_id = ?")
                .param(mandant())
                .query(Kopf.class)
                .optional()
                .orElse(NEU);
    }

    /** Nobody else changes the plan until this transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Kopf sperre() {
        datenbank
                .sql("INSERT INTO planbuch (mandant_id) VALUES (?) ON CONFLICT DO NOTHING")
                .param(mandant())
                .update();
        return datenbank
                .sql("SELECT stand, ebenen FROM planbuch WHERE mandant_id = ? FOR UPDATE")
                .param(mandant())
                .query(Kopf.class)
                .single();
    }

    /** @throws Abgelehnt (KONFLIKT) if positions lie deeper, (EINGABE) if it is not from 1 to 6 */
    @Transactional
    public void setzeEbenen(int ebenen) {
        if (ebenen < 1 || ebenen > 6) {
            throw Abgelehnt.eingabe("Möglich sind eine bis sechs Ebenen.");
        }
        sperre();
        var zuTief = bild().knoten().stream().filter(k -> k.ebene() > ebenen).toList();
        if (!zuTief.isEmpty()) {
            throw Abgelehnt.konflikt(
                    "%s tiefer als Ebene %d: %s%s. Beenden oder verschieben Sie sie zuerst; die Grenze ist unverändert."
                            .formatted(
                                    Anzeige.anzahl(zuTief.size(), "Position liegt", "Positionen liegen"),
                                    ebenen,
                                    String.join(
                                            ", ",
                                            zuTief.stream()
                                                    .limit(20)
                                                    .map(Aktenplan.Knoten::kennzeichen)
                                                    .toList()),
                                    zuTief.size() > 20 ? " …" : ""));
        }
        datenbank
                .sql("UPDATE planbuch SET ebenen = ?, stand = stand + 1 WHERE mandant_id = ?")
                .params(ebenen, mandant())
                .update();
    }

    /** As it is now, ended positions too. */
    @Transactional(readOnly = true)
    public Planbild bild() {
        return new Planbild(datenbank
                .sql(Aktenplan.POSITION)
                .param("m", mandant())
                .query(Position::lies)
                .list());
    }

    /** As it was at the end of a day that is over. */
    @Transactional(readOnly = true)
    public Planbild bildAm(LocalDate tag) {
        return new Planbild(datenbank
                .sql("""
                SELECT DISTINCT ON (knoten_id) knoten_id AS id, ueber_id, kennzeichen, titel, aufbewahrung, aussonderungsart, fristbeginn, rang, fassung,
                       gueltig_von < :ende AND (gueltig_bis IS NULL OR gueltig_bis >= :ende) AS gilt
                  FROM planstand WHERE mandant_id = :m AND ab < :ende ORDER BY knoten_id, fassung DESC""")
                .param("m", mandant())
                .param(
                        "ende",
                        Timestamp.from(
                                tag.plusDays(1).atStartOfDay(Anzeige.ZONE).toInstant()))
                .query(Position::lies)
                .list());
    }

    /** Every Kennzeichen that was ever given, with the position it belongs to. */
    @Transactional(readOnly = true)
    public Map<String, UUID> vergebene() {
        var vergebene = new HashMap<String, UUID>();
        datenbank
                .sql("SELECT kennzeichen, knoten_id FROM plankennzeichen WHERE mandant_id = ?")
                .param(mandant())
                .query((z, nr) -> Map.entry(z.getString(1), z.getObject(2, UUID.class)))
                .list()
                .forEach(e -> vergebene.put(e.getKey(), e.getValue()));
        return vergebene;
    }

    /** How many Akten stand directly under each position that has any. */
    @Transactional(readOnly = true)
    public Map<UUID, Long> akten() {
        var zahlen = new HashMap<UUID, Long>();
        datenbank
                .sql(
                        "SELECT planknoten_id, sum(anzahl) FROM aktenbestand WHERE mandant_id = ? GROUP BY 1 HAVING sum(anzahl) > 0")
                .param(mandant())
                .query((z, nr) -> Map.entry(z.getObject(1, UUID.class), z.getLong(2)))
                .list()
                .forEach(e -> zahlen.put(e.getKey(), e.getValue()));
        return zahlen;
    }

    /** How many Akten under these positions are not zdA, counted up to {@link Planworte#GENAU_BIS} + 1. */
    @Transactional(readOnly = true)
    public long offene(List<Position> positionen) {
        return datenbank
                .sql("""
                SELECT count(*) FROM (SELECT FROM akte WHERE mandant_id = :m AND planknoten_id IN (SELECT unnest(CAST(:ids AS uuid[])))
                   AND stand <> 'zda' LIMIT :hoechstens) a""")
                .param("m", mandant())
                .param("ids", positionen.stream().map(p -> p.id().toString()).toArray(String[]::new))
                .param("hoechstens", Planworte.GENAU_BIS + 1)
                .query(Long.class)
                .single();
    }

    /**
     * Writes changes that were looked through by {@link Planregeln}. The plan is held.
     *
     * @throws Abgelehnt (KONFLIKT) if a position is not any more as it was looked at
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void schreibe(Planbild davor, List<Planaenderung> aenderungen) {
        var danach = davor.mit(aenderungen);
        var neue = satz(aenderungen, a -> a.vorher() == null, danach);
        var andere = satz(aenderungen, a -> a.vorher() != null, danach);
        datenbank
                .sql("""
                INSERT INTO planknoten (mandant_id, id, ueber_id, kennzeichen, titel, ebene, aufbewahrung, aussonderungsart, fristbeginn, rang)
                SELECT :m, t.id, t.ueber, t.kennzeichen, t.titel, t.ebene, t.aufbewahrung, t.art, t.beginn, t.rang FROM\s""" + SATZ)
                .param("m", mandant())
                .param("satz", json.writeValueAsString(neue))
                .update();
        int zahl = datenbank
                .sql("""
                UPDATE planknoten k SET ueber_id = t.ueber, kennzeichen = t.kennzeichen, titel = t.titel, ebene = t.ebene, aufbewahrung = t.aufbewahrung,
                       aussonderungsart = t.art, fristbeginn = t.beginn, rang = t.rang,
                       gueltig_bis = CASE WHEN t.gilt THEN NULL WHEN gilt(k.gueltig_von, k.gueltig_bis) THEN greatest(now(), k.gueltig_von + interval '1 microsecond')
                                          ELSE k.gueltig_bis END
                  FROM\s""" + SATZ + " WHERE k.mandant_id = :m AND k.id = t.id AND k.fassung = t.fassung")
                .param("m", mandant())
                .param("satz", json.writeValueAsString(andere))
                .update();
        if (zahl != andere.size()) {
            throw Abgelehnt.konflikt(
                    "Der Aktenplan hat sich inzwischen geändert. Es wurde nichts übernommen; bitte sehen Sie ihn neu an.");
        }
        // What lies below something that was moved has another level now.
        var verrutschte = danach.alle().stream()
                .filter(p -> davor.position(p.id()) != null && davor.ebene(p.id()) != danach.ebene(p.id()))
                .map(p -> new Ebene(p.id(), Math.clamp(danach.ebene(p.id()), 1, 6)))
                .toList();
        datenbank
                .sql(
                        "UPDATE planknoten k SET ebene = t.ebene FROM jsonb_to_recordset(CAST(:satz AS jsonb)) AS t(id uuid, ebene smallint) WHERE k.mandant_id = :m AND k.id = t.id")
                .param("m", mandant())
                .param("satz", json.writeValueAsString(verrutschte))
                .update();
        datenbank
                .sql("UPDATE planbuch SET stand = stand + 1 WHERE mandant_id = ?")
                .param(mandant())
                .update();
        var umbenannte = aenderungen.stream()
                .filter(Planaenderung::umbenannt)
                .map(a -> a.nachher().id())
                .toList();
        if (!umbenannte.isEmpty()) {
            ereignisse.publishEvent(new PositionenUmbenannt(umbenannte));
        }
    }

    private static final String SATZ = """
            jsonb_to_recordset(CAST(:satz AS jsonb)) AS t(id uuid, ueber uuid, kennzeichen text, titel text, ebene smallint, aufbewahrung smallint,
                art text, beginn text, rang int, fassung int, gilt boolean)""";

    private record Ebene(UUID id, int ebene) {}

    private record Satz(
            UUID id,
            @Nullable UUID ueber,
            String kennzeichen,
            String titel,
            int ebene,
            @Nullable Integer aufbewahrung,
            @Nullable String art,
            @Nullable String beginn,
            int rang,
            int fassung,
            boolean gilt) {}

    private static List<Satz> satz(List<Planaenderung> aenderungen, Predicate<Planaenderung> welche, Planbild danach) {
        return aenderungen.stream()
                .filter(welche)
                .map(a -> {
                    var p = a.nachher();
                    return new Satz(
                            p.id(),
                            p.ueberId(),
                            p.kennzeichen(),
                            p.titel(),
                            danach.ebene(p.id()),
                            p.aufbewahrung(),
                            p.aussonderungsart(),
                            p.fristbeginn(),
                            p.rang(),
                            a.vorher() == null ? 0 : a.vorher().fassung(),
                            p.gilt());
                })
                .toList();
    }

    /** What a plan and another one have different, in the order of the second. */
    static List<Planaenderung> unterschiede(Planbild davor, Planbild danach) {
        var neu = danach.alle().stream()
                .map(p -> new Planaenderung(davor.position(p.id()), p))
                .filter(a -> a.vorher() == null
                        ? a.nachher().gilt()
                        : (a.vorher().gilt() || a.nachher().gilt())
                                && !a.vorher().gleicht(a.nachher()));
        // Only where the first one is the later: what was not yet there has not ended, it is missing.
        var weg = davor.alle().stream()
                .filter(p -> p.gilt() && danach.position(p.id()) == null)
                .map(p -> new Planaenderung(p, p.beendet()));
        return Stream.concat(neu, weg)
                .filter(Objects::nonNull)
                .sorted(java.util.Comparator.comparing(a -> a.nachher().kennzeichen()))
                .toList();
    }
}
