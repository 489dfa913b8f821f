package io.millrace.engine.scenario;

import io.millrace.definition.FailureMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** A step as a story gives it. */
final class GivenStep {
  /** The queue of {@link #worker} steps. */
  static final String QUEUE = "work";

  private final String id;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Map<String, String> params = new LinkedHashMap<>();
  private final Map<String, String> retries = new LinkedHashMap<>();
  private final Map<String, String> backoff = new LinkedHashMap<>();
  private final List<String> successors = new ArrayList<>();

  private GivenStep(String id, String type) {
    this.id = id;
    fields.put("id", quoted(id));
    fields.put("type", quoted(type));
  }

  static GivenStep noOp(String id) {
    return new GivenStep(id, "NoOp");
  }

  static GivenStep sleep(String id, Duration howLong) {
    return new GivenStep(id, "Sleep").param("sleep_seconds", howLong.toSeconds());
  }

  static GivenStep sleep(String id) {
    return new GivenStep(id, "Sleep");
  }

  /** A step on the declared queue {@link #QUEUE}. */
  static GivenStep worker(String id) {
    return ofType(id, "Work");
  }

  static GivenStep ofType(String id, String type) {
    return new GivenStep(id, type);
  }

  String id() {
    return id;
  }

  List<String> successors() {
    return successors;
  }

  GivenStep then(String... next) {
    successors.addAll(List.of(next));
    return this;
  }

  GivenStep timeout(Duration timeout) {
    fields.put("timeout", Long.toString(timeout.toSeconds()));
    return this;
  }

  GivenStep heartbeatTimeout(Duration timeout) {
    return param("heartbeat_timeout", timeout.toSeconds());
  }

  GivenStep scheduleToStartTimeout(Duration timeout) {
    return param("schedule_to_start_timeout", timeout.toSeconds());
  }

  GivenStep mode(FailureMode mode) {
    fields.put("failure_mode", quoted(mode.name()));
    return this;
  }

  GivenStep errorRetries(int limit) {
    retries.put("error_retry_limit", Integer.toString(limit));
    return this;
  }

  GivenStep platformRetries(int limit) {
    retries.put("platform_retry_limit", Integer.toString(limit));
    return this;
  }

  GivenStep timeoutRetries(int limit) {
    retries.put("timeout_retry_limit", Integer.toString(limit));
    return this;
  }

  GivenStep neverRetried() {
    return errorRetries(0).platformRetries(0).timeoutRetries(0);
  }

  /** The same wait before each retry. */
  GivenStep fixedBackoff(Duration error, Duration platform, Duration timeout) {
    backoff.put("type", quoted("FIXED_BACKOFF"));
    backoff.put("error_retry_backoff_in_secs", Long.toString(error.toSeconds()));
    backoff.put("platform_retry_backoff_in_secs", Long.toString(platform.toSeconds()));
    backoff.put("timeout_retry_backoff_in_secs", Long.toString(timeout.toSeconds()));
    return this;
  }

  /** Waits that grow, for one of {@code error}, {@code platform} and {@code timeout}. */
  GivenStep exponentialBackoff(String failure, Duration base, int exponent, Duration limit) {
    backoff.put("type", quoted("EXPONENTIAL_BACKOFF"));
    backoff.put(failure + "_retry_backoff_in_secs", Long.toString(base.toSeconds()));
    backoff.put(failure + "_retry_exponent", Integer.toString(exponent));
    backoff.put(failure + "_retry_limit_in_secs", Long.toString(limit.toSeconds()));
    return this;
  }

  GivenStep param(String name, String value) {
    params.put(name, typed("STRING", quoted(value), "MUTABLE"));
    return this;
  }

  GivenStep param(String name, long value) {
    params.put(name, typed("LONG", Long.toString(value), "MUTABLE"));
    return this;
  }

  GivenStep constant(String name, long value) {
    params.put(name, typed("LONG", Long.toString(value), "IMMUTABLE"));
    return this;
  }

  static String typed(String type, String value, String mode) {
    return "{\"type\":%s,\"value\":%s,\"mode\":%s}".formatted(quoted(type), value, quoted(mode));
  }

  static String quoted(String text) {
    return '"' + text + '"';
  }

  static String object(Map<String, String> members) {
    StringJoiner object = new StringJoiner(",", "{", "}");
    members.forEach((name, value) -> object.add(quoted(name) + ":" + value));
    return object.toString();
  }

  String text() {
    Map<String, String> all = new LinkedHashMap<>(fields);
    if (!params.isEmpty()) {
      all.put("params", object(params));
    }
    if (!backoff.isEmpty()) {
      retries.put("backoff", object(backoff));
    }
    if (!retries.isEmpty()) {
      all.put("retry_policy", object(retries));
    }
    if (!successors.isEmpty()) {
      Map<String, String> conditions = new LinkedHashMap<>();
      successors.forEach(next -> conditions.put(next, quoted("true")));
      all.put("transition", object(Map.of("successors", object(conditions))));
    }
    return object(Map.of("step", object(all)));
  }
}
