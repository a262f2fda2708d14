package de.federwerk.liste;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Schriftgut;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Postfach;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lists under a name, of a person or of a unit. An Ansicht says what to look at, never who may: everybody sees in it what they may read
 * anyway. That of a unit is made and changed by who leads it, or represents who does, or by the Administration.
 */
@Component
class Ansichten {

    private static final int HOECHSTENS = 50;
    private static final int LAENGSTE = 4_000;
    private static final String WEG = "Diese Ansicht gibt es nicht mehr; sie wurde eben gelöscht.";

    /** @param einheit whose it is; null: of one person @param aenderbar by who asks @param start with which the list opens for who asks */
    record Ansicht(
            UUID id,
            String name,
            @Nullable UUID einheitId,
            @Nullable String einheit,
            String wer,
            boolean aenderbar,
            boolean start,
            Listenfrage frage) {

        /** The list as it was kept. */
        String adresse() {
            return frage.adresse();
        }
    }

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Ansichtenrechte rechte;
    private final Protokoll protokoll;

    Ansichten(JdbcClient datenbank, Berechtigungen berechtigungen, Ansichtenrechte rechte, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.rechte = rechte;
        this.protokoll = protokoll;
    }

    /** One's own, and those of the units to which one belongs today; the Administration and heads also those they may change. */
    @Transactional(readOnly = true)
    public List<Ansicht> von(Anmeldung wer, Listenart art) {
        return frage(wer, "s.art = :art", art, null);
    }

    /** @throws NichtGefunden if it does not exist for this person */
    @Transactional(readOnly = true)
    public Ansicht ansicht(Anmeldung wer, UUID id) {
        return frage(wer, "s.id = :id", Listenart.AKTEN, id).stream()
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Ansicht gibt es nicht, oder sie ist nicht für Sie."));
    }

    /** With which the list opens for this person, if with any. */
    @Transactional(readOnly = true)
    public Optional<Ansicht> start(Anmeldung wer, Listenart art) {
        return von(wer, art).stream().filter(Ansicht::start).findFirst();
    }

    private List<Ansicht> frage(Anmeldung wer, String und, Listenart art, @Nullable UUID id) {
        var geleitete = rechte.geleitete(wer);
        boolean verwaltung = rechte.verwaltung(wer);
        var eigene = berechtigungen.postfaecher(wer.person()).stream()
                .filter(p -> p.art().equals("einheit") && p.person().equals(wer.person()))
                .map(Postfach::subjekt)
                .toList();
        return datenbank
                .sql("""
                -- Whoever belongs to a unit belongs to those above it.
                WITH RECURSIVE mitglied (id) AS (
                    SELECT unnest(CAST(:eigene AS uuid[]))
                    UNION SELECT e.ueber_id FROM einheit e JOIN mitglied m ON e.mandant_id = :m AND e.id = m.id WHERE e.ueber_id IS NOT NULL)
                SELECT s.id, s.art, s.name, s.einheit_id, e.kuerzel || ' ' || e.name AS einheit, trim(p.vorname || ' ' || p.nachname) AS wer,
                       s.angaben, s.filter_einheit_id, b.ansicht_id IS NOT NULL AS start
                  FROM ansicht s JOIN person p ON p.mandant_id = s.mandant_id AND p.id = s.person_id
                  LEFT JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                  LEFT JOIN startansicht b ON b.mandant_id = s.mandant_id AND b.person_id = :wer AND b.ansicht_id = s.id
                 WHERE s.mandant_id = :m AND %s
                   AND (s.einheit_id IS NULL AND s.person_id = :wer OR s.einheit_id IN (SELECT id FROM mitglied)
                        OR s.einheit_id = ANY (CAST(:geleitete AS uuid[])) OR :alle AND s.einheit_id IS NOT NULL)
                 ORDER BY s.einheit_id IS NOT NULL, lower(s.name), s.id LIMIT 500""".formatted(und))
                .param("m", mandant())
                .param("wer", wer.person())
                .param("art", art.tabelle())
                .param("id", id)
                .param("eigene", Listengrenzen.feld(eigene))
                .param("geleitete", Listengrenzen.feld(List.copyOf(geleitete)))
                .param("alle", verwaltung)
                .query((z, nr) -> ansicht(z, geleitete, verwaltung))
                .list();
    }

    private static Ansicht ansicht(ResultSet z, Set<UUID> geleitete, boolean verwaltung) throws SQLException {
        var id = z.getObject("id", UUID.class);
        var einheit = z.getObject("einheit_id", UUID.class);
        var grenze = z.getObject("filter_einheit_id", UUID.class);
        var frage = Listenfrage.aus(Listenart.von(Schriftgut.Art.von(z.getString("art"))), z.getString("angaben"))
                .mitAnsicht(id);
        return new Ansicht(
                id,
                z.getString("name"),
                einheit,
                z.getString("einheit"),
                z.getString("wer"),
                einheit == null || verwaltung || geleitete.contains(einheit),
                z.getBoolean("start"),
                grenze == null ? frage : frage.mit(Eingrenzung.EINHEIT, grenze.toString()));
    }

