package de.federwerk.zugriff;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Freigaben;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sonderbereiche;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes the Freigaben of a {@link Rechtevorlage} for some units. */
@Component
class Rechtevorlagen {

    private static final String PERSONALAKTEN = Personalakten.BEREICH;

    /**
     * What a template is to be used for.
     *
     * @param id chosen by the form: sent twice, its Freigaben are given once
     * @param position of the Aktenplan, for those that ask for one
     */
    record Auftrag(
            UUID id,
            Rechtevorlage vorlage,
            List<UUID> einheiten,
            @Nullable UUID position) {}

    /** One Freigabe it would give. @param schonDa it is given already, and stays as it is */
    record Zeile(Freigaben.Neu neu, String fuer, String auf, boolean schonDa) {}

    private record Leitungsstelle(UUID id, String name) {}

    private final JdbcClient datenbank;
    private final Freigaben freigaben;
    private final Sonderbereiche sonderbereiche;
    private final Einheiten einheiten;

    Rechtevorlagen(JdbcClient datenbank, Freigaben freigaben, Sonderbereiche sonderbereiche, Einheiten einheiten) {
        this.datenbank = datenbank;
        this.freigaben = freigaben;
        this.sonderbereiche = sonderbereiche;
        this.einheiten = einheiten;
    }

    /** What it would give, without giving it. */
    @Transactional(readOnly = true)
    public List<Zeile> zeilen(Auftrag auftrag) {
        var zeilen = new ArrayList<Zeile>();
        var bekannte = einheiten.baum();
        for (var einheit : bekannte) {
            if (auftrag.einheiten.contains(einheit.id())) {
                var name = einheit.kuerzel() + " " + einheit.name();
                switch (auftrag.vorlage) {
                    case SACHGEBIET -> {
                        zeilen.add(zeile(
                                auftrag,
                                Subjekt.EINHEIT,
                                einheit.id(),
                                name,
                                Ziel.EINHEIT,
                                einheit.id(),
                                "was " + name + " führt",
                                Recht.BEARBEITEN));
                        leitungen(einheit.id())
                                .forEach(l -> zeilen.add(zeile(
                                        auftrag,
                                        Subjekt.STELLE,
                                        l.id,
                                        l.name,
                                        Ziel.EINHEIT,
                                        einheit.id(),
                                        "was " + name + " führt",
                                        Recht.VERWALTEN)));
                    }
                    case QUERSCHNITT ->
                        zeilen.add(zeile(
                                auftrag,
                                Subjekt.EINHEIT,
                                einheit.id(),
                                name,
                                Ziel.PLAN,
                                position(auftrag),
                                "die Position und alles darunter",
                                Recht.LESEN));
                    case REGISTRATUR ->
                        zeilen.add(zeile(
                                auftrag,
                                Subjekt.EINHEIT,
                                einheit.id(),
                                name,
                                Ziel.PLAN,
                                position(auftrag),
                                "die Position und alles darunter",
                                Recht.VERWALTEN));
                    case PERSONALAKTEN -> {
                        var bereich = personalakten();
                        zeilen.add(zeile(
                                auftrag,
                                Subjekt.EINHEIT,
                                einheit.id(),
                                name,
                                Ziel.SONDER,
                                bereich,
                                "Sonderbereich Personalakten",
                                Recht.BEARBEITEN));
                        leitungen(einheit.id())
                                .forEach(l -> zeilen.add(zeile(
                                        auftrag,
                                        Subjekt.STELLE,
                                        l.id,
                                        l.name,
                                        Ziel.SONDER,
                                        bereich,
                                        "Sonderbereich Personalakten",
                                        Recht.VERWALTEN)));
                    }
                }
            }
        }
        if (zeilen.isEmpty()) {
            throw Abgelehnt.eingabe("Bitte wählen Sie mindestens eine Einheit.");
        }
        return zeilen;
    }

    private static UUID position(Auftrag auftrag) {
        if (auftrag.position == null) {
            throw Abgelehnt.eingabe("Bitte wählen Sie eine Position des Aktenplans aus der Liste.");
        }
        return auftrag.position;
    }

    /** The one of that name; the same id for all who make it at once. */
    private UUID personalakten() {
        return sonderbereiche.suche(PERSONALAKTEN).stream()
                .filter(s -> s.name().equalsIgnoreCase(PERSONALAKTEN))
                .map(Sonderbereiche.Sonderbereich::id)
                .findFirst()
                .orElseGet(() -> UUID.nameUUIDFromBytes((mandant() + PERSONALAKTEN).getBytes(StandardCharsets.UTF_8)));
    }

    private Zeile zeile(
            Auftrag auftrag, Subjekt subjekt, UUID wer, String name, Ziel ziel, UUID was, String auf, Recht recht) {
        var id = UUID.nameUUIDFromBytes(
                (auftrag.id + "/" + wer + "/" + was + "/" + recht).getBytes(StandardCharsets.UTF_8));
        var neu =
                new Freigaben.Neu(id, subjekt, wer, ziel, was, recht, null, null, "Vorlage " + auftrag.vorlage.titel());
        return new Zeile(neu, name, auf, freigaben.gibtEs(neu));
    }

    private List<Leitungsstelle> leitungen(UUID einheit) {
        return datenbank
                .sql("""
                SELECT s.id, e.kuerzel || ' · ' || s.bezeichnung AS name FROM stelle s JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                 WHERE s.mandant_id = ? AND s.einheit_id = ? AND s.leitung AND gilt(s.gueltig_von, s.gueltig_bis) ORDER BY s.bezeichnung, s.id""")
                .params(mandant(), einheit)
                .query(Leitungsstelle.class)
                .list();
    }

    /** Gives those that are not given yet. @return how many */
    @Transactional
    public int wendeAn(Anmeldung wer, Auftrag auftrag) {
        if (auftrag.vorlage == Rechtevorlage.PERSONALAKTEN) {
            sonderbereiche.richteEin(wer, personalakten(), PERSONALAKTEN, false, "Vorlage Personalakten");
        }
        int erteilt = 0;
        for (var zeile : zeilen(auftrag)) {
            if (!zeile.schonDa) {
                freigaben.erteile(wer, zeile.neu);
                erteilt++;
            }
        }
        return erteilt;
    }
}
