package de.federwerk.postfach;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.antrag.Antraege;
import de.federwerk.antrag.Antragsanlagen;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.Kennung;
import de.federwerk.formular.Dateiart;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.postfach.Nachricht.Anlage;
import de.federwerk.postfach.Nachricht.Art;
import de.federwerk.postfach.Nachrichten.Beilage;
import de.federwerk.protokoll.Protokoll;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The citizen's answers to questions about her Antrag, with her rights. From the commit on an answer is the house's, and soon in the Vorgang. */
@Component
public class Antworten {

    /** Of one answer. */
    public static final int DATEIEN = 10;

    public static final int DATEI_MB = 20;
    private static final long GANZ = 100_000_000;
    private static final int TEXT = 20_000;
    /** To one Antrag within a day: more is a mistake or an attack. */
    private static final int AM_TAG = 20;

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Antraege antraege;
    private final Nachrichten nachrichten;
    private final Protokoll protokoll;
    private final Antwortamt amt;

    Antworten(
            JdbcClient datenbank,
            Einmal einmal,
            Antraege antraege,
            Nachrichten nachrichten,
            Protokoll protokoll,
            Antwortamt amt) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.antraege = antraege;
        this.nachrichten = nachrichten;
        this.protokoll = protokoll;
        this.amt = amt;
    }

    /** For the {@code accept} of a file field. */
    public static String annahme() {
        return Dateiart.annahme(Dateiart.ALLE);
    }

    /** Asked before the bytes of a file are stored. @return why it is not taken */
    public static Optional<String> einwand(String dateiname, long laenge) {
        var name = Antragsanlagen.kurz(dateiname);
        if (laenge > DATEI_MB * 1_000_000L) {
            return Optional.of(
                    "„%s“ ist mit %s zu groß. Bis %d MB passen.".formatted(name, Anzeige.groesse(laenge), DATEI_MB));
        }
        return Dateiart.passt(Dateiart.ALLE, name)
                ? Optional.empty()
                : Optional.of("„" + name + "“ passt hier nicht. Möglich sind " + Dateiart.worte(Dateiart.ALLE) + ".");
    }

    /** As {@link #einwand(String, long)}, of all of them. */
    public static Optional<String> einwand(int dateien, long bytes) {
        return dateien > DATEIEN || bytes > GANZ
                ? Optional.of("Zu einer Antwort passen höchstens %d Dateien mit zusammen %d MB."
                        .formatted(DATEIEN, GANZ / 1_000_000))
                : Optional.empty();
    }

    /**
     * Before anything is stored.
     *
     * @throws de.federwerk.basis.NichtGefunden if the Antrag is somebody else's
     * @throws Abgelehnt if nobody has asked anything, or there are too many answers of today
     */
    @Transactional(readOnly = true)
    public void verlangeFrage(UUID antrag) {
        frage(antrag);
    }

    private String frage(UUID antrag) {
        antraege.antrag(antrag);
        var frage = datenbank
                .sql(
                        "SELECT betreff FROM nachricht WHERE mandant_id = ? AND antrag_id = ? AND art = 'rueckfrage' ORDER BY gesendet DESC, id DESC LIMIT 1")
                .params(mandant(), antrag)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Abgelehnt.konflikt(
                        "Zu diesem Antrag gibt es keine Rückfrage. Bitte wenden Sie sich an die zuständige Stelle."));
        long heute = datenbank
                .sql(
                        "SELECT count(*) FROM nachricht WHERE mandant_id = ? AND antrag_id = ? AND vom_buerger AND gesendet > now() - interval '1 day'")
                .params(mandant(), antrag)
                .query(Long.class)
                .single();
        if (heute >= AM_TAG) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Zu diesem Antrag kamen heute schon %d Antworten. Bitte schreiben Sie morgen weiter."
                            .formatted(AM_TAG));
        }
        return frage;
    }

    /**
     * Sent twice with the same words, it is one; with others, another.
     *
     * @param id of the form
     * @param beilagen durable already, and looked at
     * @return id of the answer
     * @throws Abgelehnt if there is neither text nor file, or too much of it
     */
    @Transactional
    public UUID antworte(UUID id, UUID antrag, String text, List<Beilage> beilagen) {
        einmal.warte(id);
        var betreff = frage(antrag);
        var sauber = text.replace("\0", "").strip();
        if (sauber.isEmpty() && beilagen.isEmpty()) {
            throw Abgelehnt.eingabe("Bitte schreiben Sie eine Antwort, oder fügen Sie eine Datei hinzu.");
        }
        if (sauber.length() > TEXT) {
            throw Abgelehnt.eingabe(
                    "Ihre Antwort hat %d Zeichen; möglich sind %d. Längeres schicken Sie bitte als Datei."
                            .formatted(sauber.length(), TEXT));
        }
        einwand(
                        beilagen.size(),
                        beilagen.stream().mapToLong(b -> b.blob().laenge()).sum())
                .ifPresent(e -> {
                    throw Abgelehnt.eingabe(e);
                });
        // Of this form and this Antrag: nobody chooses the id of something else.
        var kennung = UUID.nameUUIDFromBytes((antrag + " " + id).getBytes(StandardCharsets.US_ASCII));
        var schon = nachrichten.zu(antrag).stream()
                .filter(n -> n.id().equals(kennung))
                .findFirst();
        if (schon.isPresent() && istDasselbe(schon.get(), sauber, beilagen)) {
            return kennung;
        }
        var neu = schon.isEmpty() ? kennung : Kennung.neu();
        nachrichten.sende(neu, antrag, Art.ANTWORT, betreff, sauber, beilagen);
        protokoll.schreibe(
                Protokoll.PROGRAMM,
                "antrag.antwort",
                antrag,
                null,
                Map.of(
                        "text",
                        sauber,
                        "nachricht",
                        neu.toString(),
                        "dateien",
                        beilagen.stream().map(b -> b.blob().pruefsumme()).collect(Collectors.joining(" "))));
        amt.weckeNachCommit();
        return neu;
    }

    private static boolean istDasselbe(Nachricht nachricht, String text, List<Beilage> beilagen) {
        return nachricht.text().equals(text)
                && pruefsummen(nachricht.anlagen().stream().map(Anlage::blob))
                        .equals(pruefsummen(beilagen.stream().map(Beilage::blob)));
    }

    private static List<String> pruefsummen(Stream<Blob> blobs) {
        return blobs.map(Blob::pruefsumme).sorted().toList();
    }
}
