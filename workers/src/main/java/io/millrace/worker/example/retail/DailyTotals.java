package io.millrace.worker.example.retail;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Totals for each day of a year. */
record DailyTotals(SortedMap<LocalDate, Totals> days) {

  /** Straight from the source, by another way than the steps take: this is what they must equal. */
  static DailyTotals ofSource(long year) throws IOException {
    Map<String, Totals> byTimeId = new HashMap<>();
    Map<String, LocalDate> dates = new HashMap<>();
    FoodMart.read(
        Set.of(FoodMart.sales(year), "time_by_day"),
        (table, fields) -> {
          if (table.equals("time_by_day")) {
            dates.put(fields.get(0), LocalDate.parse(fields.get(1).substring(0, 10)));
          } else {
            byTimeId.merge(
                fields.get(1),
                new Totals(
                    new BigDecimal(fields.get(5)),
                    new BigDecimal(fields.get(6)),
                    new BigDecimal(fields.get(7)),
                    1),
                Totals::plus);
          }
        });
    SortedMap<LocalDate, Totals> days = new TreeMap<>();
    for (Map.Entry<String, Totals> entry : byTimeId.entrySet()) {
      LocalDate date = dates.get(entry.getKey());
      if (date == null) {
        throw new IOException(
            "Expected time_by_day to have time_id " + entry.getKey() + ", but it does not.");
      }
      days.put(date, entry.getValue());
    }
    return new DailyTotals(days);
  }

  Totals sum() {
    return days.values().stream().reduce(Totals.NONE, Totals::plus);
  }

  /** The days whose totals are not the same in both. */
  SortedSet<LocalDate> differences(DailyTotals other) {
    SortedSet<LocalDate> all = new TreeSet<>(days.keySet());
    all.addAll(other.days.keySet());
    all.removeIf(
        day ->
            days.getOrDefault(day, Totals.NONE).sameAs(other.days.getOrDefault(day, Totals.NONE)));
    return all;
  }
}
