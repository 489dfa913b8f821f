package io.millrace.param;

/** Where a param's value comes from: it is written down, or computed (Maestro semantics 4.2). */
public sealed interface ParamContent {
  /** A value as written; texts in it may hold {@code ${name}}, to be replaced when evaluated. */
  record Literal(ParamValue value) implements ParamContent {}

  /** The text of an expression. */
  record Computed(String expression) implements ParamContent {}
}
