/**
 * The classes, constructors, methods and fields an expression may use: a closed table, so that
 * nothing that is not written here can be reached.
 *
 * <p>No reflection, and no way to name a Java class. Start at {@link
 * io.millrace.expression.library.Library}.
 */
@NullMarked
package io.millrace.expression.library;

import org.jspecify.annotations.NullMarked;
