package de.federwerk.antrag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.Sprache;
import de.federwerk.formular.Werte;
import de.federwerk.leistung.Leistungen;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What was filled in, as fields of the Vorgang; and what is odd about it. */
class AntragsfelderTest extends Teststadt {

    @Autowired
    private Portalstadt portalstadt;

    @Autowired
    private Antraege antraege;

    @Autowired
    private Antragsanlagen anlagen;

    @Autowired
    private Antragseinsichten einsichten;

    @Autowired
    private Leistungen leistungen;

    @Autowired
    private Blobs blobs;

    /** @param geheimnis of the browser @return id of the Antrag, which is a Vorgang */
    private UUID sende(UUID mandant, String geheimnis, java.util.function.UnaryOperator<Werte> dazu) {
        var id = Mandantenkontext.<UUID, RuntimeException>alsBuerger(mandant, geheimnis.repeat(64), () -> {
            var antrag = antraege.beginne(
                    leistungen.finde("hund-anmelden", Sprache.DE).orElseThrow(), Sprache.DE);
            antraege.schreibe(antrag.id(), "halter", w -> dazu.apply(portalstadt.einHund(w)));
            if (!antraege.antrag(antrag.id())
                    .werte()
                    .text("hund[1].gefaehrlich")
                    .equals("nein")) {
                var bytes = "%PDF-1.4 abgerissen".getBytes(StandardCharsets.US_ASCII);
                anlagen.haengeAn(
                        antrag.id(),
                        "hund[1].erlaubnis",
                        blobs.schreibe(new ByteArrayInputStream(bytes)),
                        "Erlaubnis.pdf");
            }
            return antraege.sende(antrag.id(), (geheimnis + "1").repeat(32)).id();
        });
        await().atMost(Duration.ofSeconds(60))
                .until(() -> als(
                        mandant,
                        () -> jdbc.sql("SELECT count(*) = 1 FROM antragsvorgang WHERE mandant_id = ? AND antrag_id = ?")
                                .params(mandant, id)
                                .query(Boolean.class)
                                .single()));
        return id;
    }

    private Map<String, String> felder(UUID mandant, UUID antrag) {
        return als(mandant, () -> {
            var felder = new java.util.HashMap<String, String>();
            jdbc.sql("""
                            SELECT f.name, w.text FROM antragsvorgang v JOIN vorgangswert w ON w.vorgang_id = v.vorgang_id JOIN aktenfeld f ON f.id = w.feld_id
                             WHERE v.mandant_id = ? AND v.antrag_id = ?""")
                    .params(mandant, antrag)
                    .query((z, nr) -> felder.put(z.getString(1), z.getString(2)))
                    .list();
            return felder;
        });
    }

    private String pruefung(UUID mandant, UUID antrag) {
        return als(
                mandant,
                () -> jdbc.sql(
                                "SELECT CAST(pruefung AS text) FROM antragsvorgang WHERE mandant_id = ? AND antrag_id = ?")
                        .params(mandant, antrag)
                        .query(String.class)
                        .single());
    }

    @Test
    void was_ausgefuellt_wurde_steht_in_feldern_des_vorgangs_und_was_nicht_passt_haelt_nichts_auf() {
        var stadt = stadt();
        var m = stadt.mandant();
        var leistung = als(m, () -> {
            var id = portalstadt.richteEin(stadt.tiefbau(), stadt.anja(), stadt.petra());
            personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION);
            return id;
        });
        var seite = "/verwaltung/antraege/" + leistung + "/felder";
        assertThat(angemeldet(m, "petra.lueders").hole(seite).status()).isEqualTo(403);
        var anja = angemeldet(m, "anja.mueller");
        assertThat(anja.sendeVon(seite, seite + "/anlegen").ziel()).endsWith("?gespeichert");
        // Once more, and nothing is there twice.
        assertThat(anja.sendeVon(seite, seite + "/anlegen").ziel()).endsWith("?gespeichert");

        var gut = sende(m, "a", w -> w);
        assertThat(felder(m, gut))
                .containsEntry("Vor- und Nachname", "Özlem Yılmaz")
                .containsEntry("Geburtsdatum", "29.02.1996")
                .containsEntry("Rufname", "Nala");
        assertThat(pruefung(m, gut)).doesNotContain("\"gut\": false");
        // Found in the list of Vorgänge by what stands in a typed field.
        var art = als(
                m,
                () -> jdbc.sql("SELECT aktenart_id FROM antragsweg WHERE mandant_id = ?")
                        .param(m)
                        .query(UUID.class)
                        .single());
        assertThat(anja.hole("/aktenarten/" + art + "/vorgaenge").text()).contains("Özlem Yılmaz", "29.02.1996");

