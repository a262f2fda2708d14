package de.federwerk.verzeichnis;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One OpenID provider per Mandant: code flow with PKCE, state and nonce. What it says of itself is kept for some minutes. Nimbus and not
 * Spring's own client, because registrations stand in the database and change while the program runs.
 */
@Component
class Oidcanbieter {

    private static final Duration GEMERKT = Duration.ofMinutes(10);
    private static final Duration FRISCH = Duration.ofMinutes(5);
    private static final int ANBIETER = 50;

    /**
     * What the browser brings back must fit to this. Lies in the session that began.
     *
     * @param mandant with {@code aussteller} and {@code client} to whom the code belongs that is awaited: it is redeemed nowhere else
     */
    record Merkzettel(
            UUID mandant,
            String aussteller,
            String client,
            String state,
            String nonce,
            String pkce,
            boolean frisch,
            Instant bis)
            implements Serializable {

        /** @param frisch whether the person must show anew who they are, though they are signed in there */
        static Merkzettel neu(UUID mandant, Oidceinstellungen wie, boolean frisch) {
            return new Merkzettel(
                    mandant,
                    wie.aussteller(),
                    wie.client(),
                    new State().getValue(),
                    new Nonce().getValue(),
                    new CodeVerifier().getValue(),
                    frisch,
                    Instant.now().plus(Duration.ofMinutes(15)));
        }

        /** Whether the settings are still those by which it was begun. */
        boolean gehoertZu(Oidceinstellungen wie) {
            return aussteller.equals(wie.aussteller()) && client.equals(wie.client());
        }
    }

    /**
     * Who came back.
     *
     * @param gruppenGenannt whether the provider said anything of groups, and be it that there are none
     * @param idToken signed by the provider; names the session to end at sign-out
     */
    record Ausweis(Fund fund, boolean gruppenGenannt, String idToken) {}

    /** The provider does not answer, or not as it should. */
    static class Anbieterfehler extends Exception {
        Anbieterfehler(Throwable grund) {
            super(grund.getClass().getSimpleName() + ": " + grund.getMessage(), grund);
        }
    }

    private record Anbieter(
            OIDCProviderMetadata beschreibung,
            Oidcnetz netz,
            JWSVerificationKeySelector<SecurityContext> schluessel,
            Instant bis) {}

