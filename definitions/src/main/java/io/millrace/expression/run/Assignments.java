package io.millrace.expression.run;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.syntax.Expr.BinaryOperator;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that change variables and the elements of arrays and maps.
 *
 * <p>A variable keeps the type of its first value; only a declaration gives it another. Null can't
 * be assigned (Maestro semantics 5.2).
 */
final class Assignments {
  private Assignments() {}

  static final class ToVariable extends Node {
    private final int slot;
    private final String name;
    private final @Nullable BinaryOperator operator;
    private final Node newValue;

    ToVariable(
        Position at,
        Type type,
        int slot,
        String name,
        @Nullable BinaryOperator operator,
        Node newValue) {
      super(at, type);
      this.slot = slot;
      this.name = name;
      this.operator = operator;
      this.newValue = newValue;
    }

    @Override
    Value run(Frame frame) {
      Value before = operator == null ? null : frame.read(slot, name, at);
      Value found = newValue.run(frame);
      frame.visit(at);
      if (operator != null && before != null) {
        found = Operators.apply(operator, before, found, frame.meter());
      }
      requireValue(found);
      Type type = frame.typeOf(slot, name);
      if (type == null || type == Type.ANY) {
        frame.write(slot, found.type(), found);
        return found;
      }
      Value fitting = Types.fit(type, found);
      frame.write(slot, type, fitting);
      return fitting;
    }
  }

  /** A variable of its own type, whatever the name held before. */
  static final class Declaration extends Node {
    private final int slot;
    private final @Nullable Node initial;

    Declaration(Position at, Type type, int slot, @Nullable Node initial) {
      super(at, type);
      this.slot = slot;
      this.initial = initial;
    }

    @Override
    Value run(Frame frame) {
      Value found = initial == null ? Types.initial(type) : initial.run(frame);
      frame.visit(at);
      Value fitting = initial == null ? found : Types.fit(type, found);
      frame.write(slot, type, fitting);
      return fitting;
    }
  }

  /** {@code array[i] = x} and {@code map['k'] = x}. */
  static final class ToElement extends Node {
    private final Node receiver;
    private final Node index;
    private final @Nullable BinaryOperator operator;
    private final Node newValue;

    ToElement(
        Position at,
        Type type,
        Node receiver,
        Node index,
        @Nullable BinaryOperator operator,
        Node newValue) {
      super(at, type);
      this.receiver = receiver;
      this.index = index;
      this.operator = operator;
      this.newValue = newValue;
    }

    @Override
    Value run(Frame frame) {
      Value held = receiver.run(frame);
      Value key = index.run(frame);
      Value before = operator == null ? null : Accesses.element(held, key, frame, at);
      Value found = newValue.run(frame);
      frame.visit(at);
      if (operator != null && before != null) {
        found = Operators.apply(operator, before, found, frame.meter());
      }
      if (held instanceof Value.Array array) {
        requireValue(found);
        Value fitting = Types.fit(array.type().element(), found);
        array.set(Accesses.position(array, key), fitting);
        return fitting;
      }
      if (held instanceof Value.Dict map) {
        String name = Accesses.key(key, frame);
        if (!map.entries().containsKey(name)) {
          frame.meter().entry(map.entries().size() + 1L);
        }
        requireValue(found);
        map.entries().put(name, found);
        return found;
      }
      throw new Failed(FailureCode.TYPE, Accesses.noElements(held.type()));
    }
  }

  private static void requireValue(Value found) {
    if (found == Value.Null.NULL || found == Value.Nothing.VOID || found == Value.Params.PARAMS) {
      throw new Failed(FailureCode.TYPE, notAssignable(found.type()));
    }
  }

  static String notAssignable(Type found) {
    return "Expected a value to assign, but it is " + found + ".";
  }
}
