package de.federwerk.leistung;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.Sprache;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;

/** A text on its way to the citizens, through the pages of the Redaktion. */
class LeistungspflegeTest extends Teststadt {

    private static final String ALLE = "/verwaltung/leistungen";

    @Autowired
    Leistungen leistungen;

    @Autowired
    Leistungspflege pflege;

    @Autowired
    Katalogdatei datei;

    private Stadt redaktion() {
        var stadt = stadt();
        als(stadt.mandant(), () -> {
            personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.LEISTUNGEN);
            personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.LEISTUNGEN);
        });
        return stadt;
    }

    private static UUID legeAn(Browser wer, String kurzname) {
        var id = Kennung.neu();
        var antwort = wer.sendeVon(ALLE, ALLE, "id", id.toString(), "titel", "Zebra anmelden", "kurzname", kurzname);
        assertThat(antwort.ziel()).isEqualTo(ALLE + "/" + id + "/entwurf");
        return id;
    }

    private static Browser.Seite speichere(Browser wer, UUID id, int aenderung, String kurztext) {
        return speichere(wer, id, verborgen(wer.hole(ALLE + "/" + id + "/entwurf"), "grundlage"), aenderung, kurztext);
    }

    private static String verborgen(Browser.Seite seite, String name) {
        return seite.text().replaceAll("(?s).*name=\"" + name + "\" value=\"([^\"]*)\".*", "$1");
    }

    private static Browser.Seite speichere(Browser wer, UUID id, String grundlage, int aenderung, String kurztext) {
        return wer.sendeVon(
                ALLE,
                ALLE + "/" + id + "/entwurf",
                "sprache",
                "de",
                "grundlage",
                grundlage,
                "aenderung",
                String.valueOf(aenderung),
                "titel",
                "Zebra anmelden",
                "kurztext",
                kurztext,
                "unterlagen",
                "Ausweis\r\nFoto des Zebras",
                "betrag",
                "30,70",
                "vertrauensniveau",
                "ohne",
                "ohneKonto",
                "ja");
    }

    /** What stands on the page of the Leistung when it is pressed. */
    private static Browser.Seite tu(Browser wer, UUID id, String was) {
        var seite = wer.hole(ALLE + "/" + id);
        return was.equals("freigabe") && seite.text().contains("name=\"fassung\"")
                ? gibFrei(wer, id, verborgen(seite, "fassung"), verborgen(seite, "aenderung"))
                : wer.sendeVon(ALLE, ALLE + "/" + id + "/" + was);
    }

    private static Browser.Seite gibFrei(Browser wer, UUID id, String fassung, String aenderung) {
        return wer.sendeVon(ALLE, ALLE + "/" + id + "/freigabe", "fassung", fassung, "aenderung", aenderung);
    }

    private static String ohneMarkup(Browser.Seite seite) {
        return seite.text().replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void veroeffentlicht_wird_nur_durch_eine_zweite_person_und_jede_fassung_bleibt_lesbar() {
        var stadt = redaktion();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        var id = legeAn(anja, "zebra-anmelden");
        assertThat(tu(anja, id, "vorlage").text()).contains("Der deutsche Kurztext fehlt noch");
        assertThat(speichere(anja, id, 1, "Wer ein Zebra hält, meldet es an.").status())
                .isEqualTo(302);
        assertThat(anja.hole(ALLE + "/" + id + "/entwurf").text()).contains("30,70", "Foto des Zebras");
        assertThat(tu(anja, id, "vorlage").status()).isEqualTo(302);

        var selbst = tu(anja, id, "freigabe");
        assertThat(selbst.status()).isEqualTo(403);
        assertThat(selbst.text()).contains("Sie haben an diesem Text mitgeschrieben");
        assertThat(speichere(petra, id, 2, "Anders.").text()).contains("liegt zur Freigabe");
        Mandantenkontext.als(stadt.mandant(), () -> {
            long vorher = leistungen.stand();
            assertThat(leistungen.finde("zebra-anmelden", Sprache.DE)).isEmpty();
            assertThat(leistungen.suche("Zebra", Sprache.DE)).isEmpty();
            assertThat(tu(petra, id, "freigabe").status()).isEqualTo(302);
            assertThat(leistungen.stand()).isGreaterThan(vorher);
            assertThat(leistungen.suche("Zebras", Sprache.DE)).hasSize(1);
            var leistung = leistungen.finde("zebra-anmelden", Sprache.EN).orElseThrow();
            assertThat(leistung.titel()).isEqualTo("Zebra anmelden");
            assertThat(leistung.sprachhinweis()).contains("shown in German");
            assertThat(leistung.alsMap()).containsEntry("titelSprache", "de").containsEntry("sprache", "en");
        });

        // A change is a new version; citizens read the old one until it is released.
        assertThat(speichere(petra, id, 0, "Wer ein gestreiftes Zebra hält, meldet es an.")
                        .status())
                .isEqualTo(302);
        tu(petra, id, "vorlage");
        Mandantenkontext.als(
                stadt.mandant(),
                () -> assertThat(leistungen
                                .finde("zebra-anmelden", Sprache.DE)
                                .orElseThrow()
                                .kurztext())
                        .doesNotContain("gestreiftes"));
        assertThat(tu(petra, id, "freigabe").status()).isEqualTo(403);
        assertThat(tu(anja, id, "freigabe").status()).isEqualTo(302);
        var fassungen = als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT id FROM leistungsfassung ORDER BY nummer")
                        .query(UUID.class)
                        .list());
        assertThat(ohneMarkup(anja.hole(ALLE + "/fassungen/" + fassungen.get(0))))
                .contains(
                        "Wer ein Zebra hält", "ersetzt · geschrieben von Anja Müller", "freigegeben von Petra Lüders");
        assertThat(ohneMarkup(anja.hole(ALLE + "/fassungen/" + fassungen.get(1))))
                .contains("Änderungen gegenüber Fassung 1", "[neu: gestreiftes ]");
        assertThatThrownBy(() -> als(
                        stadt.mandant(),
                        () -> jdbc.sql("UPDATE leistungstext SET titel = 'Anders' WHERE fassung_id = ?")
                                .param(fassungen.get(0))
                                .update()))
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> als(
                        stadt.mandant(),
                        () -> jdbc.sql("UPDATE leistungsfassung SET betrag = 1 WHERE id = ?")
                                .param(fassungen.get(1))
                                .update()))
                .isInstanceOf(DataAccessException.class);

        assertThat(tu(anja, id, "rueckzug").status()).isEqualTo(302);
        assertThat(tu(anja, id, "rueckzug").status()).isEqualTo(409);
        Mandantenkontext.als(
                stadt.mandant(),
                () -> assertThat(leistungen.finde("zebra-anmelden", Sprache.DE)).isEmpty());
        assertThat(anja.hole(ALLE + "?stand=zurueckgezogen").text()).contains("Zebra anmelden");
        assertThat(anja.hole(ALLE + "?stand=entwurf").text()).contains("Keine passt dazu");
    }

    @Test
    void zwei_die_zugleich_schreiben_verlieren_nichts() {
        var stadt = redaktion();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        var id = legeAn(anja, "zebra");
        assertThat(speichere(anja, id, 1, "Anjas Satz.").status()).isEqualTo(302);
        var zweite = speichere(petra, id, 1, "Petras Satz.");
        assertThat(zweite.status()).isEqualTo(409);
        assertThat(zweite.text())
                .contains("Inzwischen hat jemand anderes", "Petras Satz.", "name=\"aenderung\" value=\"2\"");
        assertThat(ohneMarkup(zweite)).contains("[entfallen: Anjas ]", "[neu: Petras ]");
        assertThat(anja.hole(ALLE + "/" + id + "/entwurf").text()).contains("Anjas Satz.");
        assertThat(speichere(petra, id, 2, "Anjas Satz. Petras Satz.").status()).isEqualTo(302);
        tu(petra, id, "vorlage");
        // Both wrote: neither of them releases.
        assertThat(tu(anja, id, "freigabe").status()).isEqualTo(403);
        assertThat(tu(petra, id, "freigabe").status()).isEqualTo(403);
        assertThat(tu(petra, id, "rueckgabe").status()).isEqualTo(302);
        assertThat(tu(petra, id, "verwerfung").status()).isEqualTo(302);
    }

    @Test
    void freigegeben_wird_nur_was_man_gesehen_hat_und_gespeichert_nur_worauf_es_beruht() {
        var stadt = redaktion();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        var id = legeAn(anja, "zebra");
        speichere(anja, id, 1, "Gesehen.");
        tu(anja, id, "vorlage");
        var gesehen = petra.hole(ALLE + "/" + id);
        tu(anja, id, "rueckgabe");
        speichere(anja, id, 2, "Untergeschoben.");
        tu(anja, id, "vorlage");
        var alt = gibFrei(petra, id, verborgen(gesehen, "fassung"), verborgen(gesehen, "aenderung"));
        assertThat(alt.status()).isEqualTo(409);
        assertThat(alt.text()).contains("inzwischen zurückgeholt und geändert");
        assertThat(petra.sendeVon(ALLE, ALLE + "/" + id + "/freigabe").status()).isEqualTo(409);
        assertThat(tu(petra, id, "freigabe").status()).isEqualTo(302);

        // A form opened upon the first version, when the second is out already.
        var erste = verborgen(petra.hole(ALLE + "/" + id + "/entwurf"), "grundlage");
        speichere(anja, id, 0, "Neu.");
        tu(anja, id, "vorlage");
        assertThat(tu(petra, id, "freigabe").status()).isEqualTo(302);
        assertThat(speichere(petra, id, erste, 0, "Auf dem Alten.").status()).isEqualTo(409);
        assertThat(speichere(petra, id, 0, "Auf dem Neuen.").status()).isEqualTo(302);
    }

    @Test
    void ohne_die_rolle_und_in_der_anderen_stadt_sieht_niemand_etwas() {
        var stadt = redaktion();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var id = legeAn(anja, "zebra");
        speichere(anja, id, 1, "Kurz.");
        tu(anja, id, "vorlage");
        tu(angemeldet(stadt.mandant(), "petra.lueders"), id, "freigabe");
        als(stadt.mandant(), () -> person(stadt.mandant(), "otto.ohne", "Otto", "Ohne", stadt.tiefbau()));
        var otto = angemeldet(stadt.mandant(), "otto.ohne");
        for (var pfad : List.of(
                "",
                "/" + id,
                "/" + id + "/entwurf",
                "/" + id + "/zustaendigkeit",
                "/dienststellen",
                "/dienststellen/neu",
                "/lebenslagen",
                "/datei")) {
            assertThat(anja.hole(ALLE + pfad).status()).as(pfad).isEqualTo(200);
            assertThat(otto.hole(ALLE + pfad).status()).as(pfad).isEqualTo(403);
        }
        assertThat(otto.sendeVon("/postkorb", ALLE + "/mitgelieferte").status()).isEqualTo(403);

        var andere = redaktion();
        var fremde = angemeldet(andere.mandant(), "anja.mueller");
        assertThat(fremde.hole(ALLE).text()).contains("Noch keine Leistung").doesNotContain("Zebra");
        assertThat(fremde.hole(ALLE + "/" + id).status()).isEqualTo(404);
        Mandantenkontext.als(andere.mandant(), () -> {
            assertThat(leistungen.stand()).isZero();
            assertThat(leistungen.alle(Sprache.DE)).isEmpty();
            assertThat(leistungen.suche("Zebra", Sprache.DE)).isEmpty();
            assertThat(leistungen.zustaendig("zebra", Merkmale.KEINE).dienststelle())
                    .isEmpty();
        });
        als(
                andere.mandant(),
                () -> assertThat(jdbc.sql("SELECT count(*) FROM leistung")
                                .query(Long.class)
                                .single())
                        .isZero());
    }

    @Test
    void der_katalog_geht_als_datei_hinaus_und_kommt_ebenso_wieder_herein() {
        var stadt = redaktion();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.sendeVon(ALLE, ALLE + "/mitgelieferte").text()).contains("18 Leistungen sind neu");
        assertThat(anja.sendeVon(ALLE, ALLE + "/mitgelieferte").text()).contains("18 waren schon da");
        var hinaus = anja.hole(ALLE + "/datei").text();

        var andere = redaktion();
        var fremde = angemeldet(andere.mandant(), "anja.mueller");
        var bytes = hinaus.getBytes(StandardCharsets.UTF_8);
        assertThat(fremde.ladeHoch(ALLE, ALLE + "/datei", "leistungen.json", bytes)
                        .text())
                .contains("18 Leistungen sind neu");
        assertThat(fremde.hole(ALLE + "/datei").text()).isEqualTo(hinaus);
        assertThat(fremde.ladeHoch(ALLE, ALLE + "/datei", "leistungen.json", bytes)
                        .text())
                .contains("18 waren schon da");
        var anders = hinaus.replace("Perso\"", "Persoo\"").getBytes(StandardCharsets.UTF_8);
        assertThat(fremde.ladeHoch(ALLE, ALLE + "/datei", "leistungen.json", anders)
                        .text())
                .contains("wurde übergangen: Es gibt schon einen Entwurf");
        for (var kaputt : List.of("kein json", "{}", hinaus.replace("\"hundesteuer-anmeldung\"", "\"Hund ü\""))) {
            var antwort = fremde.ladeHoch(ALLE, ALLE + "/datei", "x.json", kaputt.getBytes(StandardCharsets.UTF_8));
            assertThat(antwort.status()).isEqualTo(422);
            assertThat(antwort.text()).contains("wurde nichts übernommen");
        }
        assertThat(fremde.hole(ALLE + "/datei").text()).isEqualTo(hinaus);

        // Whose only draft was dropped still has its name, and comes back by the file.
        var dritte = redaktion();
        var dort = angemeldet(dritte.mandant(), "anja.mueller");
        var weg = legeAn(dort, "hundesteuer-anmeldung");
        assertThat(tu(dort, weg, "verwerfung").status()).isEqualTo(302);
        assertThat(dort.ladeHoch(ALLE, ALLE + "/datei", "leistungen.json", bytes)
                        .text())
                .contains("18 Leistungen sind neu");
    }

    @Test
    void dienststelle_und_regeln_fuehren_zu_der_die_zustaendig_ist() {
        var stadt = redaktion();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var id = legeAn(anja, "zebra");
        speichere(anja, id, 1, "Kurz.");
        tu(anja, id, "vorlage");
        tu(angemeldet(stadt.mandant(), "petra.lueders"), id, "freigabe");
        var stelle = Kennung.neu();
        var stellen = ALLE + "/dienststellen";
        var falsch = anja.sendeVon(
                stellen + "/neu",
                stellen,
                "id",
                stelle.toString(),
                "name",
                "Zebraamt",
                "einheit",
                stadt.ordnung().toString(),
                "tag1",
                "12–8");
        assertThat(falsch.status()).isEqualTo(422);
        assertThat(falsch.text()).contains("am Montag sind nicht zu lesen", "Zebraamt");
        assertThat(anja.sendeVon(
                                stellen + "/neu",
                                stellen,
                                "id",
                                stelle.toString(),
                                "name",
                                "Zebraamt",
                                "einheit",
                                stadt.ordnung().toString(),
                                "tag1",
                                "8–12, 14–18")
                        .status())
                .isEqualTo(302);
        assertThat(anja.hole(stellen).text()).contains("Zebraamt", "FD 32");
        var regeln = ALLE + "/" + id + "/zustaendigkeit";
        assertThat(anja.hole(regeln).text()).contains("Niemand ist zuständig");
        var regel = Kennung.neu();
        assertThat(anja.sendeVon(
                                regeln,
                                regeln,
                                "regel",
                                regel.toString(),
                                "dienststelle",
                                stelle.toString(),
                                "nameVon",
                                "A",
                                "nameBis",
                                "W")
                        .status())
                .isEqualTo(302);
        assertThat(anja.hole(regeln).text()).contains("Für Namen mit X, Y, Z ist niemand zuständig.");
        assertThat(anja.sendeVon(regeln, regeln, "dienststelle", stelle.toString(), "von", "3")
                        .text())
                .contains("Hausnummern brauchen eine Straße");
        Mandantenkontext.als(stadt.mandant(), () -> {
            var offen = leistungen.zustaendig("zebra", Merkmale.KEINE);
            assertThat(offen.dienststelle()).isEmpty();
            assertThat(offen.fehlt()).containsExactly("name");
            var klar = leistungen.zustaendig("zebra", new Merkmale(null, null, null, "Müller", null));
            assertThat(klar.dienststelle().orElseThrow().einheit()).isEqualTo(stadt.ordnung());
            assertThat(leistungen
                            .zustaendig("zebra", new Merkmale(null, null, null, "Zander", null))
                            .dienststelle())
                    .isEmpty();
        });
        assertThat(anja.sendeVon(stellen + "/" + stelle, stellen + "/" + stelle + "/ende")
                        .text())
                .contains("steht noch in Regeln");
        assertThat(anja.sendeVon(
                                stellen + "/" + stelle,
                                stellen + "/" + stelle,
                                "aenderung",
                                "7",
                                "name",
                                "Anders",
                                "einheit",
                                stadt.ordnung().toString())
                        .status())
                .isEqualTo(409);
        assertThat(anja.sendeVon(regeln, regeln + "/" + regel, "tun", "entfernen")
                        .status())
                .isEqualTo(302);
        assertThat(anja.sendeVon(stellen + "/" + stelle, stellen + "/" + stelle + "/ende")
                        .status())
                .isEqualTo(302);

        var lagen = ALLE + "/lebenslagen";
        assertThat(anja.sendeVon(lagen, lagen, "kurzname", "tiere", "titel", "Tiere", "platz", "1")
                        .status())
                .isEqualTo(302);
        assertThat(anja.sendeVon(lagen, lagen, "kurzname", "tiere", "titel", "Tiere", "platz", "1")
                        .status())
                .isEqualTo(409);
    }
}
