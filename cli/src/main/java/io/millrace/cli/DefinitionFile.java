package io.millrace.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** The text of a definition, read whole. */
final class DefinitionFile {
  private final String name;
  private final byte[] bytes;

  private DefinitionFile(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /** Reads {@code file}; {@code -} is standard input. */
  static DefinitionFile read(Path file, Function<String, ? extends RuntimeException> failure) {
    try {
      byte[] bytes =
          file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
      return new DefinitionFile(file.toString(), bytes);
    } catch (IOException e) {
      throw failure.apply("Expected file " + file + " to be readable, but failed: " + e);
    }
  }

  /** As the user named it. */
  String name() {
    return name;
  }

  /** The bytes as UTF-8; what is none is replaced. */
  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    return bytes;
  }
}
