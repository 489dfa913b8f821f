package io.millrace.definition;

import io.millrace.duration.Durations;
import io.millrace.schedule.CronExpression;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the time triggers of a workflow (Maestro semantics 8; decisions, Definitions). */
final class TimeTriggerReader {
  static final Duration MIN_GAP = Duration.ofMinutes(1);
  static final Duration MAX_INTERVAL = Duration.ofDays(3_650);

  /**
   * Crons of a workflow that never fire, until no more are looked at: a century without a fire
   * takes as long to look through as thousands of fires, and the push is refused by then.
   */
  static final int MAX_NEVER_FIRING = 5;

  static final Duration MAX_FUZZY_DELAY = Duration.ofDays(120);
  static final Instant MAX_START = Instant.parse("9999-12-31T23:59:59.999Z");

  /**
   * Where the fires are looked for. The same text must always give the same reading, so it can't be
   * the time of the push. The first fire after it is the first of its minute, and two fires in one
   * minute, the only ones that are too close, are the first two.
   */
  private static final ZonedDateTime BEFORE_ALL_FIRES =
      ZonedDateTime.of(1999, 12, 31, 23, 59, 59, 0, ZoneOffset.UTC);

  private static final Pattern DIGITS = Pattern.compile("\\s*[0-9]+\\s*");

  private final DefinitionLimits limits;
  private final Problems problems;
  private final Scalars scalars;
  private int neverFiring;

  TimeTriggerReader(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
    this.scalars = new Scalars(problems);
  }

  /** The triggers of the field {@code time_triggers}; what is wrong with one leaves it out. */
  List<TimeTrigger> read(Fields workflow) {
    workflow.notYet("time_triggers");
    Optional<SourceNode.Arr> array = workflow.array("time_triggers");
    if (array.isEmpty()) {
      return List.of();
    }
    int count = array.get().items().size();
    if (count > limits.maxTriggers()) {
      problems.error(
          ProblemCode.LIMIT,
          array.get().place(),
          "at most " + limits.maxTriggers() + " time triggers",
          "there are " + count);
      return List.of();
    }
    List<TimeTrigger> triggers = new ArrayList<>();
    for (SourceNode item : array.get().items()) {
      Fields.of(item, problems).flatMap(this::trigger).ifPresent(triggers::add);
    }
    return triggers;
  }

  private Optional<TimeTrigger> trigger(Fields fields) {
    Optional<Kind> kind = fields.require("type").flatMap(node -> scalars.oneOf(node, Kind.class));
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    ZoneId timezone =
        fields
            .find("timezone")
            .flatMap(node -> TimeZoneText.read(node, problems))
            .orElse(ZoneId.of("UTC"));
    Duration fuzzyMaxDelay =
        fields.find("fuzzy_max_delay").flatMap(this::fuzzyMaxDelay).orElse(Duration.ZERO);
    TimeTrigger.CatchUp catchUp =
        fields.oneOf("catch_up", TimeTrigger.CatchUp.class).orElse(TimeTrigger.CatchUp.ALL);
    Optional<TimeTrigger> trigger =
        switch (kind.get()) {
          case CRON ->
              fields
                  .require("cron")
                  .flatMap(this::cron)
                  .map(cron -> new TimeTrigger.Cron(cron, timezone, fuzzyMaxDelay, catchUp));
          case PREDEFINED ->
              fields
                  .require("expression")
                  .flatMap(this::rhythm)
                  .map(
                      rhythm ->
                          new TimeTrigger.Predefined(rhythm, timezone, fuzzyMaxDelay, catchUp));
          case INTERVAL -> {
            Instant start = fields.find("start").flatMap(this::start).orElse(Instant.EPOCH);
            yield fields
                .require("interval")
                .flatMap(this::interval)
                .map(
                    interval ->
                        new TimeTrigger.Interval(
                            interval, start, timezone, fuzzyMaxDelay, catchUp));
          }
        };
    fields.refuseOthers();
    return trigger;
  }

  private Optional<String> cron(SourceNode node) {
    Optional<String> text = scalars.text(node, CronExpression.MAX_CHARS);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    CronExpression.Parsed parsed = CronExpression.parse(text.get());
    if (parsed instanceof CronExpression.Parsed.Invalid invalid) {
      problems.error(
          ProblemCode.BAD_VALUE,
          node.place(),
          node.place().label() + " to be a cron expression",
          String.join("; ", invalid.findings().stream().map(Quoted::plain).toList()));
      return Optional.empty();
    }
    return parsed instanceof CronExpression.Parsed.Valid valid
            && firesWell(valid.expression(), node.place())
        ? text
        : Optional.empty();
  }

