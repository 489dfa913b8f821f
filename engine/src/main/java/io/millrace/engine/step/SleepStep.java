package io.millrace.engine.step;

import io.millrace.engine.Document.StepRun;
import io.millrace.param.ParamValue;
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
    long seconds =
        step.params().get(SECONDS) instanceof ParamValue.Int given
            ? given.value()
            : DEFAULT_SECONDS;
    return begin + 1000L * Math.max(0, Math.min(seconds, MAX_SECONDS));
  }
}
