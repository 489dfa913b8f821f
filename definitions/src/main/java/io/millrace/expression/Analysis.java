package io.millrace.expression;

import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an expression without evaluating it.
 *
 * @param result the type of its value, {@link Type#ANY} if only evaluation can tell
 * @param inputs the names it may read from its scope, in order, with the first place of each
 * @param assigned those of the inputs that are given a value before they are read; an expression
 *     can do without them
 * @param calls of functions of the {@code params} object, in order
 * @param failures what can't succeed if it is reached, in order of place; empty if nothing is wrong
 */
public record Analysis(
    Type result,
    Map<String, Position> inputs,
    Set<String> assigned,
    List<ParamsCall> calls,
    List<Failure> failures) {
  public Analysis {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    assigned = Set.copyOf(assigned);
    calls = List.copyOf(calls);
    failures = List.copyOf(failures);
  }

  /**
   * A call such as {@code params.getFromStep('s', 'p')} or {@code params['p']}.
   *
   * @param function its name; {@code get} for {@code params['p']} too
   * @param arguments those that are literal texts, {@code null} for each that is computed
   */
  public record ParamsCall(Position at, String function, List<@Nullable String> arguments) {
    public ParamsCall {
      arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
    }

    /** Whether every argument is known from the text. */
    public boolean isLiteral() {
      return !arguments.contains(null);
    }
  }
}
