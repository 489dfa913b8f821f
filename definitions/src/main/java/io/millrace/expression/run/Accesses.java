package io.millrace.expression.run;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.library.Library;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Nodes that reach into values and call the library. */
final class Accesses {
  private Accesses() {}

  /** A call, a constructor or a field of a class: found before anything runs. */
  static final class OfClass extends Node {
    private final Library.Callable callable;
    private final Node[] arguments;

    OfClass(Position at, Library.Callable callable, Node[] arguments) {
      super(at, callable.result());
      this.callable = callable;
      this.arguments = arguments;
    }

    @Override
    Value run(Frame frame) {
      List<Value> values = values(arguments, frame);
      frame.visit(at);
      return callable.call(Value.Nothing.VOID, values, frame);
    }
  }

  /** A call or field of a value, found by the type it turns out to have. */
  static final class OfValue extends Node {
    private final Node receiver;
    private final String name;
    private final Map<Type, Library.Callable> byType;
    private final Node @Nullable [] arguments;

    /**
     * @param byType those of the types that have such a member
     * @param arguments null for a field
     */
    OfValue(
        Position at,
        Type type,
        Node receiver,
        String name,
        Map<Type, Library.Callable> byType,
        Node @Nullable [] arguments) {
      super(at, type);
      this.receiver = receiver;
      this.name = name;
      this.byType = byType;
      this.arguments = arguments;
    }

    @Override
    Value run(Frame frame) {
      Value held = receiver.run(frame);
      if (isRefused()) {
        throw missing(held);
      }
      List<Value> values = arguments == null ? List.of() : values(arguments, frame);
      frame.visit(at);
      Library.Callable callable = byType.get(held.type());
      if (callable == null) {
        throw missing(held);
      }
      return callable.call(held, values, frame);
    }

    private Failed missing(Value held) {
      int count = arguments == null ? -1 : arguments.length;
      return new Failed(FailureCode.UNKNOWN_METHOD, noMember(held.type(), name, count), at);
    }

    @Override
    boolean isRefused() {
      return byType.isEmpty();
    }
  }

  /**
   * @param arguments -1 for a field
   */
  static String noMember(Type type, String name, int arguments) {
    String member = arguments < 0 ? "field" : "method";
    String count = arguments < 0 ? "" : " with " + arguments + " arguments";
    return type == Type.ANY
        ? "Expected a %s, but nothing has one named '%s'%s.".formatted(member, name, count)
        : "Expected a %s of %s, but it has no '%s'%s.".formatted(member, type, name, count);
  }

  /** {@code array[0]}, {@code map['key']}. */
  static final class Element extends Node {
    private final Node receiver;
    private final Node index;

    Element(Position at, Type type, Node receiver, Node index) {
      super(at, type);
      this.receiver = receiver;
      this.index = index;
    }

    @Override
    Value run(Frame frame) {
      Value held = receiver.run(frame);
      Value key = index.run(frame);
      frame.visit(at);
      return element(held, key, frame, at);
    }
  }

  static Value element(Value held, Value key, Frame frame, Position at) {
    if (held instanceof Value.Array array) {
      return array.get(position(array, key));
    }
    if (held instanceof Value.Dict map) {
      Value found = map.entries().get(key(key, frame));
      return found == null ? Value.Null.NULL : found;
    }
    if (held == Value.Params.PARAMS) {
      return frame.scope().find(key(key)).orElse(Value.Null.NULL);
    }
    throw new Failed(FailureCode.TYPE, noElements(held.type()), at);
  }

  static String noElements(Type type) {
    return "Expected an array or a map before '[', but it is " + type + ".";
  }

  /** The index that {@code key} is of {@code array}. */
  static int position(Value.Array array, Value key) {
    if (!(key instanceof Value.Int index)) {
      throw new Failed(
          FailureCode.TYPE, "Expected the index to be a LONG, but it is " + key.type() + ".");
    }
    if (index.value() < 0 || index.value() >= array.length()) {
      throw new Failed(
          FailureCode.INDEX,
          "Expected an index from 0 to %d, but it is %d."
              .formatted(array.length() - 1, index.value()));
    }
    return (int) index.value();
  }

  /** A key that is about to be looked up, which reads it. */
  static String key(Value key, Frame frame) {
    String text = key(key);
    frame.meter().read(text.length());
    return text;
  }

  private static String key(Value key) {
    if (key instanceof Value.Text text) {
      return text.value();
    }
    throw new Failed(
        FailureCode.TYPE, "Expected the key to be a STRING, but it is " + key.type() + ".");
  }

  /** A function of the {@code params} object. */
  static final class OfParams extends Node {
    private final ParamsFunction function;
    private final Node[] arguments;

    OfParams(Position at, ParamsFunction function, Node[] arguments) {
      super(at, function.result());
      this.function = function;
      this.arguments = arguments;
    }

    @Override
    Value run(Frame frame) {
      List<Value> values = values(arguments, frame);
      frame.visit(at);
      for (int i = 0; i < values.size(); i++) {
        if (i < function.texts()) {
          key(values.get(i));
        }
      }
      return switch (function) {
        case GET -> frame.scope().find(key(values.get(0))).orElse(Value.Null.NULL);
        case CONTAINS_KEY -> Value.Bool.of(frame.scope().find(key(values.get(0))).isPresent());
        case NEXT_UNIQUE_ID,
            GET_EXECUTION_ENVIRONMENT,
            GET_FROM_INSTANCE,
            GET_FROM_STEP,
            GET_FROM_FOREACH,
            GET_FROM_SUBWORKFLOW,
            GET_FROM_SIGNAL,
            GET_FROM_SIGNAL_OR_DEFAULT,
            GET_FROM_SIGNAL_DEPENDENCY ->
            frame.functions().call(function.text(), values);
      };
    }
  }

  private static List<Value> values(Node[] nodes, Frame frame) {
    Value[] values = new Value[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      values[i] = nodes[i].run(frame);
      if (values[i] == Value.Nothing.VOID || values[i] == Value.Params.PARAMS) {
        throw new Failed(
            FailureCode.TYPE,
            "Expected a value as argument, but it is " + values[i].type() + ".",
            nodes[i].at);
      }
    }
    return List.of(values);
  }
}
