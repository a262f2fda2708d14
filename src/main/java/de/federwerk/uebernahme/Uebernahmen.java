package de.federwerk.uebernahme;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Einschraenkungen;
import de.federwerk.akte.Stapelablage;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Mandanten;
import de.federwerk.organisation.Personen;
import de.federwerk.protokoll.Protokoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries out Übernahmen, one per folder at a time, and remembers them. */
@Component
public class Uebernahmen {

    private static final Logger LOG = LoggerFactory.getLogger(Uebernahmen.class);
    private static final String KONTO = "federwerk-uebernahme";
    private static final DateTimeFormatter STEMPEL = DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmmss");

    /** An Übernahme that runs in this program. */
    private record Laufend(UUID mandant, Path ordner, String name) {}

    private record Bekannt(UUID id, String ordner) {}

    private final Path berichte;
    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Blobs blobs;
    private final Aktenplan plan;
    private final Einheiten einheiten;
    private final Personen personen;
    private final Mandanten mandanten;
    private final Stapelablage ablage;
    private final Einschraenkungen einschraenkungen;
    private final Protokoll protokoll;
    private final Set<Laufend> laufende = ConcurrentHashMap.newKeySet();

    Uebernahmen(
            @Value("${federwerk.daten}") Path daten,
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Blobs blobs,
            Aktenplan plan,
            Einheiten einheiten,
            Personen personen,
            Mandanten mandanten,
            Stapelablage ablage,
            Einschraenkungen einschraenkungen,
            Protokoll protokoll) {
        this.berichte = daten.resolve("uebernahmen");
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.blobs = blobs;
        this.plan = plan;
        this.einheiten = einheiten;
        this.personen = personen;
        this.mandanten = mandanten;
        this.ablage = ablage;
        this.einschraenkungen = einschraenkungen;
        this.protokoll = protokoll;
    }

    /** Those that ran when the program was killed: the same command goes on with them. Before anybody can begin a new one. */
    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void nachDemStart() {
        for (var mandant : mandanten.alle()) {
            Mandantenkontext.als(
                    mandant.id(),
                    () -> transaktion.executeWithoutResult(t -> datenbank
                            .sql(
                                    "UPDATE uebernahme SET stand = 'unterbrochen', meldung = 'Das Programm wurde währenddessen beendet.' WHERE mandant_id = ? AND stand = 'laeuft'")
                            .param(mandant.id())
                            .update()));
        }
    }

    /**
     * Carries it out until its end.
     *
     * @param kuerzel of the Mandant; empty = the first
     * @return 0 = everything is there, 1 = some files need somebody to look at them, 2 = it could not begin or had to stop
     */
    public int fuehreAus(String kuerzel, Uebernahmeauftrag auftrag, Ausgabe ausgabe) {
        var mandant = mandanten.alle().stream()
                .filter(m -> kuerzel.isEmpty() || m.kuerzel().equals(kuerzel))
                .findFirst();
        if (mandant.isEmpty()) {
            ausgabe.zeile(
                    kuerzel.isEmpty()
                            ? "Es gibt noch keinen Mandanten."
                            : "Den Mandanten „" + kuerzel + "“ gibt es nicht; möglich sind: "
                                    + String.join(
                                            ", ",
                                            mandanten.alle().stream()
                                                    .map(Mandanten.Mandant::kuerzel)
                                                    .toList())
                                    + ".");
            return 2;
        }
        var laufend = new Laufend(mandant.get().id(), auftrag.ordner(), auftrag.name());
        synchronized (laufende) {
            var andere = laufende.stream()
                    .filter(l -> l.ordner.startsWith(auftrag.ordner())
                            || auftrag.ordner().startsWith(l.ordner)
                            || l.mandant.equals(laufend.mandant) && l.name.equals(laufend.name))
                    .findFirst();
            if (andere.isPresent()) {
                ausgabe.zeile("Der Ordner " + andere.get().ordner
                        + " wird gerade schon übernommen. Zwei Übernahmen desselben Ordners zugleich gibt es nicht; diese wurde nicht"
                        + " begonnen.");
                return 2;
            }
            laufende.add(laufend);
        }
        try {
            return Mandantenkontext.als(laufend.mandant, () -> fuehreAus(auftrag, ausgabe));
        } finally {
            laufende.remove(laufend);
        }
    }

