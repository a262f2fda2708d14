package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.akte.Vorgaenge.Vorgang;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.geschaeftsgang.Laufwegvorlagen.Angaben;
import de.federwerk.geschaeftsgang.Laufwegvorlagen.Station;
import de.federwerk.geschaeftsgang.Vorlagenempfaenger.Art;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class LaufwegvorlagenTest extends Teststadt {

    private static final Pattern EINGABE = Pattern.compile("<input(?=[^>]* name=\"([^\"]+)\")([^>]*)>");
    private static final Pattern WAHL = Pattern.compile("<select[^>]* name=\"([^\"]+)\"[^>]*>(.*?)</select>");
    private static final Pattern GEWAEHLT = Pattern.compile("value=\"([^\"]*)\" selected");
    private static final Pattern WERT = Pattern.compile(" value=\"([^\"]*)\"");

    @Autowired
    Laufwegvorlagen vorlagen;

    @Autowired
    Vorlagenziele ziele;

    /** The town with an administrator, a head of tiefbau and a unit below it that nobody leads. */
    private record Amt(Stadt stadt, Anmeldung thomas, Anmeldung karin, UUID unten) {

        UUID mandant() {
            return stadt.mandant();
        }
    }

    private Amt amt() {
        var stadt = stadt();
        return als(stadt.mandant(), () -> {
            var thomas = person(stadt.mandant(), "thomas.brandt", "Thomas", "Brandt", stadt.ordnung());
            personen.gib(Protokoll.PROGRAMM, thomas.person(), Rolle.ADMINISTRATION);
            var karin = person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens", stadt.tiefbau());
            einheiten.besetze(Protokoll.PROGRAMM, stadt.tiefbau(), "Leitung FD 66", true, karin.person());
            var unten = einheiten.richteEin(Protokoll.PROGRAMM, "SG 66.2", "Straßenverwaltung", stadt.tiefbau());
            return new Amt(stadt, thomas, karin, unten);
        });
    }

    private Vorgang vorgangUnten(Amt amt) {
        return als(amt.mandant(), () -> {
            var akte = akten.legeAn(
                    amt.stadt.anja(), Kennung.neu(), position("66.20.03"), amt.unten, "Baugerüst Lindenstraße");
            return vorgaenge.eroeffne(amt.stadt.anja(), Kennung.neu(), akte.id(), "Baugerüst");
        });
    }

    private UUID position(String kennzeichen) {
        return plan.gemeint(kennzeichen, true).orElseThrow().id();
    }

    private static Station station(int block, Stationsart art, Art an) {
        return Station.schlicht(block, art, Vorlagenempfaenger.aus(an));
    }

    private static Angaben angaben(@Nullable UUID position, String titel, Station... stationen) {
        return new Angaben(position, titel, false, List.of(stationen));
    }

    private UUID vorlage(Amt amt, @Nullable String kennzeichen, String titel, Station... stationen) {
        var id = Kennung.neu();
        als(
                amt.mandant(),
                () -> vorlagen.legeAn(
                        amt.thomas, id, angaben(kennzeichen == null ? null : position(kennzeichen), titel, stationen)));
        return id;
    }

    private List<String> titelFuer(Amt amt, String kennzeichen) {
        return als(
                amt.mandant(),
                () -> vorlagen.fuer(position(kennzeichen)).stream()
                        .map(Laufwegvorlagen.Vorlage::titel)
                        .toList());
    }

    @Test
    void eine_vorlage_gilt_an_ihrer_position_und_darunter_die_naechste_zuerst() {
        var amt = amt();
        var kenntnis = station(1, Stationsart.KENNTNIS, Art.FEDERFUEHRUNG);
        vorlage(amt, null, "Überall", kenntnis);
        var oben = vorlage(amt, "66", "Tiefbau", kenntnis);
        vorlage(amt, "66.20.05", "Werbung", kenntnis);
        vorlage(amt, "66.20", "Straßen", kenntnis);

        assertThat(titelFuer(amt, "66.20.03")).containsExactly("Straßen", "Tiefbau", "Überall");
        assertThat(titelFuer(amt, "66.20.05")).containsExactly("Werbung", "Straßen", "Tiefbau", "Überall");
        assertThat(titelFuer(amt, "66")).containsExactly("Tiefbau", "Überall");

        als(amt.mandant(), () -> vorlagen.beende(amt.thomas, oben));
        als(amt.mandant(), () -> vorlagen.beende(amt.thomas, oben));
        assertThat(titelFuer(amt, "66.20.03")).containsExactly("Straßen", "Überall");
        assertThat(als(
                        amt.mandant(),
                        () -> jdbc.sql(
                                        "SELECT handlung FROM protokoll WHERE mandant_id = ? AND objekt_id = ? ORDER BY zeit")
                                .params(amt.mandant(), oben)
                                .query(String.class)
                                .list()))
                .containsExactly("laufwegvorlage.angelegt", "laufwegvorlage.beendet");
    }

    @Test
    void wer_gemeint_ist_folgt_aus_dem_vorgang_und_wo_niemand_ist_steht_warum() {
        var amt = amt();
        var oben = vorgang(amt.stadt, "Werbeanlage");
        var unten = vorgangUnten(amt);
        var stationen = Stream.of(Art.BEARBEITER, Art.LEITUNG, Art.NAECHSTE_LEITUNG, Art.FEDERFUEHRUNG, Art.ABSENDER)
                .map(art -> station(art.ordinal(), Stationsart.KENNTNIS, art))
                .toList();

        assertThat(ziele(amt, amt.karin, oben.id(), stationen))
                .containsExactly(
                        "Anja Müller",
                        "Karin Ahrens",
                        "Über der Einheit FD 66 hat keine Einheit eine Leitung.",
                        "FD 66 Tiefbau",
                        "Karin Ahrens");
        assertThat(ziele(amt, amt.stadt.anja(), unten.id(), stationen))
                .containsExactly(
                        "Anja Müller",
                        "Die Einheit SG 66.2 hat keine Leitung.",
                        "Karin Ahrens",
                        "Die Einheit SG 66.2 hat zurzeit niemanden.",
                        "Anja Müller");
        als(
                amt.mandant(),
                () -> jdbc.sql("UPDATE person SET gueltig_bis = now() WHERE mandant_id = ? AND id = ?")
                        .params(amt.mandant(), amt.karin.person())
                        .update());
        assertThat(ziele(
                        amt,
                        amt.stadt.anja(),
                        oben.id(),
                        List.of(
                                stationen.get(1),
                                Station.schlicht(
                                        2,
                                        Stationsart.KENNTNIS,
                                        Vorlagenempfaenger.an(new Empfaenger("person", amt.karin.person()))))))
                .containsExactly("Die Einheit FD 66 hat keine Leitung.", "„Karin Ahrens“ gibt es nicht mehr.");
        assertThatThrownBy(() -> ziele(amt, amt.stadt.petra(), oben.id(), stationen))
                .isInstanceOf(NichtGefunden.class);
    }

    private List<String> ziele(Amt amt, Anmeldung wer, UUID vorgang, List<Station> stationen) {
        return als(
                amt.mandant(),
                () -> ziele.ziele(wer, vorgang, stationen).stream()
                        .map(z -> z.an() == null ? z.grund() : z.name())
                        .toList());
    }

    @Test
    void was_nie_ans_ende_kaeme_wird_nicht_gespeichert() {
        var amt = amt();
        assertThatThrownBy(() -> vorlage(amt, null, " "))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContainingAll("einen Namen", "1 bis 100 Stationen");
        assertThatThrownBy(() -> vorlage(
                        amt,
                        null,
                        "Zu früh",
                        station(1, Stationsart.ZDA, Art.BEARBEITER),
                        station(2, Stationsart.WIEDERVORLAGE, Art.BEARBEITER),
                        station(3, Stationsart.MITZEICHNUNG, Art.BEARBEITER).mitPaar(3)))
                .hasMessageContainingAll(
                        "Station 1 legt den Vorgang zu den Akten",
                        "Station 2 (Wiedervorlage): Bitte schreiben Sie, nach wie vielen",
                        "Station 3 (Mitzeichnung): Das Vier-Augen-Prinzip");
        assertThat(als(amt.mandant(), () -> vorlagen.alle())).isEmpty();
    }

    @Test
    void von_zwei_die_gleichzeitig_aendern_erfaehrt_es_der_zweite() throws Exception {
        var amt = amt();
        var kenntnis = station(1, Stationsart.KENNTNIS, Art.BEARBEITER);
        var id = vorlage(amt, null, "Kenntnis", kenntnis);
        var titel = List.of("Eine", "Andere");
        List<String> antworten;
        try (var zwei = Executors.newFixedThreadPool(2)) {
            antworten = zwei
                    .invokeAll(titel.stream()
                            .map(t -> (Callable<String>) () -> aendere(amt, id, 1, t, kenntnis))
                            .toList())
                    .stream()
                    .map(f -> f.resultNow())
                    .toList();
        }
        assertThat(antworten).containsOnlyOnce("");
        assertThat(antworten)
                .anySatisfy(a -> assertThat(a)
                        .contains("wurde inzwischen geändert: von Thomas Brandt am", "Ihre Änderung wurde nicht"));
        var jetzt = als(amt.mandant(), () -> vorlagen.vorlage(id));
        assertThat(jetzt.titel()).isEqualTo(titel.get(antworten.indexOf("")));
        assertThat(jetzt.fassung()).isEqualTo(2);
        // The same once more is no change by somebody else.
        assertThat(aendere(amt, id, 1, jetzt.titel(), kenntnis)).isEmpty();
        assertThat(als(amt.mandant(), () -> vorlagen.vorlage(id)).fassung()).isEqualTo(2);
    }

    private String aendere(Amt amt, UUID id, int fassung, String titel, Station station) {
        try {
            Mandantenkontext.als(
                    amt.mandant(), () -> vorlagen.aendere(amt.thomas, id, fassung, angaben(null, titel, station)));
            return "";
        } catch (Abgelehnt e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void nur_die_administration_derselben_stadt_kommt_an_vorlagen() {
        var amt = amt();
        var fremd = amt();
        var vorgang = vorgang(amt.stadt, "Werbeanlage");
        var id = vorlage(fremd, null, "Geheimweg", station(1, Stationsart.KENNTNIS, Art.BEARBEITER));

        var thomas = angemeldet(amt.mandant(), "thomas.brandt");
        assertThat(thomas.hole("/verwaltung/laufwege").text())
                .doesNotContain("Geheimweg")
                .contains("Noch keine");
        assertThat(thomas.hole("/verwaltung/laufwege/" + id).status()).isEqualTo(404);
        for (var was : List.of("fassungen", "ende")) {
            var seite =
                    thomas.sendeVon("/verwaltung/laufwege/neu", "/verwaltung/laufwege/" + id + "/" + was, "tun", "x");
            assertThat(seite.status()).as(was).isEqualTo(404);
        }
        var anja = angemeldet(amt.mandant(), "anja.mueller");
        assertThat(anja.hole("/vorgaenge/" + vorgang.id() + "/laufwege/neu?vorlage=" + id)
                        .text())
                .contains("Diese Vorlage gibt es nicht mehr")
                .doesNotContain("Geheimweg");
        var petra = angemeldet(fremd.mandant(), "petra.lueders");
        for (var pfad : List.of("", "/neu", "/" + id)) {
            assertThat(petra.hole("/verwaltung/laufwege" + pfad).status())
                    .as(pfad)
                    .isEqualTo(403);
        }
        for (var pfad : List.of("", "/" + id + "/fassungen", "/" + id + "/ende")) {
            var seite = petra.sendeVon(
                    "/postkorb", "/verwaltung/laufwege" + pfad, "tun", "speichern", "titel", "Meine", "zeilen", "0");
            assertThat(seite.status()).as(pfad).isEqualTo(403);
        }
        assertThat(als(fremd.mandant(), () -> vorlagen.alle()))
                .extracting(Laufwegvorlagen.Vorlage::titel)
                .containsExactly("Geheimweg");
    }

    @Test
    void eine_vorlage_wird_gelegt_angesehen_eingesetzt_und_begonnen() {
        var amt = amt();
        var vorgang = vorgangUnten(amt);
        var thomas = angemeldet(amt.mandant(), "thomas.brandt");
        als(
                amt.mandant(),
                () -> berechtigungen.gebeFrei(
                        Subjekt.PERSON, amt.thomas.person(), Ziel.EINHEIT, amt.stadt.tiefbau(), Recht.BEARBEITEN));
        var felder = felder(thomas.hole("/verwaltung/laufwege/neu"));
        setze(felder, "titel", "Bescheid mit Mitzeichnung", "position", "66.20", "vorgang", vorgang.aktenzeichen());
        setze(felder, "art-1", "schlusszeichnung", "regel-1", "leitung", "vierAugen-1", "2");
        setze(felder, "art-2", "stellungnahme", "an-2", "FD 32", "tage-2", "5", "auftrag-2", "Zum Gehweg");
        setze(felder, "art-3", "mitzeichnung", "regel-3", "bearbeiter", "lage-3", "gleichzeitig");

        // Up with the first one, down to the end: its pair goes with it.
        var bewegt = thomas.sendeVon("/postkorb", "/verwaltung/laufwege", mit(felder, "tun", "runter-1"));
        bewegt = thomas.sendeVon("/postkorb", "/verwaltung/laufwege", mit(felder(bewegt), "tun", "runter-2"));
        felder = felder(bewegt);
        assertThat(felder).containsSequence("art-3", "schlusszeichnung").containsSequence("vierAugen-3", "1");
        setze(felder, "lage-2", "gleichzeitig", "lage-3", "danach");

        var blick = thomas.sendeVon("/postkorb", "/verwaltung/laufwege", mit(felder, "tun", "pruefen"));
        assertThat(blick.text()).contains("Station 3 (Schlusszeichnung): Die Einheit SG 66.2 hat keine Leitung.");
        setze(felder, "regel-3", "naechste_leitung");
        blick = thomas.sendeVon("/postkorb", "/verwaltung/laufwege", mit(felder, "tun", "pruefen"));
        assertThat(blick.text())
                .contains("1. Zur Stellungnahme: FD 32 Ordnung")
                .contains("heute bekäme es Karin Ahrens")
                .doesNotContain("So käme der Laufweg nicht ans Ende");
        var gespeichert = thomas.sendeVon("/postkorb", "/verwaltung/laufwege", mit(felder, "tun", "speichern"));
        assertThat(gespeichert.ziel()).as(gespeichert.text()).isEqualTo("/verwaltung/laufwege");
        // Sent twice, made once.
        thomas.sendeVon("/postkorb", "/verwaltung/laufwege", mit(felder, "tun", "speichern"));
        assertThat(thomas.hole("/verwaltung/laufwege").text())
                .containsOnlyOnce("Bescheid mit Mitzeichnung")
                .contains("66.20 Straßenverwaltung");

        var vorlage = als(amt.mandant(), () -> vorlagen.alle().getFirst());
        // Opened and kept as it is, it is the same.
        var unveraendert = felder(thomas.hole("/verwaltung/laufwege/" + vorlage.id()));
        assertThat(thomas.sendeVon(
                                "/postkorb",
                                "/verwaltung/laufwege/" + vorlage.id() + "/fassungen",
                                mit(unveraendert, "tun", "speichern"))
                        .ziel())
                .isEqualTo("/verwaltung/laufwege");
        assertThat(als(amt.mandant(), () -> vorlagen.vorlage(vorlage.id()))).isEqualTo(vorlage);

        var anja = angemeldet(amt.mandant(), "anja.mueller");
        var pfad = "/vorgaenge/" + vorgang.id() + "/laufwege";
        assertThat(anja.hole(pfad + "/neu").text()).contains("Bescheid mit Mitzeichnung (66.20 Straßenverwaltung)");
        var eingesetzt = felder(anja.hole(pfad + "/neu?vorlage=" + vorlage.id()));
        assertThat(eingesetzt)
                .containsSequence("an-1", "FD 32 Ordnung")
                .containsSequence("an-2", "Anja Müller")
                .containsSequence("an-3", "Karin Ahrens");
        // Without JavaScript the hidden id stays when another name is typed.
        setze(eingesetzt, "an-1", "petra.lueders");
        assertThat(anja.sendeVon("/postkorb", pfad, mit(eingesetzt, "tun", "beginnen"))
                        .ziel())
                .startsWith("/vorgaenge/" + vorgang.id());
        assertThat(als(
                        amt.mandant(),
                        () -> jdbc.sql("""
                                SELECT block || '/' || zweig || ' ' || s.art || ' ' || p.nachname || ' ' || (s.vier_augen_mit IS NOT NULL) FROM station s
                                  JOIN person p ON p.mandant_id = s.mandant_id AND p.id = s.empfaenger_id
                                 WHERE s.mandant_id = ? AND s.vorgang_id = ? AND block > 0 ORDER BY block, zweig""")
                                .params(amt.mandant(), vorgang.id())
                                .query(String.class)
                                .list()))
                .containsExactly(
                        "1/1 stellungnahme Lüders false",
                        "1/2 mitzeichnung Müller false",
                        "2/1 schlusszeichnung Ahrens true");
    }

    @Test
    void eine_aktenart_bietet_ihre_vorlagen_zuerst_an_und_setzt_die_erste_ein() {
        var amt = amt();
        var vorgang = vorgangUnten(amt);
        vorlage(amt, null, "Überall", station(1, Stationsart.KENNTNIS, Art.BEARBEITER));
        // Kept at another position: the Aktenart offers it nevertheless.
        var werbung = vorlage(amt, "66.20.05", "Werberat", station(1, Stationsart.STELLUNGNAHME, Art.BEARBEITER));
        var art = Kennung.neu();
        als(amt.mandant(), () -> {
            jdbc.sql("INSERT INTO aktenart (mandant_id, id, name) VALUES (?, ?, 'Gerüst')")
                    .params(amt.mandant(), art)
                    .update();
            jdbc.sql("UPDATE akte SET aktenart_id = ? WHERE mandant_id = ? AND id = ?")
                    .params(art, amt.mandant(), vorgang.akteId())
                    .update();
        });
        var thomas = angemeldet(amt.mandant(), "thomas.brandt");
        var verwaltung = "/verwaltung/aktenarten/" + art;
        assertThat(thomas.hole(verwaltung).text()).contains("Werberat (66.20.05 Werbeanlagen)");
        assertThat(thomas.sendeVon(verwaltung, verwaltung + "/laufwege", "vorlage", werbung.toString(), "vorlage", "")
                        .ziel())
                .isEqualTo(verwaltung + "#laufwege");
        assertThat(thomas.hole(verwaltung).text()).contains("value=\"" + werbung + "\" selected");

        var anja = angemeldet(amt.mandant(), "anja.mueller");
        var pfad = "/vorgaenge/" + vorgang.id() + "/laufwege/neu";
        var gleich = anja.hole(pfad);
        assertThat(gleich.text()).contains("Für diese Aktenart", "value=\"" + werbung + "\" selected");
        assertThat(felder(gleich)).containsSequence("art-1", "stellungnahme");
        assertThat(felder(anja.hole(pfad + "?vorlage="))).doesNotContain("stellungnahme");
        als(amt.mandant(), () -> vorlagen.beende(amt.thomas, werbung));
        assertThat(anja.hole(pfad).text()).doesNotContain("Werberat");
        assertThat(thomas.sendeVon(verwaltung, verwaltung + "/laufwege", "vorlage", werbung.toString())
                        .status())
                .isEqualTo(422);
    }

    @Test
    void wo_die_vorlage_niemanden_findet_wird_nicht_stillschweigend_weggelassen() {
        var amt = amt();
        var vorgang = vorgangUnten(amt);
        var id = vorlage(
                amt,
                "66.20",
                "Mit Leitung",
                station(1, Stationsart.KENNTNIS, Art.ABSENDER),
                station(2, Stationsart.SCHLUSSZEICHNUNG, Art.LEITUNG));
        var anja = angemeldet(amt.mandant(), "anja.mueller");
        var pfad = "/vorgaenge/" + vorgang.id() + "/laufwege";
        var seite = anja.hole(pfad + "/neu?vorlage=" + id);
        assertThat(seite.text()).contains("Station 2 (Schlusszeichnung): Die Einheit SG 66.2 hat keine Leitung.");
        var felder = felder(seite);
        var abgelehnt = anja.sendeVon("/postkorb", pfad, mit(felder, "tun", "beginnen"));
        assertThat(abgelehnt.status()).isEqualTo(422);
        assertThat(abgelehnt.text()).contains("Zeile 2: Bitte wählen Sie, an wen diese Station geht");
        var ohne = felder(anja.sendeVon("/postkorb", pfad, mit(felder, "tun", "weg-2")));
        assertThat(anja.sendeVon("/postkorb", pfad, mit(ohne, "tun", "beginnen"))
                        .ziel())
                .startsWith("/vorgaenge/");
    }

    /** The fields of the POST form that has lines, in pairs of name and value, as a browser would send them. */
    private static List<String> felder(Browser.Seite seite) {
        var text = seite.text();
        var formular = text.substring(text.indexOf("data-entwurf=\"laufweg"));
        formular = formular.substring(0, formular.indexOf("</form>"));
        var felder = new ArrayList<String>();
        EINGABE.matcher(formular).results().forEach(e -> {
            if (!e.group(1).equals("_csrf")
                    && (!e.group(2).contains("checkbox") || e.group(2).contains(" checked"))) {
                var wert = WERT.matcher(e.group(2));
                felder.add(e.group(1));
                felder.add(wert.find() ? wert.group(1) : "");
            }
        });
        WAHL.matcher(formular).results().forEach(w -> {
            var gewaehlt = GEWAEHLT.matcher(w.group(2));
            felder.add(w.group(1));
            felder.add(gewaehlt.find() ? gewaehlt.group(1) : "");
        });
        return felder;
    }

    private static void setze(List<String> felder, String... paare) {
        for (int i = 0; i < paare.length; i += 2) {
            int stelle = -1;
            for (int j = 0; j < felder.size(); j += 2) {
                if (felder.get(j).equals(paare[i])) {
                    stelle = j;
                }
            }
            if (stelle < 0) {
                felder.addAll(Arrays.asList(paare[i], paare[i + 1]));
            } else {
                felder.set(stelle + 1, paare[i + 1]);
            }
        }
    }

    private static String[] mit(List<String> felder, String... weitere) {
        return Stream.concat(felder.stream(), Stream.of(weitere)).toArray(String[]::new);
    }
}
