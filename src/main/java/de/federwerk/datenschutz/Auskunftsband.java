package de.federwerk.datenschutz;

import static java.util.Objects.requireNonNull;

import de.federwerk.datei.Band;
import de.federwerk.datei.Band.Stueck;
import de.federwerk.datei.Band.Zeile;
import de.federwerk.datei.Binderei.Aufgenommen;
import de.federwerk.datenschutz.Auskunftsinhalt.Verfahren;
import de.federwerk.datenschutz.Ersuchenbuch.Ersuchen;
import de.federwerk.datenschutz.Erteilungen.Erteilung;
import de.federwerk.gesicht.Anzeige;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The answer in its order: letter, what is held by procedure (Art. 15 (1)), what is withheld and why, then the copies (Art. 15 (3)). */
final class Auskunftsband {

    private static final String FUSS = "Auskunft nach Art. 15 DSGVO";

    /** @param texte of files that have no pages */
    record Stoff(
            String behoerde,
            Ersuchen ersuchen,
            Erteilung erteilung,
            List<Verfahren> verfahren,
            List<Treffer> alle,
            Map<Auskunftsinhalt.Stueck, Aufgenommen> seiten,
            Map<Auskunftsinhalt.Stueck, String> texte) {}

    private Auskunftsband() {}

    static Band setze(Stoff stoff) {
        var stuecke = new ArrayList<Stueck>();
        stuecke.add(new Stueck(1, "Was über Sie verarbeitet wird", FUSS, verfahren(stoff), List.of()));
        stuecke.add(new Stueck(1, "Umfang dieser Auskunft", FUSS, umfang(stoff), List.of()));
        stuecke.add(new Stueck(1, "Ihre Rechte", FUSS, rechte(), List.of()));
        for (var v : stoff.verfahren) {
            stuecke.add(new Stueck(1, "Kopien: " + v.knoten().titel(), FUSS, liste(v), List.of()));
            for (var s : v.stuecke()) {
                if (s.dateiId() == null) {
                    continue;
                }
                var seiten = stoff.seiten.get(s);
                stuecke.add(new Stueck(
                        2,
                        s.name(),
                        FUSS + " · " + s.name(),
                        seiten == null || seiten.ursache() == null ? List.of() : anstelle(s, seiten, stoff),
                        seiten == null ? List.of() : seiten.boegen()));
            }
        }
        return new Band(FUSS, stoff.behoerde, deckblatt(stoff), stuecke);
    }

    private static List<Zeile> deckblatt(Stoff stoff) {
        var e = stoff.erteilung;
        var zeilen = new ArrayList<Zeile>();
        zeilen.add(Zeile.text(stoff.behoerde));
        zeilen.add(Zeile.titel("Auskunft nach Art. 15 DSGVO"));
        zeilen.add(Zeile.paar("An", e.empfaenger()));
        if (!e.anschrift().isEmpty()) {
            zeilen.add(Zeile.paar("", e.anschrift()));
        }
        zeilen.add(Zeile.paar("Unser Zeichen", stoff.ersuchen.aktenzeichen()));
        zeilen.add(Zeile.paar(
                "Ihr Ersuchen vom",
                Anzeige.datum(requireNonNull(stoff.ersuchen.angaben().eingegangen()))));
        zeilen.add(Zeile.paar("Erstellt", Anzeige.genau(Instant.now())));
        zeilen.add(Zeile.text(""));
        zeilen.add(
                Zeile.text(
                        "Sie haben Auskunft darüber verlangt, welche Daten über Sie verarbeitet werden. Diese Auskunft nennt, was in der elektronischen Akte der Behörde zu Ihrer Person gefunden und freigegeben wurde, und enthält davon Kopien. Was Sie nicht oder nicht vollständig erhalten, steht mit dem Grund unter „Umfang dieser Auskunft“."));
        return zeilen;
    }

    private static List<Zeile> verfahren(Stoff stoff) {
        var zeilen = new ArrayList<Zeile>();
        zeilen.add(Zeile.ueberschrift("Was über Sie verarbeitet wird"));
        if (stoff.verfahren.isEmpty()) {
            zeilen.add(Zeile.text(
                    "Zu Ihrer Person wurde nichts freigegeben, oder es werden keine Daten zu Ihnen verarbeitet."));
        }
        for (var v : stoff.verfahren) {
            zeilen.add(Zeile.ueberschrift(v.knoten().anzeige().strip()));
            zeilen.add(Zeile.paar(
                    "Zweck",
                    "Erfüllung der Aufgabe „" + v.knoten().titel() + "“ (Art. 6 Abs. 1 Buchst. c und e DSGVO)"));
            zeilen.add(Zeile.paar("Kategorien", oder(v.kategorien(), "Schriftverkehr")));
            zeilen.add(Zeile.paar("Zuständig", oder(v.einheiten(), "Verwaltung des Hauses")));
            zeilen.add(Zeile.paar("Empfänger", oder(v.empfaenger(), "außerhalb der Behörde keine verzeichnet")));
            zeilen.add(Zeile.paar(
                    "Speicherdauer",
                    v.knoten().kennzeichen().isEmpty()
                            ? "solange es für den Dienst gebraucht wird"
                            : v.knoten().frist()));
            zeilen.add(Zeile.paar("Herkunft", oder(v.herkunft(), "bei Ihnen selbst oder in der Behörde entstanden")));
            zeilen.add(Zeile.paar("Umfang", Anzeige.anzahl(v.stuecke().size(), "Fundstelle", "Fundstellen")));
        }
        zeilen.add(
                Zeile.text(
                        "Eine Entscheidung, die allein auf einer automatisierten Verarbeitung beruht, oder Profiling findet in der elektronischen Akte nicht statt. Übermittlungen in Länder außerhalb der Europäischen Union sind in ihr nicht verzeichnet, soweit bei den Empfängern nichts anderes steht."));
        return zeilen;
    }

