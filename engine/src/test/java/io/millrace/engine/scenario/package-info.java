/**
 * The language of the engine's tests: workflows, runs, workers and time, in the words of the
 * domain.
 *
 * <p>Everything runs on virtual time in one thread. Start at {@link
 * io.millrace.engine.scenario.Scenario}.
 */
@NullMarked
package io.millrace.engine.scenario;

import org.jspecify.annotations.NullMarked;
