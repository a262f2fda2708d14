package de.federwerk.uebernahme;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Keys for what is too long for a B-tree: the first 16 bytes of SHA-256. */
final class Kennwert {

    private Kennwert() {}

    static UUID von(String... teile) {
        var bytes = ByteBuffer.wrap(sha256().digest(String.join("\0", teile).getBytes(StandardCharsets.UTF_8)));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
