package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Templates of Laufwege. One holds at its position of the Aktenplan and for everything below; one without a position holds everywhere. */
@Component
public class Laufwegvorlagen {

    /** So many can be valid at once in a town. */
    static final int HOECHSTENS = 500;

    /**
     * A station of a template, placed as in a {@link Laufwegentwurf}.
     *
     * @param tage working days from when it opens; for a Wiedervorlage from when the template is used
     * @param vierAugenMit number (from 1) of the other station of a four-eyes pair, or null
     */
    public record Station(
            int block,
            int zweig,
            int platz,
            Stationsart art,
            Vorlagenempfaenger an,
            String auftrag,
            @Nullable Integer tage,
            boolean persoenlich,
            @Nullable Integer vierAugenMit,
            @Nullable String verlangt,
            @Nullable String verlangtWert) {

        /** The plain case: serial, nothing special. @param block its place in the row, from 1 */
        public static Station schlicht(int block, Stationsart art, Vorlagenempfaenger an) {
            return new Station(block, 1, 1, art, an, "", null, false, null, null, null);
        }

        /** The same with another number as its four-eyes pair. */
        Station mitPaar(@Nullable Integer nummer) {
            return new Station(
                    block, zweig, platz, art, an, auftrag, tage, persoenlich, nummer, verlangt, verlangtWert);
        }

        /** As it stands in a Laufweg. @param paar id of the other station of a four-eyes pair */
        Laufwegentwurf.Station entwurf(UUID id, Empfaenger empfaenger, @Nullable LocalDate tag, @Nullable UUID paar) {
            return new Laufwegentwurf.Station(
                    id,
                    block,
                    zweig,
                    platz,
                    art,
                    empfaenger,
                    auftrag,
                    tage,
                    tag,
                    persoenlich,
                    paar,
                    verlangt,
                    verlangtWert);
        }
    }

    /**
     * What somebody says about a template.
     *
     * @param planknoten where it holds, with all positions below; null: everywhere
     * @param erneuern as in {@link Laufwegentwurf}
     */
    public record Angaben(@Nullable UUID planknoten, String titel, boolean erneuern, List<Station> stationen) {}

    /**
     * A template as it stands.
     *
     * @param position Kennzeichen and title of its position; null: everywhere
     * @param fassung counts its changes
     */
    public record Vorlage(
            UUID id, Angaben angaben, @Nullable String position, int fassung, Instant geaendert, String geaendertVon) {

        public String titel() {
            return angaben.titel;
        }

        /** For lists: the kinds of its stations, in their order. */
        public String inWorten() {
            return angaben.stationen.stream().map(s -> s.art().wort()).collect(Collectors.joining(", "));
        }
    }

    private record Kopf(
            UUID id,
            @Nullable UUID planknoten,
            String titel,
            boolean erneuern,
            @Nullable String position,
            int fassung,
            Instant geaendert,
            UUID geaendertVon,
            String name) {}

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Personen personen;
    private final Aktenplan plan;
    private final Protokoll protokoll;

    Laufwegvorlagen(JdbcClient datenbank, Einmal einmal, Personen personen, Aktenplan plan, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.personen = personen;
        this.plan = plan;
        this.protokoll = protokoll;
    }

