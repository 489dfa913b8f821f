package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvalTest {
  private static final String BATCH =
      """
      {"params": {"n": 10}, "cases": [
        {"id": 7, "expression": "n + 5"},
        {"id": "bad", "expression": "n +\\nnobody"}]}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldPrintTheValue() {
    // when, then
    assertThat(execute("eval", "1 + 2 * 3")).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString().trim()).isEqualTo("7");
  }

  @Test
  void shouldPrintTheResultAsTheInterfaceHasIt(@TempDir Path folder) throws IOException {
    // given
    String params = write(folder, "{\"n\": 10}");

    // when, then
    assertThat(execute("eval", "--json", "--params", params, "n + 5")).isEqualTo(ExitStatus.DONE);
    assertThat(json()).isEqualTo(Output.mapper().readTree("{\"type\":\"LONG\",\"value\":\"15\"}"));
  }

  @Test
  void shouldShowWhereItFails() {
    // when, then
    assertThat(execute("eval", "x = 1; return x / 0;")).isEqualTo(ExitStatus.NO);
    assertThat((out.toString() + err).lines())
        .anyMatch(line -> line.contains("line 1, column ") && line.contains("DIVISION_BY_ZERO"))
        .anyMatch(line -> line.strip().equals("x = 1; return x / 0;"))
        .anyMatch(line -> line.strip().equals("^"));
  }

  @Test
  void shouldPrintTheErrorAsTheInterfaceHasIt() throws IOException {
    // when, then
    assertThat(execute("eval", "--json", "1 +")).isEqualTo(ExitStatus.NO);
    assertThat(json().path("error").fieldNames())
        .toIterable()
        .containsExactly("code", "message", "line", "column");
    assertThat(json().at("/error/code").textValue()).isEqualTo("SYNTAX");
  }

  @Test
  void shouldEvaluateABatchWhateverFails(@TempDir Path folder) throws IOException {
    // when, then
    assertThat(execute("eval", "--batch", write(folder, BATCH))).isEqualTo(ExitStatus.DONE);
    assertThat(json()).hasSize(2);
    assertThat(json().at("/0"))
        .isEqualTo(Output.mapper().readTree("{\"id\":7,\"type\":\"LONG\",\"value\":\"15\"}"));
    assertThat(json().at("/1/id").textValue()).isEqualTo("bad");
    assertThat(json().at("/1/error/code").textValue()).isEqualTo("UNKNOWN_NAME");
    assertThat(json().at("/1/error/line").intValue()).isEqualTo(2);
  }

  @Test
  void shouldRefuseWhatIsNoBatch(@TempDir Path folder) throws IOException {
    // given
    String batch = write(folder, BATCH);

    // when, then
    assertThat(execute("eval")).isEqualTo(ExitStatus.USAGE);
    assertThat(execute("eval", "--batch", batch, "1")).isEqualTo(ExitStatus.USAGE);
    assertThat(execute("eval", "--batch", batch, "--params", batch)).isEqualTo(ExitStatus.USAGE);
    assertThat(execute("eval", "--batch", write(folder, "{}"))).isEqualTo(ExitStatus.USAGE);
    assertThat(execute("eval", "--batch", write(folder, "{\"cases\": [{\"id\": 1}]}")))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(execute("eval", "--batch", write(folder, "{"))).isEqualTo(ExitStatus.USAGE);
    assertThat(execute("eval", "--params", write(folder, "[]"), "1")).isEqualTo(ExitStatus.USAGE);
    assertThat(out.toString()).isEmpty();
  }

  private JsonNode json() throws IOException {
    return Output.mapper().readTree(out.toString());
  }

  private static String write(Path folder, String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "eval", ".json"), text).toString();
  }

  private int execute(String... args) {
    return Millrace.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }
}
