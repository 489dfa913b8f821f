package io.millrace.worker.example.retail;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Compares the warehouse's daily totals with the source's and says so; exit 1 if they differ. */
@Command(
    name = "retail-report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints the daily totals of source and warehouse; exit 1 if they differ.")
public final class RetailReport implements Callable<Integer> {
  private static final long[] YEARS = {1997, 1998};

  @Mixin private WarehouseOption warehouse = new WarehouseOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] args) {
    System.exit(new CommandLine(new RetailReport()).execute(args));
  }

  @Override
  public Integer call() throws IOException, SQLException {
    PrintWriter out = spec.commandLine().getOut();
    Warehouse target = warehouse.open();
    boolean equal = true;
    out.println("year  from        days      sales        store sales     store cost   daily");
    for (long year : YEARS) {
      DailyTotals source = DailyTotals.ofSource(year);
      DailyTotals loaded = target.totals(year);
      SortedSet<LocalDate> wrong = source.differences(loaded);
      out.println(line(year, "source", source, ""));
      out.println(
          line(
              year,
              "warehouse",
              loaded,
              wrong.isEmpty() ? "equal" : wrong.size() + " days differ, first " + wrong.first()));
      equal &= wrong.isEmpty();
    }
    out.flush();
    return equal ? 0 : 1;
  }

  private static String line(long year, String from, DailyTotals totals, String verdict) {
    Totals sum = totals.sum();
    return String.format(
            Locale.ROOT,
            "%d  %-10s %5d %10d %18s %14s   %s",
            year,
            from,
            totals.days().size(),
            sum.count(),
            sum.sales().setScale(4).toPlainString(),
            sum.cost().setScale(4).toPlainString(),
            verdict)
        .stripTrailing();
  }
}
