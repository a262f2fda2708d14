package de.federwerk.zugriff;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Ausnahmen;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Freigaben;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.berechtigung.Stufen;
import de.federwerk.datei.Dateien;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.zugriff.Schutzgut.Art;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

/** A test of rights: a town with a Vorgang, its head and a document in it. */
abstract class Zugriffstest extends Teststadt {

    @Autowired
    Zugriffe zugriffe;

    @Autowired
    Personenzugriffe menschen;

    @Autowired
    Schutzgueter gueter;

    @Autowired
    Schutzwechsel wechsel;

    @Autowired
    Wirkungen wirkungen;

    @Autowired
    Freigaben freigaben;

    @Autowired
    Ausnahmen ausnahmen;

    @Autowired
    Stufen stufen;

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    /** The town with a Vorgang, its head Karin and a Bescheid with a word that stands nowhere else. */
    record Fall(Stadt stadt, Anmeldung karin, Vorgaenge.Vorgang vorgang, UUID dokument) {

        UUID mandant() {
            return stadt.mandant();
        }
    }

    Fall fall() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Werbeanlage");
        var bytes = Mandantenkontext.als(
                stadt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream("Zylinderkopf".getBytes(StandardCharsets.UTF_8))));
        return als(stadt.mandant(), () -> {
            var karin = person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens", stadt.ordnung());
            einheiten.besetze(Protokoll.PROGRAMM, stadt.tiefbau(), "Leitung", true, karin.person());
            var dokument = dokumente.lege(
                    stadt.anja(),
                    Kennung.neu(),
                    vorgang.id(),
                    dateien.aufnehmen(bytes, "Bescheid.txt"),
                    Dokumente.Angaben.mitTitel("Bescheid"));
            return new Fall(stadt, karin, vorgang, dokument.id());
        });
    }

    Schutzgut gut(Fall fall, Art art, UUID id) {
        return als(fall.mandant(), () -> gueter.sichtbares(fall.stadt.anja(), art, id));
    }

    Sicht sicht(Anmeldung wer) {
        return berechtigungen.sicht(wer.person(), Recht.LESEN);
    }

    /** By the Sicht of each person, as pages and lists ask; the other way round than the explanation. */
    Map<String, Recht> nachSicht(UUID mandant, UUID akte) {
        var alle = new TreeMap<String, Recht>();
        for (var id : als(
                mandant,
                () -> jdbc.sql("SELECT id FROM person WHERE mandant_id = ?")
                        .param(mandant)
                        .query(UUID.class)
                        .list())) {
            for (var recht : Recht.values()) {
                if (als(mandant, () -> akten.finde(berechtigungen.sicht(id, recht), akte))
                        .isPresent()) {
                    alle.put(id.toString(), recht);
                }
            }
        }
        return alle;
    }

    Map<String, Recht> nachErklaerung(Schutzgut gut) {
        var alle = new TreeMap<String, Recht>();
        zugriffe.alle(gut).forEach((id, s) -> alle.put(id.toString(), Recht.values()[s.recht()]));
        return alle;
    }

    static Freigaben.Neu freigabe(
            Subjekt wer, UUID werId, Ziel ziel, UUID zielId, @Nullable LocalDate von, @Nullable LocalDate bis) {
        return new Freigaben.Neu(Kennung.neu(), wer, werId, ziel, zielId, Recht.LESEN, von, bis, "");
    }

    static String[] mit(String[] felder, String... weitere) {
        var alle = Arrays.copyOf(felder, felder.length + weitere.length);
        System.arraycopy(weitere, 0, alle, felder.length, weitere.length);
        return alle;
    }

    /** What a preview wants back, so that only what was seen is done. */
    static String gesehen(Browser.Seite seite) {
        return seite.text().replaceAll("(?s).*name=\"gesehen\" value=\"([0-9a-f]+)\".*", "$1");
    }

    /** Looks first, as the page asks for, and then does it. */
    static Browser.Seite nachVorschau(Browser browser, String formular, String pfad, String... felder) {
        var vorschau = browser.sendeVon(formular, pfad, felder);
        return browser.sendeVon(formular, pfad, mit(felder, "tun", "speichern", "gesehen", gesehen(vorschau)));
    }
}
