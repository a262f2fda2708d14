package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Requests for Auskunft: taken in, looked for, extended, answered. All of it by the role Datenschutz. */
@Component
class Ersuchenbuch {

    static final Ordnung NEUESTE_ZUERST = Ordnung.ab(Ordnung.zeit("angelegt"), Ordnung.kennung("id"));

    record Ersuchen(
            UUID id,
            Ersuchensangaben angaben,
            LocalDate frist,
            @Nullable LocalDate verlaengertBis,
            @Nullable String verlaengerungsgrund,
            @Nullable Instant identitaetAm,
            @Nullable String identitaetVon,
            @Nullable String identitaetWie,
            UUID vorgangId,
            String aktenzeichen,
            @Nullable UUID vorher,
            Instant angelegt,
            String angelegtVon,
            @Nullable Instant gesucht,
            @Nullable Instant sucht,
            List<String> luecken,
            String sucheFehler,
            @Nullable Instant erledigt,
            long offen) {

        LocalDate spaetestens() {
            return verlaengertBis == null ? frist : verlaengertBis;
        }

        long tage() {
            return ChronoUnit.DAYS.between(LocalDate.now(Anzeige.ZONE), spaetestens());
        }

        String stand() {
            return stand(offen);
        }

        /** @param offen how many are open, asked just now: what the request itself knows of it is as old as the last round of the Datenschutzwache */
        String stand(long offen) {
            if (erledigt != null) {
                return "erledigt";
            }
            if (sucht != null) {
                return "wird gesucht";
            }
            if (gesucht == null) {
                return "noch nicht gesucht";
            }
            return offen > 0 ? Anzeige.anzahl(offen, "Fundstelle", "Fundstellen") + " zu prüfen" : "geprüft";
        }
    }

    private static final String SPALTEN = """
            SELECT e.*, v.aktenzeichen AS vorgang_zeichen, trim(p.vorname || ' ' || p.nachname) AS anlegende, trim(q.vorname || ' ' || q.nachname) AS pruefende,
                   CASE WHEN e.erledigt IS NULL THEN (SELECT count(*) FROM auskunftstreffer t WHERE t.mandant_id = e.mandant_id AND t.ersuchen_id = e.id
                       AND (t.entscheid = 'offen' OR t.geaendert) AND NOT auskunft_verworfen(t)) ELSE 0 END AS offene
              FROM auskunftsersuchen e JOIN vorgang v ON v.mandant_id = e.mandant_id AND v.id = e.vorgang_id
              JOIN person p ON p.mandant_id = e.mandant_id AND p.id = e.angelegt_von
              LEFT JOIN person q ON q.mandant_id = e.mandant_id AND q.id = e.identitaet_von
             WHERE e.mandant_id = :m AND\s""";

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Vorgaenge vorgaenge;
    private final Personen personen;
    private final Protokoll protokoll;

