package de.federwerk.basis;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, and the places from which its neighbours are read. Costs the same at the start, in the middle and at the end.
 *
 * @param zurueck place of the page before, as it stands in an address; null at the start of the list
 * @param weiter place of the page after; null at its end
 */
public record Seite<Z>(
        List<Z> zeilen, @Nullable String zurueck, @Nullable String weiter) {

    /** Reads at most {@code hoechstens} rows from a place on, in the order of {@link Ordnung#folge}. */
    public interface Leser<Z> {
        List<Z> lies(Stelle ab, int hoechstens);
    }

    /** A list with nothing in it. */
    public static <Z> Seite<Z> leer() {
        return new Seite<>(List.of(), null, null);
    }

    /**
     * Reads one page. Where the rows before a place do not fill a page it is the first page, and where none follow it is the last:
     * turning back always ends at a full first page, and a jump behind the end shows the end.
     *
     * @param schluessel the sort key of a row, in the order of its {@link Ordnung}
     */
    public static <Z> Seite<Z> lies(Stelle ab, int jeSeite, Function<Z, List<?>> schluessel, Leser<Z> leser) {
        var gelesen = leser.lies(ab, jeSeite + 1);
        boolean mehr = gelesen.size() > jeSeite;
        if (ab.art() == Stelle.Art.VOR && !mehr) {
            return lies(Stelle.ANFANG, jeSeite, schluessel, leser);
        }
        if (gelesen.isEmpty()) {
            boolean hinterDemEnde = ab.art() == Stelle.Art.NACH || ab.art() == Stelle.Art.AB;
            return hinterDemEnde ? lies(Stelle.ENDE, jeSeite, schluessel, leser) : leer();
        }
        var zeilen = Ordnung.geordnet(ab, gelesen.subList(0, Math.min(jeSeite, gelesen.size())));
        var davor = Stelle.vor(schluessel.apply(zeilen.getFirst()));
        var danach = Stelle.nach(schluessel.apply(zeilen.getLast()));
        boolean zurueck = switch (ab.art()) {
            case ANFANG -> false;
            case ENDE, VOR -> mehr;
            case NACH, AB -> !leser.lies(davor, 1).isEmpty();
        };
        boolean weiter = switch (ab.art()) {
            case ENDE -> false;
            case VOR -> !leser.lies(danach, 1).isEmpty();
            case ANFANG, NACH, AB -> mehr;
        };
        return new Seite<>(List.copyOf(zeilen), zurueck ? davor.text() : null, weiter ? danach.text() : null);
    }

    /** The same page with other rows, one for one. */
    public <A> Seite<A> mit(Function<List<Z>, List<A>> andere) {
        return new Seite<>(andere.apply(zeilen), zurueck, weiter);
    }
}
