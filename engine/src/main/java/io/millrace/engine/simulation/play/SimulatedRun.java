package io.millrace.engine.simulation.play;

import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run and of all below it.
 *
 * @param parentStep the step it belongs to; null for a root
 * @param iteration from 0; null unless it is an iteration of a loop
 * @param elapsedMs from its creation to its end; null: it has not ended
 * @param steps those created, in the order they were
 * @param leafCounts leaf steps of the whole tree by status, none of them 0
 * @param children by step, then in order; of each step no more than were asked for
 * @param childCounts all children, by step
 * @param events the timeline of this run alone, in order
 */
public record SimulatedRun(
    @Nullable String parentStep,
    @Nullable Long iteration,
    String workflowId,
    long instance,
    long run,
    RunStatus status,
    @Nullable String reason,
    @Nullable Long elapsedMs,
    Map<String, SimulatedStep> steps,
    Map<StepStatus, Long> leafCounts,
    List<SimulatedRun> children,
    Map<String, Long> childCounts,
    List<TimelineEvent> events) {
  public SimulatedRun {
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    Map<StepStatus, Long> counts = new EnumMap<>(StepStatus.class);
    counts.putAll(leafCounts);
    leafCounts = Collections.unmodifiableMap(counts);
    children = List.copyOf(children);
    childCounts = Collections.unmodifiableMap(new LinkedHashMap<>(childCounts));
    events = List.copyOf(events);
  }
}
