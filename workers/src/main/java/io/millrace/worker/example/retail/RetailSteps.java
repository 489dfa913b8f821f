package io.millrace.worker.example.retail;

import io.millrace.param.ParamValue;
import io.millrace.protocol.Report.Failure;
import io.millrace.worker.TaskContext;
import io.millrace.worker.TaskResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The five kinds of steps. Each takes a LONG param {@code year}, reads files of the steps before it
 * and writes its own; each may be run again at any time and leaves the same.
 */
final class RetailSteps {
  private static final int PROGRESS_ROWS = 10_000;

  private static final String SALES = "sales.csv";
  private static final String PRODUCTS = "products.csv";
  private static final String STORES = "stores.csv";
  private static final String DAYS = "days.csv";
  private static final String CLEAN = "clean.csv";
  private static final String REJECTED = "rejected.csv";
  private static final String DAILY = "daily.csv";

  private final Path staging;
  private final Warehouse warehouse;

  RetailSteps(Path staging, Warehouse warehouse) {
    this.staging = staging;
    this.warehouse = warehouse;
  }

  /**
   * Copies a year's sales and what explains them out of the source.
   *
   * <p>The STRING_ARRAY param {@code faults} makes attempts fail on purpose, half-way: attempt 1
   * with the first kind of failure, attempt 2 with the second, and so on.
   */
  TaskResult extract(TaskContext task) throws IOException, InterruptedException {
    Staging files = Staging.of(staging, task.task(), task.integer("year"));
    String sales = FoodMart.sales(task.integer("year"));
    Map<String, List<List<String>>> small = new HashMap<>();
    long[] rows = {0};
    try {
      files.write(
          SALES,
          out ->
              FoodMart.read(
                  Set.of(sales, "product", "store", "time_by_day"),
                  (table, fields) -> {
                    if (!table.equals(sales)) {
                      small.computeIfAbsent(table, t -> new ArrayList<>()).add(fields);
                      return;
                    }
                    out.line(fields.toArray());
                    rows[0]++;
                    if (rows[0] % PROGRESS_ROWS == 0) {
                      task.progress(0.5, rows[0] + " rows of " + sales);
                      breakOnPurpose(task, rows[0]);
                    }
                  }));
    } catch (SourceFault fault) {
      task.log(fault.message());
      return TaskResult.failed(fault.kind(), fault.message());
    }
    writeColumns(files, PRODUCTS, small.getOrDefault("product", List.of()), 1, 0);
    writeColumns(files, STORES, small.getOrDefault("store", List.of()), 0, 0);
    writeColumns(files, DAYS, small.getOrDefault("time_by_day", List.of()), 0, 1);
    task.link(files.path(SALES).toUri().toString());
    return rows(rows[0]);
  }

  /** Gives each sale its day, store and class of product; sets aside what has none, or no price. */
  TaskResult clean(TaskContext task) throws IOException, InterruptedException {
    Staging files = Staging.of(staging, task.task(), task.integer("year"));
    Map<String, String> classes = map(files, PRODUCTS);
    Map<String, String> days = map(files, DAYS);
    Set<String> stores = new HashSet<>(map(files, STORES).keySet());
    long[] counts = {0, 0};
    files.write(
        REJECTED,
        rejected ->
            files.write(
                CLEAN,
                clean -> {
                  try (Stream<List<String>> sales = files.read(SALES)) {
                    for (List<String> sale : (Iterable<List<String>>) sales::iterator) {
                      String productClass = classes.get(sale.get(0));
                      String day = days.get(sale.get(1));
                      String reason = whyRejected(productClass, day, stores, sale);
                      if (reason == null && productClass != null && day != null) {
                        clean.line(
                            day.substring(0, 10),
                            sale.get(4),
                            productClass,
                            sale.get(5),
                            sale.get(6),
                            sale.get(7));
                        counts[0]++;
                      } else {
                        rejected.line(String.valueOf(reason), String.join(" ", sale));
                        counts[1]++;
                      }
                    }
                  }
                }));
    task.log(counts[0] + " sales kept, " + counts[1] + " set aside");
    return TaskResult.succeeded(
        Map.of("rows", new ParamValue.Int(counts[0]), "rejected", new ParamValue.Int(counts[1])));
  }

