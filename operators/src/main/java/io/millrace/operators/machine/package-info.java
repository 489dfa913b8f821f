/**
 * Where machines live: one keyed function that hosts all of them at the head of the loop, gives
 * each its state to look at, stores what it decided and carries its effects out.
 *
 * <p>No decision about a workflow is made here, and no Kafka is seen: what leaves is bytes with a
 * destination. Start at {@link io.millrace.operators.machine.MachineFunction}.
 */
@NullMarked
package io.millrace.operators.machine;

import org.jspecify.annotations.NullMarked;
