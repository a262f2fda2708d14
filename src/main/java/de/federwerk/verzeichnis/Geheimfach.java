package de.federwerk.verzeichnis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Seals secrets with AES-256-GCM. The key lies in {@code DATEN/verzeichnis.schluessel} (0600) and so neither in the database nor in its
 * dumps. What a secret is for is sealed with it: for another server, or another Mandant, it does not open.
 */
@Component
class Geheimfach {

    private static final Logger LOG = LoggerFactory.getLogger(Geheimfach.class);
    private static final SecureRandom ZUFALL = new SecureRandom();
    private static final int SCHLUESSEL = 32;
    private static final int NONCE = 12;
    private static final int MARKE_BITS = 128;

    private final Path datei;

    Geheimfach(@Value("${federwerk.daten}") Path daten) {
        this.datei = daten.resolve("verzeichnis.schluessel");
    }

    /** @param wofuer what it opens: Mandant, kind, server, account */
    byte[] versiegle(String geheimnis, String wofuer) {
        try {
            var nonce = new byte[NONCE];
            ZUFALL.nextBytes(nonce);
            var chiffre = Cipher.getInstance("AES/GCM/NoPadding");
            chiffre.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(schluessel(), "AES"),
                    new GCMParameterSpec(MARKE_BITS, nonce));
            chiffre.updateAAD(wofuer.getBytes(StandardCharsets.UTF_8));
            var dicht = chiffre.doFinal(geheimnis.getBytes(StandardCharsets.UTF_8));
            var siegel = Arrays.copyOf(nonce, NONCE + dicht.length);
            System.arraycopy(dicht, 0, siegel, NONCE, dicht.length);
            return siegel;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty if it was sealed for something else, with another key, or was changed. */
    Optional<String> oeffne(byte[] siegel, String wofuer) {
        if (siegel.length <= NONCE || !Files.exists(datei)) return Optional.empty();
        try {
            var chiffre = Cipher.getInstance("AES/GCM/NoPadding");
            chiffre.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(schluessel(), "AES"),
                    new GCMParameterSpec(MARKE_BITS, siegel, 0, NONCE));
            chiffre.updateAAD(wofuer.getBytes(StandardCharsets.UTF_8));
            return Optional.of(
                    new String(chiffre.doFinal(siegel, NONCE, siegel.length - NONCE), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.error("Der Schlüssel des Verzeichnisses ist nicht zu lesen: {}", e.toString());
            return Optional.empty();
        }
    }

    /** Made when the first secret needs it; complete or not at all, and never over one that is there. */
    private synchronized byte[] schluessel() throws IOException {
        try {
            return gelesen();
        } catch (NoSuchFileException e) {
            var neu = new byte[SCHLUESSEL];
            ZUFALL.nextBytes(neu);
            var halb = Files.createTempFile(
                    datei.getParent(),
                    "verzeichnis",
                    ".neu",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.write(halb, neu);
                Files.createLink(datei, halb);
            } catch (FileAlreadyExistsException andere) {
                // Another process was faster: its key is the one that counts.
                return gelesen();
            } catch (UnsupportedOperationException ohneLinks) {
                Files.move(halb, datei, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(halb);
            }
            return neu;
        }
    }

    private byte[] gelesen() throws IOException {
        var schluessel = Files.readAllBytes(datei);
        if (schluessel.length != SCHLUESSEL) {
            throw new IOException(datei + " ist beschädigt; bitte aus der Sicherung zurückholen.");
        }
        return schluessel;
    }
}
