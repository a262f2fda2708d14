package de.federwerk.verzeichnis;

import static de.federwerk.verzeichnis.Testverzeichnis.BASIS;
import static de.federwerk.verzeichnis.Testverzeichnis.DIENST;
import static de.federwerk.verzeichnis.Testverzeichnis.DIENSTPASSWORT;
import static de.federwerk.verzeichnis.Testverzeichnis.GRUPPEN;
import static de.federwerk.verzeichnis.Testverzeichnis.LEUTE;
import static de.federwerk.verzeichnis.Testverzeichnis.ZERTIFIKAT;
import static de.federwerk.verzeichnis.Testverzeichnis.gruppe;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import de.federwerk.organisation.Rolle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same with the real OpenLDAP, if Debian's {@code slapd} is there; else skipped. */
@Timeout(60)
class SlapdTest extends Verzeichnistest {

    private static final Path SLAPD = Path.of("/usr/sbin/slapd");
    private static final String CHEF = "cn=chef," + BASIS;

    @TempDir
    Path ordner;

    private Process slapd;
    private int ldap;
    private int ldaps;

    @AfterEach
    void beende() throws InterruptedException {
        if (slapd != null && !slapd.destroyForcibly().waitFor(10, TimeUnit.SECONDS)) {
            throw new AssertionError("slapd läuft noch: " + slapd.pid());
        }
    }

    @Test
    void openldap_mit_memberof_seitenweise_ueber_ldaps_und_starttls() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(SLAPD), "Kein slapd: apt-get install slapd");
        starte();
        fuelle();
        var stadt = verwalteteStadt();
        ordneZu(stadt, gruppe("Technik"), Rolle.TECHNIK);
        richteEin(stadt, wie(ldaps, "LDAPS"));
        assertThat(gleicheAb(stadt, 0)).isEqualTo("30 Personen gefunden: 30 neu, 0 geändert, 0 beendet.");
        assertThat(zeile(stadt, "p3")).isEqualTo("Person Nr. 3 | null | Technik | true");
        assertThat(melde(stadt, "p3", "Passwort p3")).isEqualTo("/postkorb");
        assertThat(melde(stadt, "p3", "falsch")).isEqualTo("/anmelden?fehler");

        richteEin(stadt, wie(ldap, "STARTTLS"));
        try (var chef = chef()) {
            chef.delete("uid=p4," + LEUTE);
            chef.modifyDN("uid=p5," + LEUTE, "uid=paula", true);
            chef.modify(gruppe("Technik"), new Modification(ModificationType.DELETE, "member", "uid=p3," + LEUTE));
        }
        assertThat(gleicheAb(stadt, 0)).isEqualTo("29 Personen gefunden: 0 neu, 2 geändert, 1 beendet.");
        assertThat(zeile(stadt, "p3")).isEqualTo("Person Nr. 3 | null | null | true");
        assertThat(melde(stadt, "paula", "Passwort p5")).as("umbenannt").isEqualTo("/postkorb");
        assertThat(melde(stadt, "p4", "Passwort p4")).isEqualTo("/anmelden?fehler");

        beende();
        assertThat(melde(stadt, "paula", "Passwort p5")).isEqualTo("/anmelden?verzeichnis");
        assertThat(gleicheAb(stadt, 0)).contains("nicht erreichbar");
    }

    private Ldapeinstellungen wie(int port, String sicherung) {
        return new Ldapeinstellungen(
                true,
                "localhost",
                port,
                sicherung,
                ZERTIFIKAT.pem(),
                DIENST,
                LEUTE,
                "(objectClass=inetOrgPerson)",
                "entryUUID",
                "uid",
                "givenName",
                "sn",
                "mail",
                "memberOf",
                "",
                "",
                false,
                60);
    }

    /** The service account gets ten entries at once and no more: only page by page it sees all. */
    private void starte() throws Exception {
        ldap = freierPort();
        ldaps = freierPort();
        Files.createDirectory(ordner.resolve("db"));
        Files.writeString(ordner.resolve("zertifikat.pem"), ZERTIFIKAT.pem());
        Files.writeString(ordner.resolve("schluessel.pem"), ZERTIFIKAT.schluessel());
        Files.writeString(ordner.resolve("slapd.conf"), """
                include /etc/ldap/schema/core.schema
                include /etc/ldap/schema/cosine.schema
                include /etc/ldap/schema/inetorgperson.schema
                modulepath /usr/lib/ldap
                moduleload back_mdb
                moduleload memberof
                pidfile ORDNER/slapd.pid
                TLSCertificateFile ORDNER/zertifikat.pem
                TLSCertificateKeyFile ORDNER/schluessel.pem
                TLSVerifyClient never
                database mdb
                maxsize 10485760
                suffix "BASIS"
                rootdn "CHEF"
                rootpw chef
                directory ORDNER/db
                limits dn.exact="DIENST" size.soft=10 size.hard=10 size.prtotal=unlimited
                access to attrs=userPassword by anonymous auth by * none
                access to * by dn.exact="DIENST" read by * none
                overlay memberof
                """.replace("ORDNER", ordner.toString())
                .replace("BASIS", BASIS)
                .replace("CHEF", CHEF)
                .replace("DIENST", DIENST));
        slapd = new ProcessBuilder(
                        SLAPD.toString(),
                        "-f",
                        ordner.resolve("slapd.conf").toString(),
                        "-h",
                        "ldap://127.0.0.1:" + ldap + " ldaps://127.0.0.1:" + ldaps,
                        "-d",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(ordner.resolve("ausgabe.txt").toFile())
                .start();
        bis("slapd antwortet", () -> {
            if (!slapd.isAlive()) throw new AssertionError(Files.readString(ordner.resolve("ausgabe.txt")));
            try (var da = chef()) {
                return da.isConnected();
            } catch (LDAPException nochNicht) {
                return false;
            }
        });
    }

    private static int freierPort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private LDAPConnection chef() throws LDAPException {
        return new LDAPConnection("127.0.0.1", ldap, CHEF, "chef");
    }

    private void fuelle() throws Exception {
        try (var chef = chef()) {
            chef.add("dn: " + BASIS, "objectClass: domain", "dc: stadt");
            chef.add(
                    "dn: " + DIENST,
                    "objectClass: organizationalRole",
                    "objectClass: simpleSecurityObject",
                    "cn: dienst",
                    "userPassword: " + DIENSTPASSWORT);
            chef.add("dn: " + LEUTE, "objectClass: organizationalUnit", "ou: leute");
            chef.add("dn: " + GRUPPEN, "objectClass: organizationalUnit", "ou: gruppen");
            for (int i = 0; i < 30; i++) {
                chef.add(
                        "dn: uid=p" + i + "," + LEUTE,
                        "objectClass: inetOrgPerson",
                        "uid: p" + i,
                        "cn: Person " + i,
                        "givenName: Person",
                        "sn: Nr. " + i,
                        "mail: p" + i + "@stadt.example",
                        "userPassword: Passwort p" + i);
            }
            chef.add(
                    "dn: " + gruppe("Technik"),
                    "objectClass: groupOfNames",
                    "cn: Technik",
                    "member: uid=p3," + LEUTE,
                    "member: uid=p0," + LEUTE);
        }
    }
}
