package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenart.Aktenwerte;
import de.federwerk.aktenart.Feldtraeger;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
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
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The fields of an Akte or a Vorgang by their names, as programs know them: a Fachverfahren writes what it knows and leaves the rest as it is. */
@Component
public class Aktenfelder {

    private final JdbcClient datenbank;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Aktenarten arten;
    private final Aktenwerte werte;
    private final Protokoll protokoll;
    private final Index index;

    Aktenfelder(
            JdbcClient datenbank,
            Akten akten,
            Vorgaenge vorgaenge,
            Aktenarten arten,
            Aktenwerte werte,
            Protokoll protokoll,
            Index index) {
        this.datenbank = datenbank;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.arten = arten;
        this.werte = werte;
        this.protokoll = protokoll;
        this.index = index;
    }

    /** @param akte found to read */
    @Transactional(readOnly = true)
    public List<Aktenwerte.Feldwert> von(Akten.Akte akte) {
        return werte.von(Feldtraeger.AKTE, akte.id(), akte.aktenartId());
    }

    /** @param vorgang found to read */
    @Transactional(readOnly = true)
    public List<Aktenwerte.Feldwert> von(Vorgaenge.Vorgang vorgang) {
        return werte.von(Feldtraeger.VORGANG, vorgang.id(), vorgang.aktenartId());
    }

    /**
     * @param neue by the name of the field, in any case; an empty text takes a value away
     * @throws Abgelehnt (RECHT) if the person may only read, (KONFLIKT) if the Akte is zdA, (EINGABE) if a field is unknown, does not fit, or must
     *     be filled in
     */
    @Transactional
    public void trageEin(Anmeldung wer, UUID id, Map<String, String> neue) {
        datenbank
                .sql("SELECT id FROM akte WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), id)
                .query(UUID.class)
                .optional();
        var akte = akten.zumVerlegen(wer, id);
        if (!akte.offen()) {
            throw Abgelehnt.konflikt("Die Akte " + akte.aktenzeichen() + " ist zu den Akten gelegt.");
        }
        trageEin(wer, Feldtraeger.AKTE, id, id, akte.aktenartId(), akte.aktenzeichen(), neue);
    }

    /** As {@link #trageEin}, of a Vorgang. */
    @Transactional
    public void trageEinVorgang(Anmeldung wer, UUID id, Map<String, String> neue) {
        vorgaenge.zumAendern(wer, id);
        var vorgang = vorgaenge.bearbeitbar(wer, id);
        trageEin(wer, Feldtraeger.VORGANG, id, vorgang.akteId(), vorgang.aktenartId(), vorgang.aktenzeichen(), neue);
    }

    /**
     * Fills a Vorgang that was just made with what fits; the rest is left out and said.
     *
     * @param neue by id of the field
     * @return why something was left out, one sentence each
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<String> uebernimm(Anmeldung wer, UUID id, Map<UUID, String> neue) {
        var vorgang = vorgaenge.bearbeitbar(wer, id);
        var art = vorgang.aktenartId();
        if (art == null || neue.isEmpty()) {
            return List.of();
        }
        var zeilen = new HashMap<UUID, String>();
        neue.forEach((feld, wert) -> zeilen.put(feld, Eingabe.zeile(wert)));
        var nicht = werte.setzeWasPasst(Feldtraeger.VORGANG, id, art, zeilen);
        var text = werte.von(Feldtraeger.VORGANG, id, art).stream()
                .filter(w -> !w.text().isEmpty())
                .map(w -> w.feld().name() + ": „" + w.text() + "“")
                .collect(Collectors.joining("; "));
        if (!text.isEmpty()) {
            protokoll.schreibe(
                    wer.pseudonym(), "vorgang.geaendert", id, vorgang.akteId(), Map.of("text", text), "vorgang");
            index.vormerken("vorgang", id);
        }
        return nicht.values().stream().sorted().toList();
    }

    private void trageEin(
            Anmeldung wer,
            Feldtraeger traeger,
            UUID id,
            UUID akte,
            @Nullable UUID art,
            String aktenzeichen,
            Map<String, String> neue) {
        if (art == null) {
            throw Abgelehnt.eingabe("Zu " + aktenzeichen
                    + " gibt es keine Felder: Die Akte hat keine Aktenart. Es wurde nichts eingetragen.");
        }
        var vorher = new HashMap<UUID, String>();
        werte.von(traeger, id, art).forEach(w -> vorher.put(w.feld().id(), w.text()));
        var personenVorher = werte.personen(traeger, id);
        var felder = arten.felder(traeger, art, false);
        var eingetragen = new HashMap<UUID, String>();
        neue.forEach((name, wert) -> eingetragen.put(
                felder.stream()
                        .filter(f -> f.name().equalsIgnoreCase(name.strip()))
                        .findFirst()
                        .orElseThrow(() -> Abgelehnt.eingabe("Ein Feld „" + Eingabe.gekuerzt(name, 60)
                                + "“ gibt es hier nicht: Die Aktenart „"
                                + arten.finde(art).map(Aktenarten.Wahl::name).orElse("") + "“ hat es nicht."))
                        .id(),
                Eingabe.zeile(wert)));
        werte.setze(traeger, id, art, eingetragen);
        var personen = werte.personen(traeger, id);
        var unterschied = new ArrayList<String>();
        for (var w : werte.von(traeger, id, art)) {
            var alt = vorher.getOrDefault(w.feld().id(), "");
            if (!alt.equals(w.text())) {
                unterschied.add(w.feld().name() + ": „" + alt + "“ → „" + w.text() + "“");
            } else if (!Objects.equals(
                    personenVorher.get(w.feld().id()), personen.get(w.feld().id()))) {
                unterschied.add(Pflege.andererDesNamens(w.feld(), alt));
            }
        }
        if (!unterschied.isEmpty()) {
            var was = traeger.kennung();
            protokoll.schreibe(
                    wer.pseudonym(), was + ".geaendert", id, akte, Map.of("text", String.join("; ", unterschied)), was);
            index.vormerken(was, id);
        }
    }
}
