package de.federwerk.leistung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.frist.Arbeitskalender;
import de.federwerk.frist.Feiertag;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.leistung.Oeffnungszeiten.Schliessung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The places where citizens go to: made and changed by the Redaktion. */
@Component
public class Dienststellen {

    private static final int HOECHSTENS = 500;

    /** As it is typed. @param tage Monday to Sunday, e.g. „8–12, 14–18“ @param schliesstage one a line */
    public record Angaben(
            UUID einheit,
            String name,
            String strasse,
            String ort,
            String raum,
            String telefon,
            String mail,
            String barrierefreiheit,
            List<String> tage,
            String schliesstage,
            boolean mitFeiertagen) {}

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Einheiten einheiten;
    private final Arbeitskalender kalender;
    private final Protokoll protokoll;

    Dienststellen(
            JdbcClient datenbank,
            Personen personen,
            Einheiten einheiten,
            Arbeitskalender kalender,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.einheiten = einheiten;
        this.kalender = kalender;
        this.protokoll = protokoll;
    }

    /** By name, without those that have ended. */
    @Transactional(readOnly = true)
    public List<Dienststelle> alle() {
        return datenbank
                .sql(Leistungen.DIENSTSTELLE + " AND beendet IS NULL ORDER BY lower(name), id")
                .param(mandant())
                .query(Leistungen::dienststelle)
                .list();
    }

    @Transactional(readOnly = true)
    public Dienststelle eine(UUID id) {
        return datenbank
                .sql(Leistungen.DIENSTSTELLE + " AND id = ? AND beendet IS NULL")
                .params(mandant(), id)
                .query(Leistungen::dienststelle)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Dienststelle gibt es nicht."));
    }

    /** @param id chosen by the caller: sent twice, it is made once @throws Abgelehnt (EINGABE) naming what cannot be read */
    @Transactional
    public void richteEin(Anmeldung wer, UUID id, Angaben angaben) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        if (alle().size() >= HOECHSTENS) {
            throw Abgelehnt.eingabe(
                    "Mehr als " + HOECHSTENS + " Dienststellen sind nicht vorgesehen. Es wurde keine angelegt.");
        }
        int neu = datenbank.sql("""
                INSERT INTO dienststelle (mandant_id, id, einheit_id, name, strasse, ort, raum, telefon, mail, barrierefreiheit, zeiten, schliesstage)
                VALUES (:m, :id, :einheit, :name, :strasse, :ort, :raum, :telefon, :mail, :barrierefreiheit, :zeiten, :schliesstage)
                ON CONFLICT (mandant_id, id) DO NOTHING""").params(spalten(angaben)).param("id", id).update();
        if (neu > 0) {
            merke(wer, "dienststelle.eingerichtet", id, angaben.name);
        }
    }

    /** @param aenderung as it was when the form was opened @throws Abgelehnt (KONFLIKT) if somebody else has saved meanwhile */
    @Transactional
    public void aendere(Anmeldung wer, UUID id, int aenderung, Angaben angaben) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        eine(id);
        int zeilen = datenbank
                .sql("""
                UPDATE dienststelle SET einheit_id = :einheit, name = :name, strasse = :strasse, ort = :ort, raum = :raum, telefon = :telefon, mail = :mail,
                       barrierefreiheit = :barrierefreiheit, zeiten = :zeiten, schliesstage = :schliesstage, aenderung = aenderung + 1
                 WHERE mandant_id = :m AND id = :id AND aenderung = :aenderung""")
                .params(spalten(angaben))
                .param("id", id)
                .param("aenderung", aenderung)
                .update();
        if (zeilen == 0) {
            throw Abgelehnt.konflikt(
                    "Inzwischen hat jemand anderes diese Dienststelle gespeichert. Ihre Eingabe steht noch im Formular und wurde nicht gespeichert.");
        }
        merke(wer, "dienststelle.geaendert", id, angaben.name);
    }

    /** Not while a rule leads there. */
    @Transactional
    public void beende(Anmeldung wer, UUID id) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var name = eine(id).name();
        boolean benutzt = datenbank
                .sql("SELECT EXISTS (SELECT FROM zustaendigkeitsregel WHERE mandant_id = ? AND dienststelle_id = ?)")
                .params(mandant(), id)
                .query(Boolean.class)
                .single();
        if (benutzt) {
            throw Abgelehnt.konflikt("„" + name
                    + "“ steht noch in Regeln der Zuständigkeit. Ändern Sie diese zuerst. Es wurde nichts geändert.");
        }
        datenbank
                .sql("UPDATE dienststelle SET beendet = now() WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
        merke(wer, "dienststelle.beendet", id, name);
    }

    private Map<String, Object> spalten(Angaben a) {
        if (einheiten.baum().stream().noneMatch(e -> e.id().equals(a.einheit))) {
            throw new NichtGefunden("Diese Einheit gibt es nicht.");
        }
        var zeiten = Oeffnungszeiten.getippt(a.tage, a.schliesstage);
        if (a.mitFeiertagen) {
            zeiten = mitFeiertagen(zeiten);
        }
        return Map.ofEntries(
                Map.entry("m", mandant()),
                Map.entry("einheit", a.einheit),
                Map.entry("name", pflicht(a.name)),
                Map.entry("strasse", zeile(a.strasse, 200, "Straße")),
                Map.entry("ort", zeile(a.ort, 200, "Ort")),
                Map.entry("raum", zeile(a.raum, 200, "Raum")),
                Map.entry("telefon", zeile(a.telefon, 100, "Telefon")),
                Map.entry("mail", zeile(a.mail, 200, "E-Mail")),
                Map.entry("barrierefreiheit", zeile(a.barrierefreiheit, 1000, "Barrierefreiheit")),
                Map.entry("zeiten", zeiten.zeiten()),
                Map.entry("schliesstage", zeiten.schliesstage()));
    }

    /** Of this year from today, and of the next. */
    private Oeffnungszeiten mitFeiertagen(Oeffnungszeiten zeiten) {
        var heute = LocalDate.now(Anzeige.ZONE);
        var alle = new ArrayList<>(zeiten.schliessungen());
        for (int jahr = heute.getYear(); jahr <= heute.getYear() + 1; jahr++) {
            for (Feiertag f : kalender.feiertage(jahr)) {
                boolean schon = alle.stream()
                        .anyMatch(s -> !f.tag().isBefore(s.von()) && !f.tag().isAfter(s.bis()));
                if (!schon && !f.tag().isBefore(heute)) {
                    alle.add(new Schliessung(f.tag(), f.tag(), f.name()));
                }
            }
        }
        alle.sort(Comparator.comparing(Schliessung::von));
        return new Oeffnungszeiten(zeiten.woche(), alle.subList(0, Math.min(100, alle.size())));
    }

    private static String pflicht(String name) {
        var wort = zeile(name, 200, "Name");
        if (wort.isEmpty()) {
            throw Abgelehnt.eingabe("Bitte geben Sie der Dienststelle einen Namen. Es wurde nichts geändert.");
        }
        return wort;
    }

    private static String zeile(String text, int hoechstens, String was) {
        var zeile = Leistungsangaben.zeile(text);
        if (zeile.length() > hoechstens) {
            throw Abgelehnt.eingabe(was + ": höchstens " + hoechstens + " Zeichen. Es wurde nichts geändert.");
        }
        return zeile;
    }

    private void merke(Anmeldung wer, String handlung, UUID id, String name) {
        protokoll.schreibe(wer.pseudonym(), handlung, id, null, Map.of("titel", name), "dienststelle");
    }
}
