package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.DokumenteWerdenVerlegt;
import de.federwerk.akte.Einschraenkungen;
import de.federwerk.akte.VersionAngelegt;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.VorgangWirdGeschlossen;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.geschaeftsgang.Stationen.Station;
import de.federwerk.geschaeftsgang.Zeichnungen.Version;
import de.federwerk.geschaeftsgang.Zustaendigkeit.Fall;
import de.federwerk.geschaeftsgang.Zustaendigkeit.Rolle;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do at the stations of a Laufweg. Each act holds the Laufweg, looks at it as it stands now, and leaves it whole: two who act at once
 * act one after the other, and the second is told what the first has done.
 */
@Component
public class Geschaeftsgang {

    /**
     * How somebody ends a station.
     *
     * @param runde which round of the station was looked at
     * @param version the Version that was looked at; null if there is none
     */
    public record Antwort(
            Ergebnis ergebnis,
            String bemerkung,
            int runde,
            @Nullable UUID version) {}

    private static final int BEMERKUNG = 4_000;

    private final JdbcClient datenbank;
    private final Zustaendigkeit zustaendigkeit;
    private final Stationen stationen;
    private final Zeichnungen zeichnungen;
    private final Startpruefung pruefung;
    private final Vorgaenge vorgaenge;
    private final Einschraenkungen einschraenkungen;
    private final Protokoll protokoll;

    Geschaeftsgang(
            JdbcClient datenbank,
            Zustaendigkeit zustaendigkeit,
            Stationen stationen,
            Zeichnungen zeichnungen,
            Startpruefung pruefung,
            Vorgaenge vorgaenge,
            Einschraenkungen einschraenkungen,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.zustaendigkeit = zustaendigkeit;
        this.stationen = stationen;
        this.zeichnungen = zeichnungen;
        this.pruefung = pruefung;
        this.vorgaenge = vorgaenge;
        this.einschraenkungen = einschraenkungen;
        this.protokoll = protokoll;
    }

    /**
     * Ends a station: signed, done, read, refused. Sent twice, it is done once.
     *
     * @throws Abgelehnt (KONFLIKT) if it stands otherwise by now or another Version came in between; (RECHT) without the Zeichnungsbefugnis, or if
     *     the same person would sign twice in a four-eyes pair; (EINGABE) if a reason or what the station asks for is missing
     */
    @Transactional
    public void erledige(Anmeldung wer, UUID id, Antwort antwort) {
        var fall = zustaendigkeit.halte(wer, id);
        var station = fall.station();
        if (schonGetan(wer, station, antwort)) {
            return;
        }
        var bemerkung = bemerkung(antwort.bemerkung, antwort.ergebnis.mitBemerkung());
        if (!station.was().ergebnisse().contains(antwort.ergebnis)) {
            throw Abgelehnt.eingabe("„" + antwort.ergebnis.wort() + "“ passt nicht zu „"
                    + station.was().wort() + "“.");
        }
        fall.verlangeOffen(antwort.runde);
        zustaendigkeit.verlangeBefugnis(wer, fall);
        verlangeVierAugen(wer, fall);
        zeichnungen.verlange(fall);
        var version = zeichnungen.neuesteVersion(fall);
        zeichnungen.verlangeVersion(fall, antwort, version);
        zeichnungen.zeichne(wer, fall, antwort.ergebnis, bemerkung, version);
        if (station.was() == Stationsart.ZDA) {
            // As long as the task still lets its holder do so.
            vorgaenge.schliesse(wer, station.vorgangId());
        }
        var abgehakt = fall.plan().abgehakt(id);
        var nachher = fall.plan().erledigt(id);
        if (antwort.ergebnis == Ergebnis.ABGELEHNT) {
            stationen.beende(station.laufwegId(), "abgelehnt");
            nachher = nachher.beendet();
        } else if (version != null) {
            nachher = nachher.erneuert(ueberholte(fall, version));
        } else if (antwort.ergebnis == Ergebnis.GEAENDERT && fall.laufweg().erneuern()) {
            nachher = nachher.erneuert(gezeichnete(fall.alle(), id));
        }
        if (oeffnet(abgehakt, nachher)) {
            // Read it may be; that it then goes on to the next hands it on.
            verlangeFrei(fall);
        }
        stationen.setze(station.laufwegId(), abgehakt, nachher, id);
    }

