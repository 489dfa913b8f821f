/**
 * Evaluation: the tree made ready once, with all lookups done, and run as often as needed.
 *
 * <p>No parsing, and no class or method of the language: those are the library's. Start at {@link
 * io.millrace.expression.run.Compiler}, which checks while it compiles, and {@link
 * io.millrace.expression.run.Frame}, the state of one evaluation.
 */
@NullMarked
package io.millrace.expression.run;

import org.jspecify.annotations.NullMarked;
