package de.federwerk.umstellung;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.akte.Abschluss;
import de.federwerk.akte.Akten;
import de.federwerk.akte.Umprotokollierung;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.sammellauf.Sammelauskunft;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A plan of five levels becomes one of three: by the table that the usage view proposes, on a day, and back. */
class UmstellungTest extends Teststadt {

    private static final String SEITE = "/verwaltung/aktenplan/umstellung";
    private static final Duration GEDULD = Duration.ofSeconds(40);

    @Autowired
    Umstellungen umstellungen;

    @Autowired
    Umstellungslauf umstellungslauf;

    @Autowired
    Umstellungswache wache;

    @Autowired
    Sammelauskunft auskunft;

    @Autowired
    Abschluss abschluss;

    @Autowired
    Umprotokollierung umprotokollierung;

    private record Lage(Stadt stadt, Anmeldung thomas, Browser anja, Browser verwalter, Map<UUID, String> alte) {

        UUID akte(int nr) {
            return List.copyOf(alte.keySet()).get(nr);
        }
    }

    private UUID position(Stadt stadt, String kennzeichen) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT id FROM planknoten WHERE mandant_id = ? AND kennzeichen = ?")
                        .params(stadt.mandant(), kennzeichen)
                        .query(UUID.class)
                        .single());
    }

    /** Six Akten on the fifth and fourth level, one of them zdA, one an Entwurf; Thomas keeps the plan and sees none of them. */
    private Lage lage() {
        var stadt = stadt();
        var thomas = als(stadt.mandant(), () -> {
            planimport.lies(Protokoll.PROGRAMM, new StringReader("""
                    kennzeichen;titel;aufbewahrungsfrist_jahre;aussonderungsart
                    66.20.03.10;Gerüste;;
                    66.20.03.10.1;Gerüste, kleine;;
                    66.20.03.10.2;Gerüste, große;30;
                    66.20.05.20;Plakate;5;
                    """));
            var wer = person(stadt.mandant(), "thomas.brandt", "Thomas", "Brandt", stadt.ordnung());
            personen.gib(Protokoll.PROGRAMM, wer.person(), Rolle.ADMINISTRATION);
            berechtigungen.gebeFrei(
                    Subjekt.PERSON, stadt.petra().person(), Ziel.PLAN, position(stadt, "66.20.03.10"), Recht.LESEN);
            return wer;
        });
        var alte = new LinkedHashMap<UUID, String>();
        als(stadt.mandant(), () -> {
            for (var wo : List.of("10.1", "10.1", "10.1", "10.2", "10.2")) {
                var akte = akten.legeAn(
                        stadt.anja(),
                        Kennung.neu(),
                        position(stadt, "66.20.03." + wo),
                        stadt.tiefbau(),
                        "Kranichgerüst");
                vorgaenge.eroeffne(stadt.anja(), Kennung.neu(), akte.id(), "Kranichvorgang");
                alte.put(akte.id(), akte.aktenzeichen());
            }
            var plakat = akten.legeAn(
                    stadt.anja(), Kennung.neu(), position(stadt, "66.20.05.20"), stadt.tiefbau(), "Kranichplakat");
            abschluss.schliesseAkte(stadt.anja(), plakat.id());
            alte.put(plakat.id(), plakat.aktenzeichen());
            akten.legeAn(
                    stadt.anja(),
                    Kennung.neu(),
                    new Akten.Neu(position(stadt, "66.20.03.10.2"), stadt.tiefbau(), "Kranichentwurf", null, true));
        });
        return new Lage(
                stadt,
                thomas,
                angemeldet(stadt.mandant(), "anja.mueller"),
                angemeldet(stadt.mandant(), "thomas.brandt"),
                alte);
    }

    private static Browser.Seite ladeHoch(Browser wer, String csv) {
        return wer.ladeHoch(SEITE, SEITE + "?name=K%C3%BCrzung", "liste.csv", csv.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> offenePositionen(Stadt stadt) {
        return als(
                stadt.mandant(),
                () -> plan.baum().stream().map(k -> k.kennzeichen()).toList());
    }

    private String zeichen(Stadt stadt, UUID akte) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT aktenzeichen FROM akte WHERE mandant_id = ? AND id = ?")
                        .params(stadt.mandant(), akte)
                        .query(String.class)
                        .single());
    }

    private Sammelauskunft.Lauf wartet(Stadt stadt, UUID id, String stand) {
        return await().atMost(GEDULD)
                .until(
                        () -> als(stadt.mandant(), () -> auskunft.amtlicher(id).orElseThrow()),
                        l -> l.stand().equals(stand));
    }

    @Test
    void jede_falsche_zeile_ist_genannt_und_nichts_uebernommen() {
        var lage = lage();
        var antwort = ladeHoch(lage.verwalter, """
                neu;alt
                66.20.03;66.20.99
                66.20.05.20;66.20.03.10.1
                66.20.05;66.20.03.10.1
                66.20.03.10;66.20.03.10.2
                66.20.05;66.20.05.20
                66.20.03;66.20.03
                66.20;66.20.03.10
                66.20.05;
                """);
        assertThat(antwort.status()).isEqualTo(422);
        assertThat(antwort.text())
                .contains("Zeile 2: Die Position „66.20.99“ gibt es")
                .contains("Zeile 3: 66.20.05.20 ist selbst eine alte Position (Zeile 6)")
                .contains("Zeile 4: 66.20.03.10.1 steht schon in Zeile 3")
                .contains("Zeile 5: 66.20.03.10 ist selbst eine alte Position (Zeile 8)")
                .contains("Zeile 7: 66.20.03 ginge in sich selbst auf")
                .contains("Zeile 8: Unter 66.20 stehen noch feinere Positionen, die bleiben (66.20.05)")
                .contains("Zeile 9: Es fehlt die alte Position")
                .doesNotContain("Zeile 6: ");
        // What ends takes nothing along that nobody has named; what has ended takes nothing in.
        assertThat(ladeHoch(lage.verwalter, "alt;neu\n66.20.03.10;66.20.05.20\n")
                        .text())
                .contains("darunter stehen Positionen, die nicht in der Liste sind (66.20.03.10.1, 66.20.03.10.2)");
        als(
                lage.stadt.mandant(),
                () -> jdbc.sql(
                                "UPDATE planknoten SET gueltig_bis = now() + interval '1 microsecond' WHERE kennzeichen = '66.20.05.20'")
                        .update());
        assertThat(ladeHoch(lage.verwalter, "alt;neu\n66.20.03.10.1;66.20.05.20\n")
                        .text())
                .contains("66.20.05.20 ist beendet");
        assertThat(ladeHoch(lage.verwalter, "alt,neu\n1,2\n").status()).isEqualTo(422);
        assertThat(als(
                        lage.stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM umstellung")
                                .query(Long.class)
                                .single()))
                .isZero();
        assertThat(lage.anja.hole(SEITE).status()).isEqualTo(403);
    }

    @Test
    void fuenf_ebenen_werden_drei_unter_den_alten_aktenzeichen_findet_man_alles_und_es_geht_zurueck() {
        var lage = lage();
        var stadt = lage.stadt;
        var tabelle = lage.verwalter
                .hole("/verwaltung/aktenplan/nutzung/kuerzung.csv?ebenen=3")
                .text();
        var seite = ladeHoch(lage.verwalter, tabelle).ziel();
        var id = UUID.fromString(seite.substring(SEITE.length() + 1));
        var vorschau = lage.verwalter.hole(seite).text();
        assertThat(vorschau)
                .contains("7 Akten gingen", "davon 1 zu den Akten")
                .contains("66.20.03-0001/", "66.20.03-0004/", "66.20.05-0001/")
                .contains("Petra Lüders: nichts statt lesen")
                .contains("10 Jahre ab Ende des zdA-Jahres, dann Vernichtung statt 30 Jahre")
                .doesNotContain("Kranich", "66.20.03.10.1-0001");
        for (var fremder : List.of(angemeldet(stadt.mandant(), "petra.lueders"), lage.anja)) {
            assertThat(fremder.hole(seite).status()).isEqualTo(403);
        }
        var gesehen = vorschau.replaceAll("(?s).*name=\"gesehen\" value=\"([^\"]+)\".*", "$1");
        var geheim = lage.verwalter.hole(seite).geheim();
        var morgen = LocalDate.now(Anzeige.ZONE).plusDays(1);
        var beschluss = seite + "/beschluss";
        assertThat(lage.verwalter
                        .sende(beschluss, geheim, "tag", "" + morgen, "gesehen", gesehen)
                        .status())
                .isEqualTo(422);
        assertThat(lage.verwalter
                        .sende(beschluss, geheim, "tag", "" + morgen, "gesehen", "anders", "zugriffe", "true")
                        .status())
                .isEqualTo(409);
        for (var tag : List.of(morgen, morgen.plusDays(1))) {
            assertThat(lage.verwalter
                            .sende(beschluss, geheim, "tag", "" + tag, "gesehen", gesehen, "zugriffe", "true")
                            .ziel())
                    .isEqualTo(seite);
        }
        Mandantenkontext.als(stadt.mandant(), wache::beginneFaellige);
        assertThat(lage.verwalter.hole(seite).text()).contains(">geplant<", Anzeige.datum(morgen.plusDays(1)));
        assertThat(offenePositionen(stadt)).contains("66.20.03.10.1");

        // The day has come.
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE umstellung SET tag = heute()").update());
        Mandantenkontext.als(stadt.mandant(), wache::beginneFaellige);
        Mandantenkontext.als(stadt.mandant(), wache::beginneFaellige);
        assertThat(offenePositionen(stadt)).containsExactly("66", "66.20", "66.20.03", "66.20.05");
        assertThat(wartet(stadt, id, "fertig").anzahlen()).isEqualTo(Map.of("erledigt", 7L));
        assertThat(lage.verwalter.hole(seite).text())
                .contains("in Kraft", "7 von 7")
                .doesNotContain("Kranich");
        assertThat(lage.verwalter.hole("/sammellaeufe").text()).doesNotContain(id.toString());
        assertThat(lage.verwalter.hole("/sammellaeufe/" + id).status()).isEqualTo(404);
        var neue = new ArrayList<String>();
        lage.alte.forEach((akte, alt) -> {
            neue.add(zeichen(stadt, akte));
            assertThat(lage.anja.hole("/suche?q=" + alt).ziel()).isEqualTo("/akten/" + akte);
            if (alt.startsWith("66.20.03")) {
                assertThat(lage.anja.hole("/suche?q=" + alt + "-01").ziel()).startsWith("/vorgaenge/");
            }
        });
        var jahr = "/" + LocalDate.now(Anzeige.ZONE).getYear();
        assertThat(neue)
                .containsExactly(
                        "66.20.03-0001" + jahr,
                        "66.20.03-0002" + jahr,
                        "66.20.03-0003" + jahr,
                        "66.20.03-0004" + jahr,
                        "66.20.03-0005" + jahr,
                        "66.20.05-0001" + jahr);
        assertThat(lage.anja.hole("/akten/" + lage.akte(0) + "/protokoll").text())
                .contains("Umstellung des Aktenplans „Kürzung“");
        assertThat(lage.anja.hole("/akten/" + lage.akte(5)).text()).contains("zu den Akten");
        assertThat(angemeldet(stadt.mandant(), "petra.lueders")
                        .hole("/akten/" + lage.akte(0))
                        .status())
                .isEqualTo(404);

        // Back: what somebody has moved on since stays, everything else is under its old position, and called by
        // neither of its numbers.
        als(
                stadt.mandant(),
                () -> umprotokollierung.protokolliereUm(
                        stadt.anja(), lage.akte(2), position(stadt, "66.20.05"), stadt.tiefbau(), "doch Werbung"));
        lage.verwalter.sendeVon(seite, seite + "/ruecknahme");
        assertThat(wartet(stadt, id, "zurueckgenommen").anzahlen())
                .isEqualTo(Map.of("zurueckgenommen", 6L, "geblieben", 1L));
        assertThat(lage.verwalter.hole(seite).text()).contains("zurückgenommen", "1 Akte: Steht inzwischen");
        assertThat(offenePositionen(stadt)).contains("66.20.03.10.1", "66.20.03.10.2", "66.20.05.20");
        assertThat(zeichen(stadt, lage.akte(0))).startsWith("66.20.03.10.1-").isNotEqualTo(lage.alte.get(lage.akte(0)));
        assertThat(zeichen(stadt, lage.akte(2))).startsWith("66.20.05-");
        assertThat(lage.anja.hole("/suche?q=" + neue.getFirst()).ziel()).isEqualTo("/akten/" + lage.akte(0));
        als(stadt.mandant(), () -> {
            assertThat(jdbc.sql("""
                    SELECT count(*) - count(DISTINCT z) FROM (SELECT aktenzeichen AS z FROM akte
                        UNION ALL SELECT zeichen FROM frueheres_aktenzeichen WHERE art = 'vergeben' AND akte_id IS NOT NULL) a""").query(Long.class).single()).isZero();
        });
    }

    @Test
    void vor_dem_tag_zurueckgezogen_ist_nichts_geschehen_und_was_am_tag_nicht_passt_aendert_nichts() {
        var lage = lage();
        var stadt = lage.stadt;
        var tabelle = "alt;neu\n66.20.05.20;66.20.05\n";
        var erste = ladeHoch(lage.verwalter, tabelle).ziel();
        var zweite = ladeHoch(lage.verwalter, tabelle).ziel();
        beschliesse(lage, erste, "tag", "" + LocalDate.now(Anzeige.ZONE).plusDays(3));
        // One position cannot go two ways.
        var einwand = lage.verwalter.sendeVon(
                zweite, zweite + "/beschluss", "gesehen", gesehen(lage, zweite), "jetzt", "true");
        assertThat(einwand.status()).isEqualTo(409);
        lage.verwalter.sendeVon(erste, erste + "/rueckzug");
        assertThat(lage.verwalter.hole(erste).text()).contains("zurückgezogen", "66.20.05.20 Plakate");
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE umstellung SET tag = heute() WHERE stand = 'verworfen'")
                        .update());
        Mandantenkontext.als(stadt.mandant(), wache::beginneFaellige);
        assertThat(offenePositionen(stadt)).contains("66.20.05.20");

        // Planned, and then somebody gives the target a finer position: on the day it is said, and all is as before.
        beschliesse(lage, zweite, "tag", "" + LocalDate.now(Anzeige.ZONE).plusDays(3));
        als(stadt.mandant(), () -> {
            planimport.lies(Protokoll.PROGRAMM, new StringReader("kennzeichen;titel\n66.20.05.30;Fahnen\n"));
            jdbc.sql("UPDATE umstellung SET tag = heute() WHERE stand = 'geplant'")
                    .update();
        });
        Mandantenkontext.als(stadt.mandant(), wache::beginneFaellige);
        assertThat(lage.verwalter.hole(zweite).text()).contains("gescheitert", "die bleiben (66.20.05.30)");
        assertThat(offenePositionen(stadt)).contains("66.20.05.20");
        assertThat(zeichen(stadt, lage.akte(5))).isEqualTo(lage.alte.get(lage.akte(5)));

        // Mended, and done at once; an Akte that was being made at that very moment comes along as well.
        als(
                stadt.mandant(),
                () -> jdbc.sql(
                                "UPDATE planknoten SET gueltig_bis = now() + interval '1 microsecond' WHERE kennzeichen = '66.20.05.30'")
                        .update());
        var id = UUID.fromString(zweite.substring(SEITE.length() + 1));
        als(stadt.mandant(), () -> {
            umstellungen.beschliesse(
                    lage.thomas,
                    id,
                    LocalDate.now(Anzeige.ZONE),
                    umstellungen
                            .vorschau(umstellungen.umstellung(id), LocalDate.now(Anzeige.ZONE))
                            .gesehen(),
                    true);
            umstellungslauf.beginne(id);
            jdbc.sql("UPDATE akte SET planknoten_id = ? WHERE id = ?")
                    .params(position(stadt, "66.20.05.20"), lage.akte(0))
                    .update();
        });
        assertThat(wartet(stadt, id, "fertig").anzahlen()).isEqualTo(Map.of("erledigt", 2L));
        assertThat(zeichen(stadt, lage.akte(0))).startsWith("66.20.05-0002/");
    }

    private String gesehen(Lage lage, String seite) {
        return lage.verwalter.hole(seite).text().replaceAll("(?s).*name=\"gesehen\" value=\"([^\"]+)\".*", "$1");
    }

    private void beschliesse(Lage lage, String seite, String... felder) {
        var alle = new ArrayList<>(List.of("gesehen", gesehen(lage, seite)));
        alle.addAll(List.of(felder));
        assertThat(lage.verwalter
                        .sendeVon(seite, seite + "/beschluss", alle.toArray(String[]::new))
                        .ziel())
                .isEqualTo(seite);
    }
}
