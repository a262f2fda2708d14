package de.federwerk.verzeichnis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a town's administrator can make the program connect to; without a house. */
class NetzgrenzeTest {

    private final Netzgrenze grenze = new Netzgrenze(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.1",
                "::1",
                "0.0.0.0",
                "0.1.2.3",
                "::",
                "169.254.169.254",
                "169.254.0.1",
                "fe80::1",
                "224.0.0.1",
                "ff02::1",
                "255.255.255.255",
                "100.100.100.200",
                "192.0.0.192",
                "168.63.129.16",
                "fd00:ec2::254",
                "fd20:ce::254",
                // The same once more, wrapped.
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::1",
                "2002:a9fe:a9fe::1"
            })
    void dieser_rechner_und_auskunftsdienste_von_rechenzentren_werden_nie_gefragt(String adresse) throws Exception {
        assertThat(grenze.gesperrt(InetAddress.ofLiteral(adresse))).isTrue();
        assertThat(grenze.verwehrt(adresse)).isTrue();
        assertThatThrownBy(() -> grenze.pruefe(adresse)).isInstanceOf(Netzgrenze.Verwehrt.class);
        assertThatThrownBy(() -> grenze.namen().getByName(adresse)).isInstanceOf(Netzgrenze.Verwehrt.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "172.16.0.9",
                "192.168.7.20",
                "fd12:3456:789a::1",
                "100.64.0.1",
                "8.8.8.8",
                "2a00:1450:4001::1",
                "64:ff9b::a01:203",
                "2002:a01:203::1"
            })
    void das_netz_des_rathauses_und_die_welt_bleiben_offen(String adresse) throws Exception {
        assertThat(grenze.gesperrt(InetAddress.ofLiteral(adresse))).isFalse();
        assertThat(grenze.pruefe(adresse)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://anmeldung.stadt.example",
                "http://localhost:8080",
                "http://127.0.0.1",
                "ftp://anmeldung.stadt.example",
                "https://wer:was@anmeldung.stadt.example",
                "https://anmeldung.stadt.example#teil",
                "https:///ohne",
                "file:///etc/passwd",
                "jar:https://a.example!/b",
                "kein Ort"
            })
    void nur_https_ohne_beiwerk_ist_eine_adresse(String adresse) {
        assertThat(grenze.istSicher(adresse)).isFalse();
        assertThat(grenze.istSicher("https://anmeldung.stadt.example/realms/stadt"))
                .isTrue();
    }

    @Test
    void nur_der_betrieb_gibt_diesen_rechner_frei_und_auch_er_nicht_mehr() throws Exception {
        var frei = new Netzgrenze(true);
        assertThat(frei.gesperrt(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
        assertThat(frei.istSicher("http://localhost:8080/realms/x")).isTrue();
        assertThat(frei.istSicher("http://anmeldung.stadt.example")).isFalse();
        assertThat(frei.gesperrt(InetAddress.ofLiteral("169.254.169.254"))).isTrue();
        assertThat(frei.gesperrt(InetAddress.ofLiteral("0.0.0.0"))).isTrue();
    }

    @Test
    void auch_die_adressen_seiner_netzkarten_sind_dieser_rechner() throws Exception {
        for (var karte : NetworkInterface.networkInterfaces().toList()) {
            for (var adresse : Collections.list(karte.getInetAddresses())) {
                assertThat(grenze.gesperrt(adresse)).as("%s", adresse).isTrue();
            }
        }
    }

    @Test
    void beide_formulare_sagen_es_am_feld() {
        for (var ziel : new String[] {"localhost", "127.0.0.1", "169.254.169.254", "dc1.stadt.example 127.0.0.1"}) {
            var f = formular(Ldapeinstellungen.anfang(), Map.of("server", ziel, "suchbasis", "dc=stadt"));
            Ldapeinstellungen.aus(f, grenze);
            assertThat(f.fehler()).as(ziel).containsOnlyKeys("server");
        }
        var ohne = formular(
                Ldapeinstellungen.anfang(), Map.of("server", "10.0.0.5", "suchbasis", "dc=stadt", "sicherung", "OHNE"));
        Ldapeinstellungen.aus(ohne, grenze);
        assertThat(ohne.fehler()).containsOnlyKeys("sicherung");
        var gut = formular(Ldapeinstellungen.anfang(), Map.of("server", "10.0.0.5", "suchbasis", "dc=stadt"));
        Ldapeinstellungen.aus(gut, grenze);
        assertThat(gut.fehler()).isEmpty();
        for (var aussteller : new String[] {"http://localhost:9000", "https://localhost/realms/x", "https://[::1]/x"}) {
            var f = formular(Oidceinstellungen.anfang(), Map.of("aussteller", aussteller));
            Oidceinstellungen.aus(f, grenze);
            assertThat(f.fehler()).as(aussteller).containsOnlyKeys("aussteller");
        }
        var haus = formular(Oidceinstellungen.anfang(), Map.of("aussteller", "https://10.0.0.5/realms/stadt"));
        Oidceinstellungen.aus(haus, grenze);
        assertThat(haus.fehler()).isEmpty();
    }

    private static Formular formular(Record anfang, Map<String, String> anders) {
        var paare = Testverzeichnis.felder(anfang);
        var werte = new HashMap<String, String>();
        for (int i = 0; i < paare.length; i += 2) werte.put(paare[i], paare[i + 1]);
        werte.putAll(anders);
        return new Formular(werte);
    }

    @Test
    void auch_was_frueher_gespeichert_wurde_oder_ein_anbieter_nennt_wird_vor_dem_verbinden_angesehen()
            throws Exception {
        try (var verzeichnis = new Testverzeichnis()) {
            assertThatThrownBy(() -> new Ldapverzeichnis(grenze)
                            .lies(verzeichnis.einstellungen(), Testverzeichnis.DIENSTPASSWORT))
                    .isInstanceOf(LDAPException.class)
                    .hasMessageContaining(Netzgrenze.EINWAND);
        }
        var netz = new Oidcnetz("", grenze);
        for (var ziel : new String[] {"https://localhost:1/", "https://169.254.169.254/latest/meta-data/"}) {
            assertThatThrownBy(() -> netz.hole(URI.create(ziel)))
                    .as(ziel)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Netzgrenze.EINWAND);
        }
    }
}
