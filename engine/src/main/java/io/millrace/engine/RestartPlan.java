package io.millrace.engine;

import io.millrace.param.ParamDefinition;
import io.millrace.protocol.RestartPolicy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a restart of an instance runs again (Maestro semantics 9.2).
 *
 * @param policy of this instance
 * @param runParams of the user, for the instance or iteration at the end of the path only
 * @param path the way down to what is restarted, from this instance: a step, and below a loop the
 *     iteration; empty unless the policy is {@link RestartPolicy#FROM_SPECIFIC}
 * @param below what the node at the end of the path does with its own children
 * @param stepParams of the user, for the step at the end of the path
 * @param skip whether that step is skipped and not run
 */
public record RestartPlan(
    RestartPolicy policy,
    Map<String, ParamDefinition> runParams,
    List<Node> path,
    RestartPolicy below,
    Map<String, ParamDefinition> stepParams,
    boolean skip) {

  public RestartPlan {
    runParams = Collections.unmodifiableMap(new LinkedHashMap<>(runParams));
    path = List.copyOf(path);
    stepParams = Collections.unmodifiableMap(new LinkedHashMap<>(stepParams));
  }

  /** All of an instance, by one policy. */
  public static RestartPlan of(RestartPolicy policy, Map<String, ParamDefinition> runParams) {
    return new RestartPlan(policy, runParams, List.of(), policy, Map.of(), false);
  }

  /** What is below the first step of the way, or below the iteration of it. */
  public RestartPlan inner() {
    List<Node> rest = path.subList(1, path.size());
    return rest.isEmpty()
        ? of(below, runParams)
        : new RestartPlan(RestartPolicy.FROM_SPECIFIC, runParams, rest, below, stepParams, skip);
  }

  /** The same, as if there were nothing to go on from: all runs. */
  public RestartPlan whole() {
    return new RestartPlan(RestartPolicy.FROM_BEGINNING, runParams, path, below, stepParams, skip);
  }

  /**
   * One step of the way.
   *
   * @param iteration of the loop {@code stepId}; null: the step itself is the end of the way
   */
  public record Node(String stepId, @Nullable Long iteration) {}
}
