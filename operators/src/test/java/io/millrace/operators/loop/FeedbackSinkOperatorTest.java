package io.millrace.operators.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedbackSinkOperatorTest {
  private static final int MAX_PARALLELISM = 16;

  private final List<Subtask> open = new ArrayList<>();

  /** A sink in its harness, and the head's end of its channel in the hands of the test. */
  private record Subtask(
      KeyedOneInputStreamOperatorTestHarness<Long, Hop, Void> harness, FeedbackChannel<Hop> head) {

    OperatorSubtaskState snapshot(long checkpoint) throws Exception {
      head.beginLog(checkpoint, List.of(), List.of());
      return harness.snapshot(checkpoint, checkpoint);
    }

    void put(Hop hop) throws Exception {
      harness.processElement(new StreamRecord<>(hop));
    }

    ArrayDeque<Hop> waiting() {
      return head.swap(new ArrayDeque<>());
    }

    void close() throws Exception {
      head.release(FeedbackChannel.End.HEAD);
      harness.close();
    }
  }

  @AfterEach
  void closeAll() throws Exception {
    for (Subtask subtask : open) {
      subtask.close();
    }
  }

  @Test
  void shouldPutEachRecordIntoTheChannel() throws Exception {
    // given
    Subtask sink = open(1, 0, null);

    // when
    sink.put(word(1, 1));
    sink.put(word(2, 1));

    // then
    assertThat(sink.waiting()).containsExactly(word(1, 1), word(2, 1));
  }

  @Test
  void shouldRestoreWhatWasInFlightBeforeAnyInput() throws Exception {
    // given
    Subtask before = open(1, 0, null);
    before.put(word(1, 1));
    OperatorSubtaskState state = before.snapshot(1);
    before.put(word(1, 2)); // after the cut

    // when
    Subtask after = open(1, 0, state);
    after.put(word(1, 3));

    // then
    assertThat(after.waiting()).containsExactly(word(1, 1), word(1, 3));
  }

  @Test
  void shouldLogAgainWhatWasRestoredAndNotYetHandled() throws Exception {
    // given
    Subtask first = open(1, 0, null);
    first.put(word(1, 1));
    OperatorSubtaskState state = first.snapshot(1);

    // when
    OperatorSubtaskState again = open(1, 0, state).snapshot(2);

    // then
    assertThat(open(1, 0, again).waiting()).containsExactly(word(1, 1));
  }

  @Test
  void shouldBringRecordsToTheirKeysInOrderWhenRescaled() throws Exception {
    // given
    int keys = 200;
    Subtask one = open(1, 0, null);
    for (int number = 1; number <= 3; number++) {
      for (long key = 0; key < keys; key++) {
        one.put(word(key, number));
      }
    }
    OperatorSubtaskState state = one.snapshot(1);

    // when
    List<Hop> all = new ArrayList<>();
    for (int subtask = 0; subtask < 3; subtask++) {
      OperatorSubtaskState share =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, 1, 3, subtask);
      all.addAll(open(3, subtask, share).waiting());
    }

    // then
    assertThat(all).hasSize(3 * keys);
    for (long key = 0; key < keys; key++) {
      long of = key;
      assertThat(all)
          .filteredOn(hop -> hop.key() == of)
          .containsExactly(word(key, 1), word(key, 2), word(key, 3));
    }
  }

  @Test
  void shouldWriteNothingWhenNothingIsInFlight() throws Exception {
    // given
    Subtask sink = open(1, 0, null);

    // when
    OperatorSubtaskState state = sink.snapshot(1);

    // then
    assertThat(state.getRawKeyedState()).isEmpty();
  }

  @Test
  void shouldDropTheLogOfAnAbortedCheckpoint() throws Exception {
    // given
    Subtask sink = open(1, 0, null);
    sink.head().beginLog(1, List.of(), List.of());

    // when
    sink.harness().getOperator().notifyCheckpointAborted(1);

    // then
    assertThatIllegalStateException().isThrownBy(() -> sink.head().endLog(1));
  }

  @Test
  void shouldFailTheCheckpointWhenItsHeadIsNotInTheSameSlot() throws Exception {
    // given
    KeyedOneInputStreamOperatorTestHarness<Long, Hop, Void> alone = harness(1, 0);
    alone.open();

    // then
    assertThatThrownBy(() -> alone.snapshot(1, 1))
        .rootCause()
        .hasMessageContaining("to share one slot, but the sink is alone");
    alone.close();
  }

  private static Hop word(long key, long number) {
    return new Hop(Hop.Kind.HEAR, key, 0, number);
  }

  private Subtask open(int parallelism, int index, OperatorSubtaskState state) throws Exception {
    for (Subtask earlier : open) {
      earlier.close();
    }
    open.clear();
    KeyedOneInputStreamOperatorTestHarness<Long, Hop, Void> harness = harness(parallelism, index);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    FeedbackChannel<Hop> head =
        FeedbackChannel.acquire(
            FeedbackChannel.Key.of(harness.getOperator().getRuntimeContext(), "loop"),
            FeedbackChannel.End.HEAD);
    Subtask subtask = new Subtask(harness, head);
    open.add(subtask);
    return subtask;
  }

  private static KeyedOneInputStreamOperatorTestHarness<Long, Hop, Void> harness(
      int parallelism, int index) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<Long, Hop, Void> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new FeedbackSinkFactory<Long, Hop>("loop"),
            Hop::key,
            Types.LONG,
            MAX_PARALLELISM,
            parallelism,
            index);
    harness
        .getStreamConfig()
        .setupNetworkInputs(
            Hop.TYPE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    harness.getStreamConfig().serializeAllConfigs();
    return harness;
  }
}
