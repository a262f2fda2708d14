package de.federwerk.gespraech;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Dokumente.Dokument;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaenger;
import de.federwerk.protokoll.Protokoll;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Kommentare at a Dokument: written by whoever may read it, as long as its Vorgang is open; corrected and withdrawn only by whoever wrote them. */
@Component
public class Kommentare {

    /** Characters of a Kommentar. */
    public static final int LAENGSTER = 4_000;

    /** Later it has been read and answered as it stands: then it is withdrawn, or followed by another. */
    static final Duration KORRIGIERBAR = Duration.ofHours(24);

    private record Kommentar(
            UUID id,
            UUID dokumentId,
            String text,
            Instant verfasst,
            UUID verfasstVon,
            int fassung,
            @Nullable Instant zurueckgezogen) {}

    private final JdbcClient datenbank;
    private final Dokumente dokumente;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Erwaehnungen erwaehnungen;
    private final Protokoll protokoll;
    private final Zuschauer zuschauer;

    Kommentare(
            JdbcClient datenbank,
            Dokumente dokumente,
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            Erwaehnungen erwaehnungen,
            Protokoll protokoll,
            Zuschauer zuschauer) {
        this.datenbank = datenbank;
        this.dokumente = dokumente;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.erwaehnungen = erwaehnungen;
        this.protokoll = protokoll;
        this.zuschauer = zuschauer;
    }

