/**
 * The machines in memory and on virtual time: the host of {@code millrace simulate} and of the
 * engine's tests.
 *
 * <p>No clock and no threads: time moves when it is told to. It treats decisions as the host in the
 * operators module does. Start at {@link io.millrace.engine.simulation.Simulation}.
 */
@NullMarked
package io.millrace.engine.simulation;

import org.jspecify.annotations.NullMarked;
