package io.millrace.definition;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Starts runs at certain times (Maestro semantics 8; deviations 26).
 *
 * <p>A trigger that was read fires at some time, and no two fires are closer than a minute.
 */
public sealed interface TimeTrigger {

  /** The zone in which times of day and days are meant, and which runs are told; UTC if unsaid. */
  ZoneId timezone();

  /**
   * The bound of a delay that is the same for all fires of one trigger: whole seconds from 0 on and
   * below this. Zero if unsaid.
   */
  Duration fuzzyMaxDelay();

  /** What becomes of fires that were missed; {@link CatchUp#ALL} if unsaid. */
  CatchUp catchUp();

  <R> R accept(Cases<R> cases);

  /** What to do with each kind of trigger. */
  interface Cases<R> {
    R cron(Cron trigger);

    R predefined(Predefined trigger);

    R interval(Interval trigger);
  }

  /** What becomes of the fires missed while the workflow was active and nothing could fire. */
  enum CatchUp {
    /** Each of them starts a run, in order. */
    ALL,
    /** The last of them starts a run. */
    LATEST,
    /** They are left out. */
    NONE
  }

  /**
   * A cron expression.
   *
   * @param cron as written; {@link io.millrace.schedule.CronExpression} understands it
   */
  record Cron(String cron, ZoneId timezone, Duration fuzzyMaxDelay, CatchUp catchUp)
      implements TimeTrigger {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.cron(this);
    }
  }

  /** A rhythm with a name. */
  record Predefined(Rhythm rhythm, ZoneId timezone, Duration fuzzyMaxDelay, CatchUp catchUp)
      implements TimeTrigger {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.predefined(this);
    }
  }

  /** The rhythms with a name. */
  enum Rhythm {
    HOURLY("@hourly", "0 * * * *"),
    DAILY("@daily", "0 0 * * *"),
    WEEKLY("@weekly", "0 0 * * 0"),
    MONTHLY("@monthly", "0 0 1 * *"),
    YEARLY("@yearly", "0 0 1 1 *");

    private final String expression;
    private final String cron;

    Rhythm(String expression, String cron) {
      this.expression = expression;
      this.cron = cron;
    }

    /** As definitions write it. */
    public String expression() {
      return expression;
    }

    /** The cron expression it stands for. */
    public String cron() {
      return cron;
    }
  }

  /**
   * Equal steps of elapsed time, whatever the clocks on the wall do.
   *
   * @param interval from one fire to the next, at least a minute
   * @param start the first fire; 1970-01-01T00:00:00Z if unsaid, so that an interval that divides a
   *     day fires at the same times of each day in UTC
   */
  record Interval(
      Duration interval, Instant start, ZoneId timezone, Duration fuzzyMaxDelay, CatchUp catchUp)
      implements TimeTrigger {
    @Override
    public <R> R accept(Cases<R> cases) {
      return cases.interval(this);
    }
  }
}
