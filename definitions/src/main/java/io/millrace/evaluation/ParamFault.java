package io.millrace.evaluation;

/** The stable codes of what can go wrong with a param at run time. */
public enum ParamFault {
  /** Its expression failed; the cause says how and where. */
  EXPRESSION,
  /** It names something that no scope provides. */
  UNKNOWN_NAME,
  /** It needs itself. */
  CYCLE,
  /** Its value does not fit its declared type. */
  TYPE,
  /** Its mode forbids the change. */
  MODE,
  /** It must be given a value, and has none. */
  REQUIRED,
  /** Its name belongs to the engine. */
  RESERVED,
  /** It, or all params together, are too large or too many. */
  LIMIT
}
