/**
 * How anything is decided: a machine takes a view of its own state and one command, and answers
 * with changes and effects.
 *
 * <p>No Flink, no Jackson, no clock, no randomness, no I/O: time comes with the command, ids are
 * derived. The whole of what can come in is {@link io.millrace.engine.Message}, the whole of what
 * can go out is {@link io.millrace.engine.Effect}, what is remembered is {@link
 * io.millrace.engine.Document}. Start at {@link io.millrace.engine.Machine}.
 */
@NullMarked
package io.millrace.engine;

import org.jspecify.annotations.NullMarked;
