package de.federwerk.anmeldung;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Locks what the database must keep and must not betray: TOTP secrets work both ways, so they cannot be hashed. AES-256-GCM under a key
 * that lies beside the database, in {@code DATEN/anmeldung.geheim} (0600), or comes from {@code federwerk.anmeldung.schluessel} where
 * several nodes share one database.
 */
@Component
public class Tresor {

    private static final SecureRandom ZUFALL = new SecureRandom();
    private static final int SCHLUESSEL = 32;
    /** Bytes of the random start value, and bits of the seal (NIST SP 800-38D). */
    private static final int ANFANG = 12;

    private static final int SIEGEL = 128;

    private final SecretKeySpec schluessel;

    Tresor(@Value("${federwerk.daten}") Path daten, @Value("${federwerk.anmeldung.schluessel:}") String vorgegeben)
            throws IOException {
        var text = vorgegeben.isBlank() ? ausDatei(daten.resolve("anmeldung.geheim")) : vorgegeben;
        var bytes = Base64.getDecoder().decode(text.strip());
        if (bytes.length != SCHLUESSEL)
            throw new IllegalStateException("Der Schlüssel der Anmeldung braucht 32 Byte in Base64.");
        this.schluessel = new SecretKeySpec(bytes, "AES");
    }

    private static String ausDatei(Path datei) throws IOException {
        if (!Files.exists(datei)) {
            var halb = datei.resolveSibling(datei.getFileName() + ".neu");
            Files.deleteIfExists(halb);
            Files.createFile(halb, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(halb, Base64.getEncoder().encodeToString(zufall(SCHLUESSEL)));
            Files.move(halb, datei, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(datei);
    }

    public static byte[] zufall(int laenge) {
        var bytes = new byte[laenge];
        ZUFALL.nextBytes(bytes);
        return bytes;
    }

    /** Bound to its owner: copied into another person's row it opens nothing. */
    public byte[] verschliesse(UUID mandant, UUID person, byte[] klartext) {
        try {
            var anfang = zufall(ANFANG);
            var schloss = schloss(Cipher.ENCRYPT_MODE, anfang, mandant, person);
            var siegel = schloss.doFinal(klartext);
            return ByteBuffer.allocate(anfang.length + siegel.length)
                    .put(anfang)
                    .put(siegel)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empty if it was locked under another key (the key file was not restored with the database) or for somebody else. */
    public Optional<byte[]> oeffne(UUID mandant, UUID person, byte[] verschlossen) {
        try {
            var anfang = java.util.Arrays.copyOf(verschlossen, ANFANG);
            return Optional.of(schloss(Cipher.DECRYPT_MODE, anfang, mandant, person)
                    .doFinal(verschlossen, ANFANG, verschlossen.length - ANFANG));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher schloss(int richtung, byte[] anfang, UUID mandant, UUID person) throws GeneralSecurityException {
        var schloss = Cipher.getInstance("AES/GCM/NoPadding");
        schloss.init(richtung, schluessel, new GCMParameterSpec(SIEGEL, anfang));
        schloss.updateAAD((mandant + "/" + person).getBytes(StandardCharsets.US_ASCII));
        return schloss;
    }
}
