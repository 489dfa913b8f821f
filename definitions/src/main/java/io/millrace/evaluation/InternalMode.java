package io.millrace.evaluation;

import io.millrace.param.ParamMode;

/** What the engine's own schemas say of a param, besides its mode (Maestro semantics 4.4). */
public enum InternalMode {
  /** May be left without a value, and is then no param at all. */
  OPTIONAL,
  /** Must be given one. */
  REQUIRED,
  /** Has one, which may be changed. */
  PROVIDED,
  /** Has one, which nobody but the engine may change. */
  RESERVED;

  /** The mode of such a param, unless its schema names another. */
  public ParamMode mode() {
    return switch (this) {
      case OPTIONAL, REQUIRED, PROVIDED -> ParamMode.MUTABLE;
      case RESERVED -> ParamMode.CONSTANT;
    };
  }
}
