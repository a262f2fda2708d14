package de.federwerk.gespraech;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.Vorgaenge.Vorgang;
import de.federwerk.akte.VorgangWirdGeschlossen;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.gespraech.Merkliste.Punkt;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaenger;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The Merkpunkte of a Vorgang: noted, ticked, changed, moved, taken away by whoever may work on it; ticked also by whoever is to do it. One after
 * another: each act holds the Vorgang, looks at what is there now, and does nothing to what somebody else has changed meanwhile.
 */
@Component
public class Merkpunkte {

    private static final int LAENGSTER = 500;

    private static final String NICHT_AUSGEFUEHRT = " Ihre Eingabe wurde nicht ausgeführt.";

    /**
     * What stands in a point.
     *
     * @param text up to 500 characters, one line
     * @param wer who is to do it, if anybody
     * @param faellig until when, if ever
     */
    public record Angaben(
            @Nullable String text,
            @Nullable Empfaenger wer,
            @Nullable LocalDate faellig) {

        private @Nullable UUID person() {
            return wer == null ? null : wer.id();
        }
    }

    /** One that is held, and its Vorgang. */
    private record Gehalten(Punkt punkt, Vorgang vorgang) {}

    private final JdbcClient datenbank;
    private final Merkliste liste;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Meldungen meldungen;
    private final Protokoll protokoll;
    private final Zuschauer zuschauer;

    Merkpunkte(
            JdbcClient datenbank,
            Merkliste liste,
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            Meldungen meldungen,
            Protokoll protokoll,
            Zuschauer zuschauer) {
        this.datenbank = datenbank;
        this.liste = liste;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.meldungen = meldungen;
        this.protokoll = protokoll;
        this.zuschauer = zuschauer;
    }

    /**
     * Notes a point at the end of the list and tells whoever is to do it.
     *
     * @param id chosen by the caller: sent twice, it is noted once
     * @throws NichtGefunden if the Vorgang does not exist for this person
     * @throws Abgelehnt (EINGABE) if empty, too long, due in the past, or for somebody who may not see the Vorgang; (RECHT) if it may only be
     *     read; (KONFLIKT) if it is zdA or has too many already
     */
    @Transactional
    public void merke(Anmeldung wer, UUID id, UUID vorgangId, Angaben angaben) {
        var vorgang = vorgaenge.aenderbar(wer, vorgangId);
        var text = Wortlaut.zeile(angaben.text, "Der Merkpunkt", LAENGSTER);
        verlangeKuenftig(angaben.faellig, null);
        verlangeSicht(angaben.wer, vorgangId);
        vorgaenge.halteOffen(vorgangId);
        var vorhandene = liste.in(berechtigungen.sicht(wer.person(), Recht.LESEN), vorgangId);
        if (vorhandene.size() >= Merkliste.HOECHSTENS && vorhandene.stream().noneMatch(p -> p.id().equals(id))) {
            throw Abgelehnt.konflikt(
                    "In diesem Vorgang stehen schon %d Merkpunkte, mehr sind nicht möglich. Bitte entfernen Sie erst, was sich erübrigt hat."
                            .formatted(Merkliste.HOECHSTENS));
        }
        int neu = datenbank
                .sql("""
                INSERT INTO merkpunkt (mandant_id, id, vorgang_id, text, person_id, faellig, platz, angelegt_von)
                SELECT :m, :id, :vorgang, :text, :person, :faellig, coalesce(max(platz), 0) + 1, :wer FROM merkpunkt WHERE mandant_id = :m AND vorgang_id = :vorgang
                ON CONFLICT (mandant_id, id) DO NOTHING""")
                .param("m", mandant())
                .param("id", id)
                .param("vorgang", vorgangId)
                .param("text", text)
                .param("person", angaben.person(), java.sql.Types.OTHER)
                .param("faellig", angaben.faellig, java.sql.Types.DATE)
                .param("wer", wer.person())
                .update();
        if (neu == 1) {
            berichte(wer, "merkpunkt.angelegt", vorgang, id, text);
            sage(wer, id, vorgang, angaben);
        } else {
            verlangeDenselben(wer, id, vorgangId, text);
        }
    }

