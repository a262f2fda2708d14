package de.federwerk.akteneinsicht;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.organisation.Anmeldung;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an Akteneinsicht shows and what its package would hold, for the comparison with the rules in plain Java. */
public final class Einsichtsprobe {

    private final Akteneinsichten einsichten;
    private final Einsichtsstuecke stuecke;
    private final Einsichtsinhalt inhalt;
    private final JdbcClient jdbc;

    public Einsichtsprobe(ApplicationContext haus) {
        this.einsichten = haus.getBean(Akteneinsichten.class);
        this.stuecke = haus.getBean(Einsichtsstuecke.class);
        this.inhalt = haus.getBean(Einsichtsinhalt.class);
        this.jdbc = haus.getBean(JdbcClient.class);
    }

    /** Those that stand in the person's list. */
    public Set<UUID> meine(Anmeldung wer) {
        var alle = new HashSet<UUID>();
        einsichten.meine(wer).forEach(e -> alle.add(e.id()));
        return alle;
    }

    /** Whether the page of one opens. */
    public boolean zeigt(Anmeldung wer, UUID einsicht) {
        try {
            einsichten.einsicht(wer, einsicht);
            return true;
        } catch (NichtGefunden e) {
            return false;
        }
    }

    /** Whether the finished package is given out. */
    public boolean gibtHeraus(Anmeldung wer, UUID einsicht) {
        try {
            einsichten.paket(wer, einsicht);
            return true;
        } catch (NichtGefunden e) {
            return false;
        }
    }

    /** The Dokumente of the choice. */
    public Set<UUID> stuecke(Sicht sicht, UUID einsicht) {
        var alle = new HashSet<UUID>();
        stuecke.in(sicht, einsicht, Stelle.ANFANG).zeilen().forEach(s -> alle.add(s.id()));
        return alle;
    }

    /** How many the page says there are. */
    public long anzahl(Sicht sicht, UUID einsicht) {
        return stuecke.anzahl(sicht, einsicht).values().stream()
                .mapToLong(a -> a.zahl())
                .sum();
    }

    /** What would be bound: each Dokument, and whether the title of its Vorgang would stand there. */
    public Map<UUID, Boolean> teile(Sicht sicht, UUID einsicht) {
        var alle = new HashMap<UUID, Boolean>();
        inhalt.teile(sicht, einsicht, true)
                .forEach(t -> alle.put(t.dokument(), !t.vorgangTitel().isEmpty()));
        return alle;
    }

    /** Begins one over a whole Akte. @return whether the person was let */
    public boolean lege(Anmeldung wer, UUID einsicht, UUID akte) {
        try {
            einsichten.lege(
                    wer,
                    einsicht,
                    akte,
                    new Einsichtsangaben("zip", "Gericht", "", Rechtsgrundlage.VWVFG, "", true, true, true, null),
                    List.of(),
                    List.of());
            return true;
        } catch (NichtGefunden e) {
            return false;
        }
    }

    /** What it took in, whoever looks. */
    public Set<UUID> gelegte(UUID einsicht) {
        return jdbc.sql("SELECT dokument_id FROM einsichtsstueck WHERE mandant_id = ? AND akteneinsicht_id = ?")
                .params(Mandantenkontext.mandant(), einsicht)
                .query(UUID.class)
                .set();
    }
}
