package io.millrace.expression;

import io.millrace.expression.library.Library;
import io.millrace.expression.library.StandardLibrary;
import io.millrace.expression.run.Compiler;
import io.millrace.expression.run.Executable;
import io.millrace.expression.syntax.Expr;
import io.millrace.expression.syntax.ExpressionParser;
import io.millrace.expression.syntax.Parsed;
import io.millrace.expression.syntax.Program;
import io.millrace.expression.syntax.Statement;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An expression, compiled: immutable, and safe to be shared by threads. Nothing here throws for
 * what a text says; a text that is no expression is one that always fails.
 */
public final class Expression {
  private static final Library LIBRARY = StandardLibrary.INSTANCE;
  private static final long MILLIS_OF_DAY = 86_400_000;

  private final String text;
  private final ExpressionLimits limits;
  private final @Nullable Executable executable;
  private final Analysis analysis;

  private Expression(
      String text, ExpressionLimits limits, @Nullable Executable executable, Analysis analysis) {
    this.text = text;
    this.limits = limits;
    this.executable = executable;
    this.analysis = analysis;
  }

  /** Compiles {@code text} with the default limits. */
  public static Expression compile(String text) {
    return compile(text, ExpressionLimits.DEFAULT);
  }

  public static Expression compile(String text, ExpressionLimits limits) {
    Parsed parsed = new ExpressionParser(limits).parse(text);
    if (parsed instanceof Parsed.Tree tree) {
      Compiler.Compiled compiled = Compiler.compile(tree.program(), LIBRARY, NameTypes.UNKNOWN);
      return new Expression(text, limits, compiled.executable(), compiled.analysis());
    }
    Failure failure = ((Parsed.NotAnExpression) parsed).failure();
    return new Expression(text, limits, null, failed(failure));
  }

  /**
   * What is counted by a text that is nothing but a call of {@code Util.intsBetween} or {@code
   * Util.dateIntsBetween}. Empty for every other text.
   */
  public static Optional<Range> range(String text, ExpressionLimits limits) {
    if (!(new ExpressionParser(limits).parse(text) instanceof Parsed.Tree tree)
        || tree.program().statements().size() != 1) {
      return Optional.empty();
    }
    Statement only = tree.program().statements().get(0);
    @Nullable Expr value =
        only instanceof Statement.Return returned
            ? returned.value()
            : only instanceof Statement.Evaluate evaluated ? evaluated.expression() : null;
    if (!(value instanceof Expr.Call call)
        || !(call.receiver() instanceof Expr.Name holder)
        || !holder.name().equals("Util")
        || call.arguments().size() != 3) {
      return Optional.empty();
    }
    boolean ofDays = call.method().equals("dateIntsBetween");
    if (!ofDays && !call.method().equals("intsBetween")) {
      return Optional.empty();
    }
    List<Expr> numbers =
        ofDays
            ? List.of(
                day(call, call.arguments().get(0)),
                day(call, call.arguments().get(1)),
                call.arguments().get(2))
            : call.arguments();
    Statement bounds =
        new Statement.Evaluate(only.at(), new Expr.ArrayOf(call.at(), "long", numbers));
    Program program = new Program(List.of(bounds), tree.program().end());
    Compiler.Compiled compiled = Compiler.compile(program, LIBRARY, NameTypes.UNKNOWN);
    return Optional.of(
        new Range(
            new Expression(text, limits, compiled.executable(), compiled.analysis()), ofDays));
  }

  /** A date int as the number of the day since 1970. */
  private static Expr day(Expr.Call range, Expr dateInt) {
    return new Expr.Binary(
        range.at(),
        Expr.BinaryOperator.DIVIDE,
        new Expr.Call(range.at(), range.receiver(), "dateIntToTs", List.of(dateInt)),
        new Expr.Literal(range.at(), new Value.Int(MILLIS_OF_DAY)));
  }

  /**
   * Numbers or days that can be counted without being listed.
   *
   * @param bounds gives first, end (exclusive) and step as an array of three numbers
   * @param ofDays whether first and end are days since 1970; with a negative step the days are
   *     those from the end to the first, backwards
   */
  public record Range(Expression bounds, boolean ofDays) {}

  private static Analysis failed(Failure failure) {
    return new Analysis(Type.ANY, Map.of(), Set.of(), List.of(), List.of(failure));
  }

  /**
   * What is known of {@code text} when {@code names} are in scope; for those who do not evaluate
   * it, and cheaper than to compile it first.
   */
  public static Analysis check(String text, NameTypes names) {
    Parsed parsed = new ExpressionParser(ExpressionLimits.DEFAULT).parse(text);
    return parsed instanceof Parsed.Tree tree
        ? Compiler.compile(tree.program(), LIBRARY, names).analysis()
        : failed(((Parsed.NotAnExpression) parsed).failure());
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** What is known without knowing the names it reads. */
  public Analysis analysis() {
    return analysis;
  }

  /**
   * Evaluates it; the same arguments give the same outcome, and nothing but what {@code scope}
   * handed out changes.
   */
  public Outcome evaluate(Scope scope, Surroundings surroundings) {
    return evaluate(scope, surroundings, new Meter(limits));
  }

  /** As {@link #evaluate(Scope, Surroundings)}, on a meter that others draw on as well. */
  public Outcome evaluate(Scope scope, Surroundings surroundings, Meter meter) {
    return executable == null
        ? new Outcome.NoResult(analysis.failures().get(0))
        : executable.run(scope, surroundings, meter);
  }
}
