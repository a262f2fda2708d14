package de.federwerk.sammellauf;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Begins, ends and takes back what is done to many. The work itself is that of {@link Sammelwache}. */
@Component
public class Sammellaeufe {

    /** As many as a list lets one choose; what is decided for the whole house has no bound. */
    public static final int HOECHSTENS = 10_000;

    /** What a list can offer. @param wort as it stands on a button */
    public record Angebot(String kennung, String wort, List<Tatfeld> felder) {}

    /** The name of one, for choosing. */
    public record Moeglich(String kennung, String wort) {}

    private final JdbcClient datenbank;
    private final Sammeltaten taten;
    private final Sammelposten posten;
    private final Sammelwache wache;
    private final Einmal einmal;
    private final Protokoll protokoll;
    private final JsonMapper json = JsonMapper.shared();

    Sammellaeufe(
            JdbcClient datenbank,
            Sammeltaten taten,
            Sammelposten posten,
            Sammelwache wache,
            Einmal einmal,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.taten = taten;
        this.posten = posten;
        this.wache = wache;
        this.einmal = einmal;
        this.protokoll = protokoll;
    }

    /** Which acts this person can begin on these; not those where a choice has nothing to choose from. */
    @Transactional(readOnly = true)
    public List<Moeglich> moegliche(Anmeldung wer, Art art) {
        return taten.fuer(art).stream()
                .filter(t -> t.moeglich(wer, art))
                .map(t -> new Moeglich(t.kennung(), t.wort()))
                .toList();
    }

    /** One of them with its fields. */
    @Transactional(readOnly = true)
    public Optional<Angebot> angebot(Anmeldung wer, Art art, String kennung) {
        return taten.fuer(art).stream()
                .filter(t -> t.kennung().equals(kennung) && t.moeglich(wer, art))
                .findFirst()
                .map(t -> new Angebot(t.kennung(), t.wort(), t.felder(wer, art)));
    }

    /** As {@link #beginne(Anmeldung, UUID, String, Art, List, Map)} where nothing can be sent twice. */
    @Transactional
    public UUID beginne(Anmeldung wer, String tat, Art art, List<UUID> ids, Map<String, String> angaben) {
        return beginne(wer, Kennung.neu(), tat, art, ids, angaben);
    }

