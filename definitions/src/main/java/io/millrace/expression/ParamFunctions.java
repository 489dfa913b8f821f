package io.millrace.expression;

import io.millrace.expression.value.Value;
import java.util.List;

/**
 * The functions on the {@code params} object (Maestro semantics 4.6): the engine has them, a check
 * has none. {@code get}, {@code containsKey} and {@code ['name']} are not among them: they read the
 * {@link Scope}.
 */
@FunctionalInterface
public interface ParamFunctions {
  /** None can be called. */
  ParamFunctions NONE =
      (name, arguments) -> {
        throw new Failed(
            FailureCode.FUNCTION,
            "Expected params." + name + " to be called within a run, but there is none here.");
      };

  /**
   * Calls a function that exists with so many arguments.
   *
   * @throws Failed if it cannot answer
   */
  Value call(String name, List<Value> arguments);
}
