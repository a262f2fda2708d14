package de.federwerk.aktenplan;

import de.federwerk.basis.Kennung;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A plan that was read beside the plan that holds: what every line would do. Nothing here touches the database. */
final class Planvergleich {

    enum Art {
        NEU("neu"),
        GEAENDERT("geändert"),
        BEENDET("beendet"),
        UNVERAENDERT("unverändert"),
        ABGELEHNT("abgelehnt");

        private final String wort;

        Art(String wort) {
            this.wort = wort;
        }

        public String wort() {
            return wort;
        }
    }

    /** @param nr 0 if no line of the file speaks of it @param was in words, what changes or why it is refused */
    record Zeile(
            long nr,
            String kennzeichen,
            String titel,
            Art art,
            String was,
            @Nullable UUID id) {}

    /** @param fehlende valid positions of which the file does not speak @param wort what the numbers of {@code zeilen} count */
    record Ergebnis(
            List<Zeile> zeilen,
            List<Planaenderung> aenderungen,
            List<Position> fehlende,
            Planbild danach,
            String wort) {

        long zahl(Art art) {
            return zeilen.stream().filter(z -> z.art == art).count();
        }
    }

    /** What the file is held against. @param vorgemerkt positions for which a change is planned, with its name */
    record Grund(Planbild bild, int ebenen, Map<String, UUID> vergebene, Map<UUID, String> vorgemerkt) {}

    private final Grund grund;
    private final Map<UUID, Planzeile> zeileVon = new HashMap<>();
    private final Map<Long, Planzeile.Fehler> fehler;
    private final List<Planaenderung> aenderungen = new ArrayList<>();
    private final Set<UUID> genannt = new HashSet<>();

    private Planvergleich(Grund grund, Map<Long, Planzeile.Fehler> fehler) {
        this.grund = grund;
        this.fehler = new HashMap<>(fehler);
    }

    /** @param beenden whether positions end of which the file does not speak */
    static Ergebnis vergleiche(Grund grund, Planzeile.Gelesen gelesen, boolean beenden) {
        return new Planvergleich(grund, gelesen.fehler()).vergleiche(gelesen, beenden);
    }

    private Ergebnis vergleiche(Planzeile.Gelesen gelesen, boolean beenden) {
        var zeilen = gelesen.zeilen();
        var ids = new HashMap<String, UUID>();
        for (var z : zeilen) {
            var da = grund.bild.mitKennzeichen(z.kennzeichen());
            ids.put(z.kennzeichen(), da == null ? Kennung.neu() : da.id());
        }
        zeilen.forEach(z -> nimm(z, ids));
        // A line with a fault of its own speaks of its position all the same.
        fehler.values().stream()
                .map(f -> grund.bild.mitKennzeichen(f.kennzeichen()))
                .forEach(p -> {
                    if (p != null) {
                        genannt.add(p.id());
                    }
                });
        var fehlende = grund.bild.alle().stream()
                .filter(p -> p.gilt() && !genannt.contains(p.id()))
                .sorted(Comparator.comparing(Position::kennzeichen))
                .toList();
        if (beenden) {
            fehlende.forEach(p -> aenderungen.add(new Planaenderung(p, p.beendet())));
        }
        var danach = grund.bild.mit(aenderungen);
        var ergebnis = new ArrayList<Zeile>();
        var verstoesse = Planregeln.pruefe(grund.bild, danach, aenderungen, grund.ebenen, grund.vergebene);
        verstoesse.forEach((id, text) -> {
            var z = zeileVon.get(id);
            var p = danach.position(id);
            if (z != null) {
                fehler.putIfAbsent(z.nr(), new Planzeile.Fehler(z.kennzeichen(), text));
            } else if (p != null) {
                ergebnis.add(new Zeile(0, p.kennzeichen(), p.titel(), Art.ABGELEHNT, text, id));
            }
        });
        var getan = new HashMap<UUID, Planaenderung>();
        aenderungen.forEach(a -> getan.put(a.nachher().id(), a));
        for (var a : aenderungen) {
            var vorgemerkt = grund.vorgemerkt.get(a.nachher().id());
            if (vorgemerkt != null) {
                var text = "Für " + a.nachher().kennzeichen() + " ist schon etwas geplant: " + vorgemerkt
                        + ". Nehmen Sie das zuerst zurück.";
                var z = zeileVon.get(a.nachher().id());
                if (z != null) {
                    fehler.putIfAbsent(z.nr(), new Planzeile.Fehler(z.kennzeichen(), text));
                } else {
                    ergebnis.add(new Zeile(
                            0,
                            a.nachher().kennzeichen(),
                            a.nachher().titel(),
                            Art.ABGELEHNT,
                            text,
                            a.nachher().id()));
                }
            }
        }
        for (var z : zeilen) {
            if (fehler.containsKey(z.nr())) {
                continue;
            }
            var id = ids.get(z.kennzeichen());
            var a = id == null ? null : getan.get(id);
            ergebnis.add(new Zeile(
                    z.nr(),
                    z.kennzeichen(),
                    z.titel(),
                    a == null ? Art.UNVERAENDERT : art(a),
                    a == null ? "" : a.inWorten(grund.bild, danach),
                    id));
        }
        fehler.forEach((nr, f) -> ergebnis.add(new Zeile(nr, f.kennzeichen(), "", Art.ABGELEHNT, f.text(), null)));
        if (beenden) {
            fehlende.forEach(p -> ergebnis.add(
                    new Zeile(0, p.kennzeichen(), p.titel(), Art.BEENDET, "steht nicht in der Datei", p.id())));
        }
        ergebnis.sort(Comparator.comparingLong(Zeile::nr).thenComparing(Zeile::kennzeichen));
        return new Ergebnis(ergebnis, aenderungen, fehlende, danach, gelesen.wort());
    }

