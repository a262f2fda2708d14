package de.federwerk.aktenplan;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.stoerung.Stoerungen;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The plan in Fassungen: changes that hold now or are planned for a day. What is planned is written down position by position, before and
 * after, and is carried out by {@link Planwache}.
 */
@Component
class Planfassungen {

    private static final int GEZEIGT = 100;
    private static final int JAHRE = 10;

    /** @param offen whether the file is still there to be taken */
    record Fassung(
            UUID id,
            String bezeichnung,
            @Nullable String pruefsumme,
            boolean offen,
            String stand,
            @Nullable LocalDate giltAb,
            int neu,
            int geaendert,
            int beendet,
            @Nullable String ursache,
            Instant angelegt,
            String von,
            @Nullable Instant wirksam) {

        String wort() {
            return switch (stand) {
                case "vorschau" -> offen ? "Vorschau" : "verfallen";
                case "geplant" -> "geplant";
                case "gilt" -> "gilt";
                case "gescheitert" -> "gescheitert";
                default -> "zurückgenommen";
            };
        }
    }

    private record Geplantes(UUID id, String bezeichnung, LocalDate giltAb, String aenderungen) {}

    private static final String FASSUNG = """
            SELECT f.id, f.bezeichnung, f.pruefsumme, f.inhalt IS NOT NULL AS offen, f.stand, f.gilt_ab, f.neu, f.geaendert, f.beendet, f.ursache, f.angelegt,
                   trim(p.vorname || ' ' || p.nachname) AS von, f.wirksam
              FROM planfassung f JOIN person p ON p.mandant_id = f.mandant_id AND p.id = f.angelegt_von WHERE f.mandant_id = ?""";

    private final JdbcClient datenbank;
    private final Planwerk werk;
    private final Personen personen;
    private final Protokoll protokoll;
    private final Stoerungen stoerungen;
    private final JsonMapper json = JsonMapper.shared();

    Planfassungen(JdbcClient datenbank, Planwerk werk, Personen personen, Protokoll protokoll, Stoerungen stoerungen) {
        this.datenbank = datenbank;
        this.werk = werk;
        this.personen = personen;
        this.protokoll = protokoll;
        this.stoerungen = stoerungen;
    }

