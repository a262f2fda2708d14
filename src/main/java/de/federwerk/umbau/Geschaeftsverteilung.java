package de.federwerk.umbau;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.umbau.Verteilungsvergleich.Ergebnis;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The Geschäftsverteilungsplan: read from a file, looked at, taken. Between looking and taking the file is kept, and what is taken is compared
 * anew with the house in the same transaction.
 */
@Component
class Geschaeftsverteilung {

    static final int BYTES = 5 * 1024 * 1024;
    private static final int GEZEIGT = 50;

    /** @param offen whether the file is still there to be taken */
    record Plan(
            UUID id,
            String dateiname,
            String pruefsumme,
            boolean offen,
            Instant hochgeladen,
            String von,
            @Nullable Instant uebernommen,
            @Nullable String bericht) {}

    /** @param gesehen what it was made from: goes into the form, and must still hold when it is sent */
    record Vorschau(Ergebnis ergebnis, String gesehen) {}

    private final JdbcClient datenbank;
    private final Hausbestand bestand;
    private final Berechtigungen berechtigungen;
    private final Personen personen;
    private final Einmal einmal;
    private final Protokoll protokoll;

    Geschaeftsverteilung(
            JdbcClient datenbank,
            Hausbestand bestand,
            Berechtigungen berechtigungen,
            Personen personen,
            Einmal einmal,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.bestand = bestand;
        this.berechtigungen = berechtigungen;
        this.personen = personen;
        this.einmal = einmal;
        this.protokoll = protokoll;
    }

    private static final String PLAN = """
            SELECT v.id, v.dateiname, v.pruefsumme, v.inhalt IS NOT NULL AS offen, v.hochgeladen, trim(p.vorname || ' ' || p.nachname) AS von, v.uebernommen, v.bericht
              FROM verteilungsplan v JOIN person p ON p.mandant_id = v.mandant_id AND p.id = v.hochgeladen_von WHERE v.mandant_id = ?""";

    /** The newest first. */
    @Transactional(readOnly = true)
    List<Plan> alle() {
        return datenbank
                .sql(PLAN + " ORDER BY v.hochgeladen DESC, v.id DESC LIMIT " + GEZEIGT)
                .param(mandant())
                .query(Plan.class)
                .list();
    }

