package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenart.Aktenartvorgaben;
import de.federwerk.aktenart.Aktenfeld;
import de.federwerk.aktenart.Aktenwerte;
import de.federwerk.aktenart.Feldtraeger;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.gesicht.Sprung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaenger;
import de.federwerk.organisation.Empfaengersuche;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people type about Akte, Vorgang and Dokument, changed field by field: whoever was slower saves nothing over somebody, and types nothing
 * twice.
 */
@Component
public class Pflege {

    /** The fields of a form and what they are called. */
    static final Map<String, String> NAMEN = Map.of(
            "titel", "Titel",
            "bearbeiter", "Bearbeitung",
            "laufzeit", "Laufzeit seit",
            "alt", "Altaktenzeichen",
            "art", "Dokumentart",
            "absender", "Absender",
            "vom", "Schreiben vom",
            "aktenart", "Aktenart");

    /** Behind the name of a field: what was chosen for it from a list. */
    static final String WAHL = "-id";

    /** @param widersprueche empty: it is saved */
    record Ausgang(List<Zusammenfuehrung.Widerspruch> widersprueche) {}

    private final JdbcClient datenbank;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final FruehereAktenzeichen fruehere;
    private final Aktenarten arten;
    private final Aktenwerte werte;
    private final Aktenartvorgaben vorgaben;
    private final Empfaengersuche personen;
    private final Berechtigungen berechtigungen;
    private final Protokoll protokoll;
    private final Index index;

    Pflege(
            JdbcClient datenbank,
            Akten akten,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            FruehereAktenzeichen fruehere,
            Aktenarten arten,
            Aktenwerte werte,
            Aktenartvorgaben vorgaben,
            Empfaengersuche personen,
            Berechtigungen berechtigungen,
            Protokoll protokoll,
            Index index) {
        this.datenbank = datenbank;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.fruehere = fruehere;
        this.arten = arten;
        this.werte = werte;
        this.vorgaben = vorgaben;
        this.personen = personen;
        this.berechtigungen = berechtigungen;
        this.protokoll = protokoll;
        this.index = index;
    }

    /** The fields of an Akte as a form shows them. */
    Map<String, String> felder(Akten.Akte akte) {
        var felder = new LinkedHashMap<String, String>();
        felder.put("titel", akte.titel());
        felder.put("bearbeiter", akte.bearbeiter() == null ? "" : akte.bearbeiter());
        felder.put("laufzeit", Anzeige.datum(akte.laufzeitVon()));
        felder.put("alt", fruehere.alte(akte.id(), null));
        felder.put("aktenart", akte.aktenart() == null ? "" : akte.aktenart());
        fuelle(felder, werte.von(Feldtraeger.AKTE, akte.id(), akte.aktenartId()));
        return felder;
    }

    private static void fuelle(Map<String, String> felder, List<Aktenwerte.Feldwert> werte) {
        werte.stream()
                .filter(w -> !w.feld().beendet())
                .forEach(w -> felder.put(w.feld().formname(), w.text()));
    }

    Map<String, String> felder(Vorgaenge.Vorgang vorgang) {
        var felder = new LinkedHashMap<String, String>();
        felder.put("titel", vorgang.titel());
        felder.put("bearbeiter", vorgang.bearbeiter() == null ? "" : vorgang.bearbeiter());
        felder.put("alt", fruehere.alte(null, vorgang.id()));
        fuelle(felder, werte.von(Feldtraeger.VORGANG, vorgang.id(), vorgang.aktenartId()));
        return felder;
    }

    static Map<String, String> felder(Dokumente.Dokument dokument) {
        var felder = new LinkedHashMap<String, String>();
        felder.put("titel", dokument.titel());
        felder.put("art", dokument.dokumentart());
        felder.put("absender", dokument.absender() == null ? "" : dokument.absender());
        felder.put("vom", dokument.schreibenVom() == null ? "" : Anzeige.datum(dokument.schreibenVom()));
        return felder;
    }