    Ersuchenbuch(JdbcClient datenbank, Einmal einmal, Vorgaenge vorgaenge, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.vorgaenge = vorgaenge;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    /**
     * @param id chosen by the caller: sent twice, it is taken in once
     * @param vorgang in which the answer will lie; one that the person may change
     * @param vorher the request this one repeats
     * @throws Abgelehnt (RECHT) without the role, (EINGABE, KONFLIKT) if something does not fit
     */
    @Transactional
    public void nimmAuf(
            Anmeldung wer, UUID id, Ersuchensangaben angaben, @Nullable UUID vorgang, @Nullable UUID vorher) {
        personen.verlange(wer.person(), Rolle.DATENSCHUTZ);
        einmal.warte(id);
        if (finde(id).isPresent()) {
            return;
        }
        var a = angaben.geprueft();
        if (vorgang == null) {
            throw Abgelehnt.eingabe(
                    "Bitte wählen Sie den Vorgang, in dem die Auskunft abgelegt wird. Legen Sie sonst zuerst einen an.");
        }
        var ziel = vorgaenge.aenderbar(wer, vorgang);
        var eingegangen = requireNonNull(a.eingegangen());
        datenbank
                .sql("""
                INSERT INTO auskunftsersuchen (mandant_id, id, vorname, nachname, fruehere_namen, geburtsdatum, anschrift, email, telefon, aktenzeichen, suchworte,
                                               eingegangen, frist, vorgang_id, vorher_id, angelegt_von)
                VALUES (:m, :id, :vorname, :nachname, :fruehere, :geboren, :anschrift, :email, :telefon, :zeichen, :worte, :eingegangen, :frist, :vorgang, :vorher, :wer)""")
                .params(felder(a))
                .param("m", mandant())
                .param("id", id)
                .param("geboren", a.geburtsdatum(), java.sql.Types.DATE)
                .param("eingegangen", eingegangen)
                .param("frist", eingegangen.plusMonths(1))
                .param("vorgang", vorgang)
                .param("vorher", vorher, java.sql.Types.OTHER)
                .param("wer", wer.person())
                .update();
        schreibe(
                wer,
                "auskunft.aufgenommen",
                ziel.akteId(),
                vorgang,
                "Frist " + Anzeige.datum(eingegangen.plusMonths(1)));
    }

    private static Map<String, Object> felder(Ersuchensangaben a) {
        return Map.of(
                "vorname", a.vorname(),
                "nachname", a.nachname(),
                "fruehere", a.fruehereNamen(),
                "anschrift", a.anschrift(),
                "email", a.email(),
                "telefon", a.telefon(),
                "zeichen", a.aktenzeichen(),
                "worte", a.suchworte());
    }

    /**
     * By what the person is found; the day it came in and the deadline stay. What was found by other details is not searched any more.
     *
     * @throws Abgelehnt (KONFLIKT) while the house is searched by the old ones
     */
    @Transactional
    public void aendere(Anmeldung wer, UUID id, Ersuchensangaben angaben) {
        var ersuchen = offenes(wer, id);
        var a = angaben.mitEingang(ersuchen.angaben.eingegangen()).geprueft();
        if (a.equals(ersuchen.angaben)) {
            return;
        }
        int geaendert = datenbank
                .sql("""
                UPDATE auskunftsersuchen SET vorname = :vorname, nachname = :nachname, fruehere_namen = :fruehere, geburtsdatum = :geboren, anschrift = :anschrift,
                       email = :email, telefon = :telefon, aktenzeichen = :zeichen, suchworte = :worte, gesucht = NULL
                 WHERE mandant_id = :m AND id = :id AND sucht IS NULL""")
                .params(felder(a))
                .param("geboren", a.geburtsdatum(), java.sql.Types.DATE)
                .param("m", mandant())
                .param("id", id)
                .update();
        if (geaendert == 0) {
            throw Abgelehnt.konflikt(
                    "Im Haus wird gerade mit den bisherigen Angaben gesucht. Es wurde nichts geändert; bitte warten Sie, bis die Suche fertig ist.");
        }
        protokoll.schreibe(wer.pseudonym(), "auskunft.geaendert", id, null, Map.of());
    }

    /** Somebody made sure who asks: before that nothing leaves the house. */
    @Transactional
    public void bestaetigeIdentitaet(Anmeldung wer, UUID id, @Nullable String wie) {
        offenes(wer, id);
        var text = Text.zeile(wie);
        if (text.isEmpty() || text.length() > 300) {
            throw Abgelehnt.eingabe(
                    "Bitte schreiben Sie, wie die Identität geprüft wurde, zum Beispiel: Personalausweis im Bürgerbüro vorgelegt (höchstens 300 Zeichen).");
        }
        datenbank
                .sql(
                        "UPDATE auskunftsersuchen SET identitaet_am = now(), identitaet_von = ?, identitaet_wie = ? WHERE mandant_id = ? AND id = ?")
                .params(wer.person(), text, mandant(), id)
                .update();
        protokoll.schreibe(wer.pseudonym(), "auskunft.identitaet", id, null, Map.of("text", text));
    }

    /** Art. 12 (3): by two months at most, with the reason, which the person is told within the first month. */
    @Transactional
    public void verlaengere(Anmeldung wer, UUID id, @Nullable LocalDate bis, @Nullable String grund) {
        var ersuchen = offenes(wer, id);
        if (bis == null || !bis.isAfter(ersuchen.frist) || bis.isAfter(ersuchen.frist.plusMonths(2))) {
            throw Abgelehnt.eingabe("Die Frist läuft am %s ab und kann bis zum %s verlängert werden."
                    .formatted(Anzeige.datum(ersuchen.frist), Anzeige.datum(ersuchen.frist.plusMonths(2))));
        }
        if (LocalDate.now(Anzeige.ZONE).isAfter(ersuchen.frist)) {
            throw Abgelehnt.konflikt(
                    "Der erste Monat ist vorbei: Verlängern geht nur, solange die Person darüber noch rechtzeitig unterrichtet werden kann.");
        }
        var text = Text.grund(grund, "Bitte schreiben Sie, warum ein Monat nicht reicht");
        datenbank
                .sql(
                        "UPDATE auskunftsersuchen SET verlaengert_bis = ?, verlaengerungsgrund = ? WHERE mandant_id = ? AND id = ?")
                .params(bis, text, mandant(), id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(), "auskunft.verlaengert", id, null, Map.of("text", Anzeige.datum(bis), "grund", text));
    }

    /** Closed, after the answer was given, or because there is none to give. */
    @Transactional
    public void erledige(Anmeldung wer, UUID id, @Nullable String wie) {
        offenes(wer, id);
        var text = Text.grund(wie, "Bitte schreiben Sie, womit das Ersuchen erledigt ist");
        datenbank
                .sql("UPDATE auskunftsersuchen SET erledigt = now(), erledigt_von = ? WHERE mandant_id = ? AND id = ?")
                .params(wer.person(), mandant(), id)
                .update();
        protokoll.schreibe(wer.pseudonym(), "auskunft.erledigt", id, null, Map.of("text", text));
    }

    /** @throws Abgelehnt (KONFLIKT) if it is closed */
    Ersuchen offenes(Anmeldung wer, UUID id) {
        var ersuchen = ersuchen(wer, id);
        if (ersuchen.erledigt != null) {
            throw Abgelehnt.konflikt("Dieses Ersuchen ist erledigt. Für eine neue Auskunft wiederholen Sie es.");
        }
        return ersuchen;
    }

    /** @throws Abgelehnt (RECHT) without the role @throws NichtGefunden if there is none */
    @Transactional(readOnly = true)
    public Ersuchen ersuchen(Anmeldung wer, UUID id) {
        personen.verlange(wer.person(), Rolle.DATENSCHUTZ);
        return finde(id).orElseThrow(() -> new NichtGefunden("Dieses Ersuchen gibt es nicht."));
    }

    /** Somebody for whom something is done in the background. */
    @Transactional(readOnly = true)
    public Anmeldung anmeldung(UUID person) {
        return datenbank
                .sql(
                        "SELECT pseudonym, trim(vorname || ' ' || nachname) AS name FROM person WHERE mandant_id = ? AND id = ?")
                .params(mandant(), person)
                .query((z, nr) ->
                        new Anmeldung(mandant(), person, z.getObject("pseudonym", UUID.class), z.getString("name")))
                .single();
    }

    /** For who is to look at something found for it: the caller has made sure. */
    @Transactional(readOnly = true)
    public Ersuchen gelesen(UUID id) {
        return finde(id).orElseThrow(() -> new NichtGefunden("Dieses Ersuchen gibt es nicht."));
    }

    /** For whoever was asked before whether she may know. */
    Optional<Ersuchen> finde(UUID id) {
        return datenbank
                .sql(SPALTEN + "e.id = :id")
                .param("m", mandant())
                .param("id", id)
                .query((z, nr) -> lies(z))
                .optional();
    }

    /** The latest first. */
    @Transactional(readOnly = true)
    public Seite<Ersuchen> liste(Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                e -> List.of(e.angelegt, e.id),
                (stelle, hoechstens) -> datenbank
                        .sql(SPALTEN + NEUESTE_ZUERST.bedingung("e", stelle) + " ORDER BY "
                                + NEUESTE_ZUERST.folge("e", stelle) + " LIMIT :hoechstens")
                        .param("m", mandant())
                        .param("hoechstens", hoechstens)
                        .params(NEUESTE_ZUERST.parameter(stelle))
                        .query((z, nr) -> lies(z))
                        .list());
    }

