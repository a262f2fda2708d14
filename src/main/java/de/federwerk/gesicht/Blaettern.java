package de.federwerk.gesicht;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * The addresses of a list's pages, for the block {@code gesicht/blaettern}.
 *
 * @param zurueck place of the page before; null at the start
 * @param weiter place of the page after; null at the end
 * @param adresse path and what else the page keeps, encoded: {@code /akten?knoten=…}
 * @param name of the parameter that says where the page begins
 */
public record Blaettern(@Nullable String zurueck, @Nullable String weiter, String adresse, String name) {

    /** A page whose place stands in {@code ab}. */
    public static Blaettern in(Seite<?> seite, String adresse) {
        return new Blaettern(seite.zurueck(), seite.weiter(), adresse, "ab");
    }

    public @Nullable String vorige() {
        return zurueck == null ? null : adresse(zurueck);
    }

    public @Nullable String naechste() {
        return weiter == null ? null : adresse(weiter);
    }

    public @Nullable String erste() {
        return zurueck == null ? null : adresse(Stelle.ANFANG.text());
    }

    public @Nullable String letzte() {
        return weiter == null ? null : adresse(Stelle.ENDE.text());
    }

    /** Whether there is anywhere to turn to. */
    public boolean mehrere() {
        return zurueck != null || weiter != null;
    }

    private String adresse(String stelle) {
        return adresse + (adresse.contains("?") ? "&" : "?") + name + "=" + stelle;
    }

    /** Path without parameters, for a form. */
    public String pfad() {
        int frage = adresse.indexOf('?');
        return frage < 0 ? adresse : adresse.substring(0, frage);
    }

    /** What a form must take along, as it was before it stood in the address. */
    public Map<String, String> felder() {
        var felder = new LinkedHashMap<String, String>();
        UriComponentsBuilder.fromUriString(adresse)
                .build()
                .getQueryParams()
                .toSingleValueMap()
                .forEach((name, wert) ->
                        felder.put(name, wert == null ? "" : UriUtils.decode(wert, StandardCharsets.UTF_8)));
        return felder;
    }

    /** {@code 1.208 Akten}, {@code mehr als 10.000 Akten}. */
    public static String gesamt(Anzahl anzahl, String eins, String viele) {
        return anzahl.mehr()
                ? "mehr als " + Anzeige.zahl(anzahl.zahl()) + " " + viele
                : Anzeige.anzahl(anzahl.zahl(), eins, viele);
    }

    /** The mere number for beside a heading: {@code 1.208}, {@code > 10.000}. */
    public static String zahl(Anzahl anzahl) {
        return (anzahl.mehr() ? "> " : "") + Anzeige.zahl(anzahl.zahl());
    }
}
