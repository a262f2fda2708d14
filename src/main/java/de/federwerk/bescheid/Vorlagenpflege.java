package de.federwerk.bescheid;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How a template comes about: a draft, which is checked and published; a change is a new version. */
@Component
public class Vorlagenpflege {

    /** What is typed. @param recht {@code vwvfg} or {@code ao} @param rechtsbehelf null: it does not say how to object */
    public record Angaben(
            String recht,
            String betreff,
            String text,
            String felder,
            @Nullable UUID rechtsbehelf,
            boolean zeichnung) {}

    private final JdbcClient datenbank;
    private final Bescheidvorlagen vorlagen;
    private final Rechtsbehelfe rechtsbehelfe;
    private final Personen personen;
    private final Protokoll protokoll;

    Vorlagenpflege(
            JdbcClient datenbank,
            Bescheidvorlagen vorlagen,
            Rechtsbehelfe rechtsbehelfe,
            Personen personen,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.vorlagen = vorlagen;
        this.rechtsbehelfe = rechtsbehelfe;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    /**
     * A new template with an empty draft.
     *
     * @param id chosen by the caller: sent twice, it is made once
     * @param leistung null: for every Leistung
     * @throws Abgelehnt (EINGABE) without a name, (KONFLIKT) if there is one of that name
     */
    @Transactional
    public void legeAn(Anmeldung wer, UUID id, String name, @Nullable UUID leistung) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var kurz = name.strip();
        if (kurz.isEmpty() || kurz.length() > 100) {
            throw Abgelehnt.eingabe("Die Vorlage braucht einen Namen von höchstens 100 Zeichen.");
        }
        if (leistung != null && vorlagen.ziele().stream().noneMatch(z -> z.id().equals(leistung))) {
            throw Abgelehnt.eingabe("Diese Leistung gibt es nicht. Bitte wählen Sie eine aus der Liste.");
        }
        try {
            int neu = datenbank
                    .sql(
                            "INSERT INTO bescheidvorlage (mandant_id, id, name, leistung_id) VALUES (?, ?, ?, ?) ON CONFLICT (mandant_id, id) DO NOTHING")
                    .param(mandant())
                    .param(id)
                    .param(kurz)
                    .param(leistung)
                    .update();
            if (neu == 0) {
                return;
            }
        } catch (DuplicateKeyException e) {
            throw Abgelehnt.konflikt("Eine Vorlage „" + kurz + "“ gibt es schon. Es wurde keine angelegt.");
        }
        fuegeEntwurfHinzu(wer, id, 1);
        merke(wer, "bescheidvorlage.angelegt", vorlagen.neueste(id));
    }

    private void fuegeEntwurfHinzu(Anmeldung wer, UUID vorlage, int nummer) {
        datenbank
                .sql("""
                INSERT INTO bescheidfassung (mandant_id, id, vorlage_id, nummer, recht, betreff, text, felder, rechtsbehelf_id, zeichnung, geaendert_von)
                SELECT v.mandant_id, :id, v.id, :nummer, coalesce(f.recht, 'vwvfg'), coalesce(f.betreff, ''), coalesce(f.text, ''), coalesce(f.felder, ''),
                       f.rechtsbehelf_id, coalesce(f.zeichnung, false), :wer
                  FROM bescheidvorlage v LEFT JOIN bescheidfassung f ON f.mandant_id = v.mandant_id AND f.vorlage_id = v.id AND f.nummer = :nummer - 1
                 WHERE v.mandant_id = :m AND v.id = :vorlage ON CONFLICT DO NOTHING""")
                .param("id", Kennung.neu())
                .param("nummer", nummer)
                .param("wer", wer.person())
                .param("m", mandant())
                .param("vorlage", vorlage)
                .update();
    }

