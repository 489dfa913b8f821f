package io.millrace.operators.state;

import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.engine.Message;
import io.millrace.engine.simulation.Reload;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Through the bytes that checkpoints hold: of state, and of the log of messages in flight. */
final class StoredReload implements Reload {
  private static final HeaderSerializer HEADERS = new HeaderSerializer();
  private static final StoredDocumentSerializer DOCUMENTS = new StoredDocumentSerializer();

  @Override
  public Envelope envelope(Envelope envelope) {
    return again(HEADERS, Header.of(envelope)).envelope();
  }

  @Override
  public Document document(Document document) {
    return again(DOCUMENTS, StoredDocument.of(document)).document();
  }

  @Override
  public Message message(Message message) {
    return StoredCodec.MESSAGES.decode(StoredCodec.MESSAGES.encode(message));
  }

  private static <T> T again(OwnSerializer<T> serializer, T value) {
    DataOutputSerializer out = new DataOutputSerializer(256);
    try {
      serializer.serialize(value, out);
      return serializer.deserialize(
          new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
