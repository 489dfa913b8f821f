/**
 * What expressions compute with.
 *
 * <p>Scalars are values; arrays and maps are references, as in Java (deviations 1). No parser, no
 * library. Start at {@link io.millrace.expression.value.Value}.
 */
@NullMarked
package io.millrace.expression.value;

import org.jspecify.annotations.NullMarked;
