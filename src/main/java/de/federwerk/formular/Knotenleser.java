package de.federwerk.formular;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON piece by piece and gathers what is wrong instead of stopping at the first mistake. */
final class Knotenleser {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    static final int GROESSE = 500_000;
    private static final int MAENGEL = 100;
    private static final int WORT = 4_000;
    private static final Set<String> SPRACHEN = Set.of("de", "en", "leicht");

    private final List<Formularfehler.Mangel> maengel = new ArrayList<>();
    private String text = "";

    void mangel(String ort, String was) {
        if (maengel.size() < MAENGEL) {
            maengel.add(new Formularfehler.Mangel(ort, was));
        }
    }

    void halteEin() {
        if (!maengel.isEmpty()) {
            throw new Formularfehler(maengel);
        }
    }

    /** The whole, as it will be kept: in one order of blanks. */
    String text() {
        return text;
    }

    ObjectNode wurzel(String json) {
        if (json.length() > GROESSE) {
            mangel("", "Eine Formulardefinition hat höchstens " + GROESSE + " Zeichen.");
        } else {
            try {
                if (JSON.readTree(json) instanceof ObjectNode wurzel) {
                    text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(wurzel);
                    return wurzel;
                }
                mangel("", "Eine Formulardefinition ist ein Objekt in geschweiften Klammern.");
            } catch (JacksonException e) {
                var wo = e.getLocation();
                mangel(
                        wo == null ? "" : "Zeile " + wo.getLineNr() + ", Spalte " + wo.getColumnNr(),
                        "Das ist kein gültiges JSON.");
            }
        }
        return JSON.createObjectNode();
    }

    void nur(ObjectNode k, String ort, String... erlaubt) {
        for (var name : k.propertyNames()) {
            if (!List.of(erlaubt).contains(name)) {
                mangel(
                        pfad(ort, name),
                        "Diese Angabe gibt es hier nicht. Möglich: " + String.join(", ", erlaubt) + ".");
            }
        }
    }

    private static String pfad(String ort, String name) {
        return ort.isEmpty() ? name : ort + "." + name;
    }

    List<ObjectNode> liste(ObjectNode k, String ort, String name, int mindestens, int hoechstens) {
        var knoten = k.path(name);
        if (!knoten.isMissingNode() && !knoten.isArray()) {
            mangel(pfad(ort, name), "Hier steht eine Liste in eckigen Klammern.");
            return List.of();
        }
        if (knoten.size() < mindestens || knoten.size() > hoechstens) {
            mangel(
                    pfad(ort, name),
                    "Hier stehen " + mindestens + " bis " + hoechstens + " Einträge, es sind " + knoten.size() + ".");
        }
        var liste = new ArrayList<ObjectNode>();
        for (var eines : knoten) {
            if (eines instanceof ObjectNode objekt && liste.size() < hoechstens) {
                liste.add(objekt);
            } else if (!(eines instanceof ObjectNode)) {
                mangel(pfad(ort, name) + "[" + liste.size() + "]", "Hier steht ein Objekt in geschweiften Klammern.");
            }
        }
        return List.copyOf(liste);
    }

    @Nullable
    ObjectNode objekt(ObjectNode k, String ort, String name) {
        var knoten = k.path(name);
        if (!knoten.isMissingNode() && !(knoten instanceof ObjectNode)) {
            mangel(pfad(ort, name), "Hier steht ein Objekt in geschweiften Klammern.");
        }
        return knoten instanceof ObjectNode objekt ? objekt : null;
    }

    Wort wort(ObjectNode k, String ort, String name, boolean pflicht) {
        var knoten = k.path(name);
        var texte = new LinkedHashMap<String, String>();
        if (knoten instanceof ObjectNode objekt) {
            for (var sprache : objekt.propertyNames()) {
                var inhalt = objekt.path(sprache);
                if (!SPRACHEN.contains(sprache)) {
                    mangel(pfad(ort, name) + "." + sprache, "Diese Sprache gibt es nicht. Möglich: de, en, leicht.");
                } else if (!inhalt.isString() || inhalt.asString().length() > WORT) {
                    mangel(pfad(ort, name) + "." + sprache, "Hier steht ein Text von höchstens " + WORT + " Zeichen.");
                } else if (!inhalt.asString().isBlank()) {
                    texte.put(sprache, inhalt.asString().strip());
                }
            }
        } else if (!knoten.isMissingNode()) {
            mangel(pfad(ort, name), "Hier steht ein Text je Sprache: {\"de\": \"…\"}.");
        }
        if (pflicht && !texte.containsKey("de")) {
            mangel(pfad(ort, name), "Hier fehlt der deutsche Text.");
        }
        return texte.isEmpty() ? Wort.LEER : new Wort(texte);
    }

    String kurz(ObjectNode k, String ort, String name, int hoechstens) {
        var knoten = k.path(name);
        if (knoten.isMissingNode()) {
            return "";
        }
        if (!knoten.isString() || knoten.asString().length() > hoechstens) {
            mangel(pfad(ort, name), "Hier steht ein Text von höchstens " + hoechstens + " Zeichen.");
            return "";
        }
        return knoten.asString().strip();
    }

    boolean wahr(ObjectNode k, String ort, String name) {
        var knoten = k.path(name);
        if (!knoten.isMissingNode() && !knoten.isBoolean()) {
            mangel(pfad(ort, name), "Hier steht true oder false.");
        }
        return knoten.isBoolean() && knoten.asBoolean();
    }

    int ganz(ObjectNode k, String ort, String name, int sonst, int von, int bis) {
        var knoten = k.path(name);
        if (knoten.isMissingNode()) {
            return Math.clamp(sonst, von, Math.max(von, bis));
        }
        if (!knoten.isInt() || knoten.asInt() < von || knoten.asInt() > bis) {
            mangel(pfad(ort, name), "Hier steht eine ganze Zahl von " + von + " bis " + bis + ".");
            return sonst;
        }
        return knoten.asInt();
    }

    @Nullable
    BigDecimal dezimal(ObjectNode k, String ort, String name) {
        JsonNode knoten = k.path(name);
        if (knoten.isMissingNode()) {
            return null;
        }
        if (!knoten.isNumber() || Math.abs(knoten.asDouble()) > 1e15) {
            mangel(pfad(ort, name), "Hier steht eine Zahl.");
            return null;
        }
        return knoten.decimalValue();
    }
}
