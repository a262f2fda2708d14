package de.federwerk.verzeichnis;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * How the LDAP directory is asked. The secret is not in it. Each part is a column of {@code ldapverzeichnis}.
 *
 * @param server one to four names, parted by spaces; asked in this order
 * @param kennung attribute that never changes, e.g. {@code entryUUID} or {@code objectGUID}
 * @param gruppenattribut of the person if {@code gruppenbasis} is empty, else of the groups that are searched there
 * @param verknuepfen whether a person who is here already is the one of the same sign-in name there
 * @param takt minutes between two comparisons
 */
record Ldapeinstellungen(
        boolean aktiv,
        String server,
        int port,
        String sicherung,
        String zertifikate,
        String dienstkonto,
        String suchbasis,
        String personenfilter,
        String kennung,
        String anmeldename,
        String vorname,
        String nachname,
        String mail,
        String gruppenattribut,
        String gruppenbasis,
        String gruppenfilter,
        boolean verknuepfen,
        int takt) {

    /** How the line is secured. */
    enum Sicherung {
        LDAPS("LDAPS (von Anfang an verschlüsselt)"),
        STARTTLS("StartTLS (verschlüsselt nach dem Verbinden)"),
        /** Only for a server on this machine, e.g. behind a tunnel. */
        OHNE("keine (nur auf diesem Rechner)");

        private final String bezeichnung;

        Sicherung(String bezeichnung) {
            this.bezeichnung = bezeichnung;
        }

        String bezeichnung() {
            return bezeichnung;
        }
    }

    private static final int SERVER = 4;

    /** What an Active Directory usually needs. */
    static Ldapeinstellungen anfang() {
        return new Ldapeinstellungen(
                true,
                "",
                636,
                Sicherung.LDAPS.name(),
                "",
                "",
                "",
                "(&(objectClass=user)(!(objectClass=computer))(!(userAccountControl:1.2.840.113556.1.4.803:=2)))",
                "objectGUID",
                "sAMAccountName",
                "givenName",
                "sn",
                "mail",
                "memberOf",
                "",
                "",
                false,
                15);
    }

    static Ldapeinstellungen aus(Formular f, Netzgrenze grenze) {
        var gelesen = new Ldapeinstellungen(
                f.haken("aktiv"),
                f.pflicht("server", 500),
                f.zahl("port", 1, 65_535),
                Arrays.stream(Sicherung.values())
                        .map(Sicherung::name)
                        .filter(f.text("sicherung")::equals)
                        .findFirst()
                        .orElse(Sicherung.LDAPS.name()),
                f.zertifikate("zertifikate"),
                f.text("dienstkonto", 500),
                f.pflicht("suchbasis", 500),
                f.pflicht("personenfilter", 1000),
                f.attribut("kennung"),
                f.attribut("anmeldename"),
                f.attribut("vorname"),
                f.attribut("nachname"),
                f.attribut("mail"),
                f.attribut("gruppenattribut"),
                f.text("gruppenbasis", 500),
                f.text("gruppenfilter", 1000),
                f.haken("verknuepfen"),
                f.zahl("takt", 5, 1440));
        gelesen.pruefe(f, grenze);
        return gelesen;
    }

    private void pruefe(Formular f, Netzgrenze grenze) {
        if (namen().size() > SERVER || namen().stream().anyMatch(n -> !n.matches("[A-Za-z0-9.:_-]{1,255}"))) {
            f.fehler().put("server", "Bitte ein bis vier Rechnernamen, mit Leerzeichen getrennt.");
        } else if (namen().stream().anyMatch(grenze::verwehrt)) {
            f.fehler().put("server", Netzgrenze.EINWAND);
        } else if (wie() == Sicherung.OHNE && !grenze.istDieserRechner(namen())) {
            f.fehler()
                    .put(
                            "sicherung",
                            "Ohne Verschlüsselung gehen Passwörter lesbar durchs Netz. Das geht nur mit einem Server auf diesem Rechner (localhost), und nur, wenn der Betrieb es zulässt.");
        }
        if (!DN.isValidDN(dienstkonto)) f.fehler().put("dienstkonto", "Das ist kein Name (DN) eines Eintrags.");
        if (!DN.isValidDN(suchbasis)) f.fehler().put("suchbasis", "Das ist kein Name (DN) eines Eintrags.");
        if (!DN.isValidDN(gruppenbasis)) f.fehler().put("gruppenbasis", "Das ist kein Name (DN) eines Eintrags.");
        if (!istFilter(personenfilter)) f.fehler().put("personenfilter", "Das ist kein LDAP-Filter.");
        if (!gruppenbasis.isEmpty() && !istFilter(gruppenfilter)) {
            f.fehler().put("gruppenfilter", "Das ist kein LDAP-Filter.");
        }
    }

    private static boolean istFilter(String text) {
        try {
            Filter.create(text);
            return true;
        } catch (LDAPException e) {
            return false;
        }
    }

    List<String> namen() {
        return List.of(server.split("\\s+"));
    }

    Sicherung wie() {
        return Sicherung.valueOf(sicherung);
    }

    boolean sucheGruppen() {
        return !gruppenbasis.isEmpty();
    }

    /** What the secret is for: with another server or account it must be typed again, else it could be sent anywhere. */
    String wofuer(UUID mandant) {
        return String.join("\n", mandant.toString(), "LDAP", server, String.valueOf(port), sicherung, dienstkonto);
    }
}
