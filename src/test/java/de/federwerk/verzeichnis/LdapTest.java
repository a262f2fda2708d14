package de.federwerk.verzeichnis;

import static de.federwerk.verzeichnis.Testverzeichnis.gruppe;
import static de.federwerk.verzeichnis.Testverzeichnis.passwort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Browser;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import org.junit.jupiter.api.Test;

/** People of an LDAP directory: they come, change, leave, and sign in with the password that only it knows. */
class LdapTest extends Verzeichnistest {

    @Test
    void wer_ins_verzeichnis_kommt_kommt_herein_und_rollen_und_stellen_folgen_seinen_gruppen() throws Exception {
        var stadt = verwalteteStadt();
        ordneZu(stadt, gruppe("Technik"), Rolle.TECHNIK);
        ordneZu(stadt, "tiefbau", stadt.tiefbau(), "Bauleitung");
        try (var verzeichnis = new Testverzeichnis()) {
            verzeichnis
                    .person("karin.ahrens", "Karin", "Ahrens", "Technik", "Tiefbau")
                    .person("jan.orth", "Jan", "Orth")
                    .person("mit leerzeichen", "Nicht", "Passend");
            richteEin(stadt, verzeichnis.einstellungen());
            assertThat(gleicheAb(stadt, 0))
                    .isEqualTo("3 Personen gefunden: 2 neu, 0 geändert, 0 beendet, 1 nicht übernommen.");
            assertThat(zeile(stadt, "karin.ahrens")).isEqualTo("Karin Ahrens | FD 66 · Bauleitung | Technik | true");
            assertThat(stoerungen(stadt, Abgleichlauf.UNPASSEND))
                    .singleElement()
                    .asString()
                    .contains("Nicht Passend", "kein Anmeldename");
            assertThat(melde(stadt, "karin.ahrens", passwort("karin.ahrens"))).isEqualTo("/postkorb");
            assertThat(melde(stadt, "karin.ahrens", "falsch")).isEqualTo("/anmelden?fehler");
            assertThat(melde(stadt, "karin.ahrens", "")).as("leer, wäre anonym").isEqualTo("/anmelden?fehler");
            assertThat(gleicheAb(stadt, 0)).as("noch einmal").contains("0 neu, 0 geändert, 0 beendet");

            // By hand, so that the directory leaves it alone.
            als(
                    stadt.mandant(),
                    () -> personen.gib(Protokoll.PROGRAMM, person(stadt, "karin.ahrens"), Rolle.POSTEINGANG));
            verzeichnis.setze("karin.ahrens", "memberOf", gruppe("Tiefbau"));
            verzeichnis.setze("karin.ahrens", "sn", "Ahrens-Müller");
            verzeichnis.setze("jan.orth", "uid", "jan.orth", "j.orth");
            assertThat(gleicheAb(stadt, 0)).contains("0 neu, 1 geändert, 0 beendet");
            assertThat(zeile(stadt, "karin.ahrens"))
                    .isEqualTo("Karin Ahrens-Müller | FD 66 · Bauleitung | Zentraler Posteingang | true");
            verzeichnis.setze("karin.ahrens", "memberOf", gruppe("Technik"));
            gleicheAb(stadt, 0);
            assertThat(zeile(stadt, "karin.ahrens"))
                    .isEqualTo("Karin Ahrens-Müller | null | Technik, Zentraler Posteingang | true");
            verzeichnis.setze("karin.ahrens", "memberOf", gruppe("Tiefbau"));
            gleicheAb(stadt, 0);
            assertThat(als(
                            stadt.mandant(),
                            () -> jdbc.sql(
                                            "SELECT count(*) FROM stelle WHERE mandant_id = ? AND bezeichnung = 'Bauleitung'")
                                    .param(stadt.mandant())
                                    .query(Integer.class)
                                    .single()))
                    .as("dieselbe Stelle wieder, keine neue")
                    .isEqualTo(1);
        }
    }

