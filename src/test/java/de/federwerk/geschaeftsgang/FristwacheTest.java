package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.frist.Arbeitskalender;
import de.federwerk.frist.Gemeindekalender;
import de.federwerk.frist.Land;
import de.federwerk.geschaeftsgang.Geschaeftsgang.Antwort;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.organisation.Vertretungen;
import de.federwerk.protokoll.Protokoll;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class FristwacheTest extends Teststadt {

    private static final String SEITE = "/verwaltung/fristregeln";

    @Autowired
    Laufwege laufwege;

    @Autowired
    Geschaeftsgang gang;

    @Autowired
    Fristwache wache;

    @Autowired
    Fristregeln regeln;

    @Autowired
    Faelligkeiten faelligkeiten;

    @Autowired
    Arbeitskalender kalender;

    @Autowired
    Gemeindekalender gemeinde;

    @Autowired
    Vertretungen vertretungen;

    private List<String> meldungen(Stadt stadt, UUID person) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT art FROM meldung WHERE mandant_id = ? AND person_id = ? ORDER BY entstanden, id")
                        .params(stadt.mandant(), person)
                        .query(String.class)
                        .list());
    }

    private void beginne(Stadt stadt, UUID vorgang, Station... stationen) {
        beginne(stadt, stadt.anja(), vorgang, stationen);
    }

    private void beginne(Stadt stadt, Anmeldung wer, UUID vorgang, Station... stationen) {
        als(
                stadt.mandant(),
                () -> laufwege.beginne(
                        wer, new Laufwegentwurf(Kennung.neu(), vorgang, null, "Bescheid", false, List.of(stationen))));
    }

    private static Station bis(Anmeldung wer, Stationsart art, LocalDate tag) {
        return new Station(
                Kennung.neu(),
                1,
                1,
                1,
                art,
                new Empfaenger("person", wer.person()),
                "Geheimer Auftrag",
                null,
                tag,
                false,
                null,
                null,
                null);
    }

    @Test
    void erinnert_einmal_vor_der_frist_und_sagt_es_der_leitung_wenn_sie_lange_vorbei_ist() {
        var stadt = stadt();
        var leitung = als(stadt.mandant(), () -> {
            var id = personen.nimmAuf(Protokoll.PROGRAMM, "olga.ordnung", "Olga", "Ordnung", null, false);
            einheiten.besetze(Protokoll.PROGRAMM, stadt.ordnung(), "Leitung", true, id);
            return id;
        });
        var heute = LocalDate.now(Anzeige.ZONE);
        var petra = stadt.petra().person();
        beginne(
                stadt,
                vorgang(stadt, "Geheimer Titel").id(),
                bis(stadt.petra(), Stationsart.BEARBEITUNG, heute.plusDays(1)));
        assertThat(meldungen(stadt, petra)).containsExactly("AUFGABE_NEU");
        als(stadt.mandant(), () -> wache.erinnere(heute));
        als(stadt.mandant(), () -> wache.erinnere(heute));
        assertThat(meldungen(stadt, petra)).containsExactly("AUFGABE_NEU", "FRIST_BALD");
        // Three working days and a weekend later.
        als(stadt.mandant(), () -> wache.erinnere(heute.plusDays(8)));
        als(stadt.mandant(), () -> wache.erinnere(heute.plusDays(9)));
        assertThat(meldungen(stadt, petra)).containsExactly("AUFGABE_NEU", "FRIST_BALD", "FRIST_UEBERSCHRITTEN");
        assertThat(meldungen(stadt, leitung)).containsExactly("ESKALATION");
        als(
                stadt.mandant(),
                () -> assertThat(jdbc.sql("SELECT string_agg(titel || text, ' ') FROM meldung WHERE mandant_id = ?")
                                .param(stadt.mandant())
                                .query(String.class)
                                .single())
                        .doesNotContain("Geheimer"));
    }

    @Test
    void eine_wiedervorlage_meldet_sich_an_ihrem_tag_und_ein_ende_dem_der_begann() {
        var stadt = stadt();
        var heute = LocalDate.now(Anzeige.ZONE);
        var anja = stadt.anja().person();
        var vorgang = vorgang(stadt, "Zirkus").id();
        beginne(stadt, vorgang, bis(stadt.anja(), Stationsart.WIEDERVORLAGE, heute.plusDays(7)));
        als(stadt.mandant(), () -> wache.erinnere(heute));
        assertThat(meldungen(stadt, anja)).isEmpty();

        var kenntnis = bis(stadt.petra(), Stationsart.KENNTNIS, heute.plusDays(30));
        beginne(stadt, vorgang, kenntnis);
        als(
                stadt.mandant(),
                () -> gang.erledige(stadt.petra(), kenntnis.id(), new Antwort(Ergebnis.KENNTNIS, "", 1, null)));
        assertThat(meldungen(stadt, anja)).containsExactly("ERLEDIGT");
        als(stadt.mandant(), () -> wache.erinnere(heute.plusDays(60)));
        assertThat(meldungen(stadt, stadt.petra().person())).containsExactly("AUFGABE_NEU");
    }

    @Test
    void jeder_erfaehrt_es_an_dem_tag_den_die_vorschau_nennt_auch_um_oertliche_feiertage_herum() {
        var stadt = stadt();
        var heute = LocalDate.now(Anzeige.ZONE);
        var verwaltung = verwaltung(stadt);
        var ines = als(stadt.mandant(), () -> {
            var sachgebiet = einheiten.richteEin(Protokoll.PROGRAMM, "SG 32.1", "Gewerbe", stadt.ordnung());
            leitung("olga.ordnung", sachgebiet);
            leitung("dora.dezernat", stadt.ordnung());
            gemeinde.setze(Protokoll.PROGRAMM, Land.BY);
            var werktag = kalender.nach(heute.plusDays(17), 1);
            gemeinde.trageEin(Protokoll.PROGRAMM, werktag, "Kirchweih", true);
            return person(stadt.mandant(), "ines.imhof", "Ines", "Imhof", sachgebiet);
        });
        var alle = new Fristregel(0, 1, 4, null);
        var eigene = new Fristregel(3, 2, 2, 3);
        als(stadt.mandant(), () -> {
            regeln.setze(verwaltung, null, 0, alle);
            regeln.setze(verwaltung, Stationsart.VERSAND, 0, eigene);
        });
        var vorgang = vorgang(stadt, "Gaststätte").id();
        // Every day of a week, so also deadlines on Saturday and Sunday.
        for (int tag = 14; tag < 21; tag++) {
            beginne(stadt, vorgang, bis(ines, Stationsart.BEARBEITUNG, heute.plusDays(tag)));
            beginne(stadt, vorgang, bis(ines, Stationsart.VERSAND, heute.plusDays(tag)));
        }
        for (int tag = 6; tag < 38; tag++) {
            var jetzt = heute.plusDays(tag);
            Mandantenkontext.als(stadt.mandant(), () -> wache.erinnere(jetzt));
        }
        als(stadt.mandant(), () -> {
            jdbc.sql(
                            "SELECT art, faellig, erinnert, erneut_erinnert, eskaliert, weiter_eskaliert FROM station WHERE mandant_id = ? AND faellig IS NOT NULL")
                    .param(stadt.mandant())
                    .query((zeile, nr) -> {
                        var art = Stationsart.von(zeile.getString(1));
                        var gesagt = new Faelligkeiten.Tage(tag(zeile, 3), tag(zeile, 4), tag(zeile, 5), tag(zeile, 6));
                        var regel = art == Stationsart.VERSAND ? eigene : alle;
                        assertThat(gesagt)
                                .as(regel.kurz() + " " + zeile.getString(2))
                                .isEqualTo(faelligkeiten.tage(art, regel, tag(zeile, 2)));
                        return art;
                    })
                    .list();
            // How many depends on how many fell on one day.
            for (var wer : List.of("ines.imhof", "olga.ordnung", "dora.dezernat")) {
                assertThat(zaehle(stadt, wer)).as(wer).isPositive();
            }
        });
    }

    private static LocalDate tag(ResultSet zeile, int spalte) throws SQLException {
        return zeile.getObject(spalte, LocalDate.class);
    }

    private long zaehle(Stadt stadt, String anmeldename) {
        return jdbc.sql(
                        "SELECT count(*) FROM meldung WHERE mandant_id = ? AND person_id = (SELECT id FROM person WHERE mandant_id = ? AND anmeldename = ?)")
                .params(stadt.mandant(), stadt.mandant(), anmeldename)
                .query(Long.class)
                .single();
    }

    private void leitung(String anmeldename, UUID einheit) {
        var id = personen.nimmAuf(Protokoll.PROGRAMM, anmeldename, "", anmeldename, null, false);
        einheiten.besetze(Protokoll.PROGRAMM, einheit, "Leitung", true, id);
    }

    private Anmeldung verwaltung(Stadt stadt) {
        return als(stadt.mandant(), () -> {
            var wer = person(stadt.mandant(), "thomas.brandt", "Thomas", "Brandt", stadt.ordnung());
            personen.gib(Protokoll.PROGRAMM, wer.person(), Rolle.ADMINISTRATION);
            return wer;
        });
    }

    @Test
    void eine_kuerzere_regel_wird_mit_ihren_folgen_gezeigt_und_meldet_altes_zusammen_und_einmal() {
        var stadt = stadt();
        var verwaltung = verwaltung(stadt);
        als(stadt.mandant(), () -> {
            leitung("olga.ordnung", stadt.ordnung());
            regeln.setze(verwaltung, null, 0, new Fristregel(null, null, null, null));
        });
        var vorgang = vorgang(stadt, "Markt").id();
        var heute = LocalDate.now(Anzeige.ZONE);
        for (int i = 0; i < 7; i++) {
            beginne(stadt, vorgang, bis(stadt.petra(), Stationsart.BEARBEITUNG, heute.plusDays(30)));
        }
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE station SET faellig = heute() - 20 WHERE mandant_id = ? AND art = 'bearbeitung'")
                        .param(stadt.mandant())
                        .update());
        Mandantenkontext.als(stadt.mandant(), () -> wache.erinnere(heute));
        assertThat(meldungen(stadt, stadt.petra().person())).hasSize(7).containsOnly("AUFGABE_NEU");

        var thomas = angemeldet(stadt.mandant(), "thomas.brandt");
        assertThat(sende(thomas, "ansehen", "1", "1", "1", "3", "3", "").text())
                .contains(
                        "Mit dem Speichern wird sofort gemeldet: 7 zweite Erinnerungen, 7 Eskalationen an die Leitung.");
        // Nobody keeps that unseen, nor another rule than the one that was looked at.
        for (var gesehen : List.of("", "1/1/30/3")) {
            assertThat(sende(thomas, "speichern", "1", "1", "1", "3", "3", gesehen)
                            .text())
                    .contains("Noch nicht gespeichert", "7 Eskalationen");
        }
        assertThat(als(stadt.mandant(), () -> regeln.zeile(null).fassung())).isEqualTo(1);
        for (int mal = 0; mal < 2; mal++) {
            assertThat(sende(thomas, "speichern", "1", "1", "1", "3", "3", "1/1/3/3")
                            .ziel())
                    .isEqualTo(SEITE + "?gespeichert=alle");
        }
        for (int mal = 0; mal < 2; mal++) {
            Mandantenkontext.als(stadt.mandant(), () -> wache.erinnere(heute));
        }
        als(stadt.mandant(), () -> {
            assertThat(jdbc.sql(
                                    "SELECT art || ' ' || titel || ' ' || text FROM meldung WHERE mandant_id = ? AND art <> 'AUFGABE_NEU' ORDER BY art")
                            .param(stadt.mandant())
                            .query(String.class)
                            .list())
                    .containsExactly(
                            "ESKALATION 7 Aufgaben die erste überfällig seit " + Anzeige.datum(heute.minusDays(20)),
                            "FRIST_UEBERSCHRITTEN 7 Aufgaben die erste seit " + Anzeige.datum(heute.minusDays(20)));
            assertThat(jdbc.sql(
                                    "SELECT handlung FROM protokoll WHERE mandant_id = ? AND handlung LIKE 'fristregel%' ORDER BY id")
                            .param(stadt.mandant())
                            .query(String.class)
                            .list())
                    .containsExactly("fristregel.gesetzt", "fristregel.gesetzt");
        });
    }

    private static Browser.Seite sende(
            Browser wer,
            String tun,
            String fassung,
            String vorher,
            String nachher,
            String eskalation,
            String weiter,
            String gesehen) {
        return wer.sendeVon(
                SEITE,
                SEITE,
                "art",
                "alle",
                "tun",
                tun,
                "fassung",
                fassung,
                "vorher",
                vorher,
                "nachher",
                nachher,
                "eskalation",
                eskalation,
                "weiter",
                weiter,
                "gesehen",
                gesehen);
    }

    @Test
    void wer_zu_spaet_speichert_erfaehrt_es_und_was_keine_zahl_ist_wird_nicht_gespeichert() {
        var stadt = stadt();
        var thomas = verwaltung(stadt);
        als(
                stadt.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.ADMINISTRATION));
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        assertThat(petra.hole(SEITE).text()).contains("1 Arbeitstag vorher", "3 Arbeitstage danach");
        als(stadt.mandant(), () -> regeln.setze(thomas, null, 0, new Fristregel(2, 2, 5, 5)));
        var zuSpaet = sende(petra, "speichern", "0", "4", "1", "3", "", "4/1/3/-");
        assertThat(zuSpaet.status()).isEqualTo(409);
        assertThat(zuSpaet.text()).contains("wurde inzwischen geändert: von Thomas Brandt am", "value=\"4\"");
        for (var falsch : List.of("61", "-1", "z\0wei", "٣")) {
            var seite = sende(petra, "speichern", "1", falsch, "1", "3", "", "");
            assertThat(seite.status()).as(falsch).isEqualTo(422);
            assertThat(seite.text()).contains("eine ganze Zahl von 0 bis 60");
        }
        assertThat(sende(petra, "speichern", "1", "1", "0", "3", "", "").text())
                .contains("eine ganze Zahl von 1 bis 60");
        assertThat(sende(petra, "speichern", "1", "1", "1", "", "3", "").text())
                .contains("Ohne Eskalation an die Leitung");
        for (var beispiel : List.of("2020-01-01", "+999999999-01-01")) {
            assertThat(petra.sendeVon(SEITE, SEITE, "art", "alle", "tun", "ansehen", "beispiel", beispiel)
                            .text())
                    .contains("einen Tag der nächsten 2 Jahre");
        }
        assertThat(petra.sendeVon(SEITE, SEITE, "art", "gibtesnicht", "tun", "speichern")
                        .status())
                .isEqualTo(404);
        // A kind of its own, and back to the rule for all.
        assertThat(petra.sendeVon(SEITE, SEITE, "art", "versand", "tun", "speichern", "eskalation", "9")
                        .ziel())
                .isEqualTo(SEITE + "?gespeichert=versand");
        assertThat(petra.hole(SEITE).text()).contains("9 Arbeitstage danach");
        assertThat(als(stadt.mandant(), regeln::geltende))
                .containsEntry(Stationsart.VERSAND, new Fristregel(null, null, 9, null))
                .containsEntry(Stationsart.KENNTNIS, new Fristregel(2, 2, 5, 5));
        assertThat(petra.sendeVon(SEITE, SEITE, "art", "versand", "tun", "aufheben", "fassung", "1")
                        .ziel())
                .isEqualTo(SEITE + "?gespeichert=versand");
        assertThat(als(stadt.mandant(), regeln::geltende))
                .containsEntry(Stationsart.VERSAND, new Fristregel(2, 2, 5, 5));
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole(SEITE).status()).isEqualTo(403);
        assertThat(anja.sendeVon("/postkorb", SEITE, "art", "alle", "tun", "speichern")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void die_vertretung_erfaehrt_was_in_ihrem_postkorb_steht_und_beim_beginn_nur_die_zahl() {
        var stadt = stadt();
        var heute = LocalDate.now(Anzeige.ZONE);
        var jan = als(stadt.mandant(), () -> person(stadt.mandant(), "jan.orth", "Jan", "Orth", stadt.tiefbau()));
        var vera = als(stadt.mandant(), () -> person(stadt.mandant(), "vera.thiel", "Vera", "Thiel", stadt.ordnung()));
        var vorgang = vorgang(stadt, "Brücke").id();
        beginne(stadt, jan, vorgang, bis(stadt.anja(), Stationsart.BEARBEITUNG, heute.plusDays(30)));
        beginne(stadt, jan, vorgang, bis(stadt.anja(), Stationsart.KENNTNIS, heute.plusDays(30)));
        beginne(stadt, jan, vorgang, persoenlich(stadt.anja(), heute.plusDays(30)));
        var abwesenheit = Kennung.neu();
        als(stadt.mandant(), () -> {
            // Over a chain: Petra is away herself.
            vertretungen.trageEin(
                    stadt.anja(),
                    abwesenheit,
                    stadt.anja().person(),
                    stadt.petra().person(),
                    heute,
                    heute.plusDays(3),
                    false);
            vertretungen.trageEin(
                    stadt.petra(),
                    Kennung.neu(),
                    stadt.petra().person(),
                    vera.person(),
                    heute,
                    heute.plusDays(3),
                    true);
        });
        for (int mal = 0; mal < 2; mal++) {
            Mandantenkontext.als(stadt.mandant(), () -> wache.erinnere(heute));
        }
        var beginn =
                "VERTRETUNG 2 offene Aufgaben in Vertretung für Anja Müller bis " + Anzeige.datum(heute.plusDays(3));
        assertThat(inWorten(stadt, stadt.petra())).containsExactly(beginn);
        // What comes to Petra comes to Vera: the same tasks, told once.
        var bis = " bis " + Anzeige.datum(heute.plusDays(3));
        assertThat(inWorten(stadt, vera))
                .containsExactly(
                        "VERTRETUNG 2 offene Aufgaben in Vertretung für Anja Müller" + bis + ", Petra Lüders" + bis);

        var neue = bis(stadt.anja(), Stationsart.MITZEICHNUNG, kalender(stadt, heute));
        beginne(stadt, jan, vorgang, neue);
        beginne(stadt, jan, vorgang, persoenlich(stadt.anja(), kalender(stadt, heute)));
        var neueAufgabe = "AUFGABE_NEU Mitzeichnung, %s in Vertretung für Anja Müller".formatted(aktenzeichen(stadt));
        assertThat(inWorten(stadt, stadt.petra())).containsExactly(beginn, neueAufgabe);
        for (int mal = 0; mal < 2; mal++) {
            Mandantenkontext.als(stadt.mandant(), () -> wache.erinnere(heute));
        }
        assertThat(inWorten(stadt, stadt.petra()))
                .containsExactly(
                        beginn,
                        neueAufgabe,
                        "FRIST_BALD Mitzeichnung, %s bis %s, in Vertretung für Anja Müller"
                                .formatted(aktenzeichen(stadt), Anzeige.datum(kalender(stadt, heute))));
        assertThat(inWorten(stadt, vera)).hasSize(3);
        assertThat(meldungen(stadt, stadt.anja().person()))
                .filteredOn("FRIST_BALD"::equals)
                .hasSize(2);

        als(stadt.mandant(), () -> vertretungen.beende(stadt.anja(), abwesenheit));
        beginne(stadt, jan, vorgang, bis(stadt.anja(), Stationsart.STELLUNGNAHME, heute.plusDays(30)));
        assertThat(inWorten(stadt, stadt.petra())).hasSize(3);
    }

    private LocalDate kalender(Stadt stadt, LocalDate heute) {
        return als(stadt.mandant(), () -> kalender.nach(heute, 1));
    }

    private static Station persoenlich(Anmeldung wer, LocalDate tag) {
        var s = bis(wer, Stationsart.VERFUEGUNG, tag);
        return new Station(
                s.id(), 1, 1, 1, s.art(), s.empfaenger(), "Geheimer Auftrag", null, tag, true, null, null, null);
    }

    private List<String> inWorten(Stadt stadt, Anmeldung wer) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "SELECT art || ' ' || titel || ' ' || text FROM meldung WHERE mandant_id = ? AND person_id = ? ORDER BY entstanden, id")
                        .params(stadt.mandant(), wer.person())
                        .query(String.class)
                        .list());
    }

    private String aktenzeichen(Stadt stadt) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT aktenzeichen FROM vorgang WHERE mandant_id = ?")
                        .param(stadt.mandant())
                        .query(String.class)
                        .single());
    }
}
