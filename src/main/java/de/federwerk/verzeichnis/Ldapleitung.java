package de.federwerk.verzeichnis;

import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import de.federwerk.basis.Abgelehnt;
import org.jspecify.annotations.Nullable;

/** Connects to the first server of the settings that answers: encrypted, its name checked, and with an end to all waiting. */
final class Ldapleitung {

    private static final int VERBINDEN_MS = 5_000;
    private static final int ANTWORT_MS = 20_000;
    /** One answer of a directory: a person with all groups. */
    private static final int NACHRICHT = 16 << 20;

    private Ldapleitung() {}

    /** Signed in with the service account. @throws LDAPException with what the last server said */
    static LDAPConnection offen(Ldapeinstellungen wie, @Nullable String passwort, Netzgrenze grenze)
            throws LDAPException {
        @Nullable LDAPException grund = null;
        for (var server : wie.namen()) {
            try {
                return angemeldet(wie, server, passwort, grenze);
            } catch (LDAPException e) {
                grund = e;
                // The next server would say the same, and the account be locked the sooner.
                if (e.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)) break;
            }
        }
        throw grund == null ? new LDAPException(ResultCode.PARAM_ERROR, "kein Server genannt") : grund;
    }

    private static LDAPConnection angemeldet(
            Ldapeinstellungen wie, String server, @Nullable String passwort, Netzgrenze grenze) throws LDAPException {
        var verbindung = verbunden(wie, server, grenze);
        try {
            // Without an account: as anybody may ask. A name without a password would be anybody, too, and say that it
            // had worked.
            if (!wie.dienstkonto().isEmpty()) {
                if (passwort == null || passwort.isEmpty()) {
                    throw new LDAPException(ResultCode.INVALID_CREDENTIALS, "Das Passwort des Dienstkontos fehlt");
                }
                verbindung.bind(wie.dienstkonto(), passwort);
            }
            return verbindung;
        } catch (LDAPException | RuntimeException e) {
            verbindung.close();
            throw e;
        }
    }

    private static LDAPConnection verbunden(Ldapeinstellungen wie, String server, Netzgrenze grenze)
            throws LDAPException {
        var regeln = new LDAPConnectionOptions();
        regeln.setConnectTimeoutMillis(VERBINDEN_MS);
        regeln.setResponseTimeoutMillis(ANTWORT_MS);
        regeln.setAbandonOnTimeout(true);
        regeln.setFollowReferrals(false);
        regeln.setNameResolver(grenze.namen());
        regeln.setBindWithDNRequiresPassword(true);
        regeln.setMaxMessageSize(NACHRICHT);
        regeln.setUseSynchronousMode(true);
        regeln.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        try {
            switch (wie.wie()) {
                case LDAPS -> {
                    var tls = Vertrauen.in(wie.zertifikate()).getSocketFactory();
                    return new LDAPConnection(tls, regeln, server, wie.port());
                }
                case STARTTLS -> {
                    var verbindung = new LDAPConnection(regeln, server, wie.port());
                    verschluessle(verbindung, wie);
                    return verbindung;
                }
                case OHNE -> {
                    return new LDAPConnection(regeln, server, wie.port());
                }
            }
        } catch (Abgelehnt e) {
            throw new LDAPException(ResultCode.PARAM_ERROR, e.getMessage(), e);
        }
        throw new IllegalStateException(wie.sicherung());
    }

    private static void verschluessle(LDAPConnection verbindung, Ldapeinstellungen wie) throws LDAPException {
        try {
            ExtendedResult antwort =
                    verbindung.processExtendedOperation(new StartTLSExtendedRequest(Vertrauen.in(wie.zertifikate())));
            if (!antwort.getResultCode().equals(ResultCode.SUCCESS)) throw new LDAPException(antwort);
        } catch (LDAPException | RuntimeException e) {
            verbindung.close();
            throw e;
        }
    }
}
