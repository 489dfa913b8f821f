package io.millrace.expression.library;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All entries of the library, as a reader knows them; read past its closed door. */
public final class ListedEntries {
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
    Set<Object> owners = Collections.newSetFromMap(new IdentityHashMap<>());
    owners.addAll(map(StandardLibrary.INSTANCE, "classes").values());
    owners.addAll(map(StandardLibrary.INSTANCE, "ofValues").values());
    List<Listed> all = new ArrayList<>();
    for (Object owner : owners) {
      String name = (String) value(owner, "name");
      add(all, owner, "methods", name, ".");
      add(all, owner, "fields", name, ".");
      add(all, owner, "statics", name, name + ".");
      add(all, owner, "staticFields", name, name + ".");
      add(all, owner, "constructors", name, "");
    }
    return all;
  }

  /** The names of all classes and types. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (String kind : List.of("classes", "declarable")) {
      map(StandardLibrary.INSTANCE, kind).keySet().forEach(name -> names.add((String) name));
    }
    return names;
  }

  private static void add(
      List<Listed> all, Object owner, String kind, String name, String beforeName) {
    boolean isField = kind.equals("fields") || kind.equals("staticFields");
    map(owner, kind)
        .forEach(
            (member, entries) -> {
              for (Object each : (List<?>) entries) {
                Entry entry = (Entry) each;
                String start = member.equals("new") ? "new " + name : beforeName + member;
                String signature = start + (isField ? "" : "(" + params(entry) + ")");
                all.add(new Listed(name, signature, entry.result().name(), entry));
              }
            });
  }

  private static String params(Entry entry) {
    int last = entry.arity() == Entry.Arity.VARIABLE ? entry.params().size() - 1 : -1;
    return IntStream.range(0, entry.params().size())
        .mapToObj(
            i -> entry.params().get(i).name().replace("_OR_", " or ") + (i == last ? "..." : ""))
        .collect(Collectors.joining(", "));
  }

  private static Map<?, ?> map(Object holder, String field) {
    return (Map<?, ?>) value(holder, field);
  }

  private static Object value(Object holder, String name) {
    try {
      Field field = holder.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return Objects.requireNonNull(field.get(holder));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Expected " + holder.getClass() + " to have " + name, e);
    }
  }
}
