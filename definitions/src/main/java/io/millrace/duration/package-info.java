/**
 * The text form of durations, shared by definitions and expressions.
 *
 * <p>No ranges and no problems: who reads a duration knows its limits. Start at {@link
 * io.millrace.duration.Durations}.
 */
@NullMarked
package io.millrace.duration;

import org.jspecify.annotations.NullMarked;
