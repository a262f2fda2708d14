package de.federwerk.protokoll;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Entry v1. Its canonical bytes are JSON in the canonical form of RFC 8785: keys sorted, no white space, values only strings of
 * ASCII – so that an outsider can rebuild them with any JSON tool. Time is UTC with exactly six decimals.
 *
 * <pre>{"festlegungen":{"titel":"…64 hex…"},"handlung":"akte.angelegt","kennung":"…","mandant":"…","objekt":"…","person":"…","version":"1","zeit":"2026-11-23T15:27:15.000000Z"}</pre>
 *
 * @param festlegungen field → lower-case hex of SHA-256(32 bytes salt ‖ UTF-8 value)
 */
record Eintrag(
        UUID mandant,
        UUID kennung,
        Instant zeit,
        String handlung,
        UUID objekt,
        UUID person,
        SortedMap<String, String> festlegungen) {

    private static final DateTimeFormatter ZEIT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z_.]{0,59}");

    byte[] bytes() {
        var felder = festlegungen.entrySet().stream()
                .map(e -> "\"" + ascii(e.getKey()) + "\":\"" + e.getValue() + "\"")
                .collect(Collectors.joining(","));
        return ("{\"festlegungen\":{%s},\"handlung\":\"%s\",\"kennung\":\"%s\",\"mandant\":\"%s\",\"objekt\":\"%s\",\"person\":\"%s\","
                        + "\"version\":\"1\",\"zeit\":\"%s\"}")
                .formatted(felder, ascii(handlung), kennung, mandant, objekt, person, ZEIT.format(zeit))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Leaf of the tree to come: SHA-256(0x00 ‖ entry), RFC 9162 § 2.1.1. */
    byte[] blatt() {
        var sha = sha256();
        sha.update((byte) 0);
        return sha.digest(bytes());
    }

    static String festlegung(byte[] salz, String wert) {
        var sha = sha256();
        sha.update(salz);
        // Like the database, which cannot store NUL.
        return HexFormat.of().formatHex(sha.digest(wert.replace("\0", "").getBytes(StandardCharsets.UTF_8)));
    }

    private static String ascii(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Kein Name für das Protokoll: " + name);
        }
        return name;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
