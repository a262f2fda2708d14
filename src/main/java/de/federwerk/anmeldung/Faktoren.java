package de.federwerk.anmeldung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The second factors of persons: TOTP, passkeys, Ersatzcodes. A technical account and the Notfallkonto have none. */
@Component
class Faktoren {

    static final int FEHLVERSUCHE = 5;
    private static final Duration SPERRE = Duration.ofMinutes(15);

    /** What became of a code. */
    enum Urteil {
        GUT(""),
        FALSCH(
                "Der Code stimmt nicht. Prüfen Sie, ob es der Code für Federwerk ist und ob die Uhr Ihres Geräts richtig geht; nach fünf Fehlversuchen ist die Eingabe eine Viertelstunde gesperrt."),
        VERBRAUCHT(
                "Dieser Code wurde schon benutzt. Bitte warten Sie auf den nächsten; er kommt nach höchstens 30 Sekunden."),
        GESPERRT(
                "Nach fünf Fehlversuchen ist die Eingabe von Codes eine Viertelstunde gesperrt. Ihr Passwort ist davon nicht betroffen. Mit einem Passkey kommen Sie gleich hinein."),
        VERLOREN(
                "Codes der App lassen sich gerade nicht prüfen, weil auf dem Server ein Schlüssel fehlt. Benutzen Sie einen Ersatzcode, oder bitten Sie Ihre Administration, den zweiten Faktor zurückzusetzen.");

        private final String satz;

        Urteil(String satz) {
            this.satz = satz;
        }

        String satz() {
            return satz;
        }
    }

    /**
     * What a person has.
     *
     * @param appSeit since when there is TOTP; null: there is none
     */
    record Stand(@Nullable Instant appSeit, int passkeys, int ersatzcodes) {

        boolean app() {
            return appSeit != null;
        }

        boolean leer() {
            return appSeit == null && passkeys == 0;
        }
    }

    private record Schloss(byte @Nullable [] geheimnis, long letzterSchritt, boolean gesperrt) {}

    private final JdbcClient datenbank;
    private final Tresor tresor;
    private final Ersatzcodes ersatzcodes;
    private final Protokoll protokoll;

    Faktoren(JdbcClient datenbank, Tresor tresor, Ersatzcodes ersatzcodes, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.tresor = tresor;
        this.ersatzcodes = ersatzcodes;
        this.protokoll = protokoll;
    }

    @Transactional(readOnly = true)
    public Stand stand(UUID person) {
        return datenbank
                .sql("""
                SELECT (SELECT seit FROM zweiter_faktor f WHERE f.mandant_id = :m AND f.person_id = :person) AS app_seit,
                       (SELECT count(*) FROM passkey k WHERE k.mandant_id = :m AND k.person_id = :person) AS passkeys,
                       (SELECT count(*) FROM ersatzcode e WHERE e.mandant_id = :m AND e.person_id = :person) AS ersatzcodes""")
                .param("m", mandant())
                .param("person", person)
                .query(Stand.class)
                .single();
    }

    /**
     * Takes TOTP into use, proved by a code.
     *
     * @return new Ersatzcodes, if it is the first factor; else none
     * @throws Abgelehnt if the code does not fit, or there is TOTP already (another window was faster)
     */
    @Transactional
    public List<String> richteAppEin(Anmeldung wer, byte[] geheimnis, String code) {
        var schritt = Einmalcode.passend(geheimnis, ziffern(code), Instant.now());
        if (schritt.isEmpty()) throw Abgelehnt.eingabe(Urteil.FALSCH.satz());
        boolean erster = stand(wer.person()).leer();
        int neu = datenbank
                .sql("""
                INSERT INTO zweiter_faktor (mandant_id, person_id, geheimnis, seit, letzter_schritt)
                SELECT mandant_id, id, :geheimnis, now(), :schritt FROM person WHERE mandant_id = :m AND id = :person AND art = 'mensch'
                ON CONFLICT (mandant_id, person_id) DO UPDATE
                   SET geheimnis = excluded.geheimnis, seit = excluded.seit, letzter_schritt = excluded.letzter_schritt, fehlversuche = 0, gesperrt_bis = NULL
                 WHERE zweiter_faktor.geheimnis IS NULL""")
                .param("m", mandant())
                .param("person", wer.person())
                .param("geheimnis", tresor.verschliesse(mandant(), wer.person(), geheimnis))
                .param("schritt", schritt.getAsLong())
                .update();
        if (neu == 0)
            throw Abgelehnt.konflikt(
                    "Für Sie ist schon eine App eingerichtet. Entfernen Sie diese zuerst, wenn Sie eine andere benutzen wollen.");
        protokoll.schreibe(wer.pseudonym(), "faktor.eingerichtet", wer.person(), null, Map.of("art", "app"));
        return erster ? ersatzcodes.stelleAus(wer.person()) : List.of();
    }

