package de.federwerk.geschaeftsgang;

import org.jspecify.annotations.Nullable;

/**
 * When people are told of a deadline, in working days; null: not at all.
 *
 * @param vorher before it; 0: on the day
 * @param nachher after it, once more
 * @param eskalation after it, to the head of whoever has the task
 * @param weiter after the head was told, to the next head above
 */
record Fristregel(
        @Nullable Integer vorher,
        @Nullable Integer nachher,
        @Nullable Integer eskalation,
        @Nullable Integer weiter) {

    static final int HOECHSTENS = 60;

    /** As long as nobody has said anything else. */
    static final Fristregel VORGABE = new Fristregel(1, 1, 3, null);

    /** As in forms and in the Protokoll: {@code 1/1/3/-}. */
    String kurz() {
        return zahl(vorher) + "/" + zahl(nachher) + "/" + zahl(eskalation) + "/" + zahl(weiter);
    }

    private static String zahl(@Nullable Integer tage) {
        return tage == null ? "-" : tage.toString();
    }

    /** {@code 2 Arbeitstage vorher}, {@code am Tag der Frist}, {@code keine}. */
    String vorherInWorten() {
        return vorher != null && vorher == 0 ? "am Tag der Frist" : tage(vorher, "vorher", "keine");
    }

    String nachherInWorten() {
        return tage(nachher, "danach", "keine");
    }

    String eskalationInWorten() {
        return tage(eskalation, "danach", "nie");
    }

    String weiterInWorten() {
        return tage(weiter, "später", "nie");
    }

    private static String tage(@Nullable Integer tage, String wann, String sonst) {
        return tage == null ? sonst : tage + (tage == 1 ? " Arbeitstag " : " Arbeitstage ") + wann;
    }
}
