package de.federwerk.schwaerzung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.Vorgangsbeigabe;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.gesicht.Einschub;
import de.federwerk.organisation.Anmeldung;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Beside the Dokument that is shown: from what it was made, what was made from it, and the way to black something out. */
@Component
@Order(30)
class Schwaerzbeigabe implements Vorgangsbeigabe {

    /** @param version of the source, or of which the copy was made */
    record Verweis(UUID id, String titel, int version) {}

    private final JdbcClient datenbank;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Einschub einschub;

    Schwaerzbeigabe(JdbcClient datenbank, Vorgaenge vorgaenge, Berechtigungen berechtigungen, Einschub einschub) {
        this.datenbank = datenbank;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.einschub = einschub;
    }

    @Override
    public Teil zu(Anmeldung wer, Vorgaenge.Vorgang vorgang, @Nullable UUID dokument) {
        if (dokument == null) {
            return rahmen -> ausgabe -> {};
        }
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var werte = new HashMap<String, Object>();
        werte.put("dokument", dokument);
        werte.put("istKopie", istKopie(dokument));
        werte.put("quellen", verweise(sicht, "s.kopie_id = :dokument AND d.id = s.dokument_id", dokument));
        werte.put("kopien", verweise(sicht, "s.dokument_id = :dokument AND d.id = s.kopie_id", dokument));
        werte.put("aenderbar", vorgaenge.istAenderbar(wer.person(), vorgang));
        return rahmen -> einschub.von("schwaerzung/beigabe", werte);
    }

    private boolean istKopie(UUID dokument) {
        return datenbank
                .sql("SELECT EXISTS (SELECT FROM schwaerzung WHERE mandant_id = ? AND kopie_id = ?)")
                .params(mandant(), dokument)
                .query(Boolean.class)
                .single();
    }

    /** Only those that this person may read. */
    private List<Verweis> verweise(Sicht sicht, String bedingung, UUID dokument) {
        return datenbank
                .sql("""
                SELECT d.id, d.titel, v.nummer AS version
                  FROM schwaerzung s JOIN version v ON v.mandant_id = s.mandant_id AND v.id = s.version_id
                  JOIN dokument d ON d.mandant_id = s.mandant_id AND\s""" + bedingung + " WHERE s.mandant_id = :m AND " + sicht.aufDokument("d")
                        + " ORDER BY s.id DESC LIMIT 20")
                .param("m", mandant())
                .param("dokument", dokument)
                .params(sicht.parameter())
                .query(Verweis.class)
                .list();
    }
}
