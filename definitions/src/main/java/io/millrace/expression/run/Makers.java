package io.millrace.expression.run;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.Arrays;

/** Nodes that make arrays. */
final class Makers {
  private Makers() {}

  /** {@code new int[n]}: zeros, false or null. */
  static final class Empty extends Node {
    private final Node length;

    Empty(Position at, Type type, Node length) {
      super(at, type);
      this.length = length;
    }

    @Override
    Value run(Frame frame) {
      Value found = length.run(frame);
      frame.visit(at);
      if (!(found instanceof Value.Int count)) {
        throw new Failed(FailureCode.TYPE, Types.misfit(Type.LONG, found.type()));
      }
      if (count.value() < 0) {
        throw new Failed(
            FailureCode.VALUE,
            "Expected the length of an array to be at least 0, but it is " + count.value() + ".");
      }
      frame.meter().array(count.value());
      Value[] items = new Value[(int) count.value()];
      Arrays.fill(items, Types.initial(type.element()));
      return new Value.Array(type, items);
    }
  }

  /** {@code new int[]{1, 2}}. */
  static final class Filled extends Node {
    private final Node[] items;

    Filled(Position at, Type type, Node[] items) {
      super(at, type);
      this.items = items;
    }

    @Override
    Value run(Frame frame) {
      frame.visit(at);
      frame.meter().array(items.length);
      Value[] values = new Value[items.length];
      for (int i = 0; i < items.length; i++) {
        Value found = items[i].run(frame);
        frame.at = items[i].at;
        values[i] = Types.fit(type.element(), found);
      }
      return new Value.Array(type, values);
    }
  }
}
