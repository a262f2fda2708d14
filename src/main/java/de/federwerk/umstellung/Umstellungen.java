package de.federwerk.umstellung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenplan.Planwechsel;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.umstellung.Umstellungstabelle.Genannt;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The Umstellungen: read, decided for a day, called off. What becomes of them from that day on: {@link Umstellungslauf}. */
@Component
class Umstellungen {

    private static final int GEZEIGT = 100;
    static final int GENANNT = 50;
    private static final int JAHRE = 10;

    record Umstellung(
            UUID id,
            String bezeichnung,
            String stand,
            @Nullable LocalDate tag,
            String ursache,
            String zugriffe,
            Instant angelegt,
            String von,
            @Nullable Instant beschlossen,
            @Nullable UUID beschlossenVon,
            @Nullable String beschlossenDurch,
            @Nullable Instant begonnen,
            long zeilen) {

        /** Nothing has been done yet. */
        boolean vorher() {
            return begonnen == null;
        }

        /** What is in hand and can still be decided about. */
        boolean entscheidbar() {
            return stand.equals("vorschau") || stand.equals("geplant") || stand.equals("gescheitert");
        }

        String inWorten() {
            return switch (stand) {
                case "vorschau" -> "Vorschau";
                case "geplant" -> "geplant";
                case "gescheitert" -> "gescheitert";
                case "verworfen" -> "zurückgezogen";
                case "ausgefuehrt" -> "in Kraft";
                default -> "zurückgenommen";
            };
        }

        /** As the Protokoll of each Akte says it. */
        String anlass() {
            return "Umstellung des Aktenplans „" + bezeichnung + "“";
        }
    }

    /** @param akten null until it has begun */
    record Zeile(
            long nummer,
            UUID altId,
            UUID neuId,
            String alt,
            String neu,
            @Nullable Long akten,
            boolean beendet) {

        /** Kennzeichen and title were stored in one. */
        Genannt genannt() {
            return new Genannt(nummer, alt.split(" ", 2)[0], neu.split(" ", 2)[0]);
        }
    }

    private static final String UMSTELLUNG = """
            SELECT u.id, u.bezeichnung, u.stand, u.tag, u.ursache, u.zugriffe, u.angelegt, trim(p.vorname || ' ' || p.nachname) AS von, u.beschlossen, u.beschlossen_von,
                   trim(b.vorname || ' ' || b.nachname) AS beschlossen_durch, u.begonnen,
                   (SELECT count(*) FROM umstellungszeile z WHERE z.mandant_id = u.mandant_id AND z.umstellung_id = u.id) AS zeilen
              FROM umstellung u JOIN person p ON p.mandant_id = u.mandant_id AND p.id = u.angelegt_von
              LEFT JOIN person b ON b.mandant_id = u.mandant_id AND b.id = u.beschlossen_von WHERE u.mandant_id = ?""";

    private final JdbcClient datenbank;
    private final Planwechsel plan;
    private final Umstellungsvorschau vorschau;
    private final Personen personen;
    private final Einmal einmal;
    private final Protokoll protokoll;

    Umstellungen(
            JdbcClient datenbank,
            Planwechsel plan,
            Umstellungsvorschau vorschau,
            Personen personen,
            Einmal einmal,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.plan = plan;
        this.vorschau = vorschau;
        this.personen = personen;
        this.einmal = einmal;
        this.protokoll = protokoll;
    }

