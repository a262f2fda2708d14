package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** “Siehe auch”: Schriftgut that belongs together and lies apart. Seen at both ends, by whoever sees both. */
@Component
public class Verweise {

    /** How many one thing may have. */
    private static final int HOECHSTENS = 200;

    /** @param kopie the one was made from the other @param hin it leads away from here; otherwise it comes from there */
    public record Verweis(
            UUID id,
            String art,
            UUID ziel,
            String aktenzeichen,
            String titel,
            String bemerkung,
            boolean kopie,
            boolean hin,
            String wer,
            Instant angelegt) {

        public String pfad() {
            return Art.von(art).seite(ziel);
        }

        public String symbol() {
            return kopie ? "content_copy" : Art.von(art).symbol();
        }
    }

    private final JdbcClient datenbank;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Schriftgut schriftgut;
    private final Berechtigungen berechtigungen;
    private final Protokoll protokoll;

    Verweise(
            JdbcClient datenbank,
            Akten akten,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Schriftgut schriftgut,
            Berechtigungen berechtigungen,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.schriftgut = schriftgut;
        this.berechtigungen = berechtigungen;
        this.protokoll = protokoll;
    }

    /** Those of a thing that the caller has found for the reader; only whose other end the reader sees as well. */
    @Transactional(readOnly = true)
    public List<Verweis> an(Sicht sicht, UUID id) {
        return datenbank
                .sql("""
                SELECT w.id, w.fern_art AS art, w.fern AS ziel, z.aktenzeichen, z.titel, w.bemerkung, w.art = 'kopie' AS kopie, w.hin,
                       trim(p.vorname || ' ' || p.nachname) AS wer, w.angelegt
                  FROM (SELECT *, nach_art AS fern_art, nach_id AS fern, true AS hin FROM verweis WHERE mandant_id = :m AND von_id = :id AND beendet IS NULL
                        UNION ALL SELECT *, von_art, von_id, false FROM verweis WHERE mandant_id = :m AND nach_id = :id AND beendet IS NULL) w
                  JOIN LATERAL %s z ON true
                  JOIN person p ON p.mandant_id = w.mandant_id AND p.id = w.angelegt_von
                 ORDER BY w.angelegt, w.id LIMIT :hoechstens""".formatted(Schriftgut.gesehen(sicht, "w.fern_art", "w.fern")))
                .param("m", mandant())
                .param("id", id)
                .param("hoechstens", HOECHSTENS)
                .params(sicht.parameter())
                .query(Verweis.class)
                .list();
    }

    /** Those of a Vorgang, and of the Dokument that is shown beside it. */
    @Transactional(readOnly = true)
    public List<Verweis> zuVorgangsseite(Sicht sicht, UUID vorgang, @Nullable UUID dokument) {
        return dokument == null
                ? an(sicht, vorgang)
                : java.util.stream.Stream.concat(an(sicht, vorgang).stream(), an(sicht, dokument).stream())
                        .distinct()
                        .toList();
    }

    /**
     * From something the person may work on to something she may read.
     *
     * @param id chosen by the caller: sent twice, it is made once
     * @throws Abgelehnt (EINGABE) to itself, (KONFLIKT) if there are too many
     */
    @Transactional
    public void verweise(
            Anmeldung wer, UUID id, Art vonArt, UUID von, Art nachArt, UUID nach, @Nullable String bemerkung) {
        var wort = Eingabe.gekuerzt(bemerkung, 300);
        if (von.equals(nach)) {
            throw Abgelehnt.eingabe("Das ist es selbst. Ein Verweis führt zu etwas anderem.");
        }
        var akte = zumAendern(wer, vonArt, von);
        var ziel = schriftgut.bezeichnung(berechtigungen.sicht(wer.person(), Recht.LESEN), nachArt, nach);
        long schon = datenbank
                .sql("SELECT count(*) FROM verweis WHERE mandant_id = ? AND von_id = ? AND beendet IS NULL")
                .params(mandant(), von)
                .query(Long.class)
                .single();
        if (schon >= HOECHSTENS) {
            throw Abgelehnt.konflikt(
                    "Von hier führen schon " + HOECHSTENS + " Verweise weg. Mehr findet niemand mehr durch.");
        }
        // Not in a field that the Verlauf shows: whoever reads this end may not see the other.
        if (lege(wer, id, vonArt, von, nachArt, nach, "verweis", wort) == 0) {
            return;
        }
        protokoll.schreibe(
                wer.pseudonym(), "verweis.angelegt", von, akte, Map.of("zielname", ziel, "ziel", nach.toString()));
    }

    /** In the running transaction, without a word in the Protokoll: the act that makes it has its own. */
    int lege(Anmeldung wer, UUID id, Art vonArt, UUID von, Art nachArt, UUID nach, String art, String bemerkung) {
        return datenbank
                .sql("""
                INSERT INTO verweis (mandant_id, id, von_art, von_id, nach_art, nach_id, art, bemerkung, angelegt_von)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")
                .params(mandant(), id, vonArt.tabelle(), von, nachArt.tabelle(), nach, art, bemerkung, wer.person())
                .update();
    }

    /** @return the Akte in whose Protokoll it stands */
    @Transactional(readOnly = true)
    public UUID zumAendern(Anmeldung wer, Art art, UUID id) {
        return switch (art) {
            case AKTE -> akten.zumVerlegen(wer, id).id();
            case VORGANG -> vorgaenge.bearbeitbar(wer, id).akteId();
            case DOKUMENT -> {
                var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
                if (dokumente
                        .finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), id)
                        .isEmpty()) {
                    throw Abgelehnt.recht(
                            "Sie dürfen das Dokument „" + dokument.titel() + "“ lesen, aber nicht bearbeiten.");
                }
                yield dokument.akteId();
            }
        };
    }

    private record Ende(String vonArt, UUID vonId, String nachArt, UUID nachId) {}

    /** By whoever may work on the end it leads away from. @throws NichtGefunden if there is none for this person */
    @Transactional
    public void beende(Anmeldung wer, UUID id) {
        var ende = datenbank
                .sql(
                        "SELECT von_art, von_id, nach_art, nach_id FROM verweis WHERE mandant_id = ? AND id = ? AND beendet IS NULL AND art = 'verweis'")
                .params(mandant(), id)
                .query(Ende.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diesen Verweis gibt es nicht mehr."));
        var akte = zumAendern(wer, Art.von(ende.vonArt), ende.vonId);
        var ziel = schriftgut.bezeichnung(
                berechtigungen.sicht(wer.person(), Recht.LESEN), Art.von(ende.nachArt), ende.nachId);
        datenbank
                .sql(
                        "UPDATE verweis SET beendet = now(), beendet_von = ? WHERE mandant_id = ? AND id = ? AND beendet IS NULL")
                .params(wer.person(), mandant(), id)
                .update();
        protokoll.schreibe(wer.pseudonym(), "verweis.beendet", ende.vonId, akte, Map.of("zielname", ziel));
    }
}