    @Test
    void wer_geht_wird_beendet_und_abgemeldet_aber_nicht_geloescht_und_darf_wiederkommen() throws Exception {
        var stadt = verwalteteStadt();
        try (var verzeichnis = new Testverzeichnis()) {
            verzeichnis.person("karin.ahrens", "Karin", "Ahrens").person("jan.orth", "Jan", "Orth");
            richteEin(stadt, verzeichnis.einstellungen());
            gleicheAb(stadt, 0);
            var karin = angemeldet(stadt, "karin.ahrens", passwort("karin.ahrens"));
            verzeichnis.entferne("karin.ahrens");
            assertThat(gleicheAb(stadt, 0)).contains("0 neu, 0 geändert, 1 beendet");
            assertThat(karin.hole("/postkorb").ziel()).startsWith("/anmelden");
            assertThat(melde(stadt, "karin.ahrens", passwort("karin.ahrens"))).isEqualTo("/anmelden?fehler");
            verzeichnis.person("karin.ahrens", "Karin", "Ahrens");
            gleicheAb(stadt, 0);
            assertThat(melde(stadt, "karin.ahrens", passwort("karin.ahrens"))).isEqualTo("/postkorb");
            assertThat(taten(stadt, person(stadt, "karin.ahrens")))
                    .containsExactly(
                            "person.aufgenommen", "person.verknuepft", "person.beendet", "person.zurueckgekehrt");
            // Ended by hand: the directory does not bring somebody back whom the house has shut out.
            als(
                    stadt.mandant(),
                    () -> jdbc.sql(
                                    "UPDATE person SET gueltig_bis = now() WHERE mandant_id = ? AND anmeldename = 'jan.orth'")
                            .param(stadt.mandant())
                            .update());
            assertThat(gleicheAb(stadt, 0)).contains("0 neu, 0 geändert, 0 beendet");
            assertThat(zeile(stadt, "jan.orth")).endsWith("false");
        }
    }

    @Test
    void gehen_zu_viele_auf_einmal_geschieht_nichts_bis_jemand_sagt_dass_es_stimmt() throws Exception {
        var stadt = verwalteteStadt();
        try (var verzeichnis = new Testverzeichnis()) {
            for (int i = 0; i < 12; i++) verzeichnis.person("person" + i, "P", "Nummer " + i);
            richteEin(stadt, verzeichnis.einstellungen());
            gleicheAb(stadt, 0);
            for (int i = 0; i < 5; i++) verzeichnis.entferne("person" + i);
            assertThat(gleicheAb(stadt, 0)).as("fünf dürfen").contains("5 beendet");
            for (int i = 5; i < 11; i++) verzeichnis.entferne("person" + i);
            verzeichnis.person("neu", "Neue", "Person");
            assertThat(gleicheAb(stadt, 0)).contains("auf einmal 6").contains("nichts geändert");
            assertThat(zeile(stadt, "person7")).endsWith("true");
            assertThat(stoerungen(stadt, Abgleichlauf.BREMSE))
                    .singleElement()
                    .asString()
                    .contains("trotzdem");
            var anja = angemeldet(stadt.mandant(), "anja.mueller");
            assertThat(anja.hole("/verwaltung/verzeichnis").text()).contains("Trotzdem ausführen, für 6 Personen");
            verzeichnis.entferne("person11");
            assertThat(anja.sendeVon("/verwaltung/verzeichnis", "/verwaltung/verzeichnis/abgleiche", "bestaetigt", "6")
                            .text())
                    .as("inzwischen wären es sieben")
                    .contains("auf einmal 7");
            assertThat(gleicheAb(stadt, 7)).contains("1 neu, 0 geändert, 7 beendet");
            assertThat(stoerungen(stadt, Abgleichlauf.BREMSE)).isEmpty();
            // A filter that finds nobody means a mistake, however few they were.
            verzeichnis.entferne("neu");
            assertThat(gleicheAb(stadt, 0)).contains("nichts geändert");
            assertThat(zeile(stadt, "neu")).endsWith("true");
        }
    }

