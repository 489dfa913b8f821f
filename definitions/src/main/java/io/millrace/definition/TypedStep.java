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
 * A leaf step: its {@code type} says who does the work.
 *
 * @param type as the author wrote it; {@code NoOp} and {@code Sleep} are decided by the engine, any
 *     other is a worker step on the queue named after it in lower case
 */
public record TypedStep(
    String id,
    @Nullable String name,
    @Nullable String description,
    String type,
    List<Tag> tags,
    FailureMode failureMode,
    Duration timeout,
    RetryPolicy retryPolicy,
    Map<String, ParamDefinition> params,
    Map<String, String> successors)
    implements StepDefinition {
  public TypedStep {
    tags = List.copyOf(tags);
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    successors = Collections.unmodifiableMap(new LinkedHashMap<>(successors));
  }

  @Override
  public <R> R accept(Cases<R> cases) {
    return cases.typed(this);
  }
}
