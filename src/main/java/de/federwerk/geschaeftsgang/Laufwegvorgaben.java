package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Vorgaenge.Vorgang;
import de.federwerk.aktenart.Aktenarten;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.geschaeftsgang.Laufwegvorlagen.Vorlage;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which templates an Aktenart offers first. They hold in its Akten wherever these stand in the Aktenplan. */
@Component
public class Laufwegvorgaben {

    private static final int HOECHSTENS = 20;

    /** @param vorgaben those of the Aktenart, the first of them is filled in @param weitere those of the position */
    record Angebot(List<Vorlage> vorgaben, List<Vorlage> weitere) {

        List<Vorlage> alle() {
            return Stream.concat(vorgaben.stream(), weitere.stream()).toList();
        }
    }

    private final JdbcClient datenbank;
    private final Laufwegvorlagen vorlagen;
    private final Aktenarten arten;
    private final Personen personen;
    private final Protokoll protokoll;

    Laufwegvorgaben(
            JdbcClient datenbank, Laufwegvorlagen vorlagen, Aktenarten arten, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.vorlagen = vorlagen;
        this.arten = arten;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    /** Ids of templates, also of ended ones, in their order. */
    @Transactional(readOnly = true)
    public List<UUID> von(UUID aktenart) {
        return datenbank
                .sql("SELECT vorlage_id FROM laufwegvorgabe WHERE mandant_id = ? AND aktenart_id = ? ORDER BY platz")
                .params(mandant(), aktenart)
                .query(UUID.class)
                .list();
    }

    /** What is offered for a Laufweg of this Vorgang. */
    @Transactional(readOnly = true)
    public Angebot fuer(Vorgang vorgang) {
        var hier = vorlagen.fuer(vorgang.planknotenId());
        var zuerst = vorgang.aktenartId() == null ? List.<UUID>of() : von(vorgang.aktenartId());
        if (zuerst.isEmpty()) {
            return new Angebot(List.of(), hier);
        }
        var vorgaben = vorlagen.alle().stream()
                .filter(v -> zuerst.contains(v.id()))
                .sorted(Comparator.comparingInt(v -> zuerst.indexOf(v.id())))
                .toList();
        return new Angebot(
                vorgaben, hier.stream().filter(v -> !zuerst.contains(v.id())).toList());
    }

    /** @param neue in their order @throws Abgelehnt (RECHT) without the role ADMINISTRATION, (EINGABE) if they are too many or there is no such template */
    @Transactional
    public void setze(Anmeldung wer, UUID aktenart, List<UUID> neue) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        // Two at once would both clear and both write.
        arten.halte(aktenart);
        var art = arten.finde(aktenart).orElseThrow(() -> new NichtGefunden("Diese Aktenart gibt es nicht."));
        var gueltige = vorlagen.alle().stream().collect(Collectors.toMap(Vorlage::id, Vorlage::titel));
        if (neue.size() > HOECHSTENS || !gueltige.keySet().containsAll(neue)) {
            throw Abgelehnt.eingabe("Möglich sind " + HOECHSTENS
                    + " Vorlagen, die es gibt und die nicht beendet sind. Es wurde nichts geändert.");
        }
        datenbank
                .sql("DELETE FROM laufwegvorgabe WHERE mandant_id = ? AND aktenart_id = ?")
                .params(mandant(), aktenart)
                .update();
        datenbank
                .sql("""
                INSERT INTO laufwegvorgabe (mandant_id, aktenart_id, vorlage_id, platz)
                SELECT ?, ?, n.id, n.platz FROM unnest(CAST(? AS uuid[])) WITH ORDINALITY AS n (id, platz)
                ON CONFLICT DO NOTHING""")
                .params(
                        mandant(),
                        aktenart,
                        neue.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "aktenart.laufwege",
                aktenart,
                null,
                Map.of(
                        "titel",
                        art.name(),
                        "text",
                        neue.stream().map(gueltige::get).collect(Collectors.joining(", "))));
    }
}
