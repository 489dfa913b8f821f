package io.millrace.definition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reads and checks the text of a push: a JSON envelope as Maestro's {@code POST /workflows}, or the
 * YAML form of the same (Maestro semantics 1.7), which is any text that does not begin with a
 * brace.
 *
 * <p>Never throws for what a text holds; all that is wrong comes back at once, in the order of its
 * places. What this release cannot run yet is told apart from what is wrong, and never ignored. The
 * same text gives the same reading, so a stored definition can be read again after a crash.
 */
public final class DefinitionReader {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private DefinitionReader() {}

  /** Reads {@code text}; a push without properties is taken, as that of a later version. */
  public static DefinitionReading read(String text) {
    return read(text, false, DefinitionLimits.DEFAULT);
  }

  /** Reads {@code text} as the workflow's first version, which must name an owner. */
  public static DefinitionReading readFirst(String text) {
    return read(text, true, DefinitionLimits.DEFAULT);
  }

  /** Reads {@code utf8} as {@link #read(String)} does; bytes that are not UTF-8 are a problem. */
  public static DefinitionReading read(byte[] utf8) {
    return read(utf8, false, DefinitionLimits.DEFAULT);
  }

  /** Reads {@code utf8} as {@link #readFirst(String)} does. */
  public static DefinitionReading readFirst(byte[] utf8) {
    return read(utf8, true, DefinitionLimits.DEFAULT);
  }

  static DefinitionReading read(byte[] utf8, boolean first, DefinitionLimits limits) {
    if (utf8.length > limits.maxTextBytes()) {
      return tooLarge(utf8.length, limits);
    }
    ByteBuffer bytes = ByteBuffer.wrap(utf8);
    try {
      // A new decoder reports malformed input; it stops in front of the bytes it can't read.
      return read(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(), first, limits);
    } catch (CharacterCodingException e) {
      return refused(
          ProblemCode.SYNTAX, place(utf8, bytes.position()), "UTF-8", "this byte is not");
    }
  }

  static DefinitionReading read(String text, boolean first, DefinitionLimits limits) {
    long bytes = utf8Length(text);
    if (bytes > limits.maxTextBytes()) {
      return tooLarge(bytes, limits);
    }
    Problems problems = new Problems(limits.maxProblems());
    String body = withoutMark(text);
    Optional<EnvelopeReader.EnvelopeReading> read = structure(body, first, limits, problems);
    read.ifPresent(
        reading -> new ReferenceCheck(new SourceText(body), problems).check(reading.outline()));
    return reading(read, problems);
  }

  /**
   * Reads the text of a version that was pushed before. Its expressions were checked then; what a
   * later release checks more strictly must not take a workflow away from its users.
   */
  public static DefinitionReading readStored(String text) {
    DefinitionLimits limits = DefinitionLimits.DEFAULT;
    Problems problems = new Problems(limits.maxProblems());
    return reading(structure(withoutMark(text), false, limits, problems), problems);
  }

  private static Optional<EnvelopeReader.EnvelopeReading> structure(
      String body, boolean first, DefinitionLimits limits, Problems problems) {
    return tree(body, limits, problems).flatMap(new EnvelopeReader(limits, problems, first)::read);
  }

  private static DefinitionReading reading(
      Optional<EnvelopeReader.EnvelopeReading> read, Problems problems) {
    return new DefinitionReading(
        problems.hasErrors() ? Optional.empty() : read.map(EnvelopeReader.EnvelopeReading::push),
        problems.inOrder(),
        problems.unsupportedInOrder());
  }

  private static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  /** An object's bracket begins JSON; any other text is YAML, and has the shape of JSON after. */
  private static Optional<SourceNode> tree(
      String text, DefinitionLimits limits, Problems problems) {
    return text.stripLeading().startsWith("{")
        ? new SourceParser(limits, problems).parse(text)
        : new YamlParser(limits, YamlLimits.DEFAULT, problems)
            .parse(text)
            .map(new YamlForm(problems)::envelope);
  }

  private static DefinitionReading tooLarge(long bytes, DefinitionLimits limits) {
    return refused(
        ProblemCode.TOO_LARGE,
        Place.root(1, 1),
        "a definition of at most " + limits.maxTextBytes() + " bytes",
        "it has " + bytes);
  }

  private static DefinitionReading refused(
      ProblemCode code, Place place, String expected, String finding) {
    Problems problems = new Problems(1);
    problems.error(code, place, expected, finding);
    return new DefinitionReading(Optional.empty(), problems.inOrder(), List.of());
  }

  private static long utf8Length(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Each half of a pair counts two of the pair's four bytes.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  /** Lines end as the parser ends them: with either character, or both together. */
  private static Place place(byte[] utf8, int offset) {
    String before = new String(utf8, 0, offset, StandardCharsets.UTF_8);
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < before.length(); i++) {
      char c = before.charAt(i);
      boolean afterReturn = i > 0 && before.charAt(i - 1) == '\r';
      if (c == '\r' || (c == '\n' && !afterReturn)) {
        line++;
      }
      if (c == '\r' || c == '\n') {
        lineStart = i + 1;
      }
    }
    return Place.root(line, before.length() - lineStart + 1);
  }
}
