/**
 * Plays a scenario with the engine on virtual time, and tells what became of the runs.
 *
 * <p>It knows the machines' messages and documents, and takes no decision of theirs. Start at
 * {@link io.millrace.engine.simulation.play.Simulation}.
 */
@NullMarked
package io.millrace.engine.simulation.play;

import org.jspecify.annotations.NullMarked;
