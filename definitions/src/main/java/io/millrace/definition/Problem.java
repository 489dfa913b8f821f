package io.millrace.definition;

/**
 * One thing wrong with a definition, with its place in the text.
 *
 * @param code stable, e.g. {@code UNKNOWN_SUCCESSOR}; see {@link ProblemCode}
 * @param path where in the document, e.g. {@code $.workflow.steps[2].step.transition}
 * @param message "Expected ..., but ..."
 * @param line from 1
 * @param column from 1
 */
public record Problem(
    Severity severity, ProblemCode code, String path, String message, int line, int column) {
  /** Whether the push is refused. */
  public enum Severity {
    ERROR,
    WARNING
  }
}
