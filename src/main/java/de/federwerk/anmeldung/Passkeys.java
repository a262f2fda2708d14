package de.federwerk.anmeldung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Zugaenge;
import de.federwerk.protokoll.Protokoll;
import jakarta.servlet.http.HttpSession;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Passkeys of persons (WebAuthn Level 2; what is signed and how is checked by webauthn4j). */
@Component
class Passkeys {

    private static final Logger LOG = LoggerFactory.getLogger(Passkeys.class);

    private static final int JE_PERSON = 20;
    private static final int ANTWORT = 20_000;
    private static final List<PublicKeyCredentialParameters> VERFAHREN = Passkeyhaus.VERFAHREN.stream()
            .map(v -> new PublicKeyCredentialParameters(
                    PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(v)))
            .toList();

    /** As the person sees it. */
    record Zeile(
            UUID id,
            String name,
            String rpId,
            Instant angelegt,
            @Nullable Instant zuletzt) {}

    private record Hinterlegt(UUID id, UUID person, byte[] schluessel, long zaehler) {}

    /** What the authenticator keeps of the person: random ids that lead to nobody without our database. */
    record Nutzer(UUID mandant, UUID person) {

        private static final int BYTES = 32;

        static Nutzer von(Anmeldung wer) {
            return new Nutzer(wer.mandant(), wer.person());
        }

        static Optional<Nutzer> aus(byte @Nullable [] bytes) {
            if (bytes == null || bytes.length != BYTES) return Optional.empty();
            var zeiger = ByteBuffer.wrap(bytes);
            return Optional.of(new Nutzer(
                    new UUID(zeiger.getLong(), zeiger.getLong()), new UUID(zeiger.getLong(), zeiger.getLong())));
        }

        byte[] bytes() {
            return ByteBuffer.allocate(BYTES)
                    .putLong(mandant.getMostSignificantBits())
                    .putLong(mandant.getLeastSignificantBits())
                    .putLong(person.getMostSignificantBits())
                    .putLong(person.getLeastSignificantBits())
                    .array();
        }
    }

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Zugaenge zugaenge;
    private final Faktoren faktoren;
    private final Protokoll protokoll;
    private final ObjectConverter formate = new ObjectConverter();
    // Which make the authenticator is, nobody asks: attestation would name devices of people and shut out good ones.
    private final WebAuthnManager pruefer = WebAuthnManager.createNonStrictWebAuthnManager(formate);
    private final AttestedCredentialDataConverter schluesselformat = new AttestedCredentialDataConverter(formate);

    Passkeys(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Zugaenge zugaenge,
            Faktoren faktoren,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.zugaenge = zugaenge;
        this.faktoren = faktoren;
        this.protokoll = protokoll;
    }

    @Transactional(readOnly = true)
    public List<Zeile> liste(UUID person) {
        return datenbank
                .sql(
                        "SELECT id, name, rp_id, angelegt, zuletzt FROM passkey WHERE mandant_id = ? AND person_id = ? ORDER BY angelegt, id")
                .params(mandant(), person)
                .query(Zeile.class)
                .list();
    }

    /** Their ids at this host, for the browser. */
    @Transactional(readOnly = true)
    public List<byte[]> kennungen(UUID person, String rpId) {
        return datenbank
                .sql(
                        "SELECT kennung FROM passkey WHERE mandant_id = ? AND person_id = ? AND rp_id = ? ORDER BY angelegt, id")
                .params(mandant(), person, rpId)
                .query(byte[].class)
                .list();
    }

    /**
     * @param antwort what the browser answered, as JSON
     * @return new Ersatzcodes, if it is the first factor; else none
     * @throws Abgelehnt if the answer does not fit the question, or there are too many
     */
    @Transactional
    public List<String> nimmAuf(
            Anmeldung wer, @Nullable HttpSession sitzung, Passkeyhaus.Haus haus, String antwort, String name) {
        var daten = gelesen(() -> pruefer.parseRegistrationResponseJSON(begrenzt(antwort)));
        var pruefwort = daten.getCollectedClientData() == null
                ? null
                : daten.getCollectedClientData().getChallenge();
        if (pruefwort == null
                || !Pruefworte.verbrauche(sitzung, Pruefworte.Zweck.AUFNEHMEN, pruefwort.getValue())
                || !bestaetigt(daten, haus, pruefwort.getValue())) {
            throw unpassend();
        }
        var schluessel = daten.getAttestationObject().getAuthenticatorData().getAttestedCredentialData();
        if (schluessel == null) throw unpassend();
        var id = Kennung.neu();
        int neu = datenbank
                .sql("""
                INSERT INTO passkey (mandant_id, id, person_id, kennung, rp_id, schluessel, zaehler, name)
                SELECT p.mandant_id, :id, p.id, :kennung, :rp, :schluessel, :zaehler, :name FROM person p
                 WHERE p.mandant_id = :m AND p.id = :person AND p.art = 'mensch'
                   AND (SELECT count(*) FROM passkey k WHERE k.mandant_id = p.mandant_id AND k.person_id = p.id) < :hoechstens
                ON CONFLICT (mandant_id, kennung) DO NOTHING""")
                .param("id", id)
                .param("kennung", schluessel.getCredentialId())
                .param("rp", haus.rpId())
                .param("schluessel", schluesselformat.convert(schluessel))
                .param(
                        "zaehler",
                        daten.getAttestationObject().getAuthenticatorData().getSignCount())
                .param("name", name)
                .param("m", mandant())
                .param("person", wer.person())
                .param("hoechstens", JE_PERSON)
                .update();
        if (neu == 0)
            throw Abgelehnt.konflikt(
                    "Der Passkey wurde nicht aufgenommen: Es gibt ihn hier schon, oder Sie haben bereits " + JE_PERSON
                            + ". Ihre übrigen Passkeys sind unverändert.");
        protokoll.schreibe(wer.pseudonym(), "faktor.eingerichtet", id, null, Map.of("art", "passkey", "name", name));
        return faktoren.nachPasskey(wer);
    }

