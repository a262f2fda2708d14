package de.federwerk.rechteprobe;

import de.federwerk.rechteprobe.Rechtemodell.Besetzung;
import de.federwerk.rechteprobe.Rechtemodell.Einheit;
import de.federwerk.rechteprobe.Rechtemodell.Person;
import de.federwerk.rechteprobe.Rechtemodell.Position;
import de.federwerk.rechteprobe.Rechtemodell.Rolle;
import de.federwerk.rechteprobe.Rechtemodell.Schutzbereich;
import de.federwerk.rechteprobe.Rechtemodell.Stelle;
import de.federwerk.rechteprobe.Rechtemodell.Zeit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What happens in a town from one day to the next, at random. Each returns what it was. */
final class Rechteaenderung {

    private final Rechtewelt welt;
    private final Rechtemodell modell;
    private final Rechtevergabe vergabe;

    Rechteaenderung(Rechtewelt welt, Rechtevergabe vergabe) {
        this.welt = welt;
        this.modell = welt.modell;
        this.vergabe = vergabe;
    }

    /** One of them, inside a transaction of the town. */
    String eine() {
        welt.uhr();
        return switch (welt.zufall.zahl(24)) {
            case 0, 1, 2 -> vergabe.freigabe();
            case 3, 4 -> vergabe.ende();
            case 5 -> vergabe.einzelfreigabe();
            case 6 -> vergabe.ausschluss();
            case 7 -> vergabe.vertretung();
            case 8 -> vergabe.vertretungsende();
            case 9, 10 -> vergabe.aufgabe();
            case 11 -> vergabe.aufgabenende();
            case 12 -> einheitVerschoben();
            case 13 -> positionVerschoben();
            case 14 -> einheitEndet();
            case 15 -> stelleEndet();
            case 16 -> besetzung();
            case 17 -> rolleEndet();
            case 18 -> personGeht();
            case 19 -> ermaechtigung();
            case 20, 21 -> herausgenommen();
            case 22 -> umgewidmet();
            default -> neues();
        };
    }

    /** A unit comes under another one, or to the top: never below itself. */
    private String einheitVerschoben() {
        var e = welt.zufall.eines(modell.einheiten.values());
        var ueber = woandershin(
                e.id(),
                List.copyOf(modell.einheiten.keySet()),
                id -> modell.einheiten.get(id).ueber());
        welt.setze("einheit", e.id(), "ueber_id", ueber);
        modell.einheiten.put(e.id(), new Einheit(e.id(), ueber, e.zeit()));
        return "Einheit " + e.id() + " kommt unter " + ueber;
    }

    private String positionVerschoben() {
        var p = welt.zufall.eines(modell.positionen.values());
        var ueber = woandershin(
                p.id(),
                List.copyOf(modell.positionen.keySet()),
                id -> modell.positionen.get(id).ueber());
        welt.setze("planknoten", p.id(), "ueber_id", ueber);
        modell.positionen.put(p.id(), new Position(p.id(), ueber));
        return "Position " + p.id() + " kommt unter " + ueber;
    }

    private @Nullable UUID woandershin(UUID was, List<UUID> alle, Function<UUID, @Nullable UUID> ueber) {
        var moegliche = new ArrayList<@Nullable UUID>();
        moegliche.add(null);
        for (var ziel : alle) {
            boolean darunter = false;
            for (UUID oben = ziel; oben != null; oben = ueber.apply(oben)) {
                darunter |= oben.equals(was);
            }
            if (!darunter) {
                moegliche.add(ziel);
            }
        }
        return moegliche.get(welt.zufall.zahl(moegliche.size()));
    }

    /** Ends, or is there again. */
    private Zeit andersherum(String tabelle, UUID id, Zeit zeit) {
        if (zeit.bis() == null) {
            return vergabe.beende(tabelle, id, zeit);
        }
        welt.setze(tabelle, id, "gueltig_bis", null);
        return new Zeit(zeit.von(), null);
    }

    private String einheitEndet() {
        var e = welt.zufall.eines(modell.einheiten.values());
        var neu = new Einheit(e.id(), e.ueber(), andersherum("einheit", e.id(), e.zeit()));
        modell.einheiten.put(e.id(), neu);
        return neu.toString();
    }

