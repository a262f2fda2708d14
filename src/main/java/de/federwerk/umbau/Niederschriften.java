package de.federwerk.umbau;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Personen;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.umbau.Weiterungen.Weiterung;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What was agreed to with the decision about an Umbau, and what was done: the record that stays. */
@Component
class Niederschriften {

    private static final int GENANNTE = 3;

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Protokoll protokoll;

    Niederschriften(JdbcClient datenbank, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    /**
     * Keeps which Freigaben may become wider on the day, and no others.
     *
     * @return them, in words
     * @throws Abgelehnt (EINGABE) if there are some and it was not agreed to them, (KONFLIKT) if the Umbau cannot be
     */
    @Transactional(propagation = Propagation.MANDATORY)
    String stimmeZu(UUID umbau, Vorschau.Ergebnis vorschau, boolean zugestimmt) {
        if (vorschau.einwand() != null) {
            throw Abgelehnt.konflikt(vorschau.einwand() + " Es wurde nichts ausgeführt.");
        }
        var weitere = vorschau.weiterungen();
        if (!weitere.isEmpty() && !zugestimmt) {
            throw Abgelehnt.eingabe(
                    "Durch diesen Umbau %s danach mehr Personen oder mehr Akten: %s Ist das gewollt, kreuzen Sie „Diese Freigaben werden weiter“ an; sonst beenden Sie sie vorher unter „Rechte“. Es wurde nichts ausgeführt."
                            .formatted(
                                    weitere.size() == 1
                                            ? "erreicht eine Freigabe"
                                            : "erreichen " + Anzeige.zahl(weitere.size()) + " Freigaben",
                                    genannte(weitere)));
        }
        schreibe(umbau, weitere);
        return inWorten(weitere);
    }

    private static String genannte(List<Weiterung> weitere) {
        return weitere.stream().limit(GENANNTE).map(Weiterung::kurz).collect(Collectors.joining("; "))
                + (weitere.size() > GENANNTE ? "; und %d weitere.".formatted(weitere.size() - GENANNTE) : ".");
    }

    private static String inWorten(List<Weiterung> weitere) {
        return weitere.stream().map(Weiterung::inWorten).collect(Collectors.joining("\n"));
    }

    private void schreibe(UUID umbau, Collection<Weiterung> weitere) {
        datenbank
                .sql("DELETE FROM umbauweiterung WHERE mandant_id = ? AND umbau_id = ?")
                .params(mandant(), umbau)
                .update();
        datenbank
                .sql("""
                INSERT INTO umbauweiterung (mandant_id, umbau_id, nummer, fuer_id, fuer, recht, worauf_id, worauf, bis, leute_aus, akten_von, dazu)
                SELECT ?, ?, row_number() OVER (ORDER BY t.nr), t.fuer_id, t.fuer, t.recht, t.worauf_id, t.worauf, nullif(CAST(t.bis AS timestamptz), 'infinity'),
                       CAST(t.leute AS uuid[]), CAST(t.akten AS uuid[]), t.dazu
                  FROM unnest(CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS smallint[]), CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS text[]),
                              CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]))
                       WITH ORDINALITY AS t (fuer_id, fuer, recht, worauf_id, worauf, bis, leute, akten, dazu, nr)""")
                .param(mandant())
                .param(umbau)
                .param(Umzug.feld(weitere.stream().map(Weiterung::fuerId).toList()))
                .param(texte(weitere, Weiterung::fuer))
                .param(texte(weitere, w -> String.valueOf(w.recht())))
                .param(Umzug.feld(weitere.stream().map(Weiterung::woraufId).toList()))
                .param(texte(weitere, Weiterung::worauf))
                .param(texte(weitere, w -> w.bis() == null ? "infinity" : String.valueOf(w.bis())))
                .param(texte(weitere, w -> Umzug.feld(w.leuteAus())))
                .param(texte(weitere, w -> Umzug.feld(w.aktenVon())))
                .param(texte(weitere, Weiterung::dazu))
                .update();
    }

    private static String[] texte(Collection<Weiterung> weitere, Function<Weiterung, String> was) {
        return weitere.stream().map(was).toArray(String[]::new);
    }

    /** On the day. @throws Abgelehnt (KONFLIKT) if another Freigabe would become wider than those that were agreed to, or one of them further */
    @Transactional(propagation = Propagation.MANDATORY)
    void verlangeZustimmung(UUID umbau, List<Weiterung> weitere) {
        var zugestimmt = weiterungen(umbau);
        var neue = weitere.stream()
                .filter(w -> zugestimmt.stream().noneMatch(z -> z.deckt(w)))
                .toList();
        if (!neue.isEmpty()) {
            throw Abgelehnt.konflikt(
                    "Freigaben würden weiter, denen beim Beschluss niemand zugestimmt hat: %s Bitte gehen Sie auf „Wieder bearbeiten“, sehen Sie die Vorschau an und beschließen Sie noch einmal."
                            .formatted(genannte(neue)));
        }
    }

    private List<Weiterung> weiterungen(UUID umbau) {
        return datenbank
                .sql(
                        "SELECT fuer_id, fuer, recht, worauf_id, worauf, bis, leute_aus, akten_von, dazu FROM umbauweiterung WHERE mandant_id = ? AND umbau_id = ? ORDER BY nummer")
                .params(mandant(), umbau)
                .query((z, nr) -> {
                    var bis = z.getObject("bis", OffsetDateTime.class);
                    return new Weiterung(
                            z.getObject("fuer_id", UUID.class),
                            z.getString("fuer"),
                            z.getInt("recht"),
                            z.getObject("worauf_id", UUID.class),
                            z.getString("worauf"),
                            bis == null ? null : bis.toInstant(),
                            Umbauten.ids(z.getArray("leute_aus")),
                            Umbauten.ids(z.getArray("akten_von")),
                            z.getString("dazu"));
                })
                .list();
    }

    /** Keeps what was done. */
    @Transactional(propagation = Propagation.MANDATORY)
    void haltFest(Umbauten.Plan plan, Vorschau.Ergebnis ergebnis) {
        var zuordnungen = ergebnis.zuordnungen();
        var zugriffe = ergebnis.zugriffe();
        int nummer = 0;
        for (var z : zuordnungen) {
            datenbank
                    .sql(
                            "INSERT INTO umbauzuordnung (mandant_id, umbau_id, nummer, schritt, was, von_id, von, nach_id, nach, anzahl, namen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .param(mandant())
                    .param(plan.id())
                    .param(++nummer)
                    .param(z.schritt())
                    .param(z.was())
                    .param(z.vonId())
                    .param(z.von())
                    .param(z.nachId())
                    .param(z.nach())
                    .param(z.anzahl())
                    .param(z.namen())
                    .update();
        }
        datenbank
                .sql("""
                INSERT INTO umbauzugriff (mandant_id, umbau_id, nummer, person_id, name, gewinnt, was)
                SELECT ?, ?, row_number() OVER (ORDER BY t.nr), t.person, t.name, t.gewinnt, t.was
                  FROM unnest(CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS boolean[]), CAST(? AS text[])) WITH ORDINALITY AS t (person, name, gewinnt, was, nr)""")
                .param(mandant())
                .param(plan.id())
                .param(Umzug.feld(
                        zugriffe.stream().map(Zugriffsbild.Aenderung::person).toList()))
                .param(zugriffe.stream().map(Zugriffsbild.Aenderung::name).toArray(String[]::new))
                .param(zugriffe.stream().map(a -> String.valueOf(a.gewinnt())).toArray(String[]::new))
                .param(zugriffe.stream().map(Zugriffsbild.Aenderung::was).toArray(String[]::new))
                .update();
        schreibe(plan.id(), ergebnis.weiterungen());
        datenbank
                .sql("UPDATE umbau SET stand = 'ausgefuehrt', ausgefuehrt = now() WHERE mandant_id = ? AND id = ?")
                .params(mandant(), plan.id())
                .update();
        var inhalt = new ArrayList<String>();
        zuordnungen.forEach(
                z -> inhalt.add("%d. %s: %s → %s (%d)".formatted(z.schritt(), z.was(), z.von(), z.nach(), z.anzahl())));
        protokoll.schreibe(
                personen.pseudonym(requireNonNull(plan.beschlossenVon())),
                "umbau.ausgefuehrt",
                plan.id(),
                null,
                Map.of(
                        "titel",
                        plan.titel(),
                        "zuordnung",
                        String.join("\n", inhalt),
                        "weitere_freigaben",
                        inWorten(ergebnis.weiterungen())),
                "umbau");
    }

    /** The record of what was done. */
    @Transactional(readOnly = true)
    Vorschau.Ergebnis ergebnis(UUID umbau) {
        return new Vorschau.Ergebnis(
                datenbank
                        .sql(
                                "SELECT schritt, was, von_id, von, nach_id, nach, anzahl, namen FROM umbauzuordnung WHERE mandant_id = ? AND umbau_id = ? ORDER BY nummer")
                        .params(mandant(), umbau)
                        .query(Zuordnung.class)
                        .list(),
                datenbank
                        .sql(
                                "SELECT person_id AS person, name, gewinnt, was FROM umbauzugriff WHERE mandant_id = ? AND umbau_id = ? ORDER BY nummer")
                        .params(mandant(), umbau)
                        .query(Zugriffsbild.Aenderung.class)
                        .list(),
                weiterungen(umbau),
                null);
    }
}
