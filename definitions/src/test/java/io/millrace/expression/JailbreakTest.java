package io.millrace.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.Effort;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every attempt to break out or to use up the machine ends in a failure that has a name. */
final class JailbreakTest {
  /** By the clock: what does not end at all must not hold up the build. */
  private static final Duration HUNG = Duration.ofMinutes(1);

  static List<JailbreakCorpus.Attempt> attempts() {
    return JailbreakCorpus.attempts();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attempts")
  void shouldEndInItsNamedFailureAndLeaveNothingBehind(JailbreakCorpus.Attempt attempt) {
    // when
    double effort =
        assertTimeoutPreemptively(
            HUNG,
            () -> Effort.of(() -> Evaluated.of(attempt.expression()).failsWith(attempt.code())));

    // then
    assertThat(effort).as("effort").isLessThan(Effort.MOST);
    Evaluated.of("s = 0; for (i = 0; i < 10; i += 1) { s += i; } return foo + s + arr[2];")
        .gives("STRING bar453");
  }

  @Test
  void shouldNameEachAttemptOnce() {
    // when, then
    assertThat(attempts()).hasSizeGreaterThanOrEqualTo(150);
    assertThat(attempts()).extracting(JailbreakCorpus.Attempt::id).doesNotHaveDuplicates();
  }
}
