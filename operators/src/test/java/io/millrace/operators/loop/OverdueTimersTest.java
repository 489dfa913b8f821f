package io.millrace.operators.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.LongStream;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverdueTimersTest {
  private static final int MANY = 64;

  private final TestProcessingTimeService clock = new TestProcessingTimeService();
  private final ArrayDeque<Long> registered = new ArrayDeque<>();
  private final List<List<Long>> mails = new ArrayList<>();
  private int waiting;
  private OverdueTimers timers;

  @BeforeEach
  void open() throws Exception {
    clock.setCurrentTime(0);
    timers = new OverdueTimers(clock, () -> waiting, MANY);
  }

  @Test
  void shouldFireOverdueTimersInBatchesThatGrowToMany() throws Exception {
    // given
    register(LongStream.rangeClosed(1, 1_000).toArray());

    // when
    clock.setCurrentTime(5_000);

    // then
    assertThat(sizes()).startsWith(1, 2, 4, 8, 16, 32, 64, 64, 64).allMatch(size -> size <= MANY);
    assertThat(mails.stream().flatMap(List::stream))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_000).boxed().toList());
  }

  @Test
  void shouldFireNoneEarly() throws Exception {
    // given
    register(10, 20, 30, 100, 101, 102);

    // when
    clock.setCurrentTime(100);

    // then
    assertThat(mails.stream().flatMap(List::stream)).containsExactly(10L, 20L, 30L, 100L);
    assertThat(registered).containsExactly(101L, 102L);
  }

  @Test
  void shouldFireOneTimestampPerMailWhileManyRecordsWait() throws Exception {
    // given
    waiting = MANY;
    register(1, 2, 2, 3, 4);

    // when
    clock.setCurrentTime(100);

    // then
    assertThat(mails).containsExactly(List.of(1L), List.of(2L, 2L), List.of(3L), List.of(4L));
  }

  @Test
  void shouldBatchWhileOneRecordFewerWaits() throws Exception {
    // given
    waiting = MANY - 1;
    register(1, 2, 3);

    // when
    clock.setCurrentTime(100);

    // then
    assertThat(mails).containsExactly(List.of(1L), List.of(2L, 3L));
  }

  @Test
  void shouldShrinkABatchOfMoreThanMany() throws Exception {
    // given
    List<Long> sparseThenDense = new ArrayList<>();
    for (long at = 1; at <= 32; at++) {
      sparseThenDense.add(at);
    }
    for (long at = 33; at <= 200; at++) {
      for (int twin = 0; twin < 10; twin++) {
        sparseThenDense.add(at);
      }
    }
    register(sparseThenDense.stream().mapToLong(Long::longValue).toArray());

    // when
    clock.setCurrentTime(5_000);

    // then
    // 1, 2, 4, 8, 16 sparse ones; then spans of 32, 16, 8 and 4 ms, and of 4 from there on
    assertThat(sizes()).startsWith(1, 2, 4, 8, 16, 311, 160, 80, 40, 40);
  }

  @Test
  void shouldBeginWithOneTimestampAgainOnceNothingWasLeftOverdue() throws Exception {
    // given
    register(1, 2, 3, 4, 5, 6, 7);
    clock.setCurrentTime(1_000);
    mails.clear();

    // when
    register(2_000, 2_001, 2_002);
    clock.setCurrentTime(3_000);

    // then
    assertThat(sizes()).containsExactly(1, 2);
  }

  // ---- given

  private void register(long... timestamps) {
    for (long timestamp : timestamps) {
      registered.add(timestamp);
    }
    ask();
  }

  private void ask() {
    ScheduledFuture<?> unused = timers.registerTimer(registered.getFirst(), this::fire);
  }

  /** As Flink's timer service: all that is due by then, in one mail, and asks for the next. */
  private void fire(long until) {
    List<Long> mail = new ArrayList<>();
    while (!registered.isEmpty() && registered.getFirst() <= until) {
      timers.fired();
      mail.add(registered.removeFirst());
    }
    mails.add(mail);
    if (!registered.isEmpty()) {
      ask();
    }
  }

  private List<Integer> sizes() {
    return mails.stream().map(List::size).toList();
  }
}
