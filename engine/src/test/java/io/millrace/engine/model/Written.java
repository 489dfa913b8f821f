package io.millrace.engine.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Writes definitions as the JSON of a push. */
final class Written {
  static final ObjectMapper JSON = new ObjectMapper();

  private Written() {}

  static String workflow(String id, Step... steps) {
    return envelope(id, steps).toPrettyString();
  }

  /** As an envelope that may be added to. */
  static ObjectNode envelope(String id, Step... steps) {
    ObjectNode envelope = JSON.createObjectNode();
    envelope.putObject("properties").put("owner", "tester");
    ObjectNode workflow = envelope.putObject("workflow").put("id", id);
    put(workflow.putArray("steps"), List.of(steps));
    return envelope;
  }

  static Step step(String id, String type) {
    Step step = new Step("step", id);
    step.body.put("type", type);
    return step;
  }

  /** A step that a worker does. */
  static Step work(String id) {
    return step(id, "Job");
  }

  static Step sleep(String id, long seconds) {
    return step(id, "Sleep").param("sleep_seconds", "LONG", seconds);
  }

  static Step subworkflow(String id, String workflow) {
    return new Step("subworkflow", id).param("subworkflow_id", "STRING", workflow);
  }

  /** Over one loop param, a LONG_ARRAY. */
  static Step foreach(String id, String loopParam, long[] values, Step... inside) {
    return loop("foreach", id, Map.of(loopParam, param("LONG_ARRAY", values)), inside);
  }

  static Step whileLoop(String id, String condition, String loopParam, long first, Step... inside) {
    Step step = loop("while", id, Map.of(loopParam, param("LONG", first)), inside);
    step.body.put("condition", condition);
    return step;
  }

  static Step loop(String kind, String id, Map<String, ObjectNode> loopParams, Step... inside) {
    Step step = new Step(kind, id);
    ObjectNode values = JSON.createObjectNode();
    loopParams.forEach(values::set);
    step.params().putObject("loop_params").put("type", "MAP").set("value", values);
    put(step.body.putArray("steps"), List.of(inside));
    return step;
  }

  static ObjectNode param(String type, Object value) {
    ObjectNode param = JSON.createObjectNode().put("type", type);
    param.set("value", JSON.valueToTree(value));
    return param;
  }

  static void put(ArrayNode into, List<Step> steps) {
    steps.forEach(step -> into.addObject().set(step.kind, step.body));
  }

  /** A step that is being written. */
  static final class Step {
    final String kind;
    final ObjectNode body = JSON.createObjectNode();

    private Step(String kind, String id) {
      this.kind = kind;
      body.put("id", id);
    }

    ObjectNode params() {
      return body.withObject("/params");
    }

    Step param(String name, String type, Object value) {
      params().set(name, Written.param(type, value));
      return this;
    }

    Step computed(String name, String type, String expression) {
      params().putObject(name).put("type", type).put("expression", expression);
      return this;
    }

    Step to(String successor) {
      return to(successor, "true");
    }

    Step to(String successor, String condition) {
      body.withObject("/transition/successors").put(successor, condition);
      return this;
    }

    Step with(String field, Object value) {
      body.set(field, JSON.valueToTree(value));
      return this;
    }

    Step failing(String mode) {
      return with("failure_mode", mode);
    }

    /** Limits for user errors, platform errors and time-outs, and the wait before each retry. */
    Step retrying(int error, int platform, int timeout, long waitSeconds) {
      ObjectNode policy = body.putObject("retry_policy");
      policy.put("error_retry_limit", error);
      policy.put("platform_retry_limit", platform);
      policy.put("timeout_retry_limit", timeout);
      ObjectNode backoff = policy.putObject("backoff").put("type", "FIXED_BACKOFF");
      backoff.put("error_retry_backoff_in_secs", waitSeconds);
      backoff.put("platform_retry_backoff_in_secs", waitSeconds);
      backoff.put("timeout_retry_backoff_in_secs", waitSeconds);
      return this;
    }
  }
}
