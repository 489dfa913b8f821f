package io.millrace.bench.load;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The definitions that are put under load. */
public final class Workflows {
  /** The queue of {@link LoadWorker}. */
  public static final String QUEUE = "bench-work";

  /** The param in which a worker hands back the digest of the task it did. */
  public static final String ECHO = "echo";

  /** The param that says how long a run of {@link #nap} sleeps. */
  public static final String NAP_SECONDS = "nap_seconds";

  /** Runs of one workflow that may be in progress at once: as many as there can be. */
  public static final int CONCURRENCY = 1_000;

  private static final int STEPS = 5;

  private Workflows() {}

  /** Five NoOp steps in a row. */
  public static String noOpSequence(String id) {
    return sequence(id, "{\"step\":{\"id\":\"s%d\",\"type\":\"NoOp\"%s}}");
  }

  /** One NoOp step. */
  public static String noOp(String id) {
    return envelope(id, "{\"step\":{\"id\":\"s\",\"type\":\"NoOp\"}}");
  }

  /** A sleep of as many seconds as its start says. */
  public static String nap(String id) {
    return envelope(
        id,
        "{\"%s\":{\"value\":3,\"type\":\"LONG\"}}".formatted(NAP_SECONDS),
        """
        {"step":{"id":"nap","type":"Sleep",
          "params":{"sleep_seconds":{"expression":"%s","type":"LONG"}}}}
        """
            .formatted(NAP_SECONDS));
  }

  /** Five worker steps in a row. */
  public static String workerSequence(String id) {
    return sequence(id, "{\"step\":{\"id\":\"s%d\",\"type\":\"" + QUEUE + "\"%s}}");
  }

  /** A foreach of one NoOp step over a range that nobody lists. */
  public static String foreach(String id, int iterations, int concurrency) {
    return envelope(
        id,
        """
        {"foreach":{"id":"fe","concurrency":%d,
          "params":{"loop_params":{"type":"MAP","value":{
            "i":{"type":"LONG_ARRAY","expression":"Util.intsBetween(0, %d, 1)"}}}},
          "steps":[{"step":{"id":"s","type":"NoOp"}}]}}
        """
            .formatted(concurrency, iterations));
  }

  /**
   * A diamond of everything that can be under way in a crash: a nap, work, work that fails at first
   * and work that fails for good and does not matter.
   */
  public static String mixed(String id, int napSeconds) {
    return envelope(
        id,
        """
        {"step":{"id":"begin","type":"NoOp",
          "transition":{"successors":{"nap":"true","work":"true","flaky":"true","careless":"true"}}}},
        {"step":{"id":"nap","type":"Sleep","params":{"sleep_seconds":{"value":%d,"type":"LONG"}},
          "transition":{"successors":{"join":"true"}}}},
        {"step":{"id":"work","type":"bench-work","params":{"echo":{"value":"","type":"STRING"}},
          "transition":{"successors":{"join":"true"}}}},
        {"step":{"id":"flaky","type":"bench-work","params":{"echo":{"value":"","type":"STRING"}},
          "retry_policy":{"error_retry_limit":3,
            "backoff":{"type":"FIXED_BACKOFF","error_retry_backoff_in_secs":2}},
          "transition":{"successors":{"join":"true"}}}},
        {"step":{"id":"careless","type":"bench-work","failure_mode":"IGNORE_FAILURE",
          "params":{"echo":{"value":"","type":"STRING"}},
          "transition":{"successors":{"join":"true"}}}},
        {"step":{"id":"join","type":"bench-work","params":{"echo":{"value":"","type":"STRING"}}}}
        """
            .formatted(napSeconds));
  }

  private static String sequence(String id, String step) {
    return envelope(
        id,
        IntStream.range(0, STEPS)
            .mapToObj(
                i ->
                    step.formatted(
                        i,
                        i + 1 < STEPS
                            ? ",\"transition\":{\"successors\":{\"s" + (i + 1) + "\":\"true\"}}"
                            : ""))
            .collect(Collectors.joining(",")));
  }

  private static String envelope(String id, String steps) {
    return envelope(id, "{}", steps);
  }

  private static String envelope(String id, String params, String steps) {
    return """
        {"properties":{"owner":{"name":"bench"},
          "run_strategy":{"rule":"PARALLEL","workflow_concurrency":%d}},
         "is_active":true,
         "workflow":{"id":"%s","params":%s,"steps":[%s]}}
        """
        .formatted(CONCURRENCY, id, params, steps);
  }
}
