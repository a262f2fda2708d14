package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Dauerlauf;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.frist.Arbeitskalender;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.organisation.Leitungen;
import de.federwerk.organisation.Mandanten;
import de.federwerk.organisation.Stellen;
import java.sql.Date;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reminds of deadlines: the working day before, on the day a Wiedervorlage comes, when it has passed; and some working days after that tells the
 * head. Each once per round of a station. What is marked and what is told are one transaction; several nodes take different rows.
 */
@Component
class Fristwache implements SmartLifecycle {

    private static final Duration TAKT = Duration.ofMinutes(10);
    private static final Duration STILLE = Duration.ofHours(1);
    private static final int STAPEL = 200;
    /** Working days after the deadline until the head is told. */
    static final int ESKALATION = 3;

    private record Faellige(
            UUID id,
            String art,
            int runde,
            String empfaengerArt,
            UUID empfaengerId,
            String aktenzeichen,
            LocalDate faellig) {}

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Mandanten mandanten;
    private final Arbeitskalender kalender;
    private final Stellen stellen;
    private final Leitungen leitungen;
    private final Meldungen meldungen;
    private final Dauerlaeufe laeufe;
    private volatile @Nullable Dauerlauf lauf;

    Fristwache(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Mandanten mandanten,
            Arbeitskalender kalender,
            Stellen stellen,
            Leitungen leitungen,
            Meldungen meldungen,
            Dauerlaeufe laeufe) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.mandanten = mandanten;
        this.kalender = kalender;
        this.stellen = stellen;
        this.leitungen = leitungen;
        this.meldungen = meldungen;
        this.laeufe = laeufe;
    }

    @Override
    public void start() {
        lauf = laeufe.beginne("fristwache", TAKT, STILLE, this::runde);
    }

    private void runde() {
        var heute = LocalDate.now(Anzeige.ZONE);
        for (var m : mandanten.alle()) {
            Mandantenkontext.als(m.id(), () -> erinnere(heute));
        }
    }

    /** @param heute the day in the town hall */
    void erinnere(LocalDate heute) {
        while (Boolean.TRUE.equals(transaktion.execute(t -> stapel(heute)))) {
            // As long as a full batch was due.
        }
    }

    private boolean stapel(LocalDate heute) {
        var morgen = kalender.nach(heute, 1);
        var bald = nimm(
                "erinnert",
                "s.erinnert IS NULL AND s.faellig <= ? AND (s.art <> 'wiedervorlage' OR s.faellig <= heute())",
                morgen,
                heute);
        for (var f : bald) {
            boolean vorbei = f.faellig.isBefore(heute);
            personen(f)
                    .forEach(p -> meldungen.sage(
                            p,
                            vorbei ? Meldungsart.FRIST_UEBERSCHRITTEN : Meldungsart.FRIST_BALD,
                            "frist %s %d".formatted(f.id, f.runde),
                            titel(f),
                            "bis " + Anzeige.datum(f.faellig),
                            "/aufgaben/" + f.id));
        }
        var ueber =
                nimm("eskaliert", "s.eskaliert IS NULL AND s.faellig <= ?", kalender.nach(heute, -ESKALATION), heute);
        for (var f : ueber) {
            personen(f)
                    .forEach(p -> meldungen.sage(
                            p,
                            Meldungsart.FRIST_UEBERSCHRITTEN,
                            "ueberfaellig %s %d".formatted(f.id, f.runde),
                            titel(f),
                            "seit " + Anzeige.datum(f.faellig),
                            "/aufgaben/" + f.id));
            leitung(f)
                    .ifPresent(p -> meldungen.sage(
                            p,
                            Meldungsart.ESKALATION,
                            "eskalation %s %d".formatted(f.id, f.runde),
                            titel(f),
                            "überfällig seit " + Anzeige.datum(f.faellig),
                            "/leitung/aufgaben"));
        }
        return bald.size() == STAPEL || ueber.size() == STAPEL;
    }

    private static String titel(Faellige f) {
        return Stationsart.von(f.art).wort() + ", " + f.aktenzeichen;
    }

    /** Marks and returns; rows that another node has in hand are left to it. */
    private List<Faellige> nimm(String spalte, String bedingung, LocalDate bis, LocalDate heute) {
        return datenbank
                .sql("""
                UPDATE station u SET %1$s = ? FROM (
                    SELECT s.mandant_id, s.id, v.aktenzeichen FROM station s JOIN vorgang v ON v.mandant_id = s.mandant_id AND v.id = s.vorgang_id
                     WHERE s.mandant_id = ? AND s.stand = 'offen' AND s.faellig IS NOT NULL AND %2$s
                     ORDER BY s.faellig, s.id LIMIT %3$d FOR UPDATE OF s SKIP LOCKED) w
                 WHERE u.mandant_id = w.mandant_id AND u.id = w.id
                 RETURNING u.id, u.art, u.runde, u.empfaenger_art, u.empfaenger_id, w.aktenzeichen, u.faellig""".formatted(spalte, bedingung, STAPEL))
                .params(Date.valueOf(heute), mandant(), Date.valueOf(bis))
                .query(Faellige.class)
                .list();
    }

    private List<UUID> personen(Faellige f) {
        return switch (f.empfaengerArt) {
            case "person" -> List.of(f.empfaengerId);
            case "stelle" ->
                stellen.inhaber(f.empfaengerId).stream()
                        .map(Stellen.Inhaber::person)
                        .toList();
            default ->
                stellen.mitglieder(f.empfaengerId).stream()
                        .map(Stellen.Inhaber::person)
                        .toList();
        };
    }

    private Optional<UUID> leitung(Faellige f) {
        return switch (f.empfaengerArt) {
            case "einheit" -> leitungen.leitungDer(f.empfaengerId);
            case "person" -> leitungen.leitungVon(f.empfaengerId);
            default ->
                personen(f).stream()
                        .map(p -> leitungen.leitungVon(p).orElse(null))
                        .filter(Objects::nonNull)
                        .findFirst();
        };
    }

    @Override
    public void stop() {
        var laufender = lauf;
        if (laufender != null) {
            laufender.ende(Duration.ofSeconds(10));
        }
        lauf = null;
    }

    @Override
    public boolean isRunning() {
        return lauf != null;
    }
}
