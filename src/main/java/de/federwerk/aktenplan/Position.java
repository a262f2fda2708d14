package de.federwerk.aktenplan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A position with what is its own; what it inherits says {@link Planbild}.
 *
 * @param aufbewahrung years; -1 unbefristet; null as above
 * @param fristbeginn {@code jahresende} or {@code zda}; null as above
 * @param rang order among siblings; equal ones by Kennzeichen
 * @param fassung counts its changes; 0 before it is written
 * @param gilt whether it has not ended
 */
record Position(
        UUID id,
        @Nullable UUID ueberId,
        String kennzeichen,
        String titel,
        @Nullable Integer aufbewahrung,
        @Nullable String aussonderungsart,
        @Nullable String fristbeginn,
        int rang,
        int fassung,
        boolean gilt) {

    static final String JAHRESENDE = "jahresende";
    static final String ZDA = "zda";

    /**
     * The columns of {@link Aktenplan#POSITION} in their order. By hand: for 5,000 positions the reflection of a row mapper is most of
     * the time that the tree takes.
     */
    static Position lies(ResultSet z, int nr) throws SQLException {
        int jahre = z.getInt(5);
        boolean ohne = z.wasNull();
        return new Position(
                z.getObject(1, UUID.class),
                z.getObject(2, UUID.class),
                z.getString(3),
                z.getString(4),
                ohne ? null : Integer.valueOf(jahre),
                z.getString(6),
                z.getString(7),
                z.getInt(8),
                z.getInt(9),
                z.getBoolean(10));
    }

    String anzeige() {
        return kennzeichen + " " + titel;
    }

    Position beendet() {
        return new Position(
                id, ueberId, kennzeichen, titel, aufbewahrung, aussonderungsart, fristbeginn, rang, fassung, false);
    }

    Position wiederaufgenommen() {
        return new Position(
                id, ueberId, kennzeichen, titel, aufbewahrung, aussonderungsart, fristbeginn, rang, fassung, true);
    }

    Position mitRang(int neuer) {
        return new Position(
                id, ueberId, kennzeichen, titel, aufbewahrung, aussonderungsart, fristbeginn, neuer, fassung, gilt);
    }

    /** Whether both say the same, however often they were changed. */
    boolean gleicht(Position andere) {
        return id.equals(andere.id)
                && Objects.equals(ueberId, andere.ueberId)
                && kennzeichen.equals(andere.kennzeichen)
                && titel.equals(andere.titel)
                && Objects.equals(aufbewahrung, andere.aufbewahrung)
                && Objects.equals(aussonderungsart, andere.aussonderungsart)
                && Objects.equals(fristbeginn, andere.fristbeginn)
                && rang == andere.rang
                && gilt == andere.gilt;
    }
}
