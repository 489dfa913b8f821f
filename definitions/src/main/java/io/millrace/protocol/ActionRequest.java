package io.millrace.protocol;

import io.millrace.param.ParamDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a workflow or one of its instances to do or tell something (Maestro semantics 9.2 to 9.8).
 *
 * @param target {@code workflow}, {@code workflow/7} or {@code workflow/7:2}; an iteration is
 *     {@code workflow/7/fe/3}
 * @param runUuid a precondition: the action is refused if the run it meets has another uuid, as it
 *     can after a crash that undid a provisional start
 * @param reason free text for the timeline
 * @param user who asks, for the record
 * @param leaseMs for {@link Action#WATCH}: how long to answer on each change, unless asked again
 * @param step the step of the target that is meant; null: all of the target
 * @param policy for {@link Action#RESTART}: what runs again; of a single step, what runs again
 *     below it. {@link RestartPolicy#FROM_INCOMPLETE} unless said otherwise
 * @param params for {@link Action#RESTART}: over those of the run, or of the step if one is meant
 * @param requestId for {@link Action#RESTART}: makes a repeated one harmless
 */
public record ActionRequest(
    Action action,
    String target,
    @Nullable String runUuid,
    @Nullable String reason,
    @Nullable String user,
    @Nullable Long leaseMs,
    @Nullable String step,
    @Nullable RestartPolicy policy,
    Map<String, ParamDefinition> params,
    @Nullable String requestId) {
  public ActionRequest {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /** About all of the target. */
  public ActionRequest(
      Action action,
      String target,
      @Nullable String runUuid,
      @Nullable String reason,
      @Nullable String user,
      @Nullable Long leaseMs) {
    this(action, target, runUuid, reason, user, leaseMs, null, null, Map.of(), null);
  }

  /** The actions there are. */
  public enum Action {
    /** Tells what a workflow or run is now. */
    SHOW,
    /** Tells each change of a run until it ends or the lease is over. */
    WATCH,
    /** Ends a run, or a step of it, as STOPPED. */
    STOP,
    /** Ends a run as FAILED, or a step of it as FATALLY_FAILED with its failure mode. */
    KILL,
    /** Runs what has ended again. */
    RESTART,
    /** Makes a step count as done. */
    SKIP,
    /** A failed instance no longer holds a STRICT_SEQUENTIAL queue up. */
    UNBLOCK
  }
}
