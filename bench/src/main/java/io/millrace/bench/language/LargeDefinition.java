package io.millrace.bench.language;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of a definition with as many steps as asked for, each with all that a step of a real one
 * has: params of several types, tags, a time limit, a retry policy, and transitions that fork and
 * join.
 */
final class LargeDefinition {
  private static final String HEAD =
      """
      {
        "properties": {"owner": "bench", "run_strategy": {"rule": "PARALLEL", "workflow_concurrency": 10}},
        "workflow": {
          "id": "large",
          "name": "As large as a workflow may be",
          "timeout": "12 hours",
          "params": {
            "day": {"value": 20260101, "type": "LONG", "mode": "MUTABLE_ON_START"},
            "source": {"value": "orders", "type": "STRING"},
            "labels": {"value": {"team": "etl", "tier": "1"}, "type": "STRING_MAP"}%s
          },
          "steps": [
      """;

  private static final String WORKFLOW_EXPRESSIONS =
      """
      ,
            "yesterday": {"expression": "Util.incrementDateInt(day, -1)", "type": "STRING"},
            "full": {"expression": "day >= 20250101 && source == 'orders'", "type": "BOOLEAN"}""";

  private static final String STEP =
      """
            {"step": {
              "id": "step%d",
              "name": "Step %d",
              "description": "Reads what its predecessors left and adds to it.",
              "type": "spark",
              "tags": ["bench", {"name": "tier %d", "namespace": "USER_DEFINED"}],
              "failure_mode": "FAIL_AFTER_RUNNING",
              "timeout": "90 minutes",
              "retry_policy": {
                "error_retry_limit": 3,
                "platform_retry_limit": 10,
                "timeout_retry_limit": 1,
                "backoff": {
                  "type": "EXPONENTIAL_BACKOFF",
                  "error_retry_backoff_in_secs": 5,
                  "error_retry_exponent": 2,
                  "error_retry_limit_in_secs": "10 minutes",
                  "platform_retry_backoff_in_secs": 30
                }
              },
              "params": {
                "rows": {"value": %d, "type": "LONG"},
                "ratio": {"value": 0.25, "type": "DOUBLE"},
                "table": {"value": "warehouse.table_%d", "type": "STRING"},
                "columns": {"value": ["id", "amount", "day"], "type": "STRING_ARRAY"},
                "overwrite": {"value": true, "type": "BOOLEAN"}%s
              },
              "transition": {"successors": {%s}}
            }}""";

  private static final String STEP_EXPRESSIONS =
      """
      ,
                "target": {"expression": "return table + '_' + new DateTime(rows).withZone(DateTimeZone.UTC).toString('yyyyMMdd');", "type": "STRING"},
                "batch": {"expression": "rows > 100 ? 100 : rows", "type": "LONG"}""";

  private LargeDefinition() {}

  /**
   * Writes one.
   *
   * @param expressions whether some params and conditions are expressions
   */
  static String of(int steps, boolean expressions) {
    List<String> written = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      List<String> successors = new ArrayList<>();
      for (int next = i + 1; next <= Math.min(i + 2, steps - 1); next++) {
        boolean always = !expressions || next == i + 1;
        successors.add("\"step%d\": \"%s\"".formatted(next, always ? "true" : "rows >= 0"));
      }
      written.add(
          STEP.formatted(
              i,
              i,
              i % 3,
              i * 10,
              i,
              expressions ? STEP_EXPRESSIONS : "",
              String.join(", ", successors)));
    }
    return HEAD.formatted(expressions ? WORKFLOW_EXPRESSIONS : "")
        + String.join(",\n", written)
        + "\n    ]\n  }\n}\n";
  }
}
