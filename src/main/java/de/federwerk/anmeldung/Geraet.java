package de.federwerk.anmeldung;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Which device a session belongs to, roughly: enough to know one's own again, too little to follow anybody. */
final class Geraet {

    private record Kennwort(String im, String heisst) {}

    /** The first that fits: Edge and Opera call themselves Chrome too, and everybody calls themselves Mozilla. */
    private static final List<Kennwort> BROWSER = List.of(
            new Kennwort("Edg", "Edge"),
            new Kennwort("OPR/", "Opera"),
            new Kennwort("Firefox/", "Firefox"),
            new Kennwort("FxiOS", "Firefox"),
            new Kennwort("Chrom", "Chrome"),
            new Kennwort("CriOS", "Chrome"),
            new Kennwort("Safari/", "Safari"));

    private static final List<Kennwort> SYSTEME = List.of(
            new Kennwort("iPhone", "iPhone"),
            new Kennwort("iPad", "iPad"),
            new Kennwort("Android", "Android"),
            new Kennwort("Windows", "Windows"),
            new Kennwort("Mac OS", "macOS"),
            new Kennwort("CrOS", "ChromeOS"),
            new Kennwort("Linux", "Linux"));

    private Geraet() {}

    static String aus(HttpServletRequest anfrage) {
        return aus(String.valueOf(anfrage.getHeader("User-Agent")));
    }

    static String aus(String kennung) {
        return suche(BROWSER, kennung, "Unbekannter Browser") + " · " + suche(SYSTEME, kennung, "unbekanntes System");
    }

    private static String suche(List<Kennwort> woerter, String kennung, String sonst) {
        return woerter.stream()
                .filter(w -> kennung.contains(w.im))
                .findFirst()
                .map(Kennwort::heisst)
                .orElse(sonst);
    }
}
