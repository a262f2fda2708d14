package de.federwerk.suche;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** The indexes of all Mandanten, each opened when it is first needed; {@code DATEN/index/<mandant>}. */
@Component
class Indizes implements DisposableBean {

    final Suchkopf kopf = new Suchkopf();
    private final Path ordner;
    private final long reserve;
    private final Rueckstand rueckstand;
    private final Transaktionen transaktionen;
    private final Map<UUID, Mandantenindex> offene = new HashMap<>();

    Indizes(
            @Value("${federwerk.daten}") Path daten,
            @Value("${federwerk.ablage.reserve:256MB}") DataSize reserve,
            Rueckstand rueckstand,
            Transaktionen transaktionen) {
        this.reserve = reserve.toBytes();
        this.rueckstand = rueckstand;
        this.transaktionen = transaktionen;
        this.ordner = daten.resolve("index");
    }

    /** @throws UncheckedIOException if the folder cannot be used (disk full, opened by another program) */
    synchronized Mandantenindex von(UUID mandant) {
        @Nullable Mandantenindex index = offene.get(mandant);
        if (index != null && (!index.offen() || !index.daheim())) {
            schliesse(mandant);
            index = null;
        }
        if (index == null) {
            UUID stand = transaktionen.lesend(mandant, rueckstand::stand).orElse(null);
            try {
                index = new Mandantenindex(ordner.resolve(mandant.toString()), kopf, stand, reserve);
            } catch (IOException e) {
                throw new UncheckedIOException("Suchindex von " + mandant + " lässt sich nicht öffnen", e);
            }
            offene.put(mandant, index);
        }
        return index;
    }

    /** Forgets an index that broke while open; the next use opens it anew, and finds out whether it is whole. */
    synchronized void schliesse(UUID mandant) {
        IOUtils.closeWhileHandlingException(offene.remove(mandant));
    }

    /** Gives up an index whose bytes are damaged; the next use begins anew. */
    synchronized void verwirf(UUID mandant) throws IOException {
        var index = offene.get(mandant);
        if (index != null) {
            index.verwirf();
            schliesse(mandant);
        }
    }

    /** @throws IOException if the disk has no room for more of the index */
    void pruefePlatz() throws IOException {
        Platzwaechter.pruefe(ordner, reserve);
    }

    @Override
    public synchronized void destroy() {
        IOUtils.closeWhileHandlingException(offene.values());
        offene.clear();
    }
}
