package io.millrace.operators.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;

class FeedbackChannelTest {
  private final JobID job = new JobID();
  private final FeedbackChannel.Key key = new FeedbackChannel.Key(job, "loop", 3, 0, "slot-a");
  private final FeedbackChannel<String> sink =
      FeedbackChannel.acquire(key, FeedbackChannel.End.SINK);
  private final FeedbackChannel<String> head =
      FeedbackChannel.acquire(key, FeedbackChannel.End.HEAD);

  @Test
  void shouldHandOverInOrder() {
    // when
    sink.put("a");
    sink.put("b");

    // then
    assertThat(head.swap(new ArrayDeque<>())).containsExactly("a", "b");
    assertThat(head.swap(new ArrayDeque<>())).isEmpty();
  }

  @Test
  void shouldWakeTheHeadOnlyWhenTheQueueWasEmpty() {
    // given
    AtomicInteger wakeups = new AtomicInteger();
    head.onWaiting(wakeups::incrementAndGet);

    // when
    sink.put("a");
    sink.put("b");
    int whileWaiting = wakeups.get();
    head.swap(new ArrayDeque<>());
    sink.put("c");

    // then
    assertThat(whileWaiting).isEqualTo(1);
    assertThat(wakeups).hasValue(2);
  }

  @Test
  void shouldWakeAHeadThatComesAfterTheFirstRecord() {
    // given
    sink.put("restored");
    AtomicInteger wakeups = new AtomicInteger();

    // when
    head.onWaiting(wakeups::incrementAndGet);

    // then
    assertThat(wakeups).hasValue(1);
  }

  @Test
  void shouldLogWhatWaitsAtTheCutAndWhatIsPutUntilTheSinkHasIt() {
    // given
    sink.put("waiting");

    // when
    head.beginLog(1, List.of("local"), List.of("taken"));
    sink.put("put before the sink's barrier");
    List<String> log = sink.endLog(1);
    sink.put("after");

    // then
    assertThat(log).containsExactly("local", "taken", "waiting", "put before the sink's barrier");
    assertThat(head.swap(new ArrayDeque<>())).hasSize(3);
  }

  @Test
  void shouldKeepTheLogWhenTheHeadTakesItsRecords() {
    // given
    sink.put("waiting");
    head.beginLog(1, List.of(), List.of());

    // when
    head.swap(new ArrayDeque<>());

    // then
    assertThat(sink.endLog(1)).containsExactly("waiting");
  }

  @Test
  void shouldKeepSeveralLogsOpen() {
    // given
    sink.put("a");
    head.beginLog(1, List.of(), List.of());
    sink.put("b");
    head.beginLog(2, List.of(), List.of());
    sink.put("c");

    // then
    assertThat(sink.endLog(1)).containsExactly("a", "b", "c");
    assertThat(sink.endLog(2)).containsExactly("a", "b", "c");
  }

  @Test
  void shouldForgetOlderLogsWhenOneIsClosed() {
    // given
    head.beginLog(1, List.of(), List.of());
    head.beginLog(2, List.of(), List.of());

    // when
    sink.endLog(2);

    // then
    assertThatIllegalStateException()
        .isThrownBy(() -> sink.endLog(1))
        .withMessageContaining("to open the log of checkpoint 1 before its barrier");
  }

  @Test
  void shouldDropTheLogOfAnAbortedCheckpointOnly() {
    // given
    head.beginLog(1, List.of(), List.of());
    head.beginLog(2, List.of(), List.of());

    // when
    sink.dropLog(1);
    sink.put("a");

    // then
    assertThat(sink.endLog(2)).containsExactly("a");
    assertThatIllegalStateException().isThrownBy(() -> sink.endLog(1));
  }

  @Test
  void shouldNotBeginALogThatWasDroppedBefore() {
    // when
    sink.dropLog(1);
    head.beginLog(1, List.of(), List.of());
    head.beginLog(2, List.of(), List.of());

    // then
    assertThat(sink.endLog(2)).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(() -> sink.endLog(1))
        .withMessageContaining("only [] are open");
  }

  @Test
  void shouldTellItsSizeAndTheLargestSeen() {
    // when
    sink.put("a");
    sink.put("b");
    int before = head.size();
    head.swap(new ArrayDeque<>());

    // then
    assertThat(before).isEqualTo(2);
    assertThat(head.size()).isZero();
    assertThat(head.highWater()).isEqualTo(2);
  }

  @Test
  void shouldGoWhenBothEndsHaveLeftAndNotBefore() {
    // when
    head.release(FeedbackChannel.End.HEAD);
    long withOneEnd = FeedbackChannel.open(job);
    sink.release(FeedbackChannel.End.SINK);

    // then
    assertThat(withOneEnd).isEqualTo(1);
    assertThat(FeedbackChannel.open(job)).isZero();
  }

  @Test
  void shouldRefuseToCloseALogOnceTheHeadHasLeft() {
    // given
    head.beginLog(1, List.of(), List.of());

    // when
    head.release(FeedbackChannel.End.HEAD);
    sink.put("dropped");

    // then
    assertThat(sink.size()).isZero();
    assertThatIllegalStateException()
        .isThrownBy(() -> sink.endLog(1))
        .withMessageContaining("the head has left");
  }

  @Test
  void shouldRefuseASecondHead() {
    assertThatIllegalStateException()
        .isThrownBy(() -> FeedbackChannel.acquire(key, FeedbackChannel.End.HEAD))
        .withMessageContaining("taken already");
  }

  @Test
  void shouldNotLetAttemptsMeet() {
    // given
    FeedbackChannel.Key next = new FeedbackChannel.Key(job, "loop", 3, 1, "slot-a");

    // when
    sink.put("of attempt 0");

    // then
    assertThat(FeedbackChannel.<String>acquire(next, FeedbackChannel.End.HEAD).size()).isZero();
  }

  @Test
  void shouldSayWhereTheHeadIsWhenItIsInAnotherSlot() {
    // given
    FeedbackChannel<String> lonely =
        FeedbackChannel.acquire(
            new FeedbackChannel.Key(job, "loop", 3, 0, "slot-b"), FeedbackChannel.End.SINK);

    // then
    assertThatIllegalStateException()
        .isThrownBy(() -> lonely.endLog(1))
        .withMessage(
            "Expected head and sink of loop loop, subtask 3, to share one slot, but the sink is alone in slot slot-b of this TaskManager and its head is in slot slot-a; the co-location group was not kept.");
  }

  @Test
  void shouldSayThatNoHeadIsHereWhenItIsInAnotherTaskManager() {
    // given
    FeedbackChannel<String> lonely =
        FeedbackChannel.acquire(
            new FeedbackChannel.Key(new JobID(), "loop", 3, 0, "slot-b"), FeedbackChannel.End.SINK);

    // then
    assertThatIllegalStateException()
        .isThrownBy(() -> lonely.endLog(1))
        .withMessageContaining("no other slot here holds its head");
  }
}
