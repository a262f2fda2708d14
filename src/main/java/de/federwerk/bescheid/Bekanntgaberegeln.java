package de.federwerk.bescheid;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.bescheid.Bekanntgaberegel.Beginn;
import de.federwerk.frist.Arbeitskalender;
import de.federwerk.frist.Feiertag;
import de.federwerk.frist.Land;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rules that hold in a town: those that come with the program for its Land, and what the town says otherwise. */
@Component
class Bekanntgaberegeln {

    /** Of the table below. */
    static final String FASSUNG = "Stand 12/2026";

    /** Länder whose own law sends to the VwVfG of the Bund as it is at the time. */
    private static final Set<Land> VERWEISEN = Set.of(Land.BE, Land.BB, Land.NI, Land.RP, Land.SN, Land.ST);
    /** Länder with a law of their own of which we know that it says four days since 2025. */
    private static final Set<Land> VIER_TAGE = Set.of(Land.NW, Land.SH);

    private static final Map<Land, String> GESETZ = Map.of(
            Land.BW, "§ 41 %s LVwVfG",
            Land.BY, "Art. 41 %s BayVwVfG",
            Land.HB, "§ 41 %s BremVwVfG",
            Land.HH, "§ 41 %s HmbVwVfG",
            Land.HE, "§ 41 %s HVwVfG",
            Land.MV, "§ 41 %s VwVfG M-V",
            Land.NW, "§ 41 %s VwVfG NRW",
            Land.SL, "§ 41 %s SVwVfG",
            Land.SH, "§ 110 %s LVwG",
            Land.TH, "§ 41 %s ThürVwVfG");

    private final JdbcClient datenbank;
    private final Arbeitskalender kalender;
    private final Personen personen;
    private final Protokoll protokoll;

    Bekanntgaberegeln(JdbcClient datenbank, Arbeitskalender kalender, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.kalender = kalender;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    /** What comes with the program. @param land null: none is set, then the law of the Bund */
    static Bekanntgaberegel mitgeliefert(@Nullable Land land, Recht recht, Kanal kanal) {
        if (recht == Recht.AO) {
            return kanal == Kanal.POST
                    ? new Bekanntgaberegel(
                            recht, kanal, Beginn.AUFGABE, 4, true, 0, "§ 122 Abs. 2 Nr. 1 AO", true, FASSUNG)
                    // Whether the KAG of the Land names § 122a AO, the town must see.
                    : new Bekanntgaberegel(
                            recht, kanal, Beginn.BEREITSTELLUNG, 4, true, 0, "§ 122a Abs. 4 AO", false, FASSUNG);
        }
        var bund = land == null || VERWEISEN.contains(land);
        var gesetz = bund ? "§ 41 %s VwVfG" : GESETZ.getOrDefault(land, "§ 41 %s VwVfG");
        boolean geprueft = land != null && (bund || VIER_TAGE.contains(land));
        return kanal == Kanal.POST
                ? new Bekanntgaberegel(
                        recht, kanal, Beginn.AUFGABE, 4, false, 0, gesetz.formatted("Abs. 2 Satz 1"), geprueft, FASSUNG)
                : new Bekanntgaberegel(
                        recht, kanal, Beginn.ABRUF, 1, false, 10, gesetz.formatted("Abs. 2a"), geprueft, FASSUNG);
    }

    /** All four, as they hold here. */
    @Transactional(readOnly = true)
    public List<Bekanntgaberegel> alle() {
        var land = land().orElse(null);
        var eigene = eigene();
        var alle = new ArrayList<Bekanntgaberegel>();
        for (var recht : Recht.values()) {
            for (var kanal : Kanal.values()) {
                alle.add(eigene.stream()
                        .filter(r -> r.recht() == recht && r.kanal() == kanal)
                        .findFirst()
                        .orElse(mitgeliefert(land, recht, kanal)));
            }
        }
        return alle;
    }

    @Transactional(readOnly = true)
    public Bekanntgaberegel regel(Recht recht, Kanal kanal) {
        return alle().stream()
                .filter(r -> r.recht() == recht && r.kanal() == kanal)
                .findFirst()
                .orElseThrow();
    }

    @Transactional(readOnly = true)
    public Optional<Land> land() {
        return datenbank
                .sql("SELECT land FROM gemeindekalender WHERE mandant_id = ?")
                .param(mandant())
                .query(String.class)
                .optional()
                .map(Land::valueOf);
    }

    private List<Bekanntgaberegel> eigene() {
        return datenbank
                .sql(
                        "SELECT recht, kanal, beginn, tage, verschiebt, abruftage, grundlage, aenderung FROM bekanntgaberegel WHERE mandant_id = ?")
                .param(mandant())
                .query((z, nr) -> new Bekanntgaberegel(
                        Recht.von(z.getString("recht")),
                        Kanal.von(z.getString("kanal")),
                        Optional.ofNullable(Beginn.von(z.getString("beginn"))).orElseThrow(),
                        z.getInt("tage"),
                        z.getBoolean("verschiebt"),
                        z.getInt("abruftage"),
                        z.getString("grundlage"),
                        true,
                        "eigene Regel " + z.getInt("aenderung")))
                .list();
    }

    /** From now on, for what goes out then. @param regel its version does not matter */
    @Transactional
    public void setze(Anmeldung wer, Bekanntgaberegel regel) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var grundlage = regel.grundlage().strip();
        if (grundlage.isEmpty() || grundlage.length() > 300) {
            throw Abgelehnt.eingabe("Bitte nennen Sie die Rechtsgrundlage in höchstens 300 Zeichen.");
        }
        if (regel.tage() < 0 || regel.tage() > 30 || regel.abruftage() < 0 || regel.abruftage() > 90) {
            throw Abgelehnt.eingabe("Möglich sind 0 bis 30 Tage und für den Abruf 0 bis 90 Tage.");
        }
        if ((regel.kanal() == Kanal.POST) != (regel.beginn() == Beginn.AUFGABE)) {
            throw Abgelehnt.eingabe(
                    "Ein Brief zählt ab der Aufgabe zur Post; im Postfach zählt die Bereitstellung oder der Abruf.");
        }
        datenbank
                .sql("""
                INSERT INTO bekanntgaberegel AS r (mandant_id, recht, kanal, beginn, tage, verschiebt, abruftage, grundlage) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (mandant_id, recht, kanal) DO UPDATE SET beginn = excluded.beginn, tage = excluded.tage, verschiebt = excluded.verschiebt,
                       abruftage = excluded.abruftage, grundlage = excluded.grundlage, aenderung = r.aenderung + 1""")
                .params(
                        mandant(),
                        regel.recht().kennung(),
                        regel.kanal().kennung(),
                        regel.beginn().kennung(),
                        regel.tage(),
                        regel.verschiebt(),
                        regel.abruftage(),
                        grundlage)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "bekanntgaberegel.gesetzt",
                mandant(),
                null,
                Map.of("regel", regel(regel.recht(), regel.kanal()).name(), "text", regel.text()));
    }

    /** Whether a day is a public holiday by law here; what the town keeps free by itself does not count (§ 193 BGB). */
    @Transactional(readOnly = true)
    public Predicate<LocalDate> feiertage() {
        var jahre = new HashMap<Integer, Set<LocalDate>>();
        return tag -> jahre.computeIfAbsent(tag.getYear(), this::gesetzliche).contains(tag);
    }

    private Set<LocalDate> gesetzliche(int jahr) {
        return kalender.feiertage(jahr).stream()
                .filter(Feiertag::gesetzlich)
                .map(Feiertag::tag)
                .collect(Collectors.toSet());
    }
}
