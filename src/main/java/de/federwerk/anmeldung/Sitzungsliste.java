package de.federwerk.anmeldung;

import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldeweg;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where a person is signed in. Asked by person only: nobody reaches a session of somebody else, whatever they send. */
@Component
class Sitzungsliste {

    static final int GEZEIGT = 200;

    private static final String LEBENDE =
            "SELECT session_id FROM spring_session WHERE principal_name = ? AND expiry_time > ?";

    /**
     * @param marke names the session on the page; its id is a secret and stays here
     * @param diese the one in which the list is looked at
     */
    record Zeile(String marke, Instant seit, Instant zuletzt, String geraet, boolean diese) {}

    private final SessionRepository<? extends Session> lager;
    private final JdbcClient datenbank;
    private final Protokoll protokoll;

    Sitzungsliste(SessionRepository<? extends Session> lager, JdbcClient datenbank, Protokoll protokoll) {
        this.lager = lager;
        this.datenbank = datenbank;
        this.protokoll = protokoll;
    }

    /** The most recently used first. @param hier id of the session that asks, if it is one of them */
    List<Zeile> von(UUID person, @Nullable String hier) {
        return kennungen(person).stream()
                .<Session>map(lager::findById)
                // Has ended in the meantime.
                .filter(Objects::nonNull)
                .flatMap(s -> Anmeldeweg.angemeldet(s)
                        .map(seit -> new Zeile(
                                marke(s.getId()),
                                seit,
                                s.getLastAccessedTime(),
                                s.getAttribute(Zwischenstand.GERAET) instanceof String geraet
                                        ? geraet
                                        : "Unbekanntes Gerät",
                                s.getId().equals(hier)))
                        .stream())
                .sorted(Comparator.comparing(Zeile::diese)
                        .thenComparing(Zeile::zuletzt)
                        .reversed())
                .toList();
    }

    /**
     * The most recently used, as many as a page can show. Not with Spring Session's findByPrincipalName: it takes rows of one session for
     * several where the join does not return them in a row, and loses attributes by that.
     */
    private List<String> kennungen(UUID person) {
        return datenbank
                .sql(LEBENDE + " ORDER BY last_access_time DESC LIMIT ?")
                .params(person.toString(), Instant.now().toEpochMilli(), GEZEIGT)
                .query(String.class)
                .list();
    }

    /** @throws NichtGefunden if the person has no such session (any more) */
    @Transactional
    public void beende(Anmeldung wer, String marke) {
        if (beende(wer, wer.person(), id -> marke(id).equals(marke)) == 0)
            throw new NichtGefunden("Diese Sitzung gibt es nicht mehr.");
    }

    /** Ends all but this one. */
    @Transactional
    public int beendeAndere(Anmeldung wer, String hier) {
        return beende(wer, wer.person(), id -> !id.equals(hier));
    }

    /** Ends all, also those between password and second factor. */
    @Transactional
    public int beendeAlle(Anmeldung wer, UUID person) {
        return beende(wer, person, id -> true);
    }

    /** Of all there are, not only of those that a page shows: somebody who collects sessions must not keep the oldest. */
    private int beende(Anmeldung wer, UUID person, Predicate<String> welche) {
        var kennungen = datenbank
                .sql(LEBENDE)
                .params(person.toString(), Instant.now().toEpochMilli())
                .query(String.class)
                .list()
                .stream()
                .filter(welche)
                .toArray(String[]::new);
        if (kennungen.length == 0) return 0;
        int beendet = datenbank
                .sql(
                        "DELETE FROM spring_session WHERE principal_name = ? AND session_id IN (SELECT unnest(CAST(? AS bpchar[])))")
                .params(person.toString(), kennungen)
                .update();
        protokoll.schreibe(wer.pseudonym(), "sitzung.beendet", person, null, Map.of("zahl", String.valueOf(beendet)));
        return beendet;
    }

    private static String marke(String kennung) {
        return HexFormat.of().formatHex(Ersatzcodes.sha256(kennung), 0, 16);
    }
}
