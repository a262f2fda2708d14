package de.federwerk.verzeichnis;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import de.federwerk.organisation.Anmeldeverzeichnis.Ausfall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads persons and groups of an LDAP directory, all or nothing, and lets it check passwords. */
@Component
class Ldapverzeichnis {

    private static final Logger LOG = LoggerFactory.getLogger(Ldapverzeichnis.class);

    private static final int JE_SEITE = 500;
    private static final int HOECHSTENS = 50_000;
    private static final int GRUPPEN_JE_PERSON = 2_000;
    private static final int SUCHE_S = 60;
    /** As many may wait for a directory that does not answer; the others are told at once. */
    private static final int ZUGLEICH = 8;

    private static final long GEDULD_MS = 2_000;

    private final Semaphore plaetze = new Semaphore(ZUGLEICH, true);
    private final Netzgrenze grenze;

    Ldapverzeichnis(Netzgrenze grenze) {
        this.grenze = grenze;
    }

    /** Everything there is. @param verweise to other servers, which are not followed */
    record Bestand(List<Fund> personen, Set<String> gruppen, int verweise) {}

    private record Suche(List<Entry> eintraege, int verweise) {}

    /**
     * All persons with their groups.
     *
     * @throws LDAPException also if the server gave only a part of them: whoever is missing then has not left
     */
    Bestand lies(Ldapeinstellungen wie, @Nullable String passwort) throws LDAPException {
        try (var verbindung = Ldapleitung.offen(wie, passwort, grenze)) {
            var attribute = new ArrayList<>(
                    List.of(wie.kennung(), wie.anmeldename(), wie.vorname(), wie.nachname(), wie.mail()));
            if (!wie.sucheGruppen()) attribute.add(wie.gruppenattribut());
            var personen = suche(verbindung, wie.suchbasis(), Filter.create(wie.personenfilter()), attribute);
            var gruppen = wie.sucheGruppen()
                    ? suche(
                            verbindung,
                            wie.gruppenbasis(),
                            Filter.create(wie.gruppenfilter()),
                            List.of("cn", wie.gruppenattribut()))
                    : new Suche(List.of(), 0);
            var mitglieder = mitglieder(gruppen.eintraege, wie);
            var funde = personen.eintraege.stream()
                    .map(e -> fund(e, wie, mitglieder))
                    .toList();
            var namen = new TreeSet<String>();
            gruppen.eintraege.forEach(g -> namen.add(g.getDN()));
            funde.forEach(f -> namen.addAll(f.gruppen()));
            return new Bestand(funde, namen, personen.verweise + gruppen.verweise);
        }
    }

    /** Page by page (RFC 2696), so that the server's own limit is not met. */
    private static Suche suche(LDAPConnection verbindung, String basis, Filter filter, Collection<String> attribute)
            throws LDAPException {
        var alle = new ArrayList<Entry>();
        int verweise = 0;
        @Nullable ASN1OctetString weiter = null;
        do {
            var anfrage = new SearchRequest(basis, SearchScope.SUB, filter, attribute.toArray(String[]::new));
            anfrage.setTimeLimitSeconds(SUCHE_S);
            anfrage.setControls(new Control[] {new SimplePagedResultsControl(JE_SEITE, weiter)});
            var antwort = verbindung.search(anfrage);
            alle.addAll(antwort.getSearchEntries());
            verweise += antwort.getReferenceCount();
            if (alle.size() > HOECHSTENS) {
                throw new LDAPException(
                        ResultCode.SIZE_LIMIT_EXCEEDED, "Mehr als " + HOECHSTENS + " Einträge: Filter enger fassen");
            }
            var seite = SimplePagedResultsControl.get(antwort);
            weiter = seite != null && seite.moreResultsToReturn() ? seite.getCookie() : null;
        } while (weiter != null);
        return new Suche(alle, verweise);
    }

    /** Names of groups by what they hold: the DN of a person, or the sign-in name ({@code memberUid}). */
    private static Map<String, Set<String>> mitglieder(List<Entry> gruppen, Ldapeinstellungen wie) {
        var mitglieder = new HashMap<String, Set<String>>();
        for (var gruppe : gruppen) {
            var werte = gruppe.getAttributeValues(wie.gruppenattribut());
            if (werte == null) continue;
            for (var wert : werte) {
                mitglieder
                        .computeIfAbsent(vergleichbar(wert), w -> new TreeSet<>())
                        .add(gruppe.getDN());
            }
        }
        return mitglieder;
    }

    private static String vergleichbar(String wert) {
        try {
            return wert.contains("=") ? DN.normalize(wert) : wert.toLowerCase(Locale.ROOT);
        } catch (LDAPException e) {
            return wert.toLowerCase(Locale.ROOT);
        }
    }

