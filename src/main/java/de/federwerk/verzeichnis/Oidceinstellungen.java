package de.federwerk.verzeichnis;

import java.net.URI;
import java.util.List;
import java.util.UUID;

/**
 * How the OpenID provider is asked. The secret is not in it. Each part is a column of {@code oidcanbieter}.
 *
 * @param aussteller issuer, as its own description says it
 * @param bezeichnung what stands on the button
 * @param anmeldename claim with the sign-in name
 * @param gruppen claim with the groups; empty: roles and Stellen are given here only
 * @param aufnehmen whether somebody unknown is taken in with the first sign-in
 * @param verknuepfen whether a person who is here already is the one of the same sign-in name there
 */
record Oidceinstellungen(
        boolean aktiv,
        String aussteller,
        String zertifikate,
        String client,
        String bezeichnung,
        String anmeldename,
        String gruppen,
        boolean aufnehmen,
        boolean verknuepfen) {

    private static final List<String> HIER = List.of("localhost", "127.0.0.1", "[::1]");

    /** What a Keycloak usually needs. */
    static Oidceinstellungen anfang() {
        return new Oidceinstellungen(
                true,
                "",
                "",
                "federwerk",
                "Mit dem Konto der Stadt anmelden",
                "preferred_username",
                "groups",
                false,
                false);
    }

    static Oidceinstellungen aus(Formular f) {
        var gelesen = new Oidceinstellungen(
                f.haken("aktiv"),
                f.pflicht("aussteller", 500),
                f.zertifikate("zertifikate"),
                f.pflicht("client", 200),
                f.pflicht("bezeichnung", 60),
                f.pflicht("anmeldename", 100),
                f.text("gruppen", 100),
                f.haken("aufnehmen"),
                f.haken("verknuepfen"));
        if (!f.fehler().containsKey("aussteller") && !istSicher(gelesen.aussteller)) {
            f.fehler()
                    .put(
                            "aussteller",
                            "Bitte die Adresse des Ausstellers, mit https:// am Anfang (http:// nur auf diesem Rechner).");
        }
        return gelesen;
    }

    /** Whether something may be asked there: encrypted, or on this machine. */
    static boolean istSicher(String adresse) {
        try {
            var uri = URI.create(adresse);
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getFragment() == null
                    && ("https".equals(uri.getScheme())
                            || "http".equals(uri.getScheme()) && HIER.contains(uri.getHost()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What the secret is for: with another issuer it must be typed again, else it could be sent anywhere. */
    String wofuer(UUID mandant) {
        return String.join("\n", mandant.toString(), "OIDC", aussteller, client);
    }
}
