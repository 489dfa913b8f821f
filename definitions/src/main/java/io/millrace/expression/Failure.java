package io.millrace.expression;

import io.millrace.expression.syntax.Position;

/**
 * Why an expression has no value, and where in its text.
 *
 * @param message "Expected ..., but ..."
 */
public record Failure(FailureCode code, String message, Position at) {}
