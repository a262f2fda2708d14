package de.federwerk.uebernahme;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A file that an earlier run of the same Übernahme has taken over, with what it became; {@code geaendert}: as the source file had it. */
record Bekannt(
        UUID schluessel,
        long laenge,
        Instant geaendert,
        byte[] sha256,
        String akte,
        String akteTitel,
        String vorgang,
        String vorgangTitel,
        String titel) {

    /** Those among them that are known, by key; within a transaction. */
    static Map<UUID, Bekannt> unter(List<Fund> funde, UUID uebernahme, JdbcClient datenbank) {
        // MATERIALIZED: of a first run nothing is known yet, and that must cost nothing. Each row is fetched by its
        // key: a town that
        // has just grown by a thousand Dokumente is still empty in the planner's eyes, and it joined whole tables (87
        // s).
        return datenbank
                .sql("""
                WITH p AS MATERIALIZED (SELECT schluessel, laenge, geaendert, dokument_id FROM uebernahme_posten
                     WHERE mandant_id = :m AND uebernahme_id = :u AND schluessel = ANY (CAST(:schluessel AS uuid[])))
                SELECT p.schluessel, p.laenge, p.geaendert, f.sha256, a.aktenzeichen AS akte, a.titel AS akte_titel, v.aktenzeichen AS vorgang,
                       v.titel AS vorgang_titel, d.titel
                  FROM p
                  CROSS JOIN LATERAL (SELECT titel, vorgang_id, akte_id FROM dokument WHERE mandant_id = :m AND id = p.dokument_id LIMIT 1) d
                  CROSS JOIN LATERAL (SELECT aktenzeichen, titel FROM vorgang WHERE mandant_id = :m AND id = d.vorgang_id LIMIT 1) v
                  CROSS JOIN LATERAL (SELECT aktenzeichen, titel FROM akte WHERE mandant_id = :m AND id = d.akte_id LIMIT 1) a
                  CROSS JOIN LATERAL (SELECT datei_id FROM version WHERE mandant_id = :m AND dokument_id = p.dokument_id AND nummer = 1 LIMIT 1) n
                  CROSS JOIN LATERAL (SELECT sha256 FROM datei WHERE mandant_id = :m AND id = n.datei_id LIMIT 1) f""")
                .param("m", mandant())
                .param("u", uebernahme)
                .param(
                        "schluessel",
                        funde.stream().map(f -> f.schluessel().toString()).toArray(String[]::new))
                .query(Bekannt.class)
                .stream()
                .collect(Collectors.toMap(Bekannt::schluessel, Function.identity()));
    }

    /** Whether the file is still what was taken over: its bytes are read only if its time has changed. */
    boolean gleicht(Fund fund) {
        return fund.laenge() == laenge
                && (fund.geaendert().equals(geaendert) || Arrays.equals(sha256, fund.pruefsumme()));
    }
}
