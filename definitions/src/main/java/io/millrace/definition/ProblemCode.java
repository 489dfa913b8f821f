package io.millrace.definition;

/** The stable codes of what can be wrong with a definition. */
public enum ProblemCode {
  /** The text is neither JSON nor YAML as far as they are read. */
  SYNTAX,
  /** The text is larger than {@link DefinitionLimits#maxTextBytes()}. */
  TOO_LARGE,
  /** A field is missing that must be there. */
  MISSING,
  /** A field has a value of the wrong JSON type. */
  WRONG_TYPE,
  /** A field of the right type has a value that is not allowed. */
  BAD_VALUE,
  /** A field that no object of this kind has. */
  UNKNOWN_FIELD,
  /** A part of the definition language that this release cannot run yet. */
  NOT_SUPPORTED_YET,
  /** A name or id that breaks the rules for names. */
  BAD_NAME,
  /** An id or name used twice where it must be unique. */
  DUPLICATE,
  /** A successor or predecessor that is not a step of the same level. */
  UNKNOWN_STEP,
  /** Steps that wait for each other. */
  CYCLE,
  /** A count or length beyond its limit. */
  LIMIT,
  /** The text of an expression is none. */
  EXPRESSION_SYNTAX,
  /** An expression uses a class, method, constructor or field that there is not. */
  UNKNOWN_METHOD,
  /** An expression has, or its result is, a value of a type that can't fit. */
  EXPRESSION_TYPE,
  /** A name, or a param of a step, that nothing in scope provides. */
  UNKNOWN_NAME,
  /** A name of a step, param or field that is computed where it must be known. */
  COMPUTED_NAME,
  /** A param of a step that need not be over when it is read. Only a warning. */
  NOT_UPSTREAM,
  /** What only a run can tell. Only a warning. */
  UNRESOLVED
}
