package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Dokumente.Dokument;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Sicht;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The Dokumente of a Vorgang, page by page and one after the other: only what a person sees. */
@Component
public class Dokumentlisten {

    /** The order of Dokumente in a Vorgang. */
    public static final Ordnung NACH_NUMMER = Ordnung.auf(Ordnung.zahl("gruppe"), Ordnung.zahl("nummer"));

    private final JdbcClient datenbank;
    private final Dokumente dokumente;

    Dokumentlisten(JdbcClient datenbank, Dokumente dokumente) {
        this.datenbank = datenbank;
        this.dokumente = dokumente;
    }

    /** In the order of their numbers, attachments right after what they came with. */
    @Transactional(readOnly = true)
    public Seite<Dokument> in(Sicht sicht, UUID vorgang, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                Dokument::schluessel,
                (stelle, hoechstens) -> dokumente
                        .einzeln("d.vorgang_id = :vorgang AND " + NACH_NUMMER.bedingung("d", stelle) + " AND "
                                + sicht.aufDokument("d") + " ORDER BY " + NACH_NUMMER.folge("d", stelle)
                                + " LIMIT :hoechstens")
                        .param("m", mandant())
                        .param("vorgang", vorgang)
                        .param("hoechstens", hoechstens)
                        .params(NACH_NUMMER.parameter(stelle))
                        .params(sicht.parameter())
                        .query(Dokument.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public Anzahl anzahlIn(Sicht sicht, UUID vorgang) {
        return Anzahl.aus(datenbank
                .sql(
                        "SELECT count(*) FROM (SELECT FROM dokument d WHERE d.mandant_id = :m AND d.vorgang_id = :vorgang AND "
                                + sicht.aufDokument("d") + " LIMIT :bis) z")
                .param("m", mandant())
                .param("vorgang", vorgang)
                .param("bis", Anzahl.GENAU_BIS + 1)
                .params(sicht.parameter())
                .query(Long.class)
                .single());
    }

    /** What stands before and after a Dokument in its Vorgang, whatever page of the list is shown. */
    public record Nachbarn(@Nullable UUID davor, @Nullable UUID danach) {}

    @Transactional(readOnly = true)
    public Nachbarn nachbarn(Sicht sicht, Dokument dokument) {
        return new Nachbarn(
                nachbar(sicht, dokument.vorgangId(), Stelle.vor(dokument.schluessel())),
                nachbar(sicht, dokument.vorgangId(), Stelle.nach(dokument.schluessel())));
    }

    private @Nullable UUID nachbar(Sicht sicht, UUID vorgang, Stelle stelle) {
        return datenbank
                .sql("SELECT d.id FROM dokument d WHERE d.mandant_id = :m AND d.vorgang_id = :vorgang AND "
                        + NACH_NUMMER.bedingung("d", stelle) + " AND " + sicht.aufDokument("d") + " ORDER BY "
                        + NACH_NUMMER.folge("d", stelle) + " LIMIT 1")
                .param("m", mandant())
                .param("vorgang", vorgang)
                .params(NACH_NUMMER.parameter(stelle))
                .params(sicht.parameter())
                .query(UUID.class)
                .optional()
                .orElse(null);
    }
}
