package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Sicht;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** All Versions of a Dokument: the newest is what the Dokument shows, the others stay as they were. */
@Component
public class Versionen {

    /** One Version with its file. */
    public record Version(
            UUID id,
            int nummer,
            Instant angelegt,
            @Nullable String wer,
            UUID dateiId,
            String dateiname,
            @Nullable String medientyp,
            long laenge,
            String stand) {}

    static final Ordnung NEUESTE_ZUERST = Ordnung.ab(Ordnung.zahl("nummer"));

    private static final String SPALTEN = """
            SELECT v.id, v.nummer, v.angelegt, trim(p.vorname || ' ' || p.nachname) AS wer, f.id AS datei_id, f.dateiname, f.medientyp, f.laenge, f.stand
              FROM version v JOIN dokument d ON d.mandant_id = v.mandant_id AND d.id = v.dokument_id
              JOIN datei f ON f.mandant_id = v.mandant_id AND f.id = v.datei_id
              LEFT JOIN person p ON p.mandant_id = v.mandant_id AND p.id = v.angelegt_von
             WHERE v.mandant_id = :m AND v.dokument_id = :dokument AND\s""";

    private final JdbcClient datenbank;

    Versionen(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    @Transactional(readOnly = true)
    public Seite<Version> zu(Sicht sicht, UUID dokument, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                v -> List.of((long) v.nummer),
                (stelle, hoechstens) -> datenbank
                        .sql(SPALTEN + NEUESTE_ZUERST.bedingung("v", stelle) + " AND " + sicht.aufDokument("d")
                                + " ORDER BY " + NEUESTE_ZUERST.folge("v", stelle) + " LIMIT :hoechstens")
                        .param("m", mandant())
                        .param("dokument", dokument)
                        .param("hoechstens", hoechstens)
                        .params(NEUESTE_ZUERST.parameter(stelle))
                        .params(sicht.parameter())
                        .query(Version.class)
                        .list());
    }

    /** @throws NichtGefunden if there is none with this number for this person */
    @Transactional(readOnly = true)
    public Version version(Sicht sicht, UUID dokument, int nummer) {
        return datenbank
                .sql(SPALTEN + "v.nummer = :nummer AND " + sicht.aufDokument("d"))
                .param("m", mandant())
                .param("dokument", dokument)
                .param("nummer", nummer)
                .params(sicht.parameter())
                .query(Version.class)
                .optional()
                .orElseThrow(() ->
                        new NichtGefunden("Diese Version gibt es nicht, oder sie ist nicht für Sie freigegeben."));
    }
}
