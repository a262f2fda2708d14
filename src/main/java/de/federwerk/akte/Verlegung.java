package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Akten.Akte;
import de.federwerk.akte.Dokumente.Dokument;
import de.federwerk.akte.Vorgaenge.Vorgang;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Ausnahmen;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.protokoll.Protokoll.Tat;
import de.federwerk.suche.Index;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A Vorgang goes to another Akte, a Dokument with its Anlagen to another Vorgang; what was done to them stays readable where they lie now. */
@Component
public class Verlegung {

    private record Stueck(UUID id, int nummer, int gruppe) {}

    private final JdbcClient datenbank;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Berechtigungen berechtigungen;
    private final Ausnahmen ausnahmen;
    private final Aktenzeichenregel regel;
    private final Schutzfolge schutz;
    private final Umzugsbuch buch;
    private final Protokoll protokoll;
    private final Index index;
    private final ApplicationEventPublisher ereignisse;

    Verlegung(
            JdbcClient datenbank,
            Akten akten,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Berechtigungen berechtigungen,
            Ausnahmen ausnahmen,
            Aktenzeichenregel regel,
            Schutzfolge schutz,
            Umzugsbuch buch,
            Protokoll protokoll,
            Index index,
            ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.berechtigungen = berechtigungen;
        this.ausnahmen = ausnahmen;
        this.regel = regel;
        this.schutz = schutz;
        this.buch = buch;
        this.protokoll = protokoll;
        this.index = index;
        this.ereignisse = ereignisse;
    }

