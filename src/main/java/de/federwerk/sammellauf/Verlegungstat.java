package de.federwerk.sammellauf;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Schriftgut;
import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.akte.Schriftgutsuche;
import de.federwerk.akte.Verlegung;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Vorgänge go to another Akte, Dokumente to another Vorgang. */
@Component
class Verlegungstat implements Sammeltat {

    private final JdbcClient datenbank;
    private final Verlegung verlegung;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Schriftgut schriftgut;
    private final Schriftgutsuche suche;
    private final Berechtigungen berechtigungen;

    Verlegungstat(
            JdbcClient datenbank,
            Verlegung verlegung,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Schriftgut schriftgut,
            Schriftgutsuche suche,
            Berechtigungen berechtigungen) {
        this.datenbank = datenbank;
        this.verlegung = verlegung;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.schriftgut = schriftgut;
        this.suche = suche;
        this.berechtigungen = berechtigungen;
    }

    @Override
    public String kennung() {
        return "verlegung";
    }

    @Override
    public String wort() {
        return "Verschieben";
    }

    @Override
    public Set<Art> arten() {
        return Set.of(Art.VORGANG, Art.DOKUMENT);
    }

    @Override
    public List<Tatfeld> felder(Anmeldung wer, Art art) {
        return List.of(
                Tatfeld.suche(
                        "ziel",
                        art == Art.VORGANG ? "In welche Akte?" : "In welchen Vorgang?",
                        "Aktenzeichen oder ein Wort aus dem Titel",
                        "/schriftgut/auswahl?q=",
                        true),
                Tatfeld.grund());
    }

