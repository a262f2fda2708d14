/**
 * The stand: a synthetic town of any size, and scenarios that measure Federwerk against the bare machine in the same run. Test
 * sources, started by {@code bin/bench}; not part of the program.
 */
@NullMarked
package de.federwerk.stand;

import org.jspecify.annotations.NullMarked;
