package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenart.Aktenfeld;
import de.federwerk.aktenart.Feldtraeger;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.formular.Abschnitt;
import de.federwerk.formular.Feld;
import de.federwerk.formular.Feldart;
import de.federwerk.formular.Formular;
import de.federwerk.formular.Formulare;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which answers of a form become fields of the Vorgang, where they can be listed and searched for. */
@Component
public class Antragsfelder {

    /** Columns that a list of Vorgänge can hold before nobody reads it any more. */
    private static final int IN_LISTE = 6;

    private static final int AUSWAHL = 100;
    private static final int NAME = 60;

    /** A field of the form. @param wiederholt its answers are put one behind another @param ziel null: stays in the PDF only */
    public record Zeile(
            String feld,
            String titel,
            String art,
            boolean wiederholt,
            @Nullable UUID ziel) {}

    private final JdbcClient datenbank;
    private final Aktenarten arten;
    private final Formulare formulare;
    private final Personen personen;
    private final Protokoll protokoll;

    Antragsfelder(JdbcClient datenbank, Aktenarten arten, Formulare formulare, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.arten = arten;
        this.formulare = formulare;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    /** Of which kind the Akten of this Leistung are; empty: they have no fields, or there are to be no more of that kind. */
    @Transactional(readOnly = true)
    public Optional<UUID> aktenart(UUID leistung) {
        return datenbank.sql("""
                SELECT a.id FROM antragsweg w JOIN aktenart a ON a.mandant_id = w.mandant_id AND a.id = w.aktenart_id
                 WHERE w.mandant_id = ? AND w.leistung_id = ? AND a.beendet IS NULL""").params(mandant(), leistung).query(UUID.class).optional();
    }

    /** Whether citizens see which office opened their Vorgang. */
    @Transactional(readOnly = true)
    public boolean zeigtEinsicht(UUID leistung) {
        return datenbank
                .sql("SELECT einsicht_zeigen FROM antragsweg WHERE mandant_id = ? AND leistung_id = ?")
                .params(mandant(), leistung)
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    /** By the id of the field in the form. */
    @Transactional(readOnly = true)
    public Map<String, UUID> ziele(UUID leistung) {
        var ziele = new LinkedHashMap<String, UUID>();
        datenbank
                .sql(
                        "SELECT feld, aktenfeld_id FROM antragsfeld WHERE mandant_id = ? AND leistung_id = ? ORDER BY feld")
                .params(mandant(), leistung)
                .query((z, nr) -> ziele.put(z.getString(1), z.getObject(2, UUID.class)))
                .list();
        return ziele;
    }

    /** What the published form of a Leistung asks for, and where it goes; empty if it has none. */
    @Transactional(readOnly = true)
    public List<Zeile> zeilen(UUID leistung) {
        var ziele = ziele(leistung);
        var zeilen = new ArrayList<Zeile>();
        formular(leistung)
                .ifPresent(f -> jedes(
                        f,
                        (abschnitt, feld) -> zeilen.add(new Zeile(
                                feld.id(),
                                feld.titel().in("de"),
                                feld.art().wort(),
                                mehrere(abschnitt),
                                ziele.get(feld.id())))));
        return zeilen;
    }

    private interface Besuch {
        void bei(Abschnitt abschnitt, Feld feld);
    }

    private static void jedes(Formular formular, Besuch besuch) {
        for (var schritt : formular.schritte()) {
            for (var abschnitt : schritt.abschnitte()) {
                abschnitt.felder().stream()
                        .filter(f -> !Set.of(Feldart.HINWEIS, Feldart.DATEI, Feldart.EINWILLIGUNG)
                                .contains(f.art()))
                        .forEach(f -> besuch.bei(abschnitt, f));
            }
        }
    }

    private static boolean mehrere(Abschnitt abschnitt) {
        return abschnitt.wiederholt() && abschnitt.hoechstens() > 1;
    }

    private Optional<Formular> formular(UUID leistung) {
        return datenbank
                .sql(
                        "SELECT formular FROM leistungsfassung WHERE mandant_id = ? AND leistung_id = ? AND stand = 'veroeffentlicht' AND formular IS NOT NULL")
                .params(mandant(), leistung)
                .query(String.class)
                .optional()
                .flatMap(formulare::gueltig)
                .map(Formulare.Fassung::formular);
    }

    /**
     * Says which fields go where.
     *
     * @param aktenart null: the Akten have no fields
     * @param neue by the id of the field in the form; fields of another Aktenart are left out
     */
    @Transactional
    public void setze(
            Anmeldung wer, UUID leistung, @Nullable UUID aktenart, Map<String, UUID> neue, boolean einsichtZeigen) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        if (aktenart != null && arten.finde(aktenart).isEmpty()) {
            throw Abgelehnt.eingabe("Diese Aktenart gibt es nicht. Es wurde nichts geändert.");
        }
        int geschrieben = datenbank
                .sql(
                        "UPDATE antragsweg SET aktenart_id = ?, einsicht_zeigen = ? WHERE mandant_id = ? AND leistung_id = ?")
                .param(aktenart)
                .param(einsichtZeigen)
                .param(mandant())
                .param(leistung)
                .update();
        if (geschrieben == 0) {
            throw Abgelehnt.konflikt("Bitte legen Sie zuerst fest, wohin die Anträge dieser Leistung gehen.");
        }
        var erlaubte = aktenart == null
                ? Set.<UUID>of()
                : arten.felder(Feldtraeger.VORGANG, aktenart, false).stream()
                        .map(Aktenfeld::id)
                        .collect(Collectors.toSet());
        datenbank
                .sql("DELETE FROM antragsfeld WHERE mandant_id = ? AND leistung_id = ?")
                .params(mandant(), leistung)
                .update();
        var belegt = new HashSet<UUID>();
        neue.forEach((feld, ziel) -> {
            if (erlaubte.contains(ziel)) {
                if (!belegt.add(ziel)) {
                    throw Abgelehnt.eingabe(
                            "In ein Feld des Vorgangs passt nur eine Antwort. Bitte wählen Sie jedes höchstens einmal; es wurde nichts geändert.");
                }
                verbinde(leistung, feld, ziel);
            }
        });
        protokoll.schreibe(
                wer.pseudonym(),
                "antragsfelder.gesetzt",
                leistung,
                null,
                Map.of("felder", String.valueOf(belegt.size()), "einsicht", String.valueOf(einsichtZeigen)));
    }

    private void verbinde(UUID leistung, String feld, UUID ziel) {
        datenbank
                .sql("INSERT INTO antragsfeld (mandant_id, leistung_id, feld, aktenfeld_id) VALUES (?, ?, ?, ?)")
                .params(mandant(), leistung, feld, ziel)
                .update();
    }

    /**
     * Makes a field of the Vorgang for each field of the form that has none yet, and the Aktenart if there is none. Done twice, it is done once.
     *
     * @param titel of the Leistung, as the Aktenart will be called
     */
    @Transactional
    public void legeAn(Anmeldung wer, UUID leistung, String titel) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var formular = formular(leistung)
                .orElseThrow(() -> Abgelehnt.konflikt("Diese Leistung hat kein veröffentlichtes Formular."));
        var art = aktenart(leistung).orElseGet(() -> {
            var neu = Kennung.neu();
            arten.richteEin(wer, neu, titel(titel), "Angelegt aus dem Formular der Leistung");
            return neu;
        });
        var ziele = new LinkedHashMap<>(ziele(leistung));
        var namen = arten.felder(Feldtraeger.VORGANG, art, false).stream()
                .map(f -> f.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
        jedes(formular, (abschnitt, feld) -> {
            if (!ziele.containsKey(feld.id())) {
                var neu = Kennung.neu();
                arten.fuegeHinzu(
                        wer, art, neu, angaben(feld, mehrere(abschnitt), name(feld, namen), namen.size() <= IN_LISTE));
                ziele.put(feld.id(), neu);
            }
        });
        setze(wer, leistung, art, ziele, zeigtEinsicht(leistung));
    }

    private static String titel(String titel) {
        return titel.length() <= 100 ? titel : titel.substring(0, 99) + "…";
    }

    private static String name(Feld feld, Set<String> namen) {
        var titel = feld.titel().in("de").isBlank() ? feld.id() : feld.titel().in("de");
        for (int nr = 1; ; nr++) {
            var anhang = nr == 1 ? "" : " (" + nr + ")";
            var platz = NAME - anhang.length();
            var name = (titel.length() <= platz ? titel : titel.substring(0, platz - 1) + "…") + anhang;
            if (namen.add(name.toLowerCase(Locale.ROOT))) {
                return name;
            }
        }
    }

    private static Aktenarten.Feldangaben angaben(Feld feld, boolean mehrere, String name, boolean inListe) {
        var wahl = feld.art() == Feldart.AUSWAHL
                ? feld.wahl().stream().map(w -> w.titel().in("de")).distinct().toList()
                : List.of("Ja", "Nein");
        var art = mehrere ? de.federwerk.aktenart.Feldart.TEXT : art(feld, wahl);
        return new Aktenarten.Feldangaben(
                Feldtraeger.VORGANG,
                name,
                art,
                art == de.federwerk.aktenart.Feldart.AUSWAHL ? String.join("\n", wahl) : "",
                false,
                inListe);
    }

    private static de.federwerk.aktenart.Feldart art(Feld feld, List<String> wahl) {
        return switch (feld.ergebnis()) {
            case ZAHL -> de.federwerk.aktenart.Feldart.ZAHL;
            case GELD -> de.federwerk.aktenart.Feldart.GELD;
            case DATUM -> de.federwerk.aktenart.Feldart.DATUM;
            case ANSCHRIFT, ORT -> de.federwerk.aktenart.Feldart.ORT;
            case JANEIN -> de.federwerk.aktenart.Feldart.AUSWAHL;
            case AUSWAHL ->
                wahl.size() <= AUSWAHL && wahl.stream().allMatch(w -> w.length() <= 100)
                        ? de.federwerk.aktenart.Feldart.AUSWAHL
                        : de.federwerk.aktenart.Feldart.TEXT;
            default -> de.federwerk.aktenart.Feldart.TEXT;
        };
    }

    /** What goes into the fields of the Vorgang, as it would be typed there; what was not answered is left out. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<UUID, String> werte(UUID leistung, Antragsvorlage antrag) {
        var werte = new LinkedHashMap<UUID, String>();
        ziele(leistung).forEach((feld, ziel) -> {
            var text = antrag.formular().angaben(antrag.werte(), "de", antrag.tag()).stream()
                    .filter(a -> a.feld().equals(feld))
                    .map(Feldtext::von)
                    .filter(t -> !t.isEmpty())
                    .distinct()
                    .collect(Collectors.joining("; "));
            if (!text.isEmpty()) {
                werte.put(ziel, text);
            }
        });
        return werte;
    }
}