    private static Fund fund(Entry eintrag, Ldapeinstellungen wie, Map<String, Set<String>> mitglieder) {
        var anmeldename = eintrag.getAttributeValue(wie.anmeldename());
        var gruppen = new TreeSet<String>();
        if (wie.sucheGruppen()) {
            gruppen.addAll(mitglieder.getOrDefault(vergleichbar(eintrag.getDN()), Set.of()));
            if (anmeldename != null) gruppen.addAll(mitglieder.getOrDefault(vergleichbar(anmeldename), Set.of()));
        } else {
            var werte = eintrag.getAttributeValues(wie.gruppenattribut());
            if (werte != null)
                gruppen.addAll(Arrays.asList(werte).subList(0, Math.min(werte.length, GRUPPEN_JE_PERSON)));
        }
        return Fund.aus(
                kennung(eintrag, wie),
                anmeldename,
                eintrag.getAttributeValue(wie.vorname()),
                eintrag.getAttributeValue(wie.nachname()),
                eintrag.getAttributeValue(wie.mail()),
                gruppen);
    }

    /** Active Directory has sixteen bytes as the id and no text. */
    private static boolean istBinaer(Ldapeinstellungen wie) {
        return wie.kennung().equalsIgnoreCase("objectGUID");
    }

    private static String kennung(Entry eintrag, Ldapeinstellungen wie) {
        if (istBinaer(wie)) {
            var bytes = eintrag.getAttributeValueBytes(wie.kennung());
            return bytes == null ? "" : HexFormat.of().formatHex(bytes);
        }
        var text = eintrag.getAttributeValue(wie.kennung());
        return text == null ? "" : text;
    }

    /**
     * Whether the directory lets this person in with this password.
     *
     * @throws Ausfall if it cannot be asked
     */
    boolean stimmt(Ldapeinstellungen wie, @Nullable String dienstpasswort, String kennung, String passwort) {
        // A bind with an empty password succeeds as nobody (RFC 4513 § 5.1.2).
        if (passwort.isEmpty()) return false;
        try {
            if (!plaetze.tryAcquire(GEDULD_MS, TimeUnit.MILLISECONDS)) throw new Ausfall("Verzeichnis antwortet nicht");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Ausfall("Anmeldung abgebrochen");
        }
        try (var verbindung = Ldapleitung.offen(wie, dienstpasswort, grenze)) {
            var person = Filter.createANDFilter(Filter.create(wie.personenfilter()), mitKennung(wie, kennung));
            // Where the person stands is asked each time: a name that was moved must not open for somebody else.
            var gefunden = suche(verbindung, wie.suchbasis(), person, List.of("1.1")).eintraege;
            return gefunden.size() == 1
                    && bindet(verbindung, gefunden.getFirst().getDN(), passwort);
        } catch (LDAPException e) {
            LOG.warn("Verzeichnis {}: {}", wie.server(), grund(e));
            throw new Ausfall(grund(e));
        } finally {
            plaetze.release();
        }
    }

    private static Filter mitKennung(Ldapeinstellungen wie, String kennung) throws LDAPException {
        try {
            return istBinaer(wie)
                    ? Filter.createEqualityFilter(wie.kennung(), HexFormat.of().parseHex(kennung))
                    : Filter.createEqualityFilter(wie.kennung(), kennung);
        } catch (IllegalArgumentException e) {
            throw new LDAPException(ResultCode.PARAM_ERROR, "Kennung passt nicht zum Attribut " + wie.kennung(), e);
        }
    }

    private static boolean bindet(LDAPConnection verbindung, String dn, String passwort) throws LDAPException {
        try {
            return verbindung.bind(dn, passwort).getResultCode().equals(ResultCode.SUCCESS);
        } catch (LDAPException e) {
            // Wrong, locked, expired: all of it is a no. Only a server that could not look is none.
            if (!e.getResultCode().isConnectionUsable()
                    || e.getResultCode().equals(ResultCode.BUSY)
                    || e.getResultCode().equals(ResultCode.UNAVAILABLE)) {
                throw e;
            }
            return false;
        }
    }

    /** What the server said, without anything that was typed. */
    static String grund(LDAPException e) {
        var text = String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}+", " ");
        return e.getResultCode().getName() + " (" + e.getResultCode().intValue() + "): "
                + text.substring(0, Math.min(text.length(), 500));
    }

    /** What a person can do about it. */
    static String ursache(LDAPException e) {
        return switch (e.getResultCode().intValue()) {
            case ResultCode.INVALID_CREDENTIALS_INT_VALUE ->
                "Das Verzeichnis weist das Dienstkonto oder sein Passwort zurück.";
            case ResultCode.NO_SUCH_OBJECT_INT_VALUE -> "Die Suchbasis gibt es im Verzeichnis nicht.";
            case ResultCode.INSUFFICIENT_ACCESS_RIGHTS_INT_VALUE -> "Das Dienstkonto darf dort nicht lesen.";
            case ResultCode.SIZE_LIMIT_EXCEEDED_INT_VALUE ->
                "Das Verzeichnis gibt nicht alle Einträge heraus, oder es sind mehr als 50.000.";
            case ResultCode.CONNECT_ERROR_INT_VALUE, ResultCode.SERVER_DOWN_INT_VALUE ->
                "Das Verzeichnis ist nicht erreichbar, oder sein Zertifikat passt nicht zum Namen oder nicht zu den angegebenen Zertifikaten.";
            case ResultCode.TIMEOUT_INT_VALUE, ResultCode.TIME_LIMIT_EXCEEDED_INT_VALUE ->
                "Das Verzeichnis antwortet zu langsam.";
            default -> "Das Verzeichnis hat die Anfrage abgelehnt.";
        };
    }
}
