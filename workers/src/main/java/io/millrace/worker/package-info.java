/**
 * The worker library: takes tasks from the topics of its queues, runs a handler for each, and
 * reports what became of it.
 *
 * <p>Only kafka-clients and the protocol's records come in; what an example does stays in {@code
 * example}. Start at {@link io.millrace.worker.Worker}, then {@code WorkerLoop}.
 */
@NullMarked
package io.millrace.worker;

import org.jspecify.annotations.NullMarked;
