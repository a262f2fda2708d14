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
        // MATERIALIZED: of a first run nothing is known yet, and that must cost nothing.
        return datenbank
                .sql("""
                WITH p AS MATERIALIZED (SELECT schluessel, laenge, geaendert, dokument_id FROM uebernahme_posten
                     WHERE mandant_id = ? AND uebernahme_id = ? AND schluessel = ANY (CAST(? AS uuid[])))
                SELECT p.schluessel, p.laenge, p.geaendert, f.sha256, a.aktenzeichen AS akte, a.titel AS akte_titel, v.aktenzeichen AS vorgang,
                       v.titel AS vorgang_titel, d.titel
                  FROM p
                  JOIN dokument d ON d.mandant_id = ? AND d.id = p.dokument_id
                  JOIN vorgang v ON v.mandant_id = d.mandant_id AND v.id = d.vorgang_id
                  JOIN akte a ON a.mandant_id = d.mandant_id AND a.id = d.akte_id
                  JOIN version n ON n.mandant_id = d.mandant_id AND n.dokument_id = d.id AND n.nummer = 1
                  JOIN datei f ON f.mandant_id = n.mandant_id AND f.id = n.datei_id""")
                .param(mandant())
                .param(uebernahme)
                .param(funde.stream().map(f -> f.schluessel().toString()).toArray(String[]::new))
                .param(mandant())
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
