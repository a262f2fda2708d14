package de.federwerk.webdav;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Auscheckung;
import de.federwerk.akte.Bearbeitungssperren;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.webdav.Eintrag.Art;
import de.federwerk.webdav.Verzeichnis.Fund;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Locks as programs know them. That of a Dokument is its check-out, which everybody sees; those of a person's own pieces keep her programs from
 * each other. A program that dies holds nothing for longer than {@link #LAENGSTENS}.
 */
@Component
class Sperrlage {

    static final Duration LAENGSTENS = Duration.ofMinutes(15);
    static final String SCHEMA = "urn:uuid:";

    /**
     * A lock.
     *
     * @param wurzel address of what it was taken on
     * @param fremd somebody else's: her token opens nothing here
     * @param wer who has it, where that is of interest to others
     * @param vonHand checked out on the page, not by a program: it does not stop its own holder
     */
    record Sperre(
            UUID id,
            UUID worauf,
            Pfad wurzel,
            boolean geteilt,
            boolean tief,
            String besitzer,
            Instant laeuftAb,
            boolean fremd,
            String wer,
            boolean vonHand) {

        String token() {
            return SCHEMA + id;
        }

        Sperre mit(Pfad anderer) {
            return new Sperre(id, worauf, anderer, geteilt, tief, besitzer, laeuftAb, fremd, wer, vonHand);
        }
    }

    private static final Pfad WURZEL = new Pfad(List.of());

    private final JdbcClient datenbank;
    private final Bearbeitungssperren sperren;
    private final Auscheckung auscheckung;

    Sperrlage(JdbcClient datenbank, Bearbeitungssperren sperren, Auscheckung auscheckung) {
        this.datenbank = datenbank;
        this.sperren = sperren;
        this.auscheckung = auscheckung;
    }

    /** Locks that hold what lies under an address: its own, and those of folders above that reach so deep. */
    @Transactional(readOnly = true)
    public List<Sperre> auf(Anmeldung wer, Fund fund) {
        var alle = new ArrayList<Sperre>();
        var eigene = vonStuecken(
                fund.kette().stream().filter(Eintrag::eigen).map(Eintrag::id).toList());
        for (int i = 0; i < fund.kette().size(); i++) {
            var eintrag = fund.kette().get(i);
            boolean selbst = i == fund.pfad().teile().size();
            var pfad = fund.pfad().bis(i);
            eigene.stream()
                    .filter(s -> s.worauf.equals(eintrag.id()) && (selbst || s.tief))
                    .map(s -> s.mit(pfad))
                    .forEach(alle::add);
            if (eintrag.art() == Art.DOKUMENT) {
                sperren.zu(eintrag.id()).map(s -> vonDokument(wer, s, pfad)).ifPresent(alle::add);
            }
        }
        return alle;
    }

    /** The direct ones of everything in a folder, for a list. */
    @Transactional(readOnly = true)
    public Map<UUID, List<Sperre>> in(Anmeldung wer, Eintrag ordner, Pfad pfad, Collection<Eintrag> inhalt) {
        var dokumente = switch (ordner.art()) {
            case VORGANG -> sperren.in(ordner.id()).values();
            case DOKUMENTORDNER -> sperren.zu(ordner.id()).stream().toList();
            default -> List.<Bearbeitungssperren.Sperre>of();
        };
        var namen = inhalt.stream().collect(Collectors.toMap(Eintrag::id, Eintrag::name, (a, b) -> a));
        return Stream.concat(
                        dokumente.stream().map(s -> vonDokument(wer, s, WURZEL)),
                        vonStuecken(inhalt.stream()
                                        .filter(Eintrag::eigen)
                                        .map(Eintrag::id)
                                        .toList())
                                .stream())
                .filter(s -> namen.containsKey(s.worauf))
                .map(s -> s.mit(pfad.mit(String.valueOf(namen.get(s.worauf)))))
                .collect(Collectors.groupingBy(Sperre::worauf));
    }

    private static Sperre vonDokument(Anmeldung wer, Bearbeitungssperren.Sperre s, Pfad pfad) {
        return new Sperre(
                s.id(),
                s.dokumentId(),
                pfad,
                false,
                false,
                Xml.text(s.wer()),
                s.laeuftAb() == null ? Instant.now().plus(LAENGSTENS) : s.laeuftAb(),
                !s.von(wer),
                s.wer(),
                s.laeuftAb() == null);
    }

    private List<Sperre> vonStuecken(Collection<UUID> stuecke) {
        return stuecke.isEmpty()
                ? List.of()
                : datenbank
                        .sql(
                                "SELECT * FROM arbeitssperre WHERE mandant_id = :m AND stueck_id IN (SELECT unnest(CAST(:stuecke AS uuid[]))) AND laeuft_ab > now() ORDER BY id")
                        .param("m", mandant())
                        .param(
                                "stuecke",
                                stuecke.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                        .query(Sperrlage::sperre)
                        .list();
    }

    private static Sperre sperre(ResultSet zeile, int nr) throws SQLException {
        return new Sperre(
                zeile.getObject("id", UUID.class),
                zeile.getObject("stueck_id", UUID.class),
                WURZEL,
                zeile.getBoolean("geteilt"),
                zeile.getBoolean("tief"),
                zeile.getString("besitzer"),
                zeile.getTimestamp("laeuft_ab").toInstant(),
                false,
                "",
                false);
    }

    /**
     * Whether what lies under an address may be changed by a program that knows these tokens.
     *
     * @param auchOrdner it comes, goes, or is called otherwise: its folder must be open, too
     * @throws Webdavfehler (423) if not
     */
    @Transactional(readOnly = true)
    public void verlangeOffen(Anmeldung wer, Fund fund, Set<String> token, boolean auchOrdner) {
        verlange(auf(wer, fund), token);
        if (auchOrdner && !fund.pfad().teile().isEmpty()) {
            var oben = fund.pfad().bis(fund.pfad().teile().size() - 1);
            var kette = fund.kette();
            verlange(
                    auf(
                            wer,
                            new Fund(
                                    oben,
                                    kette.subList(
                                            0,
                                            Math.min(kette.size(), oben.teile().size() + 1)))),
                    token);
        }
        if (auchOrdner && fund.da() && fund.eintrag().art() == Art.ORDNER) {
            for (var drinnen : darin(fund.eintrag().id())) {
                verlange(List.of(drinnen), token);
            }
        }
    }

    private static void verlange(List<Sperre> alle, Set<String> token) {
        var fremde = alle.stream().filter(Sperre::fremd).findFirst();
        if (fremde.isPresent()) {
            throw Webdavfehler.gesperrt(
                    "Das Dokument ist ausgecheckt von " + fremde.get().wer + ". Es wurde nichts geändert.");
        }
        var derProgramme = alle.stream().filter(s -> !s.vonHand).toList();
        if (!derProgramme.isEmpty() && derProgramme.stream().noneMatch(s -> token.contains(s.token()))) {
            throw Webdavfehler.gesperrt(
                    "Ein anderes Ihrer Programme hat das gerade geöffnet. Es wurde nichts geändert.");
        }
    }

    /** Those on anything in a folder. */
    private List<Sperre> darin(UUID ordner) {
        return datenbank
                .sql("""
                WITH RECURSIVE baum AS (
                    SELECT id FROM arbeitsstueck WHERE mandant_id = :m AND ort = :ordner
                    UNION SELECT s.id FROM arbeitsstueck s JOIN baum b ON s.mandant_id = :m AND s.ort = b.id)
                SELECT s.* FROM arbeitssperre s WHERE s.mandant_id = :m AND s.stueck_id IN (SELECT id FROM baum) AND s.laeuft_ab > now()""")
                .param("m", mandant())
                .param("ordner", ordner)
                .query(Sperrlage::sperre)
                .list();
    }

    /**
     * Takes a lock.
     *
     * @param besitzer as the program names itself, a piece of XML
     * @throws Webdavfehler (423) if another one is in the way
     */
    @Transactional
    public Sperre nimm(Anmeldung wer, Fund fund, boolean geteilt, boolean tief, String besitzer, Duration dauer) {
        var eintrag = fund.eintrag();
        if (eintrag.art() == Art.DOKUMENT) {
            return nimmDokument(wer, fund, geteilt, dauer);
        }
        if (!eintrag.eigen()) {
            throw Webdavfehler.nichtHier("Ordner mit Akten lassen sich nicht sperren, nur die Dokumente darin.");
        }
        // One program after the other.
        datenbank
                .sql("SELECT id FROM arbeitsstueck WHERE mandant_id = ? AND id = ? FOR UPDATE")
                .params(mandant(), eintrag.id())
                .query(UUID.class)
                .single();
        var andere = new ArrayList<>(auf(wer, fund));
        if (tief) {
            andere.addAll(darin(eintrag.id()));
        }
        if (andere.stream().anyMatch(s -> !geteilt || !s.geteilt)) {
            throw Webdavfehler.mit(423, "no-conflicting-lock", "Ein anderes Ihrer Programme hat das gerade geöffnet.");
        }
        datenbank
                .sql("DELETE FROM arbeitssperre WHERE mandant_id = ? AND stueck_id = ? AND laeuft_ab <= now()")
                .params(mandant(), eintrag.id())
                .update();
        var id = UUID.randomUUID();
        datenbank
                .sql(
                        "INSERT INTO arbeitssperre (mandant_id, id, stueck_id, geteilt, tief, besitzer, laeuft_ab) VALUES (?, ?, ?, ?, ?, ?, now() + make_interval(secs => ?))")
                .params(mandant(), id, eintrag.id(), geteilt, tief, besitzer, (double) dauer.toSeconds())
                .update();
        return new Sperre(
                id,
                eintrag.id(),
                fund.pfad(),
                geteilt,
                tief,
                besitzer,
                Instant.now().plus(dauer),
                false,
                wer.name(),
                false);
    }

    private Sperre nimmDokument(Anmeldung wer, Fund fund, boolean geteilt, Duration dauer) {
        if (geteilt) {
            throw Webdavfehler.nichtHier(
                    "Ein Dokument hat immer nur eine Person ausgecheckt; geteilte Sperren gibt es nicht.");
        }
        var bisher = sperren.zu(fund.eintrag().id());
        if (bisher.isPresent() && bisher.get().von(wer) && bisher.get().laeuftAb() != null) {
            throw Webdavfehler.mit(
                    423, "no-conflicting-lock", "Ein anderes Ihrer Programme hat das Dokument gerade geöffnet.");
        }
        if (bisher.isPresent() && !bisher.get().von(wer)) {
            throw Webdavfehler.mit(
                    423,
                    "no-conflicting-lock",
                    "Das Dokument ist ausgecheckt von " + bisher.get().wer() + ".");
        }
        return vonDokument(wer, auscheckung.oeffne(wer, fund.eintrag().id(), dauer, null), fund.pfad());
    }

    /** The program is still there. @return the lock as it is now; empty if it has none of these */
    @Transactional
    public Optional<Sperre> erneuere(Anmeldung wer, Fund fund, Set<String> token, Duration dauer) {
        var eine = auf(wer, fund).stream()
                .filter(s -> !s.fremd && token.contains(s.token()))
                .findFirst();
        return eine.map(s -> {
            if (fund.eintrag().art() == Art.DOKUMENT) {
                return vonDokument(wer, auscheckung.oeffne(wer, fund.eintrag().id(), dauer, null), fund.pfad());
            }
            datenbank
                    .sql(
                            "UPDATE arbeitssperre SET laeuft_ab = now() + make_interval(secs => ?) WHERE mandant_id = ? AND id = ?")
                    .params((double) dauer.toSeconds(), mandant(), s.id)
                    .update();
            return new Sperre(
                    s.id,
                    s.worauf,
                    s.wurzel,
                    s.geteilt,
                    s.tief,
                    s.besitzer,
                    Instant.now().plus(dauer),
                    false,
                    s.wer,
                    false);
        });
    }

    /** @throws Webdavfehler (409) if that lock does not hold this */
    @Transactional
    public void gibZurueck(Anmeldung wer, Fund fund, String token) {
        var eine = auf(wer, fund).stream()
                .filter(s -> !s.fremd && s.token().equals(token))
                .findFirst()
                .orElseThrow(() -> Webdavfehler.mit(
                        409, "lock-token-matches-request-uri", "Diese Sperre gibt es hier nicht (mehr)."));
        if (fund.eintrag().art() != Art.DOKUMENT) {
            loesche(eine.id);
        } else if (sperren.zu(fund.eintrag().id())
                .filter(s -> s.laeuftAb() != null)
                .isPresent()) {
            auscheckung.gibFrei(wer, fund.eintrag().id());
        }
    }

    private void loesche(UUID id) {
        datenbank
                .sql("DELETE FROM arbeitssperre WHERE mandant_id = ? AND id = ?")
                .params(mandant(), id)
                .update();
    }

    /** What was an empty file has become a Dokument: the program goes on with the lock it has. */
    @Transactional
    public void gehtUeber(Anmeldung wer, UUID stueck, UUID dokument) {
        vonStuecken(List.of(stueck)).stream()
                .filter(s -> !s.geteilt)
                .findFirst()
                .ifPresent(s -> auscheckung.oeffne(wer, dokument, Duration.between(Instant.now(), s.laeuftAb), s.id));
    }

    /** As long as a program asks for, and no longer than a dead one may hold it. */
    static Duration dauer(@Nullable String kopf) {
        if (kopf != null) {
            for (var wunsch : kopf.split(",", 10)) {
                var zahl = wunsch.strip();
                if (zahl.matches("(?i)Second-\\d{1,9}")) {
                    var dauer = Duration.ofSeconds(Long.parseLong(zahl.substring(7)));
                    return dauer.compareTo(LAENGSTENS) > 0
                            ? LAENGSTENS
                            : dauer.isZero() ? Duration.ofSeconds(1) : dauer;
                }
            }
        }
        return LAENGSTENS;
    }
}
