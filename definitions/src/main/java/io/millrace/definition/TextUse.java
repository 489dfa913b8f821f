package io.millrace.definition;

import io.millrace.param.ParamType;
import org.jspecify.annotations.Nullable;

/**
 * A text of a definition that is evaluated in a run: an expression, or text with interpolations. It
 * is checked when all of the definition is known.
 *
 * @param place where it begins
 * @param text as the author meant it, without quotes and escapes
 * @param purpose what it is for, which says what it may read
 * @param result what it must give
 * @param param the param it is the value of; null if it is no param's
 */
record TextUse(
    Place place,
    String text,
    Form form,
    Purpose purpose,
    ParamType result,
    @Nullable String param) {

  /** How the text is to be understood. */
  enum Form {
    EXPRESSION,
    /** Literal text with {@code $name} or <code>${name}</code> in it (Maestro semantics 4.3). */
    INTERPOLATED
  }

  /** What a text is for; says which names it may read (Maestro semantics 4.5). */
  enum Purpose {
    /** A param of a workflow or step: its own params, those around it, and steps before it. */
    PARAM,
    /** A condition of a successor: as a param, and the step itself, which is over by then. */
    SUCCESSOR,
    /** The condition of a while loop: as a param, and the loop params of now. */
    LOOP,
    /** A timeout: params of the workflow alone. */
    SETTING,
    /** A retry policy: as a setting, but at run time the default policy stands in for it. */
    RETRY,
    /** An alert address: as a setting, but it stays as it is if it can't be evaluated. */
    ALERT,
    /** A signal dependency: as a param, without the step's own ones, not evaluated yet. */
    DEPENDENCY,
    /** A signal output: as a param, and all own ones are evaluated. */
    OUTPUT,
    /** A signal trigger: its own params and its signals; there is no run yet. */
    TRIGGER
  }
}
