/**
 * What a step is: its lifecycle, and how each type of step does its work.
 *
 * <p>Knows nothing of runs beyond {@link io.millrace.engine.step.StepContext}. To add a type, write
 * a {@link io.millrace.engine.step.StepBehavior} and name it in {@link
 * io.millrace.engine.step.StepTypes}.
 */
@NullMarked
package io.millrace.engine.step;

import org.jspecify.annotations.NullMarked;
