package de.federwerk.verzeichnis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The settings of both directories of a Mandant, with their secrets. */
@Component
class Verzeichniseinstellungen {

    /** @param passwort null if none was set, or it does not open any more @param fassung counts the changes */
    record Ldap(
            UUID id,
            int fassung,
            Ldapeinstellungen wie,
            @Nullable String passwort) {

        @Override
        public String toString() {
            return "Verzeichnis " + wie.server();
        }
    }

    /**
     * @param fassung counts the changes
     * @param geheimnis null for a public client, or if it does not open any more
     * @param ohneGruppenSeit when the provider was first seen to leave out the claim with the groups, since these settings were saved
     */
    record Oidc(
            UUID id,
            int fassung,
            Oidceinstellungen wie,
            @Nullable String geheimnis,
            @Nullable Instant ohneGruppenSeit) {

        @Override
        public String toString() {
            return "Anbieter " + wie.aussteller();
        }
    }

    /**
     * Of the comparison.
     *
     * @param gebremst as many would lose something, and nothing was done
     */
    record Stand(
            Instant naechster,
            @Nullable Instant zuletzt,
            @Nullable String ergebnis,
            @Nullable Integer gebremst) {}

    private record Zeile(
            UUID id,
            int fassung,
            byte @Nullable [] siegel,
            @Nullable Instant ohneGruppenSeit) {}

    private record Aenderung(Instant geaendert, @Nullable String von) {}

    private final JdbcClient datenbank;
    private final Geheimfach geheimfach;
    private final Protokoll protokoll;

    Verzeichniseinstellungen(JdbcClient datenbank, Geheimfach geheimfach, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.geheimfach = geheimfach;
        this.protokoll = protokoll;
    }

    @Transactional(readOnly = true)
    public Optional<Ldap> ldap() {
        return gelesen("SELECT * FROM ldapverzeichnis WHERE mandant_id = ?", Ldapeinstellungen.class)
                .map(wie -> {
                    var zeile = zeile(
                            "SELECT id, fassung, dienstpasswort AS siegel, NULL::timestamptz AS ohne_gruppen_seit FROM ldapverzeichnis WHERE mandant_id = ?");
                    return new Ldap(zeile.id, zeile.fassung, wie, offen(zeile.siegel, wie.wofuer(mandant())));
                });
    }

    @Transactional(readOnly = true)
    public Optional<Oidc> oidc() {
        return gelesen("SELECT * FROM oidcanbieter WHERE mandant_id = ?", Oidceinstellungen.class)
                .map(wie -> {
                    var zeile = zeile(
                            "SELECT id, fassung, geheimnis AS siegel, ohne_gruppen_seit FROM oidcanbieter WHERE mandant_id = ?");
                    return new Oidc(
                            zeile.id,
                            zeile.fassung,
                            wie,
                            offen(zeile.siegel, wie.wofuer(mandant())),
                            zeile.ohneGruppenSeit);
                });
    }

    private <T> Optional<T> gelesen(String sql, Class<T> was) {
        return datenbank.sql(sql).param(mandant()).query(was).optional();
    }

    private Zeile zeile(String sql) {
        return datenbank.sql(sql).param(mandant()).query(Zeile.class).single();
    }

    private @Nullable String offen(byte @Nullable [] siegel, String wofuer) {
        return siegel == null ? null : geheimfach.oeffne(siegel, wofuer).orElse(null);
    }

    /** A secret that was typed, as it travels through the form: nobody can read it there, and it fits nowhere else. */
    String versiegelt(String geheimnis, String wofuer) {
        return Base64.getEncoder().encodeToString(geheimfach.versiegle(geheimnis, wofuer));
    }