    private void verlangeDenselben(Anmeldung wer, UUID id, UUID vorgang, String text) {
        boolean derselbe = datenbank
                        .sql(
                                "SELECT count(*) FROM merkpunkt WHERE mandant_id = ? AND id = ? AND vorgang_id = ? AND angelegt_von = ? AND text = ?")
                        .params(mandant(), id, vorgang, wer.person(), text)
                        .query(Long.class)
                        .single()
                == 1;
        if (!derselbe) {
            throw Abgelehnt.konflikt(
                    "Dieses Formular wurde schon mit einem anderen Merkpunkt abgesendet. Ihre Angaben stehen noch da: Bitte senden Sie sie jetzt noch einmal ab.");
        }
    }

    /**
     * Other words, another person, another day.
     *
     * @param fassung that was on the page
     * @return the Vorgang it belongs to
     * @throws Abgelehnt (KONFLIKT) also if somebody was faster, or it is ticked
     */
    @Transactional
    public UUID aendere(Anmeldung wer, UUID id, int fassung, Angaben angaben) {
        var text = Wortlaut.zeile(angaben.text, "Der Merkpunkt", LAENGSTER);
        var gehalten = halte(wer, id);
        var punkt = gehalten.punkt;
        if (text.equals(punkt.text())
                && Objects.equals(angaben.person(), punkt.personId())
                && Objects.equals(angaben.faellig, punkt.faellig())) {
            return punkt.vorgangId();
        }
        verlangeVorhanden(punkt);
        if (!punkt.offen()) {
            throw Abgelehnt.konflikt(
                    schonErledigt(punkt) + NICHT_AUSGEFUEHRT + " Öffnen Sie ihn wieder, wenn noch etwas zu tun ist.");
        }
        verlangeFassung(punkt, fassung);
        verlangeKuenftig(angaben.faellig, punkt.faellig());
        if (!Objects.equals(angaben.person(), punkt.personId())) {
            verlangeSicht(angaben.wer, punkt.vorgangId());
        }
        datenbank
                .sql(
                        "UPDATE merkpunkt SET text = :text, person_id = :person, faellig = :faellig, fassung = fassung + 1 WHERE mandant_id = :m AND id = :id")
                .param("m", mandant())
                .param("id", id)
                .param("text", text)
                .param("person", angaben.person(), java.sql.Types.OTHER)
                .param("faellig", angaben.faellig, java.sql.Types.DATE)
                .update();
        berichte(wer, "merkpunkt.geaendert", gehalten.vorgang, id, text);
        sage(wer, id, gehalten.vorgang, angaben);
        return punkt.vorgangId();
    }

    /**
     * Ticks it. Once more by the same person does nothing.
     *
     * @return the Vorgang it belongs to
     * @throws Abgelehnt (KONFLIKT) if somebody else has ticked, changed or taken it away
     */
    @Transactional
    public UUID erledige(Anmeldung wer, UUID id, int fassung) {
        var gehalten = halteZumAbhaken(wer, id);
        var punkt = gehalten.punkt;
        verlangeVorhanden(punkt);
        if (wer.person().equals(punkt.erledigtVon())) {
            return punkt.vorgangId();
        }
        if (!punkt.offen()) {
            throw Abgelehnt.konflikt(schonErledigt(punkt) + NICHT_AUSGEFUEHRT + " Es ist nichts doppelt.");
        }
        verlangeFassung(punkt, fassung);
        setze(id, "erledigt = now(), erledigt_von = :wer", wer);
        berichte(wer, "merkpunkt.erledigt", gehalten.vorgang, id, punkt.text());
        return punkt.vorgangId();
    }

    /** Takes the tick away. If there is none, nothing happens. @return the Vorgang it belongs to */
    @Transactional
    public UUID oeffne(Anmeldung wer, UUID id, int fassung) {
        var gehalten = halteZumAbhaken(wer, id);
        var punkt = gehalten.punkt;
        verlangeVorhanden(punkt);
        if (!punkt.offen()) {
            verlangeFassung(punkt, fassung);
            setze(id, "erledigt = NULL, erledigt_von = NULL", wer);
            berichte(wer, "merkpunkt.geoeffnet", gehalten.vorgang, id, punkt.text());
        }
        return punkt.vorgangId();
    }