    /** The newest first. */
    @Transactional(readOnly = true)
    public List<Umstellung> alle() {
        return datenbank
                .sql(UMSTELLUNG + " ORDER BY u.angelegt DESC, u.id DESC LIMIT " + GEZEIGT)
                .param(mandant())
                .query(Umstellung.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Umstellung umstellung(UUID id) {
        return lies(id, "");
    }

    Umstellung lies(UUID id, String sperre) {
        return datenbank
                .sql(UMSTELLUNG + " AND u.id = ?" + sperre)
                .params(mandant(), id)
                .query(Umstellung.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Umstellung gibt es nicht."));
    }

    @Transactional(readOnly = true)
    public List<Zeile> zeilen(UUID id) {
        return datenbank
                .sql(
                        "SELECT nummer, alt_id, neu_id, alt, neu, akten, beendet FROM umstellungszeile WHERE mandant_id = ? AND umstellung_id = ? ORDER BY nummer")
                .params(mandant(), id)
                .query(Zeile.class)
                .list();
    }

    /** As it would be on its day, or today if it has none yet. */
    @Transactional(readOnly = true)
    public Umstellungsvorschau.Vorschau vorschau(Umstellung umstellung, @Nullable LocalDate tag) {
        return vorschau.von(
                zeilen(umstellung.id).stream().map(Zeile::genannt).toList(), tag == null ? umstellung.tag : tag);
    }

    /**
     * Takes a table as a preview.
     *
     * @param id chosen by the caller: sent twice, it is taken once
     * @param tag on which it shall hold; null: that is said later
     * @throws Abgelehnt (EINGABE) with every line that is wrong; then nothing was taken
     */
    @Transactional
    public void lege(Anmeldung wer, UUID id, String bezeichnung, byte[] datei, @Nullable LocalDate tag) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var name = bezeichnung.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (name.isEmpty() || name.length() > 100) {
            throw Abgelehnt.eingabe(
                    "Bitte geben Sie der Umstellung einen Namen (bis 100 Zeichen); er steht im Protokoll jeder Akte.");
        }
        if (tag != null) {
            pruefeTag(tag);
        }
        einmal.warte(id);
        var tabelle = Umstellungstabelle.pruefe(Umstellungstabelle.lies(datei), plan.am(tag));
        if (!tabelle.fehler().isEmpty()) {
            throw Abgelehnt.eingabe("Es wurde nichts übernommen. "
                    + String.join(" ", tabelle.fehler().stream().limit(GENANNT).toList())
                    + (tabelle.fehler().size() > GENANNT
                            ? " Und " + Anzeige.zahl(tabelle.fehler().size() - GENANNT) + " weitere."
                            : ""));
        }
        int neu = datenbank
                .sql(
                        "INSERT INTO umstellung (mandant_id, id, bezeichnung, tag, angelegt_von) VALUES (?, ?, ?, CAST(? AS date), ?) ON CONFLICT DO NOTHING")
                .param(mandant())
                .param(id)
                .param(name)
                .param(tag == null ? null : tag.toString())
                .param(wer.person())
                .update();
        if (neu == 0) {
            return;
        }
        datenbank
                .sql("""
                INSERT INTO umstellungszeile (mandant_id, umstellung_id, nummer, alt_id, neu_id, alt, neu)
                SELECT ?, ?, t.* FROM unnest(CAST(? AS int[]), CAST(? AS uuid[]), CAST(? AS uuid[]), CAST(? AS text[]), CAST(? AS text[])) AS t""")
                .param(mandant())
                .param(id)
                .param(feld(tabelle, z -> String.valueOf(z.nr())))
                .param(feld(tabelle, z -> z.alt().id().toString()))
                .param(feld(tabelle, z -> z.neu().id().toString()))
                .param(feld(tabelle, z -> z.alt().anzeige()))
                .param(feld(tabelle, z -> z.neu().anzeige()))
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "umstellung.angelegt",
                id,
                null,
                Map.of("titel", name, "zeilen", String.valueOf(tabelle.zeilen().size())),
                "umstellung");
    }

    private static String[] feld(
            Umstellungstabelle tabelle, java.util.function.Function<Umstellungstabelle.Zeile, String> wert) {
        return tabelle.zeilen().stream().map(wert).toArray(String[]::new);
    }

    private static void pruefeTag(LocalDate tag) {
        var heute = LocalDate.now(Anzeige.ZONE);
        if (tag.isBefore(heute) || tag.isAfter(heute.plusYears(JAHRE))) {
            throw Abgelehnt.eingabe("Der Stichtag muss heute oder ein Tag der nächsten zehn Jahre sein.");
        }
    }

    /**
     * It will be done on this day; today at once. Before, the day can be changed by deciding again.
     *
     * @param gesehen what the preview was made from
     * @param zugriffe whether it was agreed to that others see Akten afterwards
     * @throws Abgelehnt (KONFLIKT) if the plan has changed since the preview, (EINGABE) without that consent
     */
    @Transactional
    public void beschliesse(Anmeldung wer, UUID id, LocalDate tag, String gesehen, boolean zugriffe) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        pruefeTag(tag);
        plan.sperre();
        var umstellung = lies(id, " FOR UPDATE OF u");
        if (!umstellung.entscheidbar()) {
            throw Abgelehnt.konflikt("Die Umstellung ist inzwischen " + umstellung.inWorten()
                    + ". Es wurde nichts geändert; bitte laden Sie die Seite neu.");
        }
        var bild = vorschau(umstellung, tag);
        if (!bild.fehler().isEmpty()) {
            throw Abgelehnt.konflikt("So lässt sich zum " + Anzeige.datum(tag) + " nicht umstellen. "
                    + String.join(" ", bild.fehler().stream().limit(GENANNT).toList()));
        }
        if (!gesehen.equals(bild.gesehen())) {
            throw Abgelehnt.konflikt(
                    "Seit dieser Vorschau hat sich am Aktenplan, an den Freigaben darauf oder am Stichtag etwas geändert. Bitte sehen Sie die neue Vorschau an und beschließen Sie noch einmal; es wurde nichts geändert.");
        }
        if (bild.zugriffe() > 0 && !zugriffe) {
            throw Abgelehnt.eingabe(
                    "Bei " + Anzeige.anzahl(bild.zugriffe(), "Position", "Positionen")
                            + " sehen danach andere Personen die Akten. Kreuzen Sie an, dass das so sein soll; es wurde nichts geändert.");
        }
        verlangeEinzige(id);
        datenbank
                .sql("""
                UPDATE umstellung SET stand = 'geplant', tag = CAST(? AS date), ursache = '', zugriffe = ?, beschlossen = now(), beschlossen_von = ?
                 WHERE mandant_id = ? AND id = ?""")
                .params(
                        tag.toString(),
                        bild.zugriffe() > 0 ? Anzeige.anzahl(bild.zugriffe(), "Position", "Positionen") : "",
                        wer.person(),
                        mandant(),
                        id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "umstellung.beschlossen",
                id,
                null,
                Map.of("titel", umstellung.bezeichnung, "tag", tag.toString()),
                "umstellung");
    }