    private static boolean oeffnet(Laufplan vorher, Laufplan nachher) {
        return nachher.anders(vorher).values().stream().anyMatch(o -> o.stand() == Laufplan.Stand.OFFEN);
    }

    /** What its processing is restricted of is handed to nobody else by those who have it; where a unit is rebuilt or somebody leaves, it is. */
    private void verlangeFrei(Fall fall) {
        einschraenkungen.verlangeFrei(
                fall.laufweg().dokumentId(), fall.station().vorgangId());
    }

    /**
     * Who signed an earlier Version is asked again once somebody else signs the newest, or is not going to: as long as he who filed it still
     * had it on his desk, the others were left alone.
     */
    private Set<UUID> ueberholte(Fall fall, @Nullable Version neueste) {
        return neueste != null
                        && fall.laufweg().erneuern()
                        && fall.station().was().zeichnet()
                ? zeichnungen.ueberholte(fall.laufweg().id(), neueste)
                : Set.of();
    }

    private static boolean schonGetan(Anmeldung wer, Station station, Antwort antwort) {
        return station.stand().equals("erledigt")
                && station.runde() == antwort.runde
                && wer.person().equals(station.erledigtVon())
                && antwort.ergebnis.kennung().equals(station.ergebnis());
    }

    private static void verlangeVierAugen(Anmeldung wer, Fall fall) {
        fall.schonGezeichnet(wer.person()).ifPresent(o -> {
            throw Abgelehnt.recht(
                    "Hier gilt das Vier-Augen-Prinzip, und bei „%s“ haben schon Sie oder für Sie gezeichnet. Bitte geben Sie die Aufgabe an jemand anderen weiter."
                            .formatted(o.was().wort()));
        });
    }

    /** Back to an earlier station, which begins again with everything after it. @param zu one of {@link Fall#fruehere} */
    @Transactional
    public void gibZurueck(Anmeldung wer, UUID id, UUID zu, String bemerkung, int runde) {
        var fall = zustaendigkeit.halte(wer, id);
        var grund = bemerkung(bemerkung, true);
        fall.verlangeOffen(runde);
        if (fall.fruehere().stream().noneMatch(o -> o.id().equals(zu))) {
            throw Abgelehnt.konflikt(
                    "Zu dieser Station lässt sich nicht mehr zurückgeben. Bitte laden Sie die Seite neu; Ihre Aufgabe ist unverändert.");
        }
        zeichnungen.schreibe(wer, fall, Ergebnis.ZURUECK, grund, zeichnungen.neuesteVersion(fall));
        stationen.setze(fall.station().laufwegId(), fall.plan(), fall.plan().zurueck(id, zu));
    }

    /** Takes a task out of the inbox of the unit. @param auchVonAnderen also if a colleague has it */
    @Transactional
    public void nimm(Anmeldung wer, UUID id, boolean auchVonAnderen) {
        var fall = zustaendigkeit.halte(wer, id);
        fall.verlangeOffen(fall.station().runde());
        var hat = fall.station().genommenVon();
        if (!fall.station().empfaengerArt().equals("einheit") || wer.person().equals(hat)) {
            return;
        }
        if (hat != null && !auchVonAnderen) {
            throw Abgelehnt.konflikt("%s hat die Aufgabe schon genommen. Mit „Übernehmen“ holen Sie sie zu sich."
                    .formatted(zeichnungen.name(hat)));
        }
        nehmer(wer, fall, wer.person(), "aufgabe.genommen");
    }

    /** Gives it back to the unit. */
    @Transactional
    public void legeZurueck(Anmeldung wer, UUID id) {
        var fall = zustaendigkeit.halte(wer, id);
        fall.verlangeOffen(fall.station().runde());
        if (wer.person().equals(fall.station().genommenVon())) {
            nehmer(wer, fall, null, "aufgabe.zurueckgelegt");
        }
    }

    private void nehmer(Anmeldung wer, Fall fall, @Nullable UUID person, String handlung) {
        datenbank
                .sql("UPDATE station SET genommen_von = ? WHERE mandant_id = ? AND id = ?")
                .param(person)
                .param(mandant())
                .param(fall.station().id())
                .update();
        merke(wer, fall, handlung, Map.of());
        stationen.sage(fall.station().laufwegId());
    }

