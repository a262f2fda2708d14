package de.federwerk.stand;

import java.util.List;

/** Measures something in the town of this house. Fails if it cannot; never because it is slow. */
interface Szenario {

    /** How it is called after {@code --szenario}. */
    String name();

    List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception;
}
