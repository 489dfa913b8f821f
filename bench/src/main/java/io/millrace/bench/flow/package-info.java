/**
 * Programs that put a running Millrace under load from outside and say what they saw: rates,
 * latencies, and how it went on through crashes.
 *
 * <p>No process is started or killed here; that is for {@code scripts/}. Start at {@link
 * io.millrace.bench.flow.SequenceBench}.
 */
@NullMarked
package io.millrace.bench.flow;

import org.jspecify.annotations.NullMarked;
