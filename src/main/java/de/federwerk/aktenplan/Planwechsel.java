package de.federwerk.aktenplan;

import de.federwerk.aktenplan.Aktenplan.Knoten;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** For whoever takes Akten from one plan to the next: how the plan will be, and the end of what is left. The caller has asked for the role. */
@Component
public class Planwechsel {

    /**
     * The plan of a day.
     *
     * @param stand counts the changes of the plan, planned ones too
     * @param knoten what will hold then and what has ended by then, each after the one above it
     * @param vorgemerkt what is planned for a later day, in words, by position
     */
    public record Lage(long stand, List<Knoten> knoten, Map<UUID, String> vorgemerkt) {}

    private final Planwerk werk;
    private final Planfassungen fassungen;
    private final Protokoll protokoll;

    Planwechsel(Planwerk werk, Planfassungen fassungen, Protokoll protokoll) {
        this.werk = werk;
        this.fassungen = fassungen;
        this.protokoll = protokoll;
    }

    /** @param tag null: now */
    @Transactional(readOnly = true)
    public Lage am(@Nullable LocalDate tag) {
        var grund = fassungen.grund(tag);
        return new Lage(werk.kopf().stand(), grund.bild().knoten(true), grund.vorgemerkt());
    }

    /** Whether a Fassung is due and not yet carried out: what it brings is not there. */
    @Transactional(readOnly = true)
    public boolean stehtAus() {
        return !fassungen.faellige().isEmpty();
    }

    /** Nobody else changes the plan until the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void sperre() {
        werk.sperre();
    }

    /** No new Akten under these any more. @throws Abgelehnt if the plan would not be one without them, or something is planned for one */
    @Transactional(propagation = Propagation.MANDATORY)
    public void beende(Anmeldung wer, String anlass, Collection<UUID> positionen) {
        aendere(wer, anlass, positionen, true);
    }

    /** They hold again. @throws Abgelehnt as {@link #beende} */
    @Transactional(propagation = Propagation.MANDATORY)
    public void nimmWiederAuf(Anmeldung wer, String anlass, Collection<UUID> positionen) {
        aendere(wer, anlass, positionen, false);
    }

    private void aendere(Anmeldung wer, String anlass, Collection<UUID> positionen, boolean enden) {
        werk.sperre();
        var grund = fassungen.grund(null);
        var aenderungen = positionen.stream()
                .map(grund.bild()::position)
                .filter(Objects::nonNull)
                .filter(p -> p.gilt() == enden)
                .map(p -> new Planaenderung(p, enden ? p.beendet() : p.wiederaufgenommen()))
                .toList();
        if (aenderungen.isEmpty()) {
            return;
        }
        fassungen.aendere(wer, anlass, null, grund, aenderungen);
        for (var a : aenderungen) {
            protokoll.schreibe(
                    wer.pseudonym(),
                    "aktenplan.position." + (enden ? "beendet" : "wiederaufgenommen"),
                    a.nachher().id(),
                    null,
                    Map.of("was", a.nachher().anzeige() + ": " + anlass, "ab", "sofort", "positionen", "1"));
        }
    }
}
