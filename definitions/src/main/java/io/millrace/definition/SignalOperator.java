package io.millrace.definition;

import java.util.Arrays;
import java.util.Optional;

/**
 * How the param of a signal compares with the value that is looked for: LONG with LONG, and STRING
 * with STRING by its characters; other pairs never match (Maestro semantics 7.2).
 */
public enum SignalOperator {
  EQUAL("="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">=");

  private final String sign;

  SignalOperator(String sign) {
    this.sign = sign;
  }

  /** As definitions write it. */
  public String sign() {
    return sign;
  }

  /** Whether more than one value fits. */
  public boolean isRange() {
    return this != EQUAL;
  }

  /** The operator that definitions write as {@code sign}. */
  static Optional<SignalOperator> of(String sign) {
    return Arrays.stream(values()).filter(operator -> operator.sign.equals(sign)).findFirst();
  }
}
