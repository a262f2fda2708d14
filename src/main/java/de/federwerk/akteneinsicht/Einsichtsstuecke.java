package de.federwerk.akteneinsicht;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.organisation.Anmeldung;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The Dokumente of an Akteneinsicht and what becomes of each: shown, withheld, replaced by a redacted copy, not part of it. */
@Component
class Einsichtsstuecke {

    static final int JE_SEITE = 50;
    private static final int GRUND = 500;
    static final Ordnung WIE_IN_DER_AKTE =
            Ordnung.auf(Ordnung.text("ordnung"), Ordnung.zahl("gruppe"), Ordnung.zahl("nummer"), Ordnung.kennung("id"));

    record Stueck(
            UUID id,
            String vorgang,
            String ordnung,
            int gruppe,
            int nummer,
            String titel,
            String dokumentart,
            @Nullable Integer seiten,
            String wie,
            String grund,
            @Nullable Integer ersatzNummer) {

        List<Object> schluessel() {
            return List.of(ordnung, (long) gruppe, (long) nummer, id);
        }
    }

    /** What a person wants of one Dokument. @param ersatz number of another Dokument of the same Vorgang, as it was typed */
    record Wunsch(UUID dokument, String wie, String grund, String ersatz) {}

    private static final String AUSWAHL = """
         FROM (SELECT s.mandant_id, s.akteneinsicht_id, d.id, v.aktenzeichen AS vorgang, v.ordnung, d.gruppe, d.nummer, d.titel, d.dokumentart, d.vorgang_id,
                      d.akte_id, d.schutzbereich_id, s.wie, s.grund, s.ersatz_id
                 FROM einsichtsstueck s
                 JOIN akteneinsicht e ON e.mandant_id = s.mandant_id AND e.id = s.akteneinsicht_id
                 JOIN dokument d ON d.mandant_id = s.mandant_id AND d.id = s.dokument_id AND d.akte_id = e.akte_id
                 JOIN vorgang v ON v.mandant_id = d.mandant_id AND v.id = d.vorgang_id
                WHERE s.mandant_id = :m AND s.akteneinsicht_id = :einsicht) x
        WHERE\s""";

    private final JdbcClient datenbank;
    private final Akteneinsichten einsichten;
    private final Berechtigungen berechtigungen;

    Einsichtsstuecke(JdbcClient datenbank, Akteneinsichten einsichten, Berechtigungen berechtigungen) {
        this.datenbank = datenbank;
        this.einsichten = einsichten;
        this.berechtigungen = berechtigungen;
    }

    @Transactional(readOnly = true)
    public Seite<Stueck> in(Sicht sicht, UUID einsicht, Stelle ab) {
        return Seite.lies(
                ab,
                JE_SEITE,
                Stueck::schluessel,
                (stelle, hoechstens) -> datenbank
                        .sql("""
                                SELECT x.id, x.vorgang, x.ordnung, x.gruppe, x.nummer, x.titel, x.dokumentart, f.seiten, x.wie, x.grund, e.nummer AS ersatz_nummer
                                  FROM (SELECT x.*""" + AUSWAHL + WIE_IN_DER_AKTE.bedingung("x", stelle) + " AND "
                                + sicht.aufDokument("x") + " ORDER BY " + WIE_IN_DER_AKTE.folge("x", stelle)
                                + " LIMIT :hoechstens) x" + """

                                 LEFT JOIN dokument e ON e.mandant_id = x.mandant_id AND e.id = x.ersatz_id
                                 JOIN LATERAL (SELECT datei_id FROM version n WHERE n.mandant_id = x.mandant_id AND n.dokument_id = x.id ORDER BY nummer DESC LIMIT 1) n ON true
                                 JOIN datei f ON f.mandant_id = x.mandant_id AND f.id = n.datei_id
                                ORDER BY\s""" + WIE_IN_DER_AKTE.folge("x", stelle))
                        .param("m", mandant())
                        .param("einsicht", einsicht)
                        .param("hoechstens", hoechstens)
                        .params(WIE_IN_DER_AKTE.parameter(stelle))
                        .params(sicht.parameter())
                        .query(Stueck.class)
                        .list());
    }

    /** How many of each kind this person sees, by kind. */
    @Transactional(readOnly = true)
    public Map<String, Anzahl> anzahl(Sicht sicht, UUID einsicht) {
        record Zahl(String wie, long anzahl) {}
        return datenbank
                .sql("SELECT x.wie, count(*) AS anzahl" + AUSWAHL + sicht.aufDokument("x") + " GROUP BY x.wie")
                .param("m", mandant())
                .param("einsicht", einsicht)
                .params(sicht.parameter())
                .query(Zahl.class)
                .stream()
                .collect(Collectors.toMap(Zahl::wie, z -> Anzahl.genau(z.anzahl)));
    }

    /**
     * Keeps what was chosen, all of it or nothing.
     *
     * @throws Abgelehnt (EINGABE) with what is missing where, (KONFLIKT) if it is being made already
     */
    @Transactional
    public void waehle(Anmeldung wer, UUID einsicht, List<Wunsch> wuensche) {
        halteEntwurf(wer, einsicht);
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        for (var wunsch : wuensche) {
            setze(sicht, einsicht, wunsch);
        }
    }

