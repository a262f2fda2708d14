package de.federwerk.rechteprobe;

import static java.util.Objects.requireNonNull;

import de.federwerk.ablage.Blob;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.rechteprobe.Rechtemodell.Besetzung;
import de.federwerk.rechteprobe.Rechtemodell.Einheit;
import de.federwerk.rechteprobe.Rechtemodell.Person;
import de.federwerk.rechteprobe.Rechtemodell.Position;
import de.federwerk.rechteprobe.Rechtemodell.Rolle;
import de.federwerk.rechteprobe.Rechtemodell.Schutzbereich;
import de.federwerk.rechteprobe.Rechtemodell.Stelle;
import de.federwerk.rechteprobe.Rechtemodell.Zeit;
import de.federwerk.suche.Index;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One small town twice: as rows in the database and as facts in the {@link Rechtemodell}. Every method here writes both, inside a
 * transaction of the town. The same seed gives the same town.
 */
final class Rechtewelt {

    /** Stands in the title of everything. */
    static final String WORT = "Rechteprobenwort";

    private static final String DATENSCHUTZ = "DATENSCHUTZ";

    final UUID mandant = Kennung.neu();
    final Rechtemodell modell = new Rechtemodell();
    final Weltzufall zufall;
    final Rechteakten akten;
    final List<UUID> sonderbereiche = new ArrayList<>();
    private final JdbcClient jdbc;
    private final Berechtigungen berechtigungen;
    private @Nullable UUID datenschutz;
    private Instant jetzt = Instant.EPOCH;
    private int laufend;

    /** @param index null: the town is not indexed */
    Rechtewelt(Weltzufall zufall, JdbcClient jdbc, Berechtigungen berechtigungen, @Nullable Index index) {
        this.zufall = zufall;
        this.jdbc = jdbc;
        this.berechtigungen = berechtigungen;
        this.akten = new Rechteakten(this, jdbc, index);
    }

    /** The town itself; outside any Mandant. */
    void gruende() {
        var kuerzel = "r" + mandant.toString().substring(24);
        jdbc.sql("INSERT INTO mandant (id, kuerzel, name) VALUES (?, ?, ?)")
                .params(mandant, kuerzel, "Probestadt " + kuerzel)
                .update();
    }

    String kuerzel() {
        return "r" + mandant.toString().substring(24);
    }

    /** What begins or ends in this transaction begins or ends at its moment. */
    void uhr() {
        jetzt = jdbc.sql("SELECT now()").query(Timestamp.class).single().toInstant();
    }

    /** For numbers and names that must differ. */
    int naechste() {
        return ++laufend;
    }

    Instant jetzt() {
        return jetzt;
    }

    /** What there is before anybody may anything. @param inhalt of every file, noted in this transaction */
    void baue(Blob inhalt) {
        uhr();
        akten.baue(inhalt);
        for (int i = 0; i < 4; i++) einheit(i == 0 ? null : zufall.eines(modell.einheiten.keySet()));
        for (int i = 0; i < 5; i++) position(i % 3 == 0 ? null : zufall.eines(modell.positionen.keySet()));
        for (int i = 0; i < 6; i++) person(i % 3 == 2);
        for (var kennung : List.of("TECHNIK", "POSTEINGANG", DATENSCHUTZ)) rolle(kennung);
        for (int i = 0; i < 6; i++) stelle();
        for (int i = 0; i < 8; i++) besetze(zufall.zeit(jetzt));
        for (int i = 0; i < 12; i++) akten.akte();
        for (int i = 0; i < 4; i++) akten.eingang();
    }

    // ---- rows

    void satz(String tabelle, String spalten, @Nullable Object... werte) {
        var fragen = String.join(", ", Collections.nCopies(werte.length + 1, "?"));
        jdbc.sql("INSERT INTO " + tabelle + " (mandant_id, " + spalten + ") VALUES (" + fragen + ")")
                .param(mandant)
                .params(Arrays.stream(werte).map(Rechtewelt::fuerSql).toList())
                .update();
    }

    void setze(String tabelle, Object id, String spalte, @Nullable Object wert) {
        jdbc.sql("UPDATE " + tabelle + " SET " + spalte + " = ? WHERE mandant_id = ? AND id = ?")
                .param(fuerSql(wert))
                .params(mandant, id)
                .update();
    }

