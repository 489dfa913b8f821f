/**
 * What the outside world does in a simulation: outcomes of attempts, actions, starts.
 *
 * <p>Values and their reader only; nothing is run here. Start at {@link
 * io.millrace.engine.simulation.scenario.Scenario}.
 */
@NullMarked
package io.millrace.engine.simulation.scenario;

import org.jspecify.annotations.NullMarked;
