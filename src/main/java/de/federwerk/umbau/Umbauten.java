package de.federwerk.umbau;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The plans: put together from steps, decided about, or thrown away. What became of them stands in {@link Niederschriften}. */
@Component
class Umbauten {

    private static final int SCHRITTE = 200;
    private static final int JAHRE_VORAUS = 2;
    private static final int GEZEIGT = 200;

    /** @param stand {@code entwurf}, {@code beschlossen}, {@code ausgefuehrt}, {@code gescheitert} or {@code verworfen} */
    record Plan(
            UUID id,
            String titel,
            LocalDate tag,
            String stand,
            int fassung,
            @Nullable String ursache,
            @Nullable UUID beschlossenVon,
            @Nullable Instant beschlossen,
            @Nullable Instant ausgefuehrt) {

        boolean entwurf() {
            return stand.equals("entwurf");
        }

        String inWorten() {
            return switch (stand) {
                case "entwurf" -> "Entwurf";
                case "beschlossen" -> "beschlossen";
                case "ausgefuehrt" -> "ausgeführt";
                case "gescheitert" -> "gescheitert";
                default -> "verworfen";
            };
        }
    }

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Vorschau vorschau;
    private final Niederschriften niederschriften;
    private final Protokoll protokoll;

    Umbauten(
            JdbcClient datenbank,
            Personen personen,
            Vorschau vorschau,
            Niederschriften niederschriften,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.vorschau = vorschau;
        this.niederschriften = niederschriften;
        this.protokoll = protokoll;
    }

    private static final String PLAN =
            "SELECT id, titel, tag, stand, fassung, ursache, beschlossen_von, beschlossen, ausgefuehrt FROM umbau WHERE mandant_id = ?";

    /** The newest first. */
    @Transactional(readOnly = true)
    List<Plan> alle() {
        return datenbank
                .sql(PLAN + " ORDER BY angelegt DESC, id DESC LIMIT " + GEZEIGT)
                .param(mandant())
                .query(Plan.class)
                .list();
    }

    @Transactional(readOnly = true)
    Plan plan(UUID id) {
        return lies(id, "");
    }

    private Plan lies(UUID id, String sperre) {
        return datenbank
                .sql(PLAN + " AND id = ?" + sperre)
                .params(mandant(), id)
                .query(Plan.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diesen Umbau gibt es nicht."));
    }

    @Transactional(readOnly = true)
    List<Schritt> schritte(UUID umbau) {
        return datenbank
                .sql(
                        "SELECT nummer, art, einheit_id, ziel_id, kuerzel, name, stellen, positionen, akten FROM umbauschritt WHERE mandant_id = ? AND umbau_id = ? ORDER BY nummer")
                .params(mandant(), umbau)
                .query((z, nr) -> new Schritt(
                        z.getInt("nummer"),
                        Objects.requireNonNull(Schritt.Art.von(z.getString("art"))),
                        z.getObject("einheit_id", UUID.class),
                        z.getObject("ziel_id", UUID.class),
                        z.getString("kuerzel"),
                        z.getString("name"),
                        ids(z.getArray("stellen")),
                        ids(z.getArray("positionen")),
                        ids(z.getArray("akten"))))
                .list();
    }

    static List<UUID> ids(Array feld) throws SQLException {
        return Arrays.asList((UUID[]) feld.getArray());
    }

    /** Number that counts every change of anybody's rights: a preview holds as long as it does. */
    @Transactional(readOnly = true)
    long rechtestand() {
        return datenbank
                .sql("SELECT coalesce((SELECT stand FROM rechte_stand WHERE mandant_id = ?), 0)")
                .param(mandant())
                .query(Long.class)
                .single();
    }

    /** @param id chosen by the caller: sent twice, it is made once */
    @Transactional
    void legeAn(Anmeldung wer, UUID id, String titel, LocalDate tag) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var name = titel.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (name.isEmpty() || name.length() > 200) {
            throw Abgelehnt.eingabe("Bitte geben Sie dem Umbau einen Titel (bis 200 Zeichen).");
        }
        verlangeTag(tag);
        int neu = datenbank
                .sql(
                        "INSERT INTO umbau (mandant_id, id, titel, tag, angelegt_von) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .params(mandant(), id, name, tag, wer.person())
                .update();
        if (neu > 0) {
            protokoll.schreibe(
                    wer.pseudonym(), "umbau.angelegt", id, null, Map.of("titel", name, "tag", tag.toString()), "umbau");
        }
    }

    private static void verlangeTag(LocalDate tag) {
        if (tag.isBefore(LocalDate.now(Anzeige.ZONE))) {
            throw Abgelehnt.eingabe(
                    "Der %s liegt in der Vergangenheit. Ein Umbau gilt ab heute oder ab einem späteren Tag."
                            .formatted(Anzeige.datum(tag)));
        }
        verlangeNah(tag);
    }

    private static void verlangeNah(LocalDate tag) {
        if (tag.isAfter(LocalDate.now(Anzeige.ZONE).plusYears(JAHRE_VORAUS))) {
            throw Abgelehnt.eingabe("Der %s liegt mehr als %d Jahre voraus. Bitte prüfen Sie das Jahr."
                    .formatted(Anzeige.datum(tag), JAHRE_VORAUS));
        }
    }

    @Transactional
    void fuegeHinzu(Anmeldung wer, UUID umbau, Schritt schritt) {
        halteEntwurf(wer, umbau);
        int nummer = schritte(umbau).stream().mapToInt(Schritt::nummer).max().orElse(0) + 1;
        if (nummer > SCHRITTE) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Ein Umbau hat höchstens %d Schritte; bitte teilen Sie ihn auf zwei auf.".formatted(SCHRITTE));
        }
        datenbank
                .sql("""
                INSERT INTO umbauschritt (mandant_id, umbau_id, nummer, art, einheit_id, ziel_id, kuerzel, name, stellen, positionen, akten)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS uuid[]))""")
                .param(mandant())
                .param(umbau)
                .param(nummer)
                .param(schritt.art().kennung())
                .param(schritt.einheit())
                .param(schritt.ziel())
                .param(schritt.kuerzel())
                .param(schritt.name())
                .param(Umzug.feld(schritt.stellen()))
                .param(Umzug.feld(schritt.positionen()))
                .param(Umzug.feld(schritt.akten()))
                .update();
        neueFassung(umbau);
    }

