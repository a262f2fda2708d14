package de.federwerk.umbau;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.organisation.Personen;
import de.federwerk.protokoll.Protokoll;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Carries out the steps of an Umbau, in their order, in the running transaction: all of them or none. */
@Component
class Ausfuehrung {

    /** For whom all wait who change the tree of units; the trigger einheit_ohne_kreis waits for the same. */
    static final UUID BAUM = UUID.fromString("00000000-0000-8000-8000-000000000201");

    private final JdbcClient datenbank;
    private final Umzug umzug;
    private final Personen personen;
    private final Einmal einmal;
    private final Protokoll protokoll;

    Ausfuehrung(JdbcClient datenbank, Umzug umzug, Personen personen, Einmal einmal, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.umzug = umzug;
        this.personen = personen;
        this.einmal = einmal;
        this.protokoll = protokoll;
    }

    /**
     * @param wer who decided about it
     * @param probe for the preview, which is rolled back
     * @return what went from where to where
     * @throws Abgelehnt (KONFLIKT) with the step that does not fit and why
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Lauf fuehreAus(UUID wer, List<Schritt> schritte, boolean probe) {
        einmal.warte(BAUM);
        var lauf = new Lauf(wer, personen.pseudonym(wer), probe);
        for (var schritt : schritte) {
            try {
                fuehreAus(lauf, schritt);
            } catch (Abgelehnt e) {
                throw Abgelehnt.konflikt("Schritt %d (%s): %s"
                        .formatted(schritt.nummer(), schritt.art().wort(), e.getMessage()));
            }
        }
        lauf.nachzuziehen().forEach(this::zieheNach);
        return lauf;
    }

    private void fuehreAus(Lauf lauf, Schritt schritt) {
        switch (schritt.art()) {
            case EINRICHTEN -> richteEin(lauf, schritt);
            case UMBENENNEN -> benenneUm(lauf, schritt);
            case VERSCHIEBEN -> verschiebe(lauf, schritt);
            case ZUSAMMENLEGEN, BEENDEN -> gehtAuf(lauf, schritt);
            case TEILEN -> {
                var von = gueltige(schritt.einheit());
                umzug.teil(lauf, schritt, von, gueltige(requireNonNull(schritt.ziel())));
                lauf.zieheNach(requireNonNull(schritt.ziel()));
            }
        }
    }

    private void richteEin(Lauf lauf, Schritt schritt) {
        var kuerzel = requireNonNull(schritt.kuerzel());
        var ueber = schritt.ziel() == null ? null : gueltige(schritt.ziel());
        verlangeFrei(kuerzel, schritt.einheit());
        datenbank
                .sql("INSERT INTO einheit (mandant_id, id, ueber_id, kuerzel, name) VALUES (?, ?, ?, ?, ?)")
                .param(mandant())
                .param(schritt.einheit())
                .param(schritt.ziel())
                .param(kuerzel)
                .param(schritt.name())
                .update();
        var neue = gueltige(schritt.einheit());
        lauf.merke(schritt, "Einheit eingerichtet", neue, "", neue.anzeige() + unter(ueber));
        schreibe(lauf, neue, "einheit.eingerichtet", Map.of("kuerzel", kuerzel, "name", neue.name()));
    }

    private static String unter(@Nullable Einheit ueber) {
        return ueber == null ? ", ganz oben" : ", unter " + ueber.anzeige();
    }

    private void verlangeFrei(String kuerzel, UUID ausser) {
        boolean vergeben = datenbank
                .sql(
                        "SELECT EXISTS (SELECT FROM einheit WHERE mandant_id = ? AND lower(kuerzel) = lower(?) AND gueltig_bis IS NULL AND id <> ?)")
                .params(mandant(), kuerzel, ausser)
                .query(Boolean.class)
                .single();
        if (vergeben) {
            throw Abgelehnt.konflikt("Das Kürzel „" + kuerzel + "“ ist schon vergeben.");
        }
    }

    private void benenneUm(Lauf lauf, Schritt schritt) {
        var vorher = gueltige(schritt.einheit());
        var kuerzel = requireNonNull(schritt.kuerzel());
        verlangeFrei(kuerzel, vorher.id());
        datenbank
                .sql("UPDATE einheit SET kuerzel = ?, name = ? WHERE mandant_id = ? AND id = ?")
                .params(kuerzel, requireNonNull(schritt.name()), mandant(), vorher.id())
                .update();
        var nachher = gueltige(vorher.id());
        lauf.merke(schritt, "Einheit umbenannt", nachher, vorher.anzeige(), nachher.anzeige());
        schreibe(
                lauf,
                nachher,
                "einheit.umbenannt",
                Map.of("kuerzel", kuerzel, "name", nachher.name(), "vorher", vorher.anzeige()));
        if (!kuerzel.equals(vorher.kuerzel())) {
            lauf.zieheNach(vorher.id());
        }
    }

    private void verschiebe(Lauf lauf, Schritt schritt) {
        var einheit = gueltige(schritt.einheit());
        var ueber = schritt.ziel() == null ? null : gueltige(schritt.ziel());
        var vorher = einheit.ueberId() == null ? null : lies(einheit.ueberId());
        if (ueber != null && stehtUnter(ueber.id(), einheit.id())) {
            throw Abgelehnt.konflikt("%s steht selbst unter %s; eine Einheit kann nicht unter sich selbst stehen."
                    .formatted(ueber.anzeige(), einheit.anzeige()));
        }
        haenge(einheit.id(), schritt.ziel());
        lauf.merke(
                schritt,
                "Einheit verschoben",
                einheit,
                einheit.anzeige() + unter(vorher),
                einheit.anzeige() + unter(ueber));
        schreibe(
                lauf,
                einheit,
                "einheit.verschoben",
                Map.of(
                        "unter",
                        ueber == null ? "" : ueber.anzeige(),
                        "vorher",
                        vorher == null ? "" : vorher.anzeige()));
    }

    /** Whether a unit is the other, or stands somewhere below it. */
    private boolean stehtUnter(UUID einheit, UUID andere) {
        return datenbank
                .sql("""
                WITH RECURSIVE darueber (id) AS (
                    SELECT CAST(:einheit AS uuid)
                    UNION SELECT e.ueber_id FROM einheit e JOIN darueber d ON e.mandant_id = :m AND e.id = d.id WHERE e.ueber_id IS NOT NULL)
                SELECT EXISTS (SELECT FROM darueber WHERE id = :andere)""")
                .param("m", mandant())
                .param("einheit", einheit)
                .param("andere", andere)
                .query(Boolean.class)
                .single();
    }

