package io.millrace.operators.state;

import static io.millrace.operators.state.Components.readList;
import static io.millrace.operators.state.Components.readMap;
import static io.millrace.operators.state.Components.readNullable;
import static io.millrace.operators.state.Components.readNumber;
import static io.millrace.operators.state.Components.readText;
import static io.millrace.operators.state.Components.writeList;
import static io.millrace.operators.state.Components.writeMap;
import static io.millrace.operators.state.Components.writeNullable;
import static io.millrace.operators.state.Components.writeNumber;
import static io.millrace.operators.state.Components.writeText;

import io.millrace.engine.Document.LeafCounts;
import io.millrace.engine.Document.LoopChunk;
import io.millrace.engine.Document.LoopRecord;
import io.millrace.engine.Document.LoopValues;
import java.io.IOException;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Of what changes with each iteration: the loop, the chunk that it is in, the leaf counts above.
 *
 * <p>A change is an addition at the end of a form, see {@link ComponentForm}.
 */
final class LoopForms {
  private static final Components.Rare<LoopValues> VALUES = new Components.Rare<>(LoopValues.class);

  private LoopForms() {}

  static void writeLoop(LoopRecord loop, DataOutputView out) throws IOException {
    writeText(loop.stepId(), out);
    writeNumber(loop.run(), out);
    writeNumber(loop.attempt(), out);
    writeNumber(loop.total(), out);
    writeNumber(loop.next(), out);
    writeNumber(loop.low(), out);
    writeNumber(loop.running(), out);
    writeMap(loop.ended(), Components::writeName, Components::writeNumber, out);
    out.writeBoolean(loop.halted());
    writeNumber(loop.fresh(), out);
    writeNumber(loop.since(), out);
    writeMap(loop.values(), Components::writeText, VALUES, out);
    writeNumber(loop.exported(), out);
    writeNumber(loop.most(), out);
    writeNullable(loop.stopAs(), Components::writeName, out);
    writeNumber(loop.stopNext(), out);
    writeNumber(loop.sinceAttempt(), out);
  }

  static LoopRecord readLoop(DataInputDeserializer in) throws IOException {
    return new LoopRecord(
        readText(in),
        readNumber(in),
        readNumber(in),
        readNumber(in),
        readNumber(in),
        readNumber(in),
        readNumber(in),
        readMap(RunParts::readStatus, Components::readNumber, in),
        in.readBoolean(),
        readNumber(in),
        readNumber(in),
        readMap(Components::readText, VALUES, in),
        readNumber(in),
        readNumber(in),
        readNullable(RunParts::readStatus, in),
        readNumber(in),
        readNumber(in));
  }

  static void writeChunk(LoopChunk chunk, DataOutputView out) throws IOException {
    writeNumber(chunk.fresh(), out);
    writeText(chunk.statuses(), out);
    writeMap(chunk.runs(), Components::writeNumber, Components::writeNumber, out);
    writeNumber(chunk.base(), out);
    writeMap(chunk.exports(), Components::writeNumber, RunParts::writeExports, out);
  }

  static LoopChunk readChunk(DataInputDeserializer in) throws IOException {
    return new LoopChunk(
        readNumber(in),
        readText(in),
        readMap(Components::readNumber, Components::readNumber, in),
        readNumber(in),
        new TreeMap<>(readMap(Components::readNumber, RunParts::readExports, in)));
  }

  static void writeLeaves(LeafCounts leaves, DataOutputView out) throws IOException {
    writeMap(leaves.counts(), Components::writeName, Components::writeNumber, out);
    writeList(leaves.failing(), Components::writeText, out);
  }

  static LeafCounts readLeaves(DataInputDeserializer in) throws IOException {
    return new LeafCounts(
        readMap(RunParts::readStepStatus, Components::readNumber, in),
        readList(Components::readText, in));
  }
}
