package io.millrace.operators.machine;

import java.io.Serializable;

/** Writes a record of the protocol as the bytes that go onto its topic. */
@FunctionalInterface
public interface ProtocolBytes extends Serializable {
  byte[] write(Object protocolRecord);
}