    /** The same task for somebody else. By whoever has it, or a head of whoever has it. */
    @Transactional
    public void gibWeiter(Anmeldung wer, UUID id, Empfaenger an, String bemerkung) {
        var fall = zustaendigkeit.halte(wer, id, Rolle.EMPFAENGER, Rolle.FUEHRUNG, Rolle.LEITUNG);
        fall.verlangeOffen(fall.station().runde());
        var grund = bemerkung(bemerkung, false);
        verlangeFrei(fall);
        pruefe(fall, an);
        stationen.gibAn(fall.station(), an);
        merke(wer, fall, "aufgabe.weitergegeben", Map.of("text", grund, "an", an.toString(), "station", id.toString()));
        stationen.sage(fall.station().laufwegId());
    }

    /**
     * The same task for somebody else, by a head who sees its Vorgang and leads whoever has it. Sent twice, it is done once.
     *
     * @param von with whom the head has seen it: of two heads at once the second does not undo what the first has done
     * @throws Abgelehnt (KONFLIKT) if it is over or lies with somebody else by now; (EINGABE) if it would reach nobody who may do it
     */
    @Transactional
    public void verteileUm(Anmeldung wer, UUID id, Empfaenger von, Empfaenger an, String grund) {
        var fall = zustaendigkeit.halteGesehen(wer, id);
        var station = fall.station();
        if (von.equals(an)) {
            throw Abgelehnt.eingabe("Die Aufgabe liegt schon dort. Es wurde nichts geändert.");
        }
        if (station.stand().equals("offen") && station.bei().equals(an)) {
            return;
        }
        if (!zustaendigkeit.leitet(wer, station)) {
            throw Zustaendigkeit.unbekannt();
        }
        verteileUm(wer, fall, von, an, grund);
    }

    /**
     * As {@link #verteileUm}, by the administration, for somebody who leaves the house. It need not see the Vorgang, and learns nothing of it.
     *
     * @throws Abgelehnt (RECHT) without the role ADMINISTRATION; else as there
     */
    @Transactional
    void uebergib(Anmeldung wer, UUID id, Empfaenger von, Empfaenger an, String grund) {
        var fall = zustaendigkeit.halteFuerVerwaltung(wer, id);
        if (fall.station().stand().equals("offen") && fall.station().bei().equals(an)) {
            return;
        }
        verteileUm(wer, fall, von, an, grund);
    }

    private void verteileUm(Anmeldung wer, Fall fall, Empfaenger von, Empfaenger an, String grund) {
        var station = fall.station();
        fall.verlangeOffen(station.runde());
        if (!station.bei().equals(von)) {
            throw Abgelehnt.konflikt("Die Aufgabe liegt inzwischen bei %s und blieb dort."
                    .formatted(
                            station.bei().art().equals("person")
                                    ? zeichnungen.name(station.bei().id())
                                    : "jemand anderem"));
        }
        var text = bemerkung(grund, false);
        pruefe(fall, an);
        stationen.gibAn(station, an);
        merke(
                wer,
                fall,
                "aufgabe.weitergegeben",
                Map.of(
                        "text",
                        text,
                        "von",
                        von.toString(),
                        "an",
                        an.toString(),
                        "station",
                        station.id().toString()));
        stationen.sage(station.laufwegId());
    }

    /** A station is left out, with the reason. By whoever leads the Laufweg. */
    @Transactional
    public void ueberspringe(Anmeldung wer, UUID id, String grund) {
        var fall = zustaendigkeit.halte(wer, id, Rolle.FUEHRUNG);
        if (fall.ort().stand().zuEnde()) {
            throw fall.stehtAnders();
        }
        zeichnungen.schreibe(wer, fall, Ergebnis.UEBERSPRUNGEN, bemerkung(grund, true), null);
        stationen.setze(
                fall.station().laufwegId(),
                fall.plan(),
                fall.plan().uebersprungen(id).erneuert(ueberholte(fall, zeichnungen.neuesteVersion(fall))));
    }

