package de.federwerk.aktenplan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What must hold for a plan, whoever changes it: by a file, by hand, or at a day that was planned. */
final class Planregeln {

    private Planregeln() {}

    /**
     * @param danach the plan as it would be
     * @param vergebene every Kennzeichen that was ever given
     * @return what is wrong, by position; empty if nothing is
     */
    static Map<UUID, String> pruefe(
            Planbild davor, Planbild danach, List<Planaenderung> aenderungen, int ebenen, Map<String, UUID> vergebene) {
        var fehler = new LinkedHashMap<UUID, String>();
        for (var a : aenderungen) {
            var p = a.nachher();
            var wem = vergebene.get(p.kennzeichen());
            if (wem != null && !wem.equals(p.id())) {
                fehler.put(p.id(), vergeben(p.kennzeichen(), davor.position(wem)));
            }
        }
        for (var p : danach.alle()) {
            if (!p.gilt()) {
                continue;
            }
            var oben = p.ueberId() == null ? null : danach.position(p.ueberId());
            int ebene = danach.ebene(p.id());
            if (p.ueberId() != null && oben == null) {
                fehler.putIfAbsent(p.id(), "Die Position darüber gibt es nicht.");
            } else if (ebene > Planbild.BODENLOS) {
                fehler.putIfAbsent(p.id(), p.kennzeichen() + " läge unter sich selbst.");
            } else if (ebene > ebenen && (davor.position(p.id()) == null || davor.ebene(p.id()) != ebene)) {
                fehler.putIfAbsent(
                        p.id(), p.kennzeichen() + " läge auf Ebene " + ebene + "; möglich sind " + ebenen + ".");
            } else if (oben != null && !oben.gilt()) {
                fehler.putIfAbsent(
                        p.id(),
                        p.kennzeichen() + " läge unter " + oben.kennzeichen()
                                + ", und diese Position ist beendet oder endet.");
            }
        }
        return fehler;
    }

    private static String vergeben(String kennzeichen, @org.jspecify.annotations.Nullable Position wem) {
        if (wem == null) {
            return "Das Kennzeichen " + kennzeichen + " ist schon vergeben.";
        }
        if (!wem.kennzeichen().equals(kennzeichen)) {
            return "Das Kennzeichen " + kennzeichen + " hatte früher die Position „" + wem.anzeige()
                    + "“ und wird nicht noch einmal vergeben.";
        }
        return wem.gilt()
                ? "Das Kennzeichen " + kennzeichen + " hat schon die Position „" + wem.titel() + "“."
                : "Das Kennzeichen " + kennzeichen + " hatte „" + wem.titel()
                        + "“, das beendet ist, und wird nicht neu vergeben. Meint es dasselbe, nehmen Sie die alte Position wieder auf.";
    }
}
