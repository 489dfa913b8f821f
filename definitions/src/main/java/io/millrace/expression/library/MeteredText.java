package io.millrace.expression.library;

import io.millrace.expression.Meter;

/** A text that a pattern is matched against: each character read is paid for. */
final class MeteredText implements CharSequence {
  /** What one visit pays for: so many states of the pattern, at one character. */
  private static final int STATES_A_VISIT = 8;

  private final String text;
  private final long states;
  private final Meter meter;
  private long unpaid;

  /**
   * @param states of the pattern, each of which may have to look at each character
   */
  MeteredText(String text, long states, Meter meter) {
    this.text = text;
    this.states = states;
    this.meter = meter;
  }

  @Override
  public char charAt(int index) {
    // a step of the matcher costs something even if one state is left
    unpaid += states + STATES_A_VISIT;
    if (unpaid >= STATES_A_VISIT) {
      meter.visits(unpaid / STATES_A_VISIT);
      unpaid %= STATES_A_VISIT;
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
