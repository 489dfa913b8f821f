package io.millrace.engine.run;

/** The text of most conditions, which needs no evaluation. */
final class ConditionText {
  private ConditionText() {}

  static boolean isAlways(String text) {
    return text.strip().equals("true");
  }
}
