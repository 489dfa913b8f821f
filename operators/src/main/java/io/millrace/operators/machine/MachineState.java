package io.millrace.operators.machine;

import io.millrace.operators.state.Epoch;
import io.millrace.operators.state.Header;
import io.millrace.operators.state.StateTypes;
import io.millrace.operators.state.StoredDocument;
import io.millrace.operators.state.Tally;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The keyed states of all machines, and every state name there is; names can never change.
 *
 * <p>Two states and no more: each costs a flush in the synchronous part of every checkpoint.
 */
record MachineState(ValueState<Header> header, MapState<String, StoredDocument> documents) {
  /** What the host must know of the machine, and its small documents. */
  static final ValueStateDescriptor<Header> HEADER =
      new ValueStateDescriptor<>("header", StateTypes.HEADER);

  /** What else the machine remembers. */
  static final MapStateDescriptor<String, StoredDocument> DOCUMENTS =
      new MapStateDescriptor<>("documents", Types.STRING, StateTypes.DOCUMENT);

  /** Union list: every subtask reads all of it, so all agree. */
  static final ListStateDescriptor<Epoch> EPOCH =
      new ListStateDescriptor<>("epoch", StateTypes.EPOCH);

  /** Split list: the sum over all subtasks stays true, whatever the parallelism. */
  static final ListStateDescriptor<Tally> TALLY =
      new ListStateDescriptor<>("tally", StateTypes.TALLY);

  static MachineState of(RuntimeContext context) {
    return new MachineState(context.getState(HEADER), context.getMapState(DOCUMENTS));
  }
}
