package io.millrace.expression.run;

import io.millrace.expression.Failure;
import io.millrace.expression.FailureCode;
import io.millrace.expression.NameTypes;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of one program: which slot each has, what it holds as far as the text tells, and which
 * are inputs.
 *
 * <p>There is one flat scope (Maestro semantics 5.2). A name that the text gives values of
 * different types is of no known type from its first line on, because a loop may come back there:
 * {@link #isSettled} is then false, and the program is compiled again with what was learned.
 */
final class Variables {
  private final NameTypes inputs;
  private final Set<String> untyped;
  private final Map<String, Set<Type>> declaredBefore;
  private final Set<String> conflicting = new HashSet<>();
  private final Map<String, Set<Type>> declared = new HashMap<>();
  private final Map<String, Type> certain = new HashMap<>();
  private final Map<String, Integer> slots = new HashMap<>();
  private final Map<String, Type> types = new HashMap<>();
  private final Set<String> assigned = new HashSet<>();
  private final Map<String, Position> free = new LinkedHashMap<>();
  private final Set<String> assignedFirst = new HashSet<>();
  private final Map<String, Position> unknown = new LinkedHashMap<>();
  private int choices;

  /**
   * @param untyped names that an earlier compilation found to be of different types
   * @param declaredBefore what types it found names to be declared as
   */
  Variables(NameTypes inputs, Set<String> untyped, Map<String, Set<Type>> declaredBefore) {
    this.inputs = inputs;
    this.untyped = untyped;
    this.declaredBefore = declaredBefore;
  }

  int slot(String name) {
    return slots.computeIfAbsent(name, any -> slots.size());
  }

  int count() {
    return slots.size();
  }

  /** The type of a name that is read here. */
  Type read(String name, Position at) {
    Type known = types.get(name);
    if (known != null) {
      return untyped.contains(name) ? Type.ANY : known;
    }
    free.putIfAbsent(name, at);
    Type input = inputs.typeOf(name).orElse(null);
    if (input == null) {
      unknown.putIfAbsent(name, at);
      return Type.ANY;
    }
    types.put(name, input);
    return untyped.contains(name) ? Type.ANY : input;
  }

  /** The type of an input that is given another value here. */
  Type replaced(String name, Position at) {
    if (!free.containsKey(name)) {
      assignedFirst.add(name);
    }
    return read(name, at);
  }

  /** The name was given a value of this type, for the first time or again. */
  void assign(String name, Type type) {
    boolean first = assigned.add(name);
    if (first && choices == 0) {
      certain.put(name, inputs.typeOf(name).orElse(type));
    }
    Type before = types.putIfAbsent(name, type);
    boolean widened = before == Type.DOUBLE && type == Type.LONG;
    if (before != null && before != type && !widened) {
      conflicting.add(name);
    }
  }

  /** The name was declared as of this type. */
  void declare(String name, Type type) {
    declared.computeIfAbsent(name, any -> new HashSet<>()).add(type);
    assign(name, type);
    if (choices == 0) {
      certain.put(name, type);
    }
  }

  /** What follows may be left out, or be done again, until {@link #endChoice}. */
  void beginChoice() {
    choices++;
  }

  void endChoice() {
    choices--;
  }

  /**
   * The type that the variable is sure to have when it is assigned to here: it was given it where
   * nothing chooses, and no declaration, which another pass of a loop may reach first, gives it
   * another. {@link Type#ANY} if that is not sure, and always when a program is compiled first.
   */
  Type held(String name) {
    Type held = certain.getOrDefault(name, Type.ANY);
    boolean keeps = Set.of(held).containsAll(declaredBefore.getOrDefault(name, Set.of()));
    return untyped.contains(name) && keeps ? held : Type.ANY;
  }

  /**
   * The type of what an assignment gives: a LONG that is assigned to a DOUBLE becomes one, and of a
   * name of no known type only a run can tell.
   */
  Type given(String name, Type assigned) {
    boolean maybeDouble = types.get(name) == Type.DOUBLE || untyped.contains(name);
    return assigned == Type.LONG && maybeDouble ? Type.ANY : assigned;
  }

  /** The type of an input the text has not replaced. */
  boolean isInput(String name) {
    return !assigned.contains(name) && inputs.typeOf(name).isPresent();
  }

  /** Whether nothing provides the name, and the text has given it no value so far. */
  boolean isUnknown(String name) {
    return unknown.containsKey(name) && !assigned.contains(name);
  }

  /** Whether every name has been read as what it turned out to be. */
  boolean isSettled() {
    return untyped.containsAll(conflicting);
  }

  Set<String> conflicting() {
    return Set.copyOf(conflicting);
  }

  Map<String, Set<Type>> declared() {
    return declared;
  }

  /** Names read before the text gives them a value, in order, with the first place of each. */
  Map<String, Position> free() {
    return free;
  }

  /** Those of {@link #free} that are given a value before they are read. */
  Set<String> assignedFirst() {
    return assignedFirst;
  }

  /** A failure for each name that nothing provides. */
  List<Failure> unknown() {
    List<Failure> failures = new ArrayList<>();
    unknown.forEach(
        (name, at) -> {
          if (!assigned.contains(name)) {
            failures.add(new Failure(FailureCode.UNKNOWN_NAME, unknownName(name), at));
          }
        });
    return failures;
  }

  static String unknownName(String name) {
    return "Expected '" + name + "' to be a variable or a parameter in scope, but it is neither.";
  }
}
