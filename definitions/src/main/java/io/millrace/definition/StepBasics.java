package io.millrace.definition;

import io.millrace.label.Tag;
import io.millrace.param.ParamDefinition;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What steps of every kind have (Maestro semantics 1.4).
 *
 * @param timeout from STARTING; {@link WorkflowDefinition#DEFAULT_TIMEOUT} unless said otherwise
 * @param signalDependencies all of them must match before the step goes on
 * @param signalOutputs announced when the step has done its work
 * @param params in the order they were written
 * @param successors in the order they were written, each with the text of its condition
 */
public record StepBasics(
    String id,
    @Nullable String name,
    @Nullable String description,
    List<Tag> tags,
    FailureMode failureMode,
    Setting<Duration> timeout,
    List<SignalDependency> signalDependencies,
    List<SignalOutput> signalOutputs,
    Map<String, ParamDefinition> params,
    Map<String, String> successors) {
  public StepBasics {
    tags = List.copyOf(tags);
    signalDependencies = List.copyOf(signalDependencies);
    signalOutputs = List.copyOf(signalOutputs);
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    successors = Collections.unmodifiableMap(new LinkedHashMap<>(successors));
  }
}
