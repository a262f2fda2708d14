package de.federwerk.aktenart;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The Aktenarten of a town and their fields: made and changed by the Administration, without programming. Nothing that is in use is removed. */
@Component
public class Aktenarten {

    private static final int FELDER = 50;
    private static final int ARTEN = 200;
    private static final int AUSWAHL = 100;

    /** @param felder in its form */
    public record Aktenart(UUID id, String name, String erlaeuterung, boolean beendet, long felder) {}

    /** What is to be changed at a field, or a new one. @param auswahl one per line */
    public record Feldangaben(
            Feldtraeger traeger, String name, Feldart art, String auswahl, boolean pflicht, boolean inListe) {

        static final Feldangaben LEER = new Feldangaben(Feldtraeger.AKTE, "", Feldart.TEXT, "", false, true);

        List<String> moegliche() {
            return art != Feldart.AUSWAHL
                    ? List.of()
                    : auswahl.lines()
                            .map(Aktenarten::zeile)
                            .filter(z -> !z.isEmpty())
                            .distinct()
                            .toList();
        }
    }

    private static final String ARTENFRAGE = """
            SELECT a.id, a.name, a.erlaeuterung, a.beendet IS NOT NULL AS beendet,
                   (SELECT count(*) FROM aktenfeld f WHERE f.mandant_id = a.mandant_id AND f.aktenart_id = a.id AND f.beendet IS NULL) AS felder
              FROM aktenart a WHERE a.mandant_id = :m""";

    private final JdbcClient datenbank;
    private final Personen personen;
    private final Protokoll protokoll;

    Aktenarten(JdbcClient datenbank, Personen personen, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.personen = personen;
        this.protokoll = protokoll;
    }

    /** A name for choosing. */
    public record Wahl(UUID id, String name) {}

