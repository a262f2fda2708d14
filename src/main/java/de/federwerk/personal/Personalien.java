package de.federwerk.personal;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** One person as the administration sees it: name, roles, Ermächtigung, and the day on which it leaves. Nothing is deleted. */
@Component
public class Personalien {

    private static final int JAHRE_VORAUS = 10;

    /** @param bis when the access ends or has ended; null: it does not */
    public record Person(
            UUID id,
            String anmeldename,
            String vorname,
            String nachname,
            @Nullable String email,
            int ermaechtigung,
            boolean technisch,
            boolean gueltig,
            Instant seit,
            @Nullable Instant bis) {

        public String name() {
            return (vorname + " " + nachname).strip();
        }

        /** The last day of work. */
        public @Nullable LocalDate letzterTag() {
            return bis == null ? null : bis.minusMillis(1).atZone(Anzeige.ZONE).toLocalDate();
        }
    }

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Protokoll protokoll;

    Personalien(JdbcClient datenbank, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    /** @throws NichtGefunden if there is none of this id */
    @Transactional(readOnly = true)
    public Person person(UUID id) {
        return lies(id, "");
    }

    private Person lies(UUID id, String sperre) {
        return datenbank
                .sql("""
                SELECT id, anmeldename, vorname, nachname, email, ermaechtigung, art = 'technisch' AS technisch, gilt(gueltig_von, gueltig_bis) AS gueltig,
                       gueltig_von AS seit, gueltig_bis AS bis FROM person WHERE mandant_id = ? AND id = ?""" + sperre)
                .params(mandant(), id)
                .query(Person.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Person gibt es nicht."));
    }

    /** Held until the transaction ends: acts on one person follow one another. */
    private Person halte(UUID id) {
        return lies(id, " FOR NO KEY UPDATE");
    }

    /** @throws Abgelehnt (EINGABE) if a name or the address is none */
    @Transactional
    public void benenne(Anmeldung wer, UUID id, String vorname, String nachname, String email) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var vorher = halte(id);
        var adresse = email.strip();
        if (nachname.isBlank() || nachname.length() > 100 || vorname.length() > 100) {
            throw Abgelehnt.eingabe(
                    "Der Nachname fehlt, oder ein Name ist länger als 100 Zeichen. Es wurde nichts geändert.");
        }
        if (adresse.length() > 254 || !adresse.isEmpty() && !adresse.matches("[^@\\s]+@[^@\\s]+")) {
            throw Abgelehnt.eingabe("„%s“ ist keine E-Mail-Adresse. Es wurde nichts geändert.".formatted(adresse));
        }
        datenbank
                .sql("UPDATE person SET vorname = ?, nachname = ?, email = ? WHERE mandant_id = ? AND id = ?")
                .param(rein(vorname))
                .param(rein(nachname))
                .param(adresse.isEmpty() ? null : adresse)
                .param(mandant())
                .param(id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "person.geaendert",
                id,
                null,
                Map.of(
                        "vorname", rein(vorname),
                        "nachname", rein(nachname),
                        "email", adresse,
                        "vorher", vorher.name()),
                "person");
    }

    private static String rein(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    /** Roles held now. */
    @Transactional(readOnly = true)
    public List<Rolle> rollen(UUID id) {
        return datenbank.sql("""
                SELECT DISTINCT r.kennung FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                 WHERE b.mandant_id = ? AND b.person_id = ? AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(r.gueltig_von, r.gueltig_bis)""").params(mandant(), id).query(String.class).stream()
                .flatMap(k -> java.util.Arrays.stream(Rolle.values())
                        .filter(r -> r.name().equals(k)))
                .sorted()
                .toList();
    }

    /** Gives a role from now on; given twice, it is given once. */
    @Transactional
    public void gib(Anmeldung wer, UUID id, Rolle rolle) {
        halteRolle(Rolle.ADMINISTRATION);
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var person = halte(id);
        if (!person.gueltig) {
            throw Abgelehnt.konflikt(person.name() + " hat das Haus verlassen und kann keine Rolle bekommen.");
        }
        if (!rollen(id).contains(rolle)) {
            personen.gib(wer.pseudonym(), id, rolle);
        }
    }

    /**
     * Takes a role from now on.
     *
     * @throws Abgelehnt (KONFLIKT) if nobody would be left with the role ADMINISTRATION
     */
    @Transactional
    public void nimm(Anmeldung wer, UUID id, Rolle rolle) {
        halteRolle(Rolle.ADMINISTRATION);
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        halte(id);
        if (rolle == Rolle.ADMINISTRATION) {
            verlangeAndere(id);
        }
        int genommen = datenbank
                // Not now(): what was given after this transaction began would end before it began.
                .sql("""
                UPDATE rollenbesetzung b SET gueltig_bis = greatest(clock_timestamp(), b.gueltig_von + interval '1 microsecond')
                 WHERE b.mandant_id = :m AND b.person_id = :person AND (b.gueltig_bis IS NULL OR b.gueltig_bis > now())
                   AND b.rolle_id = (SELECT id FROM rolle WHERE mandant_id = :m AND kennung = :rolle)""")
                .param("m", mandant())
                .param("person", id)
                .param("rolle", rolle.name())
                .update();
        if (genommen > 0) {
            protokoll.schreibe(wer.pseudonym(), "rolle.genommen", id, null, Map.of("rolle", rolle.name()));
        }
    }

    /** For this row all wait who could leave the town without administration: of two at once the second sees what the first has done. */
    private void halteRolle(Rolle rolle) {
        var id = personen.rolle(rolle);
        datenbank
                .sql("SELECT id FROM rolle WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), id)
                .query(UUID.class)
                .single();
    }

    /** Somebody must stay who can repair what was done wrong. Only those count whose access and role have no end. */
    private void verlangeAndere(UUID ohne) {
        boolean hat = rollen(ohne).contains(Rolle.ADMINISTRATION);
        long andere =
                datenbank.sql("""
                SELECT count(DISTINCT p.id) FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                  JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id
                 WHERE b.mandant_id = ? AND r.kennung = 'ADMINISTRATION' AND p.id <> ? AND p.art = 'mensch' AND p.gueltig_bis IS NULL
                   AND b.gueltig_bis IS NULL AND b.gueltig_von <= clock_timestamp()""").params(mandant(), ohne).query(Long.class).single();
        if (hat && andere == 0) {
            throw Abgelehnt.konflikt(
                    "Danach wäre niemand mehr da, der verwalten darf: Außer dieser Person hat niemand auf Dauer die Rolle „Administration“."
                            + " Geben Sie die Rolle zuerst jemand anderem. Es wurde nichts geändert.");
        }
    }

    /**
     * The highest Stufe somebody can be given: the highest this town uses, at least 1.
     *
     * @return 0–9
     */
    @Transactional(readOnly = true)
    public int hoechsteStufe() {
        return datenbank.sql("""
                SELECT greatest(1, (SELECT coalesce(max(stufe), 0) FROM schutzbereich WHERE mandant_id = :m),
                                (SELECT coalesce(max(nummer), 0) FROM vertraulichkeitsstufe WHERE mandant_id = :m))""").param("m", mandant()).query(Integer.class).single();
    }

    /** @throws Abgelehnt (RECHT) without the role GEHEIMSCHUTZ: ADMINISTRATION is not enough; (EINGABE) above {@link #hoechsteStufe} */
    @Transactional
    public void ermaechtige(Anmeldung wer, UUID id, int stufe) {
        personen.verlange(wer.person(), Rolle.GEHEIMSCHUTZ);
        if (wer.person().equals(id)) {
            throw Abgelehnt.recht(
                    "Die eigene Ermächtigung ändert niemand selbst. Bitte wenden Sie sich an jemand anderen mit der Rolle „Geheimschutz“.");
        }
        var person = halte(id);
        int hoechste = hoechsteStufe();
        if (stufe < 0 || stufe > hoechste) {
            throw Abgelehnt.eingabe(
                    "Möglich sind die Stufen 0 bis %d: Höhere gibt es in Ihrer Gemeinde nicht. Es wurde nichts geändert."
                            .formatted(hoechste));
        }
        if (person.ermaechtigung != stufe) {
            personen.ermaechtige(wer.pseudonym(), id, stufe);
        }
    }

    /**
     * The last day of somebody in the house. Their work is found, their name stays with what they did.
     *
     * @param letzter null: the person stays
     * @param sofort the access ends now, not in the evening of that day
     * @throws Abgelehnt (EINGABE) for a day that is past; (KONFLIKT) if nobody would be left with the role ADMINISTRATION
     */
    @Transactional
    public void verlaesst(Anmeldung wer, UUID id, @Nullable LocalDate letzter, boolean sofort) {
        halteRolle(Rolle.ADMINISTRATION);
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var person = halte(id);
        var heute = LocalDate.now(Anzeige.ZONE);
        if (letzter != null) {
            if (letzter.isBefore(heute)) {
                throw Abgelehnt.eingabe(
                        "Der %s ist vorbei. Soll der Zugang gleich enden, wählen Sie heute und „sofort“. Es wurde nichts geändert."
                                .formatted(Anzeige.datum(letzter)));
            }
            if (letzter.isAfter(heute.plusYears(JAHRE_VORAUS))) {
                throw Abgelehnt.eingabe(
                        "Der %s liegt mehr als %d Jahre voraus. Bitte prüfen Sie das Jahr; es wurde nichts geändert."
                                .formatted(Anzeige.datum(letzter), JAHRE_VORAUS));
            }
            verlangeAndere(id);
        }
        var bis = letzter == null
                ? null
                : sofort
                        ? Instant.now()
                        : letzter.plusDays(1).atStartOfDay(Anzeige.ZONE).toInstant();
        datenbank
                .sql("""
                UPDATE person SET gueltig_bis = CASE WHEN :bis = '' THEN NULL ELSE greatest(CAST(nullif(:bis, '') AS timestamptz), gueltig_von + interval '1 microsecond') END
                 WHERE mandant_id = :m AND id = :id""")
                .param("bis", bis == null ? "" : bis.toString())
                .param("m", mandant())
                .param("id", id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                letzter == null ? "person.bleibt" : "person.verlaesst",
                id,
                null,
                Map.of("letzter_tag", letzter == null ? "" : letzter.toString(), "name", person.name()),
                "person");
        if (letzter != null && sofort) {
            personen.beendeSitzungen(id, "");
        }
    }
}
