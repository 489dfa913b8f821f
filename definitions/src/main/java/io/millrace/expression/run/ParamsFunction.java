package io.millrace.expression.run;

import io.millrace.expression.value.Type;
import java.util.Optional;

/** The functions of the {@code params} object (Maestro semantics 4.6); arguments are texts. */
enum ParamsFunction {
  GET("get", 1, 1, Type.ANY),
  CONTAINS_KEY("containsKey", 1, 1, Type.BOOLEAN),
  NEXT_UNIQUE_ID("nextUniqueId", 0, 0, Type.LONG),
  GET_EXECUTION_ENVIRONMENT("getExecutionEnvironment", 0, 0, Type.STRING),
  GET_FROM_INSTANCE("getFromInstance", 1, 1, Type.ANY),
  GET_FROM_STEP("getFromStep", 1, 2, Type.ANY),
  GET_FROM_FOREACH("getFromForeach", 3, 3, Type.ANY),
  GET_FROM_SUBWORKFLOW("getFromSubworkflow", 3, 3, Type.ANY),
  GET_FROM_SIGNAL("getFromSignal", 1, 2, Type.ANY),
  /** The third argument, the default, may be anything. */
  GET_FROM_SIGNAL_OR_DEFAULT("getFromSignalOrDefault", 3, 3, Type.ANY),
  GET_FROM_SIGNAL_DEPENDENCY("getFromSignalDependency", 2, 2, Type.ANY);

  private final String text;
  private final int least;
  private final int most;
  private final Type result;

  ParamsFunction(String text, int least, int most, Type result) {
    this.text = text;
    this.least = least;
    this.most = most;
    this.result = result;
  }

  /** As written. */
  String text() {
    return text;
  }

  Type result() {
    return result;
  }

  /** How many arguments, from the first, must be texts. */
  int texts() {
    return this == GET_FROM_SIGNAL_OR_DEFAULT ? 2 : most;
  }

  static Optional<ParamsFunction> find(String text, int arguments) {
    for (ParamsFunction function : values()) {
      if (function.text.equals(text) && arguments >= function.least && arguments <= function.most) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }
}
