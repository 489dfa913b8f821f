package io.millrace.operators.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class EpochTest {
  @Test
  void shouldBeginWithOne() {
    assertThat(Epoch.after(List.of(), "a")).isEqualTo(new Epoch(1, "a"));
  }

  @Test
  void shouldStayWhenTheSameJobFailsOver() {
    assertThat(Epoch.after(List.of(new Epoch(4, "a"), new Epoch(4, "a")), "a"))
        .isEqualTo(new Epoch(4, "a"));
  }

  @Test
  void shouldRiseWhenAnotherJobTakesOver() {
    assertThat(Epoch.after(List.of(new Epoch(4, "a"), new Epoch(4, "a")), "b"))
        .isEqualTo(new Epoch(5, "b"));
  }
}
