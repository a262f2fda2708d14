package de.federwerk.verzeichnis;

import com.unboundid.ldap.sdk.NameResolver;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where the servers that a town names may lie. An administrator of one town is not the operator of the house: what he types must not let
 * the program talk to its own machine, or to the service that tells a machine in a data centre its secrets (OWASP SSRF). The private
 * network of the town hall is where directories stand, and stays open.
 */
@Component
class Netzgrenze {

    private static final Set<String> HIER = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    /** Services of data centres for their own machines that do not lie in 169.254.0.0/16: Alibaba, Oracle, Azure, AWS, Google. */
    private static final Set<InetAddress> AUSKUNFT = Stream.of(
                    "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254")
            .map(InetAddress::ofLiteral)
            .collect(Collectors.toUnmodifiableSet());

    static final String EINWAND =
            "Diese Adresse führt auf den Rechner von Federwerk selbst oder in einen Bereich, in dem kein Verzeichnis steht. Dorthin verbindet sich Federwerk nicht.";

    private final boolean dieserRechner;

    /** @param dieserRechner whether this machine is allowed, and without encryption; said by the operator and by no town */
    Netzgrenze(@Value("${federwerk.verzeichnis.dieser-rechner:false}") boolean dieserRechner) {
        this.dieserRechner = dieserRechner;
    }

    /** Whether these names mean this machine, and the operator lets towns use it. */
    boolean istDieserRechner(List<String> namen) {
        return dieserRechner && HIER.containsAll(namen);
    }

    /** Whether an address of a provider may be used at all: encrypted and plainly written. Where it leads is asked when it is used. */
    boolean istSicher(@Nullable URI adresse) {
        return adresse != null
                && adresse.getHost() != null
                && adresse.getUserInfo() == null
                && adresse.getFragment() == null
                && ("https".equals(adresse.getScheme())
                        || "http".equals(adresse.getScheme()) && istDieserRechner(List.of(adresse.getHost())));
    }

    /** As {@link #istSicher(URI)}, of what somebody typed. */
    boolean istSicher(String adresse) {
        try {
            return istSicher(URI.create(adresse));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a name leads where it must not. A name that nobody knows at the moment may be right later. */
    boolean verwehrt(String host) {
        try {
            pruefe(host);
            return false;
        } catch (Verwehrt e) {
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static final class Verwehrt extends UnknownHostException {
        Verwehrt(String host) {
            super(host + ": " + EINWAND);
        }
    }

    /**
     * All addresses of a name.
     *
     * @throws Verwehrt if one of them must not be asked
     */
    InetAddress[] pruefe(String host) throws UnknownHostException {
        var adressen = InetAddress.getAllByName(host);
        if (Arrays.stream(adressen).anyMatch(this::gesperrt)) throw new Verwehrt(host);
        return adressen;
    }

    boolean gesperrt(InetAddress adresse) {
        if (adresse.isLoopbackAddress() || istEigene(adresse)) return !dieserRechner;
        if (adresse.isAnyLocalAddress()
                || adresse.isLinkLocalAddress()
                || adresse.isMulticastAddress()
                || AUSKUNFT.contains(adresse)) return true;
        var bytes = adresse.getAddress();
        // 0.0.0.0/8 is this machine, 240.0.0.0/4 nobody.
        if (adresse instanceof Inet4Address) return bytes[0] == 0 || (bytes[0] & 0xf0) == 0xf0;
        var darin = vierer(bytes);
        return darin != null && gesperrt(darin);
    }

    /** Whether a network card of this machine has it. */
    private static boolean istEigene(InetAddress adresse) {
        try {
            return NetworkInterface.getByInetAddress(adresse) != null;
        } catch (SocketException e) {
            return true;
        }
    }

    /** The IPv4 address within one of IPv6: ::a.b.c.d, NAT64 (RFC 6052, RFC 8215) and 6to4 (RFC 3056). */
    private static @Nullable InetAddress vierer(byte[] bytes) {
        int ab = -1;
        if (beginnt(bytes, 0x20, 0x02)) ab = 2;
        else if (beginnt(bytes, 0x00, 0x64, 0xff, 0x9b) || beginnt(bytes, new int[12])) ab = 12;
        if (ab < 0) return null;
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, ab, ab + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean beginnt(byte[] bytes, int... anfang) {
        for (int i = 0; i < anfang.length; i++) {
            if ((bytes[i] & 0xff) != anfang[i]) return false;
        }
        return true;
    }

    /** For LDAP: what was looked at is what is connected to, whatever the name says a moment later. */
    NameResolver namen() {
        return new NameResolver() {
            @Override
            public InetAddress getByName(@Nullable String host) throws UnknownHostException {
                return getAllByName(host)[0];
            }

            @Override
            public InetAddress[] getAllByName(@Nullable String host) throws UnknownHostException {
                return pruefe(String.valueOf(host));
            }

            @Override
            public void toString(StringBuilder text) {
                text.append("Netzgrenze");
            }
        };
    }
}
