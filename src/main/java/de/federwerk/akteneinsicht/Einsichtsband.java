package de.federwerk.akteneinsicht;

import de.federwerk.akte.Aktenverlauf.Ereignis;
import de.federwerk.akteneinsicht.Akteneinsichten.Einsicht;
import de.federwerk.akteneinsicht.Einsichtsinhalt.Teil;
import de.federwerk.akteneinsicht.Einsichtsinhalt.Vermerk;
import de.federwerk.datei.Band;
import de.federwerk.datei.Band.Stueck;
import de.federwerk.datei.Band.Zeile;
import de.federwerk.datei.Binderei.Aufgenommen;
import de.federwerk.gesicht.Anzeige;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Puts the pages in their order: cover, what is missing and why, Vorgang by Vorgang, at the end what happened. */
final class Einsichtsband {

    /** Where each Teil stands among the parts of the Band. */
    record Fertig(Band band, Map<Teil, Integer> stellen) {}

    /** What is known of all of it. */
    record Stoff(
            String behoerde,
            String verfasser,
            List<Teil> teile,
            List<Vermerk> vermerke,
            List<Ereignis> verlauf,
            Map<Teil, Aufgenommen> seiten,
            Map<Teil, String> texte) {}

    private Einsichtsband() {}

    static Fertig setze(Einsicht einsicht, Stoff stoff) {
        var stuecke = new ArrayList<Stueck>();
        var stellen = new LinkedHashMap<Teil, Integer>();
        stuecke.add(new Stueck(1, "Umfang und Hinweise", einsicht.aktenzeichen(), umfang(stoff), List.of()));
        for (var vorgang : jeVorgang(stoff.teile).values()) {
            vorgang(vorgang, stoff, stuecke, stellen);
        }
        if (einsicht.angaben().mitVerlauf()) {
            var zeilen = new ArrayList<Zeile>();
            zeilen.add(Zeile.ueberschrift("Verlauf"));
            stoff.verlauf.forEach(e -> zeilen.add(Zeile.paar(
                    Anzeige.genau(e.zeit()),
                    e.wer() + " " + e.inWorten() + (e.was().isEmpty() ? "" : " " + e.was()))));
            stuecke.add(new Stueck(1, "Verlauf der Akte", einsicht.aktenzeichen(), zeilen, List.of()));
        }
        return new Fertig(
                new Band(
                        "Akteneinsicht " + einsicht.aktenzeichen(),
                        stoff.behoerde,
                        deckblatt(einsicht, stoff),
                        stuecke),
                stellen);
    }

    static Map<UUID, List<Teil>> jeVorgang(List<Teil> teile) {
        var vorgaenge = new LinkedHashMap<UUID, List<Teil>>();
        teile.forEach(t ->
                vorgaenge.computeIfAbsent(t.vorgang(), v -> new ArrayList<>()).add(t));
        return vorgaenge;
    }

    private static List<Zeile> deckblatt(Einsicht einsicht, Stoff stoff) {
        var angaben = einsicht.angaben();
        var zeilen = new ArrayList<Zeile>();
        zeilen.add(Zeile.text(stoff.behoerde));
        zeilen.add(Zeile.titel("Akteneinsicht"));
        zeilen.add(Zeile.paar("Aktenzeichen", einsicht.aktenzeichen()));
        zeilen.add(Zeile.paar("Akte", einsicht.akteTitel()));
        zeilen.add(Zeile.paar("Empfänger", angaben.empfaenger()));
        if (!angaben.anschrift().isEmpty()) {
            zeilen.add(Zeile.paar("", angaben.anschrift()));
        }
        zeilen.add(Zeile.paar("Rechtsgrundlage", angaben.grundlage().wort()));
        if (!angaben.zeichen().isEmpty()) {
            zeilen.add(Zeile.paar("Ihr Zeichen", angaben.zeichen()));
        }
        zeilen.add(Zeile.paar("Zusammengestellt", Anzeige.genau(Instant.now())));
        zeilen.add(Zeile.paar("von", stoff.verfasser));
        zeilen.add(Zeile.text(""));
        zeilen.add(Zeile.text(
                "Enthalten sind die Teile der Akte, die im Inhalt verzeichnet sind. Was davon nicht oder nicht"
                        + " im Original vorgelegt wird, steht mit dem Grund unter „Umfang und Hinweise“."));
        return zeilen;
    }

    private static List<Zeile> umfang(Stoff stoff) {
        var zeilen = new ArrayList<Zeile>();
        zeilen.add(Zeile.ueberschrift("Umfang und Hinweise"));
        zeilen.addAll(fehlendes(stoff.teile));
        var hinweise = new ArrayList<Zeile>();
        stoff.seiten.forEach((teil, seiten) -> {
            var ort = teil.aktenzeichen() + ", Nr. " + teil.nummer();
            if (seiten.ursache() != null && !stoff.texte.containsKey(teil)) {
                hinweise.add(Zeile.paar(ort, "nicht darstellbar: " + seiten.ursache()));
            }
            if (!seiten.alsBild().isEmpty()) {
                hinweise.add(Zeile.paar(
                        ort,
                        "als Bild mit Text wiedergegeben, weil das Original nicht archivfest ist: Seite "
                                + bereiche(seiten.alsBild())));
            }
            if (!seiten.unlesbar().isEmpty()) {
                hinweise.add(Zeile.paar(ort, "nicht darstellbar: Seite " + bereiche(seiten.unlesbar())));
            }
            if (seiten.beigepackt()) {
                hinweise.add(Zeile.paar(ort, "In der Datei stecken weitere Dateien; sie sind hier nicht enthalten."));
            }
        });
        stoff.texte
                .keySet()
                .forEach(teil -> hinweise.add(Zeile.paar(
                        teil.aktenzeichen() + ", Nr. " + teil.nummer(),
                        "Es ist der Text der Datei wiedergegeben; ihre Gestalt kann abweichen.")));
        if (!hinweise.isEmpty()) {
            zeilen.add(Zeile.ueberschrift("Zur Wiedergabe"));
            zeilen.addAll(hinweise);
        }
        return zeilen;
    }

