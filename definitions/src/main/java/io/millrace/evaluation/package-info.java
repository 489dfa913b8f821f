/**
 * Where parameters and expressions meet: what a parameter is inside an expression, and what a
 * result is as a parameter.
 *
 * <p>No JSON and no definitions; nothing here decides when something is evaluated. Start at {@link
 * io.millrace.evaluation.ParamValues}.
 */
@NullMarked
package io.millrace.evaluation;

import org.jspecify.annotations.NullMarked;