    @Override
    public Map<String, String> pruefe(Anmeldung wer, Art art, Map<String, String> getippt) {
        var grund = Tateingabe.grund(getippt);
        var text = Tateingabe.zeile(getippt, "ziel");
        var wohin = art == Art.VORGANG ? Art.AKTE : Art.VORGANG;
        var sicht = berechtigungen.sicht(wer.person(), Recht.BEARBEITEN);
        var ziel = suche.gemeint(sicht, getippt.getOrDefault("zielId", ""), text)
                .filter(g -> g.art() == wohin)
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                "„" + text + "“ ist nicht genau "
                                        + (wohin == Art.AKTE ? "eine Akte, die" : "ein Vorgang, den")
                                        + " Sie bearbeiten dürfen. Bitte wählen Sie aus der Liste, oder geben Sie das ganze Aktenzeichen an."));
        // Asked before anything is begun; refuses also what was not found by its name but by an id.
        var bezeichnung = schriftgut.bezeichnung(sicht, wohin, ziel.id());
        return Map.of("ziel", ziel.id().toString(), "zeichen", bezeichnung.split(" „", 2)[0], "grund", grund);
    }

    @Override
    public String inWorten(Art art, Map<String, String> angaben) {
        return "Verschieben nach " + angaben.getOrDefault("zeichen", "");
    }

    @Override
    public List<UUID> gemeinte(Art art, List<UUID> ids) {
        if (art != Art.DOKUMENT) {
            return ids;
        }
        var mit = datenbank
                .sql("""
                WITH RECURSIVE teile AS (
                    SELECT d.id FROM dokument d WHERE d.mandant_id = :m AND d.gehoert_zu = ANY (CAST(:ids AS uuid[]))
                    UNION SELECT d.id FROM dokument d JOIN teile t ON d.mandant_id = :m AND d.gehoert_zu = t.id)
                SELECT id FROM teile""")
                .param("m", mandant())
                .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .query(UUID.class)
                .set();
        return ids.stream().filter(id -> !mit.contains(id)).toList();
    }

    @Override
    public Map<String, String> tu(Auftrag auftrag, UUID id) {
        int vorher = stufen(auftrag.art(), id);
        var von = verlege(auftrag, id, UUID.fromString(auftrag.angabe("ziel")), auftrag.angabe("grund"));
        return Map.of(
                "vorher",
                von.toString(),
                "hoeher",
                stufen(auftrag.art(), id) > vorher ? "ja" : "nein",
                "umzuege",
                String.valueOf(umzuege(id, true)));
    }

    /** How often it has gone elsewhere; it grows with each, also where it came back. @param diesen with what this transaction did */
    private long umzuege(UUID id, boolean diesen) {
        return datenbank
                .sql("""
                SELECT count(*) FROM verlegung WHERE mandant_id = :m AND objekt_id = :id AND (:diesen OR verlegt <> now())
                   AND (art <> 'vorgang' OR aus_akte_id <> nach_akte_id)""")
                .param("m", mandant())
                .param("id", id)
                .param("diesen", diesen)
                .query(Long.class)
                .single();
    }

    /** All Stufen of it and of what lies in it: what moves to where a higher one holds gets that. */
    private int stufen(Art art, UUID id) {
        return datenbank
                .sql("""
                WITH RECURSIVE teile AS (
                    SELECT id, schutzbereich_id FROM dokument WHERE mandant_id = :m AND %s
                    UNION SELECT d.id, d.schutzbereich_id FROM dokument d JOIN teile t ON d.mandant_id = :m AND d.gehoert_zu = t.id)
                SELECT CAST(coalesce(sum(s.stufe), 0) AS int) FROM (
                    SELECT schutzbereich_id FROM teile
                    UNION ALL SELECT schutzbereich_id FROM vorgang WHERE mandant_id = :m AND id = :id) x
                  JOIN schutzbereich s ON s.mandant_id = :m AND s.id = x.schutzbereich_id""".formatted(art == Art.VORGANG ? "vorgang_id = :id" : "id = :id"))
                .param("m", mandant())
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    private UUID ort(Auftrag auftrag, UUID id) {
        return auftrag.art() == Art.VORGANG
                ? vorgaenge.bearbeitbar(auftrag.wer(), id).akteId()
                : dokumente
                        .dokument(berechtigungen.sicht(auftrag.wer().person(), Recht.BEARBEITEN), id)
                        .vorgangId();
    }

    /** @return from where: read while it was held */
    private UUID verlege(Auftrag auftrag, UUID id, UUID ziel, String grund) {
        return auftrag.art() == Art.VORGANG
                ? verlegung.verlegeVorgang(auftrag.wer(), id, ziel, grund)
                : verlegung.verlegeDokument(auftrag.wer(), id, ziel, grund);
    }

    @Override
    public boolean umkehrbar(Art art) {
        return true;
    }

    @Override
    public void nimmZurueck(Auftrag auftrag, UUID id, Map<String, String> spur) {
        Tateingabe.verlangeUnveraendert(ort(auftrag, id).toString(), auftrag.angabe("ziel"));
        verlangeKeinenWeiteren(id, spur);
        if (spur.getOrDefault("hoeher", "").equals("ja")) {
            throw Abgelehnt.konflikt(
                    "Bekam am neuen Ort eine höhere Vertraulichkeitsstufe, und die fällt nicht von selbst. Bitte legen Sie es einzeln zurück, und lassen Sie die Stufe prüfen.");
        }
        var von = verlege(
                auftrag,
                id,
                UUID.fromString(spur.getOrDefault("vorher", "")),
                "Zurückgenommen: " + auftrag.angabe("grund"));
        // Moved on by somebody just now, before it was held: then all of this has not happened.
        Tateingabe.verlangeUnveraendert(von.toString(), auftrag.angabe("ziel"));
        verlangeKeinenWeiteren(id, spur);
    }

    /** Moved on and back again, it lies where the run put it, and somebody has decided so. A run of before this was kept says nothing about it. */
    private void verlangeKeinenWeiteren(UUID id, Map<String, String> spur) {
        var umzuege = spur.get("umzuege");
        if (umzuege != null) {
            Tateingabe.verlangeUnveraendert(String.valueOf(umzuege(id, false)), umzuege);
        }
    }
}
