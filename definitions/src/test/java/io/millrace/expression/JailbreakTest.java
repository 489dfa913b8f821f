package io.millrace.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every attempt to break out or to use up the machine ends in a failure that has a name. */
final class JailbreakTest {
  /** Of the processor: a machine that builds other things as well has no less of it to give. */
  private static final Duration MOST = Duration.ofSeconds(1);

  /** By the clock: what does not end at all must not hold up the build. */
  private static final Duration HUNG = Duration.ofMinutes(1);

  static List<JailbreakCorpus.Attempt> attempts() {
    return JailbreakCorpus.attempts();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attempts")
  void shouldEndInItsNamedFailureAndLeaveNothingBehind(JailbreakCorpus.Attempt attempt) {
    // when
    Timed timed = assertTimeoutPreemptively(HUNG, () -> Timed.of(attempt.expression()));

    // then
    timed.evaluated().failsWith(attempt.code());
    assertThat(timed.processor()).as("processor time").isLessThan(MOST);
    Evaluated.of("s = 0; for (i = 0; i < 10; i += 1) { s += i; } return foo + s + arr[2];")
        .gives("STRING bar453");
  }

  @Test
  void shouldNameEachAttemptOnce() {
    // when, then
    assertThat(attempts()).hasSizeGreaterThanOrEqualTo(150);
    assertThat(attempts()).extracting(JailbreakCorpus.Attempt::id).doesNotHaveDuplicates();
  }

  /**
   * An evaluation.
   *
   * @param processor time that its thread had
   */
  private record Timed(Evaluated evaluated, Duration processor) {
    static Timed of(String expression) {
      long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      Evaluated evaluated = Evaluated.of(expression);
      long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun;
      return new Timed(evaluated, Duration.ofNanos(taken));
    }
  }
}
