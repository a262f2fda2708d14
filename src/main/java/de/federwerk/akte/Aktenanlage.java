package de.federwerk.akte;

import de.federwerk.aktenart.Aktenartvorgaben;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A new Akte with what its Aktenart says it begins with. */
@Component
public class Aktenanlage {

    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Aktenartvorgaben vorgaben;
    private final Berechtigungen berechtigungen;
    private final Einmal einmal;

    Aktenanlage(
            Akten akten, Vorgaenge vorgaenge, Aktenartvorgaben vorgaben, Berechtigungen berechtigungen, Einmal einmal) {
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.vorgaben = vorgaben;
        this.berechtigungen = berechtigungen;
        this.einmal = einmal;
    }

    /** As {@link Akten#legeAn(Anmeldung, UUID, Akten.Neu)}, with the first Vorgänge of its Aktenart; sent twice, these are made once, too. */
    @Transactional
    public Akten.Akte legeAn(Anmeldung wer, UUID id, Akten.Neu neu) {
        einmal.warte(id);
        boolean schon =
                akten.finde(berechtigungen.sicht(wer.person(), Recht.LESEN), id).isPresent();
        var akte = akten.legeAn(wer, id, neu);
        if (!schon) {
            vorgaben.von(neu.aktenart())
                    .vorgaenge()
                    .forEach(titel -> vorgaenge.eroeffne(wer, Kennung.neu(), id, titel, neu.entwurf()));
        }
        return akte;
    }
}
