package de.federwerk.leistung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Sprache;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How a text comes to the citizens: written by some, released by another, never changed afterwards. A change is a new version; the old ones
 * stay readable.
 */
@Component
public class Leistungspflege {

    private static final int LEISTUNGEN = 2000;

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Protokoll protokoll;
    private final Fassungen fassungen;

    Leistungspflege(JdbcClient datenbank, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.protokoll = protokoll;
        this.fassungen = new Fassungen(datenbank);
    }

    /** @param aenderung which save of it this is */
    record Stand(UUID id, int nummer, String stand, int aenderung) {}

    /**
     * A new Leistung with a first draft.
     *
     * @param id chosen by the caller: sent twice, it is made once
     * @throws Abgelehnt (EINGABE) if the short name does not fit, (KONFLIKT) if there is one of that name
     */
    @Transactional
    public void legeAn(Anmeldung wer, UUID id, String kurzname, @Nullable String leika, Leistungsangaben angaben) {
        verlange(wer);
        Leistungsangaben.pruefeKurzname(kurzname);
        if (zahl() >= LEISTUNGEN) {
            throw Abgelehnt.eingabe(
                    "Mehr als " + LEISTUNGEN + " Leistungen hält der Katalog nicht. Es wurde keine angelegt.");
        }
        var geprueft = angaben.geprueft();
        try {
            int neu = datenbank
                    .sql(
                            "INSERT INTO leistung (mandant_id, id, kurzname, leika) VALUES (?, ?, ?, ?) ON CONFLICT (mandant_id, id) DO NOTHING")
                    .param(mandant())
                    .param(id)
                    .param(kurzname)
                    .param(Leistungsangaben.leika(leika))
                    .update();
            if (neu == 0) {
                return;
            }
        } catch (DuplicateKeyException e) {
            throw Abgelehnt.konflikt(
                    "Eine Leistung mit dem Kurznamen „" + kurzname + "“ gibt es schon. Es wurde keine angelegt.");
        }
        protokoll.schreibe(
                wer.pseudonym(), "leistung.angelegt", id, null, Map.of("titel", geprueft.titel()), "leistung");
        fuegeFassungHinzu(wer, id, geprueft);
    }

    private long zahl() {
        return datenbank
                .sql("SELECT count(*) FROM leistung WHERE mandant_id = ?")
                .param(mandant())
                .query(Long.class)
                .single();
    }

    private void fuegeFassungHinzu(Anmeldung wer, UUID leistung, Leistungsangaben angaben) {
        var fassung = Kennung.neu();
        try {
            datenbank
                    .sql("""
                    INSERT INTO leistungsfassung (mandant_id, id, leistung_id, nummer, betrag, formular, adresse, vertrauensniveau, ohne_konto, lebenslagen, verfasser)
                    VALUES (:m, :id, :leistung, (SELECT coalesce(max(nummer), 0) + 1 FROM leistungsfassung WHERE mandant_id = :m AND leistung_id = :leistung),
                            :betrag, :formular, :adresse, :niveau, :ohneKonto, :lebenslagen, ARRAY[:wer])""")
                    .param("m", mandant())
                    .param("id", fassung)
                    .param("leistung", leistung)
                    .params(angaben.spalten())
                    .param("wer", wer.person())
                    .update();
        } catch (DuplicateKeyException e) {
            throw ueberholt();
        }
        schreibeTexte(fassung, angaben);
        merke(wer, "leistungsfassung.angelegt", fassung, angaben.titel());
    }