    @Transactional
    void entferne(Anmeldung wer, UUID umbau, int nummer) {
        halteEntwurf(wer, umbau);
        datenbank
                .sql("DELETE FROM umbauschritt WHERE mandant_id = ? AND umbau_id = ? AND nummer = ?")
                .params(mandant(), umbau, nummer)
                .update();
        neueFassung(umbau);
    }

    private void neueFassung(UUID umbau) {
        datenbank
                .sql("UPDATE umbau SET fassung = fassung + 1 WHERE mandant_id = ? AND id = ?")
                .params(mandant(), umbau)
                .update();
    }

    private Plan halteEntwurf(Anmeldung wer, UUID umbau) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var plan = lies(umbau, " FOR UPDATE");
        if (!plan.entwurf()) {
            throw Abgelehnt.konflikt(
                    "Der Umbau ist inzwischen %s und lässt sich so nicht mehr ändern. Bitte laden Sie die Seite neu."
                            .formatted(plan.inWorten()));
        }
        return plan;
    }

    /**
     * From now on it is carried out at its day; today, if that has passed while it was a draft or after it failed.
     *
     * @param gesehen what the preview was made from: Fassung and state of the rights
     * @param weiter whether it was agreed to that Freigaben become wider by it
     * @throws Abgelehnt (KONFLIKT) if either has changed since: then the preview is to be looked at once more; (EINGABE) if Freigaben become
     *     wider and it was not agreed to
     */
    @Transactional
    void beschliesse(Anmeldung wer, UUID umbau, String gesehen, boolean weiter) {
        var plan = halteEntwurf(wer, umbau);
        verlangeNah(plan.tag);
        var schritte = schritte(umbau);
        if (schritte.isEmpty()) {
            throw Abgelehnt.eingabe("Der Umbau hat noch keine Schritte.");
        }
        if (!gesehen.equals(plan.fassung + "-" + rechtestand())) {
            throw Abgelehnt.konflikt(
                    "Seit dieser Vorschau hat sich an den Einheiten oder Rechten etwas geändert. Bitte sehen Sie die neue Vorschau an und beschließen Sie noch einmal; es wurde nichts ausgeführt.");
        }
        var heute = LocalDate.now(Anzeige.ZONE);
        var tag = plan.tag.isBefore(heute) ? heute : plan.tag;
        var weitere = niederschriften.stimmeZu(umbau, vorschau.von(wer.person(), schritte), weiter);
        datenbank
                .sql(
                        "UPDATE umbau SET stand = 'beschlossen', tag = ?, ursache = NULL, beschlossen = now(), beschlossen_von = ? WHERE mandant_id = ? AND id = ?")
                .params(tag, wer.person(), mandant(), umbau)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "umbau.beschlossen",
                umbau,
                null,
                Map.of("titel", plan.titel, "tag", tag.toString(), "weitere_freigaben", weitere),
                "umbau");
    }

    /** Back to the drawing board, or into the bin, as long as it has not been carried out. */
    @Transactional
    void setze(Anmeldung wer, UUID umbau, boolean verworfen) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var plan = lies(umbau, " FOR UPDATE");
        if (plan.stand.equals("ausgefuehrt")) {
            throw Abgelehnt.konflikt("Der Umbau ist schon ausgeführt. Was er geändert hat, ändert nur ein weiterer.");
        }
        datenbank
                .sql("UPDATE umbau SET stand = ?, ursache = NULL WHERE mandant_id = ? AND id = ?")
                .params(verworfen ? "verworfen" : "entwurf", mandant(), umbau)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                verworfen ? "umbau.verworfen" : "umbau.entworfen",
                umbau,
                null,
                Map.of("titel", plan.titel),
                "umbau");
    }
}
