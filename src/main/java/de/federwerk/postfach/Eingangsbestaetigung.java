package de.federwerk.postfach;

import static java.util.Objects.requireNonNull;

import de.federwerk.antrag.Antraege;
import de.federwerk.antrag.Antraege.Antrag;
import de.federwerk.antrag.AntragGesendet;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Sprache;
import de.federwerk.formular.Formulare;
import de.federwerk.formular.Formularpdf;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.postfach.Nachricht.Art;
import de.federwerk.satz.Angabe;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The receipt: a message that stands in the Postfach from the commit that sends the Antrag, and a PDF that is set whenever it is asked for. What it says
 * cannot change any more, so it has the same bytes each time and need not be kept.
 */
@Component
public class Eingangsbestaetigung {

    private static final DateTimeFormatter ENGLISCH =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.UK).withZone(Anzeige.ZONE);
    private static final Duration GEDULD = Duration.ofSeconds(20);

    private final Antraege antraege;
    private final Nachrichten nachrichten;
    private final Formulare formulare;
    private final Formularpdf pdfs;
    /** Setting takes a core: citizens get one, and the house keeps the other. */
    private final Semaphore platz = new Semaphore(1, true);

    Eingangsbestaetigung(Antraege antraege, Nachrichten nachrichten, Formulare formulare, Formularpdf pdfs) {
        this.antraege = antraege;
        this.nachrichten = nachrichten;
        this.formulare = formulare;
        this.pdfs = pdfs;
    }

    /** With a citizen's rights, in the transaction that sends. */
    @EventListener
    public void nach(AntragGesendet gesendet) {
        var antrag = antraege.antrag(gesendet.antrag());
        var s = antrag.sprache();
        nachrichten.sende(
                antrag.id(),
                antrag.id(),
                Art.QUITTUNG,
                kurz(s.wort("Eingangsbestätigung: ", "Receipt: ", "Wir haben Ihren Antrag: ") + antrag.titel()),
                s.wort(
                        "Ihr Antrag ist bei uns eingegangen. Was Sie ausgefüllt haben, wann es angekommen ist und der Prüfwert des Eintrags in unserem Protokoll stehen in der Eingangsbestätigung (PDF).",
                        "We have received your application. The receipt (PDF) shows what you filled in, when it arrived, and the check value of the entry in our record.",
                        "Ihr Antrag ist bei uns angekommen. In dem PDF steht: Das haben Sie geschrieben. Dann ist es angekommen."),
                List.of());
    }

    private static String kurz(String betreff) {
        return betreff.length() <= 200 ? betreff : betreff.substring(0, 199) + "…";
    }

    /**
     * PDF/A-3a and PDF/UA-1, in the language of the Antrag.
     *
     * @param antrag read for whoever asks, and sent
     * @param stadt who confirms
     */
    public byte[] pdf(Antrag antrag, String stadt) {
        if (antrag.gesendet() == null || antrag.blatt() == null) {
            throw new NichtGefunden("Diesen Antrag gibt es nicht.");
        }
        boolean englisch = antrag.sprache() == Sprache.EN;
        var sprache = englisch ? "en" : "de";
        var formular = formulare.fassung(antrag.formularfassungId()).formular();
        Instant zeit = requireNonNull(antrag.gesendet());
        nimmPlatz();
        try {
            return pdfs.ausgefuellt(
                    englisch ? "Receipt" : "Eingangsbestätigung",
                    formular,
                    antrag.werte(),
                    sprache,
                    stadt,
                    List.of(
                            new Angabe(englisch ? "Application" : "Antrag", antrag.titel()),
                            new Angabe(
                                    englisch ? "Received" : "Eingegangen",
                                    englisch ? ENGLISCH.format(zeit) : Anzeige.genau(zeit)),
                            new Angabe(
                                    englisch ? "Entry in the record (SHA-256)" : "Eintrag im Protokoll (SHA-256)",
                                    requireNonNull(antrag.blatt()))),
                    zeit);
        } finally {
            platz.release();
        }
    }

    private void nimmPlatz() {
        try {
            if (platz.tryAcquire(GEDULD.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Abgelehnt(
                Abgelehnt.Art.GRENZE,
                "Gerade holen viele ihre Eingangsbestätigung. Bitte versuchen Sie es in einer Minute noch einmal; sie bleibt in Ihrem Postfach.");
    }
}
