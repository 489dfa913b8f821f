package io.millrace.protocol;

/** The JSON of the records on the topics: one reader and one writer for the whole system. */
public final class ProtocolJson {
  private ProtocolJson() {}
}