    /**
     * Saves the draft; makes one from the published version if there is none. Also what does not fit yet is saved, and named.
     *
     * @param aenderung of the newest version as it was when the form was opened
     * @throws Abgelehnt (EINGABE) if it is too long, (KONFLIKT) if somebody else has saved or published meanwhile
     */
    @Transactional
    public void speichere(Anmeldung wer, UUID vorlage, int aenderung, Angaben angaben) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        if (angaben.betreff.length() > 300 || angaben.text.length() > 50_000 || angaben.felder.length() > 10_000) {
            throw Abgelehnt.eingabe(
                    "Möglich sind 300 Zeichen im Betreff, 50.000 im Text und 10.000 in den Feldern. Es wurde nichts gespeichert.");
        }
        if (angaben.rechtsbehelf != null) {
            rechtsbehelfe.einer(angaben.rechtsbehelf);
        }
        datenbank
                .sql("SELECT id FROM bescheidvorlage WHERE mandant_id = ? AND id = ? FOR UPDATE")
                .params(mandant(), vorlage)
                .query(UUID.class)
                .optional();
        var bisher = vorlagen.neueste(vorlage);
        if (bisher.aenderung() != aenderung) {
            throw ueberholt();
        }
        if (!bisher.entwurf()) {
            fuegeEntwurfHinzu(wer, vorlage, bisher.nummer() + 1);
        }
        datenbank
                .sql("""
                UPDATE bescheidfassung SET recht = ?, betreff = ?, text = ?, felder = ?, rechtsbehelf_id = ?, zeichnung = ?, aenderung = ?, geaendert = now(),
                       geaendert_von = ? WHERE mandant_id = ? AND vorlage_id = ? AND stand = 'entwurf'""")
                .param(Recht.von(angaben.recht.equals("ao") ? "ao" : "vwvfg").kennung())
                .param(angaben.betreff.strip())
                .param(angaben.text.strip())
                .param(angaben.felder.strip())
                .param(angaben.rechtsbehelf)
                .param(angaben.zeichnung)
                .param(aenderung + 1)
                .param(wer.person())
                .param(mandant())
                .param(vorlage)
                .update();
        merke(wer, "bescheidvorlage.gespeichert", vorlagen.neueste(vorlage));
    }

    /**
     * From now on new Bescheide are made from it; those that were begun go on with theirs.
     *
     * @throws Abgelehnt (EINGABE) with all that does not fit, (KONFLIKT) if there is no draft, or another than was looked at
     */
    @Transactional
    public void veroeffentliche(Anmeldung wer, UUID vorlage, int aenderung) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var fassung = vorlagen.neueste(vorlage);
        if (!fassung.entwurf() || fassung.aenderung() != aenderung) {
            throw ueberholt();
        }
        var maengel = vorlagen.maengel(fassung, vorlagen.antragsformular(fassung.leistungId()));
        if (!maengel.isEmpty()) {
            throw Abgelehnt.eingabe("Noch nicht veröffentlicht. " + String.join(" ", maengel));
        }
        var rechtsbehelf = fassung.rechtsbehelf();
        if (rechtsbehelf != null && !rechtsbehelf.geprueft()) {
            throw Abgelehnt.eingabe("Noch nicht veröffentlicht: Die Rechtsbehelfsbelehrung „" + rechtsbehelf.name()
                    + "“ hat noch niemand im Haus geprüft. Bitte prüfen Sie ihren Text (Reiter Rechtsbehelfe).");
        }
        datenbank
                .sql(
                        "UPDATE bescheidfassung SET stand = 'ersetzt' WHERE mandant_id = ? AND vorlage_id = ? AND stand = 'veroeffentlicht'")
                .params(mandant(), vorlage)
                .update();
        int neu = datenbank
                .sql(
                        "UPDATE bescheidfassung SET stand = 'veroeffentlicht', veroeffentlicht = now() WHERE mandant_id = ? AND id = ? AND stand = 'entwurf' AND aenderung = ?")
                .params(mandant(), fassung.id(), aenderung)
                .update();
        if (neu == 0) {
            throw ueberholt();
        }
        merke(wer, "bescheidvorlage.veroeffentlicht", vorlagen.neueste(vorlage));
    }

    private static Abgelehnt ueberholt() {
        return Abgelehnt.konflikt(
                "Die Vorlage hat inzwischen jemand anderes geändert. Ihre Änderung wurde nicht gespeichert; bitte laden Sie die Seite neu.");
    }

    private void merke(Anmeldung wer, String handlung, Fassung fassung) {
        protokoll.schreibe(
                wer.pseudonym(), handlung, fassung.id(), null, Map.of("titel", fassung.name()), "bescheidfassung");
    }
}
