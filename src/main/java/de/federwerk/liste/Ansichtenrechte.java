package de.federwerk.liste;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Postfach;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Leitungen;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who keeps an Ansicht for whom. */
@Component
class Ansichtenrechte {

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Einheiten einheiten;
    private final Leitungen leitungen;
    private final Personen personen;

    Ansichtenrechte(
            JdbcClient datenbank,
            Berechtigungen berechtigungen,
            Einheiten einheiten,
            Leitungen leitungen,
            Personen personen) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.einheiten = einheiten;
        this.leitungen = leitungen;
        this.personen = personen;
    }

    /** The units for which this person may keep an Ansicht. @param baum all there are */
    @Transactional(readOnly = true)
    public List<Einheiten.Einheit> fuerWelche(Anmeldung wer, List<Einheiten.Einheit> baum) {
        if (verwaltung(wer)) {
            return baum;
        }
        var geleitete = geleitete(wer);
        return baum.stream().filter(e -> geleitete.contains(e.id())).toList();
    }

    /** Led by this person, or by somebody whom this person represents today. */
    Set<UUID> geleitete(Anmeldung wer) {
        var geleitete = new HashSet<UUID>();
        berechtigungen.postfaecher(wer.person()).stream()
                .map(Postfach::person)
                .distinct()
                .forEach(p -> geleitete.addAll(leitungen.geleiteteEinheiten(p)));
        return geleitete;
    }

    boolean verwaltung(Anmeldung wer) {
        return personen.profil(wer.person())
                .filter(p -> p.hat(Rolle.ADMINISTRATION))
                .isPresent();
    }

    /** @throws Abgelehnt (RECHT) if this person neither leads it nor represents who does */
    void verlange(Anmeldung wer, UUID einheit) {
        if (!verwaltung(wer) && !geleitete(wer).contains(einheit)) {
            throw Abgelehnt.recht(
                    "Für eine Einheit speichert, wer sie leitet oder vertritt, oder die Administration. Es wurde nichts geändert; für sich selbst können Sie die Ansicht speichern.");
        }
        einheiten.verlange(einheit);
    }

    /** Narrowed to a unit that there is not, or not any more here: nothing could be kept of it. */
    void verlangeGrenze(Listenfrage frage) {
        var einheit = frage.kennung(Eingrenzung.EINHEIT);
        if (einheit != null
                && !datenbank
                        .sql("SELECT EXISTS (SELECT FROM einheit WHERE mandant_id = ? AND id = ?)")
                        .params(mandant(), einheit)
                        .query(Boolean.class)
                        .single()) {
            throw Abgelehnt.eingabe(
                    "Die Einheit, auf die diese Liste eingegrenzt ist, gibt es nicht. Bitte wählen Sie eine andere.");
        }
    }
}
