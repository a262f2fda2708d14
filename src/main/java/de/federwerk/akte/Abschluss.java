package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Akten.Akte;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An Akte ends when everything in it has ended; Akte and Vorgang are taken up again for a reason, and from then on the retention begins anew. */
@Component
public class Abschluss {

    /** How many open Vorgänge a refusal names. */
    private static final int GENANNTE = 5;

    private final JdbcClient datenbank;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Aktenteile teile;
    private final Einordnung einordnung;
    private final Berechtigungen berechtigungen;
    private final Protokoll protokoll;
    private final Index index;
    private final ApplicationEventPublisher ereignisse;

    Abschluss(
            JdbcClient datenbank,
            Akten akten,
            Vorgaenge vorgaenge,
            Aktenteile teile,
            Einordnung einordnung,
            Berechtigungen berechtigungen,
            Protokoll protokoll,
            Index index,
            ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.teile = teile;
        this.einordnung = einordnung;
        this.berechtigungen = berechtigungen;
        this.protokoll = protokoll;
        this.index = index;
        this.ereignisse = ereignisse;
    }

    /**
     * Puts an Akte zu den Akten.
     *
     * @throws Abgelehnt (KONFLIKT) as long as a Vorgang or a Teilakte in it is open, with those that the person sees; also if somebody above objects to {@link
     *     AkteWirdGeschlossen}
     */
    @Transactional
    public void schliesseAkte(Anmeldung wer, UUID id) {
        var akte = zumAbschluss(wer, id);
        if (!akte.stand().equals("offen")) {
            throw Abgelehnt.konflikt("Die Akte " + akte.aktenzeichen() + " ist schon zu den Akten gelegt.");
        }
        if (akte.entwurf()) {
            throw Abgelehnt.konflikt(
                    "Die Akte ist noch ein Entwurf ohne Aktenzeichen. Bitte registrieren Sie sie erst.");
        }
        verlangeFertige(wer, akte, "v.akte_id = :was", akte.id(), "Die Akte " + akte.aktenzeichen());
        teile.schliesseMitAkte(wer, akte);
        ereignisse.publishEvent(new AkteWirdGeschlossen(id));
        datenbank
                .sql(
                        "UPDATE akte SET stand = 'zda', zda_am = now(), zda_von = ?, laufzeit_bis = heute() WHERE mandant_id = ? AND id = ?")
                .params(wer.person(), mandant(), id)
                .update();
        protokoll.schreibe(wer.pseudonym(), "akte.zda", id, id, Map.of("aktenzeichen", akte.aktenzeichen()), "akte");
        index.vormerken("akte", id);
    }

