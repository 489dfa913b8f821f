/**
 * Parameters: their types, modes, definitions and evaluated values.
 *
 * <p>No scope or lookup yet, and no JSON. Start at {@link io.millrace.param.ParamDefinition}.
 */
@NullMarked
package io.millrace.param;

import org.jspecify.annotations.NullMarked;