    /** What was asked for at the last search. */
    @Transactional(readOnly = true)
    public List<Haussuche.Frage> fragen(UUID ersuchen) {
        return datenbank
                .sql(
                        "SELECT worte, treffer, uebernommen FROM auskunftssuche WHERE mandant_id = ? AND ersuchen_id = ? ORDER BY platz")
                .params(mandant(), ersuchen)
                .query(Haussuche.Frage.class)
                .list();
    }

    private static Ersuchen lies(ResultSet z) throws SQLException {
        return new Ersuchen(
                z.getObject("id", UUID.class),
                new Ersuchensangaben(
                        z.getString("vorname"),
                        z.getString("nachname"),
                        z.getString("fruehere_namen"),
                        z.getObject("geburtsdatum", LocalDate.class),
                        z.getString("anschrift"),
                        z.getString("email"),
                        z.getString("telefon"),
                        z.getString("aktenzeichen"),
                        z.getString("suchworte"),
                        z.getObject("eingegangen", LocalDate.class)),
                z.getObject("frist", LocalDate.class),
                z.getObject("verlaengert_bis", LocalDate.class),
                z.getString("verlaengerungsgrund"),
                zeit(z, "identitaet_am"),
                z.getString("pruefende"),
                z.getString("identitaet_wie"),
                z.getObject("vorgang_id", UUID.class),
                z.getString("vorgang_zeichen"),
                z.getObject("vorher_id", UUID.class),
                z.getTimestamp("angelegt").toInstant(),
                z.getString("anlegende"),
                zeit(z, "gesucht"),
                zeit(z, "sucht"),
                z.getString("luecken").lines().toList(),
                z.getString("suche_fehler"),
                zeit(z, "erledigt"),
                z.getLong("offene"));
    }

    private static @Nullable Instant zeit(ResultSet z, String spalte) throws SQLException {
        var zeit = z.getTimestamp(spalte);
        return zeit == null ? null : zeit.toInstant();
    }

    private void schreibe(Anmeldung wer, String handlung, UUID akte, UUID vorgang, String text) {
        protokoll.schreibe(wer.pseudonym(), handlung, vorgang, akte, Map.of("text", text));
    }
}
