package io.millrace.operators.state;

import static io.millrace.operators.state.Components.readCount;
import static io.millrace.operators.state.Components.readList;
import static io.millrace.operators.state.Components.readMap;
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
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Of a run. */
final class RunRecordForm implements ComponentForm<RunRecord> {
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
    writeList(run.followers(), RunParts::writeAsker, out);
    writeList(run.watchers(), RunRecordForm::writeWatcher, out);
    writeList(run.steps(), Components::writeText, out);
    writeNullable(run.owner(), Components::writeText, out);
    writeNullable(run.parent(), RunParts::writeParent, out);
    writeNullable(run.runTs(), Components::writeNumber, out);
    writeMap(run.leaves(), Components::writeName, Components::writeNumber, out);
    writeList(run.scope(), Components::writeText, out);
    writeMap(run.earlier(), Components::writeText, Components::writeNumber, out);
    writeNullable(run.plan(), RunParts.PLANS, out);
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
        RunParts.readStatus(in),
        readNullable(Components::readText, in),
        readNullable(Components::readText, in),
        readNumber(in),
        readNullable(Components::readNumber, in),
        readNullable(Components::readNumber, in),
        readParams(in),
        readCount(in),
        readMap(RunParts::readStepStatus, Components::readCount, in),
        readList(Components::readText, in),
        readNullable(RunParts::readStatus, in),
        readList(RunParts::readAsker, in),
        readList(RunRecordForm::readWatcher, in),
        readList(Components::readText, in),
        readNullable(Components::readText, in),
        readNullable(RunParts::readParent, in),
        readNullable(Components::readNumber, in),
        readMap(RunParts::readStepStatus, Components::readNumber, in),
        readList(Components::readText, in),
        readMap(Components::readText, Components::readNumber, in),
        readNullable(RunParts.PLANS, in),
        readNullable(RunParts::readStatus, in),
        readList(Components::readText, in));
  }

  private static void writeWatcher(Watcher watcher, DataOutputView out) throws IOException {
    RunParts.writeAsker(watcher.replyTo(), out);
    writeNumber(watcher.until(), out);
  }

  private static Watcher readWatcher(DataInputDeserializer in) throws IOException {
    return new Watcher(RunParts.readAsker(in), readNumber(in));
  }
}
