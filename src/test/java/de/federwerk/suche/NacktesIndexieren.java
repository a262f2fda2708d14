package de.federwerk.suche;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;

/** For the stand: Lucene alone, with the same texts, fields and analysis, into an empty folder. */
public final class NacktesIndexieren {

    private static final int STAPEL = 25;

    private final List<Indexeintrag> eintraege = new ArrayList<>();

    /** Reads the entries from their owner beforehand: what the counterpart is spared. Inside a transaction of the Mandant. */
    public NacktesIndexieren(Collection<Indexquelle> quellen, String art, List<UUID> ids) {
        var quelle =
                quellen.stream().filter(q -> q.art().equals(art)).findFirst().orElseThrow();
        for (int i = 0; i < ids.size(); i += STAPEL) {
            eintraege.addAll(quelle.lies(ids.subList(i, Math.min(ids.size(), i + STAPEL))));
        }
    }

    /** One document after the other, one commit at the end. */
    public void schreibe(Path leererOrdner) throws IOException {
        try (var verzeichnis = FSDirectory.open(leererOrdner);
                var schreiber =
                        new IndexWriter(verzeichnis, new IndexWriterConfig(Analyse.INDEX).setRAMBufferSizeMB(32))) {
            for (var eintrag : eintraege) {
                schreiber.addDocument(Indexdokument.aus(eintrag));
            }
            schreiber.commit();
        }
    }

    public int anzahl() {
        return eintraege.size();
    }
}
