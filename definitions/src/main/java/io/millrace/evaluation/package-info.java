/**
 * Parameters at run time: what a parameter is inside an expression, what a result is as a
 * parameter, in which order a scope is evaluated, and who may change what.
 *
 * <p>No definitions of workflows, no messages, no state and no clock: whoever calls says what time
 * it is and answers for other steps and signals ({@link io.millrace.evaluation.Elsewhere}). Start
 * at {@link io.millrace.evaluation.ParamEvaluator}; before it come {@link
 * io.millrace.evaluation.WorkflowParams} and {@link io.millrace.evaluation.StepParams}, after it
 * {@link io.millrace.evaluation.PassedDown}.
 */
@NullMarked
package io.millrace.evaluation;

import org.jspecify.annotations.NullMarked;