    private String stelleEndet() {
        var s = welt.zufall.eines(modell.stellen.values());
        if (welt.zufall.inVonHundert(50)) {
            var neu = new Stelle(s.id(), s.einheit(), andersherum("stelle", s.id(), s.zeit()));
            modell.stellen.put(s.id(), neu);
            return neu.toString();
        }
        var neu = new Stelle(s.id(), welt.zufall.eines(modell.einheiten.keySet()), s.zeit());
        welt.setze("stelle", s.id(), "einheit_id", neu.einheit());
        modell.stellen.put(s.id(), neu);
        return "umgesetzt: " + neu;
    }

    private String besetzung() {
        if (welt.zufall.inVonHundert(50)) {
            return welt.besetze(welt.zufall.zeit(welt.jetzt()));
        }
        var b = welt.zufall.eines(modell.besetzungen.values());
        var tabelle = modell.rollen.containsKey(b.was()) ? "rollenbesetzung" : "stellenbesetzung";
        var neu = new Besetzung(b.id(), b.was(), b.person(), andersherum(tabelle, b.id(), b.zeit()));
        modell.besetzungen.put(b.id(), neu);
        return neu.toString();
    }

    private String rolleEndet() {
        var r = welt.zufall.eines(modell.rollen.values());
        var neu = new Rolle(r.id(), andersherum("rolle", r.id(), r.zeit()));
        modell.rollen.put(r.id(), neu);
        return neu.toString();
    }

    private String personGeht() {
        var p = welt.zufall.eines(modell.personen.values());
        var neu =
                new Person(p.id(), p.name(), p.technisch(), p.ermaechtigung(), andersherum("person", p.id(), p.zeit()));
        modell.personen.put(p.id(), neu);
        return neu.toString();
    }

    private String ermaechtigung() {
        var p = welt.zufall.eines(modell.personen.values());
        var neu = new Person(p.id(), p.name(), p.technisch(), welt.zufall.stufe(), p.zeit());
        welt.setze("person", p.id(), "ermaechtigung", neu.ermaechtigung());
        modell.personen.put(p.id(), neu);
        return neu.toString();
    }

    /** A whole Akte, or one thing in it, is cut out, raised, let back into the inheritance, or led by another unit. */
    String herausgenommen() {
        welt.uhr();
        var ding = vergabe.ding(welt.zufall.eines(List.of("akte", "akte", "vorgang", "dokument")));
        var alt = modell.bereiche.get(ding.bereich());
        var sonder = welt.zufall.inVonHundert(50) ? welt.sonderbereich() : null;
        var einheit = welt.zufall.inVonHundert(30) ? welt.zufall.eines(modell.einheiten.keySet()) : alt.einheit();
        var neu = welt.bereich(alt.position(), einheit, welt.zufall.stufe(), sonder);
        var mit = List.copyOf(modell.dinge.values()).stream()
                .filter(d ->
                        d.equals(ding) || ding.art().equals("akte") && ding.id().equals(d.akte()))
                .filter(d -> !d.art().equals("eingang"))
                .toList();
        mit.forEach(d -> welt.akten.verlege(d, neu));
        return ding + " und %d darin nach %s".formatted(mit.size() - 1, neu);
    }

    /** What lay with one unit lies with another: all of a Schutzbereich in one row, whatever lies in it. */
    private String umgewidmet() {
        var b = welt.zufall.eines(modell.bereiche.values());
        var neu = new Schutzbereich(
                b.nr(), b.position(), welt.zufall.eines(modell.einheiten.keySet()), b.stufe(), b.sonder());
        welt.setze("schutzbereich", b.nr(), "einheit_id", neu.einheit());
        modell.bereiche.put(b.nr(), neu);
        return "umgewidmet: " + neu;
    }

    private String neues() {
        switch (welt.zufall.zahl(5)) {
            case 0 -> welt.akten.akte();
            case 1 -> welt.akten.vorgang(vergabe.ding("akte"));
            case 2 -> welt.akten.eingang();
            case 3 -> {
                return abgelegt();
            }
            default -> welt.akten.dokument(vergabe.ding("vorgang"));
        }
        return "neu: " + List.copyOf(modell.dinge.values()).getLast();
    }

    private String abgelegt() {
        var offen = modell.dinge.values().stream()
                .filter(d -> d.art().equals("eingang") && d.akte() == null)
                .findFirst();
        if (offen.isEmpty()) {
            welt.akten.eingang();
            return "neu: ein Eingang";
        }
        var dokument = vergabe.ding("dokument");
        welt.akten.lege(
                offen.get(),
                modell.dinge.get(dokument.vorgang()),
                dokument.id(),
                welt.zufall.eines(modell.personen.keySet()));
        return "abgelegt: " + offen.get() + " in " + dokument.vorgang();
    }
}
