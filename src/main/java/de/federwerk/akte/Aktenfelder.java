package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenart.Aktenwerte;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The fields of an Akte by their names, as programs know them: a Fachverfahren writes what it knows and leaves the rest as it is. */
@Component
public class Aktenfelder {

    private final JdbcClient datenbank;
    private final Akten akten;
    private final Aktenarten arten;
    private final Aktenwerte werte;
    private final Protokoll protokoll;
    private final Index index;

    Aktenfelder(
            JdbcClient datenbank, Akten akten, Aktenarten arten, Aktenwerte werte, Protokoll protokoll, Index index) {
        this.datenbank = datenbank;
        this.akten = akten;
        this.arten = arten;
        this.werte = werte;
        this.protokoll = protokoll;
        this.index = index;
    }

    /** @param akte found to read */
    @Transactional(readOnly = true)
    public List<Aktenwerte.Feldwert> von(Akten.Akte akte) {
        return werte.von(akte.id(), akte.aktenartId());
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
        var art = akte.aktenartId();
        if (art == null) {
            throw Abgelehnt.eingabe(
                    "Die Akte " + akte.aktenzeichen() + " hat keine Aktenart und deshalb keine Felder.");
        }
        var vorher = new HashMap<UUID, String>();
        werte.von(id, art).forEach(w -> vorher.put(w.feld().id(), w.text()));
        var felder = arten.felder(art, false);
        var eingetragen = new HashMap<UUID, String>();
        neue.forEach((name, wert) -> eingetragen.put(
                felder.stream()
                        .filter(f -> f.name().equalsIgnoreCase(name.strip()))
                        .findFirst()
                        .orElseThrow(() -> Abgelehnt.eingabe("Ein Feld „" + Eingabe.gekuerzt(name, 60)
                                + "“ hat die Aktenart „" + akte.aktenart() + "“ nicht."))
                        .id(),
                Eingabe.zeile(wert)));
        werte.setze(id, art, eingetragen);
        var unterschied = new ArrayList<String>();
        for (var w : werte.von(id, art)) {
            var alt = vorher.getOrDefault(w.feld().id(), "");
            if (!alt.equals(w.text())) {
                unterschied.add(w.feld().name() + ": „" + alt + "“ → „" + w.text() + "“");
            }
        }
        if (!unterschied.isEmpty()) {
            protokoll.schreibe(
                    wer.pseudonym(), "akte.geaendert", id, id, Map.of("text", String.join("; ", unterschied)), "akte");
            index.vormerken("akte", id);
        }
    }
}