    /**
     * @param id chosen by the caller: sent twice, it is made once
     * @param einheit for which unit; null for oneself
     * @throws Abgelehnt (EINGABE) without a name or with too many, (RECHT) for a unit that one does not lead
     */
    @Transactional
    public void lege(Anmeldung wer, UUID id, @Nullable String name, @Nullable UUID einheit, Listenfrage frage) {
        var wort = name(name);
        if (einheit != null) {
            rechte.verlange(wer, einheit);
        }
        rechte.verlangeGrenze(frage);
        // Sent twice: it is there, however many there may be.
        boolean da = datenbank
                .sql("SELECT EXISTS (SELECT FROM ansicht WHERE mandant_id = ? AND id = ?)")
                .params(mandant(), id)
                .query(Boolean.class)
                .single();
        if (da) {
            return;
        }
        long schon = datenbank
                .sql("""
                SELECT count(*) FROM ansicht WHERE mandant_id = :m
                   AND CASE WHEN CAST(:einheit AS uuid) IS NULL THEN einheit_id IS NULL AND person_id = :wer ELSE einheit_id = :einheit END""")
                .param("m", mandant())
                .param("wer", wer.person())
                .param("einheit", einheit)
                .query(Long.class)
                .single();
        if (schon >= HOECHSTENS) {
            throw Abgelehnt.eingabe("Mehr als " + HOECHSTENS
                    + " Ansichten überblickt niemand. Es wurde keine gespeichert; bitte löschen Sie erst eine.");
        }
        int neu = datenbank
                .sql("""
                INSERT INTO ansicht (mandant_id, id, art, name, person_id, einheit_id, angaben, filter_einheit_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING""")
                .param(mandant())
                .param(id)
                .param(frage.art().tabelle())
                .param(wort)
                .param(wer.person())
                .param(einheit)
                .param(angaben(frage))
                .param(frage.kennung(Eingrenzung.EINHEIT))
                .update();
        if (neu == 1) {
            protokoll.schreibe(wer.pseudonym(), "ansicht.gespeichert", id, null, Map.of("titel", wort), "ansicht");
        }
    }

    /** The unit stands in a column of its own. */
    private static String angaben(Listenfrage frage) {
        var ohne = frage.kennung(Eingrenzung.EINHEIT) == null ? frage : frage.ohne(Eingrenzung.EINHEIT);
        var angaben = ohne.mitAnsicht(null).angaben();
        if (angaben.length() > LAENGSTE) {
            throw Abgelehnt.eingabe(
                    "Diese Liste ist auf zu vieles eingegrenzt, um sie zu merken. Es wurde nichts gespeichert; bitte nehmen Sie eine Eingrenzung weg.");
        }
        return angaben;
    }

    /** Its name and, if there is one, another list. @param frage null: as it is */
    @Transactional
    public void aendere(Anmeldung wer, UUID id, @Nullable String name, @Nullable Listenfrage frage) {
        var ansicht = zumAendern(wer, id);
        var wort = name(name);
        var neu = frage == null || frage.art() != ansicht.frage.art() ? ansicht.frage : frage;
        rechte.verlangeGrenze(neu);
        int geaendert = datenbank
                .sql(
                        "UPDATE ansicht SET name = ?, angaben = ?, filter_einheit_id = ?, geaendert = now() WHERE mandant_id = ? AND id = ?")
                .param(wort)
                .param(angaben(neu))
                .param(neu.kennung(Eingrenzung.EINHEIT))
                .param(mandant())
                .param(id)
                .update();
        verlangeDa(geaendert);
        protokoll.schreibe(wer.pseudonym(), "ansicht.geaendert", id, null, Map.of("titel", wort), "ansicht");
    }

    @Transactional
    public Listenart loesche(Anmeldung wer, UUID id) {
        var ansicht = zumAendern(wer, id);
        verlangeDa(datenbank
                .sql("DELETE FROM ansicht WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update());
        protokoll.schreibe(wer.pseudonym(), "ansicht.geloescht", id, null, Map.of("titel", ansicht.name));
        return ansicht.frage.art();
    }

    /** @param betroffen by a statement on it: none, if somebody has deleted it meanwhile */
    private static void verlangeDa(int betroffen) {
        if (betroffen == 0) {
            throw new NichtGefunden(WEG);
        }
    }

    private Ansicht zumAendern(Anmeldung wer, UUID id) {
        var ansicht = ansicht(wer, id);
        if (!ansicht.aenderbar) {
            throw Abgelehnt.recht("Die Ansicht „" + ansicht.name + "“ gehört der Einheit " + ansicht.einheit
                    + ". Ändern kann sie, wer die Einheit leitet oder vertritt, oder die Administration.");
        }
        return ansicht;
    }

    /** The list opens with it from now on, or with everything again. */
    @Transactional
    public Listenart beginneMit(Anmeldung wer, UUID id, boolean an) {
        var ansicht = ansicht(wer, id);
        var art = ansicht.frage.art();
        if (an) {
            int gesetzt = datenbank.sql("""
                    INSERT INTO startansicht (mandant_id, person_id, art, ansicht_id)
                    SELECT mandant_id, ?, art, id FROM ansicht WHERE mandant_id = ? AND id = ? FOR SHARE
                    ON CONFLICT (mandant_id, person_id, art) DO UPDATE SET ansicht_id = excluded.ansicht_id""").params(wer.person(), mandant(), id).update();
            verlangeDa(gesetzt);
        } else {
            datenbank
                    .sql("DELETE FROM startansicht WHERE mandant_id = ? AND person_id = ? AND ansicht_id = ?")
                    .params(mandant(), wer.person(), id)
                    .update();
        }
        return art;
    }

    private static String name(@Nullable String getippt) {
        var name = getippt == null
                ? ""
                : getippt.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (name.isEmpty() || name.length() > 100) {
            throw Abgelehnt.eingabe("Bitte geben Sie der Ansicht einen Namen (bis 100 Zeichen).");
        }
        return name;
    }
}
