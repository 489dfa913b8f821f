package io.millrace.engine.step;

import io.millrace.engine.Document.StepRun;
import io.millrace.evaluation.Coercion;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Ends exactly {@code sleep_seconds} after STARTING (Maestro semantics 2.2; decisions). */
final class SleepStep implements StepBehavior {
  private static final String SECONDS = "sleep_seconds";
  private static final long DEFAULT_SECONDS = 3;

  /** 317 years; a start's params may say more, and must not overflow the time. */
  static final long MAX_SECONDS = 10_000_000_000L;

  @Override
  public void begin(StepContext step) {
    ParamValue seconds = step.step().params().get(SECONDS);
    if (seconds != null && seconds(seconds).isEmpty()) {
      step.fail(
          Report.Failure.FATAL,
          "Expected '" + SECONDS + "' to be whole seconds, but it is a " + seconds.type() + ".",
          false);
      return;
    }
    step.running();
    step.wakeAt(end(step.step()));
  }

  @Override
  public void due(StepContext step) {
    step.succeed(Map.of());
  }

  @Override
  public Optional<String> waitingFor(StepRun step) {
    return Optional.of("It sleeps until " + Instant.ofEpochMilli(end(step)) + ".");
  }

  private static long end(StepRun step) {
    Long started = step.startedAt();
    long begin = started == null ? step.createdAt() : started;
    ParamValue given = step.params().get(SECONDS);
    long seconds = given == null ? DEFAULT_SECONDS : seconds(given).orElse(DEFAULT_SECONDS);
    return begin + 1000L * Math.max(0, Math.min(seconds, MAX_SECONDS));
  }

  private static Optional<Long> seconds(ParamValue value) {
    if (value instanceof ParamValue.Int number) {
      return Optional.of(number.value());
    }
    return Coercion.of(value, ParamType.LONG) instanceof Coercion.Coerced.Fit fit
            && fit.value() instanceof ParamValue.Int number
        ? Optional.of(number.value())
        : Optional.empty();
  }
}
