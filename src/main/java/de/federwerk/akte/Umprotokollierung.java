package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Akten.Akte;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.protokoll.Protokoll.Tat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * An Akte goes to another position of the Aktenplan, another federführende unit, or both, with all that lies in it. Under another position it
 * gets another Aktenzeichen; those it had stay findable for ever and are never given again. Costs its own documents: from the commit on nobody
 * finds them by the search until they are indexed anew.
 */
@Component
public class Umprotokollierung {

    private record Vorgangszeichen(UUID id, String aktenzeichen) {}

    private final JdbcClient datenbank;
    private final Akten akten;
    private final Aktenplan plan;
    private final Berechtigungen berechtigungen;
    private final Aktenzeichenregel regel;
    private final Schutzfolge schutz;
    private final Mitgehendes mitgehendes;
    private final Umzugsbuch buch;
    private final Protokoll protokoll;

    Umprotokollierung(
            JdbcClient datenbank,
            Akten akten,
            Aktenplan plan,
            Berechtigungen berechtigungen,
            Aktenzeichenregel regel,
            Schutzfolge schutz,
            Mitgehendes mitgehendes,
            Umzugsbuch buch,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.akten = akten;
        this.plan = plan;
        this.berechtigungen = berechtigungen;
        this.regel = regel;
        this.schutz = schutz;
        this.mitgehendes = mitgehendes;
        this.buch = buch;
        this.protokoll = protokoll;
    }

    /**
     * Also of an Akte that is zdA: a new Aktenplan holds for the old files as well.
     *
     * @param planknoten where it shall stand; as it is now: only the Federführung changes and the Aktenzeichen stays
     * @param einheit federführend from now on
     * @return its Aktenzeichen from now on
     * @throws NichtGefunden not for this person, or no such position or unit
     * @throws Abgelehnt (RECHT) if the person may not work on it, or gives it where he may not file without managing it; (EINGABE) without a
     *     reason, or under a position that is none for Akten; (KONFLIKT) if it stands there already
     */
    @Transactional
    public String protokolliereUm(Anmeldung wer, UUID id, UUID planknoten, UUID einheit, @Nullable String grund) {
        var warum = Umzugsbuch.grund(grund);
        halte(id);
        var akte = akten.zumVerlegen(wer, id);
        if (akte.planknotenId().equals(planknoten) && akte.einheitId().equals(einheit)) {
            throw Abgelehnt.konflikt(
                    "Die Akte " + akte.aktenzeichen() + " liegt schon dort. Es wurde nichts geändert.");
        }
        var ziel = ziel(akte, planknoten);
        var neueEinheit = haltEinheit(einheit);
        var neuerOrt = new Schutzfolge.Koordinate(0, planknoten, einheit, 0, null);
        darf(wer, akte, ziel, neuerOrt);
        return setze(wer, akte, ziel, einheit, neueEinheit, warum);
    }

    /**
     * The same because the plan has changed, not because somebody who works on the Akte wants it: no rights on it are needed, and none are asked. The
     * caller has asked for the role. Its unit and whatever guards it beyond the position stay; the words of a refusal say nothing about it.
     *
     * @param planknotenJetzt under which it must stand by now
     * @param nummer what it must be called by now; null: whatever it is called
     * @return its Aktenzeichen from now on
     * @throws Abgelehnt (KONFLIKT) if it does not stand there any more, or the position has ended or is none for Akten
     */
    @Transactional
    public String stelleUm(
            Anmeldung wer, UUID id, UUID planknotenJetzt, @Nullable String nummer, UUID planknoten, String grund) {
        halte(id);
        var akte = datenbank
                .sql(Akten.SPALTEN + "a.id = :id")
                .param("m", mandant())
                .param("id", id)
                .query(Akte.class)
                .single();
        if (!akte.planknotenId().equals(planknotenJetzt) || nummer != null && !nummer.equals(akte.aktenzeichen())) {
            throw Abgelehnt.konflikt(
                    "Steht inzwischen unter einer anderen Position oder hat ein anderes Aktenzeichen, und bleibt dort.");
        }
        var ziel = plan.knoten(planknoten).orElseThrow();
        if (!ziel.gilt()) {
            throw Abgelehnt.konflikt("Die Position „" + ziel.anzeige() + "“ ist beendet.");
        }
        // Back under its old number it stood there before, whatever was made below meanwhile.
        if (nummer == null && !ziel.blatt()) {
            throw Abgelehnt.konflikt("Unter der Position „" + ziel.anzeige() + "“ stehen noch feinere.");
        }
        return setze(wer, akte, ziel, akte.einheitId(), akte.einheit(), Umzugsbuch.grund(grund));
    }

    private String setze(
            Anmeldung wer, Akte akte, Aktenplan.Knoten ziel, UUID einheit, String neueEinheit, String warum) {
        var id = akte.id();
        var planknoten = ziel.id();
        var vorher = beschreibung(akte);
        for (var tabelle : List.of("akte", "vorgang", "dokument")) {
            schutz.folge(
                    tabelle,
                    tabelle.equals("akte") ? "id" : "akte_id",
                    List.of(id),
                    k -> k.unter(planknoten, akte.einheitId().equals(k.einheitId()) ? einheit : k.einheitId()));
        }
        datenbank
                .sql("UPDATE akte SET planknoten_id = ?, einheit_id = ? WHERE mandant_id = ? AND id = ?")
                .params(planknoten, einheit, mandant(), id)
                .update();
        datenbank
                .sql("UPDATE vorgang SET einheit_id = ? WHERE mandant_id = ? AND akte_id = ? AND einheit_id = ?")
                .params(einheit, mandant(), id, akte.einheitId())
                .update();
        var zeichen = akte.planknotenId().equals(planknoten) || akte.entwurf()
                ? akte.aktenzeichen()
                : nummeriereUm(wer, akte, ziel.kennzeichen());
        var nachher = zeichen + ", " + neueEinheit;
        buch.schreibe(wer, new Umzugsbuch.Umzug("akte", id, id, id, null, null, null, vorher, nachher, warum));
        protokoll.schreibe(
                wer.pseudonym(),
                "akte.umprotokolliert",
                id,
                id,
                Map.of("text", vorher + " → " + nachher + ": " + warum, "von", vorher, "nach", nachher, "grund", warum),
                "akte");
        return zeichen;
    }

