package de.federwerk.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.protokoll.Protokoll;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PersonenimportTest extends Teststadt {

    private static final String KOPF = "anmeldename;vorname;nachname;email;einheit;stelle;leitung;rollen\n";

    @Autowired
    Personenimport leser;

    @Test
    void wer_aus_der_liste_kommt_meldet_sich_an_und_muss_zuerst_ein_eigenes_passwort_waehlen() {
        var stadt = stadt();
        var bericht = lies(
                stadt.mandant(),
                KOPF
                        + "jana.oezdemir;Jana;Özdemir;jana@example.org;fd 66;Sachgebietsleitung;ja;Posteingang, POSTEINGANG,technik\nanja.mueller;Anja;Müller;;;;;\nohne.alles;;Nurname\n");
        assertThat(bericht.schonDa()).isEqualTo(1);
        assertThat(bericht.neue())
                .extracting(Personenimport.Neu::anmeldename)
                .containsExactly("jana.oezdemir", "ohne.alles");
        var passwort = bericht.neue().getFirst().passwort();
        var jana = new Browser(url(""));
        assertThat(jana.melde(mitMandant(stadt.mandant(), "jana.oezdemir"), passwort)
                        .status())
                .isEqualTo(302);
        assertThat(jana.hole("/postkorb").ziel()).isEqualTo("/passwort");
        assertThat(jana.hole("/stoerungen").ziel()).isEqualTo("/passwort");
        assertThat(jana.sendeVon("/passwort", "/passwort", "bisher", passwort, "neu", PASSWORT, "wiederholt", PASSWORT)
                        .ziel())
                .isEqualTo("/postkorb");
        assertThat(jana.hole("/postkorb").text()).contains("Jana Özdemir");
        assertThat(jana.hole("/stoerungen").status()).isEqualTo(200);
        assertThat(jana.hole("/vorgaenge/" + vorgang(stadt, "In ihrer Einheit").id())
                        .status())
                .isEqualTo(200);
        assertThat(new Browser(url(""))
                        .melde(mitMandant(stadt.mandant(), "anja.mueller"), PASSWORT)
                        .ziel())
                .as("wer schon da war, behält sein Passwort")
                .isEqualTo("/postkorb");
        assertThat(als(stadt.mandant(), () -> jdbc.sql("""
                SELECT e.kuerzel || ' ' || s.bezeichnung || ' ' || s.leitung FROM stellenbesetzung b JOIN stelle s ON s.id = b.stelle_id JOIN einheit e ON e.id = s.einheit_id
                  JOIN person p ON p.id = b.person_id WHERE p.anmeldename = 'jana.oezdemir'""").query(String.class).list()))
                .containsExactly("FD 66 Sachgebietsleitung true");
    }

    @Test
    void jede_falsche_zeile_wird_genannt_und_niemand_wird_aufgenommen() {
        var stadt = stadt();
        assertThatThrownBy(() -> lies(stadt.mandant(), KOPF + """
                gut.person;Gut;Person;;;;;
                ä;Falscher;Name;;;;;

                kein.nachname;Kein;;;;;;
                falsche.einheit;Falsche;Einheit;;FD 99;;;
                falsche.rolle;Falsche;Rolle;;;;;Kaiser
                """))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("niemand aufgenommen")
                .hasMessageContainingAll(
                        "Zeile 3: ", "Zeile 5: Der Nachname", "Zeile 6: ", "FD 99", "Zeile 7: ", "Kaiser");
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM person")
                                .query(Long.class)
                                .single()))
                .isEqualTo(2);
    }

    @Test
    void die_spalten_gelten_nach_ihrem_namen_und_excel_umlaute_bleiben() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var csv = "Nachname;Vorname;Anmeldename\nJäger;Jörg;joerg.jaeger\n".getBytes(Charset.forName("windows-1252"));
        assertThat(anja.ladeHoch("/verwaltung", "/verwaltung/personen", "personen.csv", csv)
                        .text())
                .contains("Jörg Jäger")
                .contains("joerg.jaeger");
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql(
                                        "SELECT vorname || '|' || nachname FROM person WHERE anmeldename = 'joerg.jaeger'")
                                .query(String.class)
                                .single()))
                .isEqualTo("Jörg|Jäger");
    }

    @Test
    void zweimal_dieselbe_rolle_sperrt_niemanden_aus() {
        var stadt = stadt();
        als(stadt.mandant(), () -> {
            personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.POSTEINGANG);
            personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.POSTEINGANG);
        });
        assertThat(angemeldet(stadt.mandant(), "anja.mueller").hole("/postkorb").status())
                .isEqualTo(200);
    }

    private Personenimport.Bericht lies(UUID mandant, String csv) {
        return als(mandant, () -> leser.lies(Protokoll.PROGRAMM, new StringReader(csv), true));
    }
}
