package io.millrace.operators.state;

import static io.millrace.operators.state.Components.readList;
import static io.millrace.operators.state.Components.readNumber;
import static io.millrace.operators.state.Components.readText;
import static io.millrace.operators.state.Components.writeList;
import static io.millrace.operators.state.Components.writeName;
import static io.millrace.operators.state.Components.writeNumber;
import static io.millrace.operators.state.Components.writeText;

import io.millrace.engine.Document.InstanceRecord;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Of what a workflow knows of an instance. */
final class InstanceRecordForm implements ComponentForm<InstanceRecord> {

  @Override
  public void write(InstanceRecord instance, DataOutputSerializer out) throws IOException {
    writeNumber(instance.instance(), out);
    writeText(instance.requestId(), out);
    writeNumber(instance.acceptedAt(), out);
    writeNumber(instance.queuedAt(), out);
    writeName(instance.status(), out);
    writeNumber(instance.run(), out);
    out.writeBoolean(instance.unblocked());
    writeList(instance.restarts(), Components::writeText, out);
    writeNumber(instance.failedIn(), out);
    out.writeBoolean(instance.ending());
  }

  @Override
  public InstanceRecord read(int version, DataInputDeserializer in) throws IOException {
    return new InstanceRecord(
        readNumber(in),
        readText(in),
        readNumber(in),
        readNumber(in),
        RunParts.readStatus(in),
        readNumber(in),
        in.readBoolean(),
        readList(Components::readText, in),
        readNumber(in),
        in.readBoolean());
  }
}
