package io.millrace.worker.example.retail;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.param.ParamValue;
import io.millrace.protocol.Report.Failure;
import io.millrace.worker.TaskContext;
import io.millrace.worker.TaskFixture;
import io.millrace.worker.TaskResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RetailStepsTest {
  @TempDir Path folder;

  private Warehouse warehouse;
  private RetailSteps steps;

  @BeforeEach
  void openWarehouse() {
    warehouse = Warehouse.inFolder(folder);
    steps = new RetailSteps(folder.resolve("staging"), warehouse);
  }

  @Test
  void shouldBringEverySaleIntoTheWarehouse() throws Exception {
    // when
    runAll(1997);
    runAll(1998);

    // then
    assertThat(steps.check(context("retail-check", 1997, 1)))
        .isEqualTo(
            TaskResult.succeeded(
                Map.of(
                    "days", new ParamValue.Int(323),
                    "sales", new ParamValue.Text("565238.1300"))));
    assertThat(warehouse.totals(1997).sum().count()).isEqualTo(86_837);
    assertThat(warehouse.totals(1998).sum().count()).isEqualTo(164_558);
    assertThat(DailyTotals.ofSource(1998).differences(warehouse.totals(1998))).isEmpty();
    StringWriter printed = new StringWriter();
    assertThat(report(printed)).isZero();
    assertThat(printed.toString()).contains("86837", "164558", "equal").doesNotContain("differ");
  }

  @Test
  void shouldChangeNothingWhenLoadedAgain() throws Exception {
    // given
    runAll(1997);
    DailyTotals before = warehouse.totals(1997);

    // when
    steps.load(context("retail-load", 1997, 2));

    // then
    assertThat(warehouse.totals(1997)).isEqualTo(before);
  }

  @Test
  void shouldDropRowsThatTheSourceNoLongerHas() throws Exception {
    // given
    warehouse.load(1997, List.of(row("1997-03-01", "1"), row("1997-03-02", "2")).iterator());
    warehouse.load(1998, List.of(row("1998-03-01", "4")).iterator());

    // when
    warehouse.load(1997, List.of(row("1997-03-01", "8")).iterator());

    // then
    assertThat(warehouse.totals(1997).sum().sales()).isEqualByComparingTo(new BigDecimal(8));
    assertThat(warehouse.totals(1998).sum().sales()).isEqualByComparingTo(new BigDecimal(4));
  }

  @Test
  void shouldFailTheSameWayInTheSameAttempt() throws Exception {
    // when
    TaskResult first = steps.extract(extract(1, "PLATFORM", "USER"));
    TaskResult firstAgain = steps.extract(extract(1, "PLATFORM", "USER"));
    TaskResult second = steps.extract(extract(2, "PLATFORM", "USER"));
    TaskResult third = steps.extract(extract(3, "PLATFORM", "USER"));

    // then
    assertThat(first).isEqualTo(firstAgain);
    assertThat(((TaskResult.Failed) first).failure()).isEqualTo(Failure.PLATFORM);
    assertThat(((TaskResult.Failed) second).failure()).isEqualTo(Failure.USER);
    assertThat(third).isEqualTo(TaskResult.succeeded(Map.of("rows", new ParamValue.Int(86_837))));
  }

  @Test
  void shouldLeaveNoHalfWrittenFileUnderItsName() throws Exception {
    // when
    steps.extract(extract(1, "USER"));

    // then
    assertThat(Files.exists(folder.resolve("staging/uuid-1/1997/sales.csv"))).isFalse();
  }

  @Test
  void shouldSayWhichDaysDiffer() throws Exception {
    // given
    warehouse.load(1997, List.of(row("1997-03-01", "1")).iterator());

    // when
    TaskResult result = steps.check(context("retail-check", 1997, 1));

    // then
    assertThat(((TaskResult.Failed) result).message()).contains("323 days differ, first 1997-01-0");
    assertThat(((TaskResult.Failed) result).retryable()).isFalse();
    assertThat(report(new StringWriter())).isEqualTo(1);
  }

  @Test
  void shouldSetAsideSalesThatCannotBeExplained() throws Exception {
    // given
    TaskContext task = context("retail-clean", 1997, 1);
    Path files = Files.createDirectories(folder.resolve("staging/uuid-1/1997"));
    Files.writeString(files.resolve("products.csv"), "7,70\n");
    Files.writeString(files.resolve("stores.csv"), "3,3\n");
    Files.writeString(files.resolve("days.csv"), "367,1997-01-01 00:00:00.0\n");
    Files.writeString(
        files.resolve("sales.csv"),
        """
        7,367,1,0,3,1.5,0.5,2
        8,367,1,0,3,1.5,0.5,2
        7,368,1,0,3,1.5,0.5,2
        7,367,1,0,4,1.5,0.5,2
        7,367,1,0,3,0.0,0.5,2
        """);

    // when
    TaskResult result = steps.clean(task);

    // then
    assertThat(result)
        .isEqualTo(
            TaskResult.succeeded(
                Map.of("rows", new ParamValue.Int(1), "rejected", new ParamValue.Int(4))));
    assertThat(Files.readAllLines(files.resolve("clean.csv")))
        .containsExactly("1997-01-01,3,70,1.5,0.5,2");
    assertThat(Files.readAllLines(files.resolve("rejected.csv")))
        .extracting(line -> line.split(",", -1)[0])
        .containsExactly("unknown product", "unknown day", "unknown store", "no price");
  }

  @Test
  void shouldReadQuotedTextOfTheSource() {
    assertThat(FoodMart.fields("(1,'O''Neil, Inc','',NULL,2.5)", 1))
        .containsExactly("1", "O'Neil, Inc", "", "NULL", "2.5");
  }

  private void runAll(long year) throws Exception {
    steps.extract(context("retail-extract", year, 1));
    steps.clean(context("retail-clean", year, 1));
    steps.aggregate(context("retail-aggregate", year, 1));
    steps.load(context("retail-load", year, 1));
  }

  private int report(StringWriter out) {
    return new CommandLine(new RetailReport())
        .setOut(new PrintWriter(out, true))
        .execute("--warehouse", folder.toString());
  }

  private static List<String> row(String day, String sales) {
    return List.of(day, "1", "1", sales, "0.5", "1", "1");
  }

  private static TaskContext extract(long attempt, String... faults) {
    Map<String, ParamValue> params = new TreeMap<>();
    params.put("year", new ParamValue.Int(1997));
    params.put("faults", new ParamValue.StringArray(List.of(faults)));
    return TaskFixture.context(
        TaskFixture.task("wf/1:1/x@" + attempt + "#0", "retail-extract", attempt, params));
  }

  private static TaskContext context(String queue, long year, long attempt) {
    return TaskFixture.context(
        TaskFixture.task(
            "wf/1:1/x@" + attempt + "#0",
            queue,
            attempt,
            Map.of(
                "year",
                new ParamValue.Int(year),
                "faults",
                new ParamValue.StringArray(List.of()))));
  }
}
