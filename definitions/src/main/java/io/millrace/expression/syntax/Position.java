package io.millrace.expression.syntax;

/**
 * A place in the text of an expression.
 *
 * @param line from 1
 * @param column from 1, in UTF-16 units
 */
public record Position(int line, int column) {}
