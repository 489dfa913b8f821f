package io.millrace.operators.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
  private static final int BOUND = 100;

  private final Admission admission = new Admission(new AdmissionOptions(50, 2));
  private final List<String> hints = new ArrayList<>();

  @Test
  void shouldHaveRoomBelowTheBoundOnly() {
    assertThat(Admission.room(BOUND - 1, BOUND)).isTrue();
    assertThat(Admission.room(BOUND, BOUND)).isFalse();
  }

  @Test
  void shouldHintToTheLongestWaitingFirstAndOnlyOnce() {
    // given
    for (String key : List.of("a", "b", "c", "a")) {
      admission.await(key);
    }

    // when
    admission.offer(0, BOUND, hints::add);

    // then
    assertThat(hints).containsExactly("a", "b");
    assertThat(admission.waiting()).isEqualTo(1);

    // when
    admission.offer(0, BOUND, hints::add);
    admission.offer(0, BOUND, hints::add);

    // then
    assertThat(hints).containsExactly("a", "b", "c");
  }

  @Test
  void shouldHintOnlyWellBelowTheBound() {
    admission.await("a");

    admission.offer(50, BOUND, hints::add);
    assertThat(hints).isEmpty();

    admission.offer(49, BOUND, hints::add);
    assertThat(hints).containsExactly("a");
  }

  @Test
  void shouldHintAtAnEmptyLoopHoweverNarrowTheBound() {
    admission.await("a");

    admission.offer(0, 1, hints::add);

    assertThat(hints).containsExactly("a");
  }

  @Test
  void shouldAcceptOptionsAtTheirLimitsAndNotBeyond() {
    assertThat(new AdmissionOptions(1, 1).hintBelow(1_000)).isEqualTo(10);
    assertThat(new AdmissionOptions(100, 1_000).hintBelow(Integer.MAX_VALUE))
        .isEqualTo(Integer.MAX_VALUE);
    assertThatThrownBy(() -> new AdmissionOptions(0, 1)).hasMessageContaining("hintBelowPercent");
    assertThatThrownBy(() -> new AdmissionOptions(101, 1)).hasMessageContaining("but it is 101");
    assertThatThrownBy(() -> new AdmissionOptions(50, 0)).hasMessageContaining("hintsPerTurn");
    assertThatThrownBy(() -> new AdmissionOptions(50, 1_001)).hasMessageContaining("1001");
  }
}
