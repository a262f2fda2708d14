package de.federwerk.verzeichnis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
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

    /** @param passwort null if none was set, or it does not open any more */
    record Ldap(UUID id, Ldapeinstellungen wie, @Nullable String passwort) {

        @Override
        public String toString() {
            return "Verzeichnis " + wie.server();
        }
    }

    /** @param geheimnis null for a public client, or if it does not open any more */
    record Oidc(UUID id, Oidceinstellungen wie, @Nullable String geheimnis) {

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

    private record Zeile(UUID id, byte @Nullable [] siegel) {}

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
                    var zeile = zeile("SELECT id, dienstpasswort AS siegel FROM ldapverzeichnis WHERE mandant_id = ?");
                    return new Ldap(zeile.id, wie, offen(zeile.siegel, wie.wofuer(mandant())));
                });
    }

    @Transactional(readOnly = true)
    public Optional<Oidc> oidc() {
        return gelesen("SELECT * FROM oidcanbieter WHERE mandant_id = ?", Oidceinstellungen.class)
                .map(wie -> {
                    var zeile = zeile("SELECT id, geheimnis AS siegel FROM oidcanbieter WHERE mandant_id = ?");
                    return new Oidc(zeile.id, wie, offen(zeile.siegel, wie.wofuer(mandant())));
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

    /** @param passwort null if there is none */
    @Transactional
    public void speichere(Anmeldung wer, Ldapeinstellungen neu, @Nullable String passwort) {
        speichere(wer, "ldapverzeichnis", "dienstpasswort", neu, siegel(passwort, neu.wofuer(mandant())));
        // What was reckoned with the old settings says nothing about the new ones.
        datenbank
                .sql("UPDATE ldapverzeichnis SET naechster = now(), gebremst = NULL WHERE mandant_id = ?")
                .param(mandant())
                .update();
    }

    /** @param geheimnis null for a public client */
    @Transactional
    public void speichere(Anmeldung wer, Oidceinstellungen neu, @Nullable String geheimnis) {
        speichere(wer, "oidcanbieter", "geheimnis", neu, siegel(geheimnis, neu.wofuer(mandant())));
    }

    private byte @Nullable [] siegel(@Nullable String geheimnis, String wofuer) {
        return geheimnis == null ? null : geheimfach.versiegle(geheimnis, wofuer);
    }

    private void speichere(Anmeldung wer, String tabelle, String spalte, Record neu, byte @Nullable [] siegel) {
        var felder = felder(neu);
        var namen = Arrays.stream(neu.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        var id = datenbank
                .sql("INSERT INTO " + tabelle + " (mandant_id, id, " + spalte + ", " + String.join(", ", namen)
                        + ") VALUES (:mandant, :id, :siegel, :" + String.join(", :", namen)
                        + ") ON CONFLICT (mandant_id) DO UPDATE SET " + spalte + " = excluded." + spalte + ", "
                        + namen.stream().map(n -> n + " = excluded." + n).collect(Collectors.joining(", "))
                        + " RETURNING id")
                .params(felder)
                .param("mandant", mandant())
                .param("id", Kennung.neu())
                .param("siegel", siegel)
                .query(UUID.class)
                .single();
        var inhalt = new TreeMap<String, String>();
        felder.forEach((name, wert) -> inhalt.put(name, String.valueOf(wert)));
        inhalt.put(spalte, siegel == null ? "keines" : "gesetzt");
        protokoll.schreibe(wer.pseudonym(), "verzeichnis.eingestellt", id, null, inhalt);
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