        // An hour later the town lets a text go into a field for a number, and names its streets.
        als(m, () -> {
            jdbc.sql("""
                    INSERT INTO aktenfeld (mandant_id, id, aktenart_id, traeger, name, art, platz) VALUES (?, gen_random_uuid(), ?, 'vorgang', 'Rasse als Zahl', 'zahl', 99)""").params(m, art).update();
            jdbc.sql("DELETE FROM antragsfeld WHERE mandant_id = ? AND feld = 'rasse'")
                    .param(m)
                    .update();
            jdbc.sql("""
                    INSERT INTO antragsfeld (mandant_id, leistung_id, feld, aktenfeld_id)
                    SELECT mandant_id, ?, 'rasse', id FROM aktenfeld WHERE mandant_id = ? AND name = 'Rasse als Zahl'""").params(leistung, m).update();
            return jdbc.sql("""
                    INSERT INTO zustaendigkeitsregel (mandant_id, id, leistung_id, platz, dienststelle_id, strasse)
                    SELECT mandant_id, gen_random_uuid(), leistung_id, platz + i, dienststelle_id, 'Straße ' || i FROM zustaendigkeitsregel, generate_series(1, 20) AS i
                     WHERE mandant_id = ?""").param(m).update();
        });
        var seltsam = sende(
                m,
                "b",
                w -> w.mit("hund[1].gefaehrlich", "ja", "")
                        .mit("geburt", Map.of("tag", "1", "monat", "1", "jahr", "1899"), "")
                        .mit("lastschrift", "ja", "")
                        .mit("iban", "DE89 3704 0044 0532 0130 00", "")
                        .mit("mandat", "ja", ""));
        assertThat(felder(m, seltsam)).containsEntry("Rufname", "Nala").doesNotContainKey("Rasse als Zahl");
        assertThat(pruefung(m, seltsam))
                .contains(
                        "Nicht in die Felder des Vorgangs übernommen",
                        "Rasse als Zahl",
                        "steht nicht im Straßenverzeichnis",
                        "mehr als 120 Jahre",
                        "Prüfziffern der IBAN stimmen",
                        "„Erlaubnis.pdf“ ist ein PDF, dem der Schluss fehlt");
    }

    @Test
    void wer_einen_antrag_gestellt_hat_sieht_welches_amt_ihn_geoeffnet_hat_und_sonst_niemand() {
        var stadt = stadt();
        var m = stadt.mandant();
        als(m, () -> portalstadt.richteEin(stadt.tiefbau(), stadt.anja(), stadt.petra()));
        var antrag = sende(m, "c", w -> w);
        assertThat(ansicht(m, "c", antrag).einsichten()).hasSize(1).allMatch(Antragseinsichten.Einsicht::eingelesen);
        var vorgang = als(
                m,
                () -> jdbc.sql("SELECT vorgang_id FROM antragsvorgang WHERE mandant_id = ?")
                        .param(m)
                        .query(UUID.class)
                        .single());
        var dokument = als(
                m,
                () -> jdbc.sql("SELECT id FROM dokument WHERE mandant_id = ? AND vorgang_id = ?")
                        .params(m, vorgang)
                        .query(UUID.class)
                        .single());
        // Looks, and in no unit that may.
        assertThat(angemeldet(m, "petra.lueders").hole("/vorgaenge/" + vorgang).status())
                .isEqualTo(404);
        assertThat(ansicht(m, "c", antrag).einsichten()).hasSize(1);
        var anja = angemeldet(m, "anja.mueller");
        // The PDF by itself, not the page of its Vorgang.
        assertThat(anja.hole("/dokumente/" + dokument + "/inhalt").status()).isEqualTo(200);
        assertThat(ansicht(m, "c", antrag).einsichten())
                .extracting(Antragseinsichten.Einsicht::stelle)
                .containsExactlyInAnyOrder("", "Tiefbau");
        assertThat(ansicht(m, "c", antrag).toString()).doesNotContain("Anja", "Müller", "anja");

        // Another citizen, nobody, another town: nothing, by SQL either.
        var fremd = stadt().mandant();
        assertThat(zeilen(m, "c")).isOne();
        assertThat(zeilen(m, "d")).isZero();
        assertThat(zeilen(fremd, "c")).isZero();
        assertThat(Mandantenkontext.<Integer, RuntimeException>alsBuerger(
                        m, "", () -> einsichten.meine().size()))
                .isZero();
        // Where it must not be shown, it is not, and the database keeps it back as well.
        als(
                m,
                () -> jdbc.sql("UPDATE antragsweg SET einsicht_zeigen = false WHERE mandant_id = ?")
                        .param(m)
                        .update());
        assertThat(ansicht(m, "c", antrag).gezeigt()).isFalse();
        assertThat(zeilen(m, "c")).isZero();
    }

    private Antragseinsichten.Ansicht ansicht(UUID mandant, String geheimnis, UUID antrag) {
        return Mandantenkontext.<Antragseinsichten.Ansicht, RuntimeException>alsBuerger(
                mandant, geheimnis.repeat(64), () -> einsichten.zu(antraege.antrag(antrag)));
    }

    private long zeilen(UUID mandant, String geheimnis) {
        return Mandantenkontext.<Long, RuntimeException>alsBuerger(
                mandant,
                geheimnis.repeat(64),
                () -> transaktion.execute(t -> jdbc.sql("SELECT count(*) FROM antragseinsicht")
                        .query(Long.class)
                        .single()));
    }
}