    @Transactional(readOnly = true)
    Plan plan(UUID id) {
        return datenbank
                .sql(PLAN + " AND v.id = ?")
                .params(mandant(), id)
                .query(Plan.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diesen Geschäftsverteilungsplan gibt es nicht."));
    }

    /**
     * Keeps a file to look at. Nothing of it holds yet.
     *
     * @throws Abgelehnt if it is too large, or no list
     */
    @Transactional
    UUID lege(Anmeldung wer, String dateiname, byte[] datei) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        if (datei.length > BYTES) {
            throw new Abgelehnt(Abgelehnt.Art.GRENZE, "Die Datei ist größer als 5 MB. Es wurde nichts übernommen.");
        }
        if (Verteilungszeile.lies(datei).isEmpty()) {
            throw Abgelehnt.eingabe("Die Liste hat außer der ersten keine Zeile.");
        }
        var id = Kennung.neu();
        var name = dateiname.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        datenbank
                .sql(
                        "UPDATE verteilungsplan SET inhalt = NULL WHERE mandant_id = ? AND inhalt IS NOT NULL AND hochgeladen < now() - interval '7 days'")
                .param(mandant())
                .update();
        datenbank
                .sql(
                        "INSERT INTO verteilungsplan (mandant_id, id, dateiname, pruefsumme, inhalt, hochgeladen_von) VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        mandant(),
                        id,
                        name.isEmpty() ? "Liste" : name.substring(0, Math.min(300, name.length())),
                        pruefsumme(datei),
                        datei,
                        wer.person())
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "geschaeftsverteilung.hochgeladen",
                id,
                null,
                Map.of("dateiname", name, "pruefsumme", pruefsumme(datei)));
        return id;
    }

    private static String pruefsumme(byte[] datei) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(datei));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What taking it now would do. @throws Abgelehnt (KONFLIKT) if the file is not there any more */
    @Transactional(readOnly = true)
    Vorschau vorschau(UUID id) {
        var plan = plan(id);
        // Before the house is read: if it changes in between, what is shown is only newer than its number.
        var gesehen = plan.pruefsumme.substring(0, 16) + "-" + rechtestand("");
        return new Vorschau(
                Verteilungsvergleich.vergleiche(bestand.lies(), Verteilungszeile.lies(inhalt(id, ""))), gesehen);
    }

    private byte[] inhalt(UUID id, String sperre) {
        return datenbank
                .sql("SELECT inhalt FROM verteilungsplan WHERE mandant_id = ? AND id = ? AND inhalt IS NOT NULL"
                        + sperre)
                .params(mandant(), id)
                .query(byte[].class)
                .optional()
                .orElseThrow(
                        () -> Abgelehnt.konflikt(
                                "Diese Datei ist nicht mehr da: Sie wurde übernommen oder ist älter als eine Woche. Bitte laden Sie sie noch einmal hoch."));
    }

    private long rechtestand(String sperre) {
        return datenbank
                .sql("SELECT stand FROM rechte_stand WHERE mandant_id = ?" + sperre)
                .param(mandant())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /**
     * Takes it. Taken twice, it is taken once.
     *
     * @param gesehen of the {@link Vorschau} that was looked at
     * @param auslassen whether refused lines are left out; else one of them is enough to take nothing
     * @param beenden whether seats end that the plan does not know
     * @throws Abgelehnt (KONFLIKT) if file, units or rights are others than those that were looked at
     */
    @Transactional
    void uebernimm(Anmeldung wer, UUID id, String gesehen, boolean auslassen, boolean beenden) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        einmal.warte(id);
        var plan = plan(id);
        if (plan.uebernommen != null) {
            return;
        }
        einmal.warte(Ausfuehrung.BAUM);
        var datei = inhalt(id, " FOR UPDATE");
        // Held: from here on nobody changes anybody's rights until this is done.
        long stand = rechtestand(" FOR UPDATE");
        if (!gesehen.equals(plan.pruefsumme.substring(0, 16) + "-" + stand)) {
            throw Abgelehnt.konflikt(
                    "Seit dieser Vorschau hat sich an Einheiten, Personen oder Rechten etwas geändert. Bitte sehen Sie die neue Vorschau an und übernehmen Sie noch einmal; es wurde nichts geändert.");
        }
        var ergebnis = Verteilungsvergleich.vergleiche(bestand.lies(), Verteilungszeile.lies(datei));
        long abgelehnte = ergebnis.zahl(Verteilungsvergleich.Art.ABGELEHNT);
        if (abgelehnte == ergebnis.zeilen().size()) {
            throw Abgelehnt.eingabe(
                    "Alle Zeilen sind abgelehnt: Es gibt nichts zu übernehmen. Bitte verbessern Sie die Datei und laden Sie sie noch einmal hoch.");
        }
        if (abgelehnte > 0 && !auslassen) {
            throw Abgelehnt.eingabe(
                    "%s abgelehnt. Verbessern Sie die Datei, oder kreuzen Sie an, dass Abgelehntes ausgelassen wird. Es wurde nichts geändert."
                            .formatted(Anzeige.anzahl(abgelehnte, "Zeile ist", "Zeilen sind")));
        }
        ergebnis.einheiten().forEach(e -> schreibe(wer, e));
        ergebnis.stellen().forEach(s -> schreibe(wer, s));
        ergebnis.besetzungen().forEach(b -> schreibe(wer, b));
        ergebnis.freigaben().forEach(f -> {
            berechtigungen.gebeFrei(
                    wer.person(),
                    "Geschäftsverteilungsplan „" + plan.dateiname.substring(0, Math.min(200, plan.dateiname.length()))
                            + "“",
                    Subjekt.STELLE,
                    f.stelle(),
                    Ziel.PLAN,
                    f.plan(),
                    f.recht());
            protokoll.schreibe(
                    wer.pseudonym(),
                    "freigabe.gegeben",
                    f.stelle(),
                    null,
                    Map.of("plan", f.plan().toString(), "recht", f.recht().name()));
        });
        int beendet = beenden ? beende(wer, ergebnis.uebrige()) : 0;
        var bericht = "%s, %s, %s und %s eingerichtet oder geändert; %s beendet, %s ausgelassen."
                .formatted(
                        Anzeige.anzahl(ergebnis.einheiten().size(), "Einheit", "Einheiten"),
                        Anzeige.anzahl(ergebnis.stellen().size(), "Stelle", "Stellen"),
                        Anzeige.anzahl(ergebnis.besetzungen().size(), "Besetzung", "Besetzungen"),
                        Anzeige.anzahl(ergebnis.freigaben().size(), "Freigabe", "Freigaben"),
                        Anzeige.anzahl(beendet, "Besetzung", "Besetzungen"),
                        Anzeige.anzahl(abgelehnte, "Zeile", "Zeilen"));
        datenbank
                .sql(
                        "UPDATE verteilungsplan SET inhalt = NULL, uebernommen = now(), uebernommen_von = ?, bericht = ? WHERE mandant_id = ? AND id = ?")
                .params(wer.person(), bericht, mandant(), id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "geschaeftsverteilung.uebernommen",
                id,
                null,
                Map.of("dateiname", plan.dateiname, "pruefsumme", plan.pruefsumme, "bericht", bericht));
    }

    private void schreibe(Anmeldung wer, Einheitenvergleich.Einheitstat e) {
        datenbank
                .sql(
                        e.neu()
                                ? "INSERT INTO einheit (ueber_id, name, mandant_id, id, kuerzel) VALUES (?, ?, ?, ?, ?)"
                                : "UPDATE einheit SET ueber_id = ?, name = ? WHERE mandant_id = ? AND id = ? AND kuerzel = ?")
                .param(e.ueber())
                .param(e.name())
                .param(mandant())
                .param(e.id())
                .param(e.kuerzel())
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                e.neu() ? "einheit.eingerichtet" : "einheit.geaendert",
                e.id(),
                null,
                Map.of(
                        "kuerzel",
                        e.kuerzel(),
                        "name",
                        e.name(),
                        "unter",
                        e.ueber() == null ? "" : e.ueber().toString()),
                "einheit");
    }

    private void schreibe(Anmeldung wer, Verteilungsvergleich.Stellentat s) {
        datenbank
                .sql(
                        s.neu()
                                ? "INSERT INTO stelle (leitung, zeichnungsbefugnis, mandant_id, id, einheit_id, bezeichnung) VALUES (?, ?, ?, ?, ?, ?)"
                                : "UPDATE stelle SET leitung = ?, zeichnungsbefugnis = ? WHERE mandant_id = ? AND id = ? AND einheit_id = ? AND bezeichnung = ?")
                .params(s.leitung(), s.befugnis(), mandant(), s.id(), s.einheit(), s.bezeichnung())
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                s.neu() ? "stelle.eingerichtet" : "stelle.geaendert",
                s.id(),
                null,
                Map.of(
                        "bezeichnung", s.bezeichnung(),
                        "leitung", String.valueOf(s.leitung()),
                        "zeichnungsbefugnis", String.valueOf(s.befugnis())),
                "stelle");
    }

    private void schreibe(Anmeldung wer, Verteilungsvergleich.Besetzung b) {
        datenbank
                .sql("INSERT INTO stellenbesetzung (mandant_id, id, stelle_id, person_id) VALUES (?, ?, ?, ?)")
                .params(mandant(), Kennung.neu(), b.stelle(), b.person())
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "stelle.besetzt",
                b.stelle(),
                null,
                Map.of("person", b.person().toString()));
    }

    private int beende(Anmeldung wer, List<Verteilungsvergleich.Uebriges> uebrige) {
        for (var u : uebrige) {
            datenbank
                    .sql(
                            "UPDATE stellenbesetzung SET gueltig_bis = greatest(clock_timestamp(), gueltig_von + interval '1 microsecond') WHERE mandant_id = ? AND id = ?")
                    .params(mandant(), u.besetzung())
                    .update();
            protokoll.schreibe(
                    wer.pseudonym(),
                    "besetzung.beendet",
                    u.stelle(),
                    null,
                    Map.of("person", u.person().toString()));
        }
        return requireNonNull(uebrige).size();
    }
}
