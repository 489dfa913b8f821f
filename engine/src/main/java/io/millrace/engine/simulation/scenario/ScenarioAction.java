package io.millrace.engine.simulation.scenario;

import io.millrace.param.ParamDefinition;
import io.millrace.protocol.RestartPolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An action of a user.
 *
 * @param at since the clock's start
 * @param workflow null: the named one
 * @param instance null: the latest
 * @param run null: the latest
 * @param step null: the run itself
 * @param iteration of the nearest loop around the step; null: all that run
 * @param policy of a restart; null: the action's own default
 * @param params that the action brings along
 */
public record ScenarioAction(
    Duration at,
    Kind kind,
    @Nullable String workflow,
    @Nullable Long instance,
    @Nullable Long run,
    @Nullable String step,
    @Nullable Long iteration,
    @Nullable RestartPolicy policy,
    Map<String, ParamDefinition> params) {
  public ScenarioAction {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /** What is done. */
  public enum Kind {
    STOP,
    KILL,
    RESTART,
    SKIP,
    PAUSE,
    RESUME,
    BYPASS,
    UNBLOCK,
    SET_BREAKPOINT,
    CLEAR_BREAKPOINT,
    RESUME_STEP;

    /** As a scenario writes it: {@code set-breakpoint}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether this release can do it. */
    boolean isSupported() {
      return switch (this) {
        case STOP, KILL, RESTART, SKIP, UNBLOCK -> true;
        case PAUSE, RESUME, BYPASS, SET_BREAKPOINT, CLEAR_BREAKPOINT, RESUME_STEP -> false;
      };
    }
  }
}
