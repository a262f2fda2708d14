package de.federwerk.berechtigung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sets of Akten, Vorgänge and Dokumente that inherit nothing: only Freigaben on the Sonderbereich itself open them. */
@Component
public class Sonderbereiche {

    public static final Ordnung NACH_NAMEN = Ordnung.auf(Ordnung.text("name"), Ordnung.kennung("id"));

    /** @param einzeln made for one thing and not offered for others */
    public record Sonderbereich(UUID id, String name, boolean einzeln, String grund) {}

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Protokoll protokoll;

    Sonderbereiche(JdbcClient datenbank, Einmal einmal, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.protokoll = protokoll;
    }

    /** Those that things are put into by name; not the ones made for one thing. */
    @Transactional(readOnly = true)
    public Seite<Sonderbereich> seite(Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                s -> List.of(s.name, s.id),
                (stelle, hoechstens) -> datenbank
                        .sql(
                                "SELECT o.id, o.name, o.einzeln, o.grund FROM sonderbereich o WHERE o.mandant_id = :m AND NOT o.einzeln AND "
                                        + NACH_NAMEN.bedingung("o", stelle) + " ORDER BY "
                                        + NACH_NAMEN.folge("o", stelle)
                                        + " LIMIT :hoechstens")
                        .param("m", mandant())
                        .param("hoechstens", hoechstens)
                        .params(NACH_NAMEN.parameter(stelle))
                        .query(Sonderbereich.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public Anzahl anzahl() {
        return Anzahl.aus(datenbank
                .sql("SELECT count(*) FROM (SELECT FROM sonderbereich WHERE mandant_id = ? AND NOT einzeln LIMIT ?) s")
                .params(mandant(), Anzahl.GENAU_BIS + 1)
                .query(Long.class)
                .single());
    }

    /** Those whose name contains what was typed, at most twelve. */
    @Transactional(readOnly = true)
    public List<Sonderbereich> suche(String getippt) {
        return datenbank
                .sql("""
                SELECT id, name, einzeln, grund FROM sonderbereich WHERE mandant_id = ? AND NOT einzeln AND position(lower(?) IN lower(name)) > 0
                 ORDER BY name, id LIMIT 12""")
                .params(mandant(), getippt.replace("\0", "").strip())
                .query(Sonderbereich.class)
                .list();
    }

    /** The named ones on which this person holds VERWALTEN, at most a hundred: only these may be offered, for a name may say much. */
    @Transactional(readOnly = true)
    public List<Sonderbereich> verwaltetVon(UUID person) {
        return datenbank
                .sql("""
                WITH RECURSIVE
                stellen AS (
                    SELECT s.id, s.einheit_id FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                      JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                     WHERE b.mandant_id = :m AND b.person_id = :person
                       AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis) AND gilt(e.gueltig_von, e.gueltig_bis)),
                einheiten AS (
                    SELECT einheit_id AS id FROM stellen
                    UNION SELECT e.ueber_id FROM einheit e JOIN einheiten u ON e.mandant_id = :m AND e.id = u.id WHERE e.ueber_id IS NOT NULL)
                SELECT o.id, o.name, o.einzeln, o.grund FROM sonderbereich o
                 WHERE o.mandant_id = :m AND NOT o.einzeln AND o.id IN (
                       SELECT f.ziel_id FROM freigabe f WHERE f.mandant_id = :m AND f.ziel_art = 'sonder' AND f.recht = :recht AND gilt(f.gueltig_von, f.gueltig_bis)
                          AND (f.subjekt_id = :person OR f.subjekt_id IN (SELECT id FROM stellen) OR f.subjekt_id IN (SELECT id FROM einheiten)
                               OR f.subjekt_id IN (SELECT b.rolle_id FROM rollenbesetzung b WHERE b.mandant_id = :m AND b.person_id = :person AND gilt(b.gueltig_von, b.gueltig_bis))))
                 ORDER BY o.name, o.id LIMIT 100""")
                .param("m", mandant())
                .param("person", person)
                .param("recht", Recht.VERWALTEN.ordinal())
                .query(Sonderbereich.class)
                .list();
    }

    /** @throws NichtGefunden if there is none */
    @Transactional(readOnly = true)
    public Sonderbereich finde(UUID id) {
        return datenbank
                .sql("SELECT id, name, einzeln, grund FROM sonderbereich WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .query(Sonderbereich.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diesen Sonderbereich gibt es nicht."));
    }

    /**
     * Makes one, empty and open to nobody.
     *
     * @param id chosen by the form: sent twice, it is made once
     * @return whether it was made now
     * @throws Abgelehnt (EINGABE) if the name does not fit, (KONFLIKT) if another one is called so
     */
    @Transactional
    public boolean richteEin(Anmeldung wer, UUID id, String getippt, boolean einzeln, String grund) {
        einmal.warte(id);
        var name = getippt.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (name.isEmpty() || name.length() > 200) {
            throw Abgelehnt.eingabe("Der Name eines Sonderbereichs hat 1 bis 200 Zeichen.");
        }
        int neu;
        try {
            neu = datenbank
                    .sql("""
                    INSERT INTO sonderbereich (mandant_id, id, name, einzeln, grund, angelegt_von) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (mandant_id, id) DO NOTHING""")
                    .params(mandant(), id, name, einzeln, grund, wer.person())
                    .update();
        } catch (DuplicateKeyException e) {
            throw Abgelehnt.konflikt("Einen Sonderbereich „" + name + "“ gibt es schon. Es wurde nichts geändert.");
        }
        if (neu == 1) {
            protokoll.schreibe(
                    wer.pseudonym(), "sonderbereich.eingerichtet", id, null, Map.of("name", name, "grund", grund));
        }
        return neu == 1;
    }
}