    /** Nobody adds to it, moves it or changes its rights until the transaction ends: those who do hold the Akte or the Vorgang as well. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void halte(UUID akte) {
        datenbank
                .sql("SELECT id FROM akte WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), akte)
                .query(UUID.class)
                .optional();
        datenbank
                .sql("SELECT id FROM vorgang WHERE mandant_id = ? AND akte_id = ? ORDER BY id FOR UPDATE")
                .params(mandant(), akte)
                .query(UUID.class)
                .list();
    }

    private Aktenplan.Knoten ziel(Akte akte, UUID planknoten) {
        var knoten = plan.knoten(planknoten)
                .orElseThrow(() -> new NichtGefunden("Diese Position des Aktenplans gibt es nicht."));
        if (!knoten.gilt() && !akte.planknotenId().equals(planknoten)) {
            throw Abgelehnt.eingabe(
                    "Die Position „" + knoten.anzeige() + "“ ist beendet. Bitte wählen Sie eine andere.");
        }
        if (!knoten.blatt() && !akte.planknotenId().equals(planknoten)) {
            throw Abgelehnt.eingabe(
                    "Unter „" + knoten.anzeige() + "“ stehen noch feinere Positionen. Bitte wählen Sie eine davon.");
        }
        return knoten;
    }

    /** A unit that is merged or ended meanwhile must not get an Akte that nobody takes along. */
    private String haltEinheit(UUID einheit) {
        return datenbank
                .sql(
                        "SELECT kuerzel || ' ' || name FROM einheit WHERE mandant_id = ? AND id = ? AND gilt(gueltig_von, gueltig_bis) FOR SHARE")
                .params(mandant(), einheit)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Einheit gibt es nicht, oder nicht mehr."));
    }

    /** Giving away what one only works on would let others see it, or hide it, by the way: that is for whoever manages it. */
    private void darf(Anmeldung wer, Akte akte, Aktenplan.Knoten ziel, Schutzfolge.Koordinate neuerOrt) {
        // First the Schutzbereich: one that is made only now is in no Sicht that was resolved before.
        int dort = schutz.bereich(neuerOrt);
        if (!berechtigungen.sicht(wer.person(), Recht.BEARBEITEN).bereiche().contains(dort)
                && !akten.istOffen(berechtigungen.sicht(wer.person(), Recht.VERWALTEN), akte)) {
            throw Abgelehnt.recht(
                    "Unter „" + ziel.anzeige()
                            + "“ dürfen Sie für diese Einheit keine Akten bearbeiten. Dorthin gibt die Akte nur ab, wer sie verwaltet.");
        }
    }

    private static String beschreibung(Akte akte) {
        return akte.aktenzeichen() + ", " + akte.einheit();
    }

    /** Its Vorgänge are numbered anew in their order, so that the new numbers have no gap either: mostly they keep theirs. */
    private String nummeriereUm(Anmeldung wer, Akte akte, String kennzeichen) {
        var neu = regel.fuerAkte(kennzeichen);
        datenbank
                .sql("UPDATE akte SET aktenzeichen = ?, jahr = ? WHERE mandant_id = ? AND id = ?")
                .params(neu, regel.jahrDerAkten(), mandant(), akte.id())
                .update();
        var alle = datenbank
                .sql(
                        "SELECT id, aktenzeichen FROM vorgang WHERE mandant_id = ? AND akte_id = ? AND NOT entwurf ORDER BY ordnung, id")
                .params(mandant(), akte.id())
                .query(Vorgangszeichen.class)
                .list();
        if (alle.isEmpty()) {
            return neu;
        }
        mitgehendes.verlangeFrei(wer, alle.stream().map(Vorgangszeichen::id).toList());
        var zeichen = regel.fuerVorgaenge(alle.stream().map(v -> neu).toList());
        datenbank
                .sql("""
                UPDATE vorgang v SET aktenzeichen = n.zeichen FROM unnest(CAST(? AS uuid[]), CAST(? AS text[])) AS n (id, zeichen)
                 WHERE v.mandant_id = ? AND v.id = n.id""")
                .param(Schutzfolge.feld(alle.stream().map(Vorgangszeichen::id).toList()))
                .param(zeichen.toArray(String[]::new))
                .param(mandant())
                .update();
        var taten = new ArrayList<Tat>();
        for (int i = 0; i < alle.size(); i++) {
            var alt = alle.get(i);
            taten.add(new Tat(
                    alt.id,
                    akte.id(),
                    Map.of("text", alt.aktenzeichen + " → " + zeichen.get(i), "aktenzeichen", zeichen.get(i))));
        }
        protokoll.schreibe(wer.pseudonym(), "vorgang.umnummeriert", taten);
        return neu;
    }
}
