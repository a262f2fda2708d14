package de.federwerk.posteingang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Dokumentlisten;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Muster;
import de.federwerk.organisation.Anmeldung;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** From the Posteingangsbuch into the Vorgang. */
class AblegenTest extends Teststadt {

    private static final Duration GEDULD = Duration.ofSeconds(40);

    @Autowired
    Eingaenge eingaenge;

    @Autowired
    Dateien dateien;

    @Autowired
    Dokumentlisten dokumentlisten;

    @Autowired
    Posteingangsbuch buch;

    @Autowired
    Blobs blobs;

    @Test
    void eine_mail_mit_zwei_anlagen_wird_drei_dokumente_die_zusammengehoeren() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Gehwegschaden");
        var id = eingang(stadt, "mail.eml", mail());
        await().atMost(GEDULD)
                .until(() -> finde(stadt, stadt.anja(), id).stand().equals("fertig"));
        var mail = als(stadt.mandant(), () -> eingaenge.lege(stadt.anja(), id, vorgang.id(), null, null));
        var alle = dokumente(stadt, vorgang.id());
        assertThat(alle)
                .extracting(Dokumente.Dokument::dateiname)
                .containsExactly("mail.eml", "Lageplan.txt", "Fotos der Schäden.txt");
        assertThat(alle)
                .extracting(Dokumente.Dokument::titel)
                .containsExactly("Schaden in der Königstraße", "Lageplan", "Fotos der Schäden");
        assertThat(alle.getFirst().id()).isEqualTo(mail);
        assertThat(alle).extracting(Dokumente.Dokument::gehoertZu).containsExactly(null, mail, mail);
        assertThat(alle).extracting(Dokumente.Dokument::dokumentart).containsExactly("E-Mail", "Anlage", "Anlage");
        assertThat(alle)
                .allMatch(d -> id.equals(d.eingangId())
                        && d.absender() != null
                        && d.absender().contains("Erika"));
        var eingang = finde(stadt, stadt.anja(), id);
        assertThat(eingang.status()).isEqualTo("abgelegt");
        assertThat(eingang.vorgangId()).isEqualTo(vorgang.id());
        assertThat(eingang.abgelegtVon()).isEqualTo("Anja Müller");
    }

    @Test
    void legen_zwei_denselben_eingang_zugleich_ab_gewinnt_einer_und_der_andere_erfaehrt_wer_und_wann()
            throws Exception {
        var stadt = stadt();
        var otto = als(stadt.mandant(), () -> person(stadt.mandant(), "otto.weber", "Otto", "Weber", stadt.tiefbau()));
        var ziele = List.of(
                vorgang(stadt, "Anjas Vorgang").id(),
                vorgang(stadt, "Ottos Vorgang").id());
        var id = eingang(stadt, "brief.txt", Muster.bytes("Wer legt mich ab?"));
        var leute = List.of(stadt.anja(), otto);
        var start = new CyclicBarrier(2);
        Abgelehnt abgewiesen = null;
        try (var faeden = Executors.newFixedThreadPool(2)) {
            var laeufe = IntStream.range(0, 2)
                    .mapToObj(i -> faeden.submit((Callable<UUID>) () -> {
                        start.await();
                        return Mandantenkontext.als(
                                stadt.mandant(), () -> eingaenge.lege(leute.get(i), id, ziele.get(i), null, null));
                    }))
                    .toList();
            for (var lauf : laeufe) {
                try {
                    lauf.get();
                } catch (ExecutionException e) {
                    assertThat(abgewiesen).as("nur einer wird abgewiesen").isNull();
                    assertThat(e.getCause()).isInstanceOf(Abgelehnt.class);
                    abgewiesen = (Abgelehnt) e.getCause();
                }
            }
        }
        var eingang = finde(stadt, stadt.anja(), id);
        assertThat(abgewiesen).isNotNull();
        assertThat(abgewiesen.art()).isEqualTo(Abgelehnt.Art.KONFLIKT);
        assertThat(abgewiesen)
                .hasMessageContaining(eingang.abgelegtVon())
                .hasMessageContaining(Ortszeit.text(eingang.abgelegt()))
                .hasMessageContaining(eingang.nummer());
        assertThat(dokumente(stadt, ziele.get(0)).size()
                        + dokumente(stadt, ziele.get(1)).size())
                .isEqualTo(1);
    }

    @Test
    void anlagen_die_erst_nach_dem_ablegen_gelesen_werden_kommen_nach() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Schnell abgelegt");
        var id = Kennung.neu();
        var bytes = bytes(stadt, mail());
        // One transaction: the reading begins only after it, so that the mail is surely filed before it is read.
        var mail = als(stadt.mandant(), () -> {
            trageEin(stadt, id, "mail.eml", bytes);
            return eingaenge.lege(stadt.anja(), id, vorgang.id(), "Die Mail", null);
        });
        await().atMost(GEDULD).until(() -> dokumente(stadt, vorgang.id()).size() == 3);
        assertThat(dokumente(stadt, vorgang.id()))
                .extracting(Dokumente.Dokument::gehoertZu)
                .containsExactly(null, mail, mail);
        assertThat(dokumente(stadt, vorgang.id()))
                .extracting(Dokumente.Dokument::angelegtVon)
                .containsOnly("Anja Müller");
    }

    @Test
    void ist_der_vorgang_schon_zda_wird_die_mail_trotzdem_gelesen_und_die_anlage_steht_als_stoerung() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Schnell geschlossen");
        var id = Kennung.neu();
        var bytes = bytes(stadt, mail());
        als(stadt.mandant(), () -> {
            trageEin(stadt, id, "mail.eml", bytes);
            eingaenge.lege(stadt.anja(), id, vorgang.id(), null, null);
            vorgaenge.schliesse(stadt.anja(), vorgang.id());
        });
        await().atMost(GEDULD)
                .until(() -> finde(stadt, stadt.anja(), id).stand().equals("fertig"));
        assertThat(dokumente(stadt, vorgang.id())).hasSize(1);
        als(
                stadt.mandant(),
                () -> assertThat(jdbc.sql(
                                        "SELECT gegenstand FROM stoerung WHERE art = 'anlage' AND erledigt IS NULL ORDER BY gegenstand")
                                .query(String.class)
                                .list())
                        .containsExactly("Fotos der Schäden.txt", "Lageplan.txt"));
        assertThat(als(
                        stadt.mandant(),
                        () -> dateien.teile(finde(stadt, stadt.anja(), id).dateiId())))
                .hasSize(2);
    }

    @Test
    void wer_die_post_nicht_oeffnet_sieht_von_ihr_nichts_und_nach_dem_ablegen_sieht_sie_wer_den_vorgang_sieht() {
        var stadt = stadt();
        var fremde = stadt();
        var otto = als(stadt.mandant(), () -> person(stadt.mandant(), "otto.weber", "Otto", "Weber", stadt.tiefbau()));
        var id = eingang(stadt, "vertraulich.txt", Muster.bytes("nur für den Tiefbau"));
        siehtNichts(stadt.mandant(), stadt.petra(), id);
        siehtNichts(fremde.mandant(), fremde.anja(), id);
        assertThatThrownBy(
                        () -> als(stadt.mandant(), () -> eingaenge.lege(stadt.petra(), id, Kennung.neu(), null, null)))
                .isInstanceOf(NichtGefunden.class);
        assertThat(als(stadt.mandant(), () -> eingaenge.finde(berechtigungen.sicht(otto.person(), Recht.LESEN), id)))
                .isPresent();

        // Anja may also work in the other unit, files there, and the Eingang goes with the Vorgang: Petra has it now,
        // Otto no longer.
        var drueben = als(stadt.mandant(), () -> {
            berechtigungen.gebeFrei(
                    Subjekt.PERSON, stadt.anja().person(), Ziel.EINHEIT, stadt.ordnung(), Recht.BEARBEITEN);
            var akte = akten.legeAn(
                    stadt.petra(),
                    Kennung.neu(),
                    plan.gemeint("66.20.05").orElseThrow().id(),
                    stadt.ordnung(),
                    "Sache der Ordnung");
            return vorgaenge
                    .eroeffne(stadt.petra(), Kennung.neu(), akte.id(), "Irrläufer")
                    .id();
        });
        als(stadt.mandant(), () -> eingaenge.lege(stadt.anja(), id, drueben, null, null));
        assertThat(finde(stadt, stadt.petra(), id).status()).isEqualTo("abgelegt");
        siehtNichts(stadt.mandant(), otto, id);
        assertThat(als(
                        stadt.mandant(),
                        () -> buch.anzahl(berechtigungen.sicht(stadt.petra().person(), Recht.LESEN), "abgelegt")
                                .zahl()))
                .isEqualTo(1);
    }

    @Test
    void ein_vorgang_den_man_nicht_bearbeiten_darf_nimmt_nichts_auf() {
        var stadt = stadt();
        var id = eingang(stadt, "brief.txt", Muster.bytes("wohin?"));
        var fremder = als(stadt.mandant(), () -> {
            var akte = akten.legeAn(
                    stadt.petra(),
                    Kennung.neu(),
                    plan.gemeint("66.20.05").orElseThrow().id(),
                    stadt.ordnung(),
                    "Fremd");
            return vorgaenge
                    .eroeffne(stadt.petra(), Kennung.neu(), akte.id(), "Fremd")
                    .id();
        });
        assertThatThrownBy(() -> als(stadt.mandant(), () -> eingaenge.lege(stadt.anja(), id, fremder, null, null)))
                .isInstanceOf(NichtGefunden.class);
        als(
                stadt.mandant(),
                () -> berechtigungen.gebeFrei(
                        Subjekt.PERSON, stadt.anja().person(), Ziel.EINHEIT, stadt.ordnung(), Recht.LESEN));
        assertThatThrownBy(() -> als(stadt.mandant(), () -> eingaenge.lege(stadt.anja(), id, fremder, null, null)))
                .isInstanceOfSatisfying(
                        Abgelehnt.class, e -> assertThat(e.art()).isEqualTo(Abgelehnt.Art.RECHT));
        assertThat(finde(stadt, stadt.anja(), id).offen()).isTrue();
    }

    @Test
    void zehn_zugleich_bekommen_zehn_aufeinanderfolgende_nummern_und_ein_abbruch_laesst_keine_luecke()
            throws Exception {
        var stadt = stadt();
        try (var faeden = Executors.newFixedThreadPool(10)) {
            var start = new CyclicBarrier(10);
            var laeufe = IntStream.range(0, 10)
                    .mapToObj(i -> faeden.submit(() -> {
                        start.await();
                        eingang(stadt, "brief " + i + ".txt", Muster.bytes("Brief " + i));
                        assertThatThrownBy(() -> als(stadt.mandant(), () -> {
                                    trageEin(stadt, Kennung.neu(), "verworfen.txt", bytes(stadt, Muster.bytes("x")));
                                    throw new IllegalStateException("Abbruch");
                                }))
                                .hasMessage("Abbruch");
                        return null;
                    }))
                    .toList();
            for (var lauf : laeufe) {
                lauf.get();
            }
        }
        var jahr = Instant.now().atZone(java.time.ZoneId.of("Europe/Berlin")).getYear();
        als(
                stadt.mandant(),
                () -> assertThat(buch.seite(
                                        berechtigungen.sicht(stadt.anja().person(), Recht.LESEN),
                                        null,
                                        Stelle.ANFANG,
                                        100)
                                .zeilen())
                        .extracting(Eingaenge.Eingang::nummer)
                        .containsExactlyElementsOf(IntStream.rangeClosed(1, 10)
                                .mapToObj(i -> "%d-%06d".formatted(jahr, 11 - i))
                                .toList()));
    }

    @Test
    void die_mitgefuehrte_anzahl_ist_die_der_sichtbaren_auch_mit_einzelfreigabe_und_ausschluss() {
        var stadt = stadt();
        var eigener = vorgang(stadt, "Gehweg");
        for (int i = 0; i < 3; i++) {
            var id = eingang(stadt, "brief " + i + ".txt", Muster.bytes("Brief " + i));
            if (i > 0) {
                als(stadt.mandant(), () -> eingaenge.lege(stadt.anja(), id, eigener.id(), null, null));
            }
        }
        als(stadt.mandant(), () -> {
            var anja = berechtigungen.sicht(stadt.anja().person(), Recht.LESEN);
            var nichts = berechtigungen.sicht(stadt.petra().person(), Recht.LESEN);
            zaehlt(anja, 1, 2);
            zaehlt(nichts, 0, 0);
            zaehlt(mit(nichts, Set.of(eigener.id()), Set.of(), Set.of()), 0, 2);
            zaehlt(mit(nichts, Set.of(eigener.id()), Set.of(eigener.akteId()), Set.of()), 0, 2);
            zaehlt(mit(anja, Set.of(eigener.id()), Set.of(), Set.of()), 1, 2);
            zaehlt(mit(anja, Set.of(), Set.of(), Set.of(eigener.akteId())), 1, 0);
        });
        // The Vorgang changes its Schutzbereich: its Eingänge go with it, and so does the number.
        als(stadt.mandant(), () -> {
            jdbc.sql("UPDATE vorgang SET schutzbereich_id = ? WHERE mandant_id = ? AND id = ?")
                    .params(
                            berechtigungen.schutzbereich(eigener.planknotenId(), stadt.ordnung(), 0, null),
                            stadt.mandant(),
                            eigener.id())
                    .update();
            zaehlt(berechtigungen.sicht(stadt.anja().person(), Recht.LESEN), 1, 0);
            zaehlt(berechtigungen.sicht(stadt.petra().person(), Recht.LESEN), 0, 2);
        });
    }

    private void zaehlt(Sicht sicht, int offene, int abgelegte) {
        assertThat(List.of("offen", "abgelegt"))
                .extracting(status -> buch.anzahl(sicht, status).zahl())
                .containsExactly((long) offene, (long) abgelegte);
        assertThat(buch.anzahl(sicht, null).zahl())
                .isEqualTo(offene + abgelegte)
                .isEqualTo(buch.seite(sicht, null, Stelle.ANFANG, 10).zeilen().size());
    }

    private void siehtNichts(UUID mandant, Anmeldung wer, UUID id) {
        for (var recht : Recht.values()) {
            als(mandant, () -> {
                var sicht = berechtigungen.sicht(wer.person(), recht);
                assertThat(eingaenge.finde(sicht, id)).isEmpty();
                for (var status : new String[] {null, "offen", "abgelegt"}) {
                    assertThat(buch.seite(sicht, status, Stelle.ANFANG, 10)).isEqualTo(Seite.leer());
                    assertThat(buch.seite(sicht, status, Stelle.ENDE, 10)).isEqualTo(Seite.leer());
                    assertThat(buch.anzahl(sicht, status)).isEqualTo(new Anzahl(0, false));
                }
                assertThat(buch.naechsterOffener(sicht, id)).isEmpty();
            });
            assertThatThrownBy(() ->
                            als(mandant, () -> eingaenge.eingang(berechtigungen.sicht(wer.person(), recht), id)))
                    .isInstanceOf(NichtGefunden.class);
        }
    }

    private UUID eingang(Stadt stadt, String name, byte[] inhalt) {
        var id = Kennung.neu();
        var bytes = bytes(stadt, inhalt);
        als(stadt.mandant(), () -> trageEin(stadt, id, name, bytes));
        return id;
    }

    private void trageEin(Stadt stadt, UUID id, String name, de.federwerk.ablage.Blob bytes) {
        eingaenge.trageEin(
                id,
                "email",
                bytes,
                name,
                stadt.tiefbau(),
                Instant.now(),
                stadt.anja().pseudonym());
    }

    private de.federwerk.ablage.Blob bytes(Stadt stadt, byte[] inhalt) {
        return Mandantenkontext.als(stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(inhalt)));
    }

    private Eingaenge.Eingang finde(Stadt stadt, Anmeldung wer, UUID id) {
        return als(stadt.mandant(), () -> eingaenge.eingang(berechtigungen.sicht(wer.person(), Recht.LESEN), id));
    }

    private List<Dokumente.Dokument> dokumente(Stadt stadt, UUID vorgang) {
        return als(
                stadt.mandant(),
                () -> dokumentlisten
                        .in(berechtigungen.sicht(stadt.anja().person(), Recht.LESEN), vorgang, Stelle.ANFANG, 100)
                        .zeilen());
    }

    private static byte[] mail() {
        return Muster.bytes("""
                From: Erika Muster <erika@example.org>
                To: post@musterstadt.example
                Subject: =?UTF-8?Q?Schaden_in_der_K=C3=B6nigstra=C3=9Fe?=
                Date: Mon, 23 Nov 2026 08:59:30 +0100
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="G"

                --G
                Content-Type: text/plain; charset=utf-8

                Der Gehweg ist aufgebrochen.
                --G
                Content-Type: text/plain; charset=utf-8
                Content-Disposition: attachment; filename="Lageplan.txt"

                Ecke Marktplatz
                --G
                Content-Type: text/plain; charset=utf-8
                Content-Disposition: attachment; filename*=UTF-8''Fotos%20der%20Sch%C3%A4den.txt

                Bild eins
                --G--
                """.replace("\n", "\r\n"));
    }
}
