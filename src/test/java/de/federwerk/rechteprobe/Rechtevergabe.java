package de.federwerk.rechteprobe;

import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Berechtigungen.Leihe;
import de.federwerk.rechteprobe.Rechtemodell.Aufgabe;
import de.federwerk.rechteprobe.Rechtemodell.Ausschluss;
import de.federwerk.rechteprobe.Rechtemodell.Ding;
import de.federwerk.rechteprobe.Rechtemodell.Einzelfreigabe;
import de.federwerk.rechteprobe.Rechtemodell.Freigabe;
import de.federwerk.rechteprobe.Rechtemodell.Vertretung;
import de.federwerk.rechteprobe.Rechtemodell.Zeit;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Gives somebody of a {@link Rechtewelt} a right or takes it away, as row and as fact. Says what it did, for whoever looks for a mistake. */
final class Rechtevergabe {

    private final Rechtewelt welt;
    private final Rechtemodell modell;
    private final Berechtigungen berechtigungen;

    Rechtevergabe(Rechtewelt welt, Berechtigungen berechtigungen) {
        this.welt = welt;
        this.modell = welt.modell;
        this.berechtigungen = berechtigungen;
    }

    void baue() {
        for (int i = 0; i < 8; i++) freigabe();
        for (int i = 0; i < 3; i++) einzelfreigabe();
        for (int i = 0; i < 2; i++) ausschluss();
        for (int i = 0; i < 4; i++) vertretung();
        for (int i = 0; i < 6; i++) aufgabe();
    }

    String freigabe() {
        return freigabe(welt.zufall.zeit(welt.jetzt()));
    }

    private String freigabe(Zeit zeit) {
        var subjekt = empfaenger(true);
        Map.Entry<UUID, String> ziel = welt.zufall.inVonHundert(25) && !welt.sonderbereiche.isEmpty()
                ? Map.entry(welt.zufall.eines(welt.sonderbereiche), "sonder")
                : welt.zufall.inVonHundert(50)
                        ? Map.entry(welt.zufall.eines(modell.positionen.keySet()), "plan")
                        : Map.entry(welt.zufall.eines(modell.einheiten.keySet()), "einheit");
        var f = new Freigabe(welt.zufall.kennung(), subjekt.getKey(), ziel.getKey(), welt.zufall.recht(), zeit);
        welt.satz(
                "freigabe",
                "id, subjekt_art, subjekt_id, ziel_art, ziel_id, recht, gueltig_von, gueltig_bis",
                f.id(),
                subjekt.getValue(),
                f.subjekt(),
                ziel.getValue(),
                f.ziel(),
                f.recht(),
                f.zeit().von(),
                f.zeit().bis());
        modell.freigaben.put(f.id(), f);
        return "gegeben: " + f;
    }

    private Map.Entry<UUID, String> empfaenger(boolean auchRolle) {
        return switch (welt.zufall.zahl(auchRolle ? 4 : 3)) {
            case 0 -> Map.entry(welt.zufall.eines(modell.personen.keySet()), "person");
            case 1 -> Map.entry(welt.zufall.eines(modell.stellen.keySet()), "stelle");
            case 2 -> Map.entry(welt.zufall.eines(modell.einheiten.keySet()), "einheit");
            default -> Map.entry(welt.zufall.eines(modell.rollen.keySet()), "rolle");
        };
    }

    String einzelfreigabe() {
        return einzelfreigabe(welt.zufall.zeit(welt.jetzt()));
    }

    private String einzelfreigabe(Zeit zeit) {
        var was = ding(welt.zufall.inVonHundert(50) ? "vorgang" : "akte");
        var f = new Einzelfreigabe(
                welt.zufall.kennung(),
                welt.zufall.eines(modell.personen.keySet()),
                was.id(),
                welt.zufall.recht(),
                zeit);
        welt.satz(
                "einzelfreigabe",
                "id, person_id, " + was.art() + "_id, recht, grund, gueltig_von, gueltig_bis",
                f.id(),
                f.person(),
                f.was(),
                f.recht(),
                "Probe",
                f.zeit().von(),
                f.zeit().bis());
        modell.einzelfreigaben.put(f.id(), f);
        return "gegeben: " + f;
    }

    String ausschluss() {
        return ausschluss(welt.zufall.zeit(welt.jetzt()));
    }

    private String ausschluss(Zeit zeit) {
        var akte = ding("akte").id();
        // Of one person at a time.
        boolean frei = modell.ausschluesse.values().stream()
                .noneMatch(x -> x.eigene() && x.akte().equals(akte));
        var x = new Ausschluss(
                welt.zufall.kennung(),
                welt.zufall.eines(modell.personen.keySet()),
                akte,
                welt.zufall.inVonHundert(50) && frei,
                zeit);
        welt.satz(
                "ausschluss",
                "id, person_id, akte_id, art, grund, gueltig_von, gueltig_bis",
                x.id(),
                x.person(),
                x.akte(),
                x.eigene() ? "personalakte" : "einzeln",
                "Probe",
                x.zeit().von(),
                x.zeit().bis());
        modell.ausschluesse.put(x.id(), x);
        return "eingetragen: " + x;
    }

    /** Something that is over, or begins, in a moment. */
    String befristet() {
        welt.uhr();
        var zeit = welt.zufall.gleich(welt.jetzt());
        return switch (welt.zufall.zahl(5)) {
            case 0 -> einzelfreigabe(zeit);
            case 1 -> ausschluss(zeit);
            case 2 -> welt.besetze(zeit);
            default -> freigabe(zeit);
        };
    }

