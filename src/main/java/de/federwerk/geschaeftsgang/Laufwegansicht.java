package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.berechtigung.Gelesenes;
import de.federwerk.berechtigung.Gelesenes.Gegenstand;
import de.federwerk.berechtigung.Sicht;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The Laufwege of a Vorgang as people read them: where it stands, who decided what, about which Version. */
@Component
class Laufwegansicht {

    /** The latest so many of a Vorgang. */
    private static final int HOECHSTENS = 20;

    /** @param fuehrt whether the person who looks may change it */
    record Weg(
            UUID id,
            UUID vorgangId,
            @Nullable UUID dokumentId,
            @Nullable String dokument,
            String titel,
            String stand,
            boolean erneuern,
            Instant begonnen,
            String von,
            boolean fuehrt,
            Schutz schutz,
            List<Halt> halte) {

        /** Its Vorgang and Dokument are shown, on a page of their own and not as a line of a list. */
        void geoeffnet(Sicht sicht) {
            Gelesenes.merke(sicht, Gegenstand.VORGANG, vorgangId, schutz.akte, schutz.vorgang);
            if (dokumentId != null && schutz.dokument != null) {
                Gelesenes.merke(sicht, Gegenstand.DOKUMENT, dokumentId, schutz.akte, schutz.dokument);
            }
        }

        boolean laeuft() {
            return stand.equals("laeuft");
        }

        /** How it ended. */
        String ende() {
            return switch (stand) {
                case "abgeschlossen" -> "Abgeschlossen";
                case "abgelehnt" -> "Abgelehnt";
                case "zurueckgeholt" -> "Zurückgeholt";
                default -> "Unterwegs";
            };
        }

        long fertig() {
            return halte.stream()
                    .filter(h -> h.zuEnde() && h.was() != Stationsart.ENTWURF)
                    .count();
        }

        long stationen() {
            return halte.stream().filter(h -> h.was() != Stationsart.ENTWURF).count();
        }

        /** Those that run beside one another are drawn together. */
        boolean nebeneinander(Halt halt) {
            return halte.stream().anyMatch(h -> h.block() == halt.block() && h.zweig() != halt.zweig());
        }
    }

    /** Where Vorgang and Dokument lie. */
    record Schutz(UUID akte, int vorgang, @Nullable Integer dokument) {}

    record Halt(
            UUID id,
            int block,
            int zweig,
            String art,
            String auftrag,
            String empfaenger,
            boolean persoenlich,
            String stand,
            int runde,
            @Nullable LocalDate faellig,
            @Nullable Instant offenSeit,
            @Nullable String genommen,
            List<Vermerk> vermerke) {

        Stationsart was() {
            return Stationsart.von(art);
        }

        boolean zuEnde() {
            return !stand.equals("wartet") && !stand.equals("offen");
        }

        boolean offen() {
            return stand.equals("offen");
        }
    }

    /**
     * A Verfügungsvermerk.
     *
     * @param version number of the Version it is about; null if it is about the Vorgang
     * @param nichtig whether a newer Version has made it void
     */
    record Vermerk(
            UUID stationId,
            String ergebnis,
            String bemerkung,
            Instant zeit,
            String wer,
            @Nullable String fuer,
            String zusatz,
            @Nullable Integer version,
            boolean nichtig) {

        /** {@code gezeichnet i. V. für Karin Ahrens (Version 2)} */
        String inWorten() {
            return Ergebnis.von(ergebnis).wort()
                    + (zusatz.isEmpty() ? "" : " " + zusatz)
                    + (fuer == null ? "" : " für " + fuer)
                    + (version == null ? "" : " (Version " + version + ")");
        }
    }

    private record Zeile(
            UUID laufwegId,
            UUID id,
            int block,
            int zweig,
            String art,
            String auftrag,
            String empfaengerArt,
            UUID empfaengerId,
            boolean persoenlich,
            String stand,
            int runde,
            @Nullable LocalDate faellig,
            @Nullable Instant offenSeit,
            @Nullable String genommen) {}

    private record Kopf(
            UUID id,
            UUID vorgangId,
            @Nullable UUID dokumentId,
            @Nullable String dokument,
            String titel,
            String stand,
            boolean erneuern,
            Instant begonnen,
            String von,
            boolean fuehrt,
            UUID akteId,
            int schutzbereich,
            @Nullable Integer dokumentSchutzbereich) {}

    private final JdbcClient datenbank;
    private final Empfaengerkreis kreis;

    Laufwegansicht(JdbcClient datenbank, Empfaengerkreis kreis) {
        this.datenbank = datenbank;
        this.kreis = kreis;
    }

    /** Those of a Vorgang, running ones first, then the newest. */
    @Transactional(readOnly = true)
    List<Weg> in(Sicht sicht, UUID vorgang) {
        return wege(sicht, "l.vorgang_id = :was", vorgang);
    }

    @Transactional(readOnly = true)
    Optional<Weg> finde(Sicht sicht, UUID laufweg) {
        return wege(sicht, "l.id = :was", laufweg).stream().findFirst();
    }