    /**
     * Takes it off the list. Once more does nothing.
     *
     * @return the Vorgang it belongs to
     * @throws Abgelehnt (KONFLIKT) if it is ticked: what was done stays
     */
    @Transactional
    public UUID entferne(Anmeldung wer, UUID id, int fassung) {
        var gehalten = halte(wer, id);
        var punkt = gehalten.punkt;
        if (punkt.entfernt() != null) {
            return punkt.vorgangId();
        }
        if (!punkt.offen()) {
            throw Abgelehnt.konflikt(schonErledigt(punkt) + " Erledigtes bleibt stehen; entfernt wurde nichts.");
        }
        verlangeFassung(punkt, fassung);
        setze(id, "entfernt = now(), entfernt_von = :wer", wer);
        berichte(wer, "merkpunkt.entfernt", gehalten.vorgang, id, punkt.text());
        return punkt.vorgangId();
    }

    private void setze(UUID id, String was, Anmeldung wer) {
        datenbank
                .sql("UPDATE merkpunkt SET " + was + ", fassung = fassung + 1 WHERE mandant_id = :m AND id = :id")
                .param("m", mandant())
                .param("id", id)
                .param("wer", wer.person())
                .update();
    }

    /**
     * One place up or down. At the end of the list, or where it has been moved there already, nothing happens.
     *
     * @param platz that was on the page: a second click does not move it further
     * @return the Vorgang it belongs to
     */
    @Transactional
    public UUID verschiebe(Anmeldung wer, UUID id, int platz, boolean hoch) {
        var gehalten = halte(wer, id);
        verlangeVorhanden(gehalten.punkt);
        var alle = liste.in(berechtigungen.sicht(wer.person(), Recht.LESEN), gehalten.vorgang.id());
        var nachbar = nachbar(alle, id, hoch);
        if (gehalten.punkt.platz() == platz && nachbar != null) {
            setzePlatz(id, nachbar.platz());
            setzePlatz(nachbar.id(), platz);
            berichte(wer, "merkpunkt.verschoben", gehalten.vorgang, id, gehalten.punkt.text());
        }
        return gehalten.vorgang.id();
    }

    private static @Nullable Punkt nachbar(List<Punkt> alle, UUID id, boolean hoch) {
        for (int i = 0; i < alle.size(); i++) {
            int neben = hoch ? i - 1 : i + 1;
            if (alle.get(i).id().equals(id)) {
                return neben < 0 || neben == alle.size() ? null : alle.get(neben);
            }
        }
        return null;
    }

    private void setzePlatz(UUID id, int platz) {
        datenbank
                .sql("UPDATE merkpunkt SET platz = ? WHERE mandant_id = ? AND id = ?")
                .params(platz, mandant(), id)
                .update();
    }

    /** As it stands now, until the transaction ends. */
    private Gehalten halte(Anmeldung wer, UUID id) {
        var vorgang = vorgaenge.aenderbar(wer, finde(wer, id).vorgangId());
        vorgaenge.halteOffen(vorgang.id());
        return new Gehalten(finde(wer, id), vorgang);
    }

