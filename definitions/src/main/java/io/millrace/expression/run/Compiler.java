package io.millrace.expression.run;

import io.millrace.expression.Analysis;
import io.millrace.expression.Failure;
import io.millrace.expression.FailureCode;
import io.millrace.expression.NameTypes;
import io.millrace.expression.library.Library;
import io.millrace.expression.syntax.Position;
import io.millrace.expression.syntax.Program;
import io.millrace.expression.value.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a program ready to run, and says what is known of it without running it. */
public final class Compiler {
  private static final Comparator<Failure> BY_PLACE =
      Comparator.comparing(
          Failure::at, Comparator.comparingInt(Position::line).thenComparingInt(Position::column));

  private Compiler() {}

  /**
   * A program made ready.
   *
   * @param analysis with the types that {@code names} told
   */
  public record Compiled(Executable executable, Analysis analysis) {}

  public static Compiled compile(Program program, Library library, NameTypes names) {
    Set<String> untyped = new HashSet<>();
    Map<String, Set<Type>> declared = Map.of();
    while (true) {
      Variables variables = new Variables(names, untyped, declared);
      NodeCompiler nodes = new NodeCompiler(library, variables);
      StatementCompiler statements = new StatementCompiler(nodes);
      StatementCompiler.Compiled whole = statements.sequence(program.statements());
      if (!variables.isSettled()) {
        untyped.addAll(variables.conflicting());
        declared = variables.declared();
        continue;
      }
      List<Failure> failures = new ArrayList<>(nodes.findings().failures());
      failures.addAll(variables.unknown());
      Type result = result(statements.returned(), whole);
      if (!canLeave(result)) {
        failures.add(new Failure(FailureCode.NO_RESULT, noResult(result), program.end()));
      }
      failures.sort(BY_PLACE);
      return new Compiled(
          new Executable(whole.step(), variables.count(), program.end()),
          new Analysis(
              result,
              variables.free(),
              variables.assignedFirst(),
              nodes.findings().calls(),
              failures));
    }
  }

  private static Type result(List<Type> returned, StatementCompiler.Compiled whole) {
    List<Type> all = new ArrayList<>(returned);
    if (whole.completes()) {
      all.add(whole.value());
    }
    // Nothing returns and nothing completes: it throws or loops until a limit.
    return all.stream().reduce(Types::join).orElse(Type.ANY);
  }

  /** Whether values of a type may be the result of an expression. */
  static boolean canLeave(Type type) {
    return switch (type) {
      case ANY, STRING, LONG, DOUBLE, BOOLEAN -> true;
      case STRING_ARRAY, LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY, MAP -> true;
      case NULL,
          VOID,
          DATETIME,
          DATETIME_ZONE,
          DATETIME_FORMATTER,
          DATETIME_PROPERTY,
          DAYS,
          UUID,
          PARAMS ->
          false;
    };
  }

  static String noResult(Type type) {
    return type == Type.VOID
        ? "Expected the expression to give a value, but it gives none."
        : "Expected the expression to give a value that a parameter can hold, but it gives "
            + type
            + ".";
  }
}