    /**
     * Writes a Kommentar and tells those whom it mentions and those who have commented before.
     *
     * @param id chosen by the caller: sent twice, it is written once
     * @param text up to {@value #LAENGSTER} characters; “@” and a name mentions somebody
     * @param weitere also mentioned
     * @throws NichtGefunden if this person may not read the Dokument
     * @throws Abgelehnt (EINGABE) if empty or too long, or somebody mentioned may not read it; (KONFLIKT) if the Vorgang is zdA
     */
    @Transactional
    public void schreibe(
            Anmeldung wer, UUID id, UUID dokumentId, @Nullable String text, Collection<Empfaenger> weitere) {
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), dokumentId);
        var inhalt = Wortlaut.zeilen(text, "Der Kommentar", LAENGSTER);
        var erwaehnte = erwaehnungen.gemeinte(wer, inhalt, weitere, dokumentId);
        var aktenzeichen = vorgaenge.halteOffen(dokument.vorgangId());
        int neu = datenbank
                .sql(
                        "INSERT INTO kommentar (mandant_id, id, dokument_id, text, verfasst_von) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .params(mandant(), id, dokumentId, inhalt, wer.person())
                .update();
        if (neu == 0) {
            verlangeDenselben(wer, id, dokumentId, inhalt);
            return;
        }
        schreibeProtokoll(wer, "dokument.kommentiert", id, dokument, inhalt, erwaehnte);
        erwaehnungen.merke(id, aktenzeichen, erwaehnte);
        erwaehnungen.sageMitredenden(wer, id, dokumentId, aktenzeichen);
        zuschauer.sage(wer.person(), dokumentId, Gespraechsbeigabe.KOMMENTARE);
    }

    /** Sent twice. Where it has been corrected or withdrawn since, that cannot be known any more, and the text is not taken for the same. */
    private void verlangeDenselben(Anmeldung wer, UUID id, UUID dokument, String text) {
        boolean derselbe = datenbank
                        .sql(
                                "SELECT count(*) FROM kommentar WHERE mandant_id = ? AND id = ? AND dokument_id = ? AND verfasst_von = ? AND text = ?")
                        .params(mandant(), id, dokument, wer.person(), text)
                        .query(Long.class)
                        .single()
                == 1;
        if (!derselbe) {
            throw Abgelehnt.konflikt(
                    "Dieses Formular wurde schon mit einem anderen Text abgesendet. Ihr Text steht noch da: Bitte senden Sie ihn jetzt noch einmal ab.");
        }
    }

    /**
     * Another wording; the one before stands in the Protokoll. Whoever is mentioned only now is told now.
     *
     * @param fassung that was on the page
     * @return the Dokument it belongs to
     * @throws Abgelehnt (RECHT) if somebody else wrote it; (KONFLIKT) if it is older than a day, withdrawn, or was corrected in another window
     */
    @Transactional
    public UUID korrigiere(Anmeldung wer, UUID id, int fassung, @Nullable String text) {
        var alt = eigener(wer, id);
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), alt.dokumentId);
        var inhalt = Wortlaut.zeilen(text, "Der Kommentar", LAENGSTER);
        var erwaehnte = erwaehnungen.gemeinte(wer, inhalt, Set.of(), dokument.id());
        var aktenzeichen = vorgaenge.halteOffen(dokument.vorgangId());
        var jetzt = eigener(wer, id);
        if (jetzt.zurueckgezogen != null) {
            throw Abgelehnt.konflikt(
                    "Dieser Kommentar ist schon zurückgezogen, %s. Ihre Korrektur wurde nicht gespeichert."
                            .formatted(Anzeige.zeit(jetzt.zurueckgezogen)));
        }
        if (inhalt.equals(jetzt.text)) {
            return dokument.id();
        }
        if (jetzt.fassung != fassung) {
            throw Abgelehnt.konflikt(
                    "Diesen Kommentar haben Sie inzwischen in einem anderen Fenster korrigiert. Ihre Eingabe wurde nicht gespeichert; bitte sehen Sie sich an, was jetzt dasteht.");
        }
        if (jetzt.verfasst.isBefore(Instant.now().minus(KORRIGIERBAR))) {
            throw Abgelehnt.konflikt(
                    "Dieser Kommentar ist älter als 24 Stunden und bleibt, wie er ist: Andere haben ihn so gelesen. Sie können ihn zurückziehen oder einen weiteren schreiben.");
        }
        datenbank
                .sql(
                        "UPDATE kommentar SET text = ?, fassung = fassung + 1, geaendert = now() WHERE mandant_id = ? AND id = ?")
                .params(inhalt, mandant(), id)
                .update();
        schreibeProtokoll(wer, "kommentar.korrigiert", id, dokument, inhalt, erwaehnte);
        erwaehnungen.merke(id, aktenzeichen, erwaehnte);
        zuschauer.sage(wer.person(), dokument.id(), Gespraechsbeigabe.KOMMENTARE);
        return dokument.id();
    }

    /**
     * Takes the words back: a line without them stays. Once more does nothing.
     *
     * @return the Dokument it belongs to
     * @throws Abgelehnt (RECHT) if somebody else wrote it; (KONFLIKT) if the Vorgang is zdA
     */
    @Transactional
    public UUID zieheZurueck(Anmeldung wer, UUID id) {
        var kommentar = eigener(wer, id);
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), kommentar.dokumentId);
        vorgaenge.halteOffen(dokument.vorgangId());
        int zurueck = datenbank
                .sql(
                        "UPDATE kommentar SET text = '', fassung = fassung + 1, zurueckgezogen = now() WHERE mandant_id = ? AND id = ? AND zurueckgezogen IS NULL")
                .params(mandant(), id)
                .update();
        if (zurueck == 1) {
            protokoll.schreibe(
                    wer.pseudonym(),
                    "kommentar.zurueckgezogen",
                    dokument.id(),
                    dokument.akteId(),
                    Map.of("titel", dokument.titel(), "kommentar", id.toString()));
            zuschauer.sage(wer.person(), dokument.id(), Gespraechsbeigabe.KOMMENTARE);
        }
        return dokument.id();
    }

    /** The Dokument a Kommentar belongs to. @throws NichtGefunden not for this person */
    @Transactional(readOnly = true)
    UUID dokumentVon(Anmeldung wer, UUID id) {
        return kommentar(wer, id).dokumentId;
    }

    private Kommentar eigener(Anmeldung wer, UUID id) {
        var kommentar = kommentar(wer, id);
        if (!kommentar.verfasstVon.equals(wer.person())) {
            throw Abgelehnt.recht(
                    "Einen Kommentar ändern kann nur, wer ihn geschrieben hat. Es wurde nichts geändert.");
        }
        return kommentar;
    }

    private Kommentar kommentar(Anmeldung wer, UUID id) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        return datenbank
                .sql("""
                SELECT k.id, k.dokument_id, k.text, k.verfasst, k.verfasst_von, k.fassung, k.zurueckgezogen
                  FROM kommentar k JOIN dokument d ON d.mandant_id = k.mandant_id AND d.id = k.dokument_id
                 WHERE k.mandant_id = :m AND k.id = :id AND\s""" + sicht.aufDokument("d"))
                .param("m", mandant())
                .param("id", id)
                .params(sicht.parameter())
                .query(Kommentar.class)
                .optional()
                .orElseThrow(() ->
                        new NichtGefunden("Diesen Kommentar gibt es nicht, oder er ist nicht für Sie freigegeben."));
    }

    /** The words under a name of their own: the course of the Akte shows that there was a Kommentar, not what was taken back. */
    private void schreibeProtokoll(
            Anmeldung wer, String handlung, UUID id, Dokument dokument, String text, Set<Empfaenger> erwaehnte) {
        protokoll.schreibe(
                wer.pseudonym(),
                handlung,
                dokument.id(),
                dokument.akteId(),
                Map.of(
                        "titel",
                        dokument.titel(),
                        "kommentar",
                        id.toString(),
                        "wortlaut",
                        text,
                        "erwaehnt",
                        erwaehnte.stream().map(Empfaenger::name).collect(Collectors.joining(", "))));
    }
}
