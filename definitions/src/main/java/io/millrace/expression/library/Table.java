package io.millrace.expression.library;

import io.millrace.expression.value.Type;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The table of all entries; filled once, read only afterwards. */
final class Table implements Library {
  private final Map<String, Owner> classes = new HashMap<>();
  private final Map<String, Type> declarable = new HashMap<>();
  private final Map<Type, Owner> ofValues = new EnumMap<>(Type.class);

  /** A class that has no values, e.g. {@code Math}. */
  Owner holder(String name) {
    Owner owner = new Owner(name);
    classes.put(name, owner);
    return owner;
  }

  /**
   * A class whose values are of {@code type}.
   *
   * @param names the first is the one messages use
   */
  Owner of(Type type, String... names) {
    Owner owner = holder(names[0]);
    ofValues.put(type, owner);
    for (String name : names) {
      classes.put(name, owner);
      declarable.put(name, type);
    }
    return owner;
  }

  /** What {@code int} is: a type, but no class. */
  void primitive(String name, Type type) {
    declarable.put(name, type);
  }

  /** Values without a class that could be named: arrays. */
  Owner nameless(Type type) {
    Owner owner = new Owner(type.name());
    ofValues.put(type, owner);
    return owner;
  }

  @Override
  public boolean hasClass(String name) {
    return classes.containsKey(name);
  }

  @Override
  public Optional<Type> declared(String name) {
    return Optional.ofNullable(declarable.get(name));
  }

  /** As in Java, a static method can be called on a value as well. */
  @Override
  public Optional<Callable> method(Type receiver, String name, int arguments) {
    Owner owner = ofValues.get(receiver);
    if (owner == null) {
      return Optional.empty();
    }
    return find(owner.methods, name, arguments).or(() -> find(owner.statics, name, arguments));
  }

  @Override
  public Optional<Callable> staticMethod(String owner, String name, int arguments) {
    return in(owner).flatMap(found -> find(found.statics, name, arguments));
  }

  @Override
  public Optional<Callable> constructor(String owner, int arguments) {
    return in(owner).flatMap(found -> find(found.constructors, "new", arguments));
  }

  @Override
  public Optional<Callable> field(Type receiver, String name) {
    Owner owner = ofValues.get(receiver);
    return owner == null ? Optional.empty() : find(owner.fields, name, 0);
  }

  @Override
  public Optional<Callable> staticField(String owner, String name) {
    return in(owner).flatMap(found -> find(found.staticFields, name, 0));
  }

  /** Every entry once, whatever other names its owner has. */
  List<Member> entries() {
    Set<Owner> owners = new LinkedHashSet<>(classes.values());
    owners.addAll(ofValues.values());
    List<Member> all = new ArrayList<>();
    for (Owner owner : owners) {
      owner.list(owner.methods, Kind.METHOD, all);
      owner.list(owner.fields, Kind.FIELD, all);
      owner.list(owner.statics, Kind.STATIC_METHOD, all);
      owner.list(owner.staticFields, Kind.STATIC_FIELD, all);
      owner.list(owner.constructors, Kind.CONSTRUCTOR, all);
    }
    return all;
  }

  /** The names of all classes and types, in alphabetical order. */
  Set<String> names() {
    Set<String> names = new TreeSet<>(classes.keySet());
    names.addAll(declarable.keySet());
    return names;
  }

  /** How an entry is reached. */
  enum Kind {
    METHOD,
    FIELD,
    STATIC_METHOD,
    STATIC_FIELD,
    CONSTRUCTOR
  }

  /**
   * An entry with its names.
   *
   * @param owner its class, or the type of a value without one
   */
  record Member(String owner, Kind kind, String name, Entry entry) {}

  private Optional<Owner> in(String owner) {
    return Optional.ofNullable(classes.get(owner));
  }

  private static Optional<Callable> find(
      Map<String, List<Entry>> entries, String name, int arguments) {
    for (Entry entry : entries.getOrDefault(name, List.of())) {
      if (entry.takes(arguments)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /** The entries of one class. */
  static final class Owner {
    private final String name;
    private final Map<String, List<Entry>> methods = new HashMap<>();
    private final Map<String, List<Entry>> statics = new HashMap<>();
    private final Map<String, List<Entry>> constructors = new HashMap<>();
    private final Map<String, List<Entry>> fields = new HashMap<>();
    private final Map<String, List<Entry>> staticFields = new HashMap<>();

    private Owner(String name) {
      this.name = name;
    }

    Owner method(String method, Type result, Entry.Body body, Param... params) {
      return add(methods, method, result, Entry.Arity.FIXED, body, params);
    }

    Owner statics(String method, Type result, Entry.Body body, Param... params) {
      return add(statics, method, result, Entry.Arity.FIXED, body, params);
    }

    /** The last parameter may stand any number of times. */
    Owner variable(String method, Type result, Entry.Body body, Param... params) {
      return add(statics, method, result, Entry.Arity.VARIABLE, body, params);
    }

    Owner constructor(Type result, Entry.Body body, Param... params) {
      return add(constructors, "new", result, Entry.Arity.FIXED, body, params);
    }

    Owner field(String field, Type result, Entry.Body body) {
      return add(fields, field, result, Entry.Arity.FIXED, body);
    }

    Owner staticField(String field, Type result, Entry.Body body) {
      return add(staticFields, field, result, Entry.Arity.FIXED, body);
    }

    private void list(Map<String, List<Entry>> entries, Kind kind, List<Member> into) {
      entries.forEach(
          (member, found) ->
              found.forEach(entry -> into.add(new Member(name, kind, member, entry))));
    }

    private Owner add(
        Map<String, List<Entry>> entries,
        String member,
        Type result,
        Entry.Arity arity,
        Entry.Body body,
        Param... params) {
      String label = member.equals("new") ? "new " + name : name + "." + member;
      entries
          .computeIfAbsent(member, any -> new ArrayList<>())
          .add(new Entry(label, result, List.of(params), arity, body));
      return this;
    }
  }
}
