/**
 * What the loop costs: hops a second through it, against the same function without it.
 *
 * <p>Only Flink and the loop are measured here; nothing that needs Kafka or the engine comes in.
 * Start at {@link io.millrace.bench.loop.LoopBench}.
 */
@NullMarked
package io.millrace.bench.loop;

import org.jspecify.annotations.NullMarked;
