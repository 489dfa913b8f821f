/**
 * The instance machine: runs, their DAG, failure modes, timeouts and ends.
 *
 * <p>What one type of step does is in {@code step}; what lies outside one instance is told in
 * messages. Start at {@link io.millrace.engine.run.InstanceMachine}.
 */
@NullMarked
package io.millrace.engine.run;

import org.jspecify.annotations.NullMarked;
