package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.protokoll.Protokoll.Tat;
import de.federwerk.suche.Index;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Entwürfe: registered, which gives them their Aktenzeichen for ever, or thrown into the Papierkorb, from where whoever threw them away takes them
 * out again. What lies there nobody sees, whatever was granted.
 */
@Component
public class Aktenentwuerfe {

    /** No Ermächtigung reaches so far (V211). */
    private static final int PAPIERKORB = 10;

    private static final int HOECHSTENS = 200;

    /** In one's own Papierkorb. @param art akte or vorgang */
    public record Verworfenes(UUID id, String art, String kennzeichen, String titel, Instant verworfen) {}

    private record Vorgangszeile(UUID id, String aktenzeichen) {}

    private final JdbcClient datenbank;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Aktenzeichenregel regel;
    private final Schutzfolge schutz;
    private final Protokoll protokoll;
    private final Index index;
    private final ApplicationEventPublisher ereignisse;

    Aktenentwuerfe(
            JdbcClient datenbank,
            Akten akten,
            Vorgaenge vorgaenge,
            Aktenzeichenregel regel,
            Schutzfolge schutz,
            Protokoll protokoll,
            Index index,
            ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.regel = regel;
        this.schutz = schutz;
        this.protokoll = protokoll;
        this.index = index;
        this.ereignisse = ereignisse;
    }

    /** What an Entwurf is called until it is registered: short enough to be said on the telephone. */
    static String name(UUID id) {
        // The end of a UUIDv7 is chance; 40 bits of it.
        var zeichen =
                Long.toString(id.getLeastSignificantBits() & 0xFFFFFFFFFFL, 32).toUpperCase(java.util.Locale.ROOT);
        var acht = "0".repeat(8 - zeichen.length()) + zeichen;
        return "Entwurf " + acht.substring(0, 4) + "-" + acht.substring(4);
    }

    /**
     * Gives an Akte and all Vorgänge in it their Aktenzeichen.
     *
     * @throws Abgelehnt (KONFLIKT) if it is registered already, (RECHT) if the person may only read
     */
    @Transactional
    public void registriereAkte(Anmeldung wer, UUID id) {
        halte(id);
        var akte = akten.zumVerlegen(wer, id);
        if (!akte.entwurf()) {
            throw Abgelehnt.konflikt("Die Akte " + akte.aktenzeichen() + " ist schon registriert.");
        }
        var neu = regel.fuerAkte(akten.kennzeichen(akte));
        datenbank
                .sql("UPDATE akte SET entwurf = false, aktenzeichen = ?, jahr = ? WHERE mandant_id = ? AND id = ?")
                .params(neu, regel.jahrDerAkten(), mandant(), id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(),
                "akte.registriert",
                id,
                id,
                Map.of("aktenzeichen", neu, "text", akte.aktenzeichen() + " → " + neu),
                "akte");
        index.vormerken("akte", id);
        registriere(wer, id, neu, null);
    }

    /** As {@link #registriereAkte}, of one Vorgang. @throws Abgelehnt (KONFLIKT) if its Akte is still an Entwurf */
    @Transactional
    public void registriereVorgang(Anmeldung wer, UUID id) {
        var gelesen = vorgaenge.bearbeitbar(wer, id);
        akten.halte(gelesen.akteId());
        vorgaenge.halte(id);
        var vorgang = vorgaenge.bearbeitbar(wer, id);
        var akte = akten.lage(vorgang.akteId());
        if (!vorgang.entwurf()) {
            throw Abgelehnt.konflikt("Der Vorgang " + vorgang.aktenzeichen() + " ist schon registriert.");
        }
        if (akte.entwurf()) {
            throw Abgelehnt.konflikt(
                    "Die Akte ist selbst noch ein Entwurf. Mit ihr werden ihre Vorgänge registriert; bitte dort.");
        }
        registriere(wer, akte.id(), akte.aktenzeichen(), id);
    }

    private void registriere(Anmeldung wer, UUID akte, String zeichen, @Nullable UUID nur) {
        var alle = datenbank
                .sql(
                        "SELECT id, aktenzeichen FROM vorgang WHERE mandant_id = :m AND akte_id = :akte AND entwurf AND NOT EXISTS (SELECT FROM papierkorb p WHERE p.mandant_id = vorgang.mandant_id AND p.id = vorgang.id) AND (CAST(:nur AS uuid) IS NULL OR id = :nur) ORDER BY angelegt, id")
                .param("m", mandant())
                .param("akte", akte)
                .param("nur", nur)
                .query(Vorgangszeile.class)
                .list();
        if (alle.isEmpty()) {
            return;
        }
        var neue = regel.fuerVorgaenge(alle.stream().map(v -> zeichen).toList());
        datenbank
                .sql("""
                UPDATE vorgang v SET entwurf = false, aktenzeichen = n.zeichen FROM unnest(CAST(? AS uuid[]), CAST(? AS text[])) AS n (id, zeichen)
                 WHERE v.mandant_id = ? AND v.id = n.id""")
                .param(Schutzfolge.feld(alle.stream().map(Vorgangszeile::id).toList()))
                .param(neue.toArray(String[]::new))
                .param(mandant())
                .update();
        var taten = new ArrayList<Tat>();
        for (int i = 0; i < alle.size(); i++) {
            taten.add(new Tat(
                    alle.get(i).id,
                    akte,
                    Map.of("aktenzeichen", neue.get(i), "text", alle.get(i).aktenzeichen + " → " + neue.get(i))));
        }
        protokoll.schreibe(wer.pseudonym(), "vorgang.registriert", taten);
        alle.forEach(v -> index.vormerken("vorgang", v.id));
        // Their Dokumente are found by the Aktenzeichen, too.
        datenbank
                .sql(
                        "SELECT id FROM dokument WHERE mandant_id = ? AND vorgang_id IN (SELECT unnest(CAST(? AS uuid[])))")
                .params(
                        mandant(),
                        Schutzfolge.feld(alle.stream().map(Vorgangszeile::id).toList()))
                .query(UUID.class)
                .list()
                .forEach(d -> index.vormerken("dokument", d));
    }