    /** Of which new Akten can be made; no secret inside the house. */
    @Transactional(readOnly = true)
    public List<Wahl> wahl() {
        return datenbank
                .sql("SELECT id, name FROM aktenart WHERE mandant_id = ? AND beendet IS NULL ORDER BY lower(name), id")
                .param(mandant())
                .query(Wahl.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Wahl> finde(UUID id) {
        return datenbank
                .sql("SELECT id, name FROM aktenart WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .query(Wahl.class)
                .optional();
    }

    /** For the Administration: with those that have ended. */
    @Transactional(readOnly = true)
    List<Aktenart> alle() {
        return datenbank
                .sql(ARTENFRAGE + " ORDER BY a.beendet IS NOT NULL, lower(a.name), a.id")
                .param("m", mandant())
                .query(Aktenart.class)
                .list();
    }

    @Transactional(readOnly = true)
    Aktenart art(UUID id) {
        return datenbank
                .sql(ARTENFRAGE + " AND a.id = :id")
                .param("m", mandant())
                .param("id", id)
                .query(Aktenart.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Aktenart gibt es nicht."));
    }

    /** The fields that an Aktenart gives its Akten, or their Vorgänge, in their order. @param beendete those that were taken away, too, behind the others */
    @Transactional(readOnly = true)
    public List<Aktenfeld> felder(Feldtraeger traeger, UUID aktenart, boolean beendete) {
        return datenbank
                .sql("""
                SELECT id, aktenart_id, traeger, name, art, auswahl, pflicht, in_liste, platz, beendet IS NOT NULL AS beendet FROM aktenfeld
                 WHERE mandant_id = ? AND aktenart_id = ? AND traeger = ? AND (? OR beendet IS NULL) ORDER BY beendet IS NOT NULL, platz, id""")
                .params(mandant(), aktenart, traeger.kennung(), beendete)
                .query(Aktenarten::feld)
                .list();
    }

    private static Aktenfeld feld(ResultSet z, int nr) throws SQLException {
        var auswahl = (String[]) z.getArray("auswahl").getArray();
        return new Aktenfeld(
                z.getObject("id", UUID.class),
                z.getObject("aktenart_id", UUID.class),
                Feldtraeger.von(z.getString("traeger")),
                z.getString("name"),
                Feldart.valueOf(z.getString("art").toUpperCase(Locale.ROOT)),
                List.of(auswahl),
                z.getBoolean("pflicht"),
                z.getBoolean("in_liste"),
                z.getInt("platz"),
                z.getBoolean("beendet"));
    }

    /** @param id chosen by the caller: sent twice, it is made once @throws Abgelehnt (EINGABE) without a name, (KONFLIKT) if there is one of that name */
    @Transactional
    public void richteEin(Anmeldung wer, UUID id, @Nullable String name, @Nullable String erlaeuterung) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var wort = name(name, 100);
        if (alle().size() >= ARTEN) {
            throw Abgelehnt.eingabe("Mehr als " + ARTEN + " Aktenarten überblickt niemand. Es wurde keine angelegt.");
        }
        eindeutig(
                wort,
                () -> datenbank
                        .sql(
                                "INSERT INTO aktenart (mandant_id, id, name, erlaeuterung) VALUES (?, ?, ?, ?) ON CONFLICT (mandant_id, id) DO NOTHING")
                        .params(mandant(), id, wort, erlaeuterung(erlaeuterung))
                        .update());
        protokoll.schreibe(wer.pseudonym(), "aktenart.eingerichtet", id, null, Map.of("titel", wort), "aktenart");
    }

    @Transactional
    public void aendere(Anmeldung wer, UUID id, @Nullable String name, @Nullable String erlaeuterung) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        art(id);
        var wort = name(name, 100);
        eindeutig(
                wort,
                () -> datenbank
                        .sql("UPDATE aktenart SET name = ?, erlaeuterung = ? WHERE mandant_id = ? AND id = ?")
                        .params(wort, erlaeuterung(erlaeuterung), mandant(), id)
                        .update());
        protokoll.schreibe(wer.pseudonym(), "aktenart.geaendert", id, null, Map.of("titel", wort), "aktenart");
    }

    /** No new Akten of it; those there are keep their fields. */
    @Transactional
    public void beende(Anmeldung wer, UUID id) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        art(id);
        datenbank
                .sql("UPDATE aktenart SET beendet = coalesce(beendet, now()) WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
        protokoll.schreibe(wer.pseudonym(), "aktenart.beendet", id, null, Map.of(), "aktenart");
    }

    /** @param feld a new id, chosen by the caller: sent twice, it is made once */
    @Transactional
    public void fuegeHinzu(Anmeldung wer, UUID aktenart, UUID feld, Feldangaben angaben) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        halte(aktenart);
        var wort = name(angaben.name, 60);
        var moegliche = moegliche(angaben);
        if (felder(angaben.traeger, aktenart, false).size() >= FELDER) {
            throw Abgelehnt.eingabe("Mehr als " + FELDER + " Felder füllt niemand aus. Es wurde keines angelegt.");
        }
        var zeilen = new AtomicInteger();
        eindeutig(
                wort,
                () -> zeilen.set(datenbank
                        .sql("""
                INSERT INTO aktenfeld (mandant_id, id, aktenart_id, traeger, name, art, auswahl, pflicht, in_liste, platz)
                VALUES (:m, :id, :aktenart, :traeger, :name, :art, :auswahl, :pflicht, :liste,
                        (SELECT coalesce(max(platz), 0) + 1 FROM aktenfeld WHERE mandant_id = :m AND aktenart_id = :aktenart))
                ON CONFLICT (mandant_id, id) DO NOTHING""")
                        .param("m", mandant())
                        .param("id", feld)
                        .param("aktenart", aktenart)
                        .param("traeger", angaben.traeger.kennung())
                        .param("name", wort)
                        .param("art", angaben.art.kennung())
                        .param("auswahl", moegliche.toArray(String[]::new))
                        .param("pflicht", angaben.pflicht)
                        .param("liste", angaben.inListe)
                        .update()));
        if (zeilen.get() == 0) {
            return;
        }
        merke(
                wer,
                "aktenfeld.eingerichtet",
                aktenart,
                (angaben.traeger == Feldtraeger.VORGANG ? "an Vorgängen: " : "") + wort + " (" + angaben.art.wort()
                        + ")");
    }

    /** Name, choices and whether it must be filled in. What is in use stays readable: a choice taken away only cannot be chosen any more. */
    @Transactional
    public void aendereFeld(Anmeldung wer, UUID aktenart, UUID feld, Feldangaben angaben) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        halte(aktenart);
        var bisher = feld(aktenart, feld);
        var wort = name(angaben.name, 60);
        var moegliche = moegliche(new Feldangaben(
                bisher.traeger(), wort, bisher.art(), angaben.auswahl, angaben.pflicht, angaben.inListe));
        eindeutig(
                wort,
                () -> datenbank
                        .sql(
                                "UPDATE aktenfeld SET name = ?, auswahl = ?, pflicht = ?, in_liste = ? WHERE mandant_id = ? AND id = ?")
                        .params(
                                wort,
                                moegliche.toArray(String[]::new),
                                angaben.pflicht,
                                angaben.inListe,
                                mandant(),
                                feld)
                        .update());
        merke(wer, "aktenfeld.geaendert", aktenart, bisher.name().equals(wort) ? wort : bisher.name() + " → " + wort);
    }