  /** Adds up by day, store and class of product. */
  TaskResult aggregate(TaskContext task) throws IOException, InterruptedException {
    Staging files = Staging.of(staging, task.task(), task.integer("year"));
    Map<String, Totals> groups = new TreeMap<>();
    try (Stream<List<String>> sales = files.read(CLEAN)) {
      sales.forEach(
          sale ->
              groups.merge(
                  String.join(",", sale.subList(0, 3)),
                  new Totals(
                      new BigDecimal(sale.get(3)),
                      new BigDecimal(sale.get(4)),
                      new BigDecimal(sale.get(5)),
                      1),
                  Totals::plus));
    }
    files.write(
        DAILY,
        out -> {
          for (Map.Entry<String, Totals> group : groups.entrySet()) {
            Totals totals = group.getValue();
            out.line(group.getKey(), totals.sales(), totals.cost(), totals.units(), totals.count());
          }
        });
    return rows(groups.size());
  }

  /** Brings the year into the warehouse. */
  TaskResult load(TaskContext task) throws IOException, SQLException {
    long year = task.integer("year");
    Staging files = Staging.of(staging, task.task(), year);
    try (Stream<List<String>> rows = files.read(DAILY)) {
      warehouse.load(year, rows.iterator());
    }
    task.log("loaded into " + warehouse.url());
    return TaskResult.succeeded();
  }

  /** Compares the warehouse with the source, day by day. */
  TaskResult check(TaskContext task) throws IOException, SQLException {
    long year = task.integer("year");
    DailyTotals source = DailyTotals.ofSource(year);
    DailyTotals loaded = warehouse.totals(year);
    SortedSet<LocalDate> wrong = source.differences(loaded);
    if (!wrong.isEmpty()) {
      return TaskResult.failedForGood(
          Failure.USER,
          "Expected the warehouse's totals of "
              + year
              + " to equal the source's, but "
              + wrong.size()
              + " days differ, first "
              + wrong.first()
              + ".");
    }
    return TaskResult.succeeded(
        Map.of(
            "days", new ParamValue.Int(loaded.days().size()),
            "sales", new ParamValue.Text(loaded.sum().sales().toPlainString())));
  }

  private static @Nullable String whyRejected(
      @Nullable String productClass, @Nullable String day, Set<String> stores, List<String> sale) {
    if (productClass == null) {
      return "unknown product";
    }
    if (day == null) {
      return "unknown day";
    }
    if (!stores.contains(sale.get(4))) {
      return "unknown store";
    }
    return new BigDecimal(sale.get(5)).signum() <= 0 ? "no price" : null;
  }

  private static void breakOnPurpose(TaskContext task, long rows) throws SourceFault {
    List<String> faults =
        task.param("faults") instanceof ParamValue.StringArray list ? list.value() : List.of();
    long attempt = task.task().attempt();
    if (attempt <= faults.size()) {
      throw new SourceFault(
          Failure.valueOf(faults.get((int) attempt - 1)),
          "Expected the source to send all rows, but it hung up after "
              + rows
              + " (deliberate fault of attempt "
              + attempt
              + ").");
    }
  }

  private static TaskResult rows(long count) {
    return TaskResult.succeeded(Map.of("rows", new ParamValue.Int(count)));
  }

  private static void writeColumns(
      Staging files, String name, List<List<String>> rows, int key, int value)
      throws IOException, InterruptedException {
    files.write(
        name,
        out -> {
          for (List<String> row : rows) {
            out.line(row.get(key), row.get(value));
          }
        });
  }

  private static Map<String, String> map(Staging files, String name) throws IOException {
    Map<String, String> entries = new HashMap<>();
    try (Stream<List<String>> lines = files.read(name)) {
      lines.forEach(line -> entries.put(line.get(0), line.get(1)));
    }
    return entries;
  }

  /** The source breaks off, because the definition asked for it. */
  private static final class SourceFault extends IOException {
    private static final long serialVersionUID = 1;
    private final Failure kind;
    private final String message;

    SourceFault(Failure kind, String message) {
      super(message);
      this.kind = kind;
      this.message = message;
    }

    Failure kind() {
      return kind;
    }

    String message() {
      return message;
    }
  }
}