    private void halte(UUID akte) {
        datenbank
                .sql("SELECT id FROM akte WHERE mandant_id = ? AND id = ? FOR NO KEY UPDATE")
                .params(mandant(), akte)
                .query(UUID.class)
                .optional();
        datenbank
                .sql("SELECT id FROM vorgang WHERE mandant_id = ? AND akte_id = ? ORDER BY id FOR UPDATE")
                .params(mandant(), akte)
                .query(UUID.class)
                .list();
    }

    /** @throws Abgelehnt (KONFLIKT) if it is registered, or something in it is on its way, checked out or to be done */
    @Transactional
    public void verwirfAkte(Anmeldung wer, UUID id) {
        halte(id);
        var akte = akten.zumVerlegen(wer, id);
        if (!akte.entwurf()) {
            throw registriert(akte.aktenzeichen());
        }
        var teile = datenbank
                .sql("SELECT id FROM vorgang WHERE mandant_id = ? AND akte_id = ?")
                .params(mandant(), id)
                .query(UUID.class)
                .list();
        teile.forEach(v -> verlangeRuhe(wer, v));
        verwirf(wer, id, "akte", id, List.of("akte", "vorgang", "dokument"));
        protokoll.schreibe(wer.pseudonym(), "akte.verworfen", id, id, Map.of("titel", akte.titel()));
    }

    /** As {@link #verwirfAkte}, of a Vorgang. */
    @Transactional
    public void verwirfVorgang(Anmeldung wer, UUID id) {
        var gelesen = vorgaenge.bearbeitbar(wer, id);
        akten.halte(gelesen.akteId());
        vorgaenge.halte(id);
        var vorgang = vorgaenge.bearbeitbar(wer, id);
        if (!vorgang.entwurf()) {
            throw registriert(vorgang.aktenzeichen());
        }
        verlangeRuhe(wer, id);
        verwirf(wer, id, "vorgang", vorgang.akteId(), List.of("vorgang", "dokument"));
        protokoll.schreibe(
                wer.pseudonym(), "vorgang.verworfen", id, vorgang.akteId(), Map.of("titel", vorgang.titel()));
    }

    private static Abgelehnt registriert(String aktenzeichen) {
        return Abgelehnt.konflikt(
                aktenzeichen + " ist registriert. Weg kommt es nur durch Aussonderung; es wurde nichts geändert.");
    }

    private void verlangeRuhe(Anmeldung wer, UUID vorgang) {
        var frage = new VorgangWirdGeschlossen(vorgang, wer.person());
        ereignisse.publishEvent(frage);
        if (!frage.hindernisse().isEmpty()) {
            throw Abgelehnt.konflikt(String.join(" ", frage.hindernisse()));
        }
    }

    private void verwirf(Anmeldung wer, UUID id, String art, UUID akte, List<String> tabellen) {
        boolean mitEingang = datenbank
                .sql("SELECT EXISTS (SELECT FROM dokument WHERE mandant_id = ? AND " + art
                        + "_id = ? AND eingang_id IS NOT NULL)")
                .params(mandant(), id)
                .query(Boolean.class)
                .single();
        if (mitEingang) {
            throw Abgelehnt.konflikt(
                    "Darin liegt etwas aus dem Posteingangsbuch. Das kommt nicht in den Papierkorb: Bitte legen Sie es erst in einen anderen Vorgang.");
        }
        datenbank
                .sql("INSERT INTO papierkorb (mandant_id, id, art, akte_id, verworfen_von) VALUES (?, ?, ?, ?, ?)")
                .params(mandant(), id, art, akte, wer.person())
                .update();
        for (var tabelle : tabellen) {
            var spalte = spalte(tabelle, art);
            datenbank
                    .sql("""
                    INSERT INTO papierkorb_stueck (mandant_id, papierkorb_id, objekt_id, stufe)
                    SELECT x.mandant_id, :id, x.id, sb.stufe FROM %s x JOIN schutzbereich sb ON sb.mandant_id = x.mandant_id AND sb.id = x.schutzbereich_id
                     WHERE x.mandant_id = :m AND x.%s = :id AND sb.stufe < :korb""".formatted(tabelle, spalte))
                    .param("id", id)
                    .param("m", mandant())
                    .param("korb", PAPIERKORB)
                    .update();
            schutz.folge(tabelle, spalte, List.of(id), k -> k.mitStufe(PAPIERKORB));
        }
    }