    private final Map<String, Anbieter> gemerkte = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Anbieter> aeltester) {
            return size() > ANBIETER;
        }
    };

    private final Netzgrenze grenze;

    Oidcanbieter(Netzgrenze grenze) {
        this.grenze = grenze;
    }

    /** Where to send the browser. */
    URI beginn(Oidceinstellungen wie, Merkzettel zettel, URI rueckkehr) throws Anbieterfehler {
        var anfrage = new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope("openid", "profile", "email"),
                        new ClientID(wie.client()),
                        rueckkehr)
                .endpointURI(anbieter(wie).beschreibung.getAuthorizationEndpointURI())
                .state(new State(zettel.state))
                .nonce(new Nonce(zettel.nonce))
                .codeChallenge(new CodeVerifier(zettel.pkce), CodeChallengeMethod.S256);
        if (zettel.frisch) anfrage.maxAge(0);
        return anfrage.build().toURI();
    }

    /**
     * Whether an answer that names its sender ({@code iss}, RFC 9207) comes from this provider. One that announces to name itself must do so.
     *
     * @param iss as it stands in the answer; empty if it is missing
     */
    boolean istVon(Oidceinstellungen wie, String iss) throws Anbieterfehler {
        return iss.isEmpty()
                ? !anbieter(wie).beschreibung.supportsAuthorizationResponseIssuerParam()
                : iss.equals(wie.aussteller());
    }

    /** Exchanges the code for who it is. */
    Ausweis loeseEin(Oidceinstellungen wie, @Nullable String geheimnis, Merkzettel zettel, String code, URI rueckkehr)
            throws Anbieterfehler {
        var anbieter = anbieter(wie);
        try {
            var antwort =
                    OIDCTokenResponseParser.parse(tausch(wie, geheimnis, anbieter.beschreibung, zettel, code, rueckkehr)
                            .toHTTPRequest()
                            .send(anbieter.netz));
            if (!(antwort.indicatesSuccess() && antwort.toSuccessResponse() instanceof OIDCTokenResponse erfolg)) {
                throw new IOException("Der Code wurde abgelehnt: "
                        + (antwort.indicatesSuccess()
                                ? "keine Angaben zur Person"
                                : antwort.toErrorResponse().getErrorObject().getCode()));
            }
            var idToken = erfolg.getOIDCTokens().getIDToken();
            var angaben = new IDTokenValidator(
                            new Issuer(wie.aussteller()), new ClientID(wie.client()), anbieter.schluessel, null)
                    .validate(idToken, new Nonce(zettel.nonce));
            if (zettel.frisch && !istFrisch(angaben.getAuthenticationTime())) {
                throw new IOException("Die Person hat sich beim Anbieter nicht neu angemeldet");
            }
            var mehr = mehr(wie, anbieter, angaben, erfolg.getOIDCTokens().getAccessToken());
            return new Ausweis(
                    Oidcangaben.fund(wie, angaben.getSubject().getValue(), angaben, mehr),
                    Oidcangaben.nenntGruppen(wie, angaben, mehr),
                    idToken.serialize());
        } catch (IOException | ParseException | JOSEException | BadJOSEException e) {
            throw new Anbieterfehler(e);
        }
    }

    private static boolean istFrisch(@Nullable Date angemeldet) {
        return angemeldet != null && angemeldet.toInstant().plus(FRISCH).isAfter(Instant.now());
    }

    private static TokenRequest tausch(
            Oidceinstellungen wie,
            @Nullable String geheimnis,
            OIDCProviderMetadata beschreibung,
            Merkzettel zettel,
            String code,
            URI rueckkehr) {
        var client = new ClientID(wie.client());
        var einloesung =
                new AuthorizationCodeGrant(new AuthorizationCode(code), rueckkehr, new CodeVerifier(zettel.pkce));
        var adresse = beschreibung.getTokenEndpointURI();
        if (geheimnis == null) return new TokenRequest.Builder(adresse, client, einloesung).build();
        var wege = beschreibung.getTokenEndpointAuthMethods();
        var nurPost = wege != null
                && !wege.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && wege.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        var ausweis = nurPost
                ? new ClientSecretPost(client, new Secret(geheimnis))
                : new ClientSecretBasic(client, new Secret(geheimnis));
        return new TokenRequest.Builder(adresse, ausweis, einloesung).build();
    }

    /** Some providers give names and groups only when asked once more. */
    private static @Nullable ClaimsSet mehr(
            Oidceinstellungen wie, Anbieter anbieter, ClaimsSet angaben, @Nullable AccessToken token)
            throws IOException, ParseException {
        var adresse = anbieter.beschreibung.getUserInfoEndpointURI();
        var vollstaendig = angaben.getClaim(wie.anmeldename()) != null
                && (wie.gruppen().isEmpty() || Oidcangaben.wert(angaben, wie.gruppen()) != null);
        if (vollstaendig || adresse == null || !(token instanceof BearerAccessToken traeger)) return null;
        var antwort = UserInfoResponse.parse(
                new UserInfoRequest(adresse, traeger).toHTTPRequest().send(anbieter.netz));
        if (!antwort.indicatesSuccess()) return null;
        var person = antwort.toSuccessResponse().getUserInfo();
        // Somebody else's claims could be slipped in otherwise (OpenID Connect Core § 5.3.4).
        return person != null && person.getSubject().getValue().equals(angaben.getClaim("sub")) ? person : null;
    }

    /** Where the browser signs out there; empty if the provider has no such place. */
    Optional<URI> ende(Oidceinstellungen wie, String idToken, URI danach) throws Anbieterfehler {
        var adresse = anbieter(wie).beschreibung.getEndSessionEndpointURI();
        try {
            return adresse == null
                    ? Optional.empty()
                    : Optional.of(new LogoutRequest(
                                    adresse,
                                    JWTParser.parse(idToken),
                                    null,
                                    new ClientID(wie.client()),
                                    danach,
                                    null,
                                    null)
                            .toURI());
        } catch (java.text.ParseException e) {
            return Optional.empty();
        }
    }

    /** Whose sessions the provider says have ended; empty if it was not the provider that says so. */
    Optional<String> beendet(Oidceinstellungen wie, String logoutToken) throws Anbieterfehler {
        try {
            var angaben = new LogoutTokenValidator(
                            new Issuer(wie.aussteller()),
                            new ClientID(wie.client()),
                            false,
                            anbieter(wie).schluessel,
                            null)
                    .validate(JWTParser.parse(logoutToken));
            return Optional.ofNullable(angaben.getSubject()).map(s -> s.getValue());
        } catch (java.text.ParseException | JOSEException | BadJOSEException e) {
            return Optional.empty();
        }
    }

    /** What a look at the provider shows, for the page. */
    Map<String, String> beschreibe(Oidceinstellungen wie) throws Anbieterfehler {
        vergiss(wie);
        var beschreibung = anbieter(wie).beschreibung;
        var zeilen = new LinkedHashMap<String, String>();
        zeilen.put("Anmeldung", String.valueOf(beschreibung.getAuthorizationEndpointURI()));
        zeilen.put("Angaben zur Person", String.valueOf(beschreibung.getTokenEndpointURI()));
        var ende = beschreibung.getEndSessionEndpointURI();
        zeilen.put("Abmeldung", ende == null ? "bietet der Anbieter nicht an" : ende.toString());
        var pkce = beschreibung.getCodeChallengeMethods();
        zeilen.put("PKCE (S256)", pkce != null && pkce.contains(CodeChallengeMethod.S256) ? "ja" : "nicht angegeben");
        return zeilen;
    }

    private Anbieter anbieter(Oidceinstellungen wie) throws Anbieterfehler {
        var name = name(wie);
        synchronized (gemerkte) {
            var gemerkt = gemerkte.get(name);
            if (gemerkt != null && gemerkt.bis.isAfter(Instant.now())) return gemerkt;
        }
        try {
            var gelesen = gelesen(wie);
            synchronized (gemerkte) {
                gemerkte.put(name, gelesen);
            }
            return gelesen;
        } catch (IOException | GeneralException e) {
            throw new Anbieterfehler(e);
        }
    }

    private static String name(Oidceinstellungen wie) {
        return wie.aussteller() + "\n" + wie.zertifikate();
    }

    private void vergiss(Oidceinstellungen wie) {
        synchronized (gemerkte) {
            gemerkte.remove(name(wie));
        }
    }

    private Anbieter gelesen(Oidceinstellungen wie) throws IOException, GeneralException {
        var netz = new Oidcnetz(wie.zertifikate(), grenze);
        var aussteller = new Issuer(wie.aussteller());
        var beschreibung = OIDCProviderMetadata.parse(
                netz.hole(URI.create(OIDCProviderMetadata.resolveURL(aussteller).toString())));
        if (!beschreibung.getIssuer().equals(aussteller)) {
            throw new ParseException("Der Anbieter nennt sich selbst " + beschreibung.getIssuer());
        }
        pruefe(beschreibung, netz);
        JWKSource<SecurityContext> quelle = JWKSourceBuilder.create(
                        beschreibung.getJWKSetURI().toURL(), netz)
                .refreshAheadCache(false)
                .retrying(true)
                .build();
        return new Anbieter(
                beschreibung,
                netz,
                new JWSVerificationKeySelector<>(verfahren(beschreibung), quelle),
                Instant.now().plus(GEMERKT));
    }

    /** What the description names is as foreign as what somebody typed. */
    private void pruefe(OIDCProviderMetadata beschreibung, Oidcnetz netz) throws IOException, ParseException {
        if (beschreibung.getAuthorizationEndpointURI() == null
                || beschreibung.getTokenEndpointURI() == null
                || beschreibung.getJWKSetURI() == null) {
            throw new ParseException("In der Beschreibung des Anbieters fehlen Adressen");
        }
        netz.sicher(beschreibung.getTokenEndpointURI());
        netz.sicher(beschreibung.getJWKSetURI());
        if (beschreibung.getUserInfoEndpointURI() != null) netz.sicher(beschreibung.getUserInfoEndpointURI());
        // There goes the browser and not this program.
        var ende = beschreibung.getEndSessionEndpointURI();
        if (!grenze.istSicher(beschreibung.getAuthorizationEndpointURI()) || ende != null && !grenze.istSicher(ende)) {
            throw new ParseException("In der Beschreibung des Anbieters steht eine Adresse ohne https");
        }
    }

    /** Only those with a key pair: with a shared secret anybody who knows it could say who somebody is. */
    private static Set<JWSAlgorithm> verfahren(OIDCProviderMetadata beschreibung) {
        var angeboten = beschreibung.getIDTokenJWSAlgs();
        var erlaubt = new TreeSet<JWSAlgorithm>(java.util.Comparator.comparing(JWSAlgorithm::getName));
        erlaubt.addAll(JWSAlgorithm.Family.SIGNATURE);
        if (angeboten != null) erlaubt.retainAll(angeboten);
        return erlaubt.isEmpty() ? Set.of(JWSAlgorithm.RS256) : Set.copyOf(erlaubt);
    }
}
