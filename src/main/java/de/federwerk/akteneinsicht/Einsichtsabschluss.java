package de.federwerk.akteneinsicht;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.akteneinsicht.Akteneinsichten.Einsicht;
import de.federwerk.akteneinsicht.Einsichtsband.Stoff;
import de.federwerk.akteneinsicht.Einsichtsinhalt.Teil;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Dateiname;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.stoerung.Stoerungen;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The last step: the package, its place in the Akte and its entry in the Protokoll, together or not at all. */
@Component
class Einsichtsabschluss {

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Akteneinsichten einsichten;
    private final Berechtigungen berechtigungen;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Dateien dateien;
    private final Blobs blobs;
    private final Protokoll protokoll;
    private final Meldungen meldungen;
    private final Stoerungen stoerungen;
    private final int tage;

    Einsichtsabschluss(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Akteneinsichten einsichten,
            Berechtigungen berechtigungen,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Dateien dateien,
            Blobs blobs,
            Protokoll protokoll,
            Meldungen meldungen,
            Stoerungen stoerungen,
            @Value("${federwerk.akteneinsicht.tage:14}") int tage) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.einsichten = einsichten;
        this.berechtigungen = berechtigungen;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.dateien = dateien;
        this.blobs = blobs;
        this.protokoll = protokoll;
        this.meldungen = meldungen;
        this.stoerungen = stoerungen;
        this.tage = tage;
    }

    @Transactional(readOnly = true)
    public Anmeldung anmeldung(UUID person) {
        return datenbank
                .sql("SELECT pseudonym, trim(vorname || ' ' || nachname) AS name FROM person WHERE mandant_id = ?"
                        + " AND id = ?")
                .params(mandant(), person)
                .query((z, nr) ->
                        new Anmeldung(mandant(), person, z.getObject("pseudonym", UUID.class), z.getString("name")))
                .single();
    }

    /** @param blaetter first page of each part of a PDF, or its place in a ZIP @param gesamt pages; null for a ZIP */
    public void schliesse(
            Anmeldung wer,
            Einsicht einsicht,
            Stoff stoff,
            Map<Teil, Integer> blaetter,
            @Nullable Integer gesamt,
            Blob paket) {
        var ziel = einsicht.angaben().ablegenIn();
        var vorgaenge = erzaehlte(stoff);
        var hindernis = ziel == null ? "" : hindernis(wer, einsicht.id(), vorgaenge, ziel);
        boolean ablegen = ziel != null && hindernis.isEmpty();
        transaktion.executeWithoutResult(t -> schreibe(
                wer,
                einsicht,
                stoff,
                blaetter,
                gesamt,
                paket,
                ablegen ? ziel : null,
                (undarstellbar(stoff) + " " + hindernis).strip()));
    }

    /** Vorgänge of which more stands in it than their Dokumente: title, Vermerke, history. */
    private static Set<UUID> erzaehlte(Stoff stoff) {
        return stoff.teile().stream()
                .filter(t -> !t.vorgangTitel().isEmpty())
                .map(Teil::vorgang)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String undarstellbar(Stoff stoff) {
        long anzahl = stoff.seiten().entrySet().stream()
                .filter(e -> e.getValue().ursache() != null && !stoff.texte().containsKey(e.getKey()))
                .count();
        return anzahl == 0
                ? ""
                : Anzeige.anzahl(anzahl, "Dokument konnte", "Dokumente konnten")
                        + " nicht dargestellt werden; an der Stelle steht im Paket der Grund.";
    }

    /**
     * Asked before: what is refused in the middle would take the package with it. What only few may read is not filed where more may: the
     * package would have the rights of its Vorgang.
     */
    private String hindernis(Anmeldung wer, UUID id, Set<UUID> erzaehlte, UUID ziel) {
        try {
            int bereich = vorgaenge.aenderbar(wer, ziel).schutzbereichId();
            return einsichten.nurAus(id, erzaehlte, bereich)
                    ? ""
                    : "Das Paket wurde nicht als Dokument abgelegt: Es enthält Dokumente, die andere Personen lesen"
                            + " dürfen als die des Vorgangs.";
        } catch (Abgelehnt | NichtGefunden nein) {
            return "Das Paket wurde nicht als Dokument abgelegt: " + nein.getMessage();
        }
    }

    private void schreibe(
            Anmeldung wer,
            Einsicht einsicht,
            Stoff stoff,
            Map<Teil, Integer> blaetter,
            @Nullable Integer gesamt,
            Blob paket,
            @Nullable UUID ziel,
            String hinweis) {
        var id = einsicht.id();
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        blaetter.forEach((teil, blatt) -> datenbank
                .sql("UPDATE einsichtsstueck SET blatt = least(coalesce(blatt, ?), ?) WHERE mandant_id = ? AND"
                        + " akteneinsicht_id = ? AND dokument_id = ?")
                .params(blatt, blatt, mandant(), id, teil.dokument())
                .update());
        datenbank
                .sql(
                        "UPDATE akteneinsicht SET vorgaenge = CAST(? AS uuid[]) WHERE mandant_id = ? AND id = ? AND lauf = ?")
                .params(Einsichtsstuecke.feld(erzaehlte(stoff)), mandant(), id, einsicht.lauf())
                .update();
        if (einsichten.verdeckt(sicht, id)) {
            throw Abgelehnt.recht(
                    "Während der Erstellung hat sich geändert, was Sie lesen dürfen. Das Paket wurde verworfen; bitte"
                            + " stellen Sie es neu zusammen.");
        }
        var name = Dateiname.sicher("Akteneinsicht %s %s.%s"
                .formatted(
                        einsicht.aktenzeichen().replace('/', '-'),
                        LocalDate.now(Anzeige.ZONE),
                        einsicht.angaben().form()));
        UUID dokument = null;
        if (ziel == null) {
            blobs.merke(paket);
        } else {
            dokument = Kennung.neu();
            dokumente.lege(
                    wer,
                    dokument,
                    ziel,
                    dateien.aufnehmen(paket, name),
                    new Dokumente.Angaben(
                            "Akteneinsicht für " + einsicht.angaben().empfaenger(),
                            "Akteneinsicht",
                            null,
                            null,
                            null,
                            null,
                            null));
        }
        int fertig = datenbank
                .sql("""
                    UPDATE akteneinsicht SET stand = 'fertig', beendet = now(), blob_id = ?, dateiname = ?, blaetter = ?, dokument_id = ?, hinweis = ?,
                           seiten_fertig = seiten_gesamt, abrufbar_bis = now() + make_interval(days => ?)
                     WHERE mandant_id = ? AND id = ? AND stand = 'laeuft' AND lauf = ?""")
                .param(paket.id())
                .param(name)
                .param(gesamt)
                .param(dokument)
                .param(hinweis)
                .param(tage)
                .param(mandant())
                .param(id)
                .param(einsicht.lauf())
                .update();
        if (fertig == 0) {
            throw Abgelehnt.konflikt("Die Erstellung wurde abgebrochen.");
        }
        protokoll.schreibe(
                wer.pseudonym(),
                "akteneinsicht.erstellt",
                einsicht.akteId(),
                einsicht.akteId(),
                inhalt(einsicht, stoff, blaetter, paket));
        stoerungen.erledigt("akteneinsicht", id);
        meldungen.sage(
                wer.person(),
                Meldungsart.ERLEDIGT,
                "akteneinsicht " + id,
                "Akteneinsicht, " + einsicht.aktenzeichen(),
                "Das Paket ist fertig.",
                "/akteneinsichten/" + id);
    }

    /** Who got what: the parts and their sums are committed to, and not shown to whoever reads the Protokoll of the Akte. */
    private static Map<String, String> inhalt(Einsicht einsicht, Stoff stoff, Map<Teil, Integer> blaetter, Blob paket) {
        var angaben = einsicht.angaben();
        var inhalt = new LinkedHashMap<String, String>();
        inhalt.put("titel", angaben.empfaenger() + ", " + angaben.grundlage().wort());
        inhalt.put("empfaenger", angaben.empfaenger());
        inhalt.put("anschrift", angaben.anschrift());
        inhalt.put("zeichen", angaben.zeichen());
        inhalt.put("paket", paket.pruefsumme());
        inhalt.put(
                "teile",
                stoff.teile().stream()
                        .map(t -> "%s %s v%d %s%s"
                                .formatted(
                                        t.dokument(),
                                        t.wie(),
                                        t.version(),
                                        t.gezeigt() ? t.pruefsumme() : t.grund(),
                                        blaetter.containsKey(t) ? " " + blaetter.get(t) : ""))
                        .collect(Collectors.joining("\n")));
        return inhalt;
    }
}
