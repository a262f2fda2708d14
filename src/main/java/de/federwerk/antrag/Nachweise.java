package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.antrag.Antraege.Antrag;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.formular.Feld;
import de.federwerk.formular.Feldart;
import de.federwerk.formular.Formular;
import de.federwerk.formular.Formularangabe;
import de.federwerk.formular.Formulare;
import de.federwerk.formular.Werte;
import de.federwerk.gesicht.Anzeige;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Once only: proofs that a Konto has sent before are offered instead of asked for again. Runs with a citizen's rights. */
@Component
public class Nachweise {

    /** The latest of its Anträge in which is looked. */
    private static final int ANTRAEGE = 50;

    /** @param pfad of the field that asks for it @param titel of that field @param herkunft of what it was sent with */
    public record Nachweis(UUID anlage, String pfad, String titel, String dateiname, String herkunft, Instant seit) {}

    private record Frueher(String titel, Instant gesendet, Formular formular, Werte werte) {}

    private final JdbcClient datenbank;
    private final Antraege antraege;
    private final Antragsanlagen anlagen;
    private final Formulare formulare;

    Nachweise(JdbcClient datenbank, Antraege antraege, Antragsanlagen anlagen, Formulare formulare) {
        this.datenbank = datenbank;
        this.antraege = antraege;
        this.anlagen = anlagen;
        this.formulare = formulare;
    }

    /** What the Konto has sent of what one page of its draft asks for, and is not there yet; each file once, the newest first. */
    @Transactional(readOnly = true)
    public List<Nachweis> angebote(Antrag antrag, String schritt) {
        if (!antrag.imKonto()) {
            return List.of();
        }
        var formular = formulare.fassung(antrag.formularfassungId()).formular();
        var fragen = formular.angaben(antrag.werte(), antrag.sprache().kennung()).stream()
                .filter(a ->
                        a.schritt().equals(schritt) && !nachweis(formular, a).isEmpty())
                .toList();
        var angebote = new ArrayList<Nachweis>();
        if (!fragen.isEmpty()) {
            var fruehere = fruehere();
            fragen.forEach(f -> fuer(f, formular, antrag.werte(), fruehere, angebote));
        }
        return angebote;
    }

    private static void fuer(
            Formularangabe frage, Formular formular, Werte werte, List<Frueher> fruehere, List<Nachweis> angebote) {
        var gesehen = new HashSet<String>();
        frage.anlagen().forEach(a -> gesehen.add(a.sha256()));
        for (var f : fruehere) {
            for (var angabe : f.formular.angaben(f.werte, "de", LocalDate.ofInstant(f.gesendet, Anzeige.ZONE))) {
                if (!nachweis(f.formular, angabe).equals(nachweis(formular, frage))) {
                    continue;
                }
                for (var anlage : angabe.anlagen()) {
                    boolean passt = formular.nimmt(werte, frage.pfad(), anlage.name(), anlage.groesse())
                            .isEmpty();
                    if (passt && gesehen.add(anlage.sha256())) {
                        angebote.add(new Nachweis(
                                anlage.id(), frage.pfad(), frage.titel(), anlage.name(), f.titel, f.gesendet));
                    }
                }
            }
        }
    }

    /** Which proof it is; empty if it is none. */
    private static String nachweis(Formular formular, Formularangabe angabe) {
        return angabe.art() == Feldart.DATEI
                ? formular.feld(angabe.pfad()).map(Feld::nachweis).orElse("")
                : "";
    }

    private List<Frueher> fruehere() {
        return datenbank
                .sql("""
                SELECT titel, gesendet, formularfassung_id, werte FROM antrag
                 WHERE mandant_id = ? AND konto_id = (SELECT aktuelles_konto()) AND gesendet IS NOT NULL
                 ORDER BY gesendet DESC LIMIT ?""")
                .params(mandant(), ANTRAEGE)
                .query(this::frueher)
                .list();
    }

    private Frueher frueher(ResultSet z, int nr) throws SQLException {
        return new Frueher(
                z.getString("titel"),
                z.getTimestamp("gesendet").toInstant(),
                formulare.fassung(z.getObject("formularfassung_id", UUID.class)).formular(),
                Werte.aus(z.getString("werte")));
    }

    /**
     * Adds it to the draft: the same bytes, not a copy of them.
     *
     * @param woher what is then said at the field
     * @throws NichtGefunden if it is not offered there
     */
    @Transactional
    public void uebernimm(UUID id, String schritt, String pfad, UUID anlage, Function<Nachweis, String> woher) {
        var nachweis = angebote(antraege.entwurf(id), schritt).stream()
                .filter(n -> n.anlage.equals(anlage) && n.pfad.equals(pfad))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Datei gibt es nicht."));
        var blob = datenbank
                .sql(
                        "SELECT coalesce(blob_id, id) AS id, laenge, sha256, ort FROM antragsanlage WHERE mandant_id = ? AND id = ?")
                .params(mandant(), anlage)
                .query(Blob.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Datei gibt es nicht."));
        anlagen.haengeAn(id, pfad, blob, nachweis.dateiname, Kennung.neu());
        antraege.schreibe(id, schritt, w -> w.mit(pfad, java.util.Map.of(), woher.apply(nachweis)));
    }
}