    /** Held exclusively: nobody opens a Vorgang in it meanwhile. */
    private Akte zumAbschluss(Anmeldung wer, UUID id) {
        datenbank
                .sql("SELECT id FROM akte WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), id)
                .query(UUID.class)
                .optional();
        return akten.zumVerlegen(wer, id);
    }

    private record Offener(String aktenzeichen, String titel, boolean sichtbar) {}

    private void verlangeFertige(Anmeldung wer, Akte akte, String bedingung, UUID was, String name) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.METADATEN);
        var offene = datenbank
                .sql(
                        "SELECT v.aktenzeichen, v.titel, %s AS sichtbar FROM vorgang v WHERE v.mandant_id = :m AND %s AND v.stand <> 'zda' AND NOT EXISTS (SELECT FROM papierkorb p WHERE p.mandant_id = v.mandant_id AND p.id = v.id) ORDER BY v.ordnung, v.id"
                                .formatted(sicht.aufVorgang("v"), bedingung))
                .param("m", mandant())
                .param("was", was)
                .params(sicht.parameter())
                .query(Offener.class)
                .list();
        if (offene.isEmpty()) {
            return;
        }
        var gesehene = offene.stream().filter(Offener::sichtbar).toList();
        if (gesehene.isEmpty()) {
            // Neither number nor name of what the person does not see.
            throw new NochOffen(name + " lässt sich noch nicht schließen. Bitte fragen Sie, wer sie verwaltet.");
        }
        throw new NochOffen("In der Akte " + akte.aktenzeichen() + " ist noch nicht alles zu den Akten gelegt: "
                + gesehene.stream()
                        .limit(GENANNTE)
                        .map(v -> v.aktenzeichen + " „" + v.titel + "“")
                        .collect(Collectors.joining(", "))
                + (gesehene.size() > GENANNTE ? " und weitere " + (gesehene.size() - GENANNTE) : "")
                + ". Es wurde nichts geändert.");
    }

    /** Ends a Teilakte. @throws Abgelehnt (KONFLIKT) as long as a Vorgang in it is open; for a Band, which ends when the next begins */
    @Transactional
    public void schliesseTeilakte(Anmeldung wer, UUID akteId, UUID id) {
        var akte = teile.zumTeilen(wer, akteId);
        var teil = teile.teil(akteId, id);
        if (teil.band() || !teil.offen()) {
            throw Abgelehnt.konflikt(
                    "„" + teil.name() + "“ ist schon geschlossen, oder ein Band: Er endet, wenn der nächste beginnt.");
        }
        verlangeFertige(wer, akte, "v.teil_id = :was", id, "Die Teilakte " + teil.name());
        teile.setzeEnde(wer, id);
        teile.merke(wer, "akte.teilakte.geschlossen", akteId, teil.name());
    }

    /** @throws Abgelehnt (EINGABE) without a reason, (KONFLIKT) if it is open, or a Band */
    @Transactional
    public void nimmTeilakteWiederAuf(Anmeldung wer, UUID akteId, UUID id, @Nullable String grund) {
        var warum = Umzugsbuch.grund(grund);
        teile.zumTeilen(wer, akteId);
        var teil = teile.teil(akteId, id);
        if (teil.band() || teil.offen()) {
            throw Abgelehnt.konflikt("„" + teil.name() + "“ ist offen, oder ein Band: Die bleiben geschlossen.");
        }
        teile.oeffne(id);
        teile.merke(wer, "akte.teilakte.wiederaufgenommen", akteId, teil.name() + ": " + warum);
    }

    /** @throws Abgelehnt (EINGABE) without a reason, (KONFLIKT) if the Akte is open */
    @Transactional
    public void nimmAkteWiederAuf(Anmeldung wer, UUID id, @Nullable String grund) {
        var warum = Umzugsbuch.grund(grund);
        var akte = zumAbschluss(wer, id);
        if (akte.stand().equals("offen")) {
            throw Abgelehnt.konflikt("Die Akte " + akte.aktenzeichen() + " ist offen. Es wurde nichts geändert.");
        }
        datenbank
                .sql(
                        "UPDATE akte SET stand = 'offen', zda_am = NULL, zda_von = NULL, laufzeit_bis = NULL WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
        teile.oeffneMitAkte(id);
        protokoll.schreibe(
                wer.pseudonym(), "akte.wiederaufgenommen", id, id, Map.of("text", warum, "grund", warum), "akte");
        index.vormerken("akte", id);
    }

    /** @throws Abgelehnt (EINGABE) without a reason, (KONFLIKT) if the Vorgang is open or its Akte is not */
    @Transactional
    public void nimmVorgangWiederAuf(Anmeldung wer, UUID id, @Nullable String grund) {
        var warum = Umzugsbuch.grund(grund);
        var gelesen = vorgaenge.bearbeitbar(wer, id);
        akten.halte(gelesen.akteId());
        vorgaenge.halte(id);
        var vorgang = vorgaenge.bearbeitbar(wer, id);
        if (vorgang.offen()) {
            throw Abgelehnt.konflikt("Der Vorgang " + vorgang.aktenzeichen() + " ist offen. Es wurde nichts geändert.");
        }
        if (!akten.lage(vorgang.akteId()).stand().equals("offen")) {
            throw Abgelehnt.konflikt("Die Akte, in der der Vorgang " + vorgang.aktenzeichen()
                    + " liegt, ist zu den Akten gelegt. Bitte nehmen Sie zuerst die Akte wieder auf.");
        }
        datenbank
                .sql(
                        "UPDATE vorgang SET stand = 'in_bearbeitung', zda_am = NULL, zda_von = NULL, geaendert = now() WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
        einordnung.nachWiederaufnahme(wer, vorgang);
        protokoll.schreibe(
                wer.pseudonym(),
                "vorgang.wiederaufgenommen",
                id,
                vorgang.akteId(),
                Map.of("aktenzeichen", vorgang.aktenzeichen(), "text", warum, "grund", warum),
                "vorgang");
        index.vormerken("vorgang", id);
    }
}
