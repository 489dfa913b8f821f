package io.millrace.operators.state;

import static io.millrace.operators.state.Components.readCount;
import static io.millrace.operators.state.Components.readList;
import static io.millrace.operators.state.Components.readMap;
import static io.millrace.operators.state.Components.readName;
import static io.millrace.operators.state.Components.readNullable;
import static io.millrace.operators.state.Components.readNumber;
import static io.millrace.operators.state.Components.readText;
import static io.millrace.operators.state.Components.writeList;
import static io.millrace.operators.state.Components.writeMap;
import static io.millrace.operators.state.Components.writeNullable;
import static io.millrace.operators.state.Components.writeNumber;
import static io.millrace.operators.state.Components.writeText;

import io.millrace.engine.Parent;
import io.millrace.engine.RestartPlan;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What several forms say of a run. Each is in the middle of a form, so a component added to one is
 * written at the end of all that have it, see {@link ComponentForm}.
 */
final class RunParts {
  static final Components.Rare<RestartPlan> PLANS = new Components.Rare<>(RestartPlan.class);

  private RunParts() {}

  /** Of a run. */
  static RunStatus readStatus(DataInputDeserializer in) throws IOException {
    return readName(RunStatus.class, in);
  }

  /** Of a step. */
  static StepStatus readStepStatus(DataInputDeserializer in) throws IOException {
    return readName(StepStatus.class, in);
  }

  // ---- who is told

  static void writeAsker(ReplyTo asker, DataOutputView out) throws IOException {
    writeNumber(asker.partition(), out);
    writeText(asker.correlationId(), out);
  }

  static ReplyTo readAsker(DataInputDeserializer in) throws IOException {
    return new ReplyTo(readCount(in), readText(in));
  }

  // ---- what is above

  static void writeParent(Parent parent, DataOutputView out) throws IOException {
    writeText(parent.address(), out);
    writeNumber(parent.run(), out);
    writeText(parent.stepId(), out);
    writeNumber(parent.attempt(), out);
    out.writeBoolean(parent.sync());
    writeNumber(parent.depth(), out);
    writeText(parent.correlationId(), out);
    writeList(parent.waiting(), Components::writeText, out);
    writeList(parent.exports(), RunParts::writeExport, out);
    writeNullable(parent.runTs(), Components::writeNumber, out);
    writeNullable(parent.leavesLeft(), Components::writeNumber, out);
    writeNullable(parent.deadline(), Components::writeNumber, out);
  }

  static Parent readParent(DataInputDeserializer in) throws IOException {
    return new Parent(
        readText(in),
        readNumber(in),
        readText(in),
        readNumber(in),
        in.readBoolean(),
        readCount(in),
        readText(in),
        readList(Components::readText, in),
        readList(RunParts::readExport, in),
        readNullable(Components::readNumber, in),
        readNullable(Components::readNumber, in),
        readNullable(Components::readNumber, in));
  }

  private static void writeExport(Parent.Export export, DataOutputView out) throws IOException {
    writeNullable(export.stepId(), Components::writeText, out);
    writeText(export.param(), out);
  }

  private static Parent.Export readExport(DataInputDeserializer in) throws IOException {
    return new Parent.Export(readNullable(Components::readText, in), readText(in));
  }

  // ---- what was read of steps

  /** By step, then by param. */
  static void writeExports(Map<String, Map<String, ParamValue>> exports, DataOutputView out)
      throws IOException {
    writeMap(exports, Components::writeText, Components::writeParams, out);
  }

  static Map<String, Map<String, ParamValue>> readExports(DataInputDeserializer in)
      throws IOException {
    return readMap(Components::readText, Components::readParams, in);
  }
}
