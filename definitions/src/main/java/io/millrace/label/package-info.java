/**
 * What authors write for people and tools, and the engine only carries: tags, and the notes in open
 * objects.
 *
 * <p>What may not come in: anything a decision depends on. Start at {@link
 * io.millrace.label.Notes}.
 */
@NullMarked
package io.millrace.label;

import org.jspecify.annotations.NullMarked;
