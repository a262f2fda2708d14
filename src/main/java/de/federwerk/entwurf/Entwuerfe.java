package de.federwerk.entwurf;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The drafts of a person. Who else might ask for them is no question of rights: every statement names the person. */
@Component
class Entwuerfe {

    /** Bytes of the fields of one draft. */
    static final int GROESSE = 64 << 10;
    /** Of one person; for more the oldest goes. */
    static final int HOECHSTENS = 200;

    static final Duration FRIST = Duration.ofDays(30);

    private static final int FELDER = 500;
    private static final Pattern SCHLUESSEL = Pattern.compile("[!-~]{1,200}");
    private static final Pattern NAME = Pattern.compile("[^_\\p{Cntrl}\\p{Cs}][^\\p{Cntrl}\\p{Cs}]{0,199}");
    /** What jsonb refuses: NUL, and half a character. */
    private static final Pattern UNSPEICHERBAR = Pattern.compile("[\\x00\\p{Cs}]");
    /** The page never sends these; should it learn to, they are not kept. */
    private static final Set<String> NIE = Set.of("hidden", "password", "file");

    /** A field as it stood. @param art its type in HTML @param an of one that is ticked or not: whether */
    record Feld(
            String name, String art, String wert, @Nullable Boolean an) {}

    /** @param alter milliseconds since it was typed: no two clocks need agree */
    record Entwurf(String schluessel, long alter, List<Feld> felder) {}

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final JsonMapper json = JsonMapper.shared();

    Entwuerfe(JdbcClient datenbank, Einmal einmal) {
        this.datenbank = datenbank;
        this.einmal = einmal;
    }

    /**
     * Keeps what stands in a form now, in place of what stood there before.
     *
     * @param schluessel which form
     * @param alter since it was typed
     * @throws Abgelehnt (EINGABE) for what no form of ours sends, (GRENZE) if it is too large, (KONFLIKT) if something typed later is kept
     */
    @Transactional
    void merke(UUID person, String schluessel, Duration alter, List<Feld> felder) {
        if (!SCHLUESSEL.matcher(schluessel).matches() || !felder.stream().allMatch(Entwuerfe::speicherbar))
            throw unverstanden();
        var text = json.writeValueAsString(felder.stream().map(Entwuerfe::rein).toList());
        if (felder.size() > FELDER || text.getBytes(StandardCharsets.UTF_8).length > GROESSE)
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Der Entwurf ist zu groß, um ihn aufzubewahren. Was Sie eingegeben haben, steht noch auf der Seite.");
        // One after the other: else two would each find room for the last one.
        einmal.warte(person);
        boolean behalten = datenbank
                        .sql("""
                INSERT INTO entwurf (mandant_id, person_id, schluessel, felder, getippt)
                VALUES (:m, :person, :schluessel, CAST(:felder AS jsonb), clock_timestamp() - make_interval(secs => :alter))
                ON CONFLICT (mandant_id, person_id, schluessel) DO UPDATE SET felder = excluded.felder, getippt = excluded.getippt
                 WHERE excluded.getippt >= entwurf.getippt""")
                        .param("m", mandant())
                        .param("person", person)
                        .param("schluessel", schluessel)
                        .param("felder", text)
                        .param("alter", Math.clamp(alter.toMillis(), 0, FRIST.toMillis()) / 1000.0)
                        .update()
                == 1;
        if (!behalten)
            throw Abgelehnt.konflikt(
                    "In einem anderen Fenster haben Sie später getippt; das ist aufbewahrt. Was Sie hier eingegeben haben, steht noch auf der Seite.");
        datenbank
                .sql("""
                DELETE FROM entwurf WHERE mandant_id = :m AND person_id = :person AND schluessel IN (
                    SELECT schluessel FROM entwurf WHERE mandant_id = :m AND person_id = :person ORDER BY getippt DESC, schluessel OFFSET :hoechstens)""")
                .param("m", mandant())
                .param("person", person)
                .param("hoechstens", HOECHSTENS)
                .update();
    }

    private static boolean speicherbar(@Nullable Feld feld) {
        return feld != null && NAME.matcher(feld.name).matches() && feld.art.length() <= 40 && !NIE.contains(feld.art);
    }

    private static Feld rein(Feld feld) {
        return new Feld(
                feld.name,
                UNSPEICHERBAR.matcher(feld.art).replaceAll("\uFFFD"),
                UNSPEICHERBAR.matcher(feld.wert).replaceAll("\uFFFD"),
                feld.an);
    }

    static Abgelehnt unverstanden() {
        return Abgelehnt.eingabe(
                "Das ist kein Entwurf eines Formulars. Es wurde nichts aufbewahrt; was Sie eingegeben haben, steht noch auf der Seite.");
    }

    /** Those of these forms for which this person has a draft. */
    @Transactional(readOnly = true)
    List<Entwurf> finde(UUID person, List<String> schluessel) {
        return datenbank
                .sql("""
                SELECT schluessel, greatest(0, extract(epoch FROM clock_timestamp() - getippt) * 1000)::bigint AS alter, felder::text AS felder FROM entwurf
                 WHERE mandant_id = :m AND person_id = :person AND schluessel IN (SELECT unnest(CAST(:schluessel AS text[])))""")
                .param("m", mandant())
                .param("person", person)
                .param(
                        "schluessel",
                        schluessel.stream()
                                .filter(s -> SCHLUESSEL.matcher(s).matches())
                                .toArray(String[]::new))
                .query((zeile, nr) -> new Entwurf(
                        zeile.getString("schluessel"),
                        zeile.getLong("alter"),
                        List.of(json.readValue(zeile.getString("felder"), Feld[].class))))
                .list();
    }

    /** It was sent, or the person does not want it any more. */
    @Transactional
    void vergiss(UUID person, String schluessel) {
        if (!SCHLUESSEL.matcher(schluessel).matches()) return;
        datenbank
                .sql("DELETE FROM entwurf WHERE mandant_id = ? AND person_id = ? AND schluessel = ?")
                .params(mandant(), person, schluessel)
                .update();
    }

    /** Nobody comes back to them. */
    @Transactional
    void raeumeAuf() {
        datenbank
                .sql("DELETE FROM entwurf WHERE mandant_id = ? AND getippt < now() - make_interval(days => ?)")
                .params(mandant(), Math.toIntExact(FRIST.toDays()))
                .update();
    }
}
