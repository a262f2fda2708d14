package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.datenschutz.Ersuchenbuch.Ersuchen;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.organisation.Leitungen;
import de.federwerk.protokoll.Protokoll;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks through the whole house for one request, in one transaction: killed, it begins again. Afterwards tells those who are to look at what is new. */
@Component
class Suchlauf {

    private static final Logger LOG = LoggerFactory.getLogger(Suchlauf.class);
    /** Of one unit; others find it in the Postkorb all the same. */
    private static final int JE_EINHEIT = 50;

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Ersuchenbuch buch;
    private final Haussuche haussuche;
    private final Fundaufnahme aufnahme;
    private final Fundbuch funde;
    private final Leitungen leitungen;
    private final Meldungen meldungen;
    private final Protokoll protokoll;

    Suchlauf(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Ersuchenbuch buch,
            Haussuche haussuche,
            Fundaufnahme aufnahme,
            Fundbuch funde,
            Leitungen leitungen,
            Meldungen meldungen,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.buch = buch;
        this.haussuche = haussuche;
        this.aufnahme = aufnahme;
        this.funde = funde;
        this.leitungen = leitungen;
        this.meldungen = meldungen;
        this.protokoll = protokoll;
    }

    /** @param person who asked for it, and still has the role */
    public void fuehreAus(UUID id, UUID person) {
        try {
            transaktion.executeWithoutResult(t -> suche(id, person));
        } catch (Abgelehnt | NichtGefunden grund) {
            ende(id, String.valueOf(grund.getMessage()));
            return;
        } catch (RuntimeException umstaende) {
            LOG.warn("Die Suche zu Ersuchen {} ist gescheitert", id, umstaende);
            ende(
                    id,
                    "Die letzte Suche ist an einem technischen Fehler gescheitert. Was vorher gefunden wurde, bleibt. Bitte suchen Sie noch einmal.");
            return;
        }
        // Nothing is held meanwhile. Begun again after a kill it says the same, which is told once.
        sage(id, person);
    }

    /** The gaps of the search before stay what they are: the answer goes by them. */
    private void ende(UUID id, String fehler) {
        transaktion.executeWithoutResult(t -> datenbank
                .sql("UPDATE auskunftsersuchen SET sucht = NULL, suche_fehler = ? WHERE mandant_id = ? AND id = ?")
                .params(fehler, mandant(), id)
                .update());
    }

    private void suche(UUID id, UUID person) {
        var wer = buch.anmeldung(person);
        var ersuchen = buch.offenes(wer, id);
        if (ersuchen.sucht() == null) {
            return;
        }
        var ergebnis = haussuche.suche(ersuchen.angaben());
        int neu = aufnahme.merke(id, ergebnis.funde());
        aufnahme.merkeGeaendertes();
        datenbank
                .sql("DELETE FROM auskunftssuche WHERE mandant_id = ? AND ersuchen_id = ?")
                .params(mandant(), id)
                .update();
        int platz = 0;
        for (var frage : ergebnis.fragen()) {
            datenbank
                    .sql(
                            "INSERT INTO auskunftssuche (mandant_id, ersuchen_id, platz, worte, treffer, uebernommen) VALUES (?, ?, ?, ?, ?, ?)")
                    .params(mandant(), id, platz++, frage.worte(), frage.treffer(), frage.uebernommen())
                    .update();
        }
        datenbank
                .sql(
                        "UPDATE auskunftsersuchen SET gesucht = now(), sucht = NULL, suche_fehler = '', luecken = ? WHERE mandant_id = ? AND id = ?")
                .params(String.join("\n", ergebnis.luecken()), mandant(), id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "auskunft.gesucht",
                id,
                null,
                Map.of(
                        "text",
                        neu + " neue Fundstellen",
                        "worte",
                        ergebnis.fragen().stream().map(Haussuche.Frage::worte).collect(Collectors.joining("; "))));
    }

    private record Anlass(Optional<Ersuchen> ersuchen, Set<UUID> leute) {}

    private void sage(UUID id, UUID person) {
        var anlass = requireNonNull(transaktion.execute(t -> new Anlass(buch.finde(id), leute(id))));
        anlass.ersuchen.ifPresent(ersuchen -> anlass.leute.stream()
                .filter(leser -> !leser.equals(person))
                .forEach(leser -> transaktion.executeWithoutResult(t -> sage(leser, ersuchen))));
    }

    /** Whoever sees some of what is new, and nobody else of the unit: that there is something is told to nobody who may not see it. */
    private void sage(UUID leser, Ersuchen ersuchen) {
        if (funde.hatNeues(buch.anmeldung(leser), ersuchen.id())) {
            meldungen.sage(
                    leser,
                    Meldungsart.DATENSCHUTZ,
                    "auskunft-pruefen " + ersuchen.id() + " " + ersuchen.gesucht(),
                    "Auskunft: Fundstellen prüfen",
                    "bis " + Anzeige.datum(ersuchen.spaetestens()),
                    "/auskunft");
        }
    }

    private Set<UUID> leute(UUID ersuchen) {
        var leute = new LinkedHashSet<UUID>();
        for (var einheit : funde.einheitenMitNeuem(ersuchen)) {
            leitungen.leitungDer(einheit).ifPresent(leute::add);
            leute.addAll(datenbank
                    .sql("""
                    SELECT DISTINCT b.person_id FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                     WHERE b.mandant_id = ? AND s.einheit_id = ? AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis) LIMIT %d""".formatted(JE_EINHEIT))
                    .params(mandant(), einheit)
                    .query(UUID.class)
                    .list());
        }
        return leute;
    }
}
