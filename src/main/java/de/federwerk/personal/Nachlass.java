package de.federwerk.personal;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Vorgangsuebergabe;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Hinterlassenes;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.organisation.Vertretungen;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What lies with a person, in numbers and with ways to it, and how it goes to others in bulk. */
@Component
class Nachlass {

    private static final int GEZEIGT = 20;
    private static final int VERTRETUNGEN = 200;

    /** @param titel null if whoever looks may not see it */
    record Zeile(@Nullable String titel, @Nullable String zusatz, String pfad) {}

    /** One kind of thing. @param was in the plural @param zeilen the first of them @param hinweis what becomes of it */
    record Gruppe(String art, String was, long anzahl, List<Zeile> zeilen, String hinweis) {

        boolean mehr() {
            return anzahl > zeilen.size();
        }
    }

    /** @param statt true: the person stands in for the other; false: the other stands in for the person */
    private record Vertretung(UUID id, String name, LocalDate von, LocalDate bis, boolean statt) {}

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Hinterlassenes hinterlassenes;
    private final Vorgangsuebergabe vorgaenge;
    private final Vertretungen vertretungen;
    private final Personen personen;

    Nachlass(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Hinterlassenes hinterlassenes,
            Vorgangsuebergabe vorgaenge,
            Vertretungen vertretungen,
            Personen personen) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.hinterlassenes = hinterlassenes;
        this.vorgaenge = vorgaenge;
        this.vertretungen = vertretungen;
        this.personen = personen;
    }

    @Transactional(readOnly = true)
    List<Gruppe> von(Anmeldung wer, UUID person) {
        var laufend = hinterlassenes.bestand(person);
        var akten = vorgaenge.bestand(person);
        var vertretung = vertretungen(person);
        var statt = vertretung.stream().filter(Vertretung::statt).toList();
        var eigene = vertretung.stream().filter(v -> !v.statt).toList();
        return List.of(
                new Gruppe(
                        "aufgaben",
                        "Offene Aufgaben",
                        laufend.offen(),
                        laufend(hinterlassenes.aufgaben(wer.person(), person, GEZEIGT)),
                        laufend.kommend() == 0
                                ? ""
                                : "Dazu kommen %s in laufenden Laufwegen, die noch nicht an der Reihe sind; sie gehen mit."
                                        .formatted(Anzeige.anzahl(laufend.kommend(), "Station", "Stationen"))),
                new Gruppe(
                        "vorgaenge",
                        "Vorgänge in Bearbeitung",
                        akten.vorgaenge(),
                        vorgaenge.vorgaenge(wer.person(), person, GEZEIGT).stream()
                                .map(z -> new Zeile(z.titel(), z.aktenzeichen(), z.pfad()))
                                .toList(),
                        akten.akten() == 0
                                ? ""
                                : "Dazu %s, in denen die Person als Bearbeiter steht; sie gehen mit."
                                        .formatted(Anzeige.anzahl(akten.akten(), "offene Akte", "offene Akten"))),
                new Gruppe(
                        "vertretungen",
                        "Vertretungen, die die Person übernommen hat",
                        statt.size(),
                        statt.stream().limit(GEZEIGT).map(Nachlass::zeile).toList(),
                        "Übergeben heißt: Jemand anderes vertritt ab heute."),
                new Gruppe(
                        "",
                        "Eigene Abwesenheiten",
                        eigene.size(),
                        eigene.stream().limit(GEZEIGT).map(Nachlass::zeile).toList(),
                        "Sie enden von selbst."),
                new Gruppe(
                        "",
                        "Begonnene Laufwege",
                        laufend.laufwege(),
                        laufend(hinterlassenes.laufwege(wer.person(), person, GEZEIGT)),
                        "Wer den Vorgang übernimmt, führt auch seine Laufwege."),
                new Gruppe(
                        "",
                        "Laufwegvorlagen, die die Person nennen",
                        laufend.vorlagen(),
                        laufend(hinterlassenes.vorlagen(person, GEZEIGT)),
                        "Bitte ändern Sie dort den Empfänger."),
                new Gruppe("", "Offene Merkpunkte", merkpunkte(person), List.of(), "Sie stehen in ihren Vorgängen."));
    }

    private static List<Zeile> laufend(List<Hinterlassenes.Zeile> zeilen) {
        return zeilen.stream()
                .map(z -> new Zeile(z.titel(), z.aktenzeichen(), z.pfad()))
                .toList();
    }

    private static Zeile zeile(Vertretung v) {
        return new Zeile(v.name, Anzeige.datum(v.von) + " bis " + Anzeige.datum(v.bis), "/vertretung");
    }

    private List<Vertretung> vertretungen(UUID person) {
        return datenbank
                .sql("""
                SELECT v.id, trim(p.vorname || ' ' || p.nachname) AS name, v.von, v.bis, v.person_id <> :person AS statt FROM vertretung v
                  LEFT JOIN person p ON p.mandant_id = v.mandant_id AND p.id = CASE WHEN v.person_id = :person THEN v.vertreter_id ELSE v.person_id END
                 WHERE v.mandant_id = :m AND :person IN (v.person_id, v.vertreter_id) AND v.beendet IS NULL AND v.bis >= heute() ORDER BY v.von, v.id LIMIT :hoechstens""")
                .param("m", mandant())
                .param("person", person)
                .param("hoechstens", VERTRETUNGEN)
                .query((z, nr) -> new Vertretung(
                        z.getObject("id", UUID.class),
                        java.util.Objects.requireNonNullElse(z.getString("name"), "ohne Vertretung"),
                        z.getObject("von", LocalDate.class),
                        z.getObject("bis", LocalDate.class),
                        z.getBoolean("statt")))
                .list();
    }

    private long merkpunkte(UUID person) {
        return datenbank
                .sql(
                        "SELECT count(*) FROM merkpunkt WHERE mandant_id = ? AND person_id = ? AND erledigt IS NULL AND entfernt IS NULL")
                .params(mandant(), person)
                .query(Long.class)
                .single();
    }

    /**
     * Gives on what is chosen. Each kind for itself: what cannot be is named, the rest is done.
     *
     * @param was {@code aufgaben}, {@code vorgaenge}, {@code vertretungen}
     * @return what was done, in sentences
     */
    List<String> uebergib(Anmeldung wer, UUID person, Set<String> was, Empfaenger an, String grund) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        if (was.isEmpty()) {
            throw Abgelehnt.eingabe("Bitte kreuzen Sie an, was übergeben werden soll. Es wurde nichts geändert.");
        }
        if (grund.isBlank()) {
            throw Abgelehnt.eingabe(
                    "Bitte schreiben Sie dazu, warum; es steht dann im Protokoll. Es wurde nichts geändert.");
        }
        boolean anPerson = an.art().equals("person");
        if (!anPerson && (was.contains("vorgaenge") || was.contains("vertretungen"))) {
            throw Abgelehnt.eingabe(
                    "An eine Stelle oder Einheit gehen nur Aufgaben. Vorgänge und Vertretungen übernimmt eine Person. Es wurde nichts geändert.");
        }
        if (an.id().equals(person)) {
            throw Abgelehnt.eingabe("Bitte geben Sie jemand anderen an. Es wurde nichts geändert.");
        }
        var saetze = new ArrayList<String>();
        // Before the tasks: who works on a Vorgang may be given its tasks.
        if (was.contains("vorgaenge")) {
            int getan = vorgaenge.uebergib(wer, person, an.id(), grund);
            long rest = vorgaenge.bestand(person).vorgaenge();
            saetze.add(Anzeige.anzahl(getan, "Vorgang ist", "Vorgänge sind") + " übergeben."
                    + (rest == 0
                            ? ""
                            : " %s blieben: Die neue Person darf sie nicht bearbeiten, oder es waren zu viele auf einmal."
                                    .formatted(Anzeige.anzahl(rest, "Vorgang", "Vorgänge"))));
        }
        if (was.contains("aufgaben")) {
            var bericht = hinterlassenes.uebergib(wer, person, an, grund);
            saetze.add("%s von %s Aufgaben sind übergeben, dazu %s, die noch kommen."
                    .formatted(
                            Anzeige.zahl(bericht.getan()),
                            Anzeige.zahl(bericht.von()),
                            Anzeige.anzahl(bericht.weiter(), "Station", "Stationen")));
            saetze.addAll(bericht.nicht());
        }
        if (was.contains("vertretungen")) {
            List<Vertretung> alle = transaktion.execute(t -> vertretungen(person));
            for (var v : alle.stream().filter(Vertretung::statt).toList()) {
                try {
                    vertretungen.uebertrage(wer, v.id, an.id());
                    saetze.add("Die Vertretung für " + v.name + " ist übergeben.");
                } catch (Abgelehnt | NichtGefunden e) {
                    saetze.add("Die Vertretung für " + v.name + " blieb: " + e.getMessage());
                }
            }
        }
        return saetze;
    }
}
