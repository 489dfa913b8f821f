/**
 * The workflow machine: versions, starts, request ids, the queue and the run strategy.
 *
 * <p>What happens inside a run is none of its business. Start at {@link
 * io.millrace.engine.workflow.WorkflowMachine}.
 */
@NullMarked
package io.millrace.engine.workflow;

import org.jspecify.annotations.NullMarked;
