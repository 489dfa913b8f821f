/**
 * A host in memory: all machines of a cluster on a virtual clock, for the simulate command and the
 * tests.
 *
 * <p>It treats decisions as the operators do and decides nothing itself; no real clock, no threads,
 * no randomness may come in. Start at {@link io.millrace.engine.simulation.VirtualCluster}.
 */
@NullMarked
package io.millrace.engine.simulation;

import org.jspecify.annotations.NullMarked;