    /** One place up or down. */
    @Transactional
    public void verschiebe(Anmeldung wer, UUID aktenart, UUID feld, boolean hinauf) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        halte(aktenart);
        var dieses = feld(aktenart, feld);
        var felder = felder(dieses.traeger(), aktenart, false);
        int stelle = felder.indexOf(dieses);
        int nachbar = hinauf ? stelle - 1 : stelle + 1;
        if (stelle < 0 || nachbar < 0 || nachbar >= felder.size()) {
            return;
        }
        setzePlatz(felder.get(stelle), felder.get(nachbar).platz());
        setzePlatz(felder.get(nachbar), felder.get(stelle).platz());
        merke(wer, "aktenfeld.verschoben", aktenart, felder.get(stelle).name());
    }

    private void setzePlatz(Aktenfeld feld, int platz) {
        datenbank
                .sql("UPDATE aktenfeld SET platz = ? WHERE mandant_id = ? AND id = ?")
                .params(platz, mandant(), feld.id())
                .update();
    }

    /** Takes a field from the form. What was typed stays readable at the Akten, and findable. */
    @Transactional
    public void beendeFeld(Anmeldung wer, UUID aktenart, UUID feld) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        halte(aktenart);
        var bisher = feld(aktenart, feld);
        datenbank
                .sql("UPDATE aktenfeld SET beendet = coalesce(beendet, now()) WHERE mandant_id = ? AND id = ?")
                .params(mandant(), feld)
                .update();
        merke(wer, "aktenfeld.beendet", aktenart, bisher.name());
    }

    /** In how many Akten or Vorgängen something stands in each field; for the Administration, who learns no more than the number. */
    @Transactional(readOnly = true)
    Map<UUID, Long> benutzt(UUID aktenart) {
        var zahlen = new java.util.HashMap<UUID, Long>();
        datenbank
                .sql("""
                SELECT f.id, (SELECT count(*) FROM aktenwert w WHERE w.mandant_id = f.mandant_id AND w.feld_id = f.id)
                             + (SELECT count(*) FROM vorgangswert w WHERE w.mandant_id = f.mandant_id AND w.feld_id = f.id)
                  FROM aktenfeld f WHERE f.mandant_id = ? AND f.aktenart_id = ?""")
                .params(mandant(), aktenart)
                .query((z, nr) -> zahlen.put(z.getObject(1, UUID.class), z.getLong(2)))
                .list();
        return zahlen;
    }

    /** Holds an Aktenart until the transaction ends: one after another changes what belongs to it. @throws NichtGefunden if there is none */
    @Transactional(propagation = Propagation.MANDATORY)
    public void halte(UUID aktenart) {
        var gehalten = datenbank
                .sql("SELECT id FROM aktenart WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), aktenart)
                .query(UUID.class)
                .optional();
        if (gehalten.isEmpty()) {
            throw new NichtGefunden("Diese Aktenart gibt es nicht.");
        }
    }

    private Aktenfeld feld(UUID aktenart, UUID id) {
        return Arrays.stream(Feldtraeger.values())
                .flatMap(t -> felder(t, aktenart, true).stream())
                .filter(f -> f.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Dieses Feld gibt es nicht."));
    }

    private static List<String> moegliche(Feldangaben angaben) {
        var moegliche = angaben.moegliche();
        if (angaben.art == Feldart.AUSWAHL && moegliche.isEmpty()) {
            throw Abgelehnt.eingabe("Bitte geben Sie an, was zur Auswahl steht: je Zeile eines.");
        }
        if (moegliche.size() > AUSWAHL || moegliche.stream().anyMatch(m -> m.length() > 100)) {
            throw Abgelehnt.eingabe("Möglich sind " + AUSWAHL + " Zeilen von je höchstens 100 Zeichen.");
        }
        return moegliche;
    }

    private void eindeutig(String name, Runnable tat) {
        try {
            tat.run();
        } catch (DuplicateKeyException e) {
            throw Abgelehnt.konflikt("„" + name + "“ gibt es hier schon. Es wurde nichts geändert.");
        }
    }

    private void merke(Anmeldung wer, String handlung, UUID aktenart, String text) {
        protokoll.schreibe(wer.pseudonym(), handlung, aktenart, null, Map.of("text", text));
    }

    private static String name(@Nullable String getippt, int hoechstens) {
        var name = zeile(getippt);
        if (name.isEmpty() || name.length() > hoechstens) {
            throw Abgelehnt.eingabe("Bitte geben Sie einen Namen an (bis " + hoechstens + " Zeichen).");
        }
        return name;
    }

    private static String erlaeuterung(@Nullable String getippt) {
        var text = zeile(getippt);
        return text.length() > 500 ? text.substring(0, 500) : text;
    }

    static String zeile(@Nullable String text) {
        return text == null ? "" : text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    /** The fields that a form of this Aktenart must fill in and does not. */
    static List<Aktenfeld> fehlende(List<Aktenfeld> felder, Map<UUID, String> werte) {
        return felder.stream()
                .filter(f -> f.pflicht()
                        && !f.beendet()
                        && werte.getOrDefault(f.id(), "").isBlank())
                .toList();
    }

    /** Line by line, as a form shows it. */
    public static String zeilen(Aktenfeld feld) {
        return String.join("\n", Arrays.asList(feld.auswahl().toArray(String[]::new)));
    }
}