  private boolean firesWell(CronExpression expression, Place place) {
    if (neverFiring >= MAX_NEVER_FIRING) {
      tellUnseen(place);
      return false;
    }
    Optional<ZonedDateTime> first = expression.next(BEFORE_ALL_FIRES);
    if (first.isEmpty()) {
      neverFiring++;
      problems.error(
          ProblemCode.BAD_VALUE,
          place,
          place.label() + " to be a cron expression that fires",
          "no day in this century fits it");
      return false;
    }
    Optional<Duration> gap =
        expression.next(first.get()).map(second -> Duration.between(first.get(), second));
    if (gap.isPresent() && gap.get().compareTo(MIN_GAP) < 0) {
      problems.error(
          ProblemCode.BAD_VALUE,
          place,
          place.label() + " to leave at least 60 seconds between two fires",
          "there are " + gap.get().toSeconds());
      return false;
    }
    return true;
  }

  /** Once, at the first that was not looked at. */
  private void tellUnseen(Place place) {
    if (neverFiring == MAX_NEVER_FIRING) {
      neverFiring++;
      problems.error(
          ProblemCode.LIMIT,
          place,
          "the cron expressions before " + place.label() + " to fire",
          MAX_NEVER_FIRING + " never do, so this one and those after it were not looked at");
    }
  }

  private Optional<TimeTrigger.Rhythm> rhythm(SourceNode node) {
    Optional<String> text = scalars.text(node);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String name = text.get().startsWith("@") ? text.get().substring(1) : text.get();
    Optional<TimeTrigger.Rhythm> rhythm = Scalars.named(TimeTrigger.Rhythm.class, name);
    if (rhythm.isEmpty()) {
      problems.unexpected(
          ProblemCode.BAD_VALUE, node, "one of @hourly, @daily, @weekly, @monthly, @yearly");
    }
    return rhythm;
  }

  /** Text is a duration, but a number counts milliseconds, as in Maestro. */
  private Optional<Duration> fuzzyMaxDelay(SourceNode node) {
    String toBe = "text such as '30 seconds', or a number of milliseconds";
    Optional<SourceNode.Scalar> scalar = textOrWhole(node, toBe);
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    String text = scalar.get().text();
    if (scalar.get().kind() == SourceNode.Kind.INTEGER) {
      return within(
          node,
          Scalars.parse(text).map(Duration::ofMillis),
          toBe,
          Duration.ZERO,
          MAX_FUZZY_DELAY,
          "from 0 to 120 days");
    }
    // Digits alone: seconds, as in other durations? Milliseconds, as the number? Maestro takes 0.
    Optional<Duration> duration =
        DIGITS.matcher(text).matches() ? Optional.empty() : Durations.parse(text);
    return within(node, duration, toBe, Duration.ZERO, MAX_FUZZY_DELAY, "from 0 to 120 days");
  }

  private Optional<Duration> interval(SourceNode node) {
    String toBe = "whole seconds, or text such as '2 hours 30 minutes' or 'PT2H30M'";
    return textOrWhole(node, toBe)
        .flatMap(
            scalar ->
                within(
                    node,
                    Durations.parse(scalar.text()),
                    toBe,
                    MIN_GAP,
                    MAX_INTERVAL,
                    "from 1 minute to 3650 days"));
  }

  private Optional<Instant> start(SourceNode node) {
    String toBe =
        "milliseconds since 1970, or text such as '2026-01-31T08:00:00Z', from 1970 to 9999";
    return textOrWhole(node, toBe)
        .flatMap(
            scalar -> {
              Optional<Instant> start = instant(scalar.text());
              if (start.isEmpty()
                  || start.get().isBefore(Instant.EPOCH)
                  || start.get().isAfter(MAX_START)) {
                problems.unexpected(ProblemCode.BAD_VALUE, node, toBe);
                return Optional.empty();
              }
              return start;
            });
  }

  /** Empty also if there is more to it than milliseconds. */
  private static Optional<Instant> instant(String text) {
    Optional<Long> millis = Scalars.parse(text);
    if (millis.isPresent()) {
      return millis.map(Instant::ofEpochMilli);
    }
    try {
      Instant instant = Instant.parse(text.toUpperCase(Locale.ROOT));
      return instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))
          ? Optional.of(instant)
          : Optional.empty();
    } catch (DateTimeException notAnInstant) {
      return Optional.empty();
    }
  }

  private Optional<SourceNode.Scalar> textOrWhole(SourceNode node, String toBe) {
    if (node instanceof SourceNode.Scalar scalar
        && (scalar.kind() == SourceNode.Kind.TEXT || scalar.kind() == SourceNode.Kind.INTEGER)) {
      return Optional.of(scalar);
    }
    problems.unexpected(ProblemCode.WRONG_TYPE, node, toBe);
    return Optional.empty();
  }

  private Optional<Duration> within(
      SourceNode node,
      Optional<Duration> duration,
      String toBe,
      Duration min,
      Duration max,
      String range) {
    if (duration.isEmpty()) {
      problems.unexpected(ProblemCode.BAD_VALUE, node, toBe);
      return Optional.empty();
    }
    if (duration.get().compareTo(min) < 0 || duration.get().compareTo(max) > 0) {
      problems.unexpected(ProblemCode.BAD_VALUE, node, range);
      return Optional.empty();
    }
    return duration;
  }

  /** The kinds, as {@code type} names them. */
  private enum Kind {
    CRON,
    PREDEFINED,
    INTERVAL
  }
}