    /**
     * Begins an act on many. Whether the person may do it is asked with each of them, at its moment.
     *
     * @param lauf chosen by the caller: sent twice, it is one run
     * @param angaben as they were typed, by the names of the fields
     * @return {@code lauf}: its page is {@code /sammellaeufe/{id}}
     * @throws Abgelehnt (EINGABE) if nothing is chosen or a field does not fit, (GRENZE) beyond {@link #HOECHSTENS}
     */
    @Transactional
    public UUID beginne(Anmeldung wer, UUID lauf, String tat, Art art, List<UUID> ids, Map<String, String> angaben) {
        var welche = new LinkedHashSet<>(ids);
        if (welche.isEmpty()) {
            throw Abgelehnt.eingabe("Es ist nichts ausgewählt. Bitte kreuzen Sie in der Liste an, was gemeint ist.");
        }
        if (welche.size() > HOECHSTENS) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Ein Sammellauf nimmt höchstens 10.000 Stücke auf. Bitte engen Sie die Auswahl ein.");
        }
        var tut = taten.angebotene(tat, art);
        var geprueft = tut.pruefe(wer, art, angaben);
        lege(wer, lauf, tut, art, geprueft, tut.inWorten(art, geprueft), false, tut.gemeinte(art, List.copyOf(welche)));
        return lauf;
    }

    /**
     * For what a role decides about the whole house; the caller has asked for the role. It needs no rights on what it is done to, and shows on no
     * page of one's own runs.
     *
     * @param bezeichnung without a title
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void beginneAmtlich(
            Anmeldung wer,
            UUID lauf,
            String tat,
            Art art,
            Map<String, String> angaben,
            String bezeichnung,
            Collection<UUID> ids) {
        lege(wer, lauf, taten.tat(tat), art, angaben, bezeichnung, true, ids);
    }

    private void lege(
            Anmeldung wer,
            UUID lauf,
            Sammeltat tat,
            Art art,
            Map<String, String> angaben,
            String bezeichnung,
            boolean amtlich,
            Collection<UUID> ids) {
        einmal.warte(lauf);
        int neu = datenbank
                .sql("""
                INSERT INTO sammellauf (mandant_id, id, person_id, tat, art, angaben, bezeichnung, amtlich) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING""")
                .params(
                        mandant(),
                        lauf,
                        wer.person(),
                        tat.kennung(),
                        art.tabelle(),
                        json.writeValueAsString(angaben),
                        bezeichnung.substring(0, Math.min(300, bezeichnung.length())),
                        amtlich)
                .update();
        if (neu == 0) {
            return;
        }
        posten.fuegeHinzu(lauf, ids);
        schreibe(wer, lauf, "sammellauf.begonnen", Map.of("text", bezeichnung, "anzahl", String.valueOf(ids.size())));
        wache.weckeNachCommit();
    }

    /** Nothing more of it is done when this returns. What is done stays done. @throws NichtGefunden if it is not the person's */
    @Transactional
    public void halteAn(Anmeldung wer, UUID lauf) {
        eigener(wer, lauf);
        halte(wer, lauf);
    }

    /** @throws NichtGefunden if it is not the person's */
    @Transactional
    public void setzeFort(Anmeldung wer, UUID lauf) {
        eigener(wer, lauf);
        geheWeiter(wer, lauf);
    }

    /** A run of the house stops where it is, or goes on; the caller has asked for the role. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void halteAmtlich(Anmeldung wer, UUID lauf, boolean an) {
        if (an) {
            halte(wer, lauf);
        } else {
            geheWeiter(wer, lauf);
        }
    }

    /** Whichever way it goes; it keeps its direction. */
    private void halte(Anmeldung wer, UUID lauf) {
        var kopf = kopf(lauf);
        if (kopf.stand.equals("laeuft") || kopf.stand.equals("ruecknahme")) {
            setze(wer, lauf, "angehalten", kopf.stand, "sammellauf.angehalten");
        }
    }

    private void geheWeiter(Anmeldung wer, UUID lauf) {
        setze(wer, lauf, kopf(lauf).rueckwaerts ? "ruecknahme" : "laeuft", "angehalten", "sammellauf.fortgesetzt");
    }

    /**
     * Takes back what was done, the last first. What was changed since, or cannot go back, stays and is named.
     *
     * @throws NichtGefunden if it is not the person's
     * @throws Abgelehnt (KONFLIKT) if it still goes on, or there is no way back
     */
    @Transactional
    public void nimmZurueck(Anmeldung wer, UUID lauf) {
        eigener(wer, lauf);
        nimmZurueckUngefragt(wer, lauf);
    }

    /** The same of a run of the house; the caller has asked for the role. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void nimmAmtlichZurueck(Anmeldung wer, UUID lauf) {
        nimmZurueckUngefragt(wer, lauf);
    }

    private record Kopf(String tat, String art, String stand, boolean rueckwaerts) {}

    private Kopf kopf(UUID lauf) {
        return datenbank
                .sql("SELECT tat, art, stand, rueckwaerts FROM sammellauf WHERE mandant_id = ? AND id = ? FOR UPDATE")
                .params(mandant(), lauf)
                .query(Kopf.class)
                .single();
    }

    private void nimmZurueckUngefragt(Anmeldung wer, UUID lauf) {
        var kopf = kopf(lauf);
        if (kopf.stand.equals("ruecknahme") || kopf.stand.equals("zurueckgenommen")) {
            return;
        }
        if (kopf.stand.equals("laeuft")) {
            throw Abgelehnt.konflikt("Der Sammellauf läuft noch. Bitte halten Sie ihn an, bevor Sie ihn zurücknehmen.");
        }
        if (!taten.tat(kopf.tat).umkehrbar(Art.von(kopf.art))) {
            throw Abgelehnt.konflikt("Das lässt sich nicht gesammelt zurücknehmen. Es wurde nichts geändert.");
        }
        datenbank
                .sql("UPDATE sammellauf SET rueckwaerts = true WHERE mandant_id = ? AND id = ?")
                .params(mandant(), lauf)
                .update();
        setze(wer, lauf, "ruecknahme", kopf.stand, "sammellauf.zurueckgenommen");
    }

    private void eigener(Anmeldung wer, UUID lauf) {
        boolean ihrer = datenbank
                .sql(
                        "SELECT EXISTS (SELECT FROM sammellauf WHERE mandant_id = ? AND id = ? AND person_id = ? AND NOT amtlich)")
                .params(mandant(), lauf, wer.person())
                .query(Boolean.class)
                .single();
        if (!ihrer) {
            throw new NichtGefunden("Diesen Sammellauf gibt es nicht, oder er ist nicht Ihrer.");
        }
    }

    /** The one of two who click comes first; for the other it is so already. */
    private void setze(Anmeldung wer, UUID lauf, String stand, String vorher, String handlung) {
        int geaendert = datenbank
                .sql(
                        "UPDATE sammellauf SET stand = ?, hinweis = '', beendet = NULL WHERE mandant_id = ? AND id = ? AND stand = ?")
                .params(stand, mandant(), lauf, vorher)
                .update();
        if (geaendert > 0) {
            schreibe(wer, lauf, handlung, Map.of());
            wache.weckeNachCommit();
        }
    }

    private void schreibe(Anmeldung wer, UUID lauf, String handlung, Map<String, String> inhalt) {
        protokoll.schreibe(wer.pseudonym(), handlung, lauf, null, inhalt, "sammellauf");
    }
}
