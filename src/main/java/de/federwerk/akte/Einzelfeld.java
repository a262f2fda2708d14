package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** One field of an Akte, a Vorgang or a Dokument set as its form would set it; all others stay as they are. */
@Component
public class Einzelfeld {

    private final JdbcClient datenbank;
    private final Pflege pflege;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Berechtigungen berechtigungen;

    Einzelfeld(
            JdbcClient datenbank,
            Pflege pflege,
            Akten akten,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Berechtigungen berechtigungen) {
        this.datenbank = datenbank;
        this.pflege = pflege;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.berechtigungen = berechtigungen;
    }

    /** What stands in a field, as the form shows it. @param person {@code person:<uuid>} where it is a person; else empty */
    public record Inhalt(String wert, String person) {}

    /**
     * What stands in it; nobody changes it until the transaction ends.
     *
     * @param feld as the form calls it
     * @throws Abgelehnt (EINGABE) if it has no such field; as the form refuses, if the person may not change it
     */
    @Transactional
    public Inhalt halte(Anmeldung wer, Art art, UUID id, String feld) {
        // Whoever may not read it must not hold it either.
        felder(wer, art, id);
        sperre(art, id);
        var wert = felder(wer, art, id).get(feld);
        if (wert == null) {
            throw Abgelehnt.eingabe("Hat dieses Feld nicht, weil die Aktenart eine andere ist.");
        }
        return new Inhalt(wert, wert.isEmpty() ? "" : person(art, id, feld));
    }

    /** What the form itself will hold: a Dokument is held by its Vorgang. */
    private void sperre(Art art, UUID id) {
        datenbank
                .sql(
                        switch (art) {
                            case AKTE -> "SELECT id FROM akte WHERE mandant_id = :m AND id = :id FOR NO KEY UPDATE";
                            case VORGANG -> "SELECT id FROM vorgang WHERE mandant_id = :m AND id = :id FOR UPDATE";
                            case DOKUMENT ->
                                "SELECT id FROM vorgang WHERE mandant_id = :m AND id = (SELECT vorgang_id FROM dokument WHERE mandant_id = :m AND id = :id) FOR UPDATE";
                        })
                .param("m", mandant())
                .param("id", id)
                .query(UUID.class)
                .optional();
    }

    private String person(Art art, UUID id, String feld) {
        if (art != Art.DOKUMENT && feld.equals("bearbeiter")) {
            return person("SELECT bearbeiter_id FROM " + art.tabelle() + " WHERE mandant_id = :m AND id = :id", id, id);
        }
        return art == Art.AKTE && feld.startsWith("f-")
                ? person(
                        "SELECT person_id FROM aktenwert WHERE mandant_id = :m AND akte_id = :id AND feld_id = :feld",
                        id,
                        UUID.fromString(feld.substring(2)))
                : "";
    }

    private String person(String sql, UUID id, UUID feld) {
        return datenbank
                .sql(sql)
                .param("m", mandant())
                .param("id", id)
                .param("feld", feld)
                .query(UUID.class)
                .list()
                .stream()
                .filter(Objects::nonNull)
                .map(p -> "person:" + p)
                .findFirst()
                .orElse("");
    }

    private Map<String, String> felder(Anmeldung wer, Art art, UUID id) {
        return switch (art) {
            case AKTE -> pflege.felder(akten.zumVerlegen(wer, id));
            case VORGANG -> pflege.felder(vorgaenge.aenderbar(wer, id));
            case DOKUMENT -> Pflege.felder(dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id));
        };
    }

    /**
     * @param kennung which person was chosen from the list; empty if none, or none is asked for
     * @return what stood in it before
     * @throws Abgelehnt as the form; (KONFLIKT) if it stands there already
     */
    @Transactional
    public Inhalt setze(Anmeldung wer, Art art, UUID id, String feld, String wert, String kennung) {
        var vorher = halte(wer, art, id, feld);
        if (vorher.wert.equals(wert)) {
            throw Abgelehnt.konflikt(
                    kennung.isEmpty() || kennung.equals(vorher.person)
                            ? "Hat schon diesen Wert; es war nichts zu ändern."
                            : "Dort steht schon jemand, der genauso heißt. Bitte ändern Sie das auf der Seite selbst.");
        }
        var jetzt = felder(wer, art, id);
        var neu = new HashMap<>(jetzt);
        neu.put(feld, wert);
        neu.put(feld + Pflege.WAHL, kennung);
        var ausgang = switch (art) {
            case AKTE -> pflege.aendereAkte(wer, id, jetzt, neu, kennung);
            case VORGANG -> pflege.aendereVorgang(wer, id, jetzt, neu, kennung);
            case DOKUMENT -> pflege.aendereDokument(wer, id, jetzt, neu);
        };
        if (!ausgang.widersprueche().isEmpty()) {
            throw Abgelehnt.konflikt("Wurde im selben Augenblick von jemand anderem geändert und bleibt so.");
        }
        return vorher;
    }
}
