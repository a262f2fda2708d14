package de.federwerk.webdav;

import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.webdav.Eintrag.Art;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What lies under an address for a person, and what lies in it. */
@Component
class Verzeichnis {

    static final String AKTEN = "Akten";
    static final String DOKUMENTE = "Dokumente";
    static final String BEREICH = "Arbeitsbereich";

    /**
     * An address and what was found on the way to it.
     *
     * @param kette from the root on, as far as there is something
     */
    record Fund(Pfad pfad, List<Eintrag> kette) {

        boolean da() {
            return kette.size() > pfad.teile().size();
        }

        /** @throws Webdavfehler (404) if there is nothing for this person */
        Eintrag eintrag() {
            if (!da()) {
                throw Webdavfehler.nichtGefunden();
            }
            return kette.getLast();
        }

        /** @throws Webdavfehler (409) if the folder does not exist for this person, or is none */
        Eintrag eltern() {
            if (pfad.teile().isEmpty()) {
                throw Webdavfehler.nichtHier("Der oberste Ordner lässt sich nicht ändern.");
            }
            if (kette.size() < pfad.teile().size()
                    || !kette.get(pfad.teile().size() - 1).istOrdner()) {
                throw Webdavfehler.ohneOrdner();
            }
            return kette.get(pfad.teile().size() - 1);
        }

        String href() {
            return pfad.href(da() && eintrag().istOrdner());
        }
    }

    private final Aktenbaum baum;
    private final Arbeitsbereich bereich;
    private final Berechtigungen berechtigungen;

    Verzeichnis(Aktenbaum baum, Arbeitsbereich bereich, Berechtigungen berechtigungen) {
        this.baum = baum;
        this.bereich = bereich;
        this.berechtigungen = berechtigungen;
    }

    @Transactional(readOnly = true)
    public Fund suche(Anmeldung wer, Pfad pfad) {
        var sicht = sicht(wer);
        var kette = new ArrayList<Eintrag>();
        kette.add(Eintrag.fest(Art.WURZEL, ""));
        for (var name : pfad.teile()) {
            var naechster = in(wer, sicht, kette.getLast(), name);
            if (naechster.isEmpty()) {
                break;
            }
            kette.add(naechster.get());
        }
        return new Fund(pfad, List.copyOf(kette));
    }

    private Optional<Eintrag> in(Anmeldung wer, Sicht sicht, Eintrag ordner, String name) {
        return switch (ordner.art()) {
            case WURZEL ->
                wurzel(wer).stream().filter(e -> e.name().equals(name)).findFirst();
            case AKTEN -> baum.position(sicht, name);
            case POSITION -> baum.akte(sicht, ordner.id(), name);
            case AKTE -> baum.vorgang(sicht, ordner.id(), name);
            case VORGANG -> oderEigenes(wer, ordner.id(), name, baum.dokument(sicht, ordner.id(), name));
            case DOKUMENTE ->
                kennung(name)
                        .flatMap(id -> baum.dokument(sicht, id))
                        .map(d -> Eintrag.ordner(Art.DOKUMENTORDNER, d.id(), name, d.angelegt(), d.geaendert()));
            case DOKUMENTORDNER ->
                oderEigenes(
                        wer,
                        ordner.id(),
                        name,
                        baum.dokument(sicht, ordner.id()).filter(d -> d.name().equals(name)));
            case BEREICH, ORDNER -> bereich.finde(wer.person(), ordner.id(), name);
            case DOKUMENT, DATEI -> Optional.empty();
        };
    }

    private Optional<Eintrag> oderEigenes(Anmeldung wer, UUID ort, String name, Optional<Eintrag> dokument) {
        return dokument.isPresent() ? dokument : bereich.finde(wer.person(), ort, name);
    }

    private static List<Eintrag> wurzel(Anmeldung wer) {
        return List.of(
                Eintrag.fest(Art.AKTEN, AKTEN),
                Eintrag.fest(Art.DOKUMENTE, DOKUMENTE),
                Eintrag.ordner(Art.BEREICH, wer.person(), BEREICH, null, null));
    }

    /** What lies in a folder, for this person. */
    @Transactional(readOnly = true)
    public List<Eintrag> inhalt(Anmeldung wer, Eintrag ordner) {
        var sicht = sicht(wer);
        return switch (ordner.art()) {
            case WURZEL -> wurzel(wer);
            case AKTEN -> baum.positionen(sicht);
            case POSITION -> baum.akten(sicht, ordner.id());
            case AKTE -> baum.vorgaenge(sicht, ordner.id());
            case VORGANG -> mitEigenem(wer, ordner.id(), baum.dokumente(sicht, ordner.id()));
            case DOKUMENTORDNER ->
                mitEigenem(
                        wer,
                        ordner.id(),
                        baum.dokument(sicht, ordner.id()).stream().toList());
            case BEREICH, ORDNER -> bereich.in(wer.person(), ordner.id());
            // Thousands of ids help nobody.
            case DOKUMENTE, DOKUMENT, DATEI -> List.of();
        };
    }

    private List<Eintrag> mitEigenem(Anmeldung wer, UUID ort, List<Eintrag> dokumente) {
        return Stream.concat(dokumente.stream(), bereich.in(wer.person(), ort).stream())
                .toList();
    }

    Sicht sicht(Anmeldung wer) {
        return berechtigungen.sicht(wer.person(), Recht.LESEN);
    }

    private static Optional<UUID> kennung(String name) {
        return name.matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(name))
                : Optional.empty();
    }
}
