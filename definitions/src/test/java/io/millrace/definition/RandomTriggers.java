package io.millrace.definition;

import io.millrace.param.ParamValue;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Random triggers, and signals of steps. */
final class RandomTriggers {
  private static final List<String> CRONS =
      List.of(
          "*/2 * * * *", "0 0 * * 7", " 30  6 1 JAN-FEB * ", "0 0 12 1/1 * ? *", "7 0 0 ? * 6#5");

  private final RandomTexts texts;
  private final RandomParams inTrigger;
  private final RandomParams inStep;

  RandomTriggers(RandomTexts texts) {
    this.texts = texts;
    this.inTrigger = new RandomParams(texts, texts::odd);
    this.inStep = new RandomParams(texts, texts::interpolated);
  }

  TimeTrigger timeTrigger() {
    ZoneId timezone = ZoneId.of(texts.oneIn(2) ? "UTC" : texts.zone());
    Duration fuzzy =
        texts.oneIn(2)
            ? Duration.ZERO
            : texts.duration(Duration.ZERO, TimeTriggerReader.MAX_FUZZY_DELAY);
    TimeTrigger.CatchUp catchUp = texts.one(TimeTrigger.CatchUp.values());
    return switch (texts.below(3)) {
      case 0 -> new TimeTrigger.Cron(texts.one(CRONS), timezone, fuzzy, catchUp);
      case 1 ->
          new TimeTrigger.Predefined(
              texts.one(TimeTrigger.Rhythm.values()), timezone, fuzzy, catchUp);
      default ->
          new TimeTrigger.Interval(
              texts.duration(TimeTriggerReader.MIN_GAP, TimeTriggerReader.MAX_INTERVAL),
              Instant.ofEpochMilli(texts.between(0, TimeTriggerReader.MAX_START.toEpochMilli())),
              timezone,
              fuzzy,
              catchUp);
    };
  }

  SignalTrigger signalTrigger() {
    int joinKeys = texts.below(3);
    Map<String, SignalTrigger.Definition> definitions = new LinkedHashMap<>();
    for (int left = texts.below(SignalTriggerReader.MAX_SIGNALS); left >= 0; left--) {
      definitions.put(texts.tagName(), definition(joinKeys));
    }
    return new SignalTrigger(
        definitions,
        inTrigger.params(2),
        texts.maybe(() -> texts.one("true", " 1 < 2", "return false;")),
        texts.maybe(() -> texts.one("'a'", "return \"\\\\\";")));
  }

  private SignalTrigger.Definition definition(int joinKeys) {
    Map<String, SignalTrigger.Match> matches =
        matches(operator -> new SignalTrigger.Match(plain(), operator));
    List<String> keys = Stream.generate(() -> "key " + texts.odd()).limit(joinKeys).toList();
    return new SignalTrigger.Definition(matches, keys);
  }

  private ParamValue plain() {
    return texts.oneIn(2) ? new ParamValue.Text(texts.odd()) : new ParamValue.Int(texts.any());
  }

  /** At most one is a range. */
  private <M> Map<String, M> matches(Function<SignalOperator, M> match) {
    Map<String, M> matches =
        texts.named(3, texts::oddName, () -> match.apply(SignalOperator.EQUAL));
    if (texts.oneIn(2)) {
      matches.put("range", match.apply(texts.one(SignalOperator.values())));
    }
    return matches;
  }

  SignalDependency dependency() {
    return new SignalDependency(
        name(),
        matches(operator -> new SignalDependency.Match(inStep.indexed(), operator)),
        texts.maybe(
            () -> texts.duration(SignalDependencyReader.MIN_AGE, SignalDependencyReader.MAX_AGE)),
        texts.oneIn(2));
  }

  SignalOutput output() {
    return new SignalOutput(
        name(),
        texts.named(2, texts::oddName, inStep::indexed),
        texts.named(2, texts::oddName, inStep::any));
  }

  private String name() {
    return texts.tagName() + (texts.oneIn(3) ? "/${workflow_id}" : "");
  }
}
