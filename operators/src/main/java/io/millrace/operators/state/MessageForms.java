package io.millrace.operators.state;

import static io.millrace.operators.state.Components.readCount;
import static io.millrace.operators.state.Components.readDefinitions;
import static io.millrace.operators.state.Components.readList;
import static io.millrace.operators.state.Components.readMap;
import static io.millrace.operators.state.Components.readName;
import static io.millrace.operators.state.Components.readNullable;
import static io.millrace.operators.state.Components.readNumber;
import static io.millrace.operators.state.Components.readParams;
import static io.millrace.operators.state.Components.readText;
import static io.millrace.operators.state.Components.writeDefinitions;
import static io.millrace.operators.state.Components.writeList;
import static io.millrace.operators.state.Components.writeMap;
import static io.millrace.operators.state.Components.writeName;
import static io.millrace.operators.state.Components.writeNullable;
import static io.millrace.operators.state.Components.writeNumber;
import static io.millrace.operators.state.Components.writeParams;
import static io.millrace.operators.state.Components.writeText;

import io.millrace.engine.Message.ChildEnded;
import io.millrace.engine.Message.Launch;
import io.millrace.engine.Message.Reported;
import io.millrace.engine.Message.RunEnded;
import io.millrace.engine.Message.Start;
import io.millrace.protocol.Report;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Of the messages that every run, iteration and task sends.
 *
 * <p>A change is an addition at the end of a form, see {@link ComponentForm}.
 */
final class MessageForms {
  private MessageForms() {}

  static void writeStart(Start start, DataOutputView out) throws IOException {
    writeText(start.requestId(), out);
    writeNullable(start.version(), Components::writeText, out);
    writeDefinitions(start.runParams(), out);
    writeNullable(start.user(), Components::writeText, out);
    out.writeBoolean(start.follow());
    writeNullable(start.replyTo(), RunParts::writeAsker, out);
    writeNullable(start.parent(), RunParts::writeParent, out);
  }

  static Start readStart(DataInputDeserializer in) throws IOException {
    return new Start(
        readText(in),
        readNullable(Components::readText, in),
        readDefinitions(in),
        readNullable(Components::readText, in),
        in.readBoolean(),
        readNullable(RunParts::readAsker, in),
        readNullable(RunParts::readParent, in));
  }

  static void writeLaunch(Launch launch, DataOutputView out) throws IOException {
    writeText(launch.runUuid(), out);
    writeText(launch.requestId(), out);
    writeNumber(launch.version(), out);
    writeText(launch.definitionText(), out);
    writeText(launch.definitionSha256(), out);
    writeDefinitions(launch.runParams(), out);
    writeNullable(launch.user(), Components::writeText, out);
    writeNumber(launch.createdAt(), out);
    writeList(launch.followers(), RunParts::writeAsker, out);
    writeNullable(launch.stopped(), Components::writeText, out);
    out.writeBoolean(launch.killed());
    writeNumber(launch.run(), out);
    writeNullable(launch.owner(), Components::writeText, out);
    writeNullable(launch.parent(), RunParts::writeParent, out);
    writeNullable(launch.restart(), RunParts.PLANS, out);
  }

  static Launch readLaunch(DataInputDeserializer in) throws IOException {
    return new Launch(
        readText(in),
        readText(in),
        readNumber(in),
        readText(in),
        readText(in),
        readDefinitions(in),
        readNullable(Components::readText, in),
        readNumber(in),
        readList(RunParts::readAsker, in),
        readNullable(Components::readText, in),
        in.readBoolean(),
        readNumber(in),
        readNullable(Components::readText, in),
        readNullable(RunParts::readParent, in),
        readNullable(RunParts.PLANS, in));
  }

  static void writeRunEnded(RunEnded ended, DataOutputView out) throws IOException {
    writeNumber(ended.instance(), out);
    writeNumber(ended.run(), out);
    writeName(ended.status(), out);
  }

  static RunEnded readRunEnded(DataInputDeserializer in) throws IOException {
    return new RunEnded(readNumber(in), readNumber(in), RunParts.readStatus(in));
  }

  static void writeChildEnded(ChildEnded ended, DataOutputView out) throws IOException {
    writeText(ended.stepId(), out);
    writeNumber(ended.run(), out);
    writeNumber(ended.attempt(), out);
    writeText(ended.child(), out);
    writeNumber(ended.childRun(), out);
    writeName(ended.status(), out);
    writeNullable(ended.reason(), Components::writeText, out);
    writeMap(ended.leaves(), Components::writeName, Components::writeNumber, out);
    RunParts.writeExports(ended.exports(), out);
    writeList(ended.failing(), Components::writeText, out);
  }

  static ChildEnded readChildEnded(DataInputDeserializer in) throws IOException {
    return new ChildEnded(
        readText(in),
        readNumber(in),
        readNumber(in),
        readText(in),
        readNumber(in),
        RunParts.readStatus(in),
        readNullable(Components::readText, in),
        readMap(RunParts::readStepStatus, Components::readNumber, in),
        RunParts.readExports(in),
        readList(Components::readText, in));
  }

  static void writeReported(Reported reported, DataOutputView out) throws IOException {
    Report report = reported.report();
    writeNumber(report.protocol(), out);
    writeText(report.dispatchId(), out);
    writeName(report.kind(), out);
    writeNullable(report.worker(), Components::writeText, out);
    writeParams(report.outputs(), out);
    writeNullable(report.failure(), Components::writeName, out);
    writeNullable(report.retryable(), (flag, to) -> to.writeBoolean(flag), out);
    writeNullable(report.message(), Components::writeText, out);
    writeNullable(report.progress(), (progress, to) -> to.writeDouble(progress), out);
    writeNullable(report.logTail(), Components::writeText, out);
    writeNullable(report.link(), Components::writeText, out);
  }

  static Reported readReported(DataInputDeserializer in) throws IOException {
    return new Reported(
        new Report(
            readCount(in),
            readText(in),
            readName(Report.Kind.class, in),
            readNullable(Components::readText, in),
            readParams(in),
            readNullable(from -> readName(Report.Failure.class, from), in),
            readNullable(DataInputDeserializer::readBoolean, in),
            readNullable(Components::readText, in),
            readNullable(DataInputDeserializer::readDouble, in),
            readNullable(Components::readText, in),
            readNullable(Components::readText, in)));
  }
}
