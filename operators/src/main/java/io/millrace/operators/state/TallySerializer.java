package io.millrace.operators.state;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Two counts. */
final class TallySerializer extends OwnSerializer<Tally> {
  private static final long serialVersionUID = 1L;

  @Override
  String name() {
    return "tally";
  }

  @Override
  int version() {
    return 1;
  }

  @Override
  void write(Tally value, DataOutputView out) throws IOException {
    out.writeLong(value.startsQueued());
    out.writeLong(value.runsOpen());
  }

  @Override
  Tally read(int version, DataInputView in) throws IOException {
    return new Tally(in.readLong(), in.readLong());
  }
}
