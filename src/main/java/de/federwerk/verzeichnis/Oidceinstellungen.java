package de.federwerk.verzeichnis;

import java.net.URI;
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

    static Oidceinstellungen aus(Formular f, Netzgrenze grenze) {
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
        if (!f.fehler().containsKey("aussteller")) {
            if (!grenze.istSicher(gelesen.aussteller)) {
                f.fehler().put("aussteller", "Bitte die Adresse des Ausstellers, mit https:// am Anfang.");
            } else if (grenze.verwehrt(URI.create(gelesen.aussteller).getHost())) {
                f.fehler().put("aussteller", Netzgrenze.EINWAND);
            }
        }
        return gelesen;
    }

    /** What the secret is for: with another issuer it must be typed again, else it could be sent anywhere. */
    String wofuer(UUID mandant) {
        return String.join("\n", mandant.toString(), "OIDC", aussteller, client);
    }
}
