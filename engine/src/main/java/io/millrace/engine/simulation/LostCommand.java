package io.millrace.engine.simulation;

import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;

/**
 * A message that a dead letter would be written for.
 *
 * @param code stable, e.g. {@code UNKNOWN_WORKFLOW}
 * @param reason "Expected ..., but ..."
 */
public record LostCommand(
    MachineAddress address, Message message, String code, String reason, long at) {}