    private void haenge(UUID einheit, @Nullable UUID ueber) {
        datenbank
                .sql("UPDATE einheit SET ueber_id = ? WHERE mandant_id = ? AND id = ?")
                .param(ueber)
                .param(mandant())
                .param(einheit)
                .update();
    }

    /** Merged or ended: all of it goes to another one, which stands as its successor from then on. */
    private void gehtAuf(Lauf lauf, Schritt schritt) {
        var von = gueltige(schritt.einheit());
        var nach = gueltige(requireNonNull(schritt.ziel()));
        // Whoever makes an Akte in it is waited for, and whoever begins to do so afterwards finds it ended.
        datenbank
                .sql("SELECT id FROM einheit WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), von.id())
                .query(UUID.class)
                .single();
        if (stehtUnter(nach.id(), von.id())) {
            // The successor comes up from below, in whatever depth: it takes the place of the one that ends.
            haenge(nach.id(), von.ueberId());
            lauf.merke(
                    schritt,
                    "Einheit verschoben",
                    nach,
                    nach.anzeige() + ", unter " + von.anzeige(),
                    nach.anzeige() + unter(von.ueberId() == null ? null : lies(von.ueberId())));
        }
        umzug.alles(lauf, schritt, von, nach);
        datenbank
                .sql(
                        "UPDATE einheit SET gueltig_bis = greatest(now(), gueltig_von + interval '1 microsecond'), nachfolger_id = ? WHERE mandant_id = ? AND id = ?")
                .params(nach.id(), mandant(), von.id())
                .update();
        // Whoever looks for one that ended before finds the one that is there.
        datenbank
                .sql("UPDATE einheit SET nachfolger_id = ? WHERE mandant_id = ? AND nachfolger_id = ? AND id <> ?")
                .params(nach.id(), mandant(), von.id(), nach.id())
                .update();
        lauf.allesGing(von.id(), nach.id());
        lauf.zieheNach(nach.id());
        lauf.merke(schritt, "Einheit beendet", von, von.anzeige(), "aufgegangen in " + nach.anzeige());
        schreibe(
                lauf,
                von,
                "einheit.beendet",
                Map.of("kuerzel", von.kuerzel(), "name", von.name(), "nachfolger", nach.anzeige()));
    }

    private Einheit gueltige(UUID id) {
        var einheit = lies(id);
        if (!einheit.gueltig()) {
            throw Abgelehnt.konflikt("Die Einheit %s ist schon beendet.".formatted(einheit.anzeige()));
        }
        return einheit;
    }

    private Einheit lies(UUID id) {
        return datenbank
                .sql(
                        "SELECT id, ueber_id, kuerzel, name, gueltig_bis IS NULL AS gueltig FROM einheit WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .query(Einheit.class)
                .optional()
                .orElseThrow(() -> Abgelehnt.konflikt("Eine der Einheiten gibt es nicht (mehr)."));
    }

    private void schreibe(Lauf lauf, Einheit einheit, String handlung, Map<String, String> inhalt) {
        if (!lauf.probe) {
            protokoll.schreibe(lauf.pseudonym, handlung, einheit.id(), null, inhalt, "einheit");
        }
    }

    private void zieheNach(UUID einheit) {
        datenbank.sql("""
                INSERT INTO umbaunachzug (mandant_id, einheit_id, art) SELECT :m, e.id, a.art
                  FROM einheit e CROSS JOIN (VALUES ('akte'), ('vorgang'), ('dokument')) AS a (art) WHERE e.mandant_id = :m AND e.id = :einheit
                ON CONFLICT (mandant_id, einheit_id, art) DO UPDATE SET nach = NULL""").param("m", mandant()).param("einheit", einheit).update();
    }
}
