package io.millrace.definition;

import io.millrace.duration.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Writes time triggers, as {@link TimeTriggerReader} reads them. */
final class TimeTriggerWriter implements TimeTrigger.Cases<WrittenFields> {
  private static final TimeTriggerWriter CASES = new TimeTriggerWriter();

  private TimeTriggerWriter() {}

  static Map<String, Object> write(TimeTrigger trigger) {
    return trigger
        .accept(CASES)
        .putUnless("timezone", trigger.timezone().getId(), "UTC")
        .putUnless(
            "fuzzy_max_delay", trigger.fuzzyMaxDelay(), Duration.ZERO, delay -> delay.toMillis())
        .putUnless(
            "catch_up",
            trigger.catchUp(),
            TimeTrigger.CatchUp.ALL,
            catchUp -> catchUp.name().toLowerCase(Locale.ROOT))
        .all();
  }

  @Override
  public WrittenFields cron(TimeTrigger.Cron trigger) {
    return new WrittenFields().put("type", "CRON").put("cron", trigger.cron());
  }

  @Override
  public WrittenFields predefined(TimeTrigger.Predefined trigger) {
    return new WrittenFields()
        .put("type", "PREDEFINED")
        .put("expression", trigger.rhythm().expression());
  }

  @Override
  public WrittenFields interval(TimeTrigger.Interval trigger) {
    return new WrittenFields()
        .put("type", "INTERVAL")
        .put("interval", Durations.text(trigger.interval()))
        .putUnless("start", trigger.start(), Instant.EPOCH, Instant::toEpochMilli);
  }
}
