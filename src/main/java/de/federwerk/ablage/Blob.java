package de.federwerk.ablage;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Bytes that lie in the Ablage.
 *
 * @param laenge length in bytes
 * @param sha256 32 bytes: what {@code sha256sum} says of these bytes
 * @param ort    where the Ablage finds them, e.g. {@code 0000000001.pack:4096}; means something to the Ablage only
 */
public record Blob(UUID id, long laenge, byte[] sha256, String ort) {

    /** The SHA-256 in hexadecimal, as an outsider's tool prints it. */
    public String pruefsumme() {
        return HexFormat.of().formatHex(sha256);
    }

    @Override
    public boolean equals(Object anderes) {
        return anderes instanceof Blob b
                && id.equals(b.id)
                && laenge == b.laenge
                && ort.equals(b.ort)
                && Arrays.equals(sha256, b.sha256);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
