/**
 * The text of an expression as a tree.
 *
 * <p>The grammar file is the language's reference; the tree is made of records that know their
 * place. No values are computed here. Start at {@link io.millrace.expression.syntax.Program}.
 */
@NullMarked
package io.millrace.expression.syntax;

import org.jspecify.annotations.NullMarked;
