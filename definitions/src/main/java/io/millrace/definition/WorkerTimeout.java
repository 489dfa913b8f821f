package io.millrace.definition;

import io.millrace.duration.Durations;
import io.millrace.evaluation.ParamText;
import io.millrace.param.ParamValue;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long workers may be silent about a task. Each is a param of the step and not a field, so that
 * a definition that knows nothing of it reads as ever (decisions, the tree 15); off unless given.
 */
public enum WorkerTimeout {
  /** From one sign of life to the next, once a worker has begun. */
  HEARTBEAT_TIMEOUT("heartbeat_timeout"),
  /** From the dispatch of the task until a worker begins. */
  SCHEDULE_TO_START_TIMEOUT("schedule_to_start_timeout");

  /** 1 millisecond. */
  public static final Duration MIN = Duration.ofMillis(1);

  /** 120 days, as of every timeout. */
  public static final Duration MAX = Duration.ofDays(120);

  /** What a value must be. */
  public static final String RANGE = "a duration of more than 0 and at most 120 days";

  /** Types whose work the engine does itself; to them the params mean nothing. */
  private static final Set<String> WITHOUT_WORKERS = Set.of("noop", "sleep", "http");

  private final String param;

  WorkerTimeout(String param) {
    this.param = param;
  }

  /** The name of the param. */
  public String param() {
    return param;
  }

  /** Whether workers do the work of a step of this type. */
  public static boolean isOf(String type) {
    return !WITHOUT_WORKERS.contains(type.toLowerCase(Locale.ROOT));
  }

  /**
   * The time that evaluated params of a step give.
   *
   * @param type of the step
   * @return empty if it is off, or the value gives none
   */
  public Optional<Duration> in(String type, Map<String, ParamValue> params) {
    ParamValue value = params.get(param);
    return value == null || !isOf(type) ? Optional.empty() : read(value);
  }

  /** The time a value gives: whole seconds, or the text of a duration; empty if it gives none. */
  public static Optional<Duration> read(ParamValue value) {
    return value instanceof ParamValue.Int || value instanceof ParamValue.Text
        ? Durations.parse(ParamText.of(value))
            .filter(found -> found.compareTo(MIN) >= 0 && found.compareTo(MAX) <= 0)
        : Optional.empty();
  }

  /** What is wrong with a value that gives no time, as the end of a sentence. */
  public static String finding(ParamValue value) {
    if (value instanceof ParamValue.Int) {
      return "it is " + ParamText.of(value);
    }
    return value instanceof ParamValue.Text text
        ? "it is " + Quoted.text(text.value())
        : "it is a " + value.type();
  }
}
