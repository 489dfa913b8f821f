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

  private static final String SPEECHLESS = "the worker gives none";

  /** The words after {@code fail}. */
  private enum Failing {
    USER,
    PLATFORM,
    FATAL,
    TIMEOUT,
    SILENT,
    NOT_TAKEN
  }

  static Optional<StepOutcome> outcome(SourceFields fields) {
    Optional<StepOutcome.Result> result = result(fields);
    Optional<Duration> after = fields.duration("after");
    if (after.isPresent() && result.orElse(null) instanceof StepOutcome.IsNotTaken) {
      fields.refuseField("after", "'after' to come with an attempt", "no worker takes the task");
    }
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
      refuse(fields, "message", message.isPresent(), "'fail'", "the attempt succeeds");
      refuse(fields, "retryable", retryable.isPresent(), "'fail'", "the attempt succeeds");
      return Optional.of(new StepOutcome.Succeeds(outputs(fields)));
    }
    Optional<Failing> failing = fields.oneOf("fail", Failing.class);
    if (failing.filter(OutcomeReader::isSpeechless).isPresent()) {
      refuse(fields, "message", message.isPresent(), "an answer", SPEECHLESS);
      refuse(fields, "retryable", retryable.isPresent(), "an answer", SPEECHLESS);
    }
    return failing.map(
        how ->
            switch (how) {
              case USER -> failed(Report.Failure.USER, message, retryable);
              case PLATFORM -> failed(Report.Failure.PLATFORM, message, retryable);
              case FATAL -> failed(Report.Failure.FATAL, message, retryable);
              case TIMEOUT -> new StepOutcome.NeverAnswers();
              case SILENT -> new StepOutcome.FallsSilent();
              case NOT_TAKEN -> new StepOutcome.IsNotTaken();
            });
  }

  private static StepOutcome.Result failed(
      Report.Failure whose, Optional<String> message, Optional<Boolean> retryable) {
    return new StepOutcome.Fails(whose, message.orElse(null), retryable.orElse(null));
  }

  private static boolean isSpeechless(Failing how) {
    return switch (how) {
      case SILENT, NOT_TAKEN -> true;
      case USER, PLATFORM, FATAL, TIMEOUT -> false;
    };
  }

  private static void refuse(
      SourceFields fields, String name, boolean there, String with, String finding) {
    if (there) {
      fields.refuseField(name, "'" + name + "' to come with " + with, finding);
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
