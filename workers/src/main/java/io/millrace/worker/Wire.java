package io.millrace.worker;

import io.millrace.protocol.ProtocolJson;
import java.util.Optional;

/** Reads records of the topics; what cannot be read is empty, as a worker has no one to tell. */
final class Wire {
  private Wire() {}

  static <T> Optional<T> read(byte[] value, Class<T> type) {
    return ProtocolJson.read(value, type).value();
  }
}
