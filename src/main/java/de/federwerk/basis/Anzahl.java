package de.federwerk.basis;

/**
 * How long a list is. What is kept as a number is exact; what is counted, exactly up to {@link #GENAU_BIS}: counting a million rows under
 * rights would cost more than showing the page (ADR 0015), and nobody works through ten thousand lines by turning pages.
 *
 * @param mehr there are more than {@code zahl}
 */
public record Anzahl(long zahl, boolean mehr) {

    public static final int GENAU_BIS = 10_000;

    /** @param zahl all there are */
    public static Anzahl genau(long zahl) {
        return new Anzahl(zahl, false);
    }

    /** @param gezaehlt counted up to one more than {@link #GENAU_BIS} */
    public static Anzahl aus(long gezaehlt) {
        return gezaehlt > GENAU_BIS ? new Anzahl(GENAU_BIS, true) : genau(gezaehlt);
    }
}
