package io.millrace.param;

/** Who may change a parameter and when, from the least to the most strict (Maestro 4.4). */
public enum ParamMode {
  MUTABLE,
  MUTABLE_ON_START_RESTART,
  MUTABLE_ON_START,
  IMMUTABLE,
  CONSTANT
}