    private void schreibeTexte(UUID fassung, Leistungsangaben angaben) {
        datenbank
                .sql("DELETE FROM leistungstext WHERE mandant_id = ? AND fassung_id = ?")
                .params(mandant(), fassung)
                .update();
        angaben.texte()
                .forEach((sprache, t) -> datenbank
                        .sql("""
                INSERT INTO leistungstext (mandant_id, fassung_id, sprache, titel, kurztext, beschreibung, voraussetzungen, unterlagen, kosten,
                                           bearbeitungsdauer, fristen, rechtsgrundlagen, verfahrensablauf, suchworte)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                        .params(
                                mandant(),
                                fassung,
                                sprache.kennung(),
                                t.titel(),
                                t.kurztext(),
                                t.beschreibung(),
                                t.voraussetzungen(),
                                t.unterlagen().toArray(String[]::new),
                                t.kosten(),
                                t.bearbeitungsdauer(),
                                t.fristen(),
                                t.rechtsgrundlagen(),
                                t.verfahrensablauf(),
                                t.suchworte().toArray(String[]::new))
                        .update());
    }

    /**
     * Saves the draft of a Leistung; makes one if there is none.
     *
     * @param aenderung of the draft as it was when the form was opened; 0 if there was none
     * @throws Abgelehnt (KONFLIKT) if somebody else has saved meanwhile, or it waits for release
     */
    @Transactional
    public void speichere(Anmeldung wer, UUID leistung, int aenderung, Leistungsangaben angaben) {
        speichere(wer, leistung, null, aenderung, angaben);
    }

    /** @param grundlage the version whose text stood in the form; null for whichever there is */
    @Transactional
    public void speichere(
            Anmeldung wer, UUID leistung, @Nullable UUID grundlage, int aenderung, Leistungsangaben angaben) {
        verlange(wer);
        var geprueft = angaben.geprueft();
        halte(leistung);
        var offen = offene(leistung);
        if (grundlage != null && !grundlage.equals(grundlage(leistung))) {
            throw ueberholt();
        }
        if (offen.isEmpty()) {
            if (aenderung != 0) {
                throw ueberholt();
            }
            fuegeFassungHinzu(wer, leistung, geprueft);
            return;
        }
        var fassung = offen.get();
        if (fassung.stand.equals("zur_freigabe")) {
            throw Abgelehnt.konflikt(
                    "Dieser Text liegt zur Freigabe und lässt sich so lange nicht ändern. Holen Sie ihn erst zurück. Es wurde nichts gespeichert.");
        }
        if (fassung.aenderung != aenderung) {
            throw ueberholt();
        }
        datenbank
                .sql("""
                UPDATE leistungsfassung SET betrag = :betrag, formular = :formular, adresse = :adresse, vertrauensniveau = :niveau, ohne_konto = :ohneKonto,
                       lebenslagen = :lebenslagen, aenderung = aenderung + 1, geaendert = now(),
                       verfasser = CASE WHEN :wer = ANY (verfasser) THEN verfasser ELSE verfasser || :wer END
                 WHERE mandant_id = :m AND id = :id""")
                .param("m", mandant())
                .param("id", fassung.id)
                .params(geprueft.spalten())
                .param("wer", wer.person())
                .update();
        schreibeTexte(fassung.id, geprueft);
        merke(wer, "leistungsfassung.geaendert", fassung.id, geprueft.titel());
    }

    /** What a form of it shows: the draft there is, else what citizens read, else the newest. */
    private UUID grundlage(UUID leistung) {
        return datenbank.sql("""
                SELECT id FROM leistungsfassung WHERE mandant_id = ? AND leistung_id = ?
                 ORDER BY stand IN ('entwurf', 'zur_freigabe') DESC, stand = 'veroeffentlicht' DESC, nummer DESC LIMIT 1""").params(mandant(), leistung).query(UUID.class).single();
    }

    private static Abgelehnt ueberholt() {
        return Abgelehnt.konflikt(
                "Inzwischen hat jemand anderes diesen Text gespeichert. Seine Änderung ist gespeichert, Ihre steht noch im Formular. "
                        + "Worin sich beide unterscheiden, steht unten; nehmen Sie auf, was fehlt, und speichern Sie dann.");
    }

    /** Hands the draft to another person for release. */
    @Transactional
    public void legeVor(Anmeldung wer, UUID leistung) {
        verlange(wer);
        halte(leistung);
        var fassung = offen(leistung, "entwurf", "Es liegt kein Entwurf vor, der sich zur Freigabe geben ließe.");
        var deutsch = fassungen.texte(fassung.id).getOrDefault(Sprache.DE, Leistungstext.LEER);
        if (deutsch.kurztext().isEmpty()) {
            throw Abgelehnt.eingabe(
                    "Der deutsche Kurztext fehlt noch. Schreiben Sie ihn, dann lässt sich der Entwurf zur Freigabe geben.");
        }
        setze(fassung, "zur_freigabe", "");
        merke(wer, "leistungsfassung.vorgelegt", fassung.id, deutsch.titel());
    }

    /** Back to a draft: by who wrote it, or by who does not release it. */
    @Transactional
    public void gibZurueck(Anmeldung wer, UUID leistung) {
        verlange(wer);
        halte(leistung);
        var fassung = offen(leistung, "zur_freigabe", "Es liegt nichts zur Freigabe.");
        setze(fassung, "entwurf", "");
        merke(wer, "leistungsfassung.zurueckgegeben", fassung.id, "");
    }

    /**
     * From now on citizens read it; the version before stays as „ersetzt“.
     *
     * @throws Abgelehnt (RECHT) to everybody who has written in it; (KONFLIKT) if nothing waits
     */
    @Transactional
    public void gibFrei(Anmeldung wer, UUID leistung) {
        gibFrei(wer, leistung, null, 0);
    }

    /**
     * As {@link #gibFrei(Anmeldung, UUID)}, if it is still what was looked at.
     *
     * @param gesehen the version, and {@code aenderung} of it; null for whatever waits
     * @throws Abgelehnt (KONFLIKT) if it was taken back and changed meanwhile
     */
    @Transactional
    public void gibFrei(Anmeldung wer, UUID leistung, @Nullable UUID gesehen, int aenderung) {
        verlange(wer);
        halte(leistung);
        var fassung = offen(leistung, "zur_freigabe", "Es liegt nichts zur Freigabe.");
        if (gesehen != null && !(gesehen.equals(fassung.id) && aenderung == fassung.aenderung)) {
            throw Abgelehnt.konflikt(
                    "Der Text wurde inzwischen zurückgeholt und geändert. Es wurde nichts veröffentlicht. Bitte sehen Sie ihn noch einmal an.");
        }
        boolean selbst = datenbank
                .sql("SELECT ? = ANY (verfasser) FROM leistungsfassung WHERE mandant_id = ? AND id = ?")
                .params(wer.person(), mandant(), fassung.id)
                .query(Boolean.class)
                .single();
        if (selbst) {
            throw Abgelehnt.recht(
                    "Sie haben an diesem Text mitgeschrieben. Freigeben muss ihn eine andere Person mit der Rolle „"
                            + Rolle.LEISTUNGEN.bezeichnung() + "“. Es wurde nichts veröffentlicht.");
        }
        gueltige(leistung).ifPresent(alte -> {
            setze(alte, "ersetzt", ", beendet = now()");
            merke(wer, "leistungsfassung.ersetzt", alte.id, "");
        });
        datenbank.sql("""
                UPDATE leistungsfassung SET stand = 'veroeffentlicht', freigegeben_von = ?, freigegeben = now() WHERE mandant_id = ? AND id = ?""").params(wer.person(), mandant(), fassung.id).update();
        var titel = fassungen
                .texte(fassung.id)
                .getOrDefault(Sprache.DE, Leistungstext.LEER)
                .titel();
        merke(wer, "leistungsfassung.veroeffentlicht", fassung.id, titel);
    }

    /** Citizens do not find it any more. One person is enough: what is wrong must be gone at once. */
    @Transactional
    public void zieheZurueck(Anmeldung wer, UUID leistung) {
        verlange(wer);
        halte(leistung);
        var fassung = gueltige(leistung)
                .orElseThrow(
                        () -> Abgelehnt.konflikt("Diese Leistung ist nicht veröffentlicht. Es wurde nichts geändert."));
        setze(fassung, "zurueckgezogen", ", beendet = now()");
        merke(wer, "leistungsfassung.zurueckgezogen", fassung.id, "");
    }

    /** Drops the draft; it stays readable in the history. */
    @Transactional
    public void verwirf(Anmeldung wer, UUID leistung) {
        verlange(wer);
        halte(leistung);
        var fassung = offen(leistung, "entwurf", "Es liegt kein Entwurf vor, der sich verwerfen ließe.");
        setze(fassung, "verworfen", ", beendet = now()");
        merke(wer, "leistungsfassung.verworfen", fassung.id, "");
    }

    /** What holds for all versions. @param haeufig its place among those asked for often; null: not among them */
    @Transactional
    public void ordneEin(Anmeldung wer, UUID leistung, @Nullable String leika, @Nullable Integer haeufig) {
        verlange(wer);
        halte(leistung);
        if (haeufig != null && (haeufig < 1 || haeufig > 1000)) {
            throw Abgelehnt.eingabe(
                    "Der Platz unter den häufigen ist eine Zahl von 1 bis 1000. Es wurde nichts geändert.");
        }
        datenbank
                .sql("UPDATE leistung SET leika = ?, haeufig = ? WHERE mandant_id = ? AND id = ?")
                .param(Leistungsangaben.leika(leika))
                .param(haeufig)
                .param(mandant())
                .param(leistung)
                .update();
        protokoll.schreibe(wer.pseudonym(), "leistung.eingeordnet", leistung, null, Map.of(), "leistung");
    }

    private void verlange(Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
    }

    /** One after another changes the versions of one Leistung. */
    private void halte(UUID leistung) {
        var gehalten = datenbank
                .sql("SELECT id FROM leistung WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), leistung)
                .query(UUID.class)
                .optional();
        if (gehalten.isEmpty()) {
            throw new NichtGefunden("Diese Leistung gibt es nicht.");
        }
    }

    private Optional<Stand> offene(UUID leistung) {
        return stand(leistung, "stand IN ('entwurf', 'zur_freigabe')");
    }

    private Optional<Stand> gueltige(UUID leistung) {
        return stand(leistung, "stand = 'veroeffentlicht'");
    }

    private Optional<Stand> stand(UUID leistung, String welcher) {
        return datenbank
                .sql(
                        "SELECT id, nummer, stand, aenderung FROM leistungsfassung WHERE mandant_id = ? AND leistung_id = ? AND "
                                + welcher)
                .params(mandant(), leistung)
                .query(Stand.class)
                .optional();
    }

    private Stand offen(UUID leistung, String stand, String sonst) {
        return offene(leistung)
                .filter(f -> f.stand.equals(stand))
                .orElseThrow(() ->
                        Abgelehnt.konflikt(sonst + " Vielleicht war jemand schneller. Es wurde nichts geändert."));
    }

    private void setze(Stand fassung, String stand, String dazu) {
        datenbank
                .sql("UPDATE leistungsfassung SET stand = ?" + dazu + " WHERE mandant_id = ? AND id = ?")
                .params(stand, mandant(), fassung.id)
                .update();
    }

    private void merke(Anmeldung wer, String handlung, UUID fassung, String titel) {
        protokoll.schreibe(
                wer.pseudonym(),
                handlung,
                fassung,
                null,
                titel.isEmpty() ? Map.of() : Map.of("titel", titel),
                "leistungsfassung");
    }
}
