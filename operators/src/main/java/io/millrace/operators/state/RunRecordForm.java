package io.millrace.operators.state;

import static io.millrace.operators.state.Components.readCount;
import static io.millrace.operators.state.Components.readList;
import static io.millrace.operators.state.Components.readMap;
import static io.millrace.operators.state.Components.readName;
import static io.millrace.operators.state.Components.readNullable;
import static io.millrace.operators.state.Components.readNumber;
import static io.millrace.operators.state.Components.readParams;
import static io.millrace.operators.state.Components.readText;
import static io.millrace.operators.state.Components.writeList;
import static io.millrace.operators.state.Components.writeMap;
import static io.millrace.operators.state.Components.writeName;
import static io.millrace.operators.state.Components.writeNullable;
import static io.millrace.operators.state.Components.writeNumber;
import static io.millrace.operators.state.Components.writeParams;
import static io.millrace.operators.state.Components.writeText;

import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Document.Watcher;
import io.millrace.engine.Parent;
import io.millrace.engine.RestartPlan;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Of a run. */
final class RunRecordForm implements ComponentForm<RunRecord> {
  private static final Components.Rare<RestartPlan> PLANS =
      new Components.Rare<>(RestartPlan.class);

  @Override
  public void write(RunRecord run, DataOutputSerializer out) throws IOException {
    writeNumber(run.run(), out);
    writeText(run.runUuid(), out);
    writeText(run.requestId(), out);
    writeNumber(run.version(), out);
    writeText(run.definitionSha256(), out);
    writeName(run.status(), out);
    writeNullable(run.reason(), Components::writeText, out);
    writeNullable(run.user(), Components::writeText, out);
    writeNumber(run.createdAt(), out);
    writeNullable(run.startedAt(), Components::writeNumber, out);
    writeNullable(run.endedAt(), Components::writeNumber, out);
    writeParams(run.params(), out);
    writeNumber(run.open(), out);
    writeMap(run.ended(), Components::writeName, (count, to) -> writeNumber(count, to), out);
    writeList(run.work(), Components::writeText, out);
    writeNullable(run.stopping(), Components::writeName, out);
    writeList(run.followers(), RunRecordForm::writeAsker, out);
    writeList(run.watchers(), RunRecordForm::writeWatcher, out);
    writeList(run.steps(), Components::writeText, out);
    writeNullable(run.owner(), Components::writeText, out);
    writeNullable(run.parent(), RunRecordForm::writeParent, out);
    writeNullable(run.runTs(), Components::writeNumber, out);
    writeMap(run.leaves(), Components::writeName, Components::writeNumber, out);
    writeList(run.scope(), Components::writeText, out);
    writeMap(run.earlier(), Components::writeText, Components::writeNumber, out);
    writeNullable(run.plan(), PLANS, out);
    writeNullable(run.aggregated(), Components::writeName, out);
    writeList(run.failing(), Components::writeText, out);
  }

  @Override
  public RunRecord read(int version, DataInputDeserializer in) throws IOException {
    return new RunRecord(
        readNumber(in),
        readText(in),
        readText(in),
        readNumber(in),
        readText(in),
        status(in),
        readNullable(Components::readText, in),
        readNullable(Components::readText, in),
        readNumber(in),
        readNullable(Components::readNumber, in),
        readNullable(Components::readNumber, in),
        readParams(in),
        readCount(in),
        readMap(RunRecordForm::stepStatus, Components::readCount, in),
        readList(Components::readText, in),
        readNullable(RunRecordForm::status, in),
        readList(RunRecordForm::readAsker, in),
        readList(RunRecordForm::readWatcher, in),
        readList(Components::readText, in),
        readNullable(Components::readText, in),
        readNullable(RunRecordForm::readParent, in),
        readNullable(Components::readNumber, in),
        readMap(RunRecordForm::stepStatus, Components::readNumber, in),
        readList(Components::readText, in),
        readMap(Components::readText, Components::readNumber, in),
        readNullable(PLANS, in),
        readNullable(RunRecordForm::status, in),
        readList(Components::readText, in));
  }

  private static RunStatus status(DataInputDeserializer in) throws IOException {
    return readName(RunStatus.class, in);
  }

  private static StepStatus stepStatus(DataInputDeserializer in) throws IOException {
    return readName(StepStatus.class, in);
  }

  // ---- who is told

  private static void writeAsker(ReplyTo asker, DataOutputView out) throws IOException {
    writeNumber(asker.partition(), out);
    writeText(asker.correlationId(), out);
  }

  private static ReplyTo readAsker(DataInputDeserializer in) throws IOException {
    return new ReplyTo(readCount(in), readText(in));
  }

  private static void writeWatcher(Watcher watcher, DataOutputView out) throws IOException {
    writeAsker(watcher.replyTo(), out);
    writeNumber(watcher.until(), out);
  }

  private static Watcher readWatcher(DataInputDeserializer in) throws IOException {
    return new Watcher(readAsker(in), readNumber(in));
  }

  // ---- what is above

  private static void writeParent(Parent parent, DataOutputView out) throws IOException {
    writeText(parent.address(), out);
    writeNumber(parent.run(), out);
    writeText(parent.stepId(), out);
    writeNumber(parent.attempt(), out);
    out.writeBoolean(parent.sync());
    writeNumber(parent.depth(), out);
    writeText(parent.correlationId(), out);
    writeList(parent.waiting(), Components::writeText, out);
    writeList(parent.exports(), RunRecordForm::writeExport, out);
    writeNullable(parent.runTs(), Components::writeNumber, out);
    writeNullable(parent.leavesLeft(), Components::writeNumber, out);
    writeNullable(parent.deadline(), Components::writeNumber, out);
  }

  private static Parent readParent(DataInputDeserializer in) throws IOException {
    return new Parent(
        readText(in),
        readNumber(in),
        readText(in),
        readNumber(in),
        in.readBoolean(),
        readCount(in),
        readText(in),
        readList(Components::readText, in),
        readList(RunRecordForm::readExport, in),
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
}
