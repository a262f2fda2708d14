package de.federwerk.verzeichnis;

import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * How and when a provider had somebody prove who they are, as a token says that was checked before.
 *
 * @param zweiterFaktor whether with more than a password ({@code amr}, RFC 8176)
 * @param wann {@code auth_time}; long ago if it does not say
 */
record Oidcbeweis(boolean zweiterFaktor, Instant wann) {

    private static final Set<String> STARK = Set.of("mfa", "hwk", "otp", "fpt", "face", "sc");

    static Oidcbeweis aus(String idToken) {
        try {
            var angaben = JWTParser.parse(idToken).getJWTClaimsSet();
            var wann = angaben.getDateClaim("auth_time");
            var wie = angaben.getClaim("amr") instanceof List<?> liste ? liste : List.of();
            return new Oidcbeweis(
                    wie.stream().anyMatch(w -> STARK.contains(String.valueOf(w))),
                    wann == null ? Instant.EPOCH : wann.toInstant());
        } catch (ParseException e) {
            // Nothing is known of how: then it counts for nothing.
            return new Oidcbeweis(false, Instant.EPOCH);
        }
    }
}
