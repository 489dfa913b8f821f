package io.millrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The examples of a page of the reference, as its fenced blocks tell them: definitions, then at
 * most one scenario, then what is expected of the run, what is printed of it, or both. A scenario
 * after that is played with the same definitions; a definition begins anew.
 */
final class ReferencePage {
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)(?: (\\w+))?\\R(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private ReferencePage() {}

  /**
   * An example.
   *
   * @param line where its first outcome begins on the page
   * @param scenario null: nothing happens outside
   * @param timeline null: the page does not show it
   * @param expect null: the page does not say it
   */
  record Example(
      Path page,
      long line,
      List<String> definitions,
      @Nullable String scenario,
      @Nullable String timeline,
      @Nullable String expect) {
    Example {
      definitions = List.copyOf(definitions);
    }

    /** Whether this is only the beginning of one. */
    boolean isOpen() {
      return timeline == null && expect == null;
    }

    /** The example as a file of {@code millrace test}. */
    String test(List<String> files) {
      String expected = expect == null ? "" : expect.indent(2);
      return "definitions: " + files + "\n" + script() + "expect:\n" + expected;
    }

    private String script() {
      return scenario == null ? "" : scenario;
    }

    private Example with(String kind, String text, long at) {
      return switch (kind) {
        case "definition" -> new Example(page, at, added(text), scenario, timeline, expect);
        case "scenario" -> new Example(page, at, definitions, text, timeline, expect);
        case "timeline" -> new Example(page, at, definitions, scenario, text, expect);
        case "expect" -> new Example(page, at, definitions, scenario, timeline, text);
        default ->
            throw new IllegalArgumentException(
                page + ":" + at + ": Expected a block of an example, but it is '" + kind + "'.");
      };
    }

    private List<String> added(String definition) {
      List<String> all = new ArrayList<>(definitions);
      all.add(definition);
      return all;
    }

    /** The same definitions, for another scenario. */
    private Example again() {
      return new Example(page, line, definitions, null, null, null);
    }

    private static Example none(Path page) {
      return new Example(page, 0, List.of(), null, null, null);
    }

    @Override
    public String toString() {
      return page.getFileName() + ":" + line;
    }
  }

  /** All examples of a page, in order. */
  static List<Example> examples(Path page) throws IOException {
    String text = Files.readString(page);
    List<Example> examples = new ArrayList<>();
    Example open = Example.none(page);
    for (MatchResult block : BLOCK.matcher(text).results().toList()) {
      String kind = block.group(2) == null ? "nothing" : block.group(2);
      long line = text.substring(0, block.start()).lines().count() + 1;
      boolean begins = kind.equals("definition") || kind.equals("scenario");
      if (begins && !open.isOpen()) {
        examples.add(open);
        open = kind.equals("definition") ? Example.none(page) : open.again();
      }
      open = open.with(kind, block.group(3), line);
    }
    if (open.isOpen()) {
      throw new IllegalArgumentException(
          page
              + ": Expected every example to say what comes of it, but "
              + "the last one does not.");
    }
    examples.add(open);
    return examples;
  }
}
