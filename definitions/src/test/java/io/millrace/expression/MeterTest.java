package io.millrace.expression;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MeterTest {
  private final Meter meter = new Meter(ExpressionLimits.DEFAULT);

  static Stream<Consumer<Meter>> negativeAmounts() {
    return Stream.of(
        meter -> meter.visits(-1),
        meter -> meter.visits(Long.MIN_VALUE),
        meter -> meter.read(-1),
        meter -> meter.text(-1),
        meter -> meter.more(5, -1),
        meter -> meter.items(-1),
        meter -> meter.array(-1),
        meter -> meter.entry(-1));
  }

  @ParameterizedTest
  @MethodSource("negativeAmounts")
  void shouldRefuseToGiveBack(Consumer<Meter> giveBack) {
    // when, then
    assertThatIllegalStateException()
        .isThrownBy(() -> giveBack.accept(meter))
        .withMessageStartingWith("Expected an amount to use up to be at least 0, but it is -");
  }

  @Test
  void shouldStayEmptyHoweverMuchIsAskedFor() {
    // given
    meter.visits(ExpressionLimits.DEFAULT.fuel());

    // when, then: two of the largest amounts are more than a long can count
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(Failed.class).isThrownBy(() -> meter.visits(Long.MAX_VALUE));
    }
    assertThatExceptionOfType(Failed.class).isThrownBy(() -> meter.visits(0));
  }
}
