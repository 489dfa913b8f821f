package io.millrace.operators.state;

import static io.millrace.operators.state.Components.readNullable;
import static io.millrace.operators.state.Components.readNumber;
import static io.millrace.operators.state.Components.readText;
import static io.millrace.operators.state.Components.writeNullable;
import static io.millrace.operators.state.Components.writeNumber;
import static io.millrace.operators.state.Components.writeText;

import io.millrace.definition.Properties;
import io.millrace.engine.Document.RequestRecord;
import io.millrace.engine.Document.WorkflowRecord;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Of what a workflow remembers of itself and of each start.
 *
 * <p>A change is an addition at the end of a form, see {@link ComponentForm}.
 */
final class WorkflowForms {
  private static final Components.Rare<Properties> PROPERTIES =
      new Components.Rare<>(Properties.class);

  private WorkflowForms() {}

  static void writeWorkflow(WorkflowRecord workflow, DataOutputView out) throws IOException {
    writeNumber(workflow.latestVersion(), out);
    writeNumber(workflow.activeVersion(), out);
    PROPERTIES.write(workflow.properties(), out);
    writeNumber(workflow.lastInstance(), out);
    writeNumber(workflow.queueHead(), out);
    writeNumber(workflow.queueTail(), out);
    writeNumber(workflow.queued(), out);
    writeNumber(workflow.running(), out);
    out.writeBoolean(workflow.awaitingRoom());
    writeNumber(workflow.oldestInstance(), out);
    writeNumber(workflow.runningXor(), out);
    writeNumber(workflow.restarts(), out);
    writeNumber(workflow.condemnedTail(), out);
    writeNumber(workflow.condemnedRestarts(), out);
    out.writeBoolean(workflow.condemnedKill());
    writeNullable(workflow.condemnedWhy(), Components::writeText, out);
    writeNumber(workflow.failed(), out);
    writeNumber(workflow.unblocks(), out);
    writeNumber(workflow.sweepAt(), out);
    writeNumber(workflow.sweepLeft(), out);
    out.writeBoolean(workflow.sweepKill());
    writeNullable(workflow.sweepWhy(), Components::writeText, out);
  }

  static WorkflowRecord readWorkflow(DataInputDeserializer in) throws IOException {
    return new WorkflowRecord(
        readNumber(in),
        readNumber(in),
        PROPERTIES.read(in),
        readNumber(in),
        readNumber(in),
        readNumber(in),
        readNumber(in),
        readNumber(in),
        in.readBoolean(),
        readNumber(in),
        readNumber(in),
        readNumber(in),
        readNumber(in),
        readNumber(in),
        in.readBoolean(),
        readNullable(Components::readText, in),
        readNumber(in),
        readNumber(in),
        readNumber(in),
        readNumber(in),
        in.readBoolean(),
        readNullable(Components::readText, in));
  }

  static void writeRequest(RequestRecord request, DataOutputView out) throws IOException {
    writeNumber(request.instance(), out);
    writeText(request.runUuid(), out);
    writeNumber(request.version(), out);
  }

  static RequestRecord readRequest(DataInputDeserializer in) throws IOException {
    return new RequestRecord(readNumber(in), readText(in), readNumber(in));
  }
}
