package io.millrace.operators.state;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Number and job id. */
final class EpochSerializer extends OwnSerializer<Epoch> {
  private static final long serialVersionUID = 1L;

  @Override
  String name() {
    return "epoch";
  }

  @Override
  int version() {
    return 1;
  }

  @Override
  void write(Epoch value, DataOutputView out) throws IOException {
    out.writeLong(value.number());
    writeText(value.jobId(), out);
  }

  @Override
  Epoch read(int version, DataInputView in) throws IOException {
    return new Epoch(in.readLong(), readText(in));
  }
}
