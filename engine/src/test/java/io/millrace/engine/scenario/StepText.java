package io.millrace.engine.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A step of a definition, as its author would write it. */
public final class StepText {
  private final String id;
  private final String type;
  private final List<String> fields = new ArrayList<>();
  private final List<String> params = new ArrayList<>();
  private String successors = "";

  private StepText(String id, String type) {
    this.id = id;
    this.type = type;
  }

  public static StepText noOp(String id) {
    return new StepText(id, "NoOp");
  }

  /** A step that sleeps for some seconds. */
  public static StepText sleep(String id, long seconds) {
    return new StepText(id, "Sleep").param("sleep_seconds", "LONG", Long.toString(seconds));
  }

  /** A step whose work is done by the workers of {@link Scenario#QUEUE}. */
  public static StepText work(String id) {
    return step(id, Scenario.QUEUE);
  }

  /** A step of any type. */
  public static StepText step(String id, String type) {
    return new StepText(id, type);
  }

  public StepText to(String... ids) {
    successors =
        Stream.of(ids)
            .map(successor -> "\"" + successor + "\":\"true\"")
            .collect(Collectors.joining(","));
    return this;
  }

  public StepText param(String name, String type, String json) {
    params.add("\"%s\":{\"value\":%s,\"type\":\"%s\"}".formatted(name, json, type));
    return this;
  }

  public StepText failureMode(String mode) {
    fields.add("\"failure_mode\":\"" + mode + "\"");
    return this;
  }

  public StepText timeout(String duration) {
    fields.add("\"timeout\":\"" + duration + "\"");
    return this;
  }

  /** The whole retry policy, as JSON. */
  public StepText retryPolicy(String json) {
    fields.add("\"retry_policy\":" + json);
    return this;
  }

  /** How often each kind of failure is retried, one second after the failure. */
  public StepText retries(int error, int platform, int timeout) {
    return retries(error, platform, timeout, 1);
  }

  /** How often each kind of failure is retried, and how many seconds after the failure. */
  public StepText retries(int error, int platform, int timeout, int wait) {
    return retryPolicy(
        """
        {"error_retry_limit":%d,"platform_retry_limit":%d,"timeout_retry_limit":%d,
         "backoff":{"type":"FIXED_BACKOFF","error_retry_backoff_in_secs":%d,
           "platform_retry_backoff_in_secs":%d,"timeout_retry_backoff_in_secs":%d}}
        """
            .formatted(error, platform, timeout, wait, wait, wait));
  }

  String json() {
    List<String> all = new ArrayList<>(fields);
    all.add("\"id\":\"" + id + "\"");
    all.add("\"type\":\"" + type + "\"");
    all.add("\"params\":{" + String.join(",", params) + "}");
    if (!successors.isEmpty()) {
      all.add("\"transition\":{\"successors\":{" + successors + "}}");
    }
    return "{\"step\":{" + String.join(",", all) + "}}";
  }
}
