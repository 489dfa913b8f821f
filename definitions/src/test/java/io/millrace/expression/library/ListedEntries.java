package io.millrace.expression.library;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All entries of the library, as a reader knows them. */
public final class ListedEntries {
  private static final Table TABLE = (Table) StandardLibrary.INSTANCE;

  private ListedEntries() {}

  /**
   * One entry.
   *
   * @param owner its class, or the type of a value without one
   * @param signature {@code .substring(LONG)}, {@code Math.min(NUMBER, NUMBER)}, {@code new Map()}
   * @param result what it gives
   */
  public record Listed(String owner, String signature, String result, Library.Callable callable) {}

  /** The entries of every class. */
  public static List<Listed> all() {
    return TABLE.entries().stream().map(ListedEntries::listed).toList();
  }

  /** The names of all classes and types. */
  public static Set<String> names() {
    return TABLE.names();
  }

  private static Listed listed(Table.Member member) {
    Entry entry = member.entry();
    String signature =
        switch (member.kind()) {
          case METHOD -> "." + member.name() + params(entry);
          case FIELD -> "." + member.name();
          case STATIC_METHOD -> member.owner() + "." + member.name() + params(entry);
          case STATIC_FIELD -> member.owner() + "." + member.name();
          case CONSTRUCTOR -> "new " + member.owner() + params(entry);
        };
    return new Listed(member.owner(), signature, entry.result().name(), entry);
  }

  private static String params(Entry entry) {
    int last = entry.arity() == Entry.Arity.VARIABLE ? entry.params().size() - 1 : -1;
    return IntStream.range(0, entry.params().size())
        .mapToObj(
            i -> entry.params().get(i).name().replace("_OR_", " or ") + (i == last ? "..." : ""))
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