    private List<Weg> wege(Sicht sicht, String bedingung, UUID was) {
        var koepfe = datenbank
                .sql("""
                SELECT l.id, l.vorgang_id, l.dokument_id, d.titel AS dokument, l.titel, l.stand, l.neue_version = 'erneuern' AS erneuern, l.begonnen,
                       trim(p.vorname || ' ' || p.nachname) AS von, coalesce(:wer IN (l.begonnen_von, v.bearbeiter_id), false) AS fuehrt,
                       v.akte_id, v.schutzbereich_id AS schutzbereich, d.schutzbereich_id AS dokument_schutzbereich
                  FROM laufweg l JOIN vorgang v ON v.mandant_id = l.mandant_id AND v.id = l.vorgang_id
                  JOIN person p ON p.mandant_id = l.mandant_id AND p.id = l.begonnen_von
                  LEFT JOIN dokument d ON d.mandant_id = l.mandant_id AND d.id = l.dokument_id
                 WHERE l.mandant_id = :m AND %s AND %s ORDER BY l.stand <> 'laeuft', l.begonnen DESC, l.id LIMIT %d""".formatted(bedingung, sicht.aufVorgang("v"), HOECHSTENS))
                .param("m", mandant())
                .param("wer", sicht.person())
                .param("was", was)
                .params(sicht.parameter())
                .query(Kopf.class)
                .list();
        if (koepfe.isEmpty()) {
            return List.of();
        }
        var ids = koepfe.stream().map(k -> k.id.toString()).collect(Collectors.joining(",", "{", "}"));
        var zeilen =
                datenbank.sql("""
                SELECT s.laufweg_id, s.id, s.block, s.zweig, s.art, s.auftrag, s.empfaenger_art, s.empfaenger_id, s.persoenlich, s.stand, s.runde, s.faellig,
                       s.offen_seit, trim(g.vorname || ' ' || g.nachname) AS genommen
                  FROM station s LEFT JOIN person g ON g.mandant_id = s.mandant_id AND g.id = s.genommen_von
                 WHERE s.mandant_id = ? AND s.laufweg_id = ANY (CAST(? AS uuid[])) ORDER BY s.block, s.zweig, s.platz""").params(mandant(), ids).query(Zeile.class).list();
        var namen = kreis.namen(zeilen.stream()
                .map(z -> new Empfaenger(z.empfaengerArt, z.empfaengerId))
                .toList());
        var vermerke = vermerke(ids);
        return koepfe.stream()
                .map(k -> new Weg(
                        k.id,
                        k.vorgangId,
                        k.dokumentId,
                        k.dokument,
                        k.titel,
                        k.stand,
                        k.erneuern,
                        k.begonnen,
                        k.von,
                        k.fuehrt,
                        new Schutz(k.akteId, k.schutzbereich, k.dokumentSchutzbereich),
                        zeilen.stream()
                                .filter(z -> z.laufwegId.equals(k.id))
                                .map(z -> halt(z, namen, vermerke))
                                .toList()))
                .toList();
    }

    private static Halt halt(Zeile z, Map<Empfaenger, String> namen, Map<UUID, List<Vermerk>> vermerke) {
        return new Halt(
                z.id,
                z.block,
                z.zweig,
                z.art,
                z.auftrag,
                namen.getOrDefault(new Empfaenger(z.empfaengerArt, z.empfaengerId), "unbekannt"),
                z.persoenlich,
                z.stand,
                z.runde,
                z.faellig,
                z.offenSeit,
                z.genommen,
                vermerke.getOrDefault(z.id, List.of()));
    }

    private Map<UUID, List<Vermerk>> vermerke(String laufwege) {
        return datenbank.sql("""
                SELECT z.station_id, z.ergebnis, z.bemerkung, z.zeit, trim(p.vorname || ' ' || p.nachname) AS wer, trim(f.vorname || ' ' || f.nachname) AS fuer,
                       z.zusatz, v.nummer AS version,
                       z.art IN ('mitzeichnung', 'schlusszeichnung') AND z.ergebnis IN ('gezeichnet', 'geaendert') AND v.nummer < (SELECT max(n.nummer) FROM version n
                         WHERE n.mandant_id = z.mandant_id AND n.dokument_id = z.dokument_id) IS TRUE AS nichtig
                  FROM zeichnung z JOIN person p ON p.mandant_id = z.mandant_id AND p.id = z.person_id
                  LEFT JOIN person f ON f.mandant_id = z.mandant_id AND f.id = z.fuer_id
                  LEFT JOIN version v ON v.mandant_id = z.mandant_id AND v.id = z.version_id
                 WHERE z.mandant_id = ? AND z.laufweg_id = ANY (CAST(? AS uuid[])) ORDER BY z.zeit, z.id""").params(mandant(), laufwege).query(Vermerk.class).list().stream()
                .collect(Collectors.groupingBy(Vermerk::stationId));
    }

    /** Where an open station can be given back to: what was done before it. */
    @Transactional(readOnly = true)
    List<Halt> fruehere(Weg weg, UUID station) {
        var orte = datenbank
                .sql(
                        "SELECT id, block, zweig, platz, stand, runde FROM station WHERE mandant_id = ? AND laufweg_id = ?")
                .params(mandant(), weg.id)
                .query((z, nr) -> new Laufplan.Ort(
                        z.getObject(1, UUID.class),
                        z.getInt(2),
                        z.getInt(3),
                        z.getInt(4),
                        Laufplan.Stand.von(z.getString(5)),
                        z.getInt(6)))
                .list();
        var hier = orte.stream().filter(o -> o.id().equals(station)).findFirst().orElseThrow();
        var frueher = orte.stream()
                .filter(o -> o.stand() == Laufplan.Stand.ERLEDIGT && o.vor(hier))
                .map(Laufplan.Ort::id)
                .collect(Collectors.toSet());
        return weg.halte.stream().filter(h -> frueher.contains(h.id)).toList();
    }
}
