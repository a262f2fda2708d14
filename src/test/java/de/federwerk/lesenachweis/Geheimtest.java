package de.federwerk.lesenachweis;

import de.federwerk.Eignerzugang;
import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Muster;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;

/** A test with an Akte of Stufe 2, which Anja may see. */
abstract class Geheimtest extends Teststadt {

    static final String INHALT = "Quarzkieselgutachten";

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    @Autowired
    Index index;

    /** @param offen a Vorgang that is not protected */
    record Fall(Stadt stadt, String aktenzeichen, UUID akte, UUID vorgang, UUID dokument, UUID offen) {

        UUID mandant() {
            return stadt.mandant();
        }
    }

    Fall fall() {
        var stadt = stadt();
        var offen = vorgang(stadt, "Baugerüst");
        var vorgang = vorgang(stadt, "Abmahnung");
        var dokument = Kennung.neu();
        var bytes = Mandantenkontext.als(
                stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(Muster.bytes(INHALT))));
        var zeichen = als(stadt.mandant(), () -> {
            dokumente.lege(
                    stadt.anja(),
                    dokument,
                    vorgang.id(),
                    dateien.aufnehmen(bytes, "Gutachten.txt"),
                    Dokumente.Angaben.mitTitel("Gutachten"));
            personen.ermaechtige(Protokoll.PROGRAMM, stadt.anja().person(), 2);
            return jdbc.sql("SELECT aktenzeichen FROM akte WHERE id = ?")
                    .param(vorgang.akteId())
                    .query(String.class)
                    .single();
        });
        schuetze(stadt, vorgang.akteId(), 2);
        return new Fall(stadt, zeichen, vorgang.akteId(), vorgang.id(), dokument, offen.id());
    }

    /** Files the Akte with all in it under this Stufe. */
    void schuetze(Stadt stadt, UUID akte, int stufe) {
        als(stadt.mandant(), () -> {
            int bereich = berechtigungen.schutzbereich(null, stadt.tiefbau(), stufe, null);
            index.vormerkenUndSperren(
                    "akte",
                    jdbc.sql("UPDATE akte SET schutzbereich_id = ? WHERE id = ? RETURNING id")
                            .params(bereich, akte)
                            .query(UUID.class)
                            .list());
            index.vormerkenUndSperren(
                    "vorgang",
                    jdbc.sql("UPDATE vorgang SET schutzbereich_id = ? WHERE akte_id = ? RETURNING id")
                            .params(bereich, akte)
                            .query(UUID.class)
                            .list());
            index.vormerkenUndSperren(
                    "dokument",
                    jdbc.sql("UPDATE dokument SET schutzbereich_id = ? WHERE akte_id = ? RETURNING id")
                            .params(bereich, akte)
                            .query(UUID.class)
                            .list());
        });
    }

    Anmeldung mitRolle(Fall fall, String anmeldename, String nachname, Rolle rolle) {
        return als(fall.mandant(), () -> {
            var wer = person(fall.mandant(), anmeldename, "Kim", nachname, fall.stadt.ordnung());
            personen.gib(Protokoll.PROGRAMM, wer.person(), rolle);
            return wer;
        });
    }

    /** Somebody opened the Akte, so long ago: an interval as PostgreSQL reads it. */
    void gelesenVor(Fall fall, UUID akte, String alter) {
        Eignerzugang.tu(
                datenbank().zugang(),
                fall.mandant(),
                "INSERT INTO lesenachweis (mandant_id, id, zeit, person, akte_id, gegenstand, objekt_id, zugang) VALUES ('%s', '%s', now() - interval '%s', '%s', '%s', 'akte', '%s', 'angesehen')"
                        .formatted(
                                fall.mandant(),
                                Kennung.neu(),
                                alter,
                                fall.stadt().anja().pseudonym(),
                                akte,
                                Kennung.neu()));
    }

    /** What stands in the Lesenachweis about this person, as {@code vorgang angesehen}, in the order of time. */
    List<String> nachweis(Anmeldung wer) {
        return Eignerzugang.lies(
                datenbank().zugang(),
                wer.mandant(),
                "SELECT gegenstand, zugang FROM lesenachweis WHERE person = '" + wer.pseudonym()
                        + "' ORDER BY zeit, gegenstand, zugang");
    }
}