    /** What is planned, the next day first; then what was, the newest first. */
    @Transactional(readOnly = true)
    public List<Fassung> alle() {
        return datenbank
                .sql(FASSUNG
                        + " ORDER BY f.stand = 'geplant' DESC, CASE WHEN f.stand = 'geplant' THEN f.gilt_ab END, f.angelegt DESC, f.id DESC LIMIT "
                        + GEZEIGT)
                .param(mandant())
                .query(Fassung.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Fassung fassung(UUID id) {
        return datenbank
                .sql(FASSUNG + " AND f.id = ?")
                .params(mandant(), id)
                .query(Fassung.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Fassung des Aktenplans gibt es nicht."));
    }

    // ---- how the plan will be

    private List<Geplantes> geplantes() {
        return datenbank
                .sql(
                        "SELECT id, bezeichnung, gilt_ab, aenderungen FROM planfassung WHERE mandant_id = ? AND stand = 'geplant' ORDER BY gilt_ab, angelegt, id")
                .param(mandant())
                .query(Geplantes.class)
                .list();
    }

    private List<Planaenderung> aenderungen(String text) {
        return Arrays.asList(json.readValue(text, Planaenderung[].class));
    }

    /** The plan of a day: as it was, as it is, or as it will be if nothing else comes. */
    @Transactional(readOnly = true)
    public Planbild bildAm(LocalDate tag) {
        var heute = LocalDate.now(Anzeige.ZONE);
        if (tag.isBefore(heute)) {
            return werk.bildAm(tag);
        }
        return bis(tag);
    }

    private Planbild bis(LocalDate tag) {
        var bild = werk.bild();
        for (var g : geplantes()) {
            if (!g.giltAb.isAfter(tag)) {
                bild = bild.mit(aenderungen(g.aenderungen));
            }
        }
        return bild;
    }

    /** What a change is held against that is to hold from this day on, null now. */
    @Transactional(readOnly = true)
    public Planvergleich.Grund grund(@Nullable LocalDate ab) {
        var bild = werk.bild();
        var vergebene = werk.vergebene();
        var vorgemerkt = new HashMap<UUID, String>();
        var heute = LocalDate.now(Anzeige.ZONE);
        var tag = ab == null || ab.isBefore(heute) ? heute : ab;
        for (var g : geplantes()) {
            // What is due today and not yet carried out: nothing may build on it.
            var spaeter = tag.equals(heute) || g.giltAb.isAfter(tag);
            var deren = aenderungen(g.aenderungen);
            for (var a : deren) {
                vergebene.putIfAbsent(a.nachher().kennzeichen(), a.nachher().id());
                if (spaeter) {
                    vorgemerkt.put(a.nachher().id(), "„" + g.bezeichnung + "“ zum " + Anzeige.datum(g.giltAb));
                }
            }
            bild = spaeter ? bild : bild.mit(deren);
        }
        return new Planvergleich.Grund(bild, werk.kopf().ebenen(), vergebene, vorgemerkt);
    }

    /** What is planned for a position, in words; by position. */
    @Transactional(readOnly = true)
    public Map<UUID, String> vorgemerkt() {
        return grund(null).vorgemerkt();
    }

    // ---- single changes

    /**
     * Changes of single positions, now or for a day.
     *
     * @throws Abgelehnt (EINGABE) if the plan would not be one, (KONFLIKT) if something else is planned for one of them
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void aendere(
            Anmeldung wer,
            String bezeichnung,
            @Nullable LocalDate ab,
            Planvergleich.Grund grund,
            List<Planaenderung> was) {
        pruefeTag(ab);
        var einwaende = new ArrayList<String>();
        for (var a : was) {
            var vorgemerkt = grund.vorgemerkt().get(a.nachher().id());
            if (vorgemerkt != null) {
                einwaende.add("Für " + a.nachher().kennzeichen() + " ist schon etwas geplant: " + vorgemerkt
                        + ". Nehmen Sie das zuerst zurück.");
            }
        }
        einwaende.addAll(Planregeln.pruefe(grund.bild(), grund.bild().mit(was), was, grund.ebenen(), grund.vergebene())
                .values());
        if (!einwaende.isEmpty()) {
            throw Abgelehnt.eingabe(
                    String.join(" ", einwaende.stream().limit(20).toList()) + " Es wurde nichts geändert.");
        }
        if (ab == null || !ab.isAfter(LocalDate.now(Anzeige.ZONE))) {
            var vorher = unmoegliche();
            werk.schreibe(grund.bild(), was);
            verlangeMoeglich(vorher);
            return;
        }
        var id = Kennung.neu();
        datenbank
                .sql(
                        "INSERT INTO planfassung (mandant_id, id, bezeichnung, stand, angelegt_von) VALUES (?, ?, ?, 'vorschau', ?)")
                .params(mandant(), id, bezeichnung.substring(0, Math.min(300, bezeichnung.length())), wer.person())
                .update();
        setze(wer, id, bezeichnung, ab, grund.bild(), was);
    }

    static void pruefeTag(@Nullable LocalDate ab) {
        var heute = LocalDate.now(Anzeige.ZONE);
        if (ab != null && (ab.isBefore(heute) || ab.isAfter(heute.plusYears(JAHRE)))) {
            throw Abgelehnt.eingabe("„Gilt ab“ muss heute oder ein Tag der nächsten zehn Jahre sein.");
        }
    }

    /** Writes the changes, or down for their day; the plan is held and they were looked through. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void setze(
            Anmeldung wer,
            UUID id,
            String bezeichnung,
            @Nullable LocalDate ab,
            Planbild davor,
            List<Planaenderung> was) {
        var heute = LocalDate.now(Anzeige.ZONE);
        boolean geplant = ab != null && ab.isAfter(heute);
        var vorher = unmoegliche();
        if (!geplant) {
            werk.schreibe(davor, was);
        } else {
            datenbank
                    .sql("UPDATE planbuch SET stand = stand + 1 WHERE mandant_id = ?")
                    .param(mandant())
                    .update();
        }
        int neu = zahl(was, Planaenderung.Art.NEU);
        int beendet = zahl(was, Planaenderung.Art.BEENDET);
        datenbank
                .sql("""
                UPDATE planfassung SET stand = :stand, inhalt = NULL, gilt_ab = CAST(:ab AS date), aenderungen = :was, neu = :neu, geaendert = :geaendert,
                       beendet = :beendet, wirksam = CASE WHEN :stand = 'gilt' THEN now() END WHERE mandant_id = :m AND id = :id""")
                .param("stand", geplant ? "geplant" : "gilt")
                .param("ab", String.valueOf(geplant ? ab : heute))
                .param("was", geplant ? json.writeValueAsString(was) : null)
                .param("neu", neu)
                .param("geaendert", was.size() - neu - beendet)
                .param("beendet", beendet)
                .param("m", mandant())
                .param("id", id)
                .update();
        verlangeMoeglich(vorher);
        protokoll.schreibe(
                wer.pseudonym(),
                geplant ? "aktenplan.geplant" : "aktenplan.importiert",
                id,
                null,
                Map.of(
                        "bezeichnung", bezeichnung,
                        "ab", String.valueOf(geplant ? ab : heute),
                        "neu", String.valueOf(neu),
                        "geaendert", String.valueOf(was.size() - neu - beendet),
                        "beendet", String.valueOf(beendet)));
    }

    private static int zahl(List<Planaenderung> was, Planaenderung.Art art) {
        return (int) was.stream().filter(a -> a.art() == art).count();
    }

    /** How many levels the plan may have. @throws Abgelehnt (KONFLIKT) if positions lie deeper, or will */
    @Transactional(propagation = Propagation.MANDATORY)
    public void setzeEbenen(int ebenen) {
        werk.sperre();
        var vorher = unmoegliche();
        werk.setzeEbenen(ebenen);
        verlangeMoeglich(vorher);
    }

    /** Those planned Fassungen that could not come into force as the plan is now, one after another, and why. */
    private Map<UUID, String> unmoegliche() {
        var planung = geplantes();
        if (planung.isEmpty()) {
            return Map.of();
        }
        var unmoegliche = new HashMap<UUID, String>();
        var bild = werk.bild();
        int ebenen = werk.kopf().ebenen();
        var vergebene = werk.vergebene();
        for (var g : planung) {
            var was = aenderungen(g.aenderungen);
            var danach = bild.mit(was);
            var einwaende = Planregeln.pruefe(bild, danach, was, ebenen, vergebene);
            if (!einwaende.isEmpty()) {
                unmoegliche.put(
                        g.id,
                        "„%s“ zum %s nicht mehr in Kraft treten: %s"
                                .formatted(
                                        g.bezeichnung,
                                        Anzeige.datum(g.giltAb),
                                        String.join(
                                                " ",
                                                einwaende.values().stream()
                                                        .limit(5)
                                                        .toList())));
                // It will change nothing then.
                continue;
            }
            was.forEach(a ->
                    vergebene.putIfAbsent(a.nachher().kennzeichen(), a.nachher().id()));
            bild = danach;
        }
        return unmoegliche;
    }

    /** What is changed now must not silently undo what is planned. What could not be before is not its fault. */
    private void verlangeMoeglich(Map<UUID, String> vorher) {
        var jetzt = unmoegliche();
        for (var g : geplantes()) {
            var warum = jetzt.get(g.id);
            if (warum != null && !vorher.containsKey(g.id)) {
                throw Abgelehnt.konflikt("Damit könnte " + warum + " Es wurde nichts geändert.");
            }
        }
    }

    // ---- what is planned

    /** What a planned Fassung would change, in the order of the Kennzeichen. */
    @Transactional(readOnly = true)
    public List<Planaenderung> geplant(UUID id) {
        return geplantes().stream()
                .filter(g -> g.id.equals(id))
                .findFirst()
                .map(g -> aenderungen(g.aenderungen))
                .orElse(List.of());
    }

    /** @throws Abgelehnt (KONFLIKT) if something later builds on it, or its day has come */
    @Transactional
    public void nimmZurueck(Anmeldung wer, UUID id) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        werk.sperre();
        var fassung = fassung(id);
        if (fassung.stand.equals("zurueckgenommen")) {
            return;
        }
        if (!fassung.stand.equals("geplant") && !fassung.stand.equals("gescheitert")) {
            throw Abgelehnt.konflikt("„" + fassung.bezeichnung
                    + "“ ist nicht mehr geplant und lässt sich nicht zurücknehmen. Es wurde nichts geändert.");
        }
        var planung = geplantes();
        if (fassung.stand.equals("geplant")
                && !planung.isEmpty()
                && !planung.getLast().id.equals(id)) {
            throw Abgelehnt.konflikt("Später ist noch „" + planung.getLast().bezeichnung
                    + "“ geplant und baut darauf auf. Nehmen Sie das Spätere zuerst zurück.");
        }
        datenbank
                .sql("UPDATE planfassung SET stand = 'zurueckgenommen' WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
        datenbank
                .sql("UPDATE planbuch SET stand = stand + 1 WHERE mandant_id = ?")
                .param(mandant())
                .update();
        stoerungen.erledigt(Planwache.STOERUNG, id);
        protokoll.schreibe(
                wer.pseudonym(), "aktenplan.zurueckgenommen", id, null, Map.of("bezeichnung", fassung.bezeichnung));
    }

    /** Those whose day has come, in their order. */
    @Transactional(readOnly = true)
    public List<UUID> faellige() {
        return datenbank
                .sql(
                        "SELECT id FROM planfassung WHERE mandant_id = ? AND stand = 'geplant' AND gilt_ab <= heute() ORDER BY gilt_ab, angelegt, id")
                .param(mandant())
                .query(UUID.class)
                .list();
    }

    /** Carries out what was planned. @throws Abgelehnt if the plan is not any more as it was then */
    @Transactional
    public void setzeInKraft(UUID id) {
        var kopf = werk.sperre();
        if (!fassung(id).stand.equals("geplant")) {
            return;
        }
        var bild = werk.bild();
        var was = new ArrayList<Planaenderung>();
        for (var a : geplant(id)) {
            var vorher = a.vorher();
            var jetzt = bild.position(a.nachher().id());
            if (vorher == null ? jetzt != null : jetzt == null || !jetzt.gleicht(vorher)) {
                throw Abgelehnt.konflikt(
                        "Die Position " + a.nachher().kennzeichen() + " ist nicht mehr so wie bei der Planung.");
            }
            was.add(new Planaenderung(jetzt, a.nachher()));
        }
        var einwaende = Planregeln.pruefe(bild, bild.mit(was), was, kopf.ebenen(), werk.vergebene());
        if (!einwaende.isEmpty()) {
            throw Abgelehnt.konflikt(
                    String.join(" ", einwaende.values().stream().limit(20).toList()));
        }
        werk.schreibe(bild, was);
        datenbank
                .sql("UPDATE planfassung SET stand = 'gilt', wirksam = now() WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
        protokoll.schreibe(
                Protokoll.PROGRAMM, "aktenplan.inkraft", id, null, Map.of("aenderungen", String.valueOf(was.size())));
    }

    @Transactional
    public void scheitere(UUID id, String ursache) {
        datenbank
                .sql(
                        "UPDATE planfassung SET stand = 'gescheitert', ursache = ? WHERE mandant_id = ? AND id = ? AND stand = 'geplant'")
                .params(ursache, mandant(), id)
                .update();
    }

    /** What failed is due again. */
    @Transactional
    public void planeErneut(UUID id) {
        datenbank
                .sql(
                        "UPDATE planfassung SET stand = 'geplant', ursache = NULL WHERE mandant_id = ? AND id = ? AND stand = 'gescheitert'")
                .params(mandant(), id)
                .update();
    }
}
