package de.federwerk.suche;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Implemented (as a Spring bean) by the module that owns things that can be found. Called inside a read-only transaction of one
 * Mandant; the index knows no rights here, the source returns everything.
 */
public interface Indexquelle {

    /** Which kind of thing: the {@code art} of its entries. */
    String art();

    /** The entries of these ids (at most 25); an id that is not returned is taken out of the index. */
    List<Indexeintrag> lies(Collection<UUID> ids);

    /** Ids greater than {@code nach}, ascending as PostgreSQL orders uuid, at most {@code hoechstens}: for rebuilding. */
    List<UUID> ids(@Nullable UUID nach, int hoechstens);
}
