package io.millrace.operators.machine;

import io.millrace.operators.state.Delivery;
import io.millrace.operators.state.Outbox;
import io.millrace.operators.state.StateTypes;
import org.apache.flink.util.OutputTag;

/** The ways out of the machines; the main output carries nothing. */
public final class MachineStreams {
  /** Messages between machines: back into the loop. */
  public static final OutputTag<Delivery> LOOP = new OutputTag<>("loop", StateTypes.DELIVERY);

  /** Tasks, cancels, replies, dead letters: to Kafka at once, at least once. */
  public static final OutputTag<Outbox> OUTBOX = new OutputTag<>("outbox", StateTypes.OUTBOX);

  /** Timeline events: to Kafka with the checkpoint, exactly once. */
  public static final OutputTag<Outbox> TIMELINE = new OutputTag<>("timeline", StateTypes.OUTBOX);

  private MachineStreams() {}
}
