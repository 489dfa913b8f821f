package io.millrace.expression.run;

import io.millrace.expression.Analysis.ParamsCall;
import io.millrace.expression.Failure;
import io.millrace.expression.FailureCode;
import io.millrace.expression.syntax.Expr;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What compiling one expression finds out, in the order of its text. */
final class Findings {
  private final List<Failure> failures = new ArrayList<>();
  private final List<ParamsCall> calls = new ArrayList<>();

  List<Failure> failures() {
    return failures;
  }

  List<ParamsCall> calls() {
    return calls;
  }

  /** Notes what can't succeed; gives the node that fails if it is reached all the same. */
  Node refuse(Position at, FailureCode code, String message) {
    failures.add(new Failure(code, message, at));
    return new Operations.Refused(at, code, message);
  }

  Node mistyped(Position at, String message) {
    return refuse(at, FailureCode.TYPE, message);
  }

  /** Notes a call on {@code params}, with those of its arguments that are literal texts. */
  void call(Position at, String function, List<Expr> arguments) {
    List<@Nullable String> literals = new ArrayList<>();
    for (Expr argument : arguments) {
      boolean text =
          argument instanceof Expr.Literal literal && literal.value() instanceof Value.Text;
      literals.add(text ? ((Expr.Literal) argument).value().text() : null);
    }
    calls.add(new ParamsCall(at, function, Collections.unmodifiableList(literals)));
  }
}
