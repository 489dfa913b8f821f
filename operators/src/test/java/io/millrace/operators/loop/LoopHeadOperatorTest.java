package io.millrace.operators.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.io.network.partition.MockResultPartitionWriter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopHeadOperatorTest {
  private static final int MAX_PARALLELISM = 16;
  private static final LoopOptions OPTIONS =
      new LoopOptions(MAX_PARALLELISM, 10, 64, Duration.ZERO);

  /** The first operator of a task has this one; the task's own mails have a lower one. */
  private static final int OPERATOR_PRIORITY = 0;

  private Counting function;
  private KeyedOneInputStreamOperatorTestHarness<Long, Hop, String> harness;
  private FeedbackChannel<Hop> sink;
  private CountedFlushes writer;

  @BeforeEach
  void open() throws Exception {
    open(1, 0);
  }

  private void open(int parallelism, int subtask) throws Exception {
    function = new Counting();
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new LoopHeadFactory<>(function, "loop", OPTIONS),
            Hop::key,
            Types.LONG,
            MAX_PARALLELISM,
            parallelism,
            subtask);
    writer = new CountedFlushes();
    harness.getEnvironment().addOutputs(List.of(writer));
    harness.open();
    sink =
        FeedbackChannel.acquire(
            FeedbackChannel.Key.of(harness.getOperator().getRuntimeContext(), "loop"),
            FeedbackChannel.End.SINK);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
    sink.release(FeedbackChannel.End.SINK);
  }

  @Test
  void shouldHandleInputAndFeedbackInTheStateOfTheirKey() throws Exception {
    // when
    harness.processElement(new StreamRecord<>(ping(1)));
    sink.put(ping(1));
    sink.put(ping(2));
    takeTurns();

    // then
    assertThat(harness.extractOutputValues())
        .containsExactly("ping 1 seen 1", "ping 1 seen 2", "ping 2 seen 1");
  }

  @Test
  void shouldSendIntoTheLoopByItsSideOutput() throws Exception {
    // when
    sink.put(new Hop(Hop.Kind.START, 1, 7, 0));
    takeTurns();

    // then
    assertThat(harness.getSideOutput(Hop.BACK))
        .extracting(StreamRecord::getValue)
        .containsExactly(new Hop(Hop.Kind.PING, 7, 7, 0));
  }

  @Test
  void shouldDoubleItsTurnsWhileNoInputComesAndHalveThemWhenItDoes() throws Exception {
    // given
    takeTurns();
    put(1_000);

    // when
    List<Integer> quiet = turns(7, false);
    List<Integer> busy = turns(8, true);

    // then
    assertThat(quiet).containsExactly(4, 8, 16, 32, 64, 64, 64);
    assertThat(busy).containsExactly(32, 16, 8, 4, 2, 1, 1, 1);
  }

  @Test
  void shouldWakeUpOnceForManyRecordsAndSleepWhenNoneWait() throws Exception {
    // given
    takeTurns();

    // when
    put(5);
    int mails = mailbox().size();
    takeTurns();

    // then
    assertThat(mails).isEqualTo(1);
    assertThat(function.handled).isEqualTo(5);
    assertThat(mailbox().size()).isZero();
  }

  @Test
  void shouldFlushOnceInAMillisecondForMailsThatFollowOneAnother() throws Exception {
    // given
    takeTurns();
    writer.flushes = 0;
    int mails = 10;

    // when: behind each turn but the last there is a timer that is due
    timerIsDue();
    takeTurn();
    for (int i = 1; i < mails; i++) {
      timerIsDue();
      takeTurn();
      takeTurn();
    }
    int handledMeanwhile = function.handled;
    int flushesMeanwhile = writer.flushes;
    takeTurns();

    // then
    assertThat(handledMeanwhile).isEqualTo(mails - 1);
    assertThat(flushesMeanwhile).isZero();
    assertThat(writer.flushes).isEqualTo(1);
    assertThat(function.handled).isEqualTo(mails);
    assertThat(mailbox().size()).isZero();
  }

  @Test
  void shouldRestInTheNextMillisecondAlthoughAMailOfTheTaskStaysWhereItIs() throws Exception {
    // given
    takeTurns();
    writer.flushes = 0;
    later(TaskMailbox.MIN_PRIORITY, () -> {});

    // when: as Flink takes mails while the operators of a task finish
    put(1);
    boolean taken = takeTurn(OPERATOR_PRIORITY);
    int flushesAtOnce = writer.flushes;
    harness.setProcessingTime(harness.getProcessingTime() + 1);
    boolean takenAgain = takeTurn(OPERATOR_PRIORITY);
    boolean more = takeTurn(OPERATOR_PRIORITY);

    // then
    assertThat(taken).isTrue();
    assertThat(flushesAtOnce).isZero();
    assertThat(takenAgain).isTrue();
    assertThat(writer.flushes).isEqualTo(1);
    assertThat(more).isFalse();
    assertThat(mailbox().size()).isEqualTo(1);
  }

  @Test
  void shouldTellHowManyRecordsWait() throws Exception {
    // given
    takeTurns();

    // when
    put(100);
    int before = function.depth();
    takeTurn();

    // then
    assertThat(before).isEqualTo(100);
    assertThat(function.depth()).isEqualTo(100 - function.handled);
  }

  @Test
  void shouldOfferRoomAfterOpening() throws Exception {
    takeTurns();
    assertThat(function.rooms).containsExactly(0);
  }

  @Test
  void shouldOfferRoomOnlyWhenFewerRecordsWaitThanTheBound() throws Exception {
    // given
    takeTurns();
    function.rooms.clear();

    // when
    put(OPTIONS.roomBound() + 4); // the first turn takes four and leaves the bound
    takeTurn();
    List<Integer> atTheBound = List.copyOf(function.rooms);
    takeTurns();

    // then
    assertThat(atTheBound).isEmpty();
    assertThat(function.rooms).containsExactly(2, 0);
  }

  @Test
  void shouldTakeWhatIsPutOnRoom() throws Exception {
    // given
    function.parked.add(ping(5));
    function.parked.add(ping(6));

    // when
    takeTurns();

    // then
    assertThat(harness.extractOutputValues()).containsExactly("ping 5 seen 1", "ping 6 seen 1");
  }

  @Test
  void shouldOnlyPutWhenManyTimersAreDueAndDecideInTurns() throws Exception {
    // given
    harness.setProcessingTime(0);
    int timers = 1_000;
    for (int key = 0; key < timers; key++) {
      harness.processElement(new StreamRecord<>(new Hop(Hop.Kind.CHILD, key, 0, 50)));
    }
    takeTurns();
    function.handled = 0;

    // when
    harness.setProcessingTime(100);
    int handledByTimers = function.handled;
    int waiting = function.depth();
    takeTurns();

    // then
    assertThat(handledByTimers).isZero();
    assertThat(waiting).isEqualTo(timers);
    assertThat(function.handled).isEqualTo(timers);
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void shouldSpreadTimersOfOneInstantByKey() {
    // when
    List<Long> times = new ArrayList<>();
    for (long key = 0; key < 1_000; key++) {
      times.add(function.spread(5_000, key));
    }

    // then
    assertThat(times).allMatch(time -> time >= 5_000 && time < 5_000 + LoopFunction.SPREAD_MILLIS);
    assertThat(times.stream().distinct()).hasSize(LoopFunction.SPREAD_MILLIS);
    assertThat(function.spread(5_000, 7L)).isEqualTo(times.get(7));
  }

  @Test
  void shouldLogWhatWaitsAnywhereBeforeTheBarrier() throws Exception {
    // given
    takeTurns();
    put(100);
    takeTurn(); // takes all and handles some
    function.putLocal(ping(1_007));
    sink.put(ping(1_008));
    int waiting = function.depth();

    // when
    harness.prepareSnapshotPreBarrier(1);
    function.putLocal(ping(1_009)); // belongs after the barrier
    sink.put(ping(1_010)); // arrives before the barrier of the sink

    // then
    assertThat(sink.endLog(1))
        .hasSize(waiting + 1)
        .contains(ping(1_007), ping(1_008), ping(1_010))
        .doesNotContain(ping(1_009));
  }

  @Test
  void shouldNotLetChannelAndLocalRecordsStarveEachOther() throws Exception {
    // given
    takeTurns();
    for (int i = 0; i < 3; i++) {
      function.putLocal(ping(1));
      sink.put(ping(2));
    }

    // when
    takeTurns();

    // then
    assertThat(harness.extractOutputValues().subList(0, 4))
        .filteredOn(fact -> fact.startsWith("ping 1"))
        .hasSize(2);
  }

  @Test
  void shouldRefuseALocalRecordOfAnotherSubtask() throws Exception {
    // given
    close();
    open(2, 1);
    long foreign = 0;
    while (KeyGroupRangeAssignment.assignKeyToParallelOperator(foreign, MAX_PARALLELISM, 2) == 1) {
      foreign++;
    }
    Hop record = ping(foreign);

    // then
    assertThatIllegalArgumentException()
        .isThrownBy(() -> function.putLocal(record))
        .withMessageContaining("Expected a local record of loop loop to be of key groups");
  }

  @Test
  void shouldReachTheStateOfAllKeys() throws Exception {
    // given
    harness.processElement(new StreamRecord<>(ping(1)));
    harness.processElement(new StreamRecord<>(ping(2)));

    // then
    assertThat(function.allKeys()).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void shouldFailWhenItsInputEnds() {
    assertThatIllegalStateException()
        .isThrownBy(() -> harness.endInput())
        .withMessageContaining("never to end");
  }

  // ---- given and when

  private static Hop ping(long key) {
    return new Hop(Hop.Kind.PING, key, 0, 0);
  }

  private void put(int records) {
    for (int i = 0; i < records; i++) {
      sink.put(ping(i));
    }
  }

  private void timerIsDue() {
    later(OPERATOR_PRIORITY, () -> function.putLocal(ping(1)));
  }

  private void later(int priority, ThrowingRunnable<Exception> mail) {
    new MailboxExecutorImpl(mailbox(), priority, StreamTaskActionExecutor.IMMEDIATE)
        .execute(mail, "a mail");
  }

  private List<Integer> turns(int count, boolean withInput) throws Exception {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (withInput) {
        harness.processElement(new StreamRecord<>(ping(-1)));
      }
      int before = function.handled;
      takeTurn();
      sizes.add(function.handled - before);
    }
    return sizes;
  }

  private TaskMailbox mailbox() {
    return harness.getTaskMailbox();
  }

  private void takeTurns() throws Exception {
    while (takeTurn()) {}
  }

  private boolean takeTurn() throws Exception {
    return takeTurn(TaskMailbox.MIN_PRIORITY);
  }

  private boolean takeTurn(int lowestPriority) throws Exception {
    java.util.Optional<Mail> mail = mailbox().tryTake(lowestPriority);
    if (mail.isPresent()) {
      mail.get().run();
    }
    return mail.isPresent();
  }

  private static final class CountedFlushes extends MockResultPartitionWriter {
    private int flushes;

    @Override
    public void flushAll() {
      flushes++;
    }
  }

  /** Counts what it sees of each key; makes a timer for a child, sends a ping for a start. */
  private static final class Counting extends LoopFunction<Long, Hop, String> {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<Integer> SEEN =
        new ValueStateDescriptor<>("seen", Types.INT);

    private final List<Integer> rooms = new ArrayList<>();
    private final List<Hop> parked = new ArrayList<>();
    private int handled;
    private transient ValueState<Integer> seen;

    @Override
    public void open(OpenContext context) {
      seen = getRuntimeContext().getState(SEEN);
    }

    @Override
    public void processElement(Hop hop, Context context, Collector<String> out) throws Exception {
      handled++;
      switch (hop.kind()) {
        case START -> context.output(Hop.BACK, ping(hop.root()));
        case CHILD -> context.timerService().registerProcessingTimeTimer(hop.number());
        default -> {
          seen.update(seen.value() == null ? 1 : seen.value() + 1);
          out.collect("ping " + hop.key() + " seen " + seen.value());
        }
      }
    }

    private static Hop ping(long key) {
      return new Hop(Hop.Kind.PING, key, key, 0);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<String> out) {
      putLocal(ping(context.getCurrentKey()));
    }

    @Override
    public void onRoom(int depth) {
      rooms.add(depth);
      if (!parked.isEmpty()) {
        putLocal(parked.remove(0));
      }
    }

    int depth() {
      return loop().depth();
    }

    void putLocal(Hop hop) {
      loop().putLocal(hop);
    }

    List<Long> allKeys() throws Exception {
      List<Long> keys = new ArrayList<>();
      loop().forAllKeys(SEEN, (key, state) -> keys.add(key));
      return keys;
    }
  }
}