    private static @Nullable Object fuerSql(@Nullable Object wert) {
        return switch (wert) {
            case Instant zeit -> Timestamp.from(zeit);
            case LocalDate tag -> Date.valueOf(tag);
            case Recht recht -> recht.ordinal();
            case null, default -> wert;
        };
    }

    // ---- people and units

    private Zeit seitEben() {
        return new Zeit(jetzt.minusSeconds(9), null);
    }

    void einheit(@Nullable UUID ueber) {
        var e = new Einheit(zufall.kennung(), ueber, seitEben());
        satz(
                "einheit",
                "id, ueber_id, kuerzel, name, gueltig_von",
                e.id(),
                ueber,
                "E" + naechste(),
                "Einheit",
                e.zeit().von());
        modell.einheiten.put(e.id(), e);
    }

    private void person(boolean technisch) {
        var p = new Person(zufall.kennung(), "p" + naechste(), technisch, zufall.ermaechtigung(), seitEben());
        satz(
                "person",
                "id, anmeldename, nachname, art, pseudonym, ermaechtigung, gueltig_von",
                p.id(),
                p.name(),
                // Alone, so that a list which names people says who is meant.
                p.name(),
                technisch ? "technisch" : "mensch",
                zufall.kennung(),
                p.ermaechtigung(),
                p.zeit().von());
        modell.personen.put(p.id(), p);
    }

    private void rolle(String kennung) {
        var r = new Rolle(zufall.kennung(), seitEben());
        satz(
                "rolle",
                "id, kennung, name, gueltig_von",
                r.id(),
                kennung,
                kennung,
                r.zeit().von());
        modell.rollen.put(r.id(), r);
        if (kennung.equals(DATENSCHUTZ)) {
            datenschutz = r.id();
        }
    }

    /** Whether somebody has the role. */
    boolean istDatenschutz(UUID person, Instant wann) {
        return modell.hat(person, requireNonNull(datenschutz), wann);
    }

    void stelle() {
        var s = new Stelle(zufall.kennung(), zufall.eines(modell.einheiten.keySet()), seitEben());
        boolean leitung = modell.stellen.size() % 3 == 0;
        satz(
                "stelle",
                "id, einheit_id, bezeichnung, leitung, gueltig_von",
                s.id(),
                s.einheit(),
                "Sachbearbeitung",
                leitung,
                s.zeit().von());
        if (leitung) {
            modell.leitungen.add(s.id());
        }
        modell.stellen.put(s.id(), s);
    }

    /** Somebody gets a Stelle or a Rolle. */
    String besetze(Zeit zeit) {
        boolean rolle = zufall.inVonHundert(25);
        var was = rolle ? zufall.eines(modell.rollen.keySet()) : zufall.eines(modell.stellen.keySet());
        var b = new Besetzung(zufall.kennung(), was, zufall.eines(modell.personen.keySet()), zeit);
        var art = rolle ? "rolle" : "stelle";
        satz(
                art + "nbesetzung",
                "id, " + art + "_id, person_id, gueltig_von, gueltig_bis",
                b.id(),
                was,
                b.person(),
                zeit.von(),
                zeit.bis());
        modell.besetzungen.put(b.id(), b);
        return "neu: " + b;
    }

    // ---- places

    void position(@Nullable UUID ueber) {
        var p = new Position(zufall.kennung(), ueber);
        satz(
                "planknoten",
                "id, ueber_id, kennzeichen, titel, ebene",
                p.id(),
                ueber,
                "K" + naechste(),
                "Position",
                ueber == null ? 1 : 2);
        modell.positionen.put(p.id(), p);
    }

    /** A new Sonderbereich: from here on nothing is inherited. */
    UUID sonderbereich() {
        var id = zufall.kennung();
        sonderbereiche.add(id);
        return id;
    }

    Schutzbereich bereich(@Nullable UUID position, @Nullable UUID einheit, int stufe, @Nullable UUID sonder) {
        int nr = berechtigungen.schutzbereich(position, einheit, stufe, sonder);
        return modell.bereiche.computeIfAbsent(nr, n -> new Schutzbereich(n, position, einheit, stufe, sonder));
    }
}
