package de.federwerk.leistung;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Sprache;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The catalogue as a file, out and in: format „federwerk-leistungen“, version 1, described in {@code docs/handbuch/leistungen.md}. What comes
 * in becomes drafts; nothing is published by a file.
 */
@Component
public class Katalogdatei {

    static final String FORMAT = "federwerk-leistungen";
    private static final int VERSION = 1;
    private static final int LEISTUNGEN = 2000;

    /** What a file has brought. @param uebergangen with the reason, one sentence each */
    public record Bericht(int neu, int geaendert, int gleich, List<String> uebergangen) {}

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Katalog katalog;
    private final Leistungspflege pflege;
    private final Lebenslagen lebenslagen;
    private final JsonMapper json = JsonMapper.shared();

    Katalogdatei(
            JdbcClient datenbank, Personen personen, Katalog katalog, Leistungspflege pflege, Lebenslagen lebenslagen) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.katalog = katalog;
        this.pflege = pflege;
        this.lebenslagen = lebenslagen;
    }

    /** Of each Leistung the version that citizens read, or else its newest. */
    @Transactional(readOnly = true)
    public byte[] schreibe(Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var datei = new LinkedHashMap<String, Object>();
        datei.put("format", FORMAT);
        datei.put("version", VERSION);
        datei.put(
                "lebenslagen",
                lebenslagen.alle().stream().map(Katalogdatei::alsMap).toList());
        datei.put(
                "leistungen",
                neueste("stand = 'veroeffentlicht' DESC, nummer DESC").entrySet().stream()
                        .map(e -> alsMap(katalog.kopf(e.getKey()), katalog.angaben(e.getValue())))
                        .toList());
        return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(datei);
    }

    /** The first version of each Leistung in this order; without dropped ones. */
    private Map<UUID, UUID> neueste(String ordnung) {
        var alle = new LinkedHashMap<UUID, UUID>();
        datenbank
                .sql("""
                SELECT l.id, (SELECT f.id FROM leistungsfassung f WHERE f.mandant_id = l.mandant_id AND f.leistung_id = l.id AND f.stand <> 'verworfen'
                               ORDER BY\s""" + ordnung + " LIMIT 1) AS fassung FROM leistung l WHERE l.mandant_id = ? ORDER BY l.kurzname")
                .param(mandant())
                .query((z, nr) -> {
                    var fassung = z.getObject("fassung", UUID.class);
                    if (fassung != null) {
                        alle.put(z.getObject("id", UUID.class), fassung);
                    }
                    return nr;
                })
                .list();
        return alle;
    }

    private static Map<String, Object> alsMap(Lebenslage l) {
        var map = new LinkedHashMap<String, Object>();
        map.put("kurzname", l.kurzname());
        map.put("titel", l.titel());
        map.put("titelEn", l.titelEn());
        map.put("titelLeicht", l.titelLeicht());
        return map;
    }

    private static Map<String, Object> alsMap(Katalog.Kopf kopf, Leistungsangaben a) {
        var map = new LinkedHashMap<String, Object>();
        map.put("kurzname", kopf.kurzname());
        setze(map, "leika", kopf.leika());
        setze(map, "haeufig", kopf.haeufig());
        setze(map, "betrag", a.betrag());
        setze(map, "formular", a.formular());
        setze(map, "adresse", a.adresse());
        map.put("vertrauensniveau", a.vertrauensniveau().kennung());
        map.put("ohneKonto", a.ohneKonto());
        map.put("lebenslagen", a.lebenslagen());
        var texte = new LinkedHashMap<String, Object>();
        a.texte().forEach((sprache, t) -> texte.put(sprache.kennung(), alsMap(t)));
        map.put("texte", texte);
        return map;
    }

    private static Map<String, Object> alsMap(Leistungstext t) {
        var map = new LinkedHashMap<String, Object>();
        map.put("titel", t.titel());
        map.put("kurztext", t.kurztext());
        map.put("beschreibung", t.beschreibung());
        map.put("voraussetzungen", t.voraussetzungen());
        map.put("unterlagen", t.unterlagen());
        map.put("kosten", t.kosten());
        map.put("bearbeitungsdauer", t.bearbeitungsdauer());
        map.put("fristen", t.fristen());
        map.put("verfahrensablauf", t.verfahrensablauf());
        map.put("rechtsgrundlagen", t.rechtsgrundlagen());
        map.put("suchworte", t.suchworte());
        map.values().removeIf(w -> w.equals("") || w.equals(List.of()));
        return map;
    }

    private static void setze(Map<String, Object> map, String name, @Nullable Object wert) {
        if (wert != null) {
            map.put(name, wert);
        }
    }

    /** Those that come with the program, as drafts; what the town has already is left alone. */
    @Transactional
    public Bericht uebernimmMitgelieferte(Anmeldung wer) {
        try (var datei = requireNonNull(Katalogdatei.class.getResourceAsStream("mitgeliefert.json"))) {
            return lies(wer, datei.readAllBytes(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws Abgelehnt (EINGABE) naming what does not fit; then nothing was taken over */
    @Transactional
    public Bericht lies(Anmeldung wer, byte[] datei) {
        return lies(wer, datei, false);
    }

    private Bericht lies(Anmeldung wer, byte[] datei, boolean nurNeue) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        JsonNode wurzel;
        try {
            wurzel = json.readTree(datei);
        } catch (JacksonException e) {
            throw Abgelehnt.eingabe("Die Datei ist kein lesbares JSON. Es wurde nichts übernommen.");
        }
        if (!wurzel.path("format").asString("").equals(FORMAT)
                || wurzel.path("version").asInt(0) != VERSION) {
            throw Abgelehnt.eingabe("Das ist kein Leistungskatalog im Format „" + FORMAT + "“, Version " + VERSION
                    + ". Es wurde nichts übernommen.");
        }
        nimmLebenslagen(wer, wurzel.path("lebenslagen"));
        var da = neueste("nummer DESC");
        var nachName = new HashMap<String, UUID>();
        // Also those of which every version was dropped: their names are taken.
        datenbank
                .sql("SELECT id, kurzname FROM leistung WHERE mandant_id = ?")
                .param(mandant())
                .query(z -> {
                    nachName.put(z.getString("kurzname"), z.getObject("id", UUID.class));
                });
        int neu = 0;
        int geaendert = 0;
        int gleich = 0;
        var uebergangen = new ArrayList<String>();
        var gesehen = new HashSet<String>();
        for (var knoten : wurzel.path("leistungen")) {
            var kurzname = text(knoten, "kurzname");
            if (!gesehen.add(kurzname)) {
                throw Abgelehnt.eingabe(
                        "Der Kurzname „" + kurzname + "“ steht zweimal in der Datei. Es wurde nichts übernommen.");
            }
            if (gesehen.size() > LEISTUNGEN) {
                throw Abgelehnt.eingabe(
                        "Die Datei enthält mehr als " + LEISTUNGEN + " Leistungen. Es wurde nichts übernommen.");
            }
            try {
                var angaben = angaben(knoten);
                var id = nachName.get(kurzname);
                if (id == null) {
                    id = Kennung.neu();
                    pflege.legeAn(wer, id, kurzname, text(knoten, "leika"), angaben);
                    if (knoten.has("haeufig")) {
                        pflege.ordneEin(
                                wer,
                                id,
                                text(knoten, "leika"),
                                knoten.path("haeufig").asInt(1));
                    }
                    neu++;
                } else if (!da.containsKey(id)) {
                    pflege.speichere(wer, id, 0, angaben);
                    neu++;
                } else if (nurNeue) {
                    gleich++;
                } else if (katalog.angaben(requireNonNull(da.get(id))).equals(angaben.geprueft())) {
                    gleich++;
                } else {
                    geaendert += aendere(wer, id, kurzname, angaben, uebergangen);
                }
            } catch (Abgelehnt e) {
                throw new Abgelehnt(
                        e.art(), "„" + kurzname + "“: " + e.getMessage() + " Aus der Datei wurde nichts übernommen.");
            }
        }
        return new Bericht(neu, geaendert, gleich, uebergangen);
    }

    private int aendere(Anmeldung wer, UUID id, String kurzname, Leistungsangaben angaben, List<String> uebergangen) {
        var offen =
                katalog.geschichte(id).stream().filter(Katalog.Fassung::offen).findFirst();
        if (offen.isPresent()) {
            uebergangen.add(
                    "„" + kurzname + "“ wurde übergangen: Es gibt schon einen Entwurf, der nicht überschrieben wird.");
            return 0;
        }
        pflege.speichere(wer, id, 0, angaben);
        return 1;
    }

    private void nimmLebenslagen(Anmeldung wer, JsonNode knoten) {
        Set<String> da = new HashSet<>();
        lebenslagen.alle().forEach(l -> da.add(l.kurzname()));
        for (var l : knoten) {
            if (da.add(text(l, "kurzname"))) {
                lebenslagen.legeAn(
                        wer,
                        new Lebenslage(
                                Kennung.neu(),
                                text(l, "kurzname"),
                                text(l, "titel"),
                                text(l, "titelEn"),
                                text(l, "titelLeicht"),
                                da.size()));
            }
        }
    }

    private static Leistungsangaben angaben(JsonNode k) {
        var texte = new EnumMap<Sprache, Leistungstext>(Sprache.class);
        for (var sprache : Sprache.values()) {
            var t = k.path("texte").path(sprache.kennung());
            if (t.isObject()) {
                texte.put(
                        sprache,
                        new Leistungstext(
                                text(t, "titel"),
                                text(t, "kurztext"),
                                text(t, "beschreibung"),
                                text(t, "voraussetzungen"),
                                liste(t, "unterlagen"),
                                text(t, "kosten"),
                                text(t, "bearbeitungsdauer"),
                                text(t, "fristen"),
                                text(t, "rechtsgrundlagen"),
                                text(t, "verfahrensablauf"),
                                liste(t, "suchworte")));
            }
        }
        return new Leistungsangaben(
                texte,
                betrag(k.path("betrag")),
                oderNull(text(k, "formular")),
                oderNull(text(k, "adresse")),
                Vertrauensniveau.von(k.has("vertrauensniveau") ? text(k, "vertrauensniveau") : "ohne"),
                k.path("ohneKonto").asBoolean(false),
                liste(k, "lebenslagen"));
    }

    private static @Nullable BigDecimal betrag(JsonNode k) {
        if (!k.isNumber()) {
            return null;
        }
        var betrag = k.decimalValue();
        if (betrag.signum() < 0
                || betrag.precision() - betrag.scale() > 8
                || betrag.stripTrailingZeros().scale() > 2) {
            throw Abgelehnt.eingabe("Der Betrag passt nicht.");
        }
        return betrag.setScale(2);
    }

    private static @Nullable String oderNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String text(JsonNode k, String name) {
        var wert = k.path(name);
        return wert.isString() ? wert.asString().strip() : "";
    }

    private static List<String> liste(JsonNode k, String name) {
        var alle = new ArrayList<String>();
        k.path(name).forEach(w -> alle.add(w.asString("")));
        return alle;
    }
}