    /** The other way; empty if it is not one of ours for this. */
    Optional<String> geoeffnet(String siegel, String wofuer) {
        try {
            return geheimfach.oeffne(Base64.getDecoder().decode(siegel), wofuer);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * @param fassung the one that was changed; 0: nothing was set up yet
     * @param passwort null if there is none
     * @throws Abgelehnt (KONFLIKT) if somebody else was faster
     */
    @Transactional
    public void speichere(Anmeldung wer, int fassung, Ldapeinstellungen neu, @Nullable String passwort) {
        speichere(wer, "ldapverzeichnis", "dienstpasswort", fassung, neu, siegel(passwort, neu.wofuer(mandant())));
        // What was reckoned with the old settings says nothing about the new ones.
        datenbank
                .sql("UPDATE ldapverzeichnis SET naechster = now(), gebremst = NULL WHERE mandant_id = ?")
                .param(mandant())
                .update();
    }

    /**
     * @param fassung the one that was changed; 0: nothing was set up yet
     * @param geheimnis null for a public client
     * @throws Abgelehnt (KONFLIKT) if somebody else was faster
     */
    @Transactional
    public void speichere(Anmeldung wer, int fassung, Oidceinstellungen neu, @Nullable String geheimnis) {
        speichere(wer, "oidcanbieter", "geheimnis", fassung, neu, siegel(geheimnis, neu.wofuer(mandant())));
        datenbank
                .sql("UPDATE oidcanbieter SET ohne_gruppen_seit = NULL WHERE mandant_id = ?")
                .param(mandant())
                .update();
    }

    private byte @Nullable [] siegel(@Nullable String geheimnis, String wofuer) {
        return geheimnis == null ? null : geheimfach.versiegle(geheimnis, wofuer);
    }

    private void speichere(
            Anmeldung wer, String tabelle, String spalte, int fassung, Record neu, byte @Nullable [] siegel) {
        var felder = felder(neu);
        var namen = Arrays.stream(neu.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        var id = datenbank
                .sql("INSERT INTO " + tabelle + " AS t (mandant_id, id, geaendert_von, " + spalte + ", "
                        + String.join(", ", namen) + ") VALUES (:mandant, :id, :wer, :siegel, :"
                        + String.join(", :", namen) + ") ON CONFLICT (mandant_id) DO UPDATE SET " + spalte
                        + " = excluded." + spalte + ", "
                        + namen.stream().map(n -> n + " = excluded." + n).collect(Collectors.joining(", "))
                        + ", fassung = t.fassung + 1, geaendert = now(), geaendert_von = excluded.geaendert_von"
                        + " WHERE t.fassung = :fassung RETURNING id")
                .params(felder)
                .param("mandant", mandant())
                .param("id", Kennung.neu())
                .param("wer", wer.person())
                .param("siegel", siegel)
                .param("fassung", fassung)
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> ueberholt(tabelle));
        var inhalt = new TreeMap<String, String>();
        felder.forEach((name, wert) -> inhalt.put(name, String.valueOf(wert)));
        inhalt.put(spalte, siegel == null ? "keines" : "gesetzt");
        protokoll.schreibe(wer.pseudonym(), "verzeichnis.eingestellt", id, null, inhalt);
    }

    private Abgelehnt ueberholt(String tabelle) {
        var da = datenbank
                .sql(
                        "SELECT t.geaendert, trim(p.vorname || ' ' || p.nachname) AS von FROM " + tabelle
                                + " t LEFT JOIN person p ON p.mandant_id = t.mandant_id AND p.id = t.geaendert_von WHERE t.mandant_id = ?")
                .param(mandant())
                .query(Aenderung.class)
                .single();
        return Abgelehnt.konflikt(
                "Diese Einstellungen wurden inzwischen gespeichert: von %s am %s. Ihre Eingabe wurde nicht gespeichert, sie steht noch hier im Formular."
                        .formatted(da.von == null ? "jemand anderem" : da.von, Anzeige.genau(da.geaendert)));
    }

    /** The provider said nothing of groups. Written down once, until the settings are saved again. */
    @Transactional
    public void merkeOhneGruppen() {
        datenbank
                .sql(
                        "UPDATE oidcanbieter SET ohne_gruppen_seit = now() WHERE mandant_id = ? AND ohne_gruppen_seit IS NULL RETURNING id")
                .param(mandant())
                .query(UUID.class)
                .optional()
                .ifPresent(
                        id -> protokoll.schreibe(Protokoll.PROGRAMM, "verzeichnis.ohne_gruppen", id, null, Map.of()));
    }

    private static Map<String, Object> felder(Record einstellungen) {
        var felder = new HashMap<String, Object>();
        for (var teil : einstellungen.getClass().getRecordComponents()) {
            try {
                felder.put(teil.getName(), teil.getAccessor().invoke(einstellungen));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return felder;
    }

    @Transactional(readOnly = true)
    public Optional<Stand> stand() {
        return gelesen(
                "SELECT naechster, zuletzt, ergebnis, gebremst FROM ldapverzeichnis WHERE mandant_id = ?", Stand.class);
    }

    /** Takes the comparison in hand if it is due: of several processes that ask, one gets it. */
    @Transactional
    public boolean nimm() {
        return datenbank
                        .sql(
                                "UPDATE ldapverzeichnis SET naechster = now() + make_interval(mins => takt) WHERE mandant_id = ? AND aktiv AND naechster <= now()")
                        .param(mandant())
                        .update()
                == 1;
    }

    /** @param in minutes */
    @Transactional
    public void wiederholeIn(int in) {
        datenbank
                .sql(
                        "UPDATE ldapverzeichnis SET naechster = least(naechster, now() + make_interval(mins => ?)) WHERE mandant_id = ?")
                .params(in, mandant())
                .update();
    }

    @Transactional
    public void merke(String ergebnis, @Nullable Integer gebremst) {
        datenbank
                .sql("UPDATE ldapverzeichnis SET zuletzt = now(), ergebnis = ?, gebremst = ? WHERE mandant_id = ?")
                .param(ergebnis)
                .param(gebremst)
                .param(mandant())
                .update();
    }
}
