package de.federwerk.meldung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.gesicht.Betrachter;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tells persons what concerns them. Told and read stand in no Protokoll: what happened to the thing stands there already, and when somebody
 * reads their Meldungen is nobody's business.
 */
@Component
public class Meldungen {

    /** What open pages listen for: {@link Liveticker}. */
    static final String LIVE = "meldungen";

    static final Ordnung UNGELESENE_ZUERST =
            Ordnung.ab(Ordnung.zahl("neu"), Ordnung.zeit("entstanden"), Ordnung.kennung("id"));

    private static final int TITEL = 200;
    private static final int TEXT = 500;
    private static final int SCHLUESSEL = 200;
    private static final Pattern PFAD = Pattern.compile("/[A-Za-z0-9][^\\s{}\\\\\\p{Cntrl}]{0,498}");
    /** Line ends, and what makes text run backwards or vanish: a Meldung is one line, in the list and in a mail. */
    private static final Pattern UNSICHTBAR = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]+");

    record Zeile(UUID id, Meldungsart art, String titel, String text, Instant entstanden, long neu) {

        boolean ungelesen() {
            return neu == 1;
        }

        String zusatz() {
            return text.isEmpty() ? art.wort() : art.wort() + " · " + text;
        }
    }

    private final JdbcClient datenbank;
    private final Liveticker ticker;
    private final Mailserver mailserver;

    Meldungen(JdbcClient datenbank, Liveticker ticker, Mailserver mailserver) {
        this.datenbank = datenbank;
        this.ticker = ticker;
        this.mailserver = mailserver;
    }

    /**
     * Tells a person something, in the transaction in which it happens; its open pages and its mail follow after the commit.
     *
     * <p>A Meldung outlives rights: whoever may not see the thing any more still has the line about it, and a mail leaves the house unsealed.
     * So title and text never carry content – no name of a citizen, nothing of a text, no reason – only what kind of thing there is to do,
     * by when, and at most the Aktenzeichen: {@code „Mitzeichnung, 66.20.03-0129/2026“}, {@code „bis 15.10.2026“}. The content stands on the
     * page behind {@code pfad}, which asks for rights.
     *
     * @param person of this Mandant; a technical account or somebody who has left is told nothing
     * @param schluessel names what is told, e.g. {@code aufgabe-neu <id>}: the same key is told to the same person once, however often it
     *     is said (for a year, then Meldungen are deleted); at most 200 characters
     * @param titel one line, shortened to 200 characters
     * @param text one line more or empty, shortened to 500 characters
     * @param pfad page of this house that opens with the Meldung, e.g. {@code /vorgaenge/<id>}: begins with one slash, no blanks, no braces
     * @return whether it is news: false if it was told before, or nobody is there to be told
     * @throws IllegalArgumentException for a path, key or title that no caller may make
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean sage(UUID person, Meldungsart art, String schluessel, String titel, String text, String pfad) {
        if (!PFAD.matcher(pfad).matches()) throw new IllegalArgumentException("Kein Pfad dieses Hauses: " + pfad);
        if (schluessel.isBlank() || schluessel.length() > SCHLUESSEL || schluessel.indexOf('\0') >= 0)
            throw new IllegalArgumentException("Kein Schlüssel einer Meldung: " + schluessel);
        var zeile = einzeilig(titel, TITEL);
        if (zeile.isEmpty()) throw new IllegalArgumentException("Eine Meldung braucht einen Titel: " + schluessel);
        boolean neu = datenbank
                        .sql("""
                INSERT INTO meldung (mandant_id, id, person_id, art, schluessel, titel, text, pfad, mail_ab)
                SELECT p.mandant_id, :id, p.id, :art, :schluessel, :titel, :text, :pfad,
                       CASE WHEN :post AND p.email <> '' THEN mail_faellig(coalesce(w.mail, :vorgabe), coalesce(z.stunde, :stunde), make_interval(secs => :sammeln)) END
                  FROM person p
                  LEFT JOIN meldungswahl w ON w.mandant_id = p.mandant_id AND w.person_id = p.id AND w.art = :art
                  LEFT JOIN meldungszeit z ON z.mandant_id = p.mandant_id AND z.person_id = p.id
                 WHERE p.mandant_id = :m AND p.id = :person AND p.art = 'mensch' AND gilt(p.gueltig_von, p.gueltig_bis)
                ON CONFLICT (mandant_id, person_id, schluessel) DO NOTHING""")
                        .param("m", mandant())
                        .param("id", Kennung.neu())
                        .param("person", person)
                        .param("art", art.name())
                        .param("schluessel", schluessel)
                        .param("titel", zeile)
                        .param("text", einzeilig(text, TEXT))
                        .param("pfad", pfad)
                        .param("post", mailserver.eingerichtet())
                        .param("vorgabe", art.vorgabe().kennung())
                        .param("stunde", Mailwuensche.STUNDE)
                        .param("sammeln", mailserver.sammeln().toSeconds())
                        .update()
                == 1;
        if (neu) ticker.an(List.of(person), LIVE);
        return neu;
    }

    /** One line without anything unseen, not longer than the database takes. */
    static String einzeilig(String text, int hoechstens) {
        var rein = UNSICHTBAR.matcher(text).replaceAll(" ").strip();
        return rein.codePointCount(0, rein.length()) <= hoechstens
                ? rein
                : rein.substring(0, rein.offsetByCodePoints(0, hoechstens - 1)) + "…";
    }

    /** Unread, as the bell shows it: at most one more than {@link Betrachter#MELDUNGEN_BIS}. */
    @Transactional(readOnly = true)
    int ungelesen(UUID person) {
        return datenbank
                .sql(
                        "SELECT count(*) FROM (SELECT FROM meldung WHERE mandant_id = ? AND person_id = ? AND neu = 1 LIMIT ?) u")
                .params(mandant(), person, Betrachter.MELDUNGEN_BIS + 1)
                .query(Integer.class)
                .single();
    }

    @Transactional(readOnly = true)
    Seite<Zeile> liste(UUID person, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                z -> List.of(z.neu, z.entstanden, z.id),
                (stelle, hoechstens) -> datenbank
                        .sql("""
                SELECT m.id, m.art, m.titel, m.text, m.entstanden, m.neu FROM meldung m
                 WHERE m.mandant_id = :m AND m.person_id = :person AND %s ORDER BY %s LIMIT :hoechstens""".formatted(
                                        UNGELESENE_ZUERST.bedingung("m", stelle), UNGELESENE_ZUERST.folge("m", stelle)))
                        .param("m", mandant())
                        .param("person", person)
                        .param("hoechstens", hoechstens)
                        .params(UNGELESENE_ZUERST.parameter(stelle))
                        .query(Zeile.class)
                        .list());
    }

    /**
     * Read, and so not mailed any more.
     *
     * @return where it leads; empty if there is none or it is somebody else's
     */
    @Transactional
    Optional<String> oeffne(UUID person, UUID id) {
        var pfad = datenbank
                .sql(
                        "UPDATE meldung SET gelesen = coalesce(gelesen, now()), mail_ab = NULL WHERE mandant_id = ? AND person_id = ? AND id = ? RETURNING pfad")
                .params(mandant(), person, id)
                .query(String.class)
                .optional();
        if (pfad.isPresent()) ticker.an(List.of(person), LIVE);
        return pfad;
    }

    /** @param bis what came later was not on the page and stays unread */
    @Transactional
    void liesAlle(UUID person, Instant bis) {
        int gelesene = datenbank
                .sql(
                        "UPDATE meldung SET gelesen = now(), mail_ab = NULL WHERE mandant_id = ? AND person_id = ? AND neu = 1 AND entstanden <= ?")
                .params(mandant(), person, Timestamp.from(bis))
                .update();
        if (gelesene > 0) ticker.an(List.of(person), LIVE);
    }
}
