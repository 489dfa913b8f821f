package io.millrace.definition;

import io.millrace.label.Tag;
import io.millrace.param.ParamDefinition;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workflow as its author wrote it, checked: ids are unique, transitions lead to steps of the same
 * level, and there is no cycle (spec: Maestro semantics 1.3).
 *
 * @param timeout from leaving the queue to the end; {@link #DEFAULT_TIMEOUT} unless said otherwise
 * @param instanceStepConcurrency leaf steps at once in the tree of one root instance, 1..999; null
 *     does not limit
 * @param params in the order they were written
 * @param steps in the order they were written, never empty
 */
public record WorkflowDefinition(
    String id,
    @Nullable String name,
    @Nullable String description,
    List<Tag> tags,
    Setting<Duration> timeout,
    @Nullable Criticality criticality,
    @Nullable Integer instanceStepConcurrency,
    List<TimeTrigger> timeTriggers,
    List<SignalTrigger> signalTriggers,
    Map<String, ParamDefinition> params,
    List<StepDefinition> steps) {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofDays(10);

  public WorkflowDefinition {
    tags = List.copyOf(tags);
    timeTriggers = List.copyOf(timeTriggers);
    signalTriggers = List.copyOf(signalTriggers);
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    steps = List.copyOf(steps);
  }

  /** The step of this id at the top level. */
  public Optional<StepDefinition> step(String stepId) {
    return steps.stream().filter(step -> step.id().equals(stepId)).findFirst();
  }
}