    /** The whole Laufweg comes back to whoever began it; what was signed stays signed. @return its Vorgang */
    @Transactional
    public UUID holeZurueck(Anmeldung wer, UUID laufweg, String grund) {
        var fall = zustaendigkeit.halteLaufweg(wer, laufweg);
        if (!fall.laufweg().stand().equals("laeuft")) {
            throw Abgelehnt.konflikt(
                    "Der Laufweg ist schon zu Ende. Bitte laden Sie die Seite neu; es wurde nichts geändert.");
        }
        stationen.beende(laufweg, "zurueckgeholt");
        merke(wer, fall, "laufweg.zurueckgeholt", Map.of("text", bemerkung(grund, true)));
        stationen.setze(laufweg, fall.plan(), fall.plan().beendet());
        return fall.laufweg().vorgangId();
    }

    /** To which Vorgang a station belongs, for whoever has something to do with it. */
    @Transactional
    public UUID vorgangVon(Anmeldung wer, UUID station) {
        return zustaendigkeit
                .halte(wer, station, Rolle.FUEHRUNG, Rolle.EMPFAENGER)
                .station()
                .vorgangId();
    }

    /**
     * A further station, after one that has not ended, or beside it. By whoever leads the Laufweg, or has the station after which it comes.
     *
     * @param neue its id, kind, recipient, words and deadline count; its place does not
     */
    @Transactional
    public void fuegeEin(Anmeldung wer, UUID nach, boolean daneben, Laufwegentwurf.Station neue) {
        var fall = zustaendigkeit.halte(wer, nach, Rolle.FUEHRUNG, Rolle.EMPFAENGER);
        if (fall.alle().stream().anyMatch(o -> o.id().equals(neue.id()))) {
            return;
        }
        if (fall.ort().stand().zuEnde()) {
            throw fall.stehtAnders();
        }
        if (!Zustaendigkeit.fuehrt(wer, fall.laufweg())) {
            // Whose turn has not come yet does not see the Vorgang, and sends nobody else there.
            fall.verlangeOffen(fall.station().runde());
        }
        if (fall.alle().size() > Startpruefung.HOECHSTENS) {
            throw Abgelehnt.eingabe("Der Laufweg hat schon so viele Stationen, wie möglich sind.");
        }
        pruefe(fall, neue);
        var nachher =
                daneben ? fall.plan().daneben(nach, neue.id()) : fall.plan().eingefuegt(nach, neue.id());
        verlangeZdaAmEnde(fall, neue, nachher);
        var ort = nachher.ort(neue.id());
        stationen.legeAn(fall.laufweg().id(), fall.station().vorgangId(), neue, ort);
        merke(
                wer,
                fall,
                "laufweg.ergaenzt",
                Map.of("text", neue.art().wort(), "an", neue.empfaenger().toString()));
        stationen.setze(fall.laufweg().id(), fall.plan(), nachher);
    }

    /** What comes after it would wait for it, and it for that. */
    private static void verlangeZdaAmEnde(Fall fall, Laufwegentwurf.Station neue, Laufplan nachher) {
        var zda = fall.alle().stream()
                .filter(s -> s.was() == Stationsart.ZDA)
                .map(Station::id)
                .collect(Collectors.toSet());
        if (neue.art() == Stationsart.ZDA) {
            zda.add(neue.id());
        }
        var offen = nachher.orte().stream().filter(o -> !o.stand().zuEnde()).toList();
        if (offen.stream()
                .filter(o -> zda.contains(o.id()))
                .anyMatch(z -> offen.stream().anyMatch(z::vor))) {
            throw Abgelehnt.eingabe(
                    "„Zu den Akten“ muss die letzte Station sein: Danach kann nichts mehr bearbeitet werden. Es wurde nichts geändert.");
        }
    }

    private void pruefe(Fall fall, Empfaenger an) {
        pruefe(
                fall,
                Laufwegentwurf.Station.schlicht(Kennung.neu(), 1, fall.station().was(), an));
        pruefung.vierAugenBei(fall, an).ifPresent(einwand -> {
            throw Abgelehnt.eingabe(einwand + " Es wurde nichts geändert.");
        });
    }

    private void pruefe(Fall fall, Laufwegentwurf.Station station) {
        var einwaende = pruefung.einwaende(
                new Laufwegentwurf(
                        fall.laufweg().id(),
                        fall.station().vorgangId(),
                        fall.laufweg().dokumentId(),
                        "x",
                        false,
                        List.of(station)),
                LocalDate.now(Anzeige.ZONE));
        if (!einwaende.isEmpty()) {
            throw Abgelehnt.eingabe(
                    einwaende.getFirst().replaceFirst("^Station 1 ", "") + " Es wurde nichts geändert.");
        }
    }

