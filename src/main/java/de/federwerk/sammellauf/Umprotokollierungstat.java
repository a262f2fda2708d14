package de.federwerk.sammellauf;

import de.federwerk.akte.Akten;
import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.akte.Umprotokollierung;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Akten go to another position, another federführende unit, or both. */
@Component
class Umprotokollierungstat implements Sammeltat {

    private final Umprotokollierung umprotokollierung;
    private final Akten akten;
    private final Aktenplan plan;
    private final Einheiten einheiten;

    Umprotokollierungstat(Umprotokollierung umprotokollierung, Akten akten, Aktenplan plan, Einheiten einheiten) {
        this.umprotokollierung = umprotokollierung;
        this.akten = akten;
        this.plan = plan;
        this.einheiten = einheiten;
    }

    @Override
    public String kennung() {
        return "umprotokollierung";
    }

    @Override
    public String wort() {
        return "Umprotokollieren";
    }

    @Override
    public Set<Art> arten() {
        return Set.of(Art.AKTE);
    }

    @Override
    public List<Tatfeld> felder(Anmeldung wer, Art art) {
        return List.of(
                Tatfeld.suche(
                        "plan",
                        "Position im Aktenplan",
                        "Leer: Position und Aktenzeichen bleiben",
                        "/aktenplan/auswahl?q=",
                        false),
                Tatfeld.wahl(
                        "einheit",
                        "Federführung",
                        java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of(new Tatfeld.Wahl("", "bleibt")),
                                        einheiten.baum().stream()
                                                .map(e -> new Tatfeld.Wahl(
                                                        e.id().toString(),
                                                        "– ".repeat(e.tiefe()) + e.kuerzel() + " " + e.name())))
                                .toList()),
                Tatfeld.grund());
    }

    @Override
    public Map<String, String> pruefe(Anmeldung wer, Art art, Map<String, String> getippt) {
        var grund = Tateingabe.grund(getippt);
        var text = Tateingabe.zeile(getippt, "plan");
        var einheit = Tateingabe.kennung(getippt.getOrDefault("einheit", ""))
                .flatMap(id ->
                        einheiten.baum().stream().filter(e -> e.id().equals(id)).findFirst());
        if (text.isEmpty() && einheit.isEmpty()) {
            throw Abgelehnt.eingabe(
                    "Bitte geben Sie an, wohin: die Position im Aktenplan, die Federführung, oder beide.");
        }
        var angaben = new java.util.TreeMap<String, String>();
        if (!text.isEmpty()) {
            var knoten = Tateingabe.kennung(getippt.getOrDefault("planId", ""))
                    .flatMap(plan::knoten)
                    .filter(k -> k.anzeige().equals(text))
                    .or(() -> plan.gemeint(text))
                    .orElseThrow(
                            () -> Abgelehnt.eingabe(
                                    "„" + text
                                            + "“ ist nicht genau eine Position, unter der Akten stehen können. Bitte wählen Sie aus der Liste."));
            angaben.put("plan", knoten.id().toString());
            angaben.put("wohin", knoten.kennzeichen());
        }
        einheit.ifPresent(e -> {
            angaben.put("einheit", e.id().toString());
            angaben.merge("wohin", e.kuerzel(), (a, b) -> a + ", " + b);
        });
        angaben.put("grund", grund);
        return angaben;
    }

    @Override
    public String inWorten(Art art, Map<String, String> angaben) {
        return "Umprotokollieren nach " + angaben.getOrDefault("wohin", "");
    }

    @Override
    public Map<String, String> tu(Auftrag auftrag, UUID id) {
        // An angabe that is empty means where it stands when it moves.
        var akte = gehalten(auftrag, id);
        var plan = Tateingabe.kennung(auftrag.angabe("plan")).orElse(akte.planknotenId());
        var einheit = Tateingabe.kennung(auftrag.angabe("einheit")).orElse(akte.einheitId());
        var zeichen = umprotokollierung.protokolliereUm(auftrag.wer(), id, plan, einheit, auftrag.angabe("grund"));
        return Map.of(
                "plan", akte.planknotenId().toString(),
                "einheit", akte.einheitId().toString(),
                "nachher", plan + " " + einheit + " " + zeichen);
    }

    /** Whoever may not move it must not hold it either; asked again once it is held. */
    private Akten.Akte gehalten(Auftrag auftrag, UUID id) {
        akten.zumVerlegen(auftrag.wer(), id);
        umprotokollierung.halte(id);
        return akten.zumVerlegen(auftrag.wer(), id);
    }

    @Override
    public boolean umkehrbar(Art art) {
        return true;
    }

    @Override
    public void nimmZurueck(Auftrag auftrag, UUID id, Map<String, String> spur) {
        var akte = gehalten(auftrag, id);
        Tateingabe.verlangeUnveraendert(
                akte.planknotenId() + " " + akte.einheitId() + " " + akte.aktenzeichen(),
                spur.getOrDefault("nachher", ""));
        umprotokollierung.protokolliereUm(
                auftrag.wer(),
                id,
                UUID.fromString(spur.getOrDefault("plan", "")),
                UUID.fromString(spur.getOrDefault("einheit", "")),
                "Zurückgenommen: " + auftrag.angabe("grund"));
    }
}
