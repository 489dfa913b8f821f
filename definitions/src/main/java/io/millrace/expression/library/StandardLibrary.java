package io.millrace.expression.library;

/** The classes of the language (Maestro semantics 5.3, with deviations 3 and 5). */
public final class StandardLibrary {
  /** All of it, immutable. */
  public static final Library INSTANCE = make();

  private StandardLibrary() {}

  private static Library make() {
    Table table = new Table();
    StringEntries.fill(table);
    NumberEntries.fill(table);
    CollectionEntries.fill(table);
    DateTimeEntries.fill(table);
    FormatterEntries.fill(table);
    UtilEntries.fill(table);
    return table;
  }
}
