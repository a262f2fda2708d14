package de.federwerk.umstellung;

import de.federwerk.aktenplan.Aktenplan.Knoten;
import de.federwerk.aktenplan.Planwechsel;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Tabelle;
import de.federwerk.basis.Tabellenblatt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The table of old and new positions, held against a plan.
 *
 * @param zeilen those without a fault
 * @param fehler every line that has one, in words
 */
record Umstellungstabelle(List<Zeile> zeilen, List<String> fehler) {

    /** @param nr as an editor counts */
    record Genannt(long nr, String alt, String neu) {}

    record Zeile(long nr, Knoten alt, Knoten neu) {}

    static final int BYTES = 20 * 1024 * 1024;
    private static final int ZEILEN = 20_000;
    private static final List<String> SPALTEN = List.of("alt", "neu");

    /** @throws Abgelehnt (EINGABE) if it is no such table, (GRENZE) if it is too large */
    static List<Genannt> lies(byte[] datei) {
        if (datei.length > BYTES) {
            throw new Abgelehnt(Abgelehnt.Art.GRENZE, "Die Datei ist größer als 20 MB. Es wurde nichts übernommen.");
        }
        var zeilen = Tabellenblatt.ist(datei) ? Tabellenblatt.lies(datei, SPALTEN, "alt;neu", ZEILEN) : text(datei);
        if (zeilen.isEmpty()) {
            throw Abgelehnt.eingabe("Die Datei hat keine Zeile unter dem Kopf. Es wurde nichts übernommen.");
        }
        return zeilen.stream()
                .map(z ->
                        new Genannt(z.nr(), z.wert("alt").strip(), z.wert("neu").strip()))
                .toList();
    }

    private static List<Tabelle.Zeile> text(byte[] datei) {
        try (var text = Tabelle.text(new ByteArrayInputStream(datei))) {
            return Tabelle.lies(text, SPALTEN, "alt;neu", ZEILEN);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param lage the plan of the day on which it shall hold */
    static Umstellungstabelle pruefe(List<Genannt> genannte, Planwechsel.Lage lage) {
        var nachKennzeichen = new HashMap<String, Knoten>();
        var kinder = new HashMap<UUID, List<Knoten>>();
        for (var k : lage.knoten()) {
            nachKennzeichen.put(k.kennzeichen(), k);
            var oben = k.ueberId();
            if (k.gilt() && oben != null) {
                kinder.computeIfAbsent(oben, id -> new ArrayList<>()).add(k);
            }
        }
        var alte = new HashMap<String, Long>();
        genannte.forEach(g -> alte.putIfAbsent(g.alt, g.nr));
        var endende = new HashSet<UUID>();
        genannte.forEach(g -> {
            var k = nachKennzeichen.get(g.alt);
            if (k != null) {
                endende.add(k.id());
            }
        });
        var zeilen = new ArrayList<Zeile>();
        var fehler = new ArrayList<String>();
        for (var g : genannte) {
            var einwand = einwand(g, nachKennzeichen, alte, kinder, endende, lage.vorgemerkt());
            var alt = nachKennzeichen.get(g.alt);
            var neu = nachKennzeichen.get(g.neu);
            if (!einwand.isEmpty() || alt == null || neu == null) {
                fehler.add("Zeile " + g.nr + ": " + einwand);
            } else {
                zeilen.add(new Zeile(g.nr, alt, neu));
            }
        }
        return new Umstellungstabelle(zeilen, fehler);
    }

    private static String einwand(
            Genannt g,
            Map<String, Knoten> plan,
            Map<String, Long> alte,
            Map<UUID, List<Knoten>> kinder,
            Set<UUID> endende,
            Map<UUID, String> vorgemerkt) {
        if (g.alt.isEmpty() || g.neu.isEmpty()) {
            return "Es fehlt " + (g.alt.isEmpty() ? "die alte" : "die neue") + " Position.";
        }
        var alt = plan.get(g.alt);
        var neu = plan.get(g.neu);
        if (alt == null || neu == null) {
            return "Die Position „" + kurz(alt == null ? g.alt : g.neu) + "“ gibt es im Aktenplan dieses Tages nicht.";
        }
        long erste = alte.getOrDefault(g.alt, g.nr);
        if (erste != g.nr) {
            return g.alt + " steht schon in Zeile " + erste + ".";
        }
        if (g.alt.equals(g.neu)) {
            return g.alt + " ginge in sich selbst auf.";
        }
        if (endende.contains(neu.id())) {
            return g.neu + " ist selbst eine alte Position (Zeile " + alte.get(g.neu)
                    + "). Bitte nennen Sie gleich die, in der am Ende alles liegt.";
        }
        if (!neu.gilt()) {
            return g.neu + " ist beendet. Dorthin gehen keine Akten.";
        }
        var bleibende = kinder.getOrDefault(neu.id(), List.of()).stream()
                .filter(k -> !endende.contains(k.id()))
                .toList();
        if (!bleibende.isEmpty()) {
            return "Unter " + g.neu + " stehen noch feinere Positionen, die bleiben (" + namen(bleibende)
                    + "). Akten stehen nur unter den feinsten.";
        }
        var verwaiste = alt.gilt()
                ? kinder.getOrDefault(alt.id(), List.of()).stream()
                        .filter(k -> !endende.contains(k.id()))
                        .toList()
                : List.<Knoten>of();
        if (!verwaiste.isEmpty()) {
            return g.alt + " endet, aber darunter stehen Positionen, die nicht in der Liste sind (" + namen(verwaiste)
                    + ").";
        }
        var geplant = vorgemerkt.getOrDefault(alt.id(), vorgemerkt.get(neu.id()));
        return geplant == null
                ? ""
                : "Für " + (vorgemerkt.containsKey(alt.id()) ? g.alt : g.neu) + " ist danach noch etwas geplant: "
                        + geplant + ". Nehmen Sie das zuerst zurück, oder wählen Sie einen späteren Stichtag.";
    }

    private static String namen(List<Knoten> knoten) {
        return String.join(
                        ", ", knoten.stream().limit(5).map(Knoten::kennzeichen).toList())
                + (knoten.size() > 5 ? " …" : "");
    }

    private static String kurz(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
