package de.federwerk.rechteprobe;

import java.time.Instant;

/** A way by which a town shows what it holds, beside its pages and lists. A town tries some of them. */
interface Rechtetuer {

    /** What must be there before anybody can ask; in a transaction that writes. */
    void richteEin();

    /** What is shown to some of the people. In a transaction that comes to nothing: so an act may be tried, and may be refused. */
    void frage(Instant jetzt, Befunde befunde);
}