    private static String oder(Collection<String> werte, String sonst) {
        return werte.isEmpty() ? sonst : String.join(", ", werte);
    }

    private static List<Zeile> umfang(Stoff stoff) {
        var zeilen = new ArrayList<Zeile>();
        zeilen.add(Zeile.ueberschrift("Umfang dieser Auskunft"));
        long offen = stoff.alle.stream().filter(Treffer::offen).count();
        var zurueck = stoff.alle.stream().filter(Treffer::zurueckgehalten).toList();
        var geschwaerzt = stoff.alle.stream()
                .filter(t -> t.freigegeben() && t.entscheid().equals("geschwaerzt"))
                .toList();
        if (offen > 0) {
            zeilen.add(Zeile.text(
                    "Diese Auskunft ist noch nicht vollständig: %s noch nicht geprüft. Sie erhalten das Ergebnis nach."
                            .formatted(
                                    offen == 1 ? "Eine Fundstelle ist" : Anzeige.zahl(offen) + " Fundstellen sind")));
        }
        if (zurueck.isEmpty()) {
            zeilen.add(Zeile.text("Zurückgehalten wurde nichts."));
        } else {
            zeilen.add(Zeile.text("Nicht mitgeteilt werden:"));
            // Neither title nor Aktenzeichen: they may say what is not to be said.
            zurueck.forEach(t -> zeilen.add(Zeile.paar(
                    t.artwort(),
                    "vom %s, %s: %s (%s)"
                            .formatted(
                                    Anzeige.datum(t.datum()),
                                    t.einheit(),
                                    requireNonNull(t.grund()).wort(),
                                    requireNonNull(t.grund()).norm()))));
        }
        geschwaerzt.forEach(t -> zeilen.add(Zeile.paar(
                t.aktenzeichen() + (t.nummer() == null ? "" : " Nr. " + t.nummer()),
                "geschwärzte Fassung, weil auch Daten anderer Personen darin stehen (Art. 15 Abs. 4 DSGVO)")));
        zeilen.add(
                Zeile.text(
                        "Gesucht wurde nach Ihrem Namen und den Angaben, die Sie gemacht haben, in Titeln, Feldern, Absendern, Vermerken und im Text der Dokumente, auch gescannter."));
        // In words of its own: what the house is told names searches and how they work.
        if (!stoff.ersuchen.luecken().isEmpty()) {
            zeilen.add(
                    Zeile.text(
                            "Ein Teil des Bestands ließ sich dabei nicht oder nicht vollständig durchsuchen, zum Beispiel beschädigte oder mit Kennwort gesicherte Dateien. Ergibt sich daraus noch etwas zu Ihrer Person, erhalten Sie es nach."));
        }
        zeilen.add(
                Zeile.text(
                        "Verworfene Entwürfe wurden nicht durchsucht. Frühere Fassungen eines Dokuments sind nicht kopiert; kommen Sie in einer vor, steht das beim Dokument."));
        stoff.seiten.forEach((s, seiten) -> {
            if (seiten.ursache() != null && !stoff.texte.containsKey(s)) {
                zeilen.add(Zeile.paar(s.name(), "nicht darstellbar: " + seiten.ursache()));
            }
        });
        return zeilen;
    }

    private static List<Zeile> rechte() {
        var zeilen = new ArrayList<Zeile>();
        zeilen.add(Zeile.ueberschrift("Ihre Rechte"));
        zeilen.add(
                Zeile.text(
                        "Sie können verlangen, dass unrichtige Daten berichtigt (Art. 16 DSGVO), gelöscht (Art. 17) oder in der Verarbeitung eingeschränkt werden (Art. 18), und der Verarbeitung aus Gründen Ihrer besonderen Situation widersprechen (Art. 21)."));
        zeilen.add(
                Zeile.text(
                        "Sie können sich bei der Aufsichtsbehörde für den Datenschutz Ihres Landes beschweren (Art. 77 DSGVO) und die oder den Datenschutzbeauftragten dieser Behörde ansprechen."));
        return zeilen;
    }

    private static List<Zeile> liste(Verfahren v) {
        var zeilen = new ArrayList<Zeile>();
        zeilen.add(Zeile.titel(v.knoten().anzeige().strip()));
        for (var s : v.stuecke()) {
            zeilen.add(Zeile.ueberschrift(s.name()));
            s.zeilen().forEach(z -> zeilen.add(Zeile.paar(z.getKey(), z.getValue())));
            zeilen.add(Zeile.klein(
                    s.treffer().einheit() + ", " + Anzeige.datum(s.treffer().datum())));
        }
        return zeilen;
    }

    /** A page for what has none. */
    private static List<Zeile> anstelle(Auskunftsinhalt.Stueck s, Aufgenommen seiten, Stoff stoff) {
        var zeilen = new ArrayList<Zeile>();
        zeilen.add(Zeile.ueberschrift(s.name()));
        var text = stoff.texte.get(s);
        zeilen.add(Zeile.text(
                text == null ? "Nicht darstellbar; die Datei erhalten Sie auf Wunsch. " + seiten.ursache() : text));
        return zeilen;
    }
}
