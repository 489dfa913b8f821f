package io.millrace.engine.simulation.scenario;

import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt of a step ends.
 *
 * @param iteration only in this iteration of the nearest loop around the step; null: in any
 * @param workflow only in runs of this workflow; null: in any
 * @param after how long the attempt takes; null: no time, or of a Sleep that succeeds its own
 */
public record StepOutcome(
    Result result, @Nullable Duration after, @Nullable Long iteration, @Nullable String workflow) {

  /** What the attempt ends with. */
  public sealed interface Result {
    <R> R accept(Cases<R> cases);
  }

  /** What to do with each result. */
  public interface Cases<R> {
    R succeeds(Succeeds result);

    R fails(Fails result);

    R neverAnswers(NeverAnswers result);

    R fallsSilent(FallsSilent result);

    R isNotTaken(IsNotTaken result);
  }

  /** The attempt succeeds. */
  public record Succeeds(Map<String, ParamValue> outputs) implements Result {
    public Succeeds {
      outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.succeeds(this);
    }
  }

  /**
   * The attempt fails.
   *
   * @param retryable null: as the retry policy has it; false: the worker's veto
   */
  public record Fails(Report.Failure whose, @Nullable String message, @Nullable Boolean retryable)
      implements Result {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.fails(this);
    }
  }

  /** A worker begins, gives signs of life for as long as the attempt takes, and then no more. */
  public record FallsSilent() implements Result {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.fallsSilent(this);
    }
  }

  /** No worker takes the task. */
  public record IsNotTaken() implements Result {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.isNotTaken(this);
    }
  }

  /** The worker is at work, says so, and is never done. */
  public record NeverAnswers() implements Result {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.neverAnswers(this);
    }
  }
}
