package io.millrace.expression.library;

import io.millrace.expression.Failed;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * All that expressions can call: looked up by owner, name and number of arguments, before
 * evaluation and during it.
 */
public interface Library {
  /** Whether {@code name} is a class: for {@code new}, static methods and fields. */
  boolean hasClass(String name);

  /** The type of variables declared as {@code name}; empty if it cannot be declared. */
  Optional<Type> declared(String name);

  /** A method of values of {@code receiver}. */
  Optional<Callable> method(Type receiver, String name, int arguments);

  /** A method of a class, e.g. {@code Math.min}. */
  Optional<Callable> staticMethod(String owner, String name, int arguments);

  /** A constructor. */
  Optional<Callable> constructor(String owner, int arguments);

  /** A field of values of {@code receiver}, e.g. an array's {@code length}; takes no argument. */
  Optional<Callable> field(Type receiver, String name);

  /** A field of a class, e.g. {@code DateTimeZone.UTC}; takes no argument. */
  Optional<Callable> staticField(String owner, String name);

  /** One entry of the table. */
  interface Callable {
    /** {@code String.substring}, as messages name it. */
    String label();

    /** What it gives, {@link Type#ANY} if that depends on the arguments. */
    Type result();

    /** Why a value of this type can't be its argument number {@code argument}, from 0. */
    Optional<String> misfit(int argument, Type type);

    /**
     * Calls it.
     *
     * @param receiver {@link Value.Nothing} for what is static
     * @throws Failed if receiver and arguments do not fit, or a limit is reached
     */
    Value call(Value receiver, List<Value> arguments, CallContext context);
  }
}
