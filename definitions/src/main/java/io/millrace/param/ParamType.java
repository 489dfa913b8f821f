package io.millrace.param;

/** The ten types of a parameter (spec: Maestro semantics 4.1). */
public enum ParamType {
  STRING,
  LONG,
  DOUBLE,
  BOOLEAN,
  STRING_MAP,
  STRING_ARRAY,
  LONG_ARRAY,
  DOUBLE_ARRAY,
  BOOLEAN_ARRAY,
  MAP
}
