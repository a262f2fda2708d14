package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenart.Aktenfeld;
import de.federwerk.aktenart.Feldart;
import de.federwerk.aktenart.Feldtraeger;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.gesicht.Sprung;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The Akten of one Aktenart, or the Vorgänge in them, with what stands in their fields, page by page: only those that a person may read. */
@Component
class Aktenartlisten {

    /** One line. @param werte by field; where nothing stands, there is no entry */
    record Zeile(
            UUID id,
            String aktenzeichen,
            String titel,
            String einheit,
            boolean offen,
            String ordnung,
            Map<UUID, String> werte) {}

    /**
     * What is asked for; everything optional.
     *
     * @param feld by which is asked
     * @param text part of what stands in it, in any case
     * @param von the first, {@code bis} the last number or day
     */
    record Filter(@Nullable Aktenfeld feld, String text, String von, String bis) {

        static final Filter KEINER = new Filter(null, "", "", "");

        /** @throws Abgelehnt (EINGABE) if a number or a day is none */
        Filter geprueft() {
            bedingung(new HashMap<>());
            return this;
        }

        private boolean leer() {
            return feld == null || text.isBlank() && von.isBlank() && bis.isBlank();
        }

        /** A condition on the Akte or Vorgang {@code x}. @param werte takes its parameters @throws Abgelehnt (EINGABE) if a number or a day is none */
        private String bedingung(Map<String, Object> werte) {
            if (leer() || feld == null) {
                return "TRUE";
            }
            werte.put("feld", feld.id());
            var teile = new StringBuilder();
            if (feld.art().bereich()) {
                var spalte = feld.art() == Feldart.DATUM ? "w.tag" : "w.zahl";
                if (!von.isBlank()) {
                    werte.put("von", grenze(von));
                    teile.append(" AND ").append(spalte).append(" >= :von");
                }
                if (!bis.isBlank()) {
                    werte.put("bis", grenze(bis));
                    teile.append(" AND ").append(spalte).append(" <= :bis");
                }
            }
            if (!text.isBlank()) {
                werte.put("text", text.strip());
                teile.append(" AND position(lower(:text) IN lower(w.text)) > 0");
            }
            return "EXISTS (SELECT FROM %s w WHERE w.mandant_id = x.mandant_id AND w.%s = x.id AND w.feld_id = :feld%s)"
                    .formatted(feld.traeger().tabelle(), feld.traeger().spalte(), teile);
        }

        private Object grenze(String getippt) {
            if (feld != null && feld.art() == Feldart.DATUM) {
                return tag(getippt);
            }
            return Feldart.zahl(getippt.strip());
        }

        private static LocalDate tag(String getippt) {
            return Sprung.tag(getippt)
                    .orElseThrow(() -> Abgelehnt.eingabe(
                            "„" + getippt + "“ ist kein Tag. Bitte schreiben Sie ihn wie 12.10.2026."));
        }
    }

    private record Kopf(
            UUID id,
            String aktenzeichen,
            String titel,
            String einheit,
            boolean offen,
            String ordnung,
            String akteOrdnung,
            UUID akteKennung) {

        private List<Object> schluessel(Feldtraeger traeger) {
            return traeger == Feldtraeger.AKTE ? List.of(ordnung, id) : List.of(akteOrdnung, akteKennung, ordnung, id);
        }
    }

    /** Akte by Akte: so a page of Vorgänge is read through the Akten of that Aktenart, however many others there are. */
    private static final Ordnung NACH_AKTE = Ordnung.auf(
            Ordnung.text("akte_ordnung"),
            Ordnung.kennung("akte_kennung"),
            Ordnung.text("ordnung"),
            Ordnung.kennung("id"));

    private record Zelle(UUID traegerId, UUID feldId, String text) {}

    private static String quelle(Feldtraeger traeger) {
        return traeger == Feldtraeger.AKTE
                ? "(SELECT a.*, a.ordnung AS akte_ordnung, a.id AS akte_kennung FROM akte a WHERE a.mandant_id = :m AND a.aktenart_id = :art) x"
                : "(SELECT v.*, a.ordnung AS akte_ordnung, a.id AS akte_kennung FROM akte a JOIN vorgang v ON v.mandant_id = a.mandant_id AND v.akte_id = a.id WHERE a.mandant_id = :m AND a.aktenart_id = :art) x";
    }