    /** What lies in another Akte by now is no part of it; a redacted copy that does is none any more. */
    @Transactional
    public void streicheVerlegte(Anmeldung wer, UUID einsicht) {
        halteEntwurf(wer, einsicht);
        datenbank.sql("""
                    UPDATE einsichtsstueck s SET wie = 'ausgelassen', grund = '', ersatz_id = NULL
                      FROM akteneinsicht e, dokument d
                     WHERE s.mandant_id = :m AND s.akteneinsicht_id = :einsicht AND e.mandant_id = :m AND e.id = :einsicht AND d.mandant_id = :m
                       AND d.id IN (s.dokument_id, s.ersatz_id) AND d.akte_id <> e.akte_id AND s.wie <> 'ausgelassen'""").param("m", mandant()).param("einsicht", einsicht).update();
    }

    /**
     * The same for all Dokumente that this person sees in it and gave no reason for; what is withheld or replaced stays so.
     *
     * @param wie {@code vorgelegt} or {@code ausgelassen}
     */
    @Transactional
    public void alle(Anmeldung wer, UUID einsicht, String wie) {
        halteEntwurf(wer, einsicht);
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        datenbank
                .sql("""
                    UPDATE einsichtsstueck s SET wie = :wie
                      FROM dokument d
                     WHERE s.mandant_id = :m AND s.akteneinsicht_id = :einsicht AND s.wie IN ('vorgelegt', 'ausgelassen') AND d.mandant_id = s.mandant_id AND d.id = s.dokument_id AND\s""" + sicht.aufDokument("d"))
                .param("wie", wie.equals("ausgelassen") ? "ausgelassen" : "vorgelegt")
                .param("m", mandant())
                .param("einsicht", einsicht)
                .params(sicht.parameter())
                .update();
    }

    private void halteEntwurf(Anmeldung wer, UUID id) {
        einsichten.einsicht(wer, id);
        boolean entwurf = datenbank
                .sql("SELECT stand = 'entwurf' FROM akteneinsicht WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), id)
                .query(Boolean.class)
                .single();
        if (!entwurf) {
            throw Abgelehnt.konflikt(
                    "Diese Akteneinsicht wird schon erstellt oder ist fertig; die Auswahl lässt sich nicht mehr"
                            + " ändern.");
        }
    }

    private record Lage(int nummer, String titel, UUID vorgangId) {}

    private void setze(Sicht sicht, UUID einsicht, Wunsch wunsch) {
        var lage = datenbank
                .sql("SELECT x.nummer, x.titel, x.vorgang_id" + AUSWAHL + "x.id = :dokument AND "
                        + sicht.aufDokument("x"))
                .param("m", mandant())
                .param("einsicht", einsicht)
                .param("dokument", wunsch.dokument)
                .params(sicht.parameter())
                .query(Lage.class)
                .optional()
                .orElse(null);
        if (lage == null) {
            return;
        }
        var grund = Einsichtsangaben.einzeilig(wunsch.grund);
        boolean begruendet = wunsch.wie.equals("zurueckgehalten") || wunsch.wie.equals("ersetzt");
        if (begruendet && (grund.isEmpty() || grund.length() > GRUND)) {
            throw Abgelehnt.eingabe(
                    "Nr. %d „%s“: Bitte geben Sie den Grund an (bis %d Zeichen). Es wurde nichts gespeichert."
                            .formatted(lage.nummer, lage.titel, GRUND));
        }
        var ersatz = wunsch.wie.equals("ersetzt") ? ersatz(sicht, wunsch, lage) : null;
        datenbank
                .sql("""
                    UPDATE einsichtsstueck SET wie = ?, grund = ?, ersatz_id = ? WHERE mandant_id = ? AND akteneinsicht_id = ? AND dokument_id = ?""")
                .param(
                        switch (wunsch.wie) {
                            case "zurueckgehalten", "ersetzt", "ausgelassen" -> wunsch.wie;
                            default -> "vorgelegt";
                        })
                .param(begruendet ? grund : "")
                .param(ersatz)
                .param(mandant())
                .param(einsicht)
                .param(wunsch.dokument)
                .update();
    }

    private UUID ersatz(Sicht sicht, Wunsch wunsch, Lage lage) {
        var getippt = wunsch.ersatz.strip();
        var gefunden = getippt.matches("\\d{1,9}")
                ? datenbank
                        .sql("SELECT d.id FROM dokument d WHERE d.mandant_id = :m AND d.vorgang_id = :vorgang AND"
                                + " d.nummer = :nummer AND d.id <> :dokument AND "
                                + sicht.aufDokument("d"))
                        .param("m", mandant())
                        .param("vorgang", lage.vorgangId)
                        .param("nummer", Integer.parseInt(getippt))
                        .param("dokument", wunsch.dokument)
                        .params(sicht.parameter())
                        .query(UUID.class)
                        .optional()
                : java.util.Optional.<UUID>empty();
        return gefunden.orElseThrow(() -> Abgelehnt.eingabe(
                "Nr. %d „%s“: Bitte nennen Sie die Nummer der geschwärzten Fassung; sie muss ein anderes Dokument desselben Vorgangs sein. Es wurde nichts gespeichert."
                        .formatted(lage.nummer, lage.titel)));
    }

    static String feld(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
