package de.federwerk.stand;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.suche.Index;
import de.federwerk.suche.Indexquelle;
import de.federwerk.suche.NacktesIndexieren;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/**
 * Dokumente are noted as changed and waited for until they can be found: read from the database, analysed, committed in batches
 * beside everything that is in the index already. The counterpart writes the same entries, read before, into an empty index.
 */
final class Indexieren implements Szenario {

    @Override
    public String name() {
        return "indexieren";
    }

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        int anzahl = Math.min(umfang.je(2_000, 100), umfang.dokumente());
        List<UUID> ids = haus.als(() -> haus.jdbc()
                .sql("SELECT id FROM dokument WHERE mandant_id = ? ORDER BY id LIMIT ?")
                .params(Mandantenkontext.mandant(), anzahl)
                .query(UUID.class)
                .list());
        var quellen = haus.kontext.getBeansOfType(Indexquelle.class).values();
        var nackt = haus.als(() -> new NacktesIndexieren(quellen, "dokument", ids));
        haus.bisRuhe();
        var paar = Messreihe.abwechselnd(
                umfang.je(2, 1),
                umfang.runden(),
                () -> anzahl
                        / Messreihe.millisekunden(() -> {
                            haus.als(() -> haus.bohne(Index.class).vormerken("dokument", ids));
                            haus.bisRuhe();
                        })
                        * 1000,
                () -> {
                    var ordner = Files.createTempDirectory(haus.daten, "gegenstueck");
                    try {
                        return nackt.anzahl() / Messreihe.millisekunden(() -> nackt.schreibe(ordner)) * 1000;
                    } finally {
                        FileSystemUtils.deleteRecursively(ordner);
                    }
                });
        return List.of(Ergebnis.verhaeltnis(
                "indexieren",
                umfang.dokumente(),
                paar.wir().median(),
                paar.gegenstueck().median(),
                ">=0.5"));
    }
}