    /**
     * @param gesehen as they were when the form was opened, {@code gewollt} as eingetragen
     * @throws Abgelehnt (EINGABE) if a field does not fit, (RECHT) if the person may only read, (KONFLIKT) if the Akte is zdA
     */
    @Transactional
    public Ausgang aendereAkte(
            Anmeldung wer, UUID id, Map<String, String> gesehen, Map<String, String> gewollt, String bearbeiterId) {
        datenbank
                .sql("SELECT id FROM akte WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), id)
                .query(UUID.class)
                .optional();
        var akte = akten.zumVerlegen(wer, id);
        if (!akte.offen()) {
            throw Abgelehnt.konflikt("Die Akte " + akte.aktenzeichen()
                    + " ist zu den Akten gelegt. Wer sie ändern will, nimmt sie erst wieder auf.");
        }
        var jetzt = felder(akte);
        var felder = felder(Feldtraeger.AKTE, akte.aktenartId());
        var neu = Zusammenfuehrung.aus(gesehen, geschrieben(gesaeubert(gewollt), jetzt, felder), jetzt);
        var vettern = namensvettern(Feldtraeger.AKTE, id, felder, jetzt, gesaeubert(gewollt));
        var unterschied = unterschied(neu, jetzt, felder, vettern);
        if (!neu.widersprueche().isEmpty() || unterschied.isEmpty()) {
            return new Ausgang(neu.widersprueche());
        }
        var werte = neu.ergebnis();
        boolean andereArt = geaendert(jetzt, werte, "aktenart");
        if (akte.aktenartId() != null) {
            // Who changes the Aktenart keeps what stands in the fields, and need not fill in those that go.
            this.werte.setze(
                    Feldtraeger.AKTE,
                    id,
                    akte.aktenartId(),
                    eingetragen(felder, vettern, jetzt, werte, gewollt),
                    !andereArt);
        }
        if (andereArt) {
            setzeAktenart(id, werte.getOrDefault("aktenart", ""));
        }
        var titel = Eingabe.titel(werte.get("titel"));
        var laufzeit = tag("laufzeit", werte.getOrDefault("laufzeit", ""));
        if (laufzeit == null) {
            throw Abgelehnt.eingabe("Bitte geben Sie an, seit wann die Akte läuft, zum Beispiel 03.02.1998.")
                    .an(List.of("laufzeit"));
        }
        datenbank
                .sql(
                        "UPDATE akte SET titel = ?, laufzeit_von = ?, fassung = fassung + 1 WHERE mandant_id = ? AND id = ?")
                .params(titel, laufzeit, mandant(), id)
                .update();
        if (geaendert(jetzt, werte, "bearbeiter")) {
            var an = bearbeiter(werte.getOrDefault("bearbeiter", ""), bearbeiterId);
            if (an != null
                    && akten.finde(berechtigungen.sicht(an.id(), Recht.BEARBEITEN), id)
                            .isEmpty()) {
                throw duerfteNicht(an, "diese Akte");
            }
            setzeBearbeiter("akte", id, an);
        }
        if (geaendert(jetzt, werte, "alt")) {
            fruehere.setzeAlte(id, null, werte.getOrDefault("alt", ""));
        }
        protokoll.schreibe(wer.pseudonym(), "akte.geaendert", id, id, Map.of("text", unterschied), "akte");
        index.vormerken("akte", id);
        if (geaendert(jetzt, werte, "titel")) {
            // Its title stands beside its Vorgänge.
            nachziehen("vorgang", "akte_id", id);
        }
        return new Ausgang(List.of());
    }

    /** What is found by something that changed in what it lies in: thousands perhaps, so behind what people wait for. @param art and {@code spalte} from code */
    private void nachziehen(String art, String spalte, UUID behaelter) {
        index.vormerkenNachrangig(
                art,
                datenbank
                        .sql("SELECT id FROM " + art + " WHERE mandant_id = ? AND " + spalte + " = ?")
                        .params(mandant(), behaelter)
                        .query(UUID.class)
                        .list(),
                Duration.ZERO);
    }

    private List<Aktenfeld> felder(Feldtraeger traeger, @Nullable UUID aktenart) {
        return aktenart == null ? List.of() : arten.felder(traeger, aktenart, false);
    }

    private static Map<String, String> namen(List<Aktenfeld> felder) {
        var namen = new HashMap<>(NAMEN);
        felder.forEach(f -> namen.put(f.formname(), f.name()));
        return namen;
    }

    /** The fields that were changed, as they were typed. */
    private Map<UUID, String> eingetragen(
            List<Aktenfeld> felder,
            List<Aktenfeld> vettern,
            Map<String, String> jetzt,
            Map<String, String> werte,
            Map<String, String> gewollt) {
        var eingetragen = new HashMap<UUID, String>();
        felder.stream()
                .filter(f -> vettern.contains(f) || geaendert(jetzt, werte, f.formname()))
                .forEach(f -> eingetragen.put(f.id(), roh(f, werte, gewollt)));
        return eingetragen;
    }

    /** Fields in which the same name stands as before, and somebody else who bears it was chosen. */
    private List<Aktenfeld> namensvettern(
            Feldtraeger traeger,
            UUID id,
            List<Aktenfeld> felder,
            Map<String, String> jetzt,
            Map<String, String> gewollt) {
        var bisher = werte.personen(traeger, id);
        return felder.stream()
                .filter(f -> gewollt.getOrDefault(f.formname(), "").equals(jetzt.get(f.formname()))
                        && werte.meintAnderen(
                                f,
                                gewollt.getOrDefault(f.formname(), ""),
                                gewollt.getOrDefault(f.formname() + WAHL, ""),
                                bisher.get(f.id())))
                .toList();
    }

    private static String unterschied(
            Zusammenfuehrung neu, Map<String, String> jetzt, List<Aktenfeld> felder, List<Aktenfeld> vettern) {
        return Stream.concat(
                        Stream.of(neu.unterschied(jetzt, namen(felder))),
                        vettern.stream().map(f -> andererDesNamens(f, jetzt.getOrDefault(f.formname(), ""))))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    static String andererDesNamens(Aktenfeld feld, String name) {
        return feld.name() + ": „" + name + "“ → eine andere Person dieses Namens";
    }

    /** As {@link #aendereAkte}, of a Vorgang. */
    @Transactional
    public Ausgang aendereVorgang(
            Anmeldung wer, UUID id, Map<String, String> gesehen, Map<String, String> gewollt, String bearbeiterId) {
        vorgaenge.zumAendern(wer, id);
        var vorgang = vorgaenge.bearbeitbar(wer, id);
        var jetzt = felder(vorgang);
        var felder = felder(Feldtraeger.VORGANG, vorgang.aktenartId());
        var neu = Zusammenfuehrung.aus(gesehen, geschrieben(gesaeubert(gewollt), jetzt, felder), jetzt);
        var vettern = namensvettern(Feldtraeger.VORGANG, id, felder, jetzt, gesaeubert(gewollt));
        var unterschied = unterschied(neu, jetzt, felder, vettern);
        if (!neu.widersprueche().isEmpty() || unterschied.isEmpty()) {
            return new Ausgang(neu.widersprueche());
        }
        var werte = neu.ergebnis();
        if (vorgang.aktenartId() != null) {
            this.werte.setze(
                    Feldtraeger.VORGANG, id, vorgang.aktenartId(), eingetragen(felder, vettern, jetzt, werte, gewollt));
        }
        datenbank
                .sql("UPDATE vorgang SET titel = ? WHERE mandant_id = ? AND id = ?")
                .params(Eingabe.titel(werte.get("titel")), mandant(), id)
                .update();
        if (geaendert(jetzt, werte, "bearbeiter")) {
            var an = bearbeiter(werte.getOrDefault("bearbeiter", ""), bearbeiterId);
            if (an != null
                    && vorgaenge
                            .finde(berechtigungen.sicht(an.id(), Recht.BEARBEITEN), id)
                            .isEmpty()) {
                throw duerfteNicht(an, "diesen Vorgang");
            }
            setzeBearbeiter("vorgang", id, an);
        }
        if (geaendert(jetzt, werte, "alt")) {
            fruehere.setzeAlte(null, id, werte.getOrDefault("alt", ""));
        }
        protokoll.schreibe(
                wer.pseudonym(), "vorgang.geaendert", id, vorgang.akteId(), Map.of("text", unterschied), "vorgang");
        index.vormerken("vorgang", id);
        if (geaendert(jetzt, werte, "titel")) {
            nachziehen("dokument", "vorgang_id", id);
        }
        return new Ausgang(List.of());
    }

    /** As {@link #aendereAkte}, of a Dokument: its Versions stay as they are. */
    @Transactional
    public Ausgang aendereDokument(Anmeldung wer, UUID id, Map<String, String> gesehen, Map<String, String> gewollt) {
        var gelesen = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        var vorgang = vorgaenge.zumAendern(wer, gelesen.vorgangId());
        var dokument = dokumente
                .finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), id)
                .orElseThrow(() -> Abgelehnt.recht(
                        "Sie dürfen das Dokument „" + gelesen.titel() + "“ lesen, aber nicht bearbeiten."));
        var jetzt = felder(dokument);
        var neu = Zusammenfuehrung.aus(gesehen, gesaeubert(gewollt), jetzt);
        var unterschied = neu.unterschied(jetzt, NAMEN);
        if (!neu.widersprueche().isEmpty() || unterschied.isEmpty()) {
            return new Ausgang(neu.widersprueche());
        }
        var werte = neu.ergebnis();
        var art = Eingabe.zeile(werte.get("art"));
        var absender = Eingabe.zeile(werte.get("absender"));
        if (art.length() > 60 || absender.length() > 300) {
            throw Abgelehnt.eingabe("Die Dokumentart hat höchstens 60 Zeichen, der Absender höchstens 300.");
        }
        datenbank
                .sql(
                        "UPDATE dokument SET titel = ?, dokumentart = ?, absender = ?, schreiben_vom = ? WHERE mandant_id = ? AND id = ?")
                .param(Eingabe.titel(werte.get("titel")))
                .param(art.isEmpty() ? vorgaben.von(vorgang.aktenartId()).artOderSchreiben() : art)
                .param(absender.isEmpty() ? null : absender)
                .param(tag("vom", werte.getOrDefault("vom", "")))
                .param(mandant())
                .param(id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(), "dokument.geaendert", id, dokument.akteId(), Map.of("text", unterschied), "dokument");
        index.vormerken("dokument", id);
        return new Ausgang(List.of());
    }

