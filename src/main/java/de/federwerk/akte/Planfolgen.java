package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.aktenplan.PositionenUmbenannt;
import de.federwerk.suche.Index;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The search shows an Akte with its position: renamed, it is indexed anew. */
@Component
class Planfolgen {

    private static final int STAPEL = 5_000;

    private final JdbcClient datenbank;
    private final Index index;

    Planfolgen(JdbcClient datenbank, Index index) {
        this.datenbank = datenbank;
        this.index = index;
    }

    @EventListener
    void nach(PositionenUmbenannt ereignis) {
        for (var position : ereignis.positionen()) {
            @Nullable UUID nach = null;
            while (true) {
                var akten = datenbank
                        .sql("""
                        SELECT id FROM akte WHERE mandant_id = :m AND planknoten_id = :position AND (CAST(:nach AS uuid) IS NULL OR id > CAST(:nach AS uuid))
                         ORDER BY id LIMIT :stapel""")
                        .param("m", mandant())
                        .param("position", position)
                        .param("nach", nach == null ? null : nach.toString())
                        .param("stapel", STAPEL)
                        .query(UUID.class)
                        .list();
                if (!akten.isEmpty()) {
                    index.vormerkenNachrangig("akte", akten, Duration.ZERO);
                }
                if (akten.size() < STAPEL) {
                    break;
                }
                nach = akten.getLast();
            }
        }
    }
}
