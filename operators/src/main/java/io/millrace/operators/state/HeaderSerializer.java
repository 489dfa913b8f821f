package io.millrace.operators.state;

import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.engine.MachineAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The envelope, component by component: it must stay readable when documents are not, and it is
 * read and written in every turn. Near documents follow as bytes that nobody looks into.
 *
 * <p>Its stable name is from when there was nothing but the envelope. Of a machine that was stored
 * then, all documents are far.
 */
final class HeaderSerializer extends OwnSerializer<Header> {
  private static final long serialVersionUID = 1L;

  @Override
  String name() {
    return "envelope";
  }

  @Override
  int version() {
    return 4;
  }

  @Override
  SortedMap<String, Integer> contents() {
    return StoredCodec.DOCUMENTS.versions();
  }

  @Override
  void write(Header value, DataOutputView out) throws IOException {
    writeEnvelope(value.envelope(), out);
    out.writeBoolean(value.far());
    out.writeInt(value.near().size());
    for (Map.Entry<String, StoredDocument> near : value.near().entrySet()) {
      writeText(near.getKey(), out);
      writeBytes(near.getValue().bytes(), out);
    }
  }

  private static void writeEnvelope(Envelope value, DataOutputView out) throws IOException {
    writeText(value.kind().name(), out);
    writeText(value.workflowId(), out);
    out.writeLong(value.sequence());
    out.writeLong(value.at());
    out.writeLong(value.wakeAt());
    out.writeLong(value.run());
    writeText(value.runUuid(), out);
    out.writeBoolean(value.ended());
    out.writeInt(value.openTasks().size());
    for (String task : value.openTasks()) {
      writeText(task, out);
    }
    writeNullableText(value.quarantined(), out);
    Envelope.Above above = value.above();
    out.writeBoolean(above != null);
    if (above != null) {
      writeText(above.address(), out);
      out.writeLong(above.run());
      writeText(above.stepId(), out);
      out.writeLong(above.attempt());
    }
    Document.Timers timers = value.timers();
    out.writeBoolean(timers != null);
    if (timers != null) {
      out.writeInt(timers.at().size());
      for (Map.Entry<String, Long> timer : timers.at().entrySet()) {
        writeText(timer.getKey(), out);
        out.writeLong(timer.getValue());
      }
    }
  }

  @Override
  Header read(int version, DataInputView in) throws IOException {
    Envelope envelope = readEnvelope(version, in);
    if (version < 4) {
      return new Header(envelope, Map.of(), true);
    }
    boolean far = in.readBoolean();
    Map<String, StoredDocument> near = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      near.put(readText(in), StoredDocument.ofBytes(readBytes(in)));
    }
    return new Header(envelope, near, far);
  }

  private static Envelope readEnvelope(int version, DataInputView in) throws IOException {
    return new Envelope(
        MachineAddress.Kind.valueOf(readText(in)),
        readText(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        readText(in),
        in.readBoolean(),
        readTexts(in),
        readNullableText(in),
        version == 1 ? null : readAbove(in),
        version < 3 ? null : readTimers(in));
  }

  private static Envelope.@Nullable Above readAbove(DataInputView in) throws IOException {
    return in.readBoolean()
        ? new Envelope.Above(readText(in), in.readLong(), readText(in), in.readLong())
        : null;
  }

  private static Document.@Nullable Timers readTimers(DataInputView in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    SortedMap<String, Long> timers = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      timers.put(readText(in), in.readLong());
    }
    return new Document.Timers(timers);
  }

  private static List<String> readTexts(DataInputView in) throws IOException {
    int count = in.readInt();
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(readText(in));
    }
    return texts;
  }
}
