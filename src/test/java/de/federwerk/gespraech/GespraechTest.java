package de.federwerk.gespraech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.gespraech.Beitraege.Beitrag;
import de.federwerk.gespraech.Merkliste.Punkt;
import de.federwerk.gespraech.Merkpunkte.Angaben;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaenger;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class GespraechTest extends Teststadt {

    @Autowired
    Kommentare kommentare;

    @Autowired
    Dokumentvermerke vermerke;

    @Autowired
    Beitraege beitraege;

    @Autowired
    Merkpunkte merkpunkte;

    @Autowired
    Merkliste merkliste;

    @Autowired
    Laufwege laufwege;

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    /** The town with a third clerk of tiefbau, one who may read there, and a Vorgang of Anja's with a Dokument in it. */
    private record Amt(Stadt stadt, Anmeldung joerg, Anmeldung lisa, UUID vorgang, UUID dokument) {

        UUID mandant() {
            return stadt.mandant();
        }

        Anmeldung anja() {
            return stadt.anja();
        }

        Anmeldung petra() {
            return stadt.petra();
        }
    }

    private Amt amt() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Baugerüst");
        var bytes = Mandantenkontext.als(
                stadt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream("Bescheid".getBytes(StandardCharsets.UTF_8))));
        return als(stadt.mandant(), () -> {
            var lisa = ohnePasswort(stadt.mandant(), "lisa.leser", "Lisa", "Leser", stadt.ordnung());
            berechtigungen.gebeFrei(Subjekt.PERSON, lisa.person(), Ziel.EINHEIT, stadt.tiefbau(), Recht.LESEN);
            var dokument = dokumente.lege(
                    stadt.anja(),
                    Kennung.neu(),
                    vorgang.id(),
                    dateien.aufnehmen(bytes, "Bescheid.txt"),
                    Dokumente.Angaben.mitTitel("Bescheid"));
            return new Amt(
                    stadt,
                    ohnePasswort(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.tiefbau()),
                    lisa,
                    vorgang.id(),
                    dokument.id());
        });
    }

    /** Nobody who signs in: hashing passwords is what takes time here. */
    private Anmeldung ohnePasswort(UUID mandant, String anmeldename, String vorname, String nachname, UUID einheit) {
        var id = personen.nimmAuf(Protokoll.PROGRAMM, anmeldename, vorname, nachname, null, false);
        einheiten.besetze(Protokoll.PROGRAMM, einheit, "Sachbearbeitung", false, id);
        return jdbc.sql("SELECT pseudonym FROM person WHERE mandant_id = ? AND id = ?")
                .params(mandant, id)
                .query((zeile, nr) ->
                        new Anmeldung(mandant, id, zeile.getObject(1, UUID.class), vorname + " " + nachname))
                .single();
    }

    private UUID kommentiere(Amt amt, Anmeldung wer, String text, Empfaenger... weitere) {
        var id = Kennung.neu();
        als(amt.mandant(), () -> kommentare.schreibe(wer, id, amt.dokument, text, List.of(weitere)));
        return id;
    }

    private List<Beitrag> gespraech(Amt amt, Anmeldung wer) {
        return als(amt.mandant(), () -> {
            var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
            var alle = beitraege.zu(sicht, amt.dokument, Stelle.ANFANG, 50).zeilen();
            assertThat(beitraege.anzahl(sicht, amt.dokument).zahl()).isEqualTo(alle.size());
            return alle;
        });
    }

    private List<String> meldungen(Amt amt, Anmeldung wer) {
        return als(
                amt.mandant(),
                () -> jdbc.sql("SELECT art || ' ' || titel FROM meldung WHERE person_id = ? ORDER BY entstanden, id")
                        .param(wer.person())
                        .query(String.class)
                        .list());
    }

    private static Empfaenger an(Anmeldung wer) {
        return new Empfaenger("person", wer.person(), wer.name());
    }

    @Test
    void kommentare_stehen_in_der_folge_der_zeit_und_nur_wer_schrieb_aendert_sie() {
        var amt = amt();
        var erster = kommentiere(amt, amt.anja(), "Passt so.\r\n<a href=\"https://boese.example\">x</a>\0");
        var zweiter = kommentiere(amt, amt.joerg, "Auflage 4 fehlt");
        assertThat(gespraech(amt, amt.joerg))
                .extracting(Beitrag::text, Beitrag::wer)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "Passt so.\n<a href=\"https://boese.example\">x</a>", "Anja Müller"),
                        org.assertj.core.groups.Tuple.tuple("Auflage 4 fehlt", "Jörg Sander"));

        als(amt.mandant(), () -> kommentare.korrigiere(amt.joerg, zweiter, 1, "Auflage 5 fehlt"));
        als(amt.mandant(), () -> kommentare.korrigiere(amt.joerg, zweiter, 1, "Auflage 5 fehlt"));
        assertThatThrownBy(() ->
                        als(amt.mandant(), () -> kommentare.korrigiere(amt.joerg, zweiter, 1, "Aus dem alten Fenster")))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("in einem anderen Fenster");
        assertThatThrownBy(() -> als(amt.mandant(), () -> kommentare.korrigiere(amt.anja(), zweiter, 2, "fremd")))
                .hasMessageContaining("nur, wer ihn geschrieben hat");
        assertThatThrownBy(() -> als(amt.mandant(), () -> kommentare.zieheZurueck(amt.anja(), zweiter)))
                .hasMessageContaining("nur, wer ihn geschrieben hat");

        als(amt.mandant(), () -> kommentare.zieheZurueck(amt.joerg, zweiter));
        als(amt.mandant(), () -> kommentare.zieheZurueck(amt.joerg, zweiter));
        assertThatThrownBy(() -> als(amt.mandant(), () -> kommentare.korrigiere(amt.joerg, zweiter, 3, "doch")))
                .hasMessageContaining("schon zurückgezogen");
        assertThat(gespraech(amt, amt.anja()).getLast())
                .satisfies(b -> assertThat(b.zurueckgezogen()).isNotNull())
                .extracting(Beitrag::text)
                .isEqualTo("");
        assertThat(taten(amt, zweiter))
                .containsExactly("dokument.kommentiert", "kommentar.korrigiert", "kommentar.zurueckgezogen");
        assertThat(als(
                        amt.mandant(),
                        () -> jdbc.sql("SELECT wert FROM protokoll_inhalt WHERE feld = 'wortlaut' ORDER BY eintrag_id")
                                .query(String.class)
                                .list()))
                .endsWith("Auflage 4 fehlt", "Auflage 5 fehlt");

        var anja = angemeldet(amt.mandant(), "anja.mueller");
        assertThat(anja.hole("/vorgaenge/" + amt.vorgang).text())
                .contains("&lt;a href=", "Kommentar zurückgezogen", "id=\"k-" + erster)
                .doesNotContain("Auflage 5 fehlt", "Auflage 4 fehlt");
    }

    private List<String> taten(Amt amt, UUID ding) {
        return als(
                amt.mandant(),
                () -> jdbc.sql("""
                SELECT p.handlung FROM protokoll p JOIN protokoll_inhalt i ON i.mandant_id = p.mandant_id AND i.eintrag_id = p.id
                 WHERE i.wert = ? ORDER BY p.id""").param(ding.toString()).query(String.class).list());
    }

    @Test
    void nach_einem_tag_wird_nicht_mehr_korrigiert_nur_noch_zurueckgezogen() {
        var amt = amt();
        var alter = Kennung.neu();
        als(
                amt.mandant(),
                () -> jdbc.sql(
                                "INSERT INTO kommentar (mandant_id, id, dokument_id, text, verfasst, verfasst_von) VALUES (?, ?, ?, 'alt', now() - interval '25 hours', ?)")
                        .params(amt.mandant(), alter, amt.dokument, amt.anja().person())
                        .update());
        assertThatThrownBy(() -> als(amt.mandant(), () -> kommentare.korrigiere(amt.anja(), alter, 1, "neu")))
                .hasMessageContaining("älter als 24 Stunden");
        // Not even the program may write another time or another name into it.
        assertThatThrownBy(() -> als(
                        amt.mandant(),
                        () -> jdbc.sql("UPDATE kommentar SET verfasst = now()").update()))
                .hasStackTraceContaining("permission denied");
        als(amt.mandant(), () -> kommentare.zieheZurueck(amt.anja(), alter));
        assertThat(gespraech(amt, amt.anja())).extracting(Beitrag::text).containsExactly("");
    }

    @Test
    void wer_erwaehnt_ist_erfaehrt_es_einmal_und_landet_beim_kommentar() {
        var amt = amt();
        kommentiere(amt, amt.lisa, "Meine Frage: wann? (an info@stadt.example)");
        var id = kommentiere(
                amt, amt.anja(), "@joerg.sander bitte ansehen, @Jörg Sander. Und @Anja Müller auch.", an(amt.joerg));
        assertThat(meldungen(amt, amt.joerg)).singleElement().asString().startsWith("ERWAEHNT Kommentar, 66.20.03-");
        assertThat(meldungen(amt, amt.lisa)).singleElement().asString().startsWith("KOMMENTAR Kommentar, 66.20.03-");
        assertThat(meldungen(amt, amt.anja())).as("nie an sich selbst").isEmpty();
        assertThat(gespraech(amt, amt.anja()).getLast().erwaehnte()).isEqualTo("Jörg Sander");

        als(amt.mandant(), () -> personen.setzePasswort(Protokoll.PROGRAMM, amt.joerg.person(), PASSWORT, false));
        var joerg = angemeldet(amt.mandant(), "joerg.sander");
        var meldung = als(
                amt.mandant(),
                () -> jdbc.sql("SELECT id FROM meldung WHERE person_id = ?")
                        .param(amt.joerg.person())
                        .query(UUID.class)
                        .single());
        var ziel = joerg.hole(joerg.hole("/meldungen/" + meldung).ziel()).ziel();
        assertThat(ziel).isEqualTo("/vorgaenge/" + amt.vorgang + "?dokument=" + amt.dokument + "#k-" + id);

        // Corrected: only who is new among them is told.
        als(amt.mandant(), () -> kommentare.korrigiere(amt.anja(), id, 1, "@joerg.sander und @lisa.leser"));
        assertThat(meldungen(amt, amt.joerg)).hasSize(1);
        assertThat(meldungen(amt, amt.lisa)).hasSize(2).last().asString().startsWith("ERWAEHNT");

        // Sees no more of it, is told no more of it.
        als(
                amt.mandant(),
                () -> jdbc.sql(
                                "UPDATE freigabe SET gueltig_bis = now() + interval '1 microsecond' WHERE subjekt_id = ?")
                        .param(amt.lisa.person())
                        .update());
        kommentiere(amt, amt.joerg, "Erledigt");
        assertThat(meldungen(amt, amt.lisa)).hasSize(2);
        assertThat(meldungen(amt, amt.anja())).hasSize(1);

        for (int i = 0; i < Beitraege.DANEBEN; i++) kommentiere(amt, amt.joerg, "Nummer " + i);
        var alte = joerg.hole("/kommentare/" + id).ziel();
        assertThat(alte)
                .startsWith("/dokumente/" + amt.dokument + "/kommentare?ab=")
                .endsWith("#k-" + id);
        assertThat(joerg.hole(alte.replaceFirst("#.*", "")).text()).contains("id=\"k-" + id);
        assertThat(joerg.hole("/vorgaenge/" + amt.vorgang).text()).contains("Alle 23 anzeigen");
    }

    @Test
    void wer_das_dokument_nicht_sehen_darf_wird_nicht_erwaehnt_und_erfaehrt_nichts() {
        var amt = amt();
        for (var text : List.of("@petra.lueders was meinen Sie?", "Frage an @Petra Lüders")) {
            assertThatThrownBy(() -> kommentiere(amt, amt.anja(), text))
                    .isInstanceOf(Abgelehnt.class)
                    .hasMessageContaining("Petra Lüders darf dieses Dokument nicht sehen");
        }
        assertThatThrownBy(() -> kommentiere(amt, amt.anja(), "Siehe unten", an(amt.joerg), an(amt.petra())))
                .hasMessageContaining("Petra Lüders");
        assertThatThrownBy(() -> kommentiere(amt, amt.anja(), "@Karl Niemand, bitte"))
                .hasMessageContaining("„@Karl“ heißt niemand");
        als(amt.mandant(), () -> ohnePasswort(amt.mandant(), "joerg.sander2", "Jörg", "Sander", amt.stadt.tiefbau()));
        assertThatThrownBy(() -> kommentiere(amt, amt.anja(), "@Jörg Sander")).hasMessageContaining("heißen mehrere");
        assertThatThrownBy(() -> kommentiere(amt, amt.anja(), "@x ".repeat(200)))
                .hasMessageContaining("zu viele @");
        assertThat(meldungen(amt, amt.petra())).isEmpty();
        assertThat(meldungen(amt, amt.joerg)).isEmpty();
        assertThat(gespraech(amt, amt.anja())).isEmpty();

        // What was typed stands there again, at the field that it is about.
        var anja = angemeldet(amt.mandant(), "anja.mueller");
        var seite = anja.sendeVon(
                "/vorgaenge/" + amt.vorgang,
                "/dokumente/" + amt.dokument + "/kommentare",
                "kommentar",
                Kennung.neu().toString(),
                "text",
                "Was meinen Sie dazu?",
                "person",
                "Petra Lüders");
        assertThat(seite.status()).isEqualTo(422);
        assertThat(seite.text())
                .contains("Was meinen Sie dazu?", "value=\"Petra Lüders\"", "aria-describedby=\"kommentar-fehler\"");
    }

    @Test
    void ein_gespraech_sieht_genau_wer_das_dokument_lesen_darf() {
        var amt = amt();
        var fremde = stadt();
        var id = kommentiere(amt, amt.anja(), "Nur für uns");
        assertThat(gespraech(amt, amt.petra())).isEmpty();
        assertThatThrownBy(() -> kommentiere(amt, amt.petra(), "Darf ich?")).isInstanceOf(NichtGefunden.class);
        assertThatThrownBy(() -> als(
                        fremde.mandant(),
                        () -> kommentare.schreibe(fremde.anja(), Kennung.neu(), amt.dokument, "x", List.of())))
                .isInstanceOf(NichtGefunden.class);

        // While she has a task there she reads and answers; on record she puts nothing.
        var laufweg = Kennung.neu();
        als(
                amt.mandant(),
                () -> laufwege.beginne(
                        amt.anja(),
                        new Laufwegentwurf(
                                laufweg,
                                amt.vorgang,
                                amt.dokument,
                                "Kenntnis",
                                false,
                                List.of(Laufwegentwurf.Station.schlicht(
                                        Kennung.neu(),
                                        1,
                                        Stationsart.KENNTNIS,
                                        new de.federwerk.geschaeftsgang.Empfaenger(
                                                "person", amt.petra().person()))))));
        assertThat(gespraech(amt, amt.petra())).extracting(Beitrag::id).containsExactly(id);
        kommentiere(amt, amt.petra(), "Einverstanden, @anja.mueller");
        assertThatThrownBy(() ->
                        als(amt.mandant(), () -> vermerke.vermerke(amt.petra(), Kennung.neu(), amt.dokument, 1, "x")))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("nicht bearbeiten");
        kommentiere(amt, amt.anja(), "@petra.lueders danke");
        assertThat(meldungen(amt, amt.petra())).anyMatch(m -> m.startsWith("ERWAEHNT"));
        als(amt.mandant(), () -> jdbc.sql("DELETE FROM aufgabenrecht").update());
        assertThat(gespraech(amt, amt.petra())).isEmpty();
        assertThat(angemeldet(amt.mandant(), "petra.lueders")
                        .hole("/kommentare/" + id)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void ein_vermerk_bleibt_wie_er_ist_und_ein_formular_gilt_einmal() throws Exception {
        var amt = amt();
        var id = Kennung.neu();
        zugleich(
                8,
                i -> als(amt.mandant(), () -> vermerke.vermerke(amt.anja(), id, amt.dokument, 1, "Telefonat geführt")));
        var kommentar = Kennung.neu();
        zugleich(
                8,
                i -> als(
                        amt.mandant(),
                        () -> kommentare.schreibe(
                                amt.anja(), kommentar, amt.dokument, "Nur einmal, @joerg.sander", List.of())));
        assertThat(gespraech(amt, amt.joerg)).extracting(Beitrag::id).containsExactlyInAnyOrder(id, kommentar);
        assertThat(gespraech(amt, amt.joerg))
                .filteredOn(Beitrag::vermerk)
                .extracting(Beitrag::version)
                .containsExactly(1);
        assertThat(taten(amt, id)).containsExactly("dokument.vermerkt");
        assertThat(taten(amt, kommentar)).containsExactly("dokument.kommentiert");
        assertThat(meldungen(amt, amt.joerg)).hasSize(1);
        assertThatThrownBy(() ->
                        als(amt.mandant(), () -> vermerke.vermerke(amt.anja(), id, amt.dokument, 1, "Etwas anderes")))
                .hasMessageContaining("mit einem anderen Vermerk");
        assertThatThrownBy(() -> als(
                        amt.mandant(),
                        () -> kommentare.schreibe(amt.joerg, kommentar, amt.dokument, "Fremde Kennung", List.of())))
                .hasMessageContaining("mit einem anderen Text");
        // About a Version that nobody looked at, nothing is put on record.
        assertThatThrownBy(() -> als(
                        amt.mandant(),
                        () -> vermerke.vermerke(amt.anja(), Kennung.neu(), amt.dokument, 2, "Ungesehen")))
                .hasMessageContaining("neuere Version");
        for (var versuch : List.of("UPDATE dokumentvermerk SET text = 'anders'", "DELETE FROM dokumentvermerk")) {
            assertThatThrownBy(() -> als(amt.mandant(), () -> jdbc.sql(versuch).update()))
                    .hasStackTraceContaining("permission denied");
        }
        assertThat(als(
                        amt.mandant(),
                        () -> jdbc.sql(
                                        "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'dokumentvermerk'::regclass AND tgname LIKE 'unveraenderlich%'")
                                .query(Long.class)
                                .single()))
                .isEqualTo(2);
        assertThatThrownBy(() -> als(
                        amt.mandant(),
                        () -> vermerke.vermerke(amt.lisa, Kennung.neu(), amt.dokument, 1, "Nur gelesen")))
                .hasMessageContaining("lesen, aber nicht bearbeiten");
    }

    @Test
    void leeres_und_zu_langes_wird_mit_grund_abgelehnt_und_nach_zda_kommt_nichts_mehr() {
        var amt = amt();
        var id = kommentiere(amt, amt.anja(), "\u0007vorher\n");
        for (var leer : new String[] {null, "", " \r\n\t ", "\0"}) {
            assertThatThrownBy(() -> kommentiere(amt, amt.anja(), leer)).hasMessageContaining("ist leer");
            assertThatThrownBy(() -> merke(amt, amt.anja(), new Angaben(leer, null, null)))
                    .hasMessageContaining("ist leer");
        }
        // Counted is what people see: browsers send each line end as two.
        kommentiere(amt, amt.anja(), "ä\r\n".repeat(2_000));
        assertThatThrownBy(() -> kommentiere(amt, amt.anja(), "x".repeat(4_001)))
                .hasMessageContaining("4.001 Zeichen; möglich sind 4.000");
        assertThatThrownBy(() -> merke(amt, amt.anja(), new Angaben("x".repeat(501), null, null)))
                .hasMessageContaining("möglich sind 500");
        var punkt = merke(amt, amt.anja(), new Angaben("Anrufen", null, null));

        assertThatThrownBy(() -> als(amt.mandant(), () -> vorgaenge.schliesse(amt.anja(), amt.vorgang)))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("ein Punkt offen, zuerst „Anrufen“");
        als(amt.mandant(), () -> merkpunkte.erledige(amt.anja(), punkt, 1));
        als(amt.mandant(), () -> vorgaenge.schliesse(amt.anja(), amt.vorgang));
        for (var tat : List.<Runnable>of(
                () -> kommentiere(amt, amt.anja(), "nachher"),
                () -> als(amt.mandant(), () -> kommentare.korrigiere(amt.anja(), id, 1, "nachher")),
                () -> als(amt.mandant(), () -> kommentare.zieheZurueck(amt.anja(), id)),
                () -> als(
                        amt.mandant(), () -> vermerke.vermerke(amt.anja(), Kennung.neu(), amt.dokument, 1, "nachher")),
                () -> merke(amt, amt.anja(), new Angaben("nachher", null, null)),
                () -> als(amt.mandant(), () -> merkpunkte.oeffne(amt.anja(), punkt, 2)))) {
            assertThatThrownBy(tat::run).isInstanceOf(Abgelehnt.class).hasMessageContaining("zdA");
        }
        assertThat(angemeldet(amt.mandant(), "anja.mueller")
                        .hole("/vorgaenge/" + amt.vorgang)
                        .text())
                .contains("vorher", "Anrufen", "Hier kommt nichts mehr hinzu")
                .doesNotContain("Kommentieren<", "Vormerken<", "/erledigung");
    }

    private UUID merke(Amt amt, Anmeldung wer, Angaben angaben) {
        var id = Kennung.neu();
        als(amt.mandant(), () -> merkpunkte.merke(wer, id, amt.vorgang, angaben));
        return id;
    }

    private List<Punkt> punkte(Amt amt, Anmeldung wer) {
        return als(amt.mandant(), () -> merkliste.in(berechtigungen.sicht(wer.person(), Recht.LESEN), amt.vorgang));
    }

    @Test
    void zwei_haken_zugleich_wird_einmal_abgehakt_und_wer_zu_spaet_kommt_erfaehrt_es() throws Exception {
        var amt = amt();
        var id = merke(amt, amt.anja(), new Angaben("Anrufen", null, null));
        var wer = List.of(amt.anja(), amt.joerg);
        var grund = zugleich(8, i -> als(amt.mandant(), () -> merkpunkte.erledige(wer.get(i % 2), id, 1)));
        assertThat(grund).as("nur die andere Person").hasSize(4).allMatch(g -> g.contains("ist schon erledigt: von "));
        assertThat(taten(amt, id)).containsExactly("merkpunkt.angelegt", "merkpunkt.erledigt");
        var punkt = punkte(amt, amt.lisa).getFirst();
        assertThat(punkt.erledigtWer()).isIn("Anja Müller", "Jörg Sander");

        // Done stays; opened again it can be changed, by whoever comes first.
        assertThatThrownBy(() -> als(amt.mandant(), () -> merkpunkte.entferne(amt.anja(), id, 2)))
                .hasMessageContaining("Erledigtes bleibt stehen");
        zugleich(4, i -> als(amt.mandant(), () -> merkpunkte.oeffne(amt.anja(), id, 2)));
        var gruende = zugleich(
                4,
                i -> als(
                        amt.mandant(),
                        () -> merkpunkte.aendere(wer.get(i % 2), id, 3, new Angaben("Anrufen " + i, null, null))));
        assertThat(gruende).hasSize(3).allMatch(g -> g.contains("inzwischen geändert; jetzt steht dort „Anrufen "));
        assertThatThrownBy(() -> als(amt.mandant(), () -> merkpunkte.erledige(amt.joerg, id, 3)))
                .hasMessageContaining("inzwischen geändert");
        zugleich(4, i -> als(amt.mandant(), () -> merkpunkte.entferne(amt.anja(), id, 4)));
        assertThat(punkte(amt, amt.anja())).isEmpty();
        assertThat(taten(amt, id))
                .endsWith("merkpunkt.geoeffnet", "merkpunkt.geaendert", "merkpunkt.entfernt")
                .hasSize(5);
        assertThatThrownBy(() -> als(amt.mandant(), () -> merkpunkte.erledige(amt.joerg, id, 4)))
                .hasMessageContaining("hat Anja Müller inzwischen entfernt");
    }

    @Test
    void wem_ein_punkt_zukommt_erfaehrt_es_einmal_und_muss_den_vorgang_sehen() {
        var amt = amt();
        var heute = LocalDate.now(Anzeige.ZONE);
        var id = Kennung.neu();
        for (int i = 0; i < 2; i++)
            als(
                    amt.mandant(),
                    () -> merkpunkte.merke(
                            amt.anja(), id, amt.vorgang, new Angaben("Fotos\nholen", an(amt.joerg), heute)));
        als(amt.mandant(), () -> merkpunkte.aendere(amt.anja(), id, 1, new Angaben("Fotos", null, heute)));
        als(amt.mandant(), () -> merkpunkte.aendere(amt.anja(), id, 2, new Angaben("Fotos", an(amt.joerg), heute)));
        assertThat(meldungen(amt, amt.joerg)).singleElement().asString().startsWith("AUFGABE_NEU Merkpunkt, 66.20.03-");
        merke(amt, amt.anja(), new Angaben("Für mich", an(amt.anja()), null));
        assertThat(meldungen(amt, amt.anja())).isEmpty();

        assertThatThrownBy(() -> merke(amt, amt.anja(), new Angaben("x", an(amt.petra()), null)))
                .hasMessageContaining("Petra Lüders darf diesen Vorgang nicht sehen");
        assertThat(meldungen(amt, amt.petra())).isEmpty();
        assertThatThrownBy(() -> merke(amt, amt.anja(), new Angaben("x", null, heute.minusDays(1))))
                .hasMessageContaining("liegt in der Vergangenheit");
        // What has passed may stay.
        als(
                amt.mandant(),
                () -> jdbc.sql("UPDATE merkpunkt SET faellig = ? WHERE id = ?")
                        .params(heute.minusDays(3), id)
                        .update());
        als(
                amt.mandant(),
                () -> merkpunkte.aendere(
                        amt.anja(), id, 3, new Angaben("Fotos vom Gerüst", an(amt.joerg), heute.minusDays(3))));

        for (var tat : List.<Runnable>of(
                () -> merke(amt, amt.lisa, new Angaben("x", null, null)),
                () -> als(amt.mandant(), () -> merkpunkte.erledige(amt.lisa, id, 4)),
                () -> als(amt.mandant(), () -> merkpunkte.verschiebe(amt.lisa, id, 1, false)))) {
            assertThatThrownBy(tat::run).hasMessageContaining("lesen, aber nicht bearbeiten");
        }
        assertThat(punkte(amt, amt.lisa)).hasSize(2);
        assertThat(punkte(amt, amt.petra())).isEmpty();
        assertThatThrownBy(() -> als(amt.mandant(), () -> merkpunkte.erledige(amt.petra(), id, 4)))
                .isInstanceOf(NichtGefunden.class);
        als(amt.mandant(), () -> personen.setzePasswort(Protokoll.PROGRAMM, amt.lisa.person(), PASSWORT, false));
        assertThat(angemeldet(amt.mandant(), "lisa.leser")
                        .hole("/vorgaenge/" + amt.vorgang + "/merkpunkte")
                        .text())
                .contains("Fotos vom Gerüst", "überfällig seit")
                .doesNotContain("/erledigung", "Vormerken");
    }

    @Test
    void wer_einen_punkt_erledigen_soll_hakt_ihn_ab_auch_wenn_er_nur_lesen_darf() {
        var amt = amt();
        var id = merke(amt, amt.anja(), new Angaben("Bitte prüfen", an(amt.lisa), null));
        als(amt.mandant(), () -> personen.setzePasswort(Protokoll.PROGRAMM, amt.lisa.person(), PASSWORT, false));
        assertThat(angemeldet(amt.mandant(), "lisa.leser")
                        .hole("/vorgaenge/" + amt.vorgang + "/merkpunkte")
                        .text())
                .contains("/erledigung")
                .doesNotContain("/entfernung", "Vormerken");
        als(amt.mandant(), () -> merkpunkte.erledige(amt.lisa, id, 1));
        als(amt.mandant(), () -> merkpunkte.oeffne(amt.lisa, id, 2));
        assertThatThrownBy(() -> als(amt.mandant(), () -> merkpunkte.entferne(amt.lisa, id, 3)))
                .hasMessageContaining("lesen, aber nicht bearbeiten");
        als(amt.mandant(), () -> merkpunkte.aendere(amt.anja(), id, 3, new Angaben("Bitte prüfen", null, null)));
        assertThatThrownBy(() -> als(amt.mandant(), () -> merkpunkte.erledige(amt.lisa, id, 4)))
                .hasMessageContaining("lesen, aber nicht bearbeiten");
    }

    @Test
    void punkte_lassen_sich_ordnen_und_ein_zweiter_klick_schiebt_nicht_weiter() {
        var amt = amt();
        var ids = IntStream.range(0, 4)
                .mapToObj(i -> merke(amt, amt.anja(), new Angaben("Punkt " + i, null, null)))
                .toList();
        for (int i = 0; i < 2; i++) als(amt.mandant(), () -> merkpunkte.verschiebe(amt.anja(), ids.get(3), 4, true));
        als(amt.mandant(), () -> merkpunkte.verschiebe(amt.anja(), ids.get(0), 1, true));
        assertThat(punkte(amt, amt.anja()))
                .extracting(Punkt::id)
                .containsExactly(ids.get(0), ids.get(1), ids.get(3), ids.get(2));
        als(amt.mandant(), () -> merkpunkte.entferne(amt.anja(), ids.get(1), 1));
        als(amt.mandant(), () -> merkpunkte.verschiebe(amt.anja(), ids.get(3), 3, true));
        assertThat(punkte(amt, amt.anja())).extracting(Punkt::id).containsExactly(ids.get(3), ids.get(0), ids.get(2));
        als(
                amt.mandant(),
                () -> jdbc.sql("""
                INSERT INTO merkpunkt (mandant_id, id, vorgang_id, text, platz, angelegt_von)
                SELECT ?, gen_random_uuid(), ?, 'viele', 10 + n, ? FROM generate_series(1, 97) n""")
                        .params(amt.mandant(), amt.vorgang, amt.anja().person())
                        .update());
        assertThatThrownBy(() -> merke(amt, amt.anja(), new Angaben("einer zu viel", null, null)))
                .hasMessageContaining("schon 100 Merkpunkte");
    }

    @Test
    void die_formulare_gehen_ohne_skript_und_behalten_was_getippt_war() {
        var amt = amt();
        var anja = angemeldet(amt.mandant(), "anja.mueller");
        var vorgang = "/vorgaenge/" + amt.vorgang;
        var id = Kennung.neu();
        assertThat(sende(
                                anja,
                                vorgang,
                                vorgang + "/merkpunkte",
                                "punkt",
                                id,
                                "text",
                                "Anrufen",
                                "person",
                                "sander, jörg")
                        .ziel())
                .isEqualTo(vorgang + "?dokument=" + amt.dokument + "#m-" + id);
        var falsch = sende(
                anja,
                vorgang,
                "/merkpunkte/" + id + "/fassungen",
                "fassung",
                1,
                "text",
                "Anderes",
                "faellig",
                "30.2.2031");
        assertThat(falsch.status()).isEqualTo(422);
        assertThat(falsch.text()).contains("„30.2.2031“ ist kein Tag", "value=\"Anderes\"");
        assertThat(sende(anja, vorgang, "/merkpunkte/" + id + "/erledigung", "fassung", 1)
                        .status())
                .isEqualTo(302);
        assertThat(sende(anja, vorgang, "/merkpunkte/" + id + "/erledigung", "fassung", 1)
                        .status())
                .isEqualTo(302);
        assertThat(anja.hole(vorgang).text()).contains("1 von 1 erledigt", "erledigt von Anja Müller");
        assertThat(sende(anja, vorgang, "/merkpunkte/" + id + "/erledigung", "fassung", "viele")
                        .status())
                .isIn(400, 404);
        assertThat(sende(anja, vorgang, "/merkpunkte/" + Kennung.neu() + "/erledigung", "fassung", 1)
                        .status())
                .isEqualTo(404);
        var vermerk = Kennung.neu();
        assertThat(sende(
                                anja,
                                vorgang,
                                "/dokumente/" + amt.dokument + "/vermerke",
                                "vermerk",
                                vermerk,
                                "version",
                                1,
                                "text",
                                "Notiert")
                        .ziel())
                .endsWith("#v-" + vermerk);
        assertThat(anja.hole(vorgang + "?dokument=" + amt.dokument).text()).contains("Vermerk zu Version 1", "Notiert");
    }

    private static Browser.Seite sende(Browser wer, String von, String pfad, Object... felder) {
        var texte = new ArrayList<String>();
        for (var feld : felder) texte.add(feld.toString());
        texte.add("dokument");
        texte.add(wer.hole(von).text().replaceAll("(?s).*\"/dokumente/([0-9a-f-]{36})/kommentare\".*", "$1"));
        return wer.sendeVon(von, pfad, texte.toArray(String[]::new));
    }

    private interface Tat {
        void tu(int i);
    }

    /** @return why some of them were refused */
    private static List<String> zugleich(int zahl, Tat tat) throws Exception {
        var gruende = new ArrayList<String>();
        try (var viele = Executors.newVirtualThreadPerTaskExecutor()) {
            var taten = IntStream.range(0, zahl)
                    .<Callable<@Nullable String>>mapToObj(i -> () -> {
                        try {
                            tat.tu(i);
                            return null;
                        } catch (Abgelehnt e) {
                            return e.getMessage();
                        }
                    })
                    .toList();
            for (var eine : viele.invokeAll(taten)) {
                var grund = eine.get();
                if (grund != null) gruende.add(grund);
            }
        }
        return gruende;
    }
}