    /** The Akten before this place are not read at all: PostgreSQL does not see that by itself from a key over both tables. */
    private static String abAkte(Feldtraeger traeger, Stelle stelle) {
        return traeger == Feldtraeger.AKTE || stelle.werte().size() < 2
                ? "TRUE"
                : "(x.akte_ordnung, x.akte_kennung) " + (stelle.art() == Stelle.Art.VOR ? "<=" : ">=")
                        + " (CAST(:ab0 AS text), CAST(:ab1 AS uuid))";
    }

    private static String sichtbar(Feldtraeger traeger, Sicht sicht) {
        return traeger == Feldtraeger.AKTE ? sicht.aufAkte("x") : sicht.aufVorgang("x");
    }

    /** The newest Akte first; Vorgänge by Akte and in the order of their numbers. */
    static Ordnung ordnung(Feldtraeger traeger) {
        return traeger == Feldtraeger.AKTE ? Akten.NEUESTE_ZUERST : NACH_AKTE;
    }

    private final JdbcClient datenbank;

    Aktenartlisten(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** @param sicht to read: what stands in fields is no mere metadata */
    @Transactional(readOnly = true)
    public Seite<Zeile> von(Sicht sicht, Feldtraeger traeger, UUID aktenart, Filter filter, Stelle ab, int jeSeite) {
        return Seite.<Kopf>lies(
                        ab,
                        jeSeite,
                        z -> z.schluessel(traeger),
                        (stelle, hoechstens) -> koepfe(sicht, traeger, aktenart, filter, stelle, hoechstens))
                .mit(koepfe -> mitWerten(traeger, koepfe));
    }

    private List<Kopf> koepfe(
            Sicht sicht, Feldtraeger traeger, UUID aktenart, Filter filter, Stelle stelle, int hoechstens) {
        var werte = new HashMap<String, Object>();
        var ordnung = ordnung(traeger);
        return datenbank
                .sql("""
                SELECT x.id, x.aktenzeichen, x.titel, e.kuerzel AS einheit, x.stand <> 'zda' AS offen, x.ordnung, x.akte_ordnung, x.akte_kennung
                  FROM %s JOIN einheit e ON e.mandant_id = x.mandant_id AND e.id = x.einheit_id
                 WHERE x.mandant_id = :m AND %s AND %s AND %s AND %s ORDER BY %s LIMIT :hoechstens""".formatted(
                                quelle(traeger),
                                abAkte(traeger, stelle),
                                ordnung.bedingung("x", stelle),
                                filter.bedingung(werte),
                                sichtbar(traeger, sicht),
                                ordnung.folge("x", stelle)))
                .param("m", mandant())
                .param("art", aktenart)
                .param("hoechstens", hoechstens)
                .params(werte)
                .params(ordnung.parameter(stelle))
                .params(sicht.parameter())
                .query(Kopf.class)
                .list();
    }

    private List<Zeile> mitWerten(Feldtraeger traeger, List<Kopf> koepfe) {
        var werte = datenbank
                .sql(
                        "SELECT %1$s AS traeger_id, feld_id, text FROM %2$s WHERE mandant_id = ? AND %1$s = ANY (CAST(? AS uuid[]))"
                                .formatted(traeger.spalte(), traeger.tabelle()))
                .params(
                        mandant(),
                        Schutzfolge.feld(koepfe.stream().map(Kopf::id).toList()))
                .query(Zelle.class)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Zelle::traegerId, Collectors.toMap(Zelle::feldId, Zelle::text)));
        return koepfe.stream()
                .map(k -> new Zeile(
                        k.id,
                        k.aktenzeichen,
                        k.titel,
                        k.einheit,
                        k.offen,
                        k.ordnung,
                        werte.getOrDefault(k.id, Map.of())))
                .toList();
    }

    @Transactional(readOnly = true)
    public Anzahl anzahl(Sicht sicht, Feldtraeger traeger, UUID aktenart, Filter filter) {
        var werte = new HashMap<String, Object>();
        return Anzahl.aus(datenbank
                .sql("SELECT count(*) FROM (SELECT FROM %s WHERE x.mandant_id = :m AND %s AND %s LIMIT :grenze) z"
                        .formatted(quelle(traeger), filter.bedingung(werte), sichtbar(traeger, sicht)))
                .param("m", mandant())
                .param("art", aktenart)
                .param("grenze", Anzahl.GENAU_BIS + 1)
                .params(werte)
                .params(sicht.parameter())
                .query(Long.class)
                .single());
    }
}
