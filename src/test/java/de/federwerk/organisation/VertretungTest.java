package de.federwerk.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Teststadt;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen.Leihe;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Vertretungen.Abwesenheit;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class VertretungTest extends Teststadt {

    @Autowired
    Index index;

    @Autowired
    Vertretungen vertretungen;

    private final LocalDate heute = LocalDate.now(Anzeige.ZONE);

    @Test
    void eintragen_und_beenden_darf_wer_fehlt_oder_leitet_und_sonst_niemand() {
        var stadt = stadt();
        var fremde = stadt();
        var karin = leitung(stadt);
        var eine = trageEin(stadt, stadt.anja(), stadt.anja(), stadt.petra().person(), heute, heute.plusDays(2), false);
        abgelehnt(
                () -> trageEin(stadt, stadt.petra(), stadt.anja(), null, heute.plusDays(5), heute.plusDays(6), false),
                Abgelehnt.Art.RECHT,
                "trägt Anja Müller selbst ein");
        var andere = trageEin(stadt, karin, stadt.anja(), null, heute.plusDays(5), heute.plusDays(6), false);
        abgelehnt(
                () -> trageEin(stadt, karin, stadt.petra(), null, heute, heute, false),
                Abgelehnt.Art.RECHT,
                "Petra Lüders");
        assertThatThrownBy(() -> trageEin(fremde, fremde.anja(), stadt.anja(), null, heute, heute, false))
                .isInstanceOf(NichtGefunden.class);

        for (var fremder : List.of(stadt.petra(), fremde.anja())) {
            assertThatThrownBy(() -> beende(fremder, eine)).isInstanceOf(NichtGefunden.class);
        }
        assertThat(abwesend(stadt, stadt.anja()).inWorten())
                .isEqualTo("abwesend bis " + Anzeige.tag(heute.plusDays(2)) + ", Vertretung Petra Lüders");
        assertThat(vertretene(stadt, stadt.petra())).containsExactly("Anja Müller");
        beende(karin, eine);
        beende(karin, eine);
        beende(stadt.anja(), andere);
        assertThat(abwesend(stadt, stadt.anja())).isNull();
        assertThat(vertretene(stadt, stadt.petra())).isEmpty();
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT handlung FROM protokoll WHERE objekt_id IN (?, ?) ORDER BY id")
                                .params(eine, andere)
                                .query(String.class)
                                .list()))
                .containsExactly(
                        "vertretung.eingetragen", "vertretung.eingetragen", "vertretung.beendet", "vertretung.beendet");
    }

    @Test
    void was_nicht_passt_wird_mit_seinem_grund_abgelehnt() {
        var stadt = stadt();
        var anja = stadt.anja();
        var petra = stadt.petra().person();
        var weg = als(stadt.mandant(), () -> personen.nimmAuf(Protokoll.PROGRAMM, "weg", "Uwe", "Weg", null, false));
        var konto = als(stadt.mandant(), () -> personen.nimmAuf(Protokoll.PROGRAMM, "konto", "", "Konto", null, true));
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE person SET gueltig_bis = now() + interval '1 microsecond' WHERE id = ?")
                    .param(weg)
                    .update();
        });
        nicht(stadt, petra, heute.plusDays(3), heute.plusDays(2), "liegt vor dem Beginn");
        nicht(stadt, petra, heute.minusDays(9), heute.minusDays(1), "ist schon vorbei");
        nicht(stadt, petra, heute, heute.plusDays(366), "hat 367 Tage; möglich sind 366");
        nicht(stadt, petra, heute.plusYears(200), heute.plusYears(200), "prüfen Sie das Jahr");
        nicht(stadt, petra, LocalDate.MIN, LocalDate.MAX, "möglich sind 366");
        nicht(stadt, anja.person(), heute, heute, "Niemand vertritt sich selbst");
        nicht(stadt, weg, heute, heute, "Uwe Weg kann niemanden vertreten");
        nicht(stadt, konto, heute, heute, "technisches Konto");
        nicht(stadt, UUID.randomUUID(), heute, heute, "gibt es nicht");

        trageEin(stadt, anja, anja, petra, heute.plusDays(10), heute.plusDays(12), false);
        nicht(stadt, petra, heute.plusDays(12), heute.plusDays(14), "schon eine Abwesenheit eingetragen");
        for (int i = 0; i < 49; i++) {
            trageEin(stadt, anja, anja, null, heute.plusDays(20 + i), heute.plusDays(20 + i), false);
        }
        nicht(stadt, null, heute.plusDays(200), heute.plusDays(200), "schon 50 Abwesenheiten");
    }

    @Test
    void zweimal_gesendet_ist_einmal_eingetragen() {
        var stadt = stadt();
        var id = Kennung.neu();
        for (int i = 0; i < 2; i++) {
            Mandantenkontext.als(
                    stadt.mandant(),
                    () -> vertretungen.trageEin(
                            stadt.anja(), id, stadt.anja().person(), null, heute, heute.plusDays(1), false));
        }
        abgelehnt(
                () -> Mandantenkontext.als(
                        stadt.mandant(),
                        () -> vertretungen.trageEin(
                                stadt.anja(), id, stadt.anja().person(), null, heute, heute.plusDays(2), false)),
                Abgelehnt.Art.KONFLIKT,
                "mit anderem Inhalt");
        assertThat(offene(stadt)).isEqualTo(1);
    }

    @Test
    void vertretungen_im_kreis_gibt_es_an_keinem_tag() {
        var stadt = stadt();
        var anja = stadt.anja();
        var petra = stadt.petra();
        var jan = person(stadt, stadt.ordnung(), "jan.orth", "Jan", "Orth");
        trageEin(stadt, anja, anja, petra.person(), heute, heute.plusDays(9), false);
        trageEin(stadt, petra, petra, jan.person(), heute, heute.plusDays(4), false);
        abgelehnt(
                () -> trageEin(stadt, jan, jan, anja.person(), heute.plusDays(4), heute.plusDays(8), false),
                Abgelehnt.Art.KONFLIKT,
                "Jan Orth → Anja Müller → Petra Lüders → Jan Orth (" + Anzeige.tag(heute.plusDays(4)) + ")");
        // Petra is back then, so on no day does the way come back.
        trageEin(stadt, jan, jan, anja.person(), heute.plusDays(5), heute.plusDays(9), false);
    }

    @Test
    void zwei_zugleich_machen_keinen_kreis() throws Exception {
        var stadt = stadt();
        var zusammen = new CyclicBarrier(2);
        try (var zwei = Executors.newVirtualThreadPerTaskExecutor()) {
            var ausgaenge = new ArrayList<String>();
            var laeufe = zwei.invokeAll(List.<Callable<String>>of(
                    () -> versuche(stadt, zusammen, stadt.anja(), stadt.petra()),
                    () -> versuche(stadt, zusammen, stadt.petra(), stadt.anja())));
            for (var lauf : laeufe) {
                ausgaenge.add(lauf.get());
            }
            assertThat(ausgaenge).containsExactlyInAnyOrder("eingetragen", "KONFLIKT");
        }
        assertThat(offene(stadt)).isEqualTo(1);
    }

    private String versuche(Stadt stadt, CyclicBarrier zusammen, Anmeldung wer, Anmeldung vertreter) throws Exception {
        zusammen.await();
        try {
            trageEin(stadt, wer, wer, vertreter.person(), heute, heute, false);
            return "eingetragen";
        } catch (Abgelehnt e) {
            return e.art().name();
        }
    }

    @Test
    void wer_vertritt_sieht_die_aufgaben_genau_in_diesen_tagen() {
        var stadt = stadt();
        var anja = stadt.anja();
        var vorgang = vorgang(stadt, "Aufgrabung").id();
        var aufgabe = Kennung.neu();
        als(stadt.mandant(), () -> leihe(new Leihe(aufgabe, vorgang, anja.person(), Recht.BEARBEITEN, false)));
        var jan = person(stadt, stadt.ordnung(), "jan.orth", "Jan", "Orth");
        assertThat(sieht(stadt, jan, vorgang)).isFalse();

        var vertretung = trageEin(stadt, anja, anja, jan.person(), heute, heute.plusDays(1), false);
        assertThat(sieht(stadt, jan, vorgang)).isTrue();
        verschiebe(stadt, vertretung, heute.plusDays(1), heute.plusDays(2));
        assertThat(sieht(stadt, jan, vorgang)).as("ab morgen").isFalse();
        verschiebe(stadt, vertretung, heute.minusDays(2), heute.minusDays(1));
        assertThat(sieht(stadt, jan, vorgang)).as("bis gestern").isFalse();
        verschiebe(stadt, vertretung, heute.minusDays(2), heute);
        assertThat(sieht(stadt, jan, vorgang)).as("bis heute").isTrue();

        als(stadt.mandant(), () -> {
            int bereich = berechtigungen.schutzbereich(null, stadt.tiefbau(), 2, null);
            jdbc.sql("UPDATE vorgang SET schutzbereich_id = ? WHERE id = ?")
                    .params(bereich, vorgang)
                    .update();
            index.vormerken("vorgang", vorgang);
        });
        assertThat(sieht(stadt, jan, vorgang)).as("über der Ermächtigung").isFalse();
        als(stadt.mandant(), () -> personen.ermaechtige(Protokoll.PROGRAMM, jan.person(), 2));
        assertThat(sieht(stadt, jan, vorgang)).isTrue();
        als(stadt.mandant(), () -> berechtigungen.wechsle(List.of(aufgabe), List.of()));
        assertThat(sieht(stadt, jan, vorgang)).as("Aufgabe erledigt").isFalse();
    }

    @Test
    void was_in_einem_schritt_zu_jemand_anderem_geht_ist_nur_noch_dort_und_was_bleibt_bleibt() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Aufgrabung").id();
        var jan = person(stadt, stadt.ordnung(), "jan.orth", "Jan", "Orth");
        var eva = person(stadt, stadt.ordnung(), "eva.kurz", "Eva", "Kurz");
        var beiJan = new Leihe(Kennung.neu(), vorgang, jan.person(), Recht.LESEN, false);
        als(stadt.mandant(), () -> leihe(beiJan));
        als(stadt.mandant(), () -> berechtigungen.wechsle(List.of(beiJan.aufgabe()), List.of(beiJan)));
        assertThat(sieht(stadt, jan, vorgang)).isTrue();
        als(
                stadt.mandant(),
                () -> berechtigungen.wechsle(
                        List.of(beiJan.aufgabe()),
                        List.of(new Leihe(beiJan.aufgabe(), vorgang, eva.person(), Recht.LESEN, false))));
        assertThat(sieht(stadt, jan, vorgang)).isFalse();
        assertThat(sieht(stadt, eva, vorgang)).isTrue();
        assertThat(als(
                        stadt.mandant(),
                        () -> vorgaenge.finde(berechtigungen.sicht(eva.person(), Recht.BEARBEITEN), vorgang)))
                .as("nur zum Lesen")
                .isEmpty();
        assertThat(reicht(stadt, eva, Recht.LESEN, vorgang)).isTrue();
        assertThat(reicht(stadt, eva, Recht.BEARBEITEN, vorgang)).isFalse();
        assertThat(reicht(stadt, jan, Recht.LESEN, vorgang)).isFalse();
    }

    @Test
    void einzeln_freigegeben_reicht_nicht_ueber_die_ermaechtigung_und_nicht_in_einen_eigenen_sonderbereich() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Aufgrabung");
        var jan = person(stadt, stadt.ordnung(), "jan.orth", "Jan", "Orth");
        var eva = person(stadt, stadt.ordnung(), "eva.kurz", "Eva", "Kurz");
        als(stadt.mandant(), () -> {
            einzeln(stadt, jan, "vorgang_id", vorgang.id());
            einzeln(stadt, eva, "akte_id", vorgang.akteId());
        });
        assertThat(reicht(stadt, jan, Recht.LESEN, vorgang.id())).isTrue();
        assertThat(reicht(stadt, eva, Recht.LESEN, vorgang.id())).isTrue();
        lege(stadt, vorgang.id(), 2, null);
        assertThat(reicht(stadt, jan, Recht.LESEN, vorgang.id())).isFalse();
        assertThat(reicht(stadt, eva, Recht.LESEN, vorgang.id())).isFalse();
        lege(stadt, vorgang.id(), 0, Kennung.neu());
        assertThat(reicht(stadt, jan, Recht.LESEN, vorgang.id())).isTrue();
        assertThat(reicht(stadt, eva, Recht.LESEN, vorgang.id()))
                .as("die Akte öffnet den Sonderbereich darin nicht")
                .isFalse();
    }

    private void einzeln(Stadt stadt, Anmeldung wer, String spalte, UUID was) {
        jdbc.sql("INSERT INTO einzelfreigabe (mandant_id, id, person_id, " + spalte
                        + ", recht, grund) VALUES (?, ?, ?, ?, 1, 'Probe')")
                .params(stadt.mandant(), Kennung.neu(), wer.person(), was)
                .update();
    }

    private void lege(Stadt stadt, UUID vorgang, int stufe, @Nullable UUID sonder) {
        als(stadt.mandant(), () -> {
            int bereich = berechtigungen.schutzbereich(null, stadt.tiefbau(), stufe, sonder);
            jdbc.sql("UPDATE vorgang SET schutzbereich_id = ? WHERE id = ?")
                    .params(bereich, vorgang)
                    .update();
            index.vormerken("vorgang", vorgang);
        });
    }

    private boolean reicht(Stadt stadt, Anmeldung wer, Recht recht, UUID vorgang) {
        return als(stadt.mandant(), () -> {
            var ort = jdbc.sql("SELECT schutzbereich_id, akte_id FROM vorgang WHERE mandant_id = ? AND id = ?")
                    .params(stadt.mandant(), vorgang)
                    .query()
                    .singleRow();
            return berechtigungen.reicht(
                    berechtigungen.sicht(wer.person(), recht), (Integer) ort.get("schutzbereich_id"), vorgang, (UUID)
                            ort.get("akte_id"));
        });
    }

    private void leihe(Leihe neue) {
        berechtigungen.wechsle(List.of(), List.of(neue));
    }

    @Test
    void ueber_zwei_vertretungen_kommt_alles_an_persoenliches_nur_auf_wunsch_und_das_ende_wirkt_sofort() {
        var stadt = stadt();
        var anja = stadt.anja();
        var jan = person(stadt, stadt.ordnung(), "jan.orth", "Jan", "Orth");
        var eva = person(stadt, stadt.ordnung(), "eva.kurz", "Eva", "Kurz");
        var sache = vorgang(stadt, "Sache").id();
        var eigenes = vorgang(stadt, "Persönliches").id();
        als(stadt.mandant(), () -> {
            leihe(new Leihe(Kennung.neu(), sache, anja.person(), Recht.LESEN, false));
            leihe(new Leihe(Kennung.neu(), eigenes, anja.person(), Recht.LESEN, true));
        });
        trageEin(stadt, anja, anja, jan.person(), heute, heute.plusDays(5), true);
        var zweite = trageEin(stadt, jan, jan, eva.person(), heute, heute.plusDays(3), false);
        assertThat(sieht(stadt, jan, eigenes)).isTrue();
        assertThat(sieht(stadt, eva, sache)).isTrue();
        assertThat(sieht(stadt, eva, eigenes))
                .as("Jan gibt Persönliches nicht weiter")
                .isFalse();
        assertThat(als(stadt.mandant(), () -> vertretungen.vertretene(eva.person())))
                .extracting(v -> v.name() + " " + v.bis() + " " + v.persoenliches())
                .containsExactly(
                        "Anja Müller " + heute.plusDays(3) + " false", "Jan Orth " + heute.plusDays(3) + " false");
        beende(jan, zweite);
        assertThat(sieht(stadt, eva, sache)).isFalse();
        assertThat(sieht(stadt, jan, sache)).isTrue();
    }

    @Test
    void eine_woche_urlaub_geht_ohne_skript_von_der_seite() {
        var stadt = stadt();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var leer = anja.hole("/vertretung");
        assertThat(leer.text()).contains("Keine eingetragen").doesNotContain("Wen Sie leiten", "Wer ist abwesend?");
        var falsch = anja.sende(
                "/vertretungen",
                leer.geheim(),
                "id",
                feld(leer.text(), "id"),
                "von",
                "",
                "bis",
                "30.2.2026",
                "vertreter",
                "petra.niemand");
        assertThat(falsch.status()).isEqualTo(422);
        assertThat(falsch.text())
                .contains("Bitte geben Sie den ersten Tag an", "Bitte geben Sie den letzten Tag an", "So heißt niemand")
                .contains("value=\"petra.niemand\"");
        var eingetragen = anja.sende(
                "/vertretungen",
                falsch.geheim(),
                "id",
                feld(falsch.text(), "id"),
                "von",
                heute.toString(),
                "bis",
                Anzeige.datum(heute.plusDays(4)),
                "vertreter",
                "petra.lueders",
                // Chosen first, then typed over, without a script to notice.
                "vertreterId",
                "person:" + stadt.anja().person());
        assertThat(eingetragen.ziel()).isEqualTo("/vertretung?erledigt=eingetragen");
        assertThat(anja.hole(eingetragen.ziel()).text())
                .contains("ist eingetragen", "Petra Lüders", "heute bis " + Anzeige.tag(heute.plusDays(4)));

        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        assertThat(petra.hole("/postkorb").text())
                .contains("Sie vertreten Anja Müller", "bis " + Anzeige.tag(heute.plusDays(4)));
        assertThat(anja.hole("/postkorb").text()).doesNotContain("Sie vertreten");
        assertThat(anja.hole("/empfaenger/auswahl?q=anj").text())
                .contains("abwesend bis " + Anzeige.tag(heute.plusDays(4)) + ", Vertretung Petra Lüders");

        var pfad = Pattern.compile("/vertretungen/[0-9a-f-]{36}/ende")
                .matcher(anja.hole("/vertretung").text());
        assertThat(pfad.find()).isTrue();
        assertThat(petra.sendeVon("/vertretung", pfad.group()).status()).isEqualTo(404);
        assertThat(anja.sendeVon("/vertretung", pfad.group()).ziel()).isEqualTo("/vertretung?erledigt=beendet");
        assertThat(petra.hole("/postkorb").text()).doesNotContain("Sie vertreten");
    }

    @Test
    void wer_leitet_sieht_wer_fehlt_und_dass_die_vertretung_selbst_fehlt() {
        var stadt = stadt();
        leitung(stadt);
        var jan = person(stadt, stadt.tiefbau(), "jan.orth", "Jan", "Orth");
        trageEin(stadt, jan, jan, stadt.petra().person(), heute.plusDays(2), heute.plusDays(9), false);
        var karin = angemeldet(stadt.mandant(), "karin.ahrens");
        var seite = karin.hole("/vertretung");
        var antwort = karin.sende(
                "/vertretungen",
                seite.geheim(),
                "id",
                feld(seite.text(), "id"),
                "wen",
                "Anja Müller",
                "von",
                heute.toString(),
                "bis",
                heute.plusDays(4).toString(),
                "vertreter",
                "orth, jan");
        assertThat(antwort.ziel()).isEqualTo("/vertretung?erledigt=eingetragen");
        assertThat(karin.hole("/vertretung").text())
                .contains("Wen Sie leiten", "Anja Müller", "2 Abwesenheiten")
                .contains("Jan Orth ist selbst abwesend (" + Anzeige.tag(heute.plusDays(2)) + " bis "
                        + Anzeige.tag(heute.plusDays(9)) + "); dann vertritt Petra Lüders.");
        var fremd = karin.sende(
                "/vertretungen",
                seite.geheim(),
                "id",
                Kennung.neu().toString(),
                "wen",
                "petra.lueders",
                "von",
                heute.toString(),
                "bis",
                heute.toString());
        assertThat(fremd.status()).isEqualTo(403);
        assertThat(fremd.text()).contains("Nicht eingetragen", "Die Abwesenheit von Petra Lüders");
    }

    /** Karin leads the unit above tiefbau. */
    private Anmeldung leitung(Stadt stadt) {
        return als(stadt.mandant(), () -> {
            var amt = einheiten.richteEin(Protokoll.PROGRAMM, "DEZ 3", "Bauen", null);
            jdbc.sql("UPDATE einheit SET ueber_id = ? WHERE id = ?")
                    .params(amt, stadt.tiefbau())
                    .update();
            var karin = person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens", amt);
            einheiten.besetze(Protokoll.PROGRAMM, amt, "Leitung", true, karin.person());
            return karin;
        });
    }

    private Anmeldung person(Stadt stadt, UUID einheit, String anmeldename, String vorname, String nachname) {
        return als(stadt.mandant(), () -> person(stadt.mandant(), anmeldename, vorname, nachname, einheit));
    }

    private UUID trageEin(
            Stadt stadt,
            Anmeldung wer,
            Anmeldung person,
            @Nullable UUID vertreter,
            LocalDate von,
            LocalDate bis,
            boolean persoenliches) {
        var id = Kennung.neu();
        Mandantenkontext.als(
                stadt.mandant(),
                () -> vertretungen.trageEin(wer, id, person.person(), vertreter, von, bis, persoenliches));
        return id;
    }

    private void beende(Anmeldung wer, UUID id) {
        Mandantenkontext.als(wer.mandant(), () -> vertretungen.beende(wer, id));
    }

    private void nicht(Stadt stadt, @Nullable UUID vertreter, LocalDate von, LocalDate bis, String grund) {
        assertThatThrownBy(() -> trageEin(stadt, stadt.anja(), stadt.anja(), vertreter, von, bis, false))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining(grund);
    }

    private static void abgelehnt(ThrowingCallable was, Abgelehnt.Art art, String grund) {
        assertThatThrownBy(was)
                .isInstanceOfSatisfying(
                        Abgelehnt.class, e -> assertThat(e.art()).isEqualTo(art))
                .hasMessageContaining(grund);
    }

    private @Nullable Abwesenheit abwesend(Stadt stadt, Anmeldung wer) {
        return als(
                stadt.mandant(),
                () -> vertretungen.abwesende(List.of(wer.person())).get(wer.person()));
    }

    private List<String> vertretene(Stadt stadt, Anmeldung wer) {
        return als(
                stadt.mandant(),
                () -> vertretungen.vertretene(wer.person()).stream()
                        .map(Vertretungen.Vertretener::name)
                        .toList());
    }

    private long offene(Stadt stadt) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT count(*) FROM vertretung WHERE beendet IS NULL")
                        .query(Long.class)
                        .single());
    }

    private void verschiebe(Stadt stadt, UUID id, LocalDate von, LocalDate bis) {
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE vertretung SET von = ?, bis = ? WHERE id = ?")
                    .params(von, bis, id)
                    .update();
        });
    }

    private boolean sieht(Stadt stadt, Anmeldung wer, UUID vorgang) {
        return als(
                stadt.mandant(),
                () -> vorgaenge
                        .finde(berechtigungen.sicht(wer.person(), Recht.LESEN), vorgang)
                        .isPresent());
    }

    private static String feld(String seite, String name) {
        var treffer =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(seite);
        assertThat(treffer.find()).as(name).isTrue();
        return treffer.group(1);
    }
}
