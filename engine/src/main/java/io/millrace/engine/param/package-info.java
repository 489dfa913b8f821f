/**
 * What params are worth in a run: literals merged with what the start and the workers say.
 *
 * <p>No scopes and no expressions yet. Start at {@link io.millrace.engine.param.ParamMerge}.
 */
@NullMarked
package io.millrace.engine.param;

import org.jspecify.annotations.NullMarked;
