/**
 * The expression language: text in, a value or a named failure out, and nothing else happens.
 *
 * <p>What lives here: compiling, checking and evaluating; {@code syntax} holds grammar and tree,
 * {@code value} what expressions compute with, {@code library} classes and methods. What may not
 * come in: clocks, randomness, reflection, files, any exception to the caller, and the engine,
 * which implements {@link io.millrace.expression.ParamFunctions}. Start at {@link
 * io.millrace.expression.Expression}.
 */
@NullMarked
package io.millrace.expression;

import org.jspecify.annotations.NullMarked;