    /**
     * What is withheld or redacted, and why. A withheld Dokument is named by number, kind and day: its title may say what is not to be said.
     */
    static List<Zeile> fehlendes(List<Teil> teile) {
        var zeilen = new ArrayList<Zeile>();
        for (var teil : teile) {
            var ort = teil.aktenzeichen() + ", Nr. " + teil.nummer();
            if (teil.wie().equals("zurueckgehalten")) {
                zeilen.add(Zeile.paar(
                        ort,
                        "%s vom %s: zurückgehalten. Grund: %s"
                                .formatted(teil.dokumentart(), Anzeige.datum(teil.angelegt()), teil.grund())));
            } else if (teil.wie().equals("ersetzt")) {
                zeilen.add(Zeile.paar(
                        ort,
                        "%s: geschwärzte Fassung (Nr. %d) statt des Originals. Grund: %s"
                                .formatted(teil.gezeigterTitel(), teil.gezeigteNummer(), teil.grund())));
            }
        }
        if (zeilen.isEmpty()) {
            zeilen.add(Zeile.text("Von den ausgewählten Teilen wurde nichts zurückgehalten oder geschwärzt."));
        } else {
            zeilen.addFirst(Zeile.text("Nicht oder nicht im Original vorgelegt werden:"));
        }
        return zeilen;
    }

    private static void vorgang(List<Teil> teile, Stoff stoff, List<Stueck> stuecke, Map<Teil, Integer> stellen) {
        var erster = teile.getFirst();
        var zeilen = new ArrayList<Zeile>();
        zeilen.add(Zeile.titel("Vorgang"));
        zeilen.add(Zeile.paar("Aktenzeichen", erster.aktenzeichen()));
        if (!erster.aktenteil().isEmpty()) {
            zeilen.add(Zeile.paar("Teil der Akte", erster.aktenteil()));
        }
        if (!erster.vorgangTitel().isEmpty()) {
            zeilen.add(Zeile.paar("Titel", erster.vorgangTitel()));
        }
        var vermerke = stoff.vermerke.stream()
                .filter(v -> v.vorgang().equals(erster.vorgang()))
                .toList();
        if (!vermerke.isEmpty()) {
            zeilen.add(Zeile.ueberschrift("Vermerke"));
            vermerke.forEach(v -> {
                zeilen.add(Zeile.klein(
                        Anzeige.genau(v.verfasst()) + ", " + v.wer() + (v.zu() == null ? "" : ", zu Nr. " + v.zu())));
                zeilen.add(Zeile.text(v.text()));
            });
        }
        stuecke.add(new Stueck(1, erster.vorgangName(), erster.aktenzeichen(), zeilen, List.of()));
        for (var teil : teile) {
            if (!teil.gezeigt()) {
                continue;
            }
            stellen.put(teil, stuecke.size());
            var seiten = stoff.seiten.get(teil);
            stuecke.add(new Stueck(
                    2,
                    teil.name(),
                    teil.aktenzeichen() + " · " + teil.name(),
                    seiten == null || seiten.ursache() == null ? List.of() : anstelle(teil, seiten, stoff),
                    seiten == null ? List.of() : seiten.boegen()));
        }
    }

    /** A page for what has none. */
    private static List<Zeile> anstelle(Teil teil, Aufgenommen seiten, Stoff stoff) {
        var zeilen = new ArrayList<Zeile>();
        zeilen.add(Zeile.ueberschrift(teil.name()));
        zeilen.add(Zeile.paar("Datei", teil.dateiname() + " (" + Anzeige.groesse(teil.laenge()) + ")"));
        zeilen.add(Zeile.paar("SHA-256", teil.pruefsumme()));
        var text = stoff.texte.get(teil);
        if (text == null) {
            zeilen.add(Zeile.text("Nicht darstellbar, liegt als Datei bei der Behörde. " + seiten.ursache()));
        } else {
            zeilen.add(Zeile.ueberschrift("Text der Datei"));
            zeilen.add(Zeile.text(text));
        }
        return zeilen;
    }

    /** 1–3, 7. */
    static String bereiche(List<Integer> seiten) {
        var text = new StringBuilder();
        for (int i = 0; i < seiten.size(); i++) {
            int von = seiten.get(i);
            while (i + 1 < seiten.size() && seiten.get(i + 1) == seiten.get(i) + 1) {
                i++;
            }
            text.append(text.isEmpty() ? "" : ", ").append(von);
            if (seiten.get(i) > von) {
                text.append("–").append(seiten.get(i));
            }
        }
        return text.toString();
    }
}
