package io.millrace.definition;

import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random pushes that are valid, expressions included, with every kind of everything in them. */
final class RandomPushes {
  private static final int DEPTH = 3;
  private static final Duration MAX_TIMEOUT = Duration.ofDays(120);
  private static final Duration MAX_WAIT = Duration.ofDays(1);

  private final RandomTexts texts;
  private final RandomParams params;
  private final RandomTriggers triggers;

  RandomPushes(Random random) {
    this.texts = new RandomTexts(random);
    this.params = new RandomParams(texts, texts::interpolated);
    this.triggers = new RandomTriggers(texts);
  }

  Push next() {
    return new Push(
        texts.oneIn(4) ? null : new RandomProperties(texts).properties(),
        workflow(),
        texts.oneIn(2),
        texts.maybe(this::gitInfo),
        texts.notes());
  }

  private GitInfo gitInfo() {
    return new GitInfo(
        texts.maybe(texts::odd),
        texts.maybe(texts::odd),
        texts.maybe(texts::odd),
        texts.maybe(texts::odd),
        texts.maybe(texts::odd),
        texts.maybe(texts::any),
        texts.maybe(() -> texts.oneIn(2)));
  }

  private WorkflowDefinition workflow() {
    return new WorkflowDefinition(
        texts.id(),
        texts.maybe(texts::odd),
        texts.maybe(texts::odd),
        texts.tags(),
        timeout(),
        texts.maybe(() -> texts.one(Criticality.values())),
        texts.maybe(() -> (int) texts.between(1, 999)),
        texts.some(2, triggers::timeTrigger),
        texts.some(2, triggers::signalTrigger),
        params.params(3),
        steps(DEPTH));
  }

  private Setting<Duration> timeout() {
    return texts.oneIn(2)
        ? Setting.fixed(WorkflowDefinition.DEFAULT_TIMEOUT)
        : duration(Duration.ofMillis(1), MAX_TIMEOUT);
  }

  private Setting<Duration> duration(Duration min, Duration max) {
    return texts.oneIn(3)
        ? new Setting.Interpolated<>(texts.one("${RUN_TS} ms", "$$", "$owner \"days\""))
        : Setting.fixed(texts.duration(min, max));
  }

  private Setting<Integer> integer(int min, int max) {
    return texts.oneIn(3)
        ? new Setting.Interpolated<>("${RUN_TS}")
        : Setting.fixed((int) texts.between(min, max));
  }

  /** Each step may lead to later ones. */
  private List<StepDefinition> steps(int depth) {
    List<String> ids = new ArrayList<>(texts.some(3, texts::id));
    ids.add(texts.id());
    List<StepDefinition> steps = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      Map<String, String> successors = new LinkedHashMap<>();
      for (String later : ids.subList(i + 1, ids.size())) {
        if (texts.oneIn(2)) {
          successors.put(later, texts.one("true", "false", " 1 <= 2 ", "return !true;"));
        }
      }
      steps.add(step(ids.get(i), successors, depth));
    }
    return steps;
  }

  private StepDefinition step(String id, Map<String, String> successors, int depth) {
    Map<String, ParamDefinition> own = new LinkedHashMap<>(params.params(2));
    switch (texts.below(depth == 0 ? 4 : 6)) {
      case 0 -> {
        own.put(
            "sleep_seconds",
            texts.oneIn(2)
                ? params.literal(new ParamValue.Int(texts.between(0, 10_000_000_000L)))
                : ParamDefinition.computed(ParamType.LONG, "1 + 1"));
        return new TypedStep(basics(id, own, successors), texts.one("Sleep", "SLEEP"), retry());
      }
      case 1 -> {
        return new TypedStep(basics(id, own, successors), "NoOp", retry());
      }
      case 2 -> {
        own.put(SubworkflowStep.ID, params.literal(new ParamValue.Text(texts.id())));
        if (texts.oneIn(2)) {
          own.put(SubworkflowStep.VERSION, version());
        }
        return new SubworkflowStep(basics(id, own, successors), texts.oneIn(2), texts.oneIn(2));
      }
      case 3 -> {
        return new TypedStep(basics(id, own, successors), texts.one("Work", "http"), retry());
      }
      case 4 -> {
        own.put(
            LoopParams.NAME,
            params.loopParams(
                ParamType.STRING_ARRAY,
                ParamType.LONG_ARRAY,
                ParamType.DOUBLE_ARRAY,
                ParamType.BOOLEAN_ARRAY));
        return new ForeachStep(
            basics(id, own, successors),
            (int) texts.between(1, ForeachStep.MAX_CONCURRENCY),
            texts.oneIn(2),
            steps(depth - 1));
      }
      default -> {
        own.put(
            LoopParams.NAME,
            params.loopParams(
                ParamType.STRING, ParamType.LONG, ParamType.DOUBLE, ParamType.BOOLEAN));
        return new WhileStep(
            basics(id, own, successors),
            texts.one("loop_index < 3", "false", "return true;\n"),
            steps(depth - 1));
      }
    }
  }

  private ParamDefinition version() {
    return texts.oneIn(2)
        ? params.literal(new ParamValue.Int(7))
        : params.literal(new ParamValue.Text(texts.one("Latest", "active", "17", "${RUN_TS}")));
  }

  private StepBasics basics(
      String id, Map<String, ParamDefinition> own, Map<String, String> successors) {
    return new StepBasics(
        id,
        texts.maybe(texts::odd),
        texts.maybe(texts::odd),
        texts.tags(),
        texts.one(FailureMode.values()),
        timeout(),
        texts.some(2, triggers::dependency),
        texts.some(2, triggers::output),
        own,
        successors);
  }

  private RetryPolicyDefinition retry() {
    if (texts.oneIn(2)) {
      return RetryPolicyDefinition.DEFAULT;
    }
    return new RetryPolicyDefinition(integer(0, 99), integer(0, 99), integer(0, 99), backoff());
  }

  private RetryPolicyDefinition.Backoff backoff() {
    RetryPolicyDefinition.Kind kind = texts.one(RetryPolicyDefinition.Kind.values());
    BigDecimal jitter = BigDecimal.valueOf(texts.between(0, 1_000), 3).stripTrailingZeros();
    return texts.oneIn(3)
        ? kind.defaults()
        : new RetryPolicyDefinition.Backoff(kind, wait(kind), wait(kind), wait(kind), jitter);
  }

  private RetryPolicyDefinition.Wait wait(RetryPolicyDefinition.Kind kind) {
    Setting<Duration> base = duration(Duration.ofSeconds(1), MAX_WAIT);
    return switch (kind) {
      case FIXED_BACKOFF -> RetryPolicyDefinition.Wait.fixed(base);
      case EXPONENTIAL_BACKOFF ->
          new RetryPolicyDefinition.Wait(
              base, integer(1, 86_400), duration(Duration.ofSeconds(1), MAX_WAIT));
    };
  }
}
