package de.federwerk.webdav;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Auscheckung;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Dateien;
import de.federwerk.organisation.Anmeldung;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;

/** A town whose clerks have the Akten as a network folder. */
abstract class Webdavfall extends Teststadt {

    @Autowired
    AppKennwoerter kennwoerter;

    @Autowired
    Dokumente dokumente;

    @Autowired
    Auscheckung auscheckung;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    record Fall(Stadt stadt, Vorgaenge.Vorgang vorgang) {}

    Fall fall(String titel) {
        var stadt = stadt();
        return new Fall(stadt, vorgang(stadt, titel));
    }

    Netzordner netz(Anmeldung wer) {
        var kennwort = als(wer.mandant(), () -> kennwoerter.stelleAus(wer, "Test"));
        return new Netzordner(url(""), anmeldename(wer), kennwort);
    }

    String anmeldename(Anmeldung wer) {
        return mitMandant(
                wer.mandant(),
                als(
                        wer.mandant(),
                        () -> jdbc.sql("SELECT anmeldename FROM person WHERE id = ?")
                                .param(wer.person())
                                .query(String.class)
                                .single()));
    }

    UUID dokument(Fall fall, String dateiname, byte[] inhalt) {
        var id = Kennung.neu();
        var bytes = Mandantenkontext.als(fall.stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(inhalt)));
        als(
                fall.stadt.mandant(),
                () -> dokumente.lege(
                        fall.stadt.anja(),
                        id,
                        fall.vorgang.id(),
                        dateien.aufnehmen(bytes, dateiname),
                        Dokumente.Angaben.mitTitel(null)));
        return id;
    }

    UUID dokument(Fall fall, String dateiname, String inhalt) {
        return dokument(fall, dateiname, inhalt.getBytes(StandardCharsets.UTF_8));
    }

    /** The way of a clerk: position, Akte, Vorgang. */
    String ordner(Netzordner netz) {
        var akte = netz.in(netz.in("/webdav/Akten/", "66.20.03"), "66.20.03-");
        var vorgaenge = netz.inhalt(akte);
        assertThat(vorgaenge).hasSize(1);
        return vorgaenge.getFirst();
    }

    List<String> versionen(Fall fall) {
        return als(
                fall.stadt.mandant(),
                () -> jdbc.sql(
                                "SELECT f.dateiname || ' ' || v.nummer FROM version v JOIN datei f ON f.id = v.datei_id JOIN dokument d ON d.id = v.dokument_id ORDER BY d.nummer, v.nummer")
                        .query(String.class)
                        .list());
    }
}
