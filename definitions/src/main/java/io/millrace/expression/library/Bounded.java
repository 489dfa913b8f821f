package io.millrace.expression.library;

import io.millrace.expression.Meter;

/** A text being made piece by piece; each piece is paid for before it is added. */
final class Bounded {
  private final StringBuilder text = new StringBuilder();
  private final Meter meter;

  Bounded(Meter meter) {
    this.meter = meter;
  }

  Bounded append(CharSequence from, int start, int end) {
    meter.more(text.length(), end - start);
    text.append(from, start, end);
    return this;
  }

  Bounded append(String piece) {
    return append(piece, 0, piece.length());
  }

  String text() {
    return text.toString();
  }
}
