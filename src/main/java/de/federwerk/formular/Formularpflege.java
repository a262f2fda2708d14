package de.federwerk.formular;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes and changes the forms of a town. What one person wrote another releases: citizens are bound by what a form asks of them. */
@Component
public class Formularpflege {

    /** What comes with the program. */
    static final List<String> MITGELIEFERT = List.of(
            "hundesteuer-anmeldung",
            "bewohnerparkausweis",
            "sondernutzung",
            "meldebescheinigung",
            "informationszugang",
            "anliegen");

    private static final int FORMULARE = 500;

    /** For the list. @param verfasser name; null if it came with the program */
    record Zeile(
            UUID id,
            UUID formularId,
            String name,
            int nummer,
            String stand,
            @Nullable String verfasser,
            @Nullable UUID verfasstVon,
            Instant verfasst,
            @Nullable String freigeber,
            int aenderung,
            boolean mitgeliefert,
            String inhalt) {

        boolean entwurf() {
            return stand.equals("entwurf");
        }

        boolean gilt() {
            return stand.equals("veroeffentlicht");
        }

        String standwort() {
            return entwurf() ? "Entwurf" : gilt() ? "veröffentlicht" : "zurückgezogen";
        }

        Formular formular() {
            return Formular.aus(inhalt);
        }
    }

    private static final String FRAGE = """
            SELECT f.id, f.formular_id, o.name, f.nummer, f.stand, concat_ws(' ', v.vorname, v.nachname) AS verfasser, f.verfasst_von, f.verfasst, concat_ws(' ', g.vorname, g.nachname) AS freigeber,
                   f.aenderung, f.mitgeliefert, %s AS inhalt
              FROM formularfassung f
              JOIN formular o ON o.mandant_id = f.mandant_id AND o.id = f.formular_id
              LEFT JOIN person v ON v.mandant_id = f.mandant_id AND v.id = f.verfasst_von
              LEFT JOIN person g ON g.mandant_id = f.mandant_id AND g.id = f.freigegeben_von
             WHERE f.mandant_id = ?""";

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Protokoll protokoll;

