package de.federwerk.sammellauf;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Datenbankfehler;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.sammellauf.Sammeltat.Auftrag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * One Posten: the act and the word that it is done are one transaction. Killed in between, neither has been; the next one finds the Posten as it
 * was.
 */
@Component
class Sammelschritt {

    private static final Logger LOG = LoggerFactory.getLogger(Sammelschritt.class);
    private static final int VERSUCHE = 3;
    private static final String UNERWARTET =
            "Ein unerwarteter Fehler; hier wurde nichts geändert. Die Technik findet ihn im Programmprotokoll.";
    private static final TypeReference<Map<String, String>> ANGABEN = new TypeReference<>() {};

    private record Lauf(
            UUID id,
            UUID personId,
            String tat,
            String art,
            String angaben,
            String bezeichnung,
            boolean amtlich,
            String stand,
            UUID pseudonym,
            String name,
            boolean tritt) {

        boolean zurueck() {
            return stand.equals("ruecknahme");
        }

        /** As the Protokoll of each names it. */
        String anlass() {
            return (zurueck() ? "Zurückgenommen: " : "Sammellauf: ") + bezeichnung;
        }

        /** What is still to do: forwards what is open, backwards what was done. */
        String gesucht() {
            return zurueck() ? "erledigt" : "offen";
        }
    }

    private record Posten(
            int nummer, UUID objektId, @Nullable String spur) {}

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Sammeltaten taten;
    private final Sammelposten alle;
    private final Protokoll protokoll;
    private final Meldungen meldungen;
    private final JsonMapper json = JsonMapper.shared();

