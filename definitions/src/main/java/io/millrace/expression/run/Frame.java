package io.millrace.expression.run;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.Meter;
import io.millrace.expression.ParamFunctions;
import io.millrace.expression.Scope;
import io.millrace.expression.Surroundings;
import io.millrace.expression.library.CallContext;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The state of one evaluation: variables, what is used up, and where it is. */
final class Frame implements CallContext {
  private final Scope scope;
  private final Surroundings surroundings;
  private final Meter meter;
  private final @Nullable Value[] values;
  private final Type[] types;
  private @Nullable Draws draws;

  /** The place a failure is at unless it is known better. */
  Position at;

  /** What the last statement gave. */
  Value value = Value.Nothing.VOID;

  Frame(Scope scope, Surroundings surroundings, Meter meter, int variables, Position start) {
    this.scope = scope;
    this.surroundings = surroundings;
    this.meter = meter;
    this.values = new @Nullable Value[variables];
    this.types = new Type[variables];
    this.at = start;
  }

  /** To be called by each node before it acts, and again after its operands did. */
  void visit(Position place) {
    at = place;
    meter.visit();
  }

  /** The value of a variable; an input is taken from the scope when it is first asked for. */
  Value read(int slot, String name, Position place) {
    Value held = values[slot];
    if (held == null) {
      held = input(slot, name);
      if (held == null) {
        throw new Failed(FailureCode.UNKNOWN_NAME, Variables.unknownName(name), place);
      }
    }
    return held;
  }

  private @Nullable Value input(int slot, String name) {
    Value found = scope.find(name).orElse(null);
    if (found != null) {
      values[slot] = found;
      types[slot] = found.type() == Type.NULL ? Type.ANY : found.type();
    }
    return found;
  }

  /** What a variable can hold; null if there is no such variable yet. */
  @Nullable Type typeOf(int slot, String name) {
    if (values[slot] == null) {
      input(slot, name);
    }
    return values[slot] == null ? null : types[slot];
  }

  void write(int slot, Type type, Value newValue) {
    types[slot] = type;
    values[slot] = newValue;
  }

  Scope scope() {
    return scope;
  }

  ParamFunctions functions() {
    return surroundings.functions();
  }

  @Override
  public Meter meter() {
    return meter;
  }

  @Override
  public long now() {
    return surroundings.now();
  }

  @Override
  public double nextRandom() {
    return draws().nextFraction();
  }

  @Override
  public UUID nextUuid() {
    return draws().nextUuid();
  }

  private Draws draws() {
    Draws made = draws;
    if (made == null) {
      made = new Draws(surroundings.seed());
      draws = made;
    }
    return made;
  }
}