    /** To tick it: whose point it is need not be allowed to change anything else. */
    private Gehalten halteZumAbhaken(Anmeldung wer, UUID id) {
        var gesehen = finde(wer, id);
        if (!wer.person().equals(gesehen.personId())) {
            return halte(wer, id);
        }
        vorgaenge.halteOffen(gesehen.vorgangId());
        var gehalten = new Gehalten(
                finde(wer, id),
                vorgaenge.vorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), gesehen.vorgangId()));
        return wer.person().equals(gehalten.punkt.personId()) ? gehalten : halte(wer, id);
    }

    /** @throws NichtGefunden if it does not exist for this person */
    @Transactional(readOnly = true)
    Punkt finde(Anmeldung wer, UUID id) {
        var punkt = liste.finde(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        if (punkt == null) {
            throw new NichtGefunden("Diesen Merkpunkt gibt es nicht, oder er ist nicht für Sie freigegeben.");
        }
        return punkt;
    }

    private static void verlangeVorhanden(Punkt punkt) {
        if (punkt.entfernt() != null) {
            throw Abgelehnt.konflikt("Den Merkpunkt „%s“ hat %s inzwischen entfernt, %s.%s"
                    .formatted(punkt.text(), punkt.entferntWer(), Anzeige.zeit(punkt.entfernt()), NICHT_AUSGEFUEHRT));
        }
    }

    private static void verlangeFassung(Punkt punkt, int fassung) {
        if (punkt.fassung() != fassung) {
            throw Abgelehnt.konflikt(
                    "Der Merkpunkt wurde inzwischen geändert; jetzt steht dort „%s“.%s Bitte sehen Sie ihn sich noch einmal an."
                            .formatted(punkt.text(), NICHT_AUSGEFUEHRT));
        }
    }

    private static String schonErledigt(Punkt punkt) {
        return "Der Merkpunkt „%s“ ist schon erledigt: von %s, %s."
                .formatted(
                        punkt.text(),
                        punkt.erledigtWer(),
                        punkt.erledigt() == null ? "" : Anzeige.genau(punkt.erledigt()));
    }

    /** @param bisher may stay, though it has passed */
    private static void verlangeKuenftig(@Nullable LocalDate faellig, @Nullable LocalDate bisher) {
        if (faellig != null && !faellig.equals(bisher) && faellig.isBefore(LocalDate.now(Anzeige.ZONE))) {
            throw Abgelehnt.eingabe(
                    "Der %s liegt in der Vergangenheit. Bitte wählen Sie heute oder einen späteren Tag. Es wurde nichts gespeichert."
                            .formatted(Anzeige.datum(faellig)));
        }
    }

    private void verlangeSicht(@Nullable Empfaenger person, UUID vorgang) {
        if (person != null
                && vorgaenge
                        .finde(berechtigungen.sicht(person.id(), Recht.LESEN), vorgang)
                        .isEmpty()) {
            throw Abgelehnt.eingabe(
                    "%s darf diesen Vorgang nicht sehen. Es wurde nichts gespeichert und niemandem etwas gemeldet. Bitte wählen Sie jemand anderen."
                            .formatted(person.name()));
        }
    }

    private void berichte(Anmeldung wer, String handlung, Vorgang vorgang, UUID id, String text) {
        protokoll.schreibe(
                wer.pseudonym(),
                handlung,
                vorgang.id(),
                vorgang.akteId(),
                Map.of("titel", text, "merkpunkt", id.toString()));
        zuschauer.sage(wer.person(), vorgang.id(), Gespraechsbeigabe.MERKPUNKTE);
    }

    /** Once per person and point, however often it is changed. */
    private void sage(Anmeldung wer, UUID id, Vorgang vorgang, Angaben angaben) {
        if (angaben.wer != null && !angaben.wer.id().equals(wer.person())) {
            meldungen.sage(
                    angaben.wer.id(),
                    Meldungsart.AUFGABE_NEU,
                    "merkpunkt " + id,
                    "Merkpunkt, " + vorgang.aktenzeichen(),
                    angaben.faellig == null ? "" : "bis " + Anzeige.datum(angaben.faellig),
                    "/vorgaenge/" + vorgang.id() + "#m-" + id);
        }
    }

    /** What was noted to be done is done, or was taken away, before the Vorgang ends. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void vor(VorgangWirdGeschlossen vorgang) {
        var offene = datenbank
                .sql(
                        "SELECT text FROM merkpunkt WHERE mandant_id = ? AND vorgang_id = ? AND erledigt IS NULL AND entfernt IS NULL ORDER BY platz, id")
                .params(mandant(), vorgang.vorgang())
                .query(String.class)
                .list();
        if (!offene.isEmpty()) {
            vorgang.hindert(
                    "Auf der Merkliste %s offen, zuerst „%s“. Bitte haken Sie ab oder entfernen Sie, was noch dasteht."
                            .formatted(
                                    offene.size() == 1 ? "ist ein Punkt" : "sind " + offene.size() + " Punkte",
                                    offene.getFirst()));
        }
    }
}