    private static Art art(Planaenderung a) {
        return switch (a.art()) {
            case NEU -> Art.NEU;
            case BEENDET -> Art.BEENDET;
            default -> Art.GEAENDERT;
        };
    }

    private void nimm(Planzeile z, Map<String, UUID> ids) {
        var da = grund.bild.mitKennzeichen(z.kennzeichen());
        if (da != null) {
            genannt.add(da.id());
        }
        if (z.beendet()) {
            if (da != null && da.gilt()) {
                merke(z, new Planaenderung(da, da.beendet()));
            }
            return;
        }
        if (da != null && !da.gilt()) {
            fehler.put(
                    z.nr(),
                    new Planzeile.Fehler(
                            z.kennzeichen(),
                            z.kennzeichen() + " hatte „" + da.titel()
                                    + "“, das beendet ist, und wird nicht neu vergeben. Meint es dasselbe, nehmen Sie die alte Position im Aktenplan wieder auf."));
            return;
        }
        var oben = oben(z, da);
        UUID ueber = null;
        if (oben != null) {
            var dort = grund.bild.mitKennzeichen(oben);
            ueber = ids.containsKey(oben) ? ids.get(oben) : dort == null || !dort.gilt() ? null : dort.id();
            if (ueber == null) {
                fehler.put(
                        z.nr(),
                        new Planzeile.Fehler(z.kennzeichen(), "Über " + z.kennzeichen() + " fehlt " + oben + "."));
                return;
            }
        } else if (da != null && z.ueber() == null) {
            ueber = da.ueberId();
        }
        var soll = new Position(
                da == null ? ids.getOrDefault(z.kennzeichen(), Kennung.neu()) : da.id(),
                ueber,
                z.kennzeichen(),
                z.titel(),
                z.genannt().contains(Planzeile.AUFBEWAHRUNG) || da == null ? z.aufbewahrung() : da.aufbewahrung(),
                z.genannt().contains(Planzeile.ART) || da == null ? z.aussonderungsart() : da.aussonderungsart(),
                z.genannt().contains(Planzeile.BEGINN) || da == null ? z.fristbeginn() : da.fristbeginn(),
                z.rang() != null ? z.rang() : da == null ? 0 : da.rang(),
                da == null ? 0 : da.fassung(),
                true);
        if (da == null || !da.gleicht(soll)) {
            merke(z, new Planaenderung(da, soll));
        } else {
            zeileVon.put(da.id(), z);
        }
    }

    private void merke(Planzeile z, Planaenderung aenderung) {
        aenderungen.add(aenderung);
        zeileVon.put(aenderung.nachher().id(), z);
    }

    /**
     * The Kennzeichen above; null if the line lies on top or stays where it is. Where nothing is said, a new position lies below the one
     * whose Kennzeichen ends before its own last sign.
     */
    private static @Nullable String oben(Planzeile z, @Nullable Position da) {
        if (z.ueber() != null) {
            return z.ueber().equals(Planzeile.OBEN) ? null : z.ueber();
        }
        if (da != null) {
            return null;
        }
        for (int i = z.kennzeichen().length() - 1; i > 0; i--) {
            if (".-/".indexOf(z.kennzeichen().charAt(i)) >= 0) {
                return z.kennzeichen().substring(0, i);
            }
        }
        return null;
    }
}
