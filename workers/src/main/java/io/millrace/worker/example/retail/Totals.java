package io.millrace.worker.example.retail;

import java.math.BigDecimal;

/** What was sold: money taken, money paid, units, and how many sales it was. */
record Totals(BigDecimal sales, BigDecimal cost, BigDecimal units, long count) {
  static final Totals NONE = new Totals(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, 0);

  Totals plus(Totals more) {
    return new Totals(
        sales.add(more.sales), cost.add(more.cost), units.add(more.units), count + more.count);
  }

  /** Equal amounts, however many zeros they are written with. */
  boolean sameAs(Totals other) {
    return sales.compareTo(other.sales) == 0
        && cost.compareTo(other.cost) == 0
        && units.compareTo(other.units) == 0
        && count == other.count;
  }
}