    @Test
    void die_letzte_administration_bleibt_und_behaelt_ihr_passwort_alle_anderen_nicht() throws Exception {
        var stadt = verwalteteStadt();
        ordneZu(stadt, gruppe("Verwaltung"), Rolle.TECHNIK);
        try (var verzeichnis = new Testverzeichnis()) {
            verzeichnis
                    .person("anja.mueller", "Anja", "Müller", "Verwaltung")
                    .person("petra.lueders", "Petra", "Lüders");
            richteEin(stadt, verzeichnis.einstellungen());
            assertThat(gleicheAb(stadt, 0)).contains("1 neu", "1 nicht übernommen");
            assertThat(melde(stadt, "anja.mueller", passwort("anja.mueller")))
                    .as("der Name allein öffnet die Verwaltung nicht")
                    .isEqualTo("/anmelden?fehler");
            assertThat(stoerungen(stadt, Abgleichlauf.UNPASSEND))
                    .singleElement()
                    .asString()
                    .contains("Anja Müller", "von Hand");
            assertThat(angemeldet(stadt, "petra.lueders", passwort("petra.lueders"))
                            .sendeVon(
                                    "/postkorb",
                                    "/verwaltung/verzeichnis/fragen/"
                                            + als(stadt.mandant(), fragen::offene)
                                                    .getFirst()
                                                    .id() + "/verknuepfung")
                            .status())
                    .isEqualTo(403);
            // What the last Abgleich did not see any more nobody is linked with.
            frageWarZuletzt(stadt, "now() - interval '3 days'");
            assertThat(als(stadt.mandant(), fragen::offene)).isEmpty();
            frageWarZuletzt(stadt, "now()");
            verknuepfeVonHand(stadt, angemeldet(stadt.mandant(), "anja.mueller"), "anja.mueller");
            assertThat(als(stadt.mandant(), fragen::offene)).isEmpty();
            assertThat(gleicheAb(stadt, 0)).contains("0 neu, 1 geändert, 0 beendet.");
            assertThat(melde(stadt, "petra.lueders", PASSWORT))
                    .as("gehört jetzt dem Verzeichnis")
                    .isEqualTo("/anmelden?fehler");
            assertThat(melde(stadt, "petra.lueders", passwort("petra.lueders"))).isEqualTo("/postkorb");
            assertThat(melde(stadt, "anja.mueller", passwort("anja.mueller"))).isEqualTo("/postkorb");
            var anja = angemeldet(stadt.mandant(), "anja.mueller");
            assertThat(anja.sendeVon(
                                    "/verwaltung/verzeichnis",
                                    "/verwaltung/personen/" + stadt.petra().person() + "/passwort")
                            .text())
                    .contains("verwaltet das Verzeichnis Ihres Hauses");
            assertThat(anja.sendeVon(
                                    "/verwaltung/verzeichnis",
                                    "/verwaltung/verzeichnis/personen/"
                                            + stadt.petra().person() + "/passwort",
                                    "bleibt",
                                    "true")
                            .status())
                    .as("nur für die Administration")
                    .isEqualTo(404);
            var petra = angemeldet(stadt, "petra.lueders", passwort("petra.lueders"));
            assertThat(petra.sendeVon(
                                    "/postkorb",
                                    "/passwort",
                                    "bisher",
                                    passwort("petra.lueders"),
                                    "neu",
                                    "ein anderes gutes Passwort",
                                    "wiederholt",
                                    "ein anderes gutes Passwort")
                            .text())
                    .contains("verwaltet das Verzeichnis Ihres Hauses");

            verzeichnis.entferne("anja.mueller");
            assertThat(gleicheAb(stadt, 0)).contains("0 beendet");
            assertThat(zeile(stadt, "anja.mueller")).endsWith("true");
            assertThat(stoerungen(stadt, Abgleichlauf.VERWALTER))
                    .singleElement()
                    .asString()
                    .contains("Anja Müller");
            assertThat(melde(stadt, "anja.mueller", PASSWORT)).isEqualTo("/postkorb");
            als(
                    stadt.mandant(),
                    () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.ADMINISTRATION));
            assertThat(gleicheAb(stadt, 0)).contains("1 beendet");
            assertThat(stoerungen(stadt, Abgleichlauf.VERWALTER)).isEmpty();
            assertThat(melde(stadt, "anja.mueller", PASSWORT)).isEqualTo("/anmelden?fehler");
        }
    }

    private void frageWarZuletzt(Stadt stadt, String wann) {
        als(
                stadt.mandant(),
                () -> jdbc.sql("UPDATE verknuepfungsfrage SET zuletzt = " + wann + " WHERE mandant_id = ?")
                        .param(stadt.mandant())
                        .update());
    }

    @Test
    void ist_das_verzeichnis_weg_sagt_die_anmeldung_warum_und_wer_angemeldet_ist_arbeitet_weiter() throws Exception {
        var stadt = verwalteteStadt();
        try (var verzeichnis = new Testverzeichnis()) {
            verzeichnis.person("karin.ahrens", "Karin", "Ahrens");
            richteEin(stadt, verzeichnis.einstellungen());
            gleicheAb(stadt, 0);
            var karin = angemeldet(stadt, "karin.ahrens", passwort("karin.ahrens"));
            verzeichnis.weg();
            assertThat(melde(stadt, "karin.ahrens", passwort("karin.ahrens"))).isEqualTo("/anmelden?verzeichnis");
            assertThat(als(
                            stadt.mandant(),
                            () -> jdbc.sql("SELECT fehlversuche FROM zugang WHERE mandant_id = ? AND person_id = ?")
                                    .params(stadt.mandant(), person(stadt, "karin.ahrens"))
                                    .query(Integer.class)
                                    .single()))
                    .isZero();
            assertThat(new Browser(url("")).hole("/anmelden?verzeichnis").text())
                    .contains("gerade nicht erreichbar")
                    .contains("zählt nicht als Fehlversuch");
            assertThat(karin.hole("/postkorb").status()).isEqualTo(200);
            assertThat(melde(stadt, "petra.lueders", PASSWORT))
                    .as("nicht verknüpft")
                    .isEqualTo("/postkorb");
            assertThat(gleicheAb(stadt, 0)).contains("nicht erreichbar");
            assertThat(stoerungen(stadt, Abgleichlauf.AUSFALL))
                    .singleElement()
                    .asString()
                    .contains("arbeitet weiter");
            assertThat(zeile(stadt, "karin.ahrens")).endsWith("true");
            verzeichnis.wiederDa();
            gleicheAb(stadt, 0);
            assertThat(stoerungen(stadt, Abgleichlauf.AUSFALL)).isEmpty();
        }
    }

    @Test
    void was_in_einem_namen_steht_wird_nie_zum_filter() throws Exception {
        var stadt = verwalteteStadt();
        try (var verzeichnis = new Testverzeichnis()) {
            verzeichnis.person("karin.ahrens", "Karin", "Ahrens").person("boese", "Böse", "Absicht");
            verzeichnis.setze("boese", "entryUUID", "*)(uid=karin.ahrens");
            richteEin(stadt, verzeichnis.einstellungen());
            gleicheAb(stadt, 0);
            assertThat(melde(stadt, "boese", passwort("karin.ahrens"))).isEqualTo("/anmelden?fehler");
            assertThat(melde(stadt, "boese", passwort("boese"))).isEqualTo("/postkorb");
            // Somebody with the id of somebody else: then nobody is meant.
            verzeichnis.setze("boese", "entryUUID", "kennung-von-karin.ahrens");
            assertThat(melde(stadt, "karin.ahrens", passwort("karin.ahrens"))).isEqualTo("/anmelden?fehler");
        }
    }

    @Test
    void eine_zuordnung_nennt_rolle_oder_stelle_und_nie_die_rolle_ueber_allen_staedten() {
        var stadt = verwalteteStadt();
        assertThatThrownBy(() -> ordneZu(stadt, "Technik", Rolle.HAUSVERWALTUNG))
                .hasMessageContaining("entweder");
        assertThatThrownBy(() -> ordneZu(stadt, " ", Rolle.TECHNIK)).hasMessageContaining("Gruppe");
        assertThatThrownBy(() -> ordneZu(stadt, "Technik", java.util.UUID.randomUUID(), "x"))
                .isInstanceOf(NichtGefunden.class);
    }
}