    Formularpflege(JdbcClient datenbank, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    /** All versions, the newest of each form first; without their definitions. */
    @Transactional(readOnly = true)
    public List<Zeile> alle(Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return datenbank
                .sql(FRAGE.formatted("''") + " ORDER BY o.name, f.nummer DESC LIMIT 2000")
                .param(mandant())
                .query(Zeile.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Zeile zeile(Anmeldung wer, UUID id) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return finde(id);
    }

    /** The name of the town, as it stands above a printed form. */
    @Transactional(readOnly = true)
    public String stadt() {
        return datenbank
                .sql("SELECT name FROM mandant WHERE id = ?")
                .param(mandant())
                .query(String.class)
                .single();
    }

    private Zeile finde(UUID id) {
        return datenbank
                .sql(FRAGE.formatted("f.inhalt") + " AND f.id = ?")
                .params(mandant(), id)
                .query(Zeile.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Dieses Formular gibt es nicht."));
    }

    /**
     * A new draft from a definition: of a new form, or the next version of the one of that name.
     *
     * @param id of the draft, chosen by the caller: sent twice, it is made once
     * @throws Formularfehler if the definition has mistakes
     * @throws Abgelehnt (KONFLIKT) if there is a draft already
     */
    @Transactional
    public void legeAn(Anmeldung wer, UUID id, String json) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var formular = Formular.aus(json);
        if (lege(formular, id, wer.person(), false) == 0) {
            return;
        }
        merke(wer.pseudonym(), "formular.entworfen", id, formular.name());
    }

    private int lege(Formular formular, UUID id, @Nullable UUID verfasser, boolean mitgeliefert) {
        var neu = Kennung.neu();
        datenbank
                .sql(
                        "INSERT INTO formular (mandant_id, id, name) VALUES (?, ?, ?) ON CONFLICT (mandant_id, name) DO NOTHING")
                .params(mandant(), neu, formular.name())
                .update();
        if (datenbank
                        .sql("SELECT count(*) FROM formular WHERE mandant_id = ?")
                        .param(mandant())
                        .query(Integer.class)
                        .single()
                > FORMULARE) {
            throw Abgelehnt.eingabe(
                    "Mehr als " + FORMULARE + " Formulare überblickt niemand. Es wurde keines angelegt.");
        }
        boolean schon = datenbank
                .sql("""
                SELECT EXISTS (SELECT 1 FROM formularfassung f JOIN formular o ON o.mandant_id = f.mandant_id AND o.id = f.formular_id
                                WHERE f.mandant_id = ? AND o.name = ? AND f.stand = 'entwurf' AND f.id <> ?)""")
                .params(mandant(), formular.name(), id)
                .query(Boolean.class)
                .single();
        if (schon) {
            throw gibtEsSchon(formular);
        }
        try {
            return datenbank
                    .sql("""
                INSERT INTO formularfassung (mandant_id, id, formular_id, nummer, inhalt, stand, mitgeliefert, verfasst_von, verfasser, freigegeben)
                SELECT o.mandant_id, :id, o.id, coalesce((SELECT max(nummer) FROM formularfassung f WHERE f.mandant_id = o.mandant_id AND f.formular_id = o.id), 0) + 1,
                       :inhalt, :stand, :mit, CAST(:wer AS uuid), array_remove(ARRAY[CAST(:wer AS uuid)], NULL), CASE WHEN :mit THEN now() END
                  FROM formular o WHERE o.mandant_id = :m AND o.name = :name
                ON CONFLICT (mandant_id, id) DO NOTHING""")
                    .param("id", id)
                    .param("inhalt", formular.json())
                    .param("stand", mitgeliefert ? "veroeffentlicht" : "entwurf")
                    .param("mit", mitgeliefert)
                    .param("wer", verfasser)
                    .param("m", mandant())
                    .param("name", formular.name())
                    .update();
        } catch (DuplicateKeyException zweiZugleich) {
            throw gibtEsSchon(formular);
        }
    }

    private static Abgelehnt gibtEsSchon(Formular formular) {
        return Abgelehnt.konflikt(
                "Von „" + formular.name()
                        + "“ gibt es schon einen Entwurf. Es wurde nichts geändert. Bitte bearbeiten Sie diesen oder geben Sie ihn frei.");
    }

    /** Takes into a fresh town what comes with the program, as published. */
    @Transactional
    public void nimmMitgelieferte(UUID pseudonym) {
        for (var name : MITGELIEFERT) {
            var id = Kennung.neu();
            lege(Formular.aus(mitgeliefertes(name)), id, null, true);
            merke(pseudonym, "formular.mitgeliefert", id, name);
        }
    }

    /** Those that come with the program and of which this town has none, as drafts. @return how many */
    @Transactional
    public int uebernimmMitgelieferte(Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var da = datenbank
                .sql("SELECT name FROM formular WHERE mandant_id = ?")
                .param(mandant())
                .query(String.class)
                .set();
        var neue = MITGELIEFERT.stream().filter(n -> !da.contains(n)).toList();
        neue.forEach(n -> legeAn(wer, Kennung.neu(), mitgeliefertes(n)));
        return neue.size();
    }

    static String mitgeliefertes(String name) {
        try (InputStream ein = Formularpflege.class.getResourceAsStream(name + ".json")) {
            if (ein == null) {
                throw new IllegalStateException("Im Programm fehlt das Formular " + name);
            }
            return new String(ein.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Changes a draft.
     *
     * @param aenderung as it was when it was shown
     * @throws Abgelehnt (KONFLIKT) if it is no draft any more or somebody else changed it meanwhile
     */
    @Transactional
    public void speichere(Anmeldung wer, UUID id, String json, int aenderung) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var bisher = finde(id);
        var formular = Formular.aus(json);
        if (!formular.name().equals(bisher.name())) {
            throw Abgelehnt.eingabe(
                    "Der Name „" + bisher.name()
                            + "“ bleibt: unter ihm finden Leistungen das Formular. Es wurde nichts geändert. Für ein anderes legen Sie eine Kopie an.");
        }
        int geaendert = datenbank
                .sql("""
                UPDATE formularfassung SET inhalt = ?, verfasser = CASE WHEN ? = ANY (verfasser) THEN verfasser ELSE array_remove(verfasser || verfasst_von || ?, NULL) END, verfasst_von = ?, verfasst = now(), aenderung = aenderung + 1
                 WHERE mandant_id = ? AND id = ? AND stand = 'entwurf' AND aenderung = ?""")
                .params(formular.json(), wer.person(), wer.person(), wer.person(), mandant(), id, aenderung)
                .update();
        if (geaendert == 0) {
            throw Abgelehnt.konflikt(
                    bisher.entwurf()
                            ? "Der Entwurf wurde inzwischen von " + bisher.verfasser()
                                    + " geändert. Ihre Änderung wurde nicht gespeichert; sie steht noch hier. Wenn Sie sie jetzt speichern, gilt sie statt der anderen."
                            : "Diese Fassung ist kein Entwurf mehr. Ihre Änderung wurde nicht gespeichert. Bitte legen Sie eine neue Fassung an.");
        }
        merke(wer.pseudonym(), "formular.geaendert", id, formular.name());
    }

    /** Publishes a draft; the version before it is withdrawn, and what was begun with it goes on with it. @throws Abgelehnt (RECHT) for who wrote it */
    @Transactional
    public void gibFrei(Anmeldung wer, UUID id, int aenderung) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var bisher = finde(id);
        if (wer.person().equals(bisher.verfasstVon()) || hatGeschrieben(wer, id)) {
            throw Abgelehnt.recht(
                    "An diesem Entwurf haben Sie selbst geschrieben. Er wurde nicht veröffentlicht. Freigeben muss ihn jemand anderes aus der Administration.");
        }
        if (!bisher.entwurf() || bisher.aenderung() != aenderung) {
            throw Abgelehnt.konflikt(
                    "Der Entwurf wurde inzwischen geändert oder freigegeben. Er wurde nicht noch einmal veröffentlicht. Bitte sehen Sie ihn neu an.");
        }
        datenbank
                .sql(
                        "UPDATE formularfassung SET stand = 'zurueckgezogen', zurueckgezogen = now() WHERE mandant_id = ? AND formular_id = ? AND stand = 'veroeffentlicht'")
                .params(mandant(), bisher.formularId())
                .update();
        int freigegeben = datenbank
                .sql("""
                UPDATE formularfassung SET stand = 'veroeffentlicht', freigegeben = now(), freigegeben_von = ?
                 WHERE mandant_id = ? AND id = ? AND stand = 'entwurf' AND aenderung = ?""")
                .params(wer.person(), mandant(), id, aenderung)
                .update();
        if (freigegeben == 0) {
            throw Abgelehnt.konflikt(
                    "Der Entwurf wurde eben geändert. Er wurde nicht veröffentlicht. Bitte sehen Sie ihn neu an.");
        }
        merke(wer.pseudonym(), "formular.freigegeben", id, bisher.name());
    }

    private boolean hatGeschrieben(Anmeldung wer, UUID id) {
        return datenbank
                .sql("SELECT coalesce(? = ANY (verfasser), false) FROM formularfassung WHERE mandant_id = ? AND id = ?")
                .params(wer.person(), mandant(), id)
                .query(Boolean.class)
                .single();
    }

    /** Nothing new is begun with it. */
    @Transactional
    public void zieheZurueck(Anmeldung wer, UUID id) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var bisher = finde(id);
        int zurueck = datenbank
                .sql(
                        "UPDATE formularfassung SET stand = 'zurueckgezogen', zurueckgezogen = now() WHERE mandant_id = ? AND id = ? AND stand = 'veroeffentlicht'")
                .params(mandant(), id)
                .update();
        if (zurueck == 0) {
            throw Abgelehnt.konflikt("Diese Fassung ist nicht veröffentlicht. Es wurde nichts geändert.");
        }
        merke(wer.pseudonym(), "formular.zurueckgezogen", id, bisher.name());
    }

    /** A draft like this one: the next version of the same form, or, under another name, another form. */
    @Transactional
    public void kopiere(Anmeldung wer, UUID id, UUID neu, String name) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var bisher = finde(id);
        legeAn(wer, neu, name.isBlank() ? bisher.inhalt() : Formularumbau.umbenannt(bisher.inhalt(), name.strip()));
    }

    private void merke(UUID wer, String handlung, UUID id, String name) {
        protokoll.schreibe(wer, handlung, id, null, Map.of("titel", name), "formularfassung");
    }
}
