package de.federwerk.verzeichnis;

import de.federwerk.basis.Abgelehnt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS that trusts the certificates of the town's own authority, or those that Java knows if none are named. */
final class Vertrauen {

    private static final int HOECHSTENS = 20;

    private Vertrauen() {}

    /**
     * @param zertifikate PEM; empty for what Java knows
     * @throws Abgelehnt (EINGABE) if they cannot be read
     */
    static SSLContext in(String zertifikate) {
        try {
            var pruefer = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            pruefer.init(zertifikate.isBlank() ? null : speicher(zertifikate));
            var tls = SSLContext.getInstance("TLS");
            tls.init(null, pruefer.getTrustManagers(), null);
            return tls;
        } catch (GeneralSecurityException | IOException e) {
            throw unlesbar();
        }
    }

    private static KeyStore speicher(String zertifikate) throws GeneralSecurityException, IOException {
        var speicher = KeyStore.getInstance(KeyStore.getDefaultType());
        speicher.load(null, null);
        var alle = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(zertifikate.getBytes(StandardCharsets.US_ASCII)));
        if (alle.isEmpty() || alle.size() > HOECHSTENS) throw unlesbar();
        int nr = 0;
        for (var zertifikat : alle) {
            speicher.setCertificateEntry("eigene-" + nr++, zertifikat);
        }
        return speicher;
    }

    private static Abgelehnt unlesbar() {
        return Abgelehnt.eingabe(
                "Die Zertifikate sind nicht zu lesen. Erwartet wird PEM: ein bis zwanzig Blöcke, die mit „-----BEGIN CERTIFICATE-----“ beginnen.");
    }
}
