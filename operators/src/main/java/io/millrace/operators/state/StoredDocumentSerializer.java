package io.millrace.operators.state;

import java.io.IOException;
import java.util.SortedMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version, length, bytes: it never looks into the document. */
final class StoredDocumentSerializer extends OwnSerializer<StoredDocument> {
  private static final long serialVersionUID = 1L;

  @Override
  String name() {
    return "document";
  }

  @Override
  int version() {
    return 1;
  }

  @Override
  SortedMap<String, Integer> contents() {
    return StoredCodec.DOCUMENTS.versions();
  }

  @Override
  void write(StoredDocument value, DataOutputView out) throws IOException {
    writeBytes(value.bytes(), out);
  }

  @Override
  StoredDocument read(int version, DataInputView in) throws IOException {
    return StoredDocument.ofBytes(readBytes(in));
  }
}
