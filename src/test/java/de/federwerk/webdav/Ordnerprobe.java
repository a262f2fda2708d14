package de.federwerk.webdav;

import de.federwerk.organisation.Anmeldung;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/** What a PROPFIND of a folder answers, for the comparison with the rules in plain Java. */
public final class Ordnerprobe {

    private final Verzeichnis verzeichnis;

    public Ordnerprobe(ApplicationContext haus) {
        this.verzeichnis = haus.getBean(Verzeichnis.class);
    }

    /** What lies in a folder; empty where there is none for this person. @param pfad names from the root on */
    public Optional<Set<UUID>> in(Anmeldung wer, String... pfad) {
        var fund = verzeichnis.suche(wer, new Pfad(List.of(pfad)));
        if (!fund.da()) {
            return Optional.empty();
        }
        var darin = new HashSet<UUID>();
        verzeichnis.inhalt(wer, fund.eintrag()).forEach(e -> darin.add(e.id()));
        return Optional.of(darin);
    }
}
