package de.federwerk.schnittstelle;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Teststadt;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KontenTest extends Teststadt {

    private static final Pattern TOKEN = Pattern.compile("fw_[0-9a-f]{32}_[0-9a-f]{32}_[A-Za-z0-9_-]{43}");

    @Test
    void ein_neues_token_oeffnet_die_akten_der_einheit_und_beendet_das_alte() throws Exception {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Gerüst");
        als(
                stadt.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.ADMINISTRATION));
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        var seite = petra.sendeVon(
                "/verwaltung/schnittstelle",
                "/verwaltung/schnittstelle",
                "anmeldename",
                "gewerbe",
                "name",
                "Gewerbeverfahren",
                "einheit",
                stadt.tiefbau().toString());
        var erstes = token(seite.text());
        assertThat(rufe(erstes, vorgang.akteId().toString())).isEqualTo(200);

        var zweites =
                token(petra.sendeVon("/verwaltung/schnittstelle", "/verwaltung/schnittstelle", "anmeldename", "gewerbe")
                        .text());
        assertThat(rufe(erstes, vorgang.akteId().toString())).isEqualTo(401);
        assertThat(rufe(zweites, vorgang.akteId().toString())).isEqualTo(200);
    }

    @Test
    void nur_die_administration_stellt_token_aus_und_nie_fuer_eine_person() {
        var stadt = stadt();
        assertThat(angemeldet(stadt.mandant(), "petra.lueders")
                        .hole("/verwaltung/schnittstelle")
                        .status())
                .isEqualTo(403);
        als(
                stadt.mandant(),
                () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.ADMINISTRATION));
        var antwort = angemeldet(stadt.mandant(), "petra.lueders")
                .sendeVon("/verwaltung/schnittstelle", "/verwaltung/schnittstelle", "anmeldename", "anja.mueller");
        assertThat(antwort.text())
                .contains("ist der Anmeldename einer Person")
                .doesNotContain("Zugangstoken steht nur jetzt");
    }

    private static String token(String seite) {
        var treffer = TOKEN.matcher(seite);
        assertThat(treffer.find()).as("ein Token auf der Seite").isTrue();
        return treffer.group();
    }

    private int rufe(String token, String akte) throws Exception {
        try (var netz = HttpClient.newHttpClient()) {
            var anfrage = HttpRequest.newBuilder(URI.create(url("/api/v1/akten/" + akte)))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return netz.send(anfrage, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
