package de.federwerk.verzeichnis;

import static de.federwerk.verzeichnis.Testverzeichnis.gruppe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The line to the directory, and what is read over it; without a house. */
class LdapverzeichnisTest {

    private final Ldapverzeichnis ldap = new Ldapverzeichnis(new Netzgrenze(true));

    @Test
    void ein_fremdes_zertifikat_ein_falscher_name_und_ein_falsches_dienstkonto_kommen_nicht_durch() throws Exception {
        try (var verzeichnis = new Testverzeichnis()) {
            var gut = verzeichnis.einstellungen();
            var starttls = mit(gut, "localhost", verzeichnis.port("ldap"), "STARTTLS", gut.zertifikate());
            assertThat(ldap.lies(gut, Testverzeichnis.DIENSTPASSWORT).personen())
                    .isEmpty();
            assertThat(ldap.lies(starttls, Testverzeichnis.DIENSTPASSWORT).personen())
                    .isEmpty();
            for (var falsch : List.of(
                    mit(gut, "localhost", gut.port(), "LDAPS", ""),
                    mit(gut, "127.0.0.2", gut.port(), "LDAPS", gut.zertifikate()),
                    mit(gut, "localhost", verzeichnis.port("ldap"), "STARTTLS", ""),
                    mit(gut, "localhost", verzeichnis.port("ldap"), "LDAPS", gut.zertifikate()))) {
                assertThatThrownBy(() -> ldap.lies(falsch, Testverzeichnis.DIENSTPASSWORT))
                        .as(falsch.server() + " " + falsch.sicherung())
                        .isInstanceOf(LDAPException.class);
            }
            assertThatThrownBy(() -> ldap.lies(gut, "falsch"))
                    .isInstanceOfSatisfying(
                            LDAPException.class,
                            e -> assertThat(Ldapverzeichnis.ursache(e)).contains("weist das Dienstkonto"));
            assertThatThrownBy(() -> ldap.lies(gut, null)).isInstanceOf(LDAPException.class);
        }
    }

    @Test
    void gruppen_lassen_sich_auch_suchen_und_mehr_als_eine_seite_wird_ganz_gelesen() throws Exception {
        try (var verzeichnis = new Testverzeichnis()) {
            for (int i = 0; i < 1203; i++) verzeichnis.person("p" + i, "P", "Nummer " + i);
            verzeichnis
                    .server()
                    .add(
                            "dn: " + gruppe("Mit DN"),
                            "objectClass: groupOfNames",
                            "cn: Mit DN",
                            "member: UID=p7, " + Testverzeichnis.LEUTE);
            verzeichnis
                    .server()
                    .add("dn: " + gruppe("Mit Namen"), "objectClass: posixGroup", "cn: Mit Namen", "member: P8");
            var e = verzeichnis.einstellungen();
            var suchend = new Ldapeinstellungen(
                    true,
                    e.server(),
                    e.port(),
                    e.sicherung(),
                    e.zertifikate(),
                    e.dienstkonto(),
                    e.suchbasis(),
                    e.personenfilter(),
                    e.kennung(),
                    e.anmeldename(),
                    e.vorname(),
                    e.nachname(),
                    e.mail(),
                    "member",
                    Testverzeichnis.GRUPPEN,
                    "(|(objectClass=groupOfNames)(objectClass=posixGroup))",
                    false,
                    60);
            var bestand = ldap.lies(suchend, Testverzeichnis.DIENSTPASSWORT);
            assertThat(bestand.personen()).hasSize(1203);
            assertThat(bestand.gruppen()).containsExactlyInAnyOrder(gruppe("Mit DN"), gruppe("Mit Namen"));
            assertThat(bestand.personen().stream().filter(p -> !p.gruppen().isEmpty()))
                    .extracting(Fund::anmeldename)
                    .containsExactlyInAnyOrder("p7", "p8");
        }
    }

    private static Ldapeinstellungen mit(
            Ldapeinstellungen e, String server, int port, String sicherung, String zertifikate) {
        return new Ldapeinstellungen(
                e.aktiv(),
                server,
                port,
                sicherung,
                zertifikate,
                e.dienstkonto(),
                e.suchbasis(),
                e.personenfilter(),
                e.kennung(),
                e.anmeldename(),
                e.vorname(),
                e.nachname(),
                e.mail(),
                e.gruppenattribut(),
                e.gruppenbasis(),
                e.gruppenfilter(),
                e.verknuepfen(),
                e.takt());
    }
}
