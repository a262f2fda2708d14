package de.federwerk.anmeldung;

import com.webauthn4j.data.client.Origin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * For which host name passkeys are good, and what the browser is asked ({@code passkey.js} hands it on as it stands). The name is that of the
 * address people type, unless {@code federwerk.anmeldung.rp-id} names the domain above it, for towns that are reached under several.
 */
@Component
class Passkeyhaus {

    /** @param herkunft scheme, host and port of the page: what the browser signs beside the word */
    record Haus(String rpId, Origin herkunft) {}

    /** ES256, EdDSA, RS256 (COSE): what authenticators have, Windows Hello only the last. */
    static final List<Integer> VERFAHREN = List.of(-7, -8, -257);

    private static final int GEDULD_MS = 300_000;

    private final String vorgegeben;
    private final JsonMapper json = JsonMapper.shared();

    Passkeyhaus(@Value("${federwerk.anmeldung.rp-id:}") String vorgegeben) {
        this.vorgegeben = vorgegeben.strip();
    }

    /** Empty under a bare number: WebAuthn wants a name. */
    Optional<Haus> von(HttpServletRequest anfrage) {
        var rechner = anfrage.getServerName();
        if (rechner.matches("[0-9.]+") || rechner.contains(":")) return Optional.empty();
        int port = anfrage.getServerPort();
        boolean ueblich = port == ("https".equals(anfrage.getScheme()) ? 443 : 80);
        return Optional.of(new Haus(
                vorgegeben.isEmpty() ? rechner : vorgegeben,
                new Origin(anfrage.getScheme() + "://" + rechner + (ueblich ? "" : ":" + port))));
    }

    /** @param vorhandene ids of those the person has: an authenticator that has one makes no second */
    String zumAufnehmen(
            Haus haus, byte[] pruefwort, byte[] nutzer, String anmeldename, String name, List<byte[]> vorhandene) {
        var frage = grundfrage(pruefwort);
        frage.put("rp", Map.of("id", haus.rpId, "name", "Federwerk"));
        frage.put("user", Map.of("id", text(nutzer), "name", anmeldename, "displayName", name));
        frage.put(
                "pubKeyCredParams",
                VERFAHREN.stream()
                        .map(v -> Map.of("type", "public-key", "alg", v))
                        .toList());
        frage.put("excludeCredentials", schluessel(vorhandene));
        // "preferred": an older security key keeps none of itself, and serves as second factor all the same.
        frage.put("authenticatorSelection", Map.of("residentKey", "preferred", "userVerification", "preferred"));
        frage.put("attestation", "none");
        return json.writeValueAsString(frage);
    }

    /** @param erlaubte ids of the person's; none: whatever the authenticator offers, which then must verify its user itself */
    String zumAnmelden(Haus haus, byte[] pruefwort, List<byte[]> erlaubte) {
        var frage = grundfrage(pruefwort);
        frage.put("rpId", haus.rpId);
        frage.put("allowCredentials", schluessel(erlaubte));
        frage.put("userVerification", erlaubte.isEmpty() ? "required" : "preferred");
        return json.writeValueAsString(frage);
    }

    private static Map<String, Object> grundfrage(byte[] pruefwort) {
        var frage = new LinkedHashMap<String, Object>();
        frage.put("challenge", text(pruefwort));
        frage.put("timeout", GEDULD_MS);
        return frage;
    }

    private static List<Map<String, String>> schluessel(List<byte[]> kennungen) {
        return kennungen.stream()
                .map(k -> Map.of("type", "public-key", "id", text(k)))
                .toList();
    }

    static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
