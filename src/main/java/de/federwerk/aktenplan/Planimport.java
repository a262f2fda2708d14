package de.federwerk.aktenplan;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Tabelle;
import de.federwerk.protokoll.Protokoll;
import java.io.Reader;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes an Aktenplan from CSV at once, without a preview: for a town that is being set up. All or nothing: every wrong line is named. With
 * a preview and for a day: {@link Planlesung}.
 */
@Component
public class Planimport {

    private static final int GENANNT = 20;

    /** @param neu positions added @param geaendert positions of which anything changed */
    public record Bericht(int neu, int geaendert, int gleich) {}

    private final Planwerk werk;
    private final Planfassungen fassungen;
    private final Protokoll protokoll;

    Planimport(Planwerk werk, Planfassungen fassungen, Protokoll protokoll) {
        this.werk = werk;
        this.fassungen = fassungen;
        this.protokoll = protokoll;
    }

    /** @throws Abgelehnt (EINGABE) with every wrong line; then nothing was changed */
    @Transactional
    public Bericht lies(UUID wer, Reader csv) {
        var gelesen = Planzeile.lies(
                Tabelle.lies(csv, Plandatei.PFLICHT, String.join(";", Planzeile.SPALTEN), Planzeile.HOECHSTENS));
        werk.sperre();
        var grund = fassungen.grund(null);
        var ergebnis = Planvergleich.vergleiche(grund, gelesen, false);
        if (ergebnis.zahl(Planvergleich.Art.ABGELEHNT) > 0) {
            throw Abgelehnt.eingabe(
                    einwaende("Der Aktenplan wurde nicht übernommen, es ist alles wie vorher. ", ergebnis));
        }
        werk.schreibe(grund.bild(), ergebnis.aenderungen());
        int neu = (int) ergebnis.zahl(Planvergleich.Art.NEU);
        int geaendert = (int) ergebnis.zahl(Planvergleich.Art.GEAENDERT);
        protokoll.schreibe(
                wer,
                "aktenplan.importiert",
                mandant(),
                null,
                Map.of("neu", String.valueOf(neu), "geaendert", String.valueOf(geaendert)));
        return new Bericht(neu, geaendert, (int) ergebnis.zahl(Planvergleich.Art.UNVERAENDERT));
    }

    static String einwaende(String anfang, Planvergleich.Ergebnis ergebnis) {
        var text = new StringBuilder(anfang);
        ergebnis.zeilen().stream()
                .filter(z -> z.art() == Planvergleich.Art.ABGELEHNT)
                .limit(GENANNT)
                .forEach(z -> text.append(z.nr() > 0 ? ergebnis.wort() + " " + z.nr() + ": " : "")
                        .append(z.was())
                        .append(' '));
        long rest = ergebnis.zahl(Planvergleich.Art.ABGELEHNT) - GENANNT;
        return rest > 0 ? text + "Und " + rest + " weitere." : text.toString().strip();
    }
}
