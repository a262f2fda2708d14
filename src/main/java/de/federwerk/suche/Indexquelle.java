package de.federwerk.suche;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Implemented (as a Spring bean) by the module that owns things that can be found. Called inside a read-only transaction of one
 * Mandant; the index knows no rights here, the source returns everything.
 */
public interface Indexquelle {

    /** Which kind of thing: the {@code art} of its entries. */
    String art();

    /**
     * How long the texts of these ids (at most 25) are, in bytes of UTF-8, without reading them ({@code octet_length}); an id
     * that is missing has none. By this it is decided how many are read at once.
     */
    Map<UUID, Long> laengen(Collection<UUID> ids);

    /**
     * The entries of these ids (at most 25, and not more than 10 MB of text unless it is a single one); an id that is not
     * returned is taken out of the index. Text beyond {@link Indexeintrag#LAENGSTER_TEXT} is cut off by the database, so that no
     * size of a thing can exhaust the memory; it is not indexed.
     */
    List<Indexeintrag> lies(Collection<UUID> ids);

    /** Ids greater than {@code nach}, ascending as PostgreSQL orders uuid, at most {@code hoechstens}: for rebuilding. */
    List<UUID> ids(@Nullable UUID nach, int hoechstens);
}