    /** One of the three ends now; one that lies ahead will not begin. */
    String ende() {
        return switch (welt.zufall.zahl(4)) {
            case 0 -> {
                if (modell.einzelfreigaben.isEmpty()) {
                    yield "nichts";
                }
                var f = welt.zufall.eines(modell.einzelfreigaben.values());
                var zeit = beende("einzelfreigabe", f.id(), f.zeit());
                modell.einzelfreigaben.put(f.id(), new Einzelfreigabe(f.id(), f.person(), f.was(), f.recht(), zeit));
                yield "beendet: " + f;
            }
            case 1 -> {
                if (modell.ausschluesse.isEmpty()) {
                    yield "nichts";
                }
                var x = welt.zufall.eines(modell.ausschluesse.values());
                var zeit = beende("ausschluss", x.id(), x.zeit());
                modell.ausschluesse.put(x.id(), new Ausschluss(x.id(), x.person(), x.akte(), x.eigene(), zeit));
                yield "beendet: " + x;
            }
            default -> {
                var f = welt.zufall.eines(modell.freigaben.values());
                var zeit = beende("freigabe", f.id(), f.zeit());
                modell.freigaben.put(f.id(), new Freigabe(f.id(), f.subjekt(), f.ziel(), f.recht(), zeit));
                yield "beendet: " + f;
            }
        };
    }

    Zeit beende(String tabelle, UUID id, Zeit zeit) {
        var bis = Stream.of(welt.jetzt(), zeit.von().plusNanos(1_000))
                .max(java.util.Comparator.naturalOrder())
                .orElseThrow();
        welt.setze(tabelle, id, "gueltig_bis", bis);
        return new Zeit(zeit.von(), bis);
    }

    /** Often of somebody who stands in for others: then it is a chain, or a circle, as two colleagues do before Christmas. */
    String vertretung() {
        var heute = LocalDate.ofInstant(welt.jetzt(), ZoneId.of("Europe/Berlin"));
        var von = heute.plusDays(welt.zufall.zahl(4) - 2);
        var person = modell.vertretungen.isEmpty() || welt.zufall.inVonHundert(40)
                ? welt.zufall.eines(modell.personen.keySet())
                : welt.zufall.eines(modell.vertretungen.values()).vertreter();
        var vertreter = welt.zufall.eines(
                modell.personen.keySet().stream().filter(p -> !p.equals(person)).toList());
        var v = new Vertretung(
                welt.zufall.kennung(),
                person,
                vertreter,
                von,
                von.plusDays(welt.zufall.zahl(3)),
                welt.zufall.inVonHundert(40),
                false);
        welt.satz(
                "vertretung",
                "id, person_id, vertreter_id, von, bis, persoenliches, eingetragen_von",
                v.id(),
                person,
                vertreter,
                v.von(),
                v.bis(),
                v.persoenliches(),
                person);
        modell.vertretungen.put(v.id(), v);
        return "eingetragen: " + v;
    }

    String vertretungsende() {
        var v = welt.zufall.eines(modell.vertretungen.values());
        welt.setze("vertretung", v.id(), "beendet", welt.jetzt());
        modell.vertretungen.put(
                v.id(), new Vertretung(v.id(), v.person(), v.vertreter(), v.von(), v.bis(), v.persoenliches(), true));
        return "beendet: " + v;
    }

    String aufgabe() {
        var vorgang = ding("vorgang");
        var an = empfaenger(false);
        var laufweg = welt.zufall.kennung();
        var a = new Aufgabe(
                welt.zufall.kennung(),
                vorgang.id(),
                an.getKey(),
                welt.zufall.recht(),
                welt.zufall.inVonHundert(40),
                welt.zufall.inVonHundert(60));
        welt.satz(
                "laufweg",
                "id, vorgang_id, akte_id, titel, begonnen_von",
                laufweg,
                vorgang.id(),
                vorgang.akte(),
                Rechtewelt.WORT,
                welt.zufall.eines(modell.personen.keySet()));
        welt.satz(
                "station",
                "id, laufweg_id, vorgang_id, block, zweig, platz, art, empfaenger_art, empfaenger_id, persoenlich, faellig, stand, offen_seit",
                a.id(),
                laufweg,
                vorgang.id(),
                1,
                1,
                1,
                "bearbeitung",
                an.getValue(),
                an.getKey(),
                a.persoenlich(),
                a.frist() ? LocalDate.of(2099, 1, 1) : null,
                "offen",
                welt.jetzt());
        berechtigungen.wechsle(
                List.of(), List.of(new Leihe(a.id(), a.vorgang(), a.empfaenger(), a.recht(), a.persoenlich())));
        modell.aufgaben.put(a.id(), a);
        return "geöffnet: " + a;
    }

    String aufgabenende() {
        if (modell.aufgaben.isEmpty()) {
            return "nichts";
        }
        var a = welt.zufall.eines(modell.aufgaben.values());
        welt.setze("station", a.id(), "stand", "erledigt");
        berechtigungen.wechsle(List.of(a.id()), List.of());
        modell.aufgaben.remove(a.id());
        return "erledigt: " + a;
    }

    Ding ding(String art) {
        return welt.zufall.eines(
                modell.dinge.values().stream().filter(d -> d.art().equals(art)).toList());
    }
}
