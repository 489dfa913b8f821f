/**
 * The proof that this release goes on from what earlier ones left behind.
 *
 * <p>Nothing here knows what a savepoint looks like inside: it is restored as an operator would.
 * Start at {@link io.millrace.savepoint.RecordedSavepointsIT}.
 */
@NullMarked
package io.millrace.savepoint;

import org.jspecify.annotations.NullMarked;
