package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Sicht;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What Akten and Vorgänge were called before: by Federwerk, which never gives that again (the database keeps and guards it), or on paper, as people
 * type it.
 */
@Component
public class FruehereAktenzeichen {

    private static final int ALTE = 10;

    /** @param bis until when it was so called; null for one of the paper age */
    public record Zeichen(String zeichen, @Nullable Instant bis) {}

    /** Where something lies that was once called so. @param pfad its page @param vergeben not only on paper */
    public record Fund(String zeichen, String jetzt, String pfad, boolean vergeben) {}

    private final JdbcClient datenbank;

    FruehereAktenzeichen(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** All of an Akte, or all of a Vorgang, which the caller has found for the reader; the latest first. */
    @Transactional(readOnly = true)
    public List<Zeichen> von(@Nullable UUID akte, @Nullable UUID vorgang) {
        return datenbank
                .sql("""
                SELECT zeichen, bis FROM frueheres_aktenzeichen WHERE mandant_id = :m AND (akte_id = CAST(:akte AS uuid) OR vorgang_id = CAST(:vorgang AS uuid))
                 ORDER BY bis DESC NULLS LAST, zeichen""")
                .param("m", mandant())
                .param("akte", akte)
                .param("vorgang", vorgang)
                .query(Zeichen.class)
                .list();
    }

    /** Those of the paper age, parted by semicolons: as they stand in a form. */
    @Transactional(readOnly = true)
    public String alte(@Nullable UUID akte, @Nullable UUID vorgang) {
        return von(akte, vorgang).stream()
                .filter(z -> z.bis == null)
                .map(Zeichen::zeichen)
                .collect(Collectors.joining("; "));
    }

    /** @param getippt parted by semicolons @throws Abgelehnt (EINGABE) if there are more than ten, or one is too long */
    @Transactional(propagation = Propagation.MANDATORY)
    public void setzeAlte(@Nullable UUID akte, @Nullable UUID vorgang, String getippt) {
        var zeichen = Arrays.stream(getippt.split(";", -1))
                .map(Eingabe::zeile)
                .filter(z -> !z.isEmpty())
                .distinct()
                .toList();
        if (zeichen.size() > ALTE || zeichen.stream().anyMatch(z -> z.length() > 120)) {
            throw Abgelehnt.eingabe("Möglich sind bis zu " + ALTE
                    + " Altaktenzeichen von je höchstens 120 Zeichen, mit Semikolon getrennt.");
        }
        datenbank
                .sql(
                        "DELETE FROM frueheres_aktenzeichen WHERE mandant_id = :m AND art = 'alt' AND (akte_id = CAST(:akte AS uuid) OR vorgang_id = CAST(:vorgang AS uuid))")
                .param("m", mandant())
                .param("akte", akte)
                .param("vorgang", vorgang)
                .update();
        for (var z : zeichen) {
            datenbank
                    .sql(
                            "INSERT INTO frueheres_aktenzeichen (mandant_id, id, art, zeichen, akte_id, vorgang_id) VALUES (?, ?, 'alt', ?, ?, ?)")
                    .param(mandant())
                    .param(Kennung.neu())
                    .param(z)
                    .param(akte)
                    .param(vorgang)
                    .update();
        }
    }

    /** Where a person finds what she typed in full, if it was called so once and nothing that she sees is called so now. */
    @Transactional(readOnly = true)
    public Optional<Fund> finde(Sicht sicht, String getippt) {
        var zeichen = Eingabe.zeile(getippt);
        if (zeichen.isEmpty() || zeichen.length() > 120) {
            return Optional.empty();
        }
        var funde = datenbank
                .sql("""
                SELECT f.zeichen, a.aktenzeichen AS jetzt, '/akten/' || a.id AS pfad, f.art = 'vergeben' AS vergeben
                  FROM frueheres_aktenzeichen f JOIN akte a ON a.mandant_id = f.mandant_id AND a.id = f.akte_id
                 WHERE f.mandant_id = :m AND upper(f.zeichen) = upper(:zeichen) AND %s
                UNION ALL
                SELECT f.zeichen, v.aktenzeichen, '/vorgaenge/' || v.id, f.art = 'vergeben'
                  FROM frueheres_aktenzeichen f JOIN vorgang v ON v.mandant_id = f.mandant_id AND v.id = f.vorgang_id
                 WHERE f.mandant_id = :m AND upper(f.zeichen) = upper(:zeichen) AND %s
                 LIMIT 2""".formatted(sicht.aufAkte("a"), sicht.aufVorgang("v")))
                .param("m", mandant())
                .param("zeichen", zeichen)
                .params(sicht.parameter())
                .query(Fund.class)
                .list();
        // Several came from one file of the paper age: then the list of the search says more than one of them.
        return funde.size() == 1 ? Optional.of(funde.getFirst()) : Optional.empty();
    }
}
