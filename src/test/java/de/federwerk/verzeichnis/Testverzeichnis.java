package de.federwerk.verzeichnis;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.util.ssl.KeyStoreKeyManager;
import com.unboundid.util.ssl.SSLUtil;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An LDAP server in the process with a town's people: LDAPS with a certificate of its own, StartTLS on the other port. */
final class Testverzeichnis implements AutoCloseable {

    static final String BASIS = "dc=stadt,dc=example";
    static final String LEUTE = "ou=leute," + BASIS;
    static final String GRUPPEN = "ou=gruppen," + BASIS;
    static final String DIENST = "cn=dienst," + BASIS;
    static final String DIENSTPASSWORT = "Dienst-Geheimnis 47";

    /** @param schluessel and {@code pem} for a server that wants files */
    record Zertifikat(SSLUtil server, String pem, String schluessel) {}

    /** Made once: it takes a moment. Names localhost and nothing else. */
    static final Zertifikat ZERTIFIKAT = zertifikat();

    private final InMemoryDirectoryServer server;

    Testverzeichnis() throws Exception {
        var wie = new InMemoryDirectoryServerConfig(BASIS);
        wie.addAdditionalBindCredentials(DIENST, DIENSTPASSWORT);
        wie.setSchema(null);
        wie.setListenerConfigs(
                InMemoryListenerConfig.createLDAPSConfig(
                        "ldaps", InetAddress.getLoopbackAddress(), 0, tls().createSSLServerSocketFactory(), null),
                InMemoryListenerConfig.createLDAPConfig(
                        "ldap", InetAddress.getLoopbackAddress(), 0, tls().createSSLSocketFactory()));
        server = new InMemoryDirectoryServer(wie);
        server.add("dn: " + BASIS, "objectClass: domain", "dc: stadt");
        server.add("dn: " + LEUTE, "objectClass: organizationalUnit", "ou: leute");
        server.add("dn: " + GRUPPEN, "objectClass: organizationalUnit", "ou: gruppen");
        server.startListening();
    }

    private static SSLUtil tls() {
        return ZERTIFIKAT.server;
    }

    private static Zertifikat zertifikat() {
        try {
            var ordner = Files.createTempDirectory("federwerk-tls");
            var datei = ordner.resolve("server.p12");
            var geheim = "nur fuer den Test".toCharArray();
            var keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "server",
                            "-keyalg",
                            "RSA",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=dns:localhost",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            datei.toString(),
                            "-storepass",
                            new String(geheim))
                    .inheritIO()
                    .start();
            if (keytool.waitFor() != 0) throw new IllegalStateException("keytool: " + keytool.exitValue());
            var speicher = KeyStore.getInstance("PKCS12");
            try (var strom = Files.newInputStream(datei)) {
                speicher.load(strom, geheim);
            }
            return new Zertifikat(
                    new SSLUtil(new KeyStoreKeyManager(datei.toString(), geheim, "PKCS12", null), null),
                    pem("CERTIFICATE", speicher.getCertificate("server").getEncoded()),
                    pem("PRIVATE KEY", speicher.getKey("server", geheim).getEncoded()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String was, byte[] bytes) {
        return "-----BEGIN " + was + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + was + "-----\n";
    }

    int port(String leitung) {
        return server.getListenPort(leitung);
    }

    void weg() {
        server.shutDown(true);
    }

    void wiederDa() throws LDAPException {
        server.startListening();
    }

    Testverzeichnis person(String name, String vorname, String nachname, String... gruppen) throws Exception {
        var zeilen = new ArrayList<>(List.of(
                "dn: uid=" + name + "," + LEUTE,
                "objectClass: inetOrgPerson",
                "uid: " + name,
                "cn: " + vorname + " " + nachname,
                "givenName: " + vorname,
                "sn: " + nachname,
                "mail: " + name + "@stadt.example",
                "entryUUID: kennung-von-" + name,
                "userPassword: " + passwort(name)));
        for (var gruppe : gruppen) zeilen.add("memberOf: " + gruppe(gruppe));
        server.add(zeilen.toArray(String[]::new));
        return this;
    }

    static String passwort(String name) {
        return "im Verzeichnis von " + name;
    }

    static String gruppe(String name) {
        return "cn=" + name + "," + GRUPPEN;
    }

    void setze(String name, String attribut, String... werte) throws LDAPException {
        server.modify("uid=" + name + "," + LEUTE, new Modification(ModificationType.REPLACE, attribut, werte));
    }

    void entferne(String name) throws LDAPException {
        server.delete("uid=" + name + "," + LEUTE);
    }

    InMemoryDirectoryServer server() {
        return server;
    }

    /** Settings that fit to it. */
    Ldapeinstellungen einstellungen() {
        return new Ldapeinstellungen(
                true,
                "localhost",
                port("ldaps"),
                "LDAPS",
                ZERTIFIKAT.pem,
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
                true,
                1440);
    }

    /** As the form sends them; {@code anders} in pairs of name and value replaces. */
    String[] felder(String... anders) {
        return felder(einstellungen(), anders);
    }

    static String[] felder(Record einstellungen, String... anders) {
        var felder = new HashMap<String, String>();
        for (var teil : einstellungen.getClass().getRecordComponents()) {
            try {
                var wert = teil.getAccessor().invoke(einstellungen);
                if (!Boolean.FALSE.equals(wert)) felder.put(teil.getName(), String.valueOf(wert));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        for (int i = 0; i < anders.length; i += 2) felder.put(anders[i], anders[i + 1]);
        return felder.entrySet().stream()
                .map(Map.Entry::getKey)
                .flatMap(name -> java.util.stream.Stream.of(name, felder.get(name)))
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
