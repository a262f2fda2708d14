package de.federwerk.schwaerzung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.datei.Schwaerzwerk.Seitenlage;
import de.federwerk.organisation.Anmeldung;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Areas put down and taken away: by hand on one page, by search over all of them. */
@Component
class Markierungen {

    /** Of one draft. */
    static final int HOECHSTENS = 5_000;
    /** Millimetres; smaller than this an area is a slip of the mouse. */
    private static final double KLEIN = 0.5;

    private final JdbcClient datenbank;
    private final Schwaerzungen schwaerzungen;
    private final Seitenlagen lagen;

    Markierungen(JdbcClient datenbank, Schwaerzungen schwaerzungen, Seitenlagen lagen) {
        this.datenbank = datenbank;
        this.schwaerzungen = schwaerzungen;
        this.lagen = lagen;
    }

    /**
     * Keeps areas of one page as they stand now; those not named stay.
     *
     * @param fassung that the page knew
     * @param weg those taken away
     * @return the new number of the draft
     * @throws Abgelehnt (EINGABE) if one does not lie on the page, (KONFLIKT) if somebody else changed it, (GRENZE) for too many
     */
    @Transactional
    public int setze(Anmeldung wer, UUID id, int fassung, List<Bereich> neue, List<UUID> weg) {
        var datei = schwaerzungen.zumAendern(wer, id, fassung).schwaerzung().dateiId();
        for (var kennung : weg) {
            datenbank
                    .sql("DELETE FROM schwaerzbereich WHERE mandant_id = ? AND schwaerzung_id = ? AND id = ?")
                    .params(mandant(), id, kennung)
                    .update();
        }
        neue.forEach(b -> schreibe(id, aufDerSeite(b, lagen.seite(datei, b.seite()))));
        pruefeAnzahl(id);
        return schwaerzungen.geaendert(wer, id);
    }

    private static Bereich aufDerSeite(Bereich b, Seitenlage seite) {
        double rechts = Math.min(b.x() + b.breite(), seite.breite());
        double unten = Math.min(b.y() + b.hoehe(), seite.hoehe());
        double x = Math.max(0, b.x());
        double y = Math.max(0, b.y());
        if (!(rechts - x >= KLEIN && unten - y >= KLEIN)) {
            throw Abgelehnt.eingabe(
                    "Ein Bereich liegt nicht auf der Seite oder ist kleiner als einen halben Millimeter. Die Seite ist %.0f mm breit und %.0f mm hoch. Es wurde nichts gespeichert."
                            .formatted(seite.breite(), seite.hoehe()));
        }
        return new Bereich(b.id(), b.seite(), x, y, rechts - x, unten - y, b.grund(), b.erlaeuterung());
    }

    private void schreibe(UUID id, Bereich b) {
        if (b.erlaeuterung().length() > 200) {
            throw Abgelehnt.eingabe("Eine Erläuterung hat höchstens 200 Zeichen. Es wurde nichts gespeichert.");
        }
        datenbank
                .sql("""
                INSERT INTO schwaerzbereich (mandant_id, id, schwaerzung_id, seite, x, y, breite, hoehe, grund, erlaeuterung)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (mandant_id, id) DO UPDATE SET x = excluded.x, y = excluded.y, breite = excluded.breite, hoehe = excluded.hoehe,
                       grund = excluded.grund, erlaeuterung = excluded.erlaeuterung
                 WHERE schwaerzbereich.schwaerzung_id = excluded.schwaerzung_id AND schwaerzbereich.seite = excluded.seite""")
                .params(
                        mandant(),
                        b.id(),
                        id,
                        b.seite(),
                        b.x(),
                        b.y(),
                        b.breite(),
                        b.hoehe(),
                        b.grund().name(),
                        b.erlaeuterung())
                .update();
    }

    private void pruefeAnzahl(UUID id) {
        int anzahl = datenbank
                .sql("SELECT count(*) FROM schwaerzbereich WHERE mandant_id = ? AND schwaerzung_id = ?")
                .params(mandant(), id)
                .query(Integer.class)
                .single();
        if (anzahl > HOECHSTENS) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Das wären mehr als 5.000 Bereiche; so viele fasst eine Schwärzung nicht. Es wurde nichts markiert. Suchen Sie genauer, oder markieren Sie ganze Absätze.");
        }
    }

    /**
     * Marks all that is found on any page and not covered yet.
     *
     * @param suche finds on a page
     * @return how many were marked
     * @throws Abgelehnt (GRENZE) for too many
     */
    @Transactional
    public int markiere(Anmeldung wer, UUID id, Function<Seitenlage, List<Bereich>> suche) {
        var datei = schwaerzungen.zumAendern(wer, id, null).schwaerzung().dateiId();
        var schon = new ArrayList<>(lagen.bereiche(id));
        int neu = 0;
        for (var lage : lagen.alle(datei)) {
            for (var fund : suche.apply(lage)) {
                if (schon.size() > HOECHSTENS) {
                    pruefeAnzahl(id);
                }
                if (schon.stream().noneMatch(b -> b.enthaelt(fund))) {
                    schreibe(id, fund);
                    schon.add(fund);
                    neu++;
                }
            }
        }
        pruefeAnzahl(id);
        if (neu > 0) {
            schwaerzungen.geaendert(wer, id);
        }
        return neu;
    }
}
