package io.millrace.worker.example.retail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The source: a year and more of sales of a chain of 24 stores, as its database dumped them.
 *
 * <p>The data is one script of {@code INSERT} statements, one row a line. It is read as text, and
 * only the tables asked for: three quarters of the 78 MB are tables the example has no use for, and
 * a database would take a minute to load them.
 */
final class FoodMart {
  private static final String SCRIPT = "foodmart.script";
  private static final String INSERT = "INSERT INTO \"";
  private static final String VALUES = "\" VALUES(";

  /** Takes rows until it has seen enough. */
  interface Rows {
    /** A row of a table, its fields in the order of the table's columns, text without quotes. */
    void row(String table, List<String> fields) throws IOException;
  }

  private FoodMart() {}

  /** The table with the sales of a year. */
  static String sales(long year) {
    return "sales_fact_" + year;
  }

  /** Reads the tables named, in the order of the script. */
  static void read(Set<String> tables, Rows rows) throws IOException {
    InputStream script = FoodMart.class.getClassLoader().getResourceAsStream(SCRIPT);
    if (script == null) {
      throw new IOException("Expected " + SCRIPT + " on the class path, but it is not there.");
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(script, StandardCharsets.UTF_8), 1 << 16)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(INSERT)) {
          int end = line.indexOf('"', INSERT.length());
          String table = line.substring(INSERT.length(), end);
          if (tables.contains(table)) {
            rows.row(table, fields(line, end + VALUES.length()));
          }
        }
      }
    }
  }

  /** The values of a row: numbers, words, or text in single quotes with {@code ''} inside. */
  static List<String> fields(String line, int from) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = from; i < line.length() - 1; i++) {
      char c = line.charAt(i);
      if (c == '\'') {
        if (quoted && line.charAt(i + 1) == '\'') {
          field.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