    private void verlangeEinzige(UUID id) {
        var andere = datenbank
                .sql("""
                SELECT bezeichnung FROM umstellung u WHERE u.mandant_id = :m AND u.id <> :id AND u.stand = 'geplant' AND EXISTS (
                    SELECT FROM umstellungszeile a JOIN umstellungszeile b ON b.mandant_id = a.mandant_id AND (b.alt_id IN (a.alt_id, a.neu_id) OR b.neu_id = a.alt_id)
                     WHERE a.mandant_id = :m AND a.umstellung_id = :id AND b.umstellung_id = u.id) LIMIT 1""")
                .param("m", mandant())
                .param("id", id)
                .query(String.class)
                .optional();
        if (andere.isPresent()) {
            throw Abgelehnt.konflikt("Für einige dieser Positionen ist schon die Umstellung „" + andere.get()
                    + "“ geplant. Bitte ziehen Sie sie erst zurück. Es wurde nichts geändert.");
        }
    }

    /** Before its day: as if it had never been. @throws Abgelehnt (KONFLIKT) if it has begun */
    @Transactional
    public void zieheZurueck(Anmeldung wer, UUID id) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var umstellung = lies(id, " FOR UPDATE OF u");
        if (umstellung.stand.equals("verworfen")) {
            return;
        }
        if (!umstellung.entscheidbar()) {
            throw Abgelehnt.konflikt(
                    "Die Umstellung hat schon begonnen. Halten Sie sie an, oder nehmen Sie sie zurück, wenn sie fertig ist.");
        }
        datenbank
                .sql("UPDATE umstellung SET stand = 'verworfen' WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "umstellung.zurueckgezogen",
                id,
                null,
                Map.of("titel", umstellung.bezeichnung),
                "umstellung");
    }

    /** Those whose day has come. */
    @Transactional(readOnly = true)
    public List<UUID> faellige() {
        return datenbank
                .sql(
                        "SELECT id FROM umstellung WHERE mandant_id = ? AND stand = 'geplant' AND tag <= heute() ORDER BY tag, beschlossen, id")
                .param(mandant())
                .query(UUID.class)
                .list();
    }

    @Transactional
    public void scheitere(UUID id, String ursache) {
        datenbank
                .sql(
                        "UPDATE umstellung SET stand = 'gescheitert', ursache = ? WHERE mandant_id = ? AND id = ? AND stand = 'geplant'")
                .params(ursache, mandant(), id)
                .update();
    }

    /** What failed is due again. */
    @Transactional
    public void planeErneut(UUID id) {
        datenbank
                .sql(
                        "UPDATE umstellung SET stand = 'geplant', ursache = '' WHERE mandant_id = ? AND id = ? AND stand = 'gescheitert'")
                .params(mandant(), id)
                .update();
    }
}
