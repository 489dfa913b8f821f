package io.millrace.evaluation;

/**
 * What a reader of a param should know of its value.
 *
 * @param message one sentence
 */
public record Note(Level level, String message) {
  /** How much it matters. */
  public enum Level {
    INFO,
    WARN
  }
}
