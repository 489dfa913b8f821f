package io.millrace.operators.state;

import static io.millrace.operators.state.Components.readCount;
import static io.millrace.operators.state.Components.readList;
import static io.millrace.operators.state.Components.readNullable;
import static io.millrace.operators.state.Components.readNumber;
import static io.millrace.operators.state.Components.readParams;
import static io.millrace.operators.state.Components.readText;
import static io.millrace.operators.state.Components.writeList;
import static io.millrace.operators.state.Components.writeName;
import static io.millrace.operators.state.Components.writeNullable;
import static io.millrace.operators.state.Components.writeNumber;
import static io.millrace.operators.state.Components.writeParams;
import static io.millrace.operators.state.Components.writeText;

import io.millrace.engine.Document.StepRun;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Of a step's latest attempt. */
final class StepRunForm implements ComponentForm<StepRun> {
  @Override
  public void write(StepRun step, DataOutputSerializer out) throws IOException {
    writeText(step.stepId(), out);
    writeName(step.status(), out);
    writeNumber(step.attempt(), out);
    writeNumber(step.errorRetries(), out);
    writeNumber(step.platformRetries(), out);
    writeNumber(step.timeoutRetries(), out);
    writeNumber(step.createdAt(), out);
    writeNullable(step.startedAt(), Components::writeNumber, out);
    writeNullable(step.endedAt(), Components::writeNumber, out);
    writeNullable(step.retryAt(), Components::writeNumber, out);
    writeNullable(step.dispatchId(), Components::writeText, out);
    writeNullable(step.worker(), Components::writeText, out);
    out.writeBoolean(step.workerStarted());
    writeNullable(step.message(), Components::writeText, out);
    writeNullable(step.progress(), (progress, to) -> to.writeDouble(progress), out);
    writeNullable(step.logTail(), Components::writeText, out);
    writeNullable(step.link(), Components::writeText, out);
    writeParams(step.params(), out);
    writeNumber(step.manualRetries(), out);
    writeList(step.untaken(), Components::writeText, out);
    writeNullable(step.ending(), Components::writeName, out);
    writeNullable(step.child(), Components::writeText, out);
    RunParts.writeExports(step.exports(), out);
    writeNumber(step.since(), out);
    writeNullable(step.again(), RunParts.PLANS, out);
    writeNumber(step.sinceAttempt(), out);
  }

  @Override
  public StepRun read(int version, DataInputDeserializer in) throws IOException {
    return new StepRun(
        readText(in),
        RunParts.readStepStatus(in),
        readNumber(in),
        readCount(in),
        readCount(in),
        readCount(in),
        readNumber(in),
        readNullable(Components::readNumber, in),
        readNullable(Components::readNumber, in),
        readNullable(Components::readNumber, in),
        readNullable(Components::readText, in),
        readNullable(Components::readText, in),
        in.readBoolean(),
        readNullable(Components::readText, in),
        readNullable(DataInputDeserializer::readDouble, in),
        readNullable(Components::readText, in),
        readNullable(Components::readText, in),
        readParams(in),
        readCount(in),
        readList(Components::readText, in),
        readNullable(RunParts::readStepStatus, in),
        readNullable(Components::readText, in),
        RunParts.readExports(in),
        readNumber(in),
        readNullable(RunParts.PLANS, in),
        in.available() == 0 ? 0 : readNumber(in)); // 0: written before there was one
  }
}
