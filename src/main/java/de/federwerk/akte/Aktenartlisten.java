package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenart.Aktenfeld;
import de.federwerk.aktenart.Feldart;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Anzahl;
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

/** The Akten of one Aktenart with what stands in their fields, page by page: only those that a person may read. */
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

        /** A condition on the Akte {@code a}. @param werte takes its parameters @throws Abgelehnt (EINGABE) if a number or a day is none */
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
            return "EXISTS (SELECT FROM aktenwert w WHERE w.mandant_id = a.mandant_id AND w.akte_id = a.id AND w.feld_id = :feld"
                    + teile + ")";
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

    private record Kopf(UUID id, String aktenzeichen, String titel, String einheit, boolean offen, String ordnung) {}

    private record Zelle(UUID akteId, UUID feldId, String text) {}

    private final JdbcClient datenbank;

    Aktenartlisten(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** @param sicht to read: what stands in fields is no mere metadata */
    @Transactional(readOnly = true)
    public Seite<Zeile> von(Sicht sicht, UUID aktenart, Filter filter, Stelle ab, int jeSeite) {
        return Seite.<Kopf>lies(
                        ab,
                        jeSeite,
                        z -> List.of(z.ordnung, z.id),
                        (stelle, hoechstens) -> koepfe(sicht, aktenart, filter, stelle, hoechstens))
                .mit(this::mitWerten);
    }

    private List<Kopf> koepfe(Sicht sicht, UUID aktenart, Filter filter, Stelle stelle, int hoechstens) {
        var werte = new HashMap<String, Object>();
        return datenbank
                .sql("""
                SELECT a.id, a.aktenzeichen, a.titel, e.kuerzel AS einheit, a.stand = 'offen' AS offen, a.ordnung
                  FROM akte a JOIN einheit e ON e.mandant_id = a.mandant_id AND e.id = a.einheit_id
                 WHERE a.mandant_id = :m AND a.aktenart_id = :art AND %s AND %s AND %s ORDER BY %s LIMIT :hoechstens""".formatted(
                                Akten.NEUESTE_ZUERST.bedingung("a", stelle),
                                filter.bedingung(werte),
                                sicht.aufAkte("a"),
                                Akten.NEUESTE_ZUERST.folge("a", stelle)))
                .param("m", mandant())
                .param("art", aktenart)
                .param("hoechstens", hoechstens)
                .params(werte)
                .params(Akten.NEUESTE_ZUERST.parameter(stelle))
                .params(sicht.parameter())
                .query(Kopf.class)
                .list();
    }

    private List<Zeile> mitWerten(List<Kopf> koepfe) {
        var werte = datenbank
                .sql(
                        "SELECT akte_id, feld_id, text FROM aktenwert WHERE mandant_id = ? AND akte_id = ANY (CAST(? AS uuid[]))")
                .params(
                        mandant(),
                        Schutzfolge.feld(koepfe.stream().map(Kopf::id).toList()))
                .query(Zelle.class)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Zelle::akteId, Collectors.toMap(Zelle::feldId, Zelle::text)));
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
    public Anzahl anzahl(Sicht sicht, UUID aktenart, Filter filter) {
        var werte = new HashMap<String, Object>();
        return Anzahl.aus(datenbank
                .sql(
                        "SELECT count(*) FROM (SELECT FROM akte a WHERE a.mandant_id = :m AND a.aktenart_id = :art AND %s AND %s LIMIT :grenze) z"
                                .formatted(filter.bedingung(werte), sicht.aufAkte("a")))
                .param("m", mandant())
                .param("art", aktenart)
                .param("grenze", Anzahl.GENAU_BIS + 1)
                .params(werte)
                .params(sicht.parameter())
                .query(Long.class)
                .single());
    }
}