    /** As they would be stored: whoever types 1250 where 1.250,00 € stands has changed nothing. */
    private Map<String, String> geschrieben(
            Map<String, String> getippt, Map<String, String> jetzt, List<Aktenfeld> felder) {
        var alle = new LinkedHashMap<>(getippt);
        for (var feld : felder) {
            // What stands there already is not read again: it may be a choice that cannot be made any more.
            alle.computeIfPresent(
                    feld.formname(),
                    (name, text) ->
                            text.equals(jetzt.get(name)) ? text : werte.geschrieben(feld, gemeint(feld, getippt)));
        }
        return alle;
    }

    /** As it was typed: a name that several bear was told apart by what else was typed. */
    private String roh(Aktenfeld feld, Map<String, String> werte, Map<String, String> gewollt) {
        return werte.getOrDefault(feld.formname(), "").isEmpty() ? "" : gemeint(feld, gewollt);
    }

    private String gemeint(Aktenfeld feld, Map<String, String> getippt) {
        return werte.gemeint(
                feld, getippt.getOrDefault(feld.formname(), ""), getippt.getOrDefault(feld.formname() + WAHL, ""));
    }

    private void setzeAktenart(UUID akte, String name) {
        var art = arten.wahl().stream().filter(a -> a.name().equals(name)).findFirst();
        if (!name.isEmpty() && art.isEmpty()) {
            throw Abgelehnt.eingabe("Die Aktenart „" + name + "“ gibt es nicht, oder nicht mehr.");
        }
        datenbank
                .sql("UPDATE akte SET aktenart_id = ? WHERE mandant_id = ? AND id = ?")
                .param(art.map(Aktenarten.Wahl::id).orElse(null))
                .param(mandant())
                .param(akte)
                .update();
    }

