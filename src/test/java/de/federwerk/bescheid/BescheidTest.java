package de.federwerk.bescheid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.antrag.Portalstadt;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.bescheid.Vorlagenpflege.Angaben;
import de.federwerk.formular.Formulare;
import de.federwerk.formular.Werte;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.postfach.Nachrichten;
import de.federwerk.satz.Pdfprobe;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class BescheidTest extends Teststadt {

    private static final String AUSWEIS = "a".repeat(64);

    @Autowired
    Portalstadt portalstadt;

    @Autowired
    Formulare formulare;

    @Autowired
    Vorlagenpflege pflege;

    @Autowired
    Bescheidvorlagen vorlagen;

    @Autowired
    Rechtsbehelfe rechtsbehelfe;

    @Autowired
    Bescheide bescheide;

    @Autowired
    Bekanntgaben bekanntgaben;

    @Autowired
    Abrufwache wache;

    @Autowired
    Nachrichten nachrichten;

    @Autowired
    Laufwege laufwege;

    @Autowired
    Blobs blobs;

    private record Fall(Stadt stadt, UUID leistung, UUID vorgang, UUID antrag, UUID vorlage) {
        String pfad() {
            return "/vorgaenge/" + vorgang + "/bescheid";
        }

        UUID mandant() {
            return stadt.mandant();
        }
    }

    /** A town with a template, and an Antrag that has become a Vorgang of tiefbau. */
    private Fall fall(boolean mitKonto, boolean zeichnung) {
        var stadt = stadt();
        var leistung = als(stadt.mandant(), () -> portalstadt.richteEin(stadt.tiefbau(), stadt.anja(), stadt.petra()));
        var vorlage = als(stadt.mandant(), () -> vorlage(stadt, leistung, zeichnung));
        var vorgang = vorgang(stadt, "Hund anmelden: Özlem Yılmaz");
        var antrag = als(stadt.mandant(), () -> antrag(stadt, leistung, vorgang.id(), mitKonto));
        return new Fall(stadt, leistung, vorgang.id(), antrag, vorlage);
    }

    private UUID vorlage(Stadt stadt, UUID leistung, boolean zeichnung) {
        rechtsbehelfe.nimmMitgelieferte(stadt.anja());
        var behelf = rechtsbehelfe.alle().stream()
                .filter(r -> r.name().equals("Widerspruch"))
                .findFirst()
                .orElseThrow();
        rechtsbehelfe.pruefe(stadt.anja(), behelf.id(), behelf.aenderung(), behelf.text(), true);
        var id = Kennung.neu();
        pflege.legeAn(stadt.anja(), id, "Hundesteuerbescheid", leistung);
        pflege.speichere(
                stadt.anja(),
                id,
                1,
                new Angaben(
                        "vwvfg",
                        "Hundesteuer für {{antrag.hund.rufname}}",
                        """
                        Guten Tag {{empfaenger}},
                        # Festsetzung
                        die Steuer beträgt {{steuer}} <im Jahr> & ist zu zahlen.
                        {{wenn anzahl(hund) > 1}}
                        Für jeden weiteren Hund kommt etwas dazu.
                        {{ende}}
                        - Zahlung an {{stadt}}
                        {{begruendung}}
                        """,
                        "steuer | geld | Steuer | pflicht\nbegruendung | mehrzeilig | Begründung",
                        behelf.id(),
                        zeichnung));
        pflege.veroeffentliche(stadt.anja(), id, 2);
        return vorlagen.neueste(id).id();
    }

    private UUID antrag(Stadt stadt, UUID leistung, UUID vorgang, boolean mitKonto) {
        var werte = Werte.LEER
                .mit("name", Map.of("vor", "Özlem", "nach", "Yılmaz"), "")
                .mit(
                        "anschrift",
                        Map.of("strasse", "Gartenweg", "hausnummer", "5", "plz", "12345", "ort", "Musterstadt"),
                        "")
                .mitAnzahl("hund", 2)
                .mit("hund[1].rufname", "Nala", "")
                .mit("hund[2].rufname", "Bello", "");
        var konto = mitKonto ? Kennung.neu() : null;
        if (konto != null) {
            jdbc.sql("INSERT INTO konto (mandant_id, id, name, email) VALUES (?, ?, 'Özlem Yılmaz', 'oe@post.example')")
                    .params(stadt.mandant(), konto)
                    .update();
        }
        var id = Kennung.neu();
        jdbc.sql("""
                INSERT INTO antrag (mandant_id, id, leistung_id, titel, amtstitel, formularfassung_id, sprache, besucher, code, konto_id, stand, werte, schritt, gesendet, blatt)
                VALUES (?, ?, ?, 'Register a dog', 'Hund anmelden', ?, 'de', ?, ?, ?, 'veraktet', CAST(? AS jsonb), 'halter', now(), sha256('x'))""")
                .param(stadt.mandant())
                .param(id)
                .param(leistung)
                .param(formulare.gueltig("hundesteuer-anmeldung").orElseThrow().id())
                .param(mitKonto ? null : AUSWEIS)
                .param(mitKonto ? null : "b".repeat(64))
                .param(konto)
                .param(werte.json())
                .update();
        jdbc.sql(
                        "INSERT INTO antragsvorgang (mandant_id, antrag_id, vorgang_id, einheit_id, pruefung) VALUES (?, ?, ?, ?, '[]')")
                .params(stadt.mandant(), id, vorgang, stadt.tiefbau())
                .update();
        return id;
    }

    private static String feld(String seite, String name) {
        var treffer =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(seite);
        assertThat(treffer.find()).as(name).isTrue();
        return treffer.group(1);
    }

    private record Formular(String geheim, String bescheid, String version, String aenderung) {}

    private static Formular formular(Browser clerk, Fall fall, String frage) {
        var seite = clerk.hole(fall.pfad() + frage);
        assertThat(seite.status()).as(seite.text()).isEqualTo(200);
        return new Formular(
                seite.geheim(),
                feld(seite.text(), "bescheid"),
                feld(seite.text(), "version"),
                feld(seite.text(), "aenderung"));
    }

    private static Browser.Seite sende(Browser clerk, Fall fall, Formular f, String steuer, String... dazu) {
        var felder = new java.util.ArrayList<>(List.of(
                "bescheid",
                f.bescheid,
                "version",
                f.version,
                "aenderung",
                f.aenderung,
                "fassung",
                fall.vorlage.toString(),
                "_da",
                "steuer",
                "_da",
                "begruendung",
                "steuer",
                steuer,
                "begruendung",
                "Weil das so ist.",
                "ergebnis",
                "positiv"));
        felder.addAll(List.of(dazu));
        if (!felder.contains("anschrift")) {
            felder.addAll(List.of("anschrift", "Özlem Yılmaz\nGartenweg 5\n12345 Musterstadt"));
        }
        return clerk.sende(fall.pfad(), f.geheim, felder.toArray(String[]::new));
    }

    private Bescheid einziger(Fall fall) {
        var alle = als(fall.mandant(), () -> bescheide.zu(fall.vorgang));
        assertThat(alle).hasSize(1);
        return alle.getFirst();
    }

    private <T> T frage(Fall fall, String sql, Class<T> art, @Nullable Object... werte) {
        return als(fall.mandant(), () -> jdbc.sql(sql).params(werte).query(art).single());
    }

    private byte[] datei(Fall fall, UUID dokument) {
        return Mandantenkontext.als(fall.mandant(), () -> {
            var blob = transaktion.execute(t -> jdbc.sql("""
                            SELECT d.blob_id FROM version v JOIN datei d ON d.mandant_id = v.mandant_id AND d.id = v.datei_id
                             WHERE v.mandant_id = ? AND v.dokument_id = ? ORDER BY v.nummer DESC LIMIT 1""")
                    .params(fall.mandant(), dokument)
                    .query(UUID.class)
                    .single());
            try (var strom = blobs.lies(blob)) {
                return strom.readAllBytes();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @Test
    void vom_antrag_zum_bescheid_im_postfach_mit_bekanntgabe_am_tag_nach_dem_abruf() throws Exception {
        var fall = fall(true, false);
        var anja = angemeldet(fall.mandant(), "anja.mueller");
        var petra = angemeldet(fall.mandant(), "petra.lueders");
        assertThat(anja.hole("/vorgaenge/" + fall.vorgang).text()).contains("noch nicht entschieden", fall.pfad());
        assertThat(anja.hole(fall.pfad()).text()).contains("Hundesteuerbescheid");
        assertThat(petra.hole(fall.pfad()).status()).isEqualTo(404);

        var f = formular(anja, fall, "?vorlage=" + fall.vorlage);
        assertThat(sende(petra, fall, new Formular(petra.hole("/postkorb").geheim(), f.bescheid, f.version, "0"), "120")
                        .status())
                .isEqualTo(404);
        var falsch = sende(anja, fall, f, "viel");
        assertThat(falsch.status()).isEqualTo(422);
        assertThat(falsch.text()).contains("Steuer prüfen", "value=\"viel\"", "Weil das so ist.");
        assertThat(sende(anja, fall, f, "120", "anschrift", "Özlem Yılmaz").text())
                .contains("Die Anschrift ist unvollständig");
        assertThat(sende(anja, fall, f, "120,50", "tun", "vorschau").kopf("Content-Type"))
                .isEqualTo("application/pdf");
        assertThat(sende(anja, fall, f, "120,50").ziel()).isEqualTo(fall.pfad());
        // The same form once more: one Bescheid, one Dokument, one Version.
        assertThat(sende(anja, fall, f, "120,50").ziel()).isEqualTo(fall.pfad());
        var bescheid = einziger(fall);
        assertThat(frage(fall, "SELECT count(*) FROM version WHERE mandant_id = ?", Long.class, fall.mandant()))
                .isEqualTo(1);
        var pdf = datei(fall, bescheid.dokumentId());
        assertThat(Pdfprobe.maengel(pdf)).isEmpty();
        assertThat(Pdfprobe.text(pdf))
                .contains("Özlem Yılmaz", "Hundesteuer für Nala, Bello", "120,50", "<im Jahr> &", "jeden weiteren")
                .contains("Rechtsbehelfsbelehrung", "Markt 1", "Tiefbau am Markt", "0123 4567", "Weil das so ist.");
        // Another clerk of the unit at the same time: told who was faster.
        als(fall.mandant(), () -> person(fall.mandant(), "karl.kurz", "Karl", "Kurz", fall.stadt.tiefbau()));
        var karl = angemeldet(fall.mandant(), "karl.kurz");
        var spaet = sende(
                karl,
                fall,
                new Formular(karl.hole(fall.pfad()).geheim(), Kennung.neu() + "", Kennung.neu() + "", "0"),
                "1");
        assertThat(spaet.status()).isEqualTo(409);
        assertThat(spaet.text()).contains("Anja Müller hat am");
        // Changed: a second Version of the same Dokument.
        assertThat(sende(anja, fall, formular(anja, fall, "?aendern"), "130").ziel())
                .isEqualTo(fall.pfad());
        var seite = anja.hole(fall.pfad());
        var version = feld(seite.text(), "version");
        assertThat(anja.sende(
                                fall.pfad() + "/" + bescheid.id() + "/versand",
                                seite.geheim(),
                                "version",
                                f.version,
                                "kanal",
                                "postfach")
                        .text())
                .contains("Inzwischen gibt es Version 2");
        for (int mal = 1; mal <= 2; mal++) {
            assertThat(anja.sende(
                                    fall.pfad() + "/" + bescheid.id() + "/versand",
                                    seite.geheim(),
                                    "version",
                                    version,
                                    "kanal",
                                    "postfach")
                            .ziel())
                    .isEqualTo(fall.pfad());
        }
        var nachricht = als(fall.mandant(), () -> nachrichten.zu(fall.antrag)).getFirst();
        assertThat(als(fall.mandant(), () -> nachrichten.zu(fall.antrag))).hasSize(1);
        assertThat(nachricht.anlagen().getFirst().blob().pruefsumme())
                .isEqualTo(einziger(fall).sha256());
        assertThat(anja.hole("/vorgaenge/" + fall.vorgang).text()).contains("bewilligt", "noch nicht abgerufen");
        als(fall.mandant(), () -> nachrichten.oeffne(fall.antrag, nachricht.id()));
        Mandantenkontext.als(fall.mandant(), () -> wache.siehNach());
        var heute = LocalDate.now(de.federwerk.gesicht.Anzeige.ZONE);
        assertThat(einziger(fall).bekanntgabe()).isEqualTo(heute.plusDays(1));
        assertThat(einziger(fall).regel()).contains("vwvfg/postfach", "Abs. 2a");
        assertThat(frage(
                        fall,
                        "SELECT faellig FROM station WHERE mandant_id = ? AND art = 'wiedervorlage'",
                        LocalDate.class,
                        fall.mandant()))
                .isEqualTo(einziger(fall).fristende());
    }

    @Test
    void ohne_konto_kommt_er_in_die_druckstrasse_und_zaehlt_ab_der_aufgabe_zur_post() {
        var fall = fall(false, false);
        var anja = angemeldet(fall.mandant(), "anja.mueller");
        assertThat(sende(anja, fall, formular(anja, fall, "?vorlage=" + fall.vorlage), "99")
                        .ziel())
                .isEqualTo(fall.pfad());
        var seite = anja.hole(fall.pfad());
        assertThat(seite.text()).doesNotContain("ins Postfach des Kontos");
        var bescheid = einziger(fall);
        var versand = fall.pfad() + "/" + bescheid.id() + "/versand";
        var version = feld(seite.text(), "version");
        assertThat(anja.sende(versand, seite.geheim(), "version", version, "kanal", "postfach")
                        .text())
                .contains("gibt es kein Konto");
        assertThat(anja.sende(versand, seite.geheim(), "version", version, "kanal", "post")
                        .ziel())
                .isEqualTo(fall.pfad());
        assertThat(anja.sende(fall.pfad() + "/" + bescheid.id() + "/verwerfung", seite.geheim())
                        .status())
                .isEqualTo(409);
        // Only who may work on it sees it, and nobody of another town.
        var fremd = fall(false, false);
        for (var fremder :
                List.of(angemeldet(fall.mandant(), "petra.lueders"), angemeldet(fremd.mandant(), "anja.mueller"))) {
            assertThat(fremder.hole("/bescheide/druck").text())
                    .contains("Nichts zu drucken")
                    .doesNotContain("Yılmaz");
            assertThat(fremder.sende(
                                    "/bescheide/druck",
                                    fremder.hole("/postkorb").geheim(),
                                    "brief",
                                    bescheid.id() + "")
                            .status())
                    .isEqualTo(409);
        }
        var druck = anja.hole("/bescheide/druck");
        assertThat(druck.text()).contains("Özlem Yılmaz", "noch nicht");
        var heute = LocalDate.now(de.federwerk.gesicht.Anzeige.ZONE);
        var aufgabe = new String[] {"brief", bescheid.id().toString(), "tag", heute.toString()};
        assertThat(anja.sende("/bescheide/druck/aufgabe", druck.geheim(), aufgabe)
                        .text())
                .contains("noch nicht gedruckt");
        for (int mal = 1; mal <= 2; mal++) {
            var pdf = anja.sende(
                    "/bescheide/druck", druck.geheim(), "brief", bescheid.id().toString());
            assertThat(pdf.kopf("Content-Type")).isEqualTo("application/pdf");
        }
        assertThat(anja.sende(
                                "/bescheide/druck/aufgabe",
                                druck.geheim(),
                                "brief",
                                bescheid.id().toString(),
                                "tag",
                                heute.plusDays(1).toString())
                        .text())
                .contains("liegt noch vor uns");
        for (int mal = 1; mal <= 2; mal++) {
            assertThat(anja.sende("/bescheide/druck/aufgabe", druck.geheim(), aufgabe)
                            .status())
                    .isEqualTo(302);
        }
        var fertig = einziger(fall);
        assertThat(fertig.bekanntgabe()).isEqualTo(heute.plusDays(4));
        assertThat(fertig.regel()).contains(Bekanntgaberegeln.FASSUNG, "§ 41 Abs. 2 Satz 1");
        assertThat(anja.hole(fall.pfad()).text()).contains("Widerspruchsfrist bis", "4. Tag danach");
        assertThat(frage(
                        fall,
                        "SELECT count(*) FROM station WHERE mandant_id = ? AND art = 'wiedervorlage'",
                        Long.class,
                        fall.mandant()))
                .isEqualTo(1);
        // The citizen, by her code: that it is decided, and how it comes.
        assertThat(Mandantenkontext.<String, RuntimeException>alsBuerger(
                        fall.mandant(),
                        AUSWEIS,
                        () -> transaktion.execute(t -> jdbc.sql("SELECT art FROM entscheidungsstand")
                                .query(String.class)
                                .single())))
                .isEqualTo("entschieden_post");
        assertThat(Mandantenkontext.<Long, RuntimeException>alsBuerger(
                        fall.mandant(),
                        "0".repeat(64),
                        () -> transaktion.execute(t -> jdbc.sql("SELECT count(*) FROM entscheidungsstand")
                                .query(Long.class)
                                .single())))
                .isZero();
    }

    @Test
    void nur_was_gezeichnet_ist_geht_hinaus_und_nach_zda_nichts_mehr() {
        var fall = fall(false, true);
        var mandant = fall.mandant();
        var anja = angemeldet(mandant, "anja.mueller");
        assertThat(sende(anja, fall, formular(anja, fall, "?vorlage=" + fall.vorlage), "99")
                        .ziel())
                .isEqualTo(fall.pfad());
        assertThat(anja.hole(fall.pfad()).text())
                .contains("müssen gezeichnet sein")
                .doesNotContain(">Absenden<");
        var bescheid = einziger(fall);
        var station = station(fall, bescheid.dokumentId());
        assertThat(anja.hole(fall.pfad()).text()).contains("noch zur Zeichnung unterwegs");
        assertThatThrownBy(() -> als(mandant, () -> versendeNeueste(fall, bescheid)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("unterwegs");
        var karin = angemeldet(mandant, "karin.ahrens");
        karin.sende(
                "/aufgaben/" + station + "/ergebnis", karin.hole("/postkorb").geheim(), "ergebnis", "gezeichnet");
        assertThat(anja.hole(fall.pfad()).text()).contains("so wie sie gezeichnet ist", ">Absenden<");
        // Changed afterwards: what is newer than the signature stays here.
        assertThat(sende(anja, fall, formular(anja, fall, "?aendern"), "130").ziel())
                .isEqualTo(fall.pfad());
        assertThat(anja.hole(fall.pfad()).text()).contains("neuer als die gezeichnete");
        als(
                mandant,
                () -> jdbc.sql("UPDATE vorgang SET stand = 'zda', zda_am = now(), zda_von = ? WHERE id = ?")
                        .params(fall.stadt.anja().person(), fall.vorgang)
                        .update());
        var zu = anja.sende(
                fall.pfad() + "/" + bescheid.id() + "/verwerfung",
                anja.hole("/postkorb").geheim());
        assertThat(zu.status()).isEqualTo(409);
        assertThat(zu.text()).contains("zu den Akten gelegt");
    }

    @Autowired
    Versand versand;

    @Autowired
    Zeichnungsstand zeichnungsstand;

    private void versendeNeueste(Fall fall, Bescheid bescheid) {
        versand.sende(
                fall.stadt.anja(),
                fall.vorgang,
                bescheid.id(),
                zeichnungsstand.von(bescheid.dokumentId(), true).version(),
                Kanal.POST);
    }

    /** To Karin, who may sign finally. */
    private UUID station(Fall fall, UUID dokument) {
        return als(fall.mandant(), () -> {
            var karin = person(fall.mandant(), "karin.ahrens", "Karin", "Ahrens", fall.stadt.tiefbau());
            jdbc.sql("UPDATE stelle SET zeichnungsbefugnis = 2 WHERE mandant_id = ?")
                    .param(fall.mandant())
                    .update();
            var station = Station.schlicht(
                    Kennung.neu(), 1, Stationsart.SCHLUSSZEICHNUNG, new Empfaenger("person", karin.person()));
            laufwege.beginne(
                    fall.stadt.anja(),
                    new Laufwegentwurf(
                            Kennung.neu(), fall.vorgang, dokument, "Bescheid zeichnen", false, List.of(station)));
            return station.id();
        });
    }

    @Test
    void eine_vorlage_wird_auf_der_seite_geschrieben_und_erst_ohne_maengel_und_mit_geprueftem_rechtsbehelf_gueltig() {
        var fall = fall(false, false);
        var anja = angemeldet(fall.mandant(), "anja.mueller");
        var alle = anja.hole("/verwaltung/bescheidvorlagen");
        var id = feld(alle.text(), "id");
        anja.sende("/verwaltung/bescheidvorlagen", alle.geheim(), "id", id, "name", "Ablehnung", "leistung", "");
        var pfad = "/verwaltung/bescheidvorlagen/" + id;
        var klage = als(fall.mandant(), () -> rechtsbehelfe.alle()).stream()
                .filter(Rechtsbehelfe.Rechtsbehelf::klage)
                .findFirst()
                .orElseThrow();
        var seite = anja.hole(pfad);
        var falsch = anja.sende(
                pfad,
                seite.geheim(),
                "aenderung",
                "1",
                "betreff",
                "Ablehnung {{nix}}",
                "text",
                "{{antrag.name.nach}}",
                "rechtsbehelf",
                klage.id().toString(),
                "tun",
                "veroeffentlichen");
        assertThat(falsch.status()).isEqualTo(422);
        assertThat(falsch.text()).contains("{{nix}}", "{{antrag.name.nach}}", "Noch nicht veröffentlicht");
        var gut = anja.sende(
                pfad,
                falsch.geheim(),
                "aenderung",
                feld(falsch.text(), "aenderung"),
                "betreff",
                "Ablehnung",
                "text",
                "Leider nein, {{empfaenger}}.",
                "rechtsbehelf",
                klage.id().toString(),
                "tun",
                "veroeffentlichen");
        assertThat(gut.text()).contains("noch niemand im Haus geprüft");
        assertThat(anja.sende(
                                "/verwaltung/rechtsbehelfe/texte/" + klage.id(),
                                gut.geheim(),
                                "aenderung",
                                "1",
                                "text",
                                klage.text(),
                                "geprueft",
                                "true")
                        .text())
                .contains("in eckigen Klammern");
        assertThat(anja.hole("/verwaltung/rechtsbehelfe").text())
                .contains("von der Stadt zu prüfen", "§ 122a Abs. 4 AO", "4. Tag nach der Aufgabe zur Post");
        assertThat(anja.sende(
                                "/verwaltung/rechtsbehelfe/regeln/vwvfg/post",
                                gut.geheim(),
                                "beginn",
                                "aufgabe",
                                "tage",
                                "3",
                                "grundlage",
                                "Art. 41 alt")
                        .status())
                .isEqualTo(302);
        assertThat(anja.hole("/verwaltung/rechtsbehelfe").text()).contains("eigene Regel 1", "3. Tag nach");
        assertThat(anja.sende(pfad, gut.geheim(), "betreff", "B", "text", "T {{empfaenger}}", "tun", "vorschau")
                        .kopf("Content-Type"))
                .isEqualTo("application/pdf");
        // Somebody else, upon what she had opened before.
        var petra = angemeldet(fall.mandant(), "petra.lueders");
        assertThat(petra.sende(pfad, petra.hole("/postkorb").geheim(), "aenderung", "1", "betreff", "X", "text", "Y")
                        .status())
                .isEqualTo(409);
    }
}
