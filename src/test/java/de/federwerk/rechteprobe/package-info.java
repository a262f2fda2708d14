/**
 * The property test of rights: small random towns that change at random, and after each change everything the program shows is compared
 * with a plain model of the rules. A bounded run belongs to the tests, the long one is {@code bin/bench --rechteprobe}.
 */
@NullMarked
package de.federwerk.rechteprobe;

import org.jspecify.annotations.NullMarked;