    Sammelschritt(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Sammeltaten taten,
            Sammelposten alle,
            Protokoll protokoll,
            Meldungen meldungen) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.taten = taten;
        this.alle = alle;
        this.protokoll = protokoll;
        this.meldungen = meldungen;
    }

    /** Does the next Posten of a run, or ends it. @return whether there may be more to do */
    boolean weiter(UUID id) {
        var naechster = requireNonNull(transaktion.execute(t -> naechster(id)));
        if (naechster.isEmpty()) {
            return Boolean.TRUE.equals(transaktion.execute(t -> schliesse(id)));
        }
        var posten = naechster.get();
        for (int versuch = 1; ; versuch++) {
            try {
                return Boolean.TRUE.equals(transaktion.execute(t -> tu(id, posten.nummer)));
            } catch (Abgelehnt | NichtGefunden e) {
                return lehneAb(id, posten.nummer, String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                if (Datenbankfehler.istWeg(e)) {
                    throw e;
                }
                if (e instanceof TransientDataAccessException && versuch < VERSUCHE) {
                    continue;
                }
                LOG.warn("Sammellauf {}, Posten {}", id, posten.nummer, e);
                return lehneAb(id, posten.nummer, UNERWARTET);
            } catch (Error e) {
                // Of this one, as an exception is: met again and again it would hold all runs.
                LOG.error("Sammellauf {}, Posten {}", id, posten.nummer, e);
                return lehneAb(id, posten.nummer, UNERWARTET);
            }
        }
    }

    /** One that does not even come to say what is wrong with a Posten waits for somebody to look. @param hinweis what its page says */
    void halteAn(UUID id, String hinweis) {
        transaktion.executeWithoutResult(t -> datenbank
                .sql(
                        "UPDATE sammellauf SET stand = 'angehalten', hinweis = ? WHERE mandant_id = ? AND id = ? AND stand IN ('laeuft', 'ruecknahme')")
                .params(hinweis, mandant(), id)
                .update());
    }

    private Optional<Posten> naechster(UUID id) {
        return lauf(id, "")
                .flatMap(lauf -> datenbank
                        .sql(
                                "SELECT nummer, objekt_id, spur FROM sammelposten WHERE mandant_id = ? AND sammellauf_id = ? AND stand = ? ORDER BY nummer %s LIMIT 1"
                                        .formatted(lauf.zurueck() ? "DESC" : ""))
                        .params(mandant(), id, lauf.gesucht())
                        .query(Posten.class)
                        .optional());
    }

    /** One that is under way. @param sperre FOR SHARE: whoever stops it waits until the Posten in hand is done */
    private Optional<Lauf> lauf(UUID id, String sperre) {
        return datenbank
                .sql("""
                SELECT l.id, l.person_id, l.tat, l.art, l.angaben, l.bezeichnung, l.amtlich, l.stand, p.pseudonym, trim(p.vorname || ' ' || p.nachname) AS name,
                       gilt(p.gueltig_von, p.gueltig_bis) AS tritt
                  FROM sammellauf l JOIN person p ON p.mandant_id = l.mandant_id AND p.id = l.person_id
                 WHERE l.mandant_id = ? AND l.id = ? AND l.stand IN ('laeuft', 'ruecknahme')\s""" + sperre)
                .params(mandant(), id)
                .query(Lauf.class)
                .optional();
    }

    private boolean tu(UUID id, int nummer) {
        var gefunden = lauf(id, "FOR SHARE OF l");
        if (gefunden.isEmpty()) {
            return false;
        }
        var lauf = gefunden.get();
        if (!lauf.tritt && !lauf.amtlich) {
            datenbank
                    .sql("UPDATE sammellauf SET stand = 'angehalten', hinweis = ? WHERE mandant_id = ? AND id = ?")
                    .params("Angehalten, weil " + lauf.name + " nicht mehr im Haus ist.", mandant(), id)
                    .update();
            return false;
        }
        // Another node may have done it meanwhile: then it is not what is looked for any more.
        var posten = datenbank
                .sql(
                        "SELECT nummer, objekt_id, spur FROM sammelposten WHERE mandant_id = ? AND sammellauf_id = ? AND nummer = ? AND stand = ? FOR NO KEY UPDATE")
                .params(mandant(), id, nummer, lauf.gesucht())
                .query(Posten.class)
                .optional();
        if (posten.isEmpty()) {
            return true;
        }
        var auftrag = auftrag(lauf);
        var tat = taten.tat(lauf.tat);
        var objekt = posten.get().objektId;
        return Protokoll.wegen(lauf.anlass(), () -> {
            if (lauf.zurueck()) {
                var spur = posten.get().spur;
                tat.nimmZurueck(auftrag, objekt, spur == null ? Map.of() : json.readValue(spur, ANGABEN));
                setze(id, nummer, "zurueckgenommen", "", spur);
            } else {
                setze(id, nummer, "erledigt", "", json.writeValueAsString(tat.tu(auftrag, objekt)));
            }
            return true;
        });
    }

    private Auftrag auftrag(Lauf lauf) {
        return new Auftrag(
                lauf.id,
                new Anmeldung(mandant(), lauf.personId, lauf.pseudonym, lauf.name),
                Art.von(lauf.art),
                json.readValue(lauf.angaben, ANGABEN));
    }

    private void setze(UUID id, int nummer, String stand, String grund, @Nullable String spur) {
        datenbank
                .sql(
                        "UPDATE sammelposten SET stand = ?, grund = ?, spur = ? WHERE mandant_id = ? AND sammellauf_id = ? AND nummer = ?")
                .param(stand)
                .param(grund)
                .param(spur)
                .param(mandant())
                .param(id)
                .param(nummer)
                .update();
    }

    private boolean lehneAb(UUID id, int nummer, String grund) {
        transaktion.executeWithoutResult(t -> lauf(id, "FOR SHARE OF l")
                .ifPresent(lauf -> datenbank
                        .sql(
                                "UPDATE sammelposten SET stand = ?, grund = ? WHERE mandant_id = ? AND sammellauf_id = ? AND nummer = ? AND stand = ?")
                        .params(
                                lauf.zurueck() ? "geblieben" : "abgelehnt",
                                grund,
                                mandant(),
                                id,
                                nummer,
                                lauf.gesucht())
                        .update()));
        return true;
    }

    /** Nothing is left to do, or its person is not there any more. */
    private boolean schliesse(UUID id) {
        var gefunden = lauf(id, "FOR NO KEY UPDATE OF l");
        if (gefunden.isEmpty()) {
            return false;
        }
        var lauf = gefunden.get();
        boolean offen = datenbank
                .sql(
                        "SELECT EXISTS (SELECT FROM sammelposten WHERE mandant_id = ? AND sammellauf_id = ? AND stand = ?)")
                .params(mandant(), id, lauf.gesucht())
                .query(Boolean.class)
                .single();
        if (offen) {
            return true;
        }
        if (!lauf.zurueck()) {
            // An act that the program knows no more has refused all; it must end nevertheless.
            var nachlese =
                    taten.finde(lauf.tat).map(t -> t.nachlese(auftrag(lauf))).orElse(List.of());
            if (!nachlese.isEmpty() && alle.fuegeHinzu(id, nachlese) > 0) {
                return true;
            }
        }
        var ergebnis = alle.anzahlen(id);
        datenbank
                .sql("UPDATE sammellauf SET stand = ?, beendet = now() WHERE mandant_id = ? AND id = ?")
                .params(lauf.zurueck() ? "zurueckgenommen" : "fertig", mandant(), id)
                .update();
        var inhalt = new TreeMap<String, String>();
        ergebnis.forEach((stand, zahl) -> inhalt.put(stand, String.valueOf(zahl)));
        protokoll.schreibe(lauf.pseudonym, "sammellauf.beendet", id, null, inhalt, "sammellauf");
        if (!lauf.amtlich) {
            long nicht = ergebnis.getOrDefault(lauf.zurueck() ? "geblieben" : "abgelehnt", 0L);
            meldungen.sage(
                    lauf.personId,
                    Meldungsart.ERLEDIGT,
                    "sammellauf " + lauf.stand + " " + id,
                    lauf.zurueck() ? "Sammellauf zurückgenommen" : "Sammellauf fertig",
                    nicht == 0 ? "Alles ging." : "Nicht gegangen: " + nicht + ".",
                    "/sammellaeufe/" + id);
        }
        return false;
    }
}
