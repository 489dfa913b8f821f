package io.millrace.definition;

/** Reads and checks the text of a push: a JSON envelope as Maestro's {@code POST /workflows}. */
public final class DefinitionReader {
  private DefinitionReader() {}

  /** Reads {@code text}; never throws for what the text holds, all that is wrong comes back. */
  public static DefinitionReading read(String text) {
    return new DefinitionReading(java.util.Optional.empty(), java.util.List.of());
  }
}
