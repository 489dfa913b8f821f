package io.millrace.engine.run;

import io.millrace.definition.RetryPolicy;
import io.millrace.definition.RetryPolicyDefinition;
import io.millrace.definition.Setting;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.TypedStep;
import io.millrace.definition.WorkflowDefinition;
import io.millrace.duration.Durations;
import io.millrace.engine.run.StepScope.Evaluated;
import io.millrace.evaluation.ParamText;
import io.millrace.evaluation.Template;
import io.millrace.param.ParamValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values that steer a run and may hold params of the workflow: timeouts and retry policies. They
 * see workflow params only (Maestro semantics 2.13, 2.14).
 */
final class StepSettings {
  private static final int MAX_CHARS = 1_000;
  private static final int MAX_RETRIES = 99;
  private static final Duration MAX_TIMEOUT = Duration.ofDays(120);
  private static final Duration MAX_WAIT = Duration.ofDays(1);

  private final OpenRun run;

  StepSettings(OpenRun run) {
    this.run = run;
  }

  // ---- timeouts

  Evaluated<Duration> timeout(StepDefinition step) {
    return timeout("timeout of step '" + step.id() + "'", step.timeout());
  }

  /** Of the whole run. */
  Evaluated<Duration> timeout(WorkflowDefinition workflow) {
    return timeout("timeout of the workflow", workflow.timeout());
  }

  private Evaluated<Duration> timeout(String what, Setting<Duration> setting) {
    return resolve(
        what,
        setting,
        text ->
            Durations.parse(text).filter(found -> isWithin(found, MAX_TIMEOUT) && !found.isZero()),
        "a duration of more than 0 and at most 120 days");
  }

  private static boolean isWithin(Duration found, Duration most) {
    return !found.isNegative() && found.compareTo(most) <= 0;
  }

  // ---- retries

  /**
   * A policy that is known now.
   *
   * @param jitter the part of a wait that is drawn, 0..1 (deviations 22)
   * @param fault why it is the default one; null if it is the step's own (deviations 18)
   */
  record Policy(RetryPolicy policy, BigDecimal jitter, @Nullable String fault) {
    /** The message of a failure, with a word on the policy if that failed too. */
    String noted(String message) {
      return fault == null ? message : message + " The default retry policy holds, for " + fault;
    }

    /** The wait, of which the part {@code jitter} is drawn from {@code seed}. */
    Duration drawn(Duration wait, String seed) {
      if (jitter.signum() == 0) {
        return wait;
      }
      UUID dice = UUID.nameUUIDFromBytes(("jitter " + seed).getBytes(StandardCharsets.UTF_8));
      double share = (dice.getMostSignificantBits() >>> 11) * 0x1.0p-53;
      double kept = 1 - jitter.doubleValue() * share;
      return Duration.ofMillis(Math.round(wait.toMillis() * kept));
    }
  }

  Policy policy(TypedStep step) {
    RetryPolicyDefinition definition = step.retryPolicy();
    Optional<RetryPolicy> known = definition.known();
    if (known.isPresent()) {
      return new Policy(known.get(), definition.backoff().jitter(), null);
    }
    try {
      RetryPolicyDefinition.Backoff backoff = definition.backoff();
      return new Policy(
          new RetryPolicy(
              count("error_retry_limit", definition.errorRetryLimit()),
              count("platform_retry_limit", definition.platformRetryLimit()),
              count("timeout_retry_limit", definition.timeoutRetryLimit()),
              new RetryPolicy.Backoff(
                  wait(backoff.error()), wait(backoff.platform()), wait(backoff.timeout()))),
          backoff.jitter(),
          null);
    } catch (NotKnown fault) {
      return new Policy(RetryPolicy.DEFAULT, BigDecimal.ZERO, fault.getMessage());
    }
  }

  private int count(String name, Setting<Integer> setting) throws NotKnown {
    return need(
        resolve(name, setting, text -> number(text, 0, MAX_RETRIES), "a number of 0 to 99"));
  }

  private RetryPolicy.Wait wait(RetryPolicyDefinition.Wait wait) throws NotKnown {
    return new RetryPolicy.Wait(
        seconds(wait.base()),
        need(
            resolve(
                "retry exponent",
                wait.exponent(),
                text -> number(text, 1, Integer.MAX_VALUE),
                "a number of at least 1")),
        seconds(wait.limit()));
  }

  private Duration seconds(Setting<Duration> setting) throws NotKnown {
    return need(
        resolve(
            "retry back-off",
            setting,
            text ->
                Durations.parse(text)
                    .filter(found -> isWithin(found, MAX_WAIT) && found.toSeconds() >= 1),
            "1 to 86400 seconds"));
  }

  private static Optional<Integer> number(String text, int least, int most) {
    try {
      int number = Integer.parseInt(text.strip());
      return number >= least && number <= most ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  private static <T> T need(Evaluated<T> evaluated) throws NotKnown {
    if (evaluated instanceof Evaluated.Value<T> value) {
      return value.value();
    }
    throw new NotKnown(((Evaluated.Fault<T>) evaluated).reason());
  }

  /** A part of a policy is not what it must be. */
  private static final class NotKnown extends Exception {
    private static final long serialVersionUID = 1L;

    NotKnown(String reason) {
      super(reason, null, false, false);
    }
  }

  // ---- texts

  private <T> Evaluated<T> resolve(
      String what, Setting<T> setting, Function<String, Optional<T>> reader, String toBe) {
    Optional<T> known = setting.known();
    if (known.isPresent()) {
      return new Evaluated.Value<>(known.get());
    }
    String text = ((Setting.Interpolated<T>) setting).text();
    Map<String, ParamValue> params = run.visible();
    Template.Filled filled =
        Template.parse(text)
            .fill(name -> Optional.ofNullable(params.get(name)).map(ParamText::of), MAX_CHARS);
    Optional<T> value =
        filled instanceof Template.Filled.Text done ? reader.apply(done.text()) : Optional.empty();
    if (value.isPresent()) {
      return new Evaluated.Value<>(value.get());
    }
    String finding =
        filled instanceof Template.Filled.Text done
            ? "it is '" + Kept.start(done.text(), 60) + "'."
            : filled instanceof Template.Filled.Missing missing
                ? "it names '" + missing.reference().name() + "', which is no param."
                : "it is too long.";
    return new Evaluated.Fault<>("Expected " + what + " to be " + toBe + ", but " + finding);
  }
}