    /**
     * Puts a Vorgang, open or zdA, into another Akte, where it gets the next number.
     *
     * @return in which Akte it lay until now
     * @throws Abgelehnt (RECHT) without the right to work on both, or to manage what is guarded more than by position and unit; (KONFLIKT) if the
     *     Akte is zdA or it lies there already; (EINGABE) without a reason
     */
    @Transactional
    public UUID verlegeVorgang(Anmeldung wer, UUID id, UUID zielId, @Nullable String grund) {
        var warum = Umzugsbuch.grund(grund);
        var vorher = vorgaenge.bearbeitbar(wer, id);
        if (vorher.akteId().equals(zielId)) {
            throw Abgelehnt.konflikt(
                    "Der Vorgang " + vorher.aktenzeichen() + " liegt schon in dieser Akte. Es wurde nichts geändert.");
        }
        // In one order, so that two who swap wait for each other instead of both failing.
        Stream.of(vorher.akteId(), zielId)
                .sorted()
                .forEach(akte -> datenbank
                        .sql("SELECT id FROM akte WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                        .params(mandant(), akte)
                        .query(UUID.class)
                        .optional());
        vorgaenge.halte(id);
        var vorgang = vorgaenge.bearbeitbar(wer, id);
        if (!vorgang.akteId().equals(vorher.akteId())) {
            throw Abgelehnt.konflikt("Der Vorgang wurde eben schon woandershin gelegt: " + vorgang.aktenzeichen()
                    + ". Ihre Eingabe wurde nicht ausgeführt.");
        }
        var quelle = akten.lage(vorgang.akteId());
        var ziel = offenesZiel(wer, zielId);
        var alterOrt = schutz.koordinate(quelle.schutzbereichId());
        var neuerOrt = schutz.koordinate(ziel.schutzbereichId());
        verlangeVerwaltung(wer, vorgang, alterOrt, neuerOrt);
        if (ziel.entwurf() && !vorgang.entwurf()) {
            throw Abgelehnt.konflikt(
                    "Die Akte „" + ziel.titel()
                            + "“ ist noch ein Entwurf. Bitte registrieren Sie sie, bevor ein registrierter Vorgang hineinkommt.");
        }
        var zeichen = vorgang.entwurf() ? vorgang.aktenzeichen() : regel.fuerVorgang(ziel.aktenzeichen());
        datenbank
                .sql(
                        "UPDATE vorgang SET akte_id = ?, aktenzeichen = ?, einheit_id = ?, geaendert = now() WHERE mandant_id = ? AND id = ?")
                .params(zielId, zeichen, ziel.einheitId(), mandant(), id)
                .update();
        schutz.folge("vorgang", "id", List.of(id), k -> k.von(alterOrt, neuerOrt));
        schutz.folge("dokument", "vorgang_id", List.of(id), k -> k.von(alterOrt, neuerOrt));
        var von = vorgang.aktenzeichen();
        buch.schreibe(
                wer,
                new Umzugsbuch.Umzug("vorgang", id, vorgang.akteId(), zielId, null, null, null, von, zeichen, warum));
        var inhalt = Map.of("text", von + " → " + zeichen + ": " + warum, "von", von, "nach", zeichen, "grund", warum);
        protokoll.schreibe(
                wer.pseudonym(),
                "vorgang.verlegt",
                List.of(new Tat(id, vorgang.akteId(), inhalt), new Tat(id, zielId, inhalt)));
        return vorgang.akteId();
    }

    private Akte offenesZiel(Anmeldung wer, UUID zielId) {
        var lesen = akten.akte(berechtigungen.sicht(wer.person(), Recht.LESEN), zielId);
        var ziel = akten.finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), zielId)
                .orElseThrow(() -> Abgelehnt.recht(
                        "Sie dürfen die Akte " + lesen.aktenzeichen() + " lesen, aber nicht bearbeiten."));
        if (!ziel.stand().equals("offen")) {
            throw Abgelehnt.konflikt("Die Akte " + ziel.aktenzeichen()
                    + " ist zu den Akten gelegt. Bitte nehmen Sie sie erst wieder auf.");
        }
        return ziel;
    }

    /** What is cut out, classified, or kept from somebody would lose that by moving: only who manages it may decide so. */
    private void verlangeVerwaltung(
            Anmeldung wer, Vorgang vorgang, Schutzfolge.Koordinate alterOrt, Schutzfolge.Koordinate neuerOrt) {
        boolean gleich = java.util.Objects.equals(alterOrt.sonderId(), neuerOrt.sonderId())
                && alterOrt.stufe() <= neuerOrt.stufe();
        if ((!gleich || ausnahmen.schliessenAus(vorgang.akteId()))
                && vorgaenge
                        .finde(berechtigungen.sicht(wer.person(), Recht.VERWALTEN), vorgang.id())
                        .isEmpty()) {
            throw Abgelehnt.recht("Die Akte, in der der Vorgang " + vorgang.aktenzeichen()
                    + " liegt, ist besonders geschützt. Heraus oder hinein legt ihn nur, wer ihn verwaltet.");
        }
    }

    /**
     * Puts a Dokument and what is attached to it into another Vorgang, behind what lies there.
     *
     * @return in which Vorgang it lay until now
     * @throws Abgelehnt (RECHT) as with {@link #verlegeVorgang}; (KONFLIKT) for an Anlage, which stays with what it came with, for what is on its
     *     way, and if one of the Vorgänge is zdA
     */
    @Transactional
    public UUID verlegeDokument(Anmeldung wer, UUID id, UUID zielId, @Nullable String grund) {
        var warum = Umzugsbuch.grund(grund);
        var vorher = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), id);
        if (vorher.vorgangId().equals(zielId)) {
            throw Abgelehnt.konflikt(
                    "„" + vorher.titel() + "“ liegt schon in diesem Vorgang. Es wurde nichts geändert.");
        }
        vorgaenge.bearbeitbar(wer, zielId);
        Stream.of(vorher.vorgangId(), zielId).sorted().forEach(vorgaenge::halte);
        var quelle = vorgaenge.zumAendern(wer, vorher.vorgangId());
        var ziel = vorgaenge.zumAendern(wer, zielId);
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), id);
        if (!dokument.vorgangId().equals(quelle.id())) {
            throw Abgelehnt.konflikt("„" + dokument.titel() + "“ wurde eben schon woandershin gelegt.");
        }
        if (ziel.entwurf() && !quelle.entwurf()) {
            throw Abgelehnt.konflikt(
                    "Der Vorgang „" + ziel.titel()
                            + "“ ist noch ein Entwurf. Bitte registrieren Sie ihn, bevor Registriertes hineinkommt. Es wurde nichts geändert.");
        }
        if (dokument.gehoertZu() != null) {
            throw Abgelehnt.konflikt(
                    "„" + dokument.titel()
                            + "“ ist eine Anlage und bleibt bei dem, womit sie kam. Bitte verschieben Sie jenes, oder kopieren Sie die Anlage.");
        }
        var alterOrt = schutz.koordinate(quelle.schutzbereichId());
        var neuerOrt = schutz.koordinate(ziel.schutzbereichId());
        verlangeVerwaltung(wer, quelle, alterOrt, neuerOrt);
        var stuecke = mitAnlagen(dokument);
        ereignisse.publishEvent(
                new DokumenteWerdenVerlegt(stuecke.stream().map(Stueck::id).toList(), quelle.id(), zielId));
        ordneEin(stuecke, ziel);
        schutz.folge("dokument", "id", stuecke.stream().map(Stueck::id).toList(), k -> k.von(alterOrt, neuerOrt));
        merke(wer, dokument, stuecke, quelle, ziel, warum);
        index.vormerken("vorgang", quelle.id());
        index.vormerken("vorgang", zielId);
        return quelle.id();
    }

    private List<Stueck> mitAnlagen(Dokument dokument) {
        return datenbank
                .sql("""
                WITH RECURSIVE teile AS (
                    SELECT id, nummer, gruppe FROM dokument WHERE mandant_id = :m AND id = :id
                    UNION SELECT d.id, d.nummer, d.gruppe FROM dokument d JOIN teile t ON d.mandant_id = :m AND d.gehoert_zu = t.id)
                SELECT id, nummer, gruppe FROM teile ORDER BY nummer""")
                .param("m", mandant())
                .param("id", dokument.id())
                .query(Stueck.class)
                .list();
    }

    private void ordneEin(List<Stueck> stuecke, Vorgang ziel) {
        int erste = dokumente.naechsteNummer(ziel.id());
        for (int i = 0; i < stuecke.size(); i++) {
            datenbank
                    .sql(
                            "UPDATE dokument SET vorgang_id = ?, akte_id = ?, nummer = ?, gruppe = ? WHERE mandant_id = ? AND id = ?")
                    .params(ziel.id(), ziel.akteId(), erste + i, erste, mandant(), stuecke.get(i).id)
                    .update();
        }
    }

    private void merke(
            Anmeldung wer, Dokument dokument, List<Stueck> stuecke, Vorgang quelle, Vorgang ziel, String warum) {
        for (var stueck : stuecke) {
            buch.schreibe(
                    wer,
                    new Umzugsbuch.Umzug(
                            "dokument",
                            stueck.id,
                            quelle.akteId(),
                            ziel.akteId(),
                            quelle.id(),
                            ziel.id(),
                            stueck.nummer,
                            quelle.aktenzeichen(),
                            ziel.aktenzeichen(),
                            warum));
        }
        var inhalt = Map.of(
                "titel",
                dokument.titel(),
                "text",
                quelle.aktenzeichen() + " → " + ziel.aktenzeichen() + ": " + warum,
                "anlagen",
                String.valueOf(stuecke.size() - 1),
                "grund",
                warum);
        var taten = quelle.akteId().equals(ziel.akteId())
                ? List.of(new Tat(dokument.id(), ziel.akteId(), inhalt))
                : List.of(
                        new Tat(dokument.id(), quelle.akteId(), inhalt), new Tat(dokument.id(), ziel.akteId(), inhalt));
        protokoll.schreibe(wer.pseudonym(), "dokument.verlegt", taten);
    }
}