    /**
     * A new template.
     *
     * @param id chosen by the caller: sent twice, it is made once
     * @throws Abgelehnt (RECHT) without the role ADMINISTRATION; (EINGABE) with every {@link #einwaende Einwand}; (KONFLIKT) if the id was
     *     used for something else
     */
    @Transactional
    public void legeAn(Anmeldung wer, UUID id, Angaben angaben) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        einmal.warte(id);
        var schon = lies("v.id = :id", Map.of("id", id));
        if (!schon.isEmpty()) {
            if (!schon.getFirst().angaben.equals(angaben)) {
                throw Abgelehnt.konflikt(
                        "Dieses Formular wurde schon einmal mit anderem Inhalt abgesendet. Bitte öffnen Sie die Vorlage aus der Liste und ändern Sie sie dort.");
            }
            return;
        }
        pruefe(angaben);
        int gueltige = datenbank
                .sql("SELECT count(*) FROM laufwegvorlage WHERE mandant_id = ? AND gilt(gueltig_von, gueltig_bis)")
                .param(mandant())
                .query(Integer.class)
                .single();
        if (gueltige >= HOECHSTENS) {
            throw Abgelehnt.konflikt(
                    "Es gibt schon %d Vorlagen, mehr sind nicht möglich. Bitte beenden Sie eine, die niemand mehr braucht."
                            .formatted(HOECHSTENS));
        }
        datenbank
                .sql("""
                INSERT INTO laufwegvorlage (mandant_id, id, planknoten_id, titel, erneuern, geaendert_von) VALUES (?, ?, ?, ?, ?, ?)""")
                .param(mandant())
                .param(id)
                .param(angaben.planknoten)
                .param(angaben.titel)
                .param(angaben.erneuern)
                .param(wer.person())
                .update();
        stationen(id, 1, angaben.stationen);
        protokolliere(wer, "laufwegvorlage.angelegt", id, angaben, 1);
    }

    /**
     * Changes a template; Laufwege that were begun from it stay as they are.
     *
     * @param fassung the one that was changed
     * @throws Abgelehnt (RECHT), (EINGABE) as {@link #legeAn}; (KONFLIKT) if somebody else was faster
     * @throws NichtGefunden if there is no such template, or it has ended
     */
    @Transactional
    public void aendere(Anmeldung wer, UUID id, int fassung, Angaben angaben) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        einmal.warte(id);
        var jetzt = vorlage(id);
        if (jetzt.angaben.equals(angaben)) {
            return; // Sent twice, or nothing was changed.
        }
        if (jetzt.fassung != fassung) {
            throw Abgelehnt.konflikt(
                    "Die Vorlage „%s“ wurde inzwischen geändert: von %s am %s. Ihre Änderung wurde nicht gespeichert, sie steht noch hier im Formular."
                            .formatted(jetzt.titel(), jetzt.geaendertVon, Anzeige.genau(jetzt.geaendert)));
        }
        pruefe(angaben);
        datenbank
                .sql("""
                UPDATE laufwegvorlage SET planknoten_id = ?, titel = ?, erneuern = ?, fassung = ?, geaendert = now(), geaendert_von = ?
                 WHERE mandant_id = ? AND id = ?""")
                .param(angaben.planknoten)
                .param(angaben.titel)
                .param(angaben.erneuern)
                .param(fassung + 1)
                .param(wer.person())
                .param(mandant())
                .param(id)
                .update();
        stationen(id, fassung + 1, angaben.stationen);
        protokolliere(wer, "laufwegvorlage.geaendert", id, angaben, fassung + 1);
    }

    /**
     * Ends a template: nobody is offered it any more, Laufwege that were begun from it go on. Ended twice, it has ended.
     *
     * @throws Abgelehnt (RECHT) without the role ADMINISTRATION
     * @throws NichtGefunden if there is no such template
     */
    @Transactional
    public void beende(Anmeldung wer, UUID id) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        einmal.warte(id);
        var vorlage = lies("v.id = :id", Map.of("id", id)).stream().findFirst().orElseThrow(Laufwegvorlagen::unbekannt);
        int beendet = datenbank
                .sql(
                        "UPDATE laufwegvorlage SET gueltig_bis = now() WHERE mandant_id = ? AND id = ? AND gilt(gueltig_von, gueltig_bis)")
                .params(mandant(), id)
                .update();
        if (beendet > 0) {
            protokolliere(wer, "laufwegvorlage.beendet", id, vorlage.angaben, vorlage.fassung);
        }
    }

    private void protokolliere(Anmeldung wer, String handlung, UUID id, Angaben angaben, int fassung) {
        protokoll.schreibe(
                wer.pseudonym(),
                handlung,
                id,
                null,
                Map.of("titel", angaben.titel, "fassung", String.valueOf(fassung)),
                "laufwegvorlage");
    }

    private void pruefe(Angaben angaben) {
        var einwaende = einwaende(angaben);
        if (!einwaende.isEmpty()) {
            throw Abgelehnt.eingabe("Die Vorlage wurde nicht gespeichert. " + String.join(" ", einwaende));
        }
    }

    /** What is wrong with a template wherever it is used, one German sentence each; who would get it is seen only in a Vorgang. */
    @Transactional(readOnly = true)
    public List<String> einwaende(Angaben angaben) {
        var einwaende = new ArrayList<String>();
        if (angaben.titel.isBlank() || angaben.titel.length() > 200) {
            einwaende.add("Bitte geben Sie der Vorlage einen Namen (bis 200 Zeichen).");
        }
        if (angaben.planknoten != null && plan.knoten(angaben.planknoten).isEmpty()) {
            einwaende.add("Diese Position gibt es im Aktenplan nicht.");
        }
        int anzahl = angaben.stationen.size();
        if (anzahl == 0 || anzahl > Startpruefung.HOECHSTENS) {
            einwaende.add("Eine Vorlage braucht 1 bis %d Stationen, diese hat %d."
                    .formatted(Startpruefung.HOECHSTENS, anzahl));
        }
        var entwurf = new ArrayList<Laufwegentwurf.Station>();
        for (int i = 0; i < anzahl; i++) {
            var station = angaben.stationen.get(i);
            var ort = "Station %d (%s): ".formatted(i + 1, station.art.wort());
            if (station.art == Stationsart.WIEDERVORLAGE && station.tage == null) {
                einwaende.add(ort + "Bitte schreiben Sie, nach wie vielen Arbeitstagen wieder vorgelegt wird.");
            }
            if (station.vierAugenMit != null
                    && (station.vierAugenMit < 1 || station.vierAugenMit > anzahl || station.vierAugenMit == i + 1)) {
                einwaende.add(ort + "Das Vier-Augen-Prinzip braucht eine zweite Station.");
            }
            entwurf.add(station.entwurf(Kennung.neu(), new Empfaenger("person", Protokoll.PROGRAMM), null, null));
        }
        einwaende.addAll(Startpruefung.reihenfolge(entwurf));
        return einwaende;
    }

    private void stationen(UUID vorlage, int fassung, List<Station> stationen) {
        int nummer = 0;
        for (var s : stationen) {
            nummer++;
            datenbank
                    .sql("""
                    INSERT INTO vorlagenstation (mandant_id, vorlage_id, fassung, nummer, block, zweig, platz, art, auftrag, an, person_id, stelle_id, einheit_id,
                                                 frist_tage, persoenlich, vier_augen_mit, verlangt, verlangt_wert)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .param(mandant())
                    .param(vorlage)
                    .param(fassung)
                    .param(nummer)
                    .param(s.block)
                    .param(s.zweig)
                    .param(s.platz)
                    .param(s.art.kennung())
                    .param(s.auftrag)
                    .param(s.an.art().kennung())
                    .param(s.an.art() == Vorlagenempfaenger.Art.PERSON ? s.an.id() : null)
                    .param(s.an.art() == Vorlagenempfaenger.Art.STELLE ? s.an.id() : null)
                    .param(s.an.art() == Vorlagenempfaenger.Art.EINHEIT ? s.an.id() : null)
                    .param(s.tage)
                    .param(s.persoenlich)
                    .param(s.vierAugenMit)
                    .param(s.verlangt)
                    .param(s.verlangtWert)
                    .update();
        }
    }

    /** @throws NichtGefunden if there is none, or it has ended */
    @Transactional(readOnly = true)
    public Vorlage vorlage(UUID id) {
        return lies("v.id = :id AND gilt(v.gueltig_von, v.gueltig_bis)", Map.of("id", id)).stream()
                .findFirst()
                .orElseThrow(Laufwegvorlagen::unbekannt);
    }

    private static NichtGefunden unbekannt() {
        return new NichtGefunden("Diese Vorlage gibt es nicht, oder sie wurde beendet.");
    }

    /** All that hold today, by position; those that hold everywhere first. */
    @Transactional(readOnly = true)
    public List<Vorlage> alle() {
        return lies(
                "gilt(v.gueltig_von, v.gueltig_bis) ORDER BY k.kennzeichen COLLATE \"C\" NULLS FIRST, lower(v.titel), v.id",
                Map.of());
    }

    /** Those that hold for an Akte at this position, the nearest position first, those that hold everywhere last. */
    @Transactional(readOnly = true)
    public List<Vorlage> fuer(UUID planknoten) {
        return lies("""
                gilt(v.gueltig_von, v.gueltig_bis) AND (v.planknoten_id IS NULL OR w.weite IS NOT NULL)
                 ORDER BY w.weite NULLS LAST, lower(v.titel), v.id""", Map.of("knoten", planknoten));
    }

    private List<Vorlage> lies(String bedingung, Map<String, UUID> werte) {
        var koepfe = datenbank
                .sql("""
                WITH RECURSIVE weg AS (
                    SELECT id, ueber_id, 0 AS weite FROM planknoten WHERE mandant_id = :m AND id = CAST(:knoten AS uuid)
                    -- Bounded, should a position ever stand above itself.
                    UNION ALL SELECT k.id, k.ueber_id, w.weite + 1 FROM planknoten k JOIN weg w ON k.mandant_id = :m AND k.id = w.ueber_id WHERE w.weite < 50)
                SELECT v.id, v.planknoten_id AS planknoten, v.titel, v.erneuern, k.kennzeichen || ' ' || k.titel AS position, v.fassung, v.geaendert,
                       v.geaendert_von, trim(p.vorname || ' ' || p.nachname) AS name
                  FROM laufwegvorlage v JOIN person p ON p.mandant_id = v.mandant_id AND p.id = v.geaendert_von
                  LEFT JOIN planknoten k ON k.mandant_id = v.mandant_id AND k.id = v.planknoten_id
                  LEFT JOIN weg w ON w.id = v.planknoten_id
                 WHERE v.mandant_id = :m AND\s""" + bedingung + " LIMIT " + 2 * HOECHSTENS)
                .param("m", mandant())
                .param("knoten", werte.get("knoten"))
                .param("id", werte.get("id"))
                .query(Kopf.class)
                .list();
        var stationen = stationen(koepfe);
        return koepfe.stream()
                .map(k -> new Vorlage(
                        k.id,
                        new Angaben(k.planknoten, k.titel, k.erneuern, stationen.getOrDefault(k.id, List.of())),
                        k.position,
                        k.fassung,
                        k.geaendert,
                        k.name))
                .toList();
    }

    private Map<UUID, List<Station>> stationen(List<Kopf> koepfe) {
        var stationen = new HashMap<UUID, List<Station>>();
        if (koepfe.isEmpty()) {
            return stationen;
        }
        datenbank
                .sql("""
                SELECT s.* FROM vorlagenstation s JOIN laufwegvorlage v ON v.mandant_id = s.mandant_id AND v.id = s.vorlage_id AND v.fassung = s.fassung
                 WHERE s.mandant_id = :m AND s.vorlage_id IN (SELECT unnest(CAST(:ids AS uuid[]))) ORDER BY s.vorlage_id, s.nummer""")
                .param("m", mandant())
                .param("ids", koepfe.stream().map(k -> k.id.toString()).collect(Collectors.joining(",", "{", "}")))
                .query((zeile, nr) -> stationen
                        .computeIfAbsent(zeile.getObject("vorlage_id", UUID.class), v -> new ArrayList<>())
                        .add(station(zeile)))
                .list();
        return stationen;
    }

    private static Station station(ResultSet zeile) throws SQLException {
        var art = Vorlagenempfaenger.Art.von(Objects.requireNonNull(zeile.getString("an")));
        return new Station(
                zeile.getInt("block"),
                zeile.getInt("zweig"),
                zeile.getInt("platz"),
                Stationsart.von(Objects.requireNonNull(zeile.getString("art"))),
                new Vorlagenempfaenger(
                        art, art.folgtAusVorgang() ? null : zeile.getObject(art.kennung() + "_id", UUID.class)),
                Objects.requireNonNull(zeile.getString("auftrag")),
                zeile.getObject("frist_tage", Integer.class),
                zeile.getBoolean("persoenlich"),
                zeile.getObject("vier_augen_mit", Integer.class),
                zeile.getString("verlangt"),
                zeile.getString("verlangt_wert"));
    }
}