    /** What is signed has changed: where the Laufweg says so, those who signed are asked again. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void nach(VersionAngelegt neue) {
        var laufwege = datenbank
                // Held at once: one that is called back or ends meanwhile is not begun again.
                .sql(
                        "SELECT id FROM laufweg WHERE mandant_id = ? AND dokument_id = ? AND stand = 'laeuft' AND neue_version = 'erneuern' ORDER BY id FOR UPDATE")
                .params(mandant(), neue.dokument())
                .query(UUID.class)
                .list();
        for (var laufweg : laufwege) {
            var alle = stationen.halte(laufweg);
            // Whoever signs „mit Änderung“ first files the change: the others are asked once he has signed it himself.
            if (zustaendigkeit.zeichnetGerade(neue.person(), alle)) {
                continue;
            }
            var vorher = plan(alle);
            stationen.setze(laufweg, vorher, vorher.erneuert(gezeichnete(alle, null)));
        }
    }

    private static Set<UUID> gezeichnete(List<Station> alle, @Nullable UUID ausser) {
        return alle.stream()
                .filter(s -> s.was().zeichnet() && !s.id().equals(ausser))
                .map(Station::id)
                .collect(Collectors.toSet());
    }

    /** A Vorgang on its way is not put to the files. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void vor(VorgangWirdGeschlossen vorgang) {
        long offene = datenbank
                .sql(
                        "SELECT count(*) FROM laufweg l JOIN station s ON s.mandant_id = l.mandant_id AND s.laufweg_id = l.id WHERE l.mandant_id = ? AND l.vorgang_id = ? AND l.stand = 'laeuft' AND s.stand IN ('wartet', 'offen')")
                .params(mandant(), vorgang.vorgang())
                .query(Long.class)
                .single();
        if (offene > 0) {
            vorgang.hindert(
                    "Der Vorgang ist noch unterwegs: %s nicht erledigt. Bitte erledigen oder zurückholen, dann zu den Akten legen."
                            .formatted(Anzeige.anzahl(offene, "Station ist", "Stationen sind")));
        }
    }

    /** A Dokument on its way stays where its people find it. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void vor(DokumenteWerdenVerlegt verlegt) {
        boolean unterwegs = datenbank
                .sql(
                        "SELECT EXISTS (SELECT FROM laufweg WHERE mandant_id = ? AND stand = 'laeuft' AND dokument_id IN (SELECT unnest(CAST(? AS uuid[]))))")
                .params(
                        mandant(),
                        verlegt.dokumente().stream().map(UUID::toString).toArray(String[]::new))
                .query(Boolean.class)
                .single();
        if (unterwegs) {
            throw Abgelehnt.konflikt(
                    "Das Dokument ist noch unterwegs. Bitte erledigen Sie den Laufweg oder holen Sie ihn zurück, dann lässt es sich in einen anderen Vorgang legen.");
        }
    }

    static Laufplan plan(List<Station> alle) {
        return new Laufplan(alle.stream().map(Station::ort).toList());
    }

    private void merke(Anmeldung wer, Fall fall, String handlung, Map<String, String> mehr) {
        var inhalt = new HashMap<>(mehr);
        inhalt.put("titel", fall.laufweg().titel());
        inhalt.put("laufweg", fall.laufweg().id().toString());
        var dokument = fall.laufweg().dokumentId();
        protokoll.schreibe(
                wer.pseudonym(),
                handlung,
                dokument == null ? fall.laufweg().vorgangId() : dokument,
                fall.laufweg().akteId(),
                inhalt);
    }

    private static String bemerkung(String getippt, boolean noetig) {
        var text = getippt.replace("\0", "").strip();
        if (text.isEmpty() && noetig) {
            throw Abgelehnt.eingabe("Bitte schreiben Sie dazu, warum. Es wurde noch nichts ausgeführt.");
        }
        if (text.length() > BEMERKUNG) {
            throw Abgelehnt.eingabe(
                    "Die Bemerkung hat %d Zeichen; möglich sind %s.".formatted(text.length(), Anzeige.zahl(BEMERKUNG)));
        }
        return text;
    }
}