    private static Map<String, String> gesaeubert(Map<String, String> getippt) {
        var sauber = new LinkedHashMap<String, String>();
        getippt.forEach((feld, wert) -> sauber.put(feld, Eingabe.zeile(wert)));
        return sauber;
    }

    private static boolean geaendert(Map<String, String> jetzt, Map<String, String> werte, String feld) {
        return !jetzt.getOrDefault(feld, "").equals(werte.getOrDefault(feld, ""));
    }

    private static @Nullable LocalDate tag(String feld, String getippt) {
        return getippt.isBlank()
                ? null
                : Sprung.tag(getippt)
                        .orElseThrow(() -> Abgelehnt.eingabe(
                                        "„" + getippt + "“ ist kein Tag. Bitte schreiben Sie ihn wie 12.10.2026.")
                                .an(List.of(feld)));
    }

    /** What was chosen counts only as long as it stands in the field. */
    private @Nullable Empfaenger bearbeiter(String getippt, String gewaehlt) {
        if (getippt.isBlank()) {
            return null;
        }
        var gemeinte = personen.gemeintePersonen(gewaehlt).stream()
                .filter(p -> p.name().equals(getippt))
                .toList();
        if (gemeinte.isEmpty()) {
            gemeinte = personen.gemeintePersonen(getippt);
        }
        if (gemeinte.size() != 1) {
            throw Abgelehnt.eingabe("„" + getippt + "“ heißt niemand im Haus, oder mehrere heißen so."
                            + " Bitte wählen Sie die Person aus der Liste, oder geben Sie den Anmeldenamen an.")
                    .an(List.of("bearbeiter"));
        }
        return gemeinte.getFirst();
    }

    private static Abgelehnt duerfteNicht(Empfaenger an, String was) {
        return Abgelehnt.eingabe(an.name() + " darf " + was
                        + " nicht bearbeiten und kann sie deshalb nicht übernehmen. Es wurde nichts geändert.")
                .an(List.of("bearbeiter"));
    }

    private void setzeBearbeiter(String tabelle, UUID id, @Nullable Empfaenger an) {
        datenbank
                .sql("UPDATE " + tabelle + " SET bearbeiter_id = ? WHERE mandant_id = ? AND id = ?")
                .param(an == null ? null : an.id())
                .param(mandant())
                .param(id)
                .update();
    }
}
