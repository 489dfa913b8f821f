package io.millrace.definition;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When a run is to be done (Maestro semantics 1.2, {@code tct}).
 *
 * @param tz of the hour; null for the zone of the trigger that started the run
 */
public record TargetCompletionTime(Rule rule, @Nullable ZoneId tz) {

  /** How the time is found. */
  public sealed interface Rule {
    <R> R accept(Cases<R> cases);
  }

  /** What to do with each kind of rule. */
  public interface Cases<R> {
    R hour(CompletedByHour rule);

    R minutes(DurationMinutes rule);

    R timestamp(CompletedByTs rule);
  }

  /** One second before so many hours after the beginning of the target day. */
  public record CompletedByHour(long hours) implements Rule {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.hour(this);
    }
  }

  /** So many minutes after the run's time. */
  public record DurationMinutes(long minutes) implements Rule {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.minutes(this);
    }
  }

  /**
   * At a time.
   *
   * @param millis since 1970, as text that may hold interpolations
   */
  public record CompletedByTs(String millis) implements Rule {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.timestamp(this);
    }
  }
}