    private static String spalte(String tabelle, String art) {
        return tabelle.equals(art) ? "id" : art + "_id";
    }

    /** One's own, the latest first. */
    @Transactional(readOnly = true)
    public List<Verworfenes> papierkorb(Anmeldung wer) {
        return frage(wer, "", null);
    }

    private List<Verworfenes> frage(Anmeldung wer, String und, @Nullable UUID id) {
        return datenbank
                .sql("""
                SELECT p.id, p.art, coalesce(v.aktenzeichen, a.aktenzeichen) AS kennzeichen, coalesce(v.titel, a.titel) AS titel, p.verworfen
                  FROM papierkorb p JOIN akte a ON a.mandant_id = p.mandant_id AND a.id = p.akte_id
                  LEFT JOIN vorgang v ON v.mandant_id = p.mandant_id AND v.id = p.id
                 WHERE p.mandant_id = :m AND p.verworfen_von = :wer %s ORDER BY p.verworfen DESC, p.id DESC LIMIT :hoechstens""".formatted(und))
                .param("m", mandant())
                .param("wer", wer.person())
                .param("id", id)
                .param("hoechstens", HOECHSTENS)
                .query(Verworfenes.class)
                .list();
    }

    /**
     * Back to where it was, with the Stufen its parts had, or those that are higher now.
     *
     * @throws NichtGefunden if this person threw away no such thing
     * @throws Abgelehnt (KONFLIKT) if the Akte it lay in is thrown away or closed by now
     */
    @Transactional
    public void holeZurueck(Anmeldung wer, UUID id) {
        var akte = datenbank
                .sql("SELECT akte_id FROM papierkorb WHERE mandant_id = ? AND id = ? AND verworfen_von = ? FOR UPDATE")
                .params(mandant(), id, wer.person())
                .query(UUID.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("In Ihrem Papierkorb liegt das nicht, oder nicht mehr."));
        var verworfenes = frage(wer, "AND p.id = :id", id).getFirst();
        halte(akte);
        var lage = akten.lage(akte);
        var ort = schutz.koordinate(lage.schutzbereichId());
        if (verworfenes.art.equals("vorgang")
                && (ort.stufe() == PAPIERKORB || !lage.stand().equals("offen"))) {
            throw Abgelehnt.konflikt(
                    "Die Akte, in der das lag, ist nicht mehr offen. Es bleibt im Papierkorb, bis sie wieder aufgenommen ist.");
        }
        if (verworfenes.art.equals("vorgang") && liegtInGeschlossenem(id)) {
            throw Abgelehnt.konflikt(
                    "Die Teilakte, in der das lag, ist inzwischen geschlossen. Es bleibt im Papierkorb, bis sie wieder aufgenommen ist.");
        }
        int mindestens = verworfenes.art.equals("vorgang") ? ort.stufe() : 0;
        for (var tabelle : verworfenes.art.equals("akte")
                ? List.of("akte", "vorgang", "dokument")
                : List.of("vorgang", "dokument")) {
            for (var stufe : stufen(id)) {
                var teile = datenbank
                        .sql(
                                "SELECT x.id FROM papierkorb_stueck s JOIN " + tabelle
                                        + " x ON x.mandant_id = s.mandant_id AND x.id = s.objekt_id WHERE s.mandant_id = ? AND s.papierkorb_id = ? AND s.stufe = ?")
                        .params(mandant(), id, stufe)
                        .query(UUID.class)
                        .list();
                schutz.folge(tabelle, "id", teile, k -> k.mitStufe(Math.max(stufe, mindestens)));
            }
        }
        datenbank
                .sql("DELETE FROM papierkorb WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
        protokoll.schreibe(
                wer.pseudonym(), verworfenes.art + ".zurueckgeholt", id, akte, Map.of("titel", verworfenes.titel));
    }

    /** From a Band that ends what is thrown away goes along; a Teilakte can be closed around it. */
    private boolean liegtInGeschlossenem(UUID vorgang) {
        return datenbank
                .sql(
                        "SELECT EXISTS (SELECT FROM vorgang v JOIN aktenteil t ON t.mandant_id = v.mandant_id AND t.id = v.teil_id WHERE v.mandant_id = ? AND v.id = ? AND t.geschlossen IS NOT NULL)")
                .params(mandant(), vorgang)
                .query(Boolean.class)
                .single();
    }

    private List<Integer> stufen(UUID id) {
        return datenbank
                .sql(
                        "SELECT DISTINCT CAST(stufe AS int) FROM papierkorb_stueck WHERE mandant_id = ? AND papierkorb_id = ?")
                .params(mandant(), id)
                .query(Integer.class)
                .list();
    }
}
