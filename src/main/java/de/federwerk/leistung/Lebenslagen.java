package de.federwerk.leistung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The Lebenslagen of a town, in the order in which citizens see them. */
@Component
class Lebenslagen {

    private static final int HOECHSTENS = 40;

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Protokoll protokoll;

    Lebenslagen(JdbcClient datenbank, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    @Transactional(readOnly = true)
    public List<Lebenslage> alle() {
        return datenbank
                .sql(
                        "SELECT id, kurzname, titel, titel_en, titel_leicht, platz FROM lebenslage WHERE mandant_id = ? ORDER BY platz, titel")
                .param(mandant())
                .query(Lebenslage.class)
                .list();
    }

    /** @param lage its id is chosen by the caller: sent twice, it is made once */
    @Transactional
    public void legeAn(Anmeldung wer, Lebenslage lage) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        Leistungsangaben.pruefeKurzname(lage.kurzname());
        pruefe(lage);
        if (alle().size() >= HOECHSTENS) {
            throw Abgelehnt.eingabe(
                    "Mehr als " + HOECHSTENS + " Lebenslagen überblickt niemand. Es wurde keine angelegt.");
        }
        try {
            datenbank
                    .sql("""
                    INSERT INTO lebenslage (mandant_id, id, kurzname, titel, titel_en, titel_leicht, platz) VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (mandant_id, id) DO NOTHING""")
                    .params(
                            mandant(),
                            lage.id(),
                            lage.kurzname(),
                            lage.titel(),
                            lage.titelEn(),
                            lage.titelLeicht(),
                            lage.platz())
                    .update();
        } catch (DuplicateKeyException e) {
            throw Abgelehnt.konflikt("Eine Lebenslage mit dem Kurznamen „" + lage.kurzname()
                    + "“ gibt es schon. Es wurde keine angelegt.");
        }
        protokoll.schreibe(
                wer.pseudonym(), "lebenslage.angelegt", lage.id(), null, Map.of("titel", lage.titel()), "lebenslage");
    }

    /** All but the short name, by which versions name it. */
    @Transactional
    public void aendere(Anmeldung wer, Lebenslage lage) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var da = eine(lage.id());
        pruefe(lage);
        datenbank
                .sql(
                        "UPDATE lebenslage SET titel = ?, titel_en = ?, titel_leicht = ?, platz = ? WHERE mandant_id = ? AND id = ?")
                .params(lage.titel(), lage.titelEn(), lage.titelLeicht(), lage.platz(), mandant(), da.id())
                .update();
        protokoll.schreibe(
                wer.pseudonym(), "lebenslage.geaendert", da.id(), null, Map.of("titel", lage.titel()), "lebenslage");
    }

    private static void pruefe(Lebenslage lage) {
        if (lage.titel().isBlank()
                || lage.titel().length() > 100
                || lage.titelEn().length() > 100
                || lage.titelLeicht().length() > 100) {
            throw Abgelehnt.eingabe(
                    "Eine Lebenslage braucht einen Titel, höchstens 100 Zeichen je Sprache. Es wurde nichts geändert.");
        }
    }

    /** Not while citizens find a Leistung under it. */
    @Transactional
    public void entferne(Anmeldung wer, UUID id) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var lage = eine(id);
        boolean benutzt = datenbank
                .sql("""
                SELECT EXISTS (SELECT FROM leistungsfassung WHERE mandant_id = ? AND ? = ANY (lebenslagen) AND stand IN ('entwurf', 'zur_freigabe', 'veroeffentlicht'))""")
                .params(mandant(), lage.kurzname())
                .query(Boolean.class)
                .single();
        if (benutzt) {
            throw Abgelehnt.konflikt("Unter „" + lage.titel() + "“ stehen noch Leistungen. Es wurde nichts geändert.");
        }
        datenbank
                .sql("DELETE FROM lebenslage WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
        protokoll.schreibe(wer.pseudonym(), "lebenslage.entfernt", id, null, Map.of("titel", lage.titel()));
    }

    private Lebenslage eine(UUID id) {
        return alle().stream()
                .filter(l -> l.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Lebenslage gibt es nicht."));
    }
}