    /** After a passkey was added: Ersatzcodes, if it is the first factor. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<String> nachPasskey(Anmeldung wer) {
        // The lock on guessing Ersatzcodes needs its row.
        datenbank
                .sql("INSERT INTO zweiter_faktor (mandant_id, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .params(mandant(), wer.person())
                .update();
        var stand = stand(wer.person());
        return !stand.app() && stand.passkeys() == 1 ? ersatzcodes.stelleAus(wer.person()) : List.of();
    }

    @Transactional
    public List<String> neueErsatzcodes(Anmeldung wer) {
        if (stand(wer.person()).leer())
            throw Abgelehnt.konflikt(
                    "Ersatzcodes gibt es nur zu einer App oder einem Passkey. Richten Sie zuerst eines davon ein.");
        protokoll.schreibe(wer.pseudonym(), "faktor.ersatzcodes", wer.person(), null, Map.of());
        return ersatzcodes.stelleAus(wer.person());
    }

    /** A code of the app or an Ersatzcode. Counts first, checks then, as with passwords; whoever comes at the same time waits. */
    @Transactional
    public Urteil pruefe(Anmeldung wer, String eingabe) {
        var schloss = datenbank
                .sql("""
                SELECT geheimnis, letzter_schritt, coalesce(gesperrt_bis > now(), false) AS gesperrt
                  FROM zweiter_faktor WHERE mandant_id = ? AND person_id = ? FOR UPDATE""")
                .params(mandant(), wer.person())
                .query((zeile, nr) -> new Schloss(zeile.getBytes(1), zeile.getLong(2), zeile.getBoolean(3)))
                .optional()
                .orElse(null);
        if (schloss == null) return Urteil.FALSCH;
        if (schloss.gesperrt) return Urteil.GESPERRT;
        var urteil = urteile(wer, schloss, eingabe);
        if (urteil == Urteil.FALSCH) {
            datenbank
                    .sql("""
                    UPDATE zweiter_faktor SET fehlversuche = CASE WHEN gesperrt_bis IS NULL THEN fehlversuche + 1 ELSE 1 END,
                           gesperrt_bis = CASE WHEN gesperrt_bis IS NULL AND fehlversuche + 1 >= :grenze THEN now() + make_interval(secs => :sperre) END
                     WHERE mandant_id = :m AND person_id = :person""")
                    .param("grenze", FEHLVERSUCHE)
                    .param("sperre", SPERRE.toSeconds())
                    .param("m", mandant())
                    .param("person", wer.person())
                    .update();
        }
        return urteil;
    }

    private Urteil urteile(Anmeldung wer, Schloss schloss, String eingabe) {
        var code = ziffern(eingabe);
        if (code.length() != 6) {
            if (eingabe.length() > 100 || !ersatzcodes.verbrauche(wer.person(), eingabe)) return Urteil.FALSCH;
            protokoll.schreibe(wer.pseudonym(), "faktor.ersatzcode_benutzt", wer.person(), null, Map.of());
            merke(wer.person(), schloss.letzterSchritt);
            return Urteil.GUT;
        }
        if (schloss.geheimnis == null) return Urteil.FALSCH;
        var geheimnis = tresor.oeffne(mandant(), wer.person(), schloss.geheimnis);
        if (geheimnis.isEmpty()) return Urteil.VERLOREN;
        var schritt = Einmalcode.passend(geheimnis.get(), code, Instant.now());
        if (schritt.isEmpty()) return Urteil.FALSCH;
        if (schritt.getAsLong() <= schloss.letzterSchritt) return Urteil.VERBRAUCHT;
        merke(wer.person(), schritt.getAsLong());
        return Urteil.GUT;
    }

    private void merke(UUID person, long schritt) {
        datenbank.sql("""
                UPDATE zweiter_faktor SET letzter_schritt = ?, fehlversuche = 0, gesperrt_bis = NULL WHERE mandant_id = ? AND person_id = ?""").params(schritt, mandant(), person).update();
    }

    private static String ziffern(String eingabe) {
        var ohne = eingabe.replaceAll("\\s", "");
        return ohne.matches("[0-9]{6}") ? ohne : "";
    }

    @Transactional
    public void entferneApp(Anmeldung wer) {
        int weg = datenbank.sql("""
                UPDATE zweiter_faktor SET geheimnis = NULL, seit = NULL WHERE mandant_id = ? AND person_id = ? AND geheimnis IS NOT NULL""").params(mandant(), wer.person()).update();
        if (weg == 1) {
            protokoll.schreibe(wer.pseudonym(), "faktor.entfernt", wer.person(), null, Map.of("art", "app"));
            raeumeAuf(wer.person());
        }
    }

    /** Without a factor there is nothing that an Ersatzcode could stand in for. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void raeumeAuf(UUID person) {
        if (stand(person).leer()) ersatzcodes.loesche(person);
    }

    /** The device is lost and the Ersatzcodes with it: the person starts anew, on record. */
    @Transactional
    public void setzeZurueck(Anmeldung administration, UUID person) {
        for (var tabelle : List.of("passkey", "ersatzcode", "zweiter_faktor")) {
            datenbank
                    .sql("DELETE FROM " + tabelle + " WHERE mandant_id = ? AND person_id = ?")
                    .params(mandant(), person)
                    .update();
        }
        protokoll.schreibe(administration.pseudonym(), "faktor.zurueckgesetzt", person, null, Map.of());
    }
}
