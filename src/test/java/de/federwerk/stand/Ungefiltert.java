package de.federwerk.stand;

import de.federwerk.berechtigung.Sicht;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements of a store as they would be without rights: the conditions of the Sicht are replaced by TRUE, nothing else. */
final class Ungefiltert implements JdbcClient {

    private static final List<String> NAMEN = List.of("a", "v", "d", "g", "n", "e", "p", "x", "b");

    private final JdbcClient wirklich;
    private final List<String> bedingungen;

    private Ungefiltert(JdbcClient wirklich, Sicht sicht) {
        this.wirklich = wirklich;
        this.bedingungen = NAMEN.stream()
                .flatMap(n ->
                        Stream.of(sicht.aufAkte(n), sicht.aufVorgang(n), sicht.aufDokument(n), sicht.aufBereich(n)))
                .toList();
    }

    /** A store like the program's own, but without rights; its public methods run in a transaction of the caller. */
    static <T> T wie(Class<T> speicher, Haus haus, Sicht sicht) throws ReflectiveOperationException {
        var bauplan = speicher.getDeclaredConstructors()[0];
        bauplan.setAccessible(true);
        var jdbc = new Ungefiltert(haus.jdbc(), sicht);
        var teile = Arrays.stream(bauplan.getParameterTypes())
                .map(art -> art == JdbcClient.class ? jdbc : haus.bohne(art))
                .toArray();
        return speicher.cast(bauplan.newInstance(teile));
    }

    @Override
    public StatementSpec sql(String sql) {
        var ohne = sql;
        for (var bedingung : bedingungen) {
            ohne = ohne.replace(bedingung, "TRUE");
        }
        if (ohne.contains(":s_bits") || ohne.contains(":s_bereiche")) {
            throw new IllegalStateException("Diese Anweisung bliebe gefiltert, es wäre nichts verglichen: " + ohne);
        }
        return wirklich.sql(ohne);
    }
}
