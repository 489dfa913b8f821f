package io.millrace.expression.syntax;

import java.util.List;

/**
 * A whole expression: statements, of which the last gives the result unless one returns before.
 *
 * @param end where the text ends
 */
public record Program(List<Statement> statements, Position end) {
  public Program {
    statements = List.copyOf(statements);
  }
}
