package io.millrace.engine.simulation.scenario;

import io.millrace.definition.SourceFields;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads one outcome of an attempt: {@code {fail: USER, after: 5s}}. */
final class OutcomeReader {
  private OutcomeReader() {}

  /** The words after {@code fail}. */
  private enum Failing {
    USER,
    PLATFORM,
    FATAL,
    TIMEOUT
  }

  static Optional<StepOutcome> outcome(SourceFields fields) {
    Optional<StepOutcome.Result> result = result(fields);
    Optional<Duration> after = fields.duration("after");
    Optional<Long> iteration = fields.integer("iteration", 0, Long.MAX_VALUE);
    Optional<String> workflow = fields.text("workflow");
    fields.refuseOthers();
    return result.map(
        found ->
            new StepOutcome(
                found, after.orElse(null), iteration.orElse(null), workflow.orElse(null)));
  }

  private static Optional<StepOutcome.Result> result(SourceFields fields) {
    boolean fails = fields.has("fail");
    boolean succeeds = fields.has("succeed");
    boolean statusCode = fields.has("status_code");
    Optional<String> message = fields.text("message");
    Optional<Boolean> retryable = fields.bool("retryable");
    if (statusCode) {
      fields.integer("status_code", 100, 599);
      fields.notYet("status_code", "'status_code'");
    }
    if (fails == succeeds && !statusCode) {
      fields.refuseObject(
          fields.label() + " to have either 'fail' or 'succeed'",
          fails ? "it has both" : "it has neither");
      return Optional.empty();
    }
    if (!fails) {
      refuseUnlessFailing(fields, "message", message.isPresent());
      refuseUnlessFailing(fields, "retryable", retryable.isPresent());
      return Optional.of(new StepOutcome.Succeeds(outputs(fields)));
    }
    return fields
        .oneOf("fail", Failing.class)
        .map(
            how ->
                switch (how) {
                  case USER -> failed(Report.Failure.USER, message, retryable);
                  case PLATFORM -> failed(Report.Failure.PLATFORM, message, retryable);
                  case FATAL -> failed(Report.Failure.FATAL, message, retryable);
                  case TIMEOUT -> new StepOutcome.NeverAnswers();
                });
  }

  private static StepOutcome.Result failed(
      Report.Failure whose, Optional<String> message, Optional<Boolean> retryable) {
    return new StepOutcome.Fails(whose, message.orElse(null), retryable.orElse(null));
  }

  private static void refuseUnlessFailing(SourceFields fields, String name, boolean there) {
    if (there) {
      fields.refuseField(name, "'" + name + "' to come with 'fail'", "the attempt succeeds");
    }
  }

  /** {@code succeed: {outputs: {..}}}; {@code succeed: {}} and {@code succeed: true} have none. */
  private static Map<String, ParamValue> outputs(SourceFields fields) {
    Map<String, ParamValue> outputs = new LinkedHashMap<>();
    if (fields.isTrue("succeed")) {
      return outputs;
    }
    fields
        .object("succeed")
        .ifPresent(
            succeed -> {
              succeed
                  .params("outputs")
                  .forEach(
                      (name, param) -> {
                        if (param.expression().isEmpty()) {
                          outputs.put(name, param.literal());
                        }
                      });
              succeed.refuseOthers();
            });
    return outputs;
  }
}
