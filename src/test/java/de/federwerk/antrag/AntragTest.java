package de.federwerk.antrag;

import static de.federwerk.antrag.Hundeformular.fuelleAus;
import static de.federwerk.antrag.Hundeformular.mitDa;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Sprache;
import de.federwerk.formular.Formulare;
import de.federwerk.formular.Formularpflege;
import de.federwerk.leistung.Leistung;
import de.federwerk.leistung.Leistungen;
import de.federwerk.leistung.Vertrauensniveau;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class AntragTest extends Teststadt {

    @Autowired
    private Portalstadt portalstadt;

    @Autowired
    private Antraege antraege;

    @Autowired
    private Antragsanlagen anlagen;

    @Autowired
    private Formulare formulare;

    @Autowired
    private Formularpflege formularpflege;

    @Autowired
    private Leistungen leistungen;

    @Autowired
    private Blobs blobs;

    private record Portal(Stadt stadt, UUID leistung) {}

    /** A town in whose Portal one may register a dog, with tiefbau. */
    private Portal portal() {
        var stadt = stadt();
        return als(
                stadt.mandant(),
                () -> new Portal(stadt, portalstadt.richteEin(stadt.tiefbau(), stadt.anja(), stadt.petra())));
    }

    private Browser buerger() {
        return new Browser(portalUrl(""));
    }

    private <T> T frage(UUID mandant, String sql, Class<T> art, Object... werte) {
        return als(mandant, () -> jdbc.sql(sql).params(werte).query(art).single());
    }

    private void bisVeraktet(UUID mandant, int anzahl) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        frage(mandant, "SELECT count(*) FROM antragsvorgang WHERE mandant_id = ?", Long.class, mandant)
                                == anzahl);
    }

    @Test
    void was_im_portal_abgesendet_wird_liegt_gleich_als_vorgang_im_postkorb_der_einheit() {
        var portal = portal();
        var stadt = portal.stadt;
        var code = new AtomicReference<String>();
        alsErster(stadt.mandant(), () -> {
            var mensch = buerger();
            var pfad = fuelleAus(mensch, "Yılmaz");
            assertThat(mensch.hole(pfad + "?pruefen").text()).contains("Nala", "29.02.1996", "Yılmaz");
            var gesendet = mensch.sendeVon(pfad + "?pruefen", pfad + "/absenden");
            assertThat(gesendet.ziel()).isEqualTo(pfad);
            // Sent twice: once.
            mensch.sende(pfad + "/absenden", mensch.hole("/portal/status").geheim());
            var stand = mensch.hole(pfad).text();
            code.set(stand.replaceAll("(?s).*class=\"pt-code\">([^<]+)<.*", "$1"));
            assertThat(code.get()).matches("[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}");
            bisVeraktet(stadt.mandant(), 1);
            assertThat(mensch.hole(pfad).text()).contains("Eingegangen bei: Tiefbau", code.get());

            // From another device, by the code alone; small letters without hyphens will do.
            assertThat(buerger()
                            .sendeVon(
                                    "/portal/status",
                                    "/portal/status",
                                    "code",
                                    code.get().toLowerCase(Locale.ROOT).replace("-", ""))
                            .text())
                    .contains("Hund anmelden", "Eingegangen bei: Tiefbau");
            assertThat(buerger()
                            .sendeVon("/portal/status", "/portal/status", "code", "7K3M-Q9PT-4WXY")
                            .status())
                    .isEqualTo(422);
        });
        // In the town hall: the Vorgang in the Akte of the year, the form as PDF, a task for the unit, and what was
        // checked.
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole("/postkorb").text()).contains("Hund anmelden: Özlem Yılmaz");
        var vorgang = frage(
                stadt.mandant(),
                "SELECT vorgang_id FROM antragsvorgang WHERE mandant_id = ?",
                UUID.class,
                stadt.mandant());
        assertThat(anja.hole("/vorgaenge/" + vorgang).text())
                .contains("Antrag aus dem Portal", "Alle verlangten Angaben sind da", "Nala");
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE vorgang SET stand = 'zda', zda_am = now(), zda_von = ? WHERE id = ?")
                        .params(stadt.anja().person(), vorgang)
                        .update());
        alsErster(
                stadt.mandant(),
                () -> assertThat(buerger()
                                .sendeVon("/portal/status", "/portal/status", "code", code.get())
                                .text())
                        .contains("Erledigt"));
        assertThat(angemeldet(stadt.mandant(), "petra.lueders")
                        .hole("/vorgaenge/" + vorgang)
                        .status())
                .isEqualTo(404);
        assertThat(frage(
                        stadt.mandant(),
                        "SELECT k.kennzeichen FROM vorgang v JOIN akte a ON a.id = v.akte_id JOIN planknoten k ON k.id = a.planknoten_id WHERE v.id = ?",
                        String.class,
                        vorgang))
                .isEqualTo("66.20.03");
    }

    @Test
    void niemand_sieht_den_antrag_eines_anderen_und_auch_sql_zeigt_ihn_nicht() {
        var portal = portal();
        var stadt = portal.stadt;
        alsErster(stadt.mandant(), () -> {
            var mensch = buerger();
            var pfad = fuelleAus(mensch, "Yılmaz");
            var fremder = buerger();
            assertThat(fremder.hole(pfad + "/halter").status()).isEqualTo(404);
            assertThat(fremder.hole("/portal/antraege").text()).doesNotContain("Hund anmelden");
            // With a secret of her own, too.
            fremder.sendeVon("/portal/leistungen/hund-anmelden", "/portal/leistungen/hund-anmelden/antrag");
            assertThat(fremder.hole(pfad + "/halter").status()).isEqualTo(404);
            assertThat(fremder.sende(
                                    pfad + "/absenden",
                                    fremder.hole("/portal/status").geheim())
                            .status())
                    .isEqualTo(404);
        });
        var zahl = Mandantenkontext.<Long, RuntimeException>alsBuerger(
                stadt.mandant(),
                "0".repeat(64),
                () -> transaktion.execute(t -> jdbc.sql("SELECT count(*) FROM antrag")
                        .query(Long.class)
                        .single()));
        assertThat(zahl).isZero();
        assertThat(frage(
                        stadt.mandant(),
                        "SELECT count(*) FROM antrag WHERE mandant_id = ?",
                        Long.class,
                        stadt.mandant()))
                .isEqualTo(2);
    }

    @Test
    void ein_fehler_steht_am_feld_und_nichts_geht_verloren() {
        var portal = portal();
        alsErster(portal.stadt.mandant(), () -> {
            var mensch = buerger();
            var beginn = mensch.sendeVon("/portal/leistungen/hund-anmelden", "/portal/leistungen/hund-anmelden/antrag");
            var falsch = mensch.sendeVon(
                    beginn.ziel(),
                    beginn.ziel(),
                    "_da",
                    "name",
                    "_da",
                    "geburt",
                    "name.vor",
                    "A",
                    "name.nach",
                    "Bo <i>",
                    "geburt.tag",
                    "3",
                    "geburt.monat",
                    "14",
                    "geburt.jahr",
                    "1990");
            assertThat(falsch.status()).isEqualTo(422);
            assertThat(falsch.text()).contains("Den Monat 14 gibt es nicht", "Bo &lt;i", "Fehler: ");
            // The draft was kept all the same; who begins again finds it.
            assertThat(mensch.sendeVon("/portal/leistungen/hund-anmelden", "/portal/leistungen/hund-anmelden/antrag")
                            .ziel())
                    .isEqualTo(beginn.ziel());
            assertThat(mensch.hole(beginn.ziel()).text()).contains("value=\"14\"");
            // A page that is not asked, or none of this form.
            assertThat(mensch.hole(beginn.ziel().replace("halter", "gibtsnicht"))
                            .status())
                    .isEqualTo(404);
        });
    }

    @Test
    void zwanzig_zugleich_werden_zwanzig_vorgaenge_in_einer_akte() {
        var portal = portal();
        var stadt = portal.stadt;
        alsErster(stadt.mandant(), () -> {
            IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                        var mensch = buerger();
                        mensch.hole("/portal?sprache=en");
                        var pfad = fuelleAus(mensch, "Müller-" + (char) ('A' + i));
                        return mensch.sendeVon(pfad + "?pruefen", pfad + "/absenden")
                                .ziel();
                    }))
                    .toList()
                    .forEach(f -> assertThat(f.join()).startsWith("/portal/antraege/"));
            bisVeraktet(stadt.mandant(), 20);
        });
        assertThat(frage(
                        stadt.mandant(),
                        "SELECT count(DISTINCT akte_id) FROM vorgang WHERE mandant_id = ?",
                        Long.class,
                        stadt.mandant()))
                .isEqualTo(1);
        assertThat(frage(
                        stadt.mandant(),
                        "SELECT count(*) FROM antrag a WHERE mandant_id = ? AND NOT EXISTS (SELECT FROM antragsvorgang v WHERE v.antrag_id = a.id)",
                        Long.class,
                        stadt.mandant()))
                .isZero();
        // Sent in English; in the house it is called as everything else there.
        assertThat(frage(
                        stadt.mandant(),
                        "SELECT count(*) FROM vorgang WHERE mandant_id = ? AND titel LIKE 'Hund anmelden: Özlem Müller-%'",
                        Long.class,
                        stadt.mandant()))
                .isEqualTo(20);
    }

    /** As a page of the form would: its fields, right or wrong, upon what is there. */
    private void fuelle(UUID antrag, String schritt, String... felder) {
        var formular =
                formulare.fassung(antraege.antrag(antrag).formularfassungId()).formular();
        var parameter = new LinkedHashMap<String, String[]>();
        var alle = mitDa(felder);
        for (int i = 0; i < alle.size(); i += 2) {
            parameter.merge(
                    alle.get(i),
                    new String[] {alle.get(i + 1)},
                    (a, b) -> Stream.concat(Stream.of(a), Stream.of(b)).toArray(String[]::new));
        }
        antraege.schreibe(antrag, schritt, w -> formular.lies(w, schritt, parameter));
    }

    @Test
    void eine_datei_kommt_nur_dahin_wo_das_formular_nach_ihr_fragt_und_geht_nur_mit_wenn_man_sie_sieht() {
        var portal = portal();
        var m = portal.stadt.mandant();
        Mandantenkontext.<Void, RuntimeException>alsBuerger(m, "a".repeat(64), () -> {
            var antrag = antraege.beginne(
                            leistungen.finde("hund-anmelden", Sprache.DE).orElseThrow(), Sprache.DE)
                    .id();
            fuelle(antrag, "hunde", "hund[1].rufname", "Nala", "hund[1].gefaehrlich", "ja");
            haengeAn(antrag, "hund[1].erlaubnis");
            for (var falsch : List.of("x.erlaubnis", "hund[2].erlaubnis", "rufname", "nachweis")) {
                assertThatThrownBy(() -> haengeAn(antrag, falsch)).as(falsch).isInstanceOf(Abgelehnt.class);
            }
            // Another answer, and nobody is asked for it any more.
            fuelle(
                    antrag,
                    "hunde",
                    "hund[1].rufname",
                    "Nala",
                    "hund[1].rasse",
                    "Mischling",
                    "hund[1].gefaehrlich",
                    "nein",
                    "hund[1].wurf.tag",
                    "3",
                    "hund[1].wurf.monat",
                    "4",
                    "hund[1].wurf.jahr",
                    "2025",
                    "hund[1].haltung.tag",
                    "1",
                    "hund[1].haltung.monat",
                    "9",
                    "hund[1].haltung.jahr",
                    "2026");
            fuelle(
                    antrag,
                    "halter",
                    "name.vor",
                    "A",
                    "name.nach",
                    "Ng",
                    "anschrift.strasse",
                    "Gartenweg",
                    "anschrift.hausnummer",
                    "5",
                    "anschrift.plz",
                    "12345",
                    "anschrift.ort",
                    "Musterstadt",
                    "geburt.tag",
                    "1",
                    "geburt.monat",
                    "2",
                    "geburt.jahr",
                    "1990");
            fuelle(antrag, "befreiung", "grund", "nichts", "lastschrift", "nein");
            fuelle(antrag, "erklaerung", "richtig", "ja");
            assertThat(antraege.sende(antrag, "b".repeat(64)).entwurf()).isFalse();
            return null;
        });
        bisVeraktet(m, 1);
        assertThat(als(
                        m,
                        () -> jdbc.sql("SELECT titel FROM dokument WHERE mandant_id = ?")
                                .param(m)
                                .query(String.class)
                                .list()))
                .containsExactly("Hund anmelden: A Ng");
    }

    private void haengeAn(UUID antrag, String pfad) {
        var bytes = "%PDF-1.4 klein".getBytes(StandardCharsets.US_ASCII);
        anlagen.haengeAn(antrag, pfad, blobs.schreibe(new ByteArrayInputStream(bytes)), "Erlaubnis.pdf");
    }

    @Test
    void was_fuer_ein_pdf_zu_lang_ist_kommt_trotzdem_in_die_akte_und_keine_regel_zieht_antraege_an_sich() {
        var portal = portal();
        var m = portal.stadt.mandant();
        var ordnung = frage(
                m,
                "SELECT s.einheit_id FROM stelle s JOIN stellenbesetzung b ON b.mandant_id = s.mandant_id AND b.stelle_id = s.id WHERE s.mandant_id = ? AND b.person_id = ?",
                UUID.class,
                m,
                portal.stadt.petra().person());
        als(m, () -> {
            personen.gib(Protokoll.PROGRAMM, portal.stadt.anja().person(), Rolle.ADMINISTRATION);
            personen.gib(Protokoll.PROGRAMM, portal.stadt.petra().person(), Rolle.ADMINISTRATION);
            var fassung = Kennung.neu();
            formularpflege.legeAn(portal.stadt.anja(), fassung, """
                    {"format": "federwerk-formular/1", "name": "hundesteuer-anmeldung", "titel": {"de": "Lang"}, "schritte": [
                      {"id": "s", "titel": {"de": "S"}, "abschnitte": [{"id": "a", "titel": {"de": "A"}, "felder": [
                        {"id": "eins", "art": "mehrzeilig", "titel": {"de": "Eins"}, "hoechstens": 10000},
                        {"id": "zwei", "art": "mehrzeilig", "titel": {"de": "Zwei"}, "hoechstens": 10000},
                        {"id": "drei", "art": "mehrzeilig", "titel": {"de": "Drei"}, "hoechstens": 10000}]}]}]}""");
            formularpflege.gibFrei(portal.stadt.petra(), fassung, 1);
            // The rule of the Leistung names tiefbau, which does not belong to the unit that the Administration named.
            jdbc.sql("UPDATE antragsweg SET einheit_id = ? WHERE mandant_id = ?")
                    .params(ordnung, m)
                    .update();
        });
        Mandantenkontext.<Void, RuntimeException>alsBuerger(m, "e".repeat(64), () -> {
            var id = antraege.beginne(
                            leistungen.finde("hund-anmelden", Sprache.DE).orElseThrow(), Sprache.DE)
                    .id();
            var lang = "x\n".repeat(4_999) + "y";
            antraege.schreibe(
                    id, "s", w -> w.mit("eins", lang, "").mit("zwei", lang, "").mit("drei", lang, ""));
            antraege.sende(id, "f".repeat(64));
            return null;
        });
        bisVeraktet(m, 1);
        assertThat(als(
                        m,
                        () -> jdbc.sql("SELECT titel FROM dokument WHERE mandant_id = ? ORDER BY nummer")
                                .param(m)
                                .query(String.class)
                                .list()))
                .containsExactly("Hund anmelden", "Angaben.txt");
        assertThat(frage(
                        m,
                        "SELECT einheit_id || ' ' || pruefung FROM antragsvorgang WHERE mandant_id = ?",
                        String.class,
                        m))
                .startsWith(ordnung + " ")
                .contains("zustaendig", "Bitte prüfen Sie, wer zuständig ist");
    }

    @Test
    void was_einem_konto_gehoert_sieht_nur_dessen_sitzung() {
        var portal = portal();
        var m = portal.stadt.mandant();
        var eine = sitzung(m, "eine@example.org", Instant.now().plusSeconds(600));
        var andere = sitzung(m, "andere@example.org", Instant.now().plusSeconds(600));
        var alte = sitzung(m, "alte@example.org", Instant.now().minusSeconds(1));
        var antrag = Mandantenkontext.<UUID, RuntimeException>alsBuerger(
                m,
                "c".repeat(64),
                eine,
                () -> antraege.beginne(
                                leistungen.finde("hund-anmelden", Sprache.DE).orElseThrow(), Sprache.DE)
                        .id());
        assertThat(Mandantenkontext.<Boolean, RuntimeException>alsBuerger(
                        m, "", eine, () -> antraege.antrag(antrag).imKonto()))
                .isTrue();
        for (var fremd : List.of(andere, alte, "")) {
            // The browser in which it was begun opens it no more once nobody is signed in there.
            Mandantenkontext.<Void, RuntimeException>alsBuerger(m, "c".repeat(64), fremd, () -> {
                assertThat(antraege.meine()).isEmpty();
                assertThatThrownBy(() -> antraege.antrag(antrag)).isInstanceOf(NichtGefunden.class);
                assertThat(transaktion.<Integer>execute(t -> jdbc.sql("UPDATE antrag SET konto_id = aktuelles_konto()")
                                .update()))
                        .isZero();
                return null;
            });
        }
    }

    @Test
    void was_ein_konto_verlangt_geht_nur_mit_genuegender_anmeldung() {
        var portal = portal();
        var m = portal.stadt.mandant();
        var basis = sitzung(m, "basis@example.org", Instant.now().plusSeconds(600));
        var hoch = sitzung(m, "hoch@example.org", Instant.now().plusSeconds(600));
        var alt = sitzung(m, "alt@example.org", Instant.now().minusSeconds(1));
        als(m, () -> {
            jdbc.sql("UPDATE kontositzung SET niveau = 'hoch' WHERE schluessel IN (?, ?)")
                    .params(hoch, alt)
                    .update();
            return null;
        });
        var ohne = als(m, () -> leistungen.finde("hund-anmelden", Sprache.DE).orElseThrow());
        assertThat(moeglich(m, "", ohne)).isTrue();
        for (var niveau : List.of(Vertrauensniveau.BASIS, Vertrauensniveau.SUBSTANZIELL, Vertrauensniveau.HOCH)) {
            var verlangt = mitKonto(ohne, niveau);
            assertThat(moeglich(m, "", verlangt)).isFalse();
            assertThat(moeglich(m, alt, verlangt)).isFalse();
            assertThat(moeglich(m, basis, verlangt)).isEqualTo(niveau == Vertrauensniveau.BASIS);
            assertThat(moeglich(m, hoch, verlangt)).isTrue();
        }
        // Asks for an account, whatever it is worth.
        assertThat(moeglich(m, "", mitKonto(ohne, Vertrauensniveau.OHNE))).isFalse();
        assertThat(moeglich(m, basis, mitKonto(ohne, Vertrauensniveau.OHNE))).isTrue();
    }

    private boolean moeglich(UUID mandant, String sitzung, Leistung leistung) {
        return Mandantenkontext.<Boolean, RuntimeException>alsBuerger(
                mandant, "c".repeat(64), sitzung, () -> antraege.moeglich(leistung));
    }

    private static Leistung mitKonto(Leistung l, Vertrauensniveau niveau) {
        return new Leistung(
                l.id(),
                l.kurzname(),
                l.leika(),
                l.fassungId(),
                l.fassung(),
                l.sprache(),
                l.text(),
                l.deutsch(),
                l.betrag(),
                l.formular(),
                l.adresse(),
                niveau,
                false,
                l.lebenslagen(),
                l.seit());
    }

    private String sitzung(UUID mandant, String email, Instant endet) {
        var schluessel = HexFormat.of().formatHex(new SecureRandom().generateSeed(32));
        als(mandant, () -> {
            var konto = Kennung.neu();
            jdbc.sql("INSERT INTO konto (mandant_id, id, name, email) VALUES (?, ?, 'Wer', ?)")
                    .params(mandant, konto, email)
                    .update();
            return jdbc.sql("INSERT INTO kontositzung (mandant_id, schluessel, konto_id, endet) VALUES (?, ?, ?, ?)")
                    .params(mandant, schluessel, konto, Timestamp.from(endet))
                    .update();
        });
        return schluessel;
    }
}
