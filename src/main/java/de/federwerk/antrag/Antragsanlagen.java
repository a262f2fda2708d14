package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.ablage.Blob;
import de.federwerk.antrag.Antraege.Antrag;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.formular.Anlage;
import de.federwerk.formular.Feldart;
import de.federwerk.formular.Formulare;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The files of a draft. Their bytes lie in the Ablage before anything names them; runs with a citizen's rights, as {@link Antraege} does. */
@Component
public class Antragsanlagen {

    /** Files of one Antrag, and bytes of all of them. */
    private static final int ANLAGEN = 50;

    private static final long ANLAGEN_GANZ = 200_000_000;

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Formulare formulare;
    private final Antraege antraege;

    Antragsanlagen(JdbcClient datenbank, Einmal einmal, Formulare formulare, Antraege antraege) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.formulare = formulare;
        this.antraege = antraege;
    }

    /**
     * Adds a file whose bytes are already durable.
     *
     * @param pfad of its field
     * @throws Abgelehnt with what does not fit
     */
    @Transactional
    public void haengeAn(UUID id, String pfad, Blob blob, String dateiname) {
        haengeAn(id, pfad, blob, dateiname, blob.id());
    }

    /** As {@link #haengeAn(UUID, String, Blob, String)}. @param anlage its id: not that of its bytes if they came with an earlier Antrag */
    void haengeAn(UUID id, String pfad, Blob blob, String dateiname, UUID anlage) {
        einmal.warte(id);
        var antrag = antraege.entwurf(id);
        var name = kurz(dateiname);
        verlangePlatz(antrag, pfad, name, blob.laenge());
        datenbank
                .sql(
                        "INSERT INTO antragsanlage (mandant_id, id, antrag_id, laenge, sha256, ort, dateiname, blob_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(mandant(), anlage, id, blob.laenge(), blob.sha256(), blob.ort(), name, blob.id())
                .update();
        antraege.schreibe(
                id,
                antrag.schritt(),
                w -> w.mitAnlage(pfad, new Anlage(anlage, name, blob.laenge(), blob.pruefsumme())));
    }

    /** Asked before the bytes of a file are stored. @throws Abgelehnt if it would not be taken */
    @Transactional(readOnly = true)
    public void verlangePlatz(UUID id, String pfad, String dateiname, long laenge) {
        verlangePlatz(antraege.entwurf(id), pfad, kurz(dateiname), laenge);
    }

    private void verlangePlatz(Antrag antrag, String pfad, String name, long laenge) {
        var formular = formulare.fassung(antrag.formularfassungId()).formular();
        // Only where the form asks for one just now, and by its own name.
        if (formular.angaben(antrag.werte()).stream()
                .noneMatch(a -> a.art() == Feldart.DATEI && a.pfad().equals(pfad))) {
            throw Abgelehnt.eingabe("An dieser Stelle wird keine Datei gebraucht.");
        }
        var da = datenbank
                .sql(
                        "SELECT count(*) AS zahl, coalesce(sum(laenge), 0) AS bytes FROM antragsanlage WHERE mandant_id = ? AND antrag_id = ?")
                .params(mandant(), antrag.id())
                .query((z, nr) -> new long[] {z.getLong("zahl"), z.getLong("bytes")})
                .single();
        if (da[0] >= ANLAGEN || da[1] + laenge > ANLAGEN_GANZ) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Zu einem Antrag passen höchstens %d Dateien mit zusammen %d MB. „%s“ wurde nicht angenommen; alles andere ist gespeichert."
                            .formatted(ANLAGEN, ANLAGEN_GANZ / 1_000_000, name));
        }
        var fehler = formular.nimmt(antrag.werte(), pfad, name, laenge);
        if (fehler.isPresent()) {
            throw Abgelehnt.eingabe(fehler.get());
        }
    }

    /** A name that can be stored and shown, whatever a browser sent. */
    public static String kurz(String dateiname) {
        var name = dateiname.replaceAll("[\\p{Cntrl}/\\\\]", "").strip();
        return name.isEmpty() ? "Datei" : name.substring(0, Math.min(200, name.length()));
    }

    @Transactional
    public void nimmWeg(UUID id, UUID anlage) {
        einmal.warte(id);
        var antrag = antraege.entwurf(id);
        datenbank
                .sql("DELETE FROM antragsanlage WHERE mandant_id = ? AND antrag_id = ? AND id = ?")
                .params(mandant(), id, anlage)
                .update();
        antraege.schreibe(id, antrag.schritt(), w -> w.ohneAnlage(anlage));
    }
}