    private boolean bestaetigt(RegistrationData daten, Passkeyhaus.Haus haus, byte[] pruefwort) {
        return stimmt(() -> pruefer.verify(
                daten, new RegistrationParameters(eigenschaft(haus, pruefwort), VERFAHREN, false, true)));
    }

    /**
     * Whose passkey has signed this session's word.
     *
     * @param nur the person whose it must be, after the password or to confirm; null: whoever it is, and then the authenticator must have
     *     verified its user (device and PIN or finger: two factors)
     */
    public Optional<Anmeldung> pruefe(
            @Nullable Anmeldung nur,
            @Nullable HttpSession sitzung,
            Pruefworte.Zweck zweck,
            Passkeyhaus.Haus haus,
            String antwort) {
        AuthenticationData daten;
        try {
            daten = gelesen(() -> pruefer.parseAuthenticationResponseJSON(begrenzt(antwort)));
        } catch (Abgelehnt unlesbar) {
            return Optional.empty();
        }
        var pruefwort = daten.getCollectedClientData() == null
                ? null
                : daten.getCollectedClientData().getChallenge();
        if (pruefwort == null || !Pruefworte.verbrauche(sitzung, zweck, pruefwort.getValue())) return Optional.empty();
        var wessen = nur == null ? Nutzer.aus(daten.getUserHandle()) : Optional.of(Nutzer.von(nur));
        return wessen.flatMap(n -> Mandantenkontext.als(
                n.mandant,
                () -> transaktion.execute(t -> pruefe(n.person, daten, haus, pruefwort.getValue(), nur == null))));
    }

    private Optional<Anmeldung> pruefe(
            UUID person, AuthenticationData daten, Passkeyhaus.Haus haus, byte[] pruefwort, boolean alleinig) {
        var hinterlegt = datenbank
                .sql("""
                SELECT id, person_id AS person, schluessel, zaehler FROM passkey
                 WHERE mandant_id = ? AND person_id = ? AND kennung = ? AND rp_id = ? FOR UPDATE""")
                .params(mandant(), person, daten.getCredentialId(), haus.rpId())
                .query(Hinterlegt.class)
                .optional();
        var wer = zugaenge.anmeldung(person);
        if (hinterlegt.isEmpty() || wer.isEmpty()) return Optional.empty();
        var eintrag = new CredentialRecordImpl(
                new NoneAttestationStatement(),
                null,
                null,
                null,
                hinterlegt.get().zaehler(),
                schluesselformat.convert(hinterlegt.get().schluessel()),
                null,
                null,
                null,
                Set.of());
        if (!stimmt(() -> pruefer.verify(
                daten, new AuthenticationParameters(eigenschaft(haus, pruefwort), eintrag, null, alleinig, true)))) {
            return Optional.empty();
        }
        datenbank
                .sql("UPDATE passkey SET zaehler = ?, zuletzt = now() WHERE mandant_id = ? AND id = ?")
                .params(
                        daten.getAuthenticatorData().getSignCount(),
                        mandant(),
                        hinterlegt.get().id())
                .update();
        return wer;
    }

    @Transactional
    public void entferne(Anmeldung wer, UUID id) {
        int weg = datenbank
                .sql("DELETE FROM passkey WHERE mandant_id = ? AND person_id = ? AND id = ?")
                .params(mandant(), wer.person(), id)
                .update();
        if (weg == 0) throw new de.federwerk.basis.NichtGefunden("Diesen Passkey gibt es nicht.");
        protokoll.schreibe(wer.pseudonym(), "faktor.entfernt", id, null, Map.of("art", "passkey"));
        faktoren.raeumeAuf(wer.person());
    }

    private static ServerProperty eigenschaft(Passkeyhaus.Haus haus, byte[] pruefwort) {
        return ServerProperty.builder()
                .origin(haus.herkunft())
                .rpId(haus.rpId())
                .challenge(new DefaultChallenge(pruefwort))
                .build();
    }

    private static String begrenzt(String antwort) {
        if (antwort.length() > ANTWORT) throw unpassend();
        return antwort;
    }

    private interface Lesen<T> {
        T lies();
    }

    /** @throws Abgelehnt if it is none: what comes from outside may be anything */
    private static <T> T gelesen(Lesen<T> lesen) {
        try {
            return lesen.lies();
        } catch (RuntimeException e) {
            // Whatever its JSON, CBOR and ASN.1 make of rubbish: from outside it is all the same.
            LOG.info("Antwort eines Passkeys nicht lesbar: {}", e.getClass().getSimpleName());
            throw unpassend();
        }
    }

    private static boolean stimmt(Runnable pruefung) {
        try {
            pruefung.run();
            return true;
        } catch (RuntimeException e) {
            // As above; to refuse is always safe.
            LOG.info("Passkey abgewiesen: {}", e.getClass().getSimpleName());
            return false;
        }
    }

    private static Abgelehnt unpassend() {
        return Abgelehnt.eingabe(
                "Die Antwort des Passkeys passt nicht zu dieser Seite, oder sie kam zu spät. Es wurde nichts geändert. Bitte laden Sie die Seite neu und versuchen Sie es noch einmal.");
    }
}
