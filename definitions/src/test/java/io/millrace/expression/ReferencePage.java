package io.millrace.expression;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The language reference as a test reads it: examples in blocks marked {@code millrace}, each ended
 * by a line with {@code =>}, and tables, in whose rows the column {@code example} goes before what
 * it prints.
 */
final class ReferencePage {
  private static final Path FILE = Path.of("reference", "language.md");
  private static final String ARROW = "=>";
  private static final int EXAMPLE_CELL = 2;
  private static final int EXAMPLE_ROW_CELLS = 4;

  private final String text;
  private final List<Example> examples = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /**
   * An expression and what the page says of it.
   *
   * @param line where it ends, from 1
   * @param expected the printed value, or {@code !CODE at line:column}
   */
  record Example(int line, String expression, String expected) {
    @Override
    public String toString() {
      return "line " + line + ": " + expression;
    }
  }

  /** A row of a table, without the backticks around its cells, and the heading it is under. */
  record Row(String heading, List<String> header, List<String> cells) {}

  static ReferencePage read() {
    try {
      return new ReferencePage(Files.readAllLines(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ReferencePage(List<String> lines) {
    text = String.join("\n", lines);
    String heading = "";
    List<String> header = List.of();
    StringBuilder pending = new StringBuilder();
    boolean inBlock = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("```")) {
        requireEnded(pending, i);
        inBlock = line.equals("```millrace");
      } else if (inBlock) {
        takeExample(line, i, pending);
      } else if (line.startsWith("#")) {
        heading = line.replaceFirst("^#+ ", "");
      } else if (!line.startsWith("|")) {
        header = List.of();
      } else if (header.isEmpty()) {
        header = cells(line);
      } else if (!line.startsWith("|--")) {
        takeRow(new Row(heading, header, cells(line)), i);
      }
    }
  }

  private static void requireEnded(StringBuilder pending, int line) {
    if (!pending.isEmpty()) {
      throw new IllegalStateException(
          "Expected the example above line " + (line + 1) + " to say what it prints: " + pending);
    }
  }

  private void takeExample(String line, int index, StringBuilder pending) {
    int arrow = line.startsWith(ARROW) ? 0 : line.indexOf(" " + ARROW + " ");
    if (arrow < 0) {
      pending.append(pending.isEmpty() ? "" : "\n").append(line);
      return;
    }
    String last = line.substring(0, arrow).stripTrailing();
    String separator = pending.isEmpty() || last.isEmpty() ? "" : "\n";
    String expression = pending + separator + last;
    String expected = line.substring(line.indexOf(ARROW, arrow) + ARROW.length()).strip();
    examples.add(new Example(index + 1, expression, expected));
    pending.setLength(0);
  }

  private void takeRow(Row row, int index) {
    rows.add(row);
    if (row.cells().size() == EXAMPLE_ROW_CELLS
        && row.header().get(EXAMPLE_CELL).equals("example")
        && !row.cells().get(EXAMPLE_CELL).equals("-")) {
      examples.add(
          new Example(index + 1, row.cells().get(EXAMPLE_CELL), row.cells().get(EXAMPLE_CELL + 1)));
    }
  }

  private static List<String> cells(String line) {
    String inner = line.substring(1, line.lastIndexOf('|'));
    return Arrays.stream(inner.split("\\|")).map(ReferencePage::plain).toList();
  }

  private static String plain(String cell) {
    String text = cell.strip();
    boolean quoted = text.length() > 1 && text.startsWith("`") && text.endsWith("`");
    return quoted && text.indexOf('`', 1) == text.length() - 1
        ? text.substring(1, text.length() - 1)
        : text;
  }

  String text() {
    return text;
  }

  List<Example> examples() {
    return examples;
  }

  /** The rows of all tables that begin with {@code column}. */
  List<Row> rows(String column) {
    return rows.stream().filter(row -> row.header().get(0).equals(column)).toList();
  }
}