    private int fuehreAus(Uebernahmeauftrag auftrag, Ausgabe ausgabe) {
        var tabelle = auftrag.tabelle();
        try (var gelesen = tabelle == null ? null : new Uebernahmetabelle(tabelle, auftrag.ordner())) {
            return fuehreAus(auftrag, gelesen, ausgabe);
        } catch (Abgelehnt | Abbruch e) {
            ausgabe.zeile(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.error("Übernahme von {} gescheitert", auftrag.ordner(), e);
            ausgabe.zeile(
                    "Die Übernahme ist an einem unerwarteten Fehler gescheitert (Einzelheiten: protokolle/federwerk.log). Was bis dahin"
                            + " übernommen wurde, ist sicher; derselbe Befehl macht dort weiter.");
        }
        return 2;
    }

    private int fuehreAus(Uebernahmeauftrag auftrag, @Nullable Uebernahmetabelle tabelle, Ausgabe ausgabe) {
        var planleser = lesend(() -> new Planleser(plan.baum()));
        if (planleser.leer()) {
            throw new Abbruch(
                    "Es gibt noch keinen Aktenplan. Bitte laden Sie ihn zuerst unter Verwaltung, Aktenplan; erst unter seinen Positionen gibt es Akten.");
        }
        var zustaendigkeit = lesend(() -> new Zustaendigkeit(datenbank, einheiten, auftrag.einheit()));
        if (!auftrag.einheit().isEmpty()
                && zustaendigkeit.mitKuerzel(auftrag.einheit()).isEmpty()) {
            throw new Abbruch("Die Einheit „" + auftrag.einheit() + "“ gibt es nicht.");
        }
        var zuordnung = new Zuordnung(datenbank, transaktion, auftrag, tabelle, planleser, zustaendigkeit);
        @Nullable UUID id = auftrag.probe() ? bekannte(auftrag) : beginne(auftrag);
        try (var bericht = new Bericht(berichte.resolve(
                (auftrag.probe() ? "probe-" : "uebernahme-") + STEMPEL.format(LocalDateTime.now(Anzeige.ZONE)) + "-"
                        + Kennung.neu().toString().substring(24) + ".csv"))) {
            var lauf = new Lauf(
                    datenbank, transaktion, blobs, auftrag, tabelle, zuordnung, bericht, ausgabe, id, stand -> {
                        if (id != null && !auftrag.probe()) {
                            merke(id, "laeuft", stand, bericht, null);
                        }
                    });
            if (auftrag.probe()) {
                lauf.gehe(null);
            } else {
                var uebernahme = java.util.Objects.requireNonNull(id);
                var konto = konto();
                merke(uebernahme, "laeuft", lauf.stand, bericht, null);
                try {
                    lauf.gehe(new Eintragung(datenbank, ablage, einschraenkungen, konto, uebernahme));
                    beende(uebernahme, konto, lauf.stand, bericht);
                } catch (RuntimeException e) {
                    gescheitert(uebernahme, lauf.stand, bericht, ausgabe.abgebrochen(), e);
                    throw e;
                }
            }
            ausgabe.zeile(lauf.stand.bilanz(auftrag.probe()) + ".");
            ausgabe.zeile("Bericht: " + bericht.datei());
            return lauf.stand.probleme.get() > 0 ? 1 : 0;
        }
    }

    private <T> T lesend(java.util.function.Supplier<T> arbeit) {
        return java.util.Objects.requireNonNull(transaktion.execute(t -> arbeit.get()));
    }

    private @Nullable UUID bekannte(Uebernahmeauftrag auftrag) {
        return lesend(() -> datenbank
                        .sql("SELECT id FROM uebernahme WHERE mandant_id = ? AND schluessel = ?")
                        .params(mandant(), Kennwert.von(auftrag.name()))
                        .query(UUID.class)
                        .optional())
                .orElse(null);
    }

    /** Goes on with the one of this name, or begins a new one. @throws Abbruch if its files belong to another one already */
    private UUID beginne(Uebernahmeauftrag auftrag) {
        return lesend(() -> {
            var bekannt = datenbank
                    .sql("SELECT id, ordner FROM uebernahme WHERE mandant_id = ? AND schluessel = ?")
                    .params(mandant(), Kennwert.von(auftrag.name()))
                    .query(Bekannt.class)
                    .optional();
            if (bekannt.isPresent()) {
                datenbank
                        .sql(
                                "UPDATE uebernahme SET ordner = ?, tabelle = ?, lauf_begonnen = now() WHERE mandant_id = ? AND id = ?")
                        .param(auftrag.ordner().toString())
                        .param(text(auftrag.tabelle()))
                        .param(mandant())
                        .param(bekannt.get().id)
                        .update();
                return bekannt.get().id;
            }
            datenbank
                    .sql("SELECT id, ordner FROM uebernahme WHERE mandant_id = ? AND dokumente > 0 LIMIT 10000")
                    .param(mandant())
                    .query(Bekannt.class)
                    .list()
                    .forEach(andere -> pruefeUeberschneidung(auftrag, Path.of(andere.ordner)));
            var id = Kennung.neu();
            var konto = konto();
            datenbank
                    .sql(
                            "INSERT INTO uebernahme (mandant_id, id, schluessel, name, ordner, tabelle, person_id, stand) VALUES (?, ?, ?, ?, ?, ?, ?, 'laeuft')")
                    .param(mandant())
                    .param(id)
                    .param(Kennwert.von(auftrag.name()))
                    .param(auftrag.name())
                    .param(auftrag.ordner().toString())
                    .param(text(auftrag.tabelle()))
                    .param(konto.person())
                    .update();
            protokoll.schreibe(
                    konto.pseudonym(),
                    "uebernahme.begonnen",
                    id,
                    null,
                    Map.of("name", auftrag.name(), "ordner", auftrag.ordner().toString()));
            return id;
        });
    }

    private static void pruefeUeberschneidung(Uebernahmeauftrag auftrag, Path anderer) {
        boolean gleicherName = auftrag.name().equals(auftrag.ordner().toString());
        if (gleicherName
                && (anderer.startsWith(auftrag.ordner()) || auftrag.ordner().startsWith(anderer))) {
            throw new Abbruch("Aus " + anderer
                    + " wurde schon etwas übernommen; seine Dateien kämen ein zweites Mal. Begonnen wurde nichts. Ist das gewollt, geben"
                    + " Sie dieser Übernahme mit --name einen eigenen Namen.");
        }
    }

    private static @Nullable String text(@Nullable Path pfad) {
        return pfad == null ? null : pfad.toString();
    }

    /** The technical account that stands in the Protokoll; nobody can sign in with it. */
    private Anmeldung konto() {
        return lesend(() -> {
            var da = anmeldung();
            if (da == null) {
                personen.nimmAuf(Protokoll.PROGRAMM, KONTO, "", "Übernahme", null, true);
                da = anmeldung();
            }
            return java.util.Objects.requireNonNull(da);
        });
    }

    private @Nullable Anmeldung anmeldung() {
        return datenbank
                .sql(
                        "SELECT mandant_id AS mandant, id AS person, pseudonym, nachname AS name FROM person WHERE mandant_id = ? AND anmeldename = ? AND art = 'technisch'")
                .params(mandant(), KONTO)
                .query(Anmeldung.class)
                .optional()
                .orElse(null);
    }

    private void merke(UUID id, String stand, Stand zahlen, Bericht bericht, @Nullable String meldung) {
        transaktion.executeWithoutResult(t -> datenbank
                .sql("""
                UPDATE uebernahme SET stand = ?, gefunden = ?, gefunden_bytes = ?, bearbeitet = ?, ausgelassen = ?, probleme = ?, bericht = ?, meldung = ?,
                       zuletzt = now() WHERE mandant_id = ? AND id = ?""")
                .param(stand)
                .param(zahlen.gefunden.get())
                .param(zahlen.gefundenBytes.get())
                .param(zahlen.bearbeitet.get())
                .param(zahlen.ausgelassen.get())
                .param(zahlen.probleme.get())
                .param(String.valueOf(bericht.datei().getFileName()))
                .param(meldung)
                .param(mandant())
                .param(id)
                .update());
    }

    private void beende(UUID id, Anmeldung konto, Stand stand, Bericht bericht) {
        bericht.sichere();
        transaktion.executeWithoutResult(t -> {
            merke(id, "fertig", stand, bericht, null);
            protokoll.schreibe(
                    konto.pseudonym(),
                    "uebernahme.beendet",
                    id,
                    null,
                    Map.of(
                            "dokumente", String.valueOf(stand.uebernommen.get()),
                            "probleme", String.valueOf(stand.probleme.get()),
                            "bericht", String.valueOf(bericht.datei().getFileName())),
                    "uebernahme");
        });
    }

    private void gescheitert(UUID id, Stand stand, Bericht bericht, boolean gewollt, RuntimeException grund) {
        try {
            bericht.sichere();
            merke(
                    id,
                    gewollt ? "unterbrochen" : "gescheitert",
                    stand,
                    bericht,
                    grund instanceof Abbruch || grund instanceof Abgelehnt
                            ? grund.getMessage()
                            : "Unerwarteter Fehler, siehe protokolle/federwerk.log");
        } catch (RuntimeException auchDas) {
            // The database may be what failed: then the next start finds it as interrupted.
            LOG.warn("Der Stand der Übernahme {} ließ sich nicht festhalten", id, auchDas);
        }
    }

    /** The newest report of an Übernahme of this Mandant. The name comes from a row whose form the database checks: no path leads out. */
    @Transactional(readOnly = true)
    Optional<Path> bericht(UUID id) {
        return datenbank
                .sql("SELECT bericht FROM uebernahme WHERE mandant_id = ? AND id = ? AND bericht IS NOT NULL")
                .params(mandant(), id)
                .query(String.class)
                .optional()
                .map(berichte::resolve)
                .filter(Files::isRegularFile);
    }
}
