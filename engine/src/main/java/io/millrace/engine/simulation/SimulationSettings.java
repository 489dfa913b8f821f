package io.millrace.engine.simulation;

import io.millrace.engine.EngineLimits;

/**
 * How a virtual cluster runs.
 *
 * @param limits those the machines were made with
 * @param startsAt the clock's first reading, epoch millis
 * @param order of the messages on their way
 * @param decidesTwice whether each decision is taken a second time, by newly made machines on a
 *     copy of the state, and must come out equal
 */
public record SimulationSettings(
    EngineLimits limits, long startsAt, MessageOrder order, boolean decidesTwice) {}
