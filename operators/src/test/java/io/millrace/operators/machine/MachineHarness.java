package io.millrace.operators.machine;

import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.operators.loop.LoopHeads;
import io.millrace.operators.loop.LoopOptions;
import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Header;
import io.millrace.operators.state.Outbox;
import io.millrace.operators.state.StoredDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.AbstractKeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * All machines of a system in one operator on virtual time. What goes into the loop comes back by
 * {@link #settle}; all records are written and read again on the way, as in the network.
 */
final class MachineHarness implements AutoCloseable {
  private final Backend backend;
  private final MachineFunctionMaker maker;
  private final LoopOptions loopOptions;
  private final Deque<Delivery> loop = new ArrayDeque<>();
  private final List<String> outbox = new ArrayList<>();
  private final List<String> timeline = new ArrayList<>();
  private KeyedOneInputStreamOperatorTestHarness<String, Delivery, Void> harness;
  private long checkpoint;
  private long now;
  private boolean fragile;

  /** Functions are made anew for every attempt, as in a cluster. */
  interface MachineFunctionMaker {
    MachineFunction make();
  }

  MachineHarness(Backend backend, MachineFunctionMaker maker, LoopOptions loopOptions)
      throws Exception {
    this.backend = backend;
    this.maker = maker;
    this.loopOptions = loopOptions;
    this.harness = start(null);
  }

  private KeyedOneInputStreamOperatorTestHarness<String, Delivery, Void> start(
      @Nullable OperatorSubtaskState state) throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, Delivery, Void> fresh =
        new KeyedOneInputStreamOperatorTestHarness<>(
            LoopHeads.of(maker.make(), loopOptions), Delivery::target, Types.STRING, 512, 1, 0);
    fresh.setProcessingTime(now);
    return backend.open(fresh, state);
  }

  // ---- what happens

  void tell(MachineAddress to, Message message) throws Exception {
    take(Delivery.from(new Delivery.Origin("in", 0, 1), to, message));
    mails();
    collect();
    crashIfFragile();
    settle();
  }

  void take(Delivery delivery) throws Exception {
    harness.processElement(new StreamRecord<>(again(delivery)));
  }

  /** Lets everything that waits in the loop have its turn. */
  void settle() throws Exception {
    boolean more = true;
    while (more) {
      mails();
      collect();
      Delivery next = loop.poll();
      if (next != null) {
        take(next);
        mails();
        collect();
        crashIfFragile();
      }
      more = next != null;
    }
  }

  void collect() {
    records(MachineStreams.LOOP).forEach(loop::add);
    records(MachineStreams.OUTBOX).map(MachineHarness::line).forEach(outbox::add);
    records(MachineStreams.TIMELINE).map(MachineHarness::line).forEach(timeline::add);
  }

  void mails() throws Exception {
    Optional<Mail> mail = harness.getTaskMailbox().tryTake(0);
    while (mail.isPresent()) {
      mail.get().run();
      mail = harness.getTaskMailbox().tryTake(0);
    }
  }

  void advance(long millis) throws Exception {
    fire(millis);
    settle();
  }

  /** Lets timers fire, but nobody have a turn yet. */
  void fire(long millis) throws Exception {
    now += millis;
    harness.setProcessingTime(now);
  }

  /** From now on there is a checkpoint, a crash and a restart after each record. */
  MachineHarness fragile() {
    fragile = true;
    return this;
  }

  private void crashIfFragile() throws Exception {
    if (fragile) {
      crash();
    }
  }

  /** A checkpoint, a crash, a restart. */
  void restart() throws Exception {
    crash();
    settle();
  }

  /** What is in the loop is kept outside, as the log of the sink would. */
  private void crash() throws Exception {
    checkpoint++;
    harness.prepareSnapshotPreBarrier(checkpoint);
    OperatorSubtaskState state = harness.snapshot(checkpoint, now);
    harness.close();
    harness = start(state);
  }

  // ---- what is there

  List<String> outbox() {
    return outbox;
  }

  List<String> timeline() {
    return timeline;
  }

  int inLoop() {
    return loop.size();
  }

  int timers() {
    return harness.numProcessingTimeTimers();
  }

  /** Machines of which anything at all is stored. */
  long keys() {
    AbstractKeyedStateBackend<String> keyed = keyedBackend();
    return Stream.of(MachineState.HEADER, MachineState.DOCUMENTS)
        .flatMap(state -> keyed.<VoidNamespace>getKeys(state.getName(), VoidNamespace.INSTANCE))
        .distinct()
        .count();
  }

  /** Replaces a document by bytes that nobody can read, where it is: near or far. */
  void spoil(MachineAddress address, String document) throws Exception {
    AbstractKeyedStateBackend<String> keyed = keyedBackend();
    keyed.setCurrentKey(address.toString());
    StoredDocument spoiled = StoredDocument.ofBytes(new byte[] {1, 2, 'n', 'o', 1});
    ValueState<Header> headers =
        keyed.getPartitionedState(
            VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, MachineState.HEADER);
    Header header = headers.value();
    if (header.near().containsKey(document)) {
      Map<String, StoredDocument> near = new HashMap<>(header.near());
      near.put(document, spoiled);
      headers.update(new Header(header.envelope(), near, header.far()));
    } else {
      MapState<String, StoredDocument> documents =
          keyed.getPartitionedState(
              VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, MachineState.DOCUMENTS);
      documents.put(document, spoiled);
    }
  }

  @SuppressWarnings("unchecked")
  private AbstractKeyedStateBackend<String> keyedBackend() {
    return (AbstractKeyedStateBackend<String>) harness.getOperator().<String>getKeyedStateBackend();
  }

  private <X> Stream<X> records(OutputTag<X> tag) {
    Queue<StreamRecord<X>> queue = harness.getSideOutput(tag);
    List<X> records = new ArrayList<>();
    while (queue != null && !queue.isEmpty()) {
      records.add(queue.remove().getValue());
    }
    return records.stream();
  }

  private static String line(Outbox out) {
    return out.destination() + " " + new String(out.value(), StandardCharsets.UTF_8);
  }

  private static Delivery again(Delivery delivery) {
    return Delivery.ofBytes(delivery.target(), delivery.origin(), delivery.bytes());
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception broken) {
      throw new IllegalStateException("Expected the harness to close, but it failed.", broken);
    }
  }
}
