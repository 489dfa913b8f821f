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

final class ValidateTest {
  private static final String FAULTY =
      """
      workflow:
        id: daily
        owner: me
        jobs:
          - job:
              id: extract
              type: Spark
              '!rows<long>': "7 + rowz"
              transition:
                - IF rows > 0 THEN load
          - job:
              id: load
              type: Spark
      """;
  private static final String WARNED =
      """
      workflow:
        id: daily
        owner: me
        jobs:
          - job:
              id: extract
              type: Spark
              retry_policy: {error_retry_limit: "${retries}"}
      """;

  private static final String SCHEDULED =
      """
      workflow:
        id: daily
        owner: me
        time_triggers: [{type: CRON, cron: "0 6 * * *"}]
        jobs:
          - job: {id: extract, type: Spark}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void shouldPointAtThePlaceInAYamlFile() throws IOException {
    // when
    int status = execute("validate", file("faulty.yaml", FAULTY));

    // then
    assertThat(status).isEqualTo(ExitStatus.NO);
    assertThat(out.toString().lines())
        .anyMatch(
            line -> line.contains("faulty.yaml:8:29: ERROR UNKNOWN_NAME at $.workflow.jobs[0]"))
        .anyMatch(line -> line.endsWith("'!rows<long>': \"7 + rowz\""))
        .anyMatch(line -> line.strip().equals("^"));
  }

  @Test
  void shouldTakeADefinitionThatIsOnlyWarnedOf() throws IOException {
    // when
    int status = execute("validate", file("warned.yaml", WARNED));

    // then
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString()).contains("WARNING UNRESOLVED").contains("warned.yaml: valid");
  }

  @Test
  void shouldTakeWhatCanNotBeRunYetThoughAPushRefusesIt() throws IOException {
    // given
    String scheduled = file("scheduled.yaml", SCHEDULED);

    // when, then
    assertThat(execute("validate", scheduled)).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString()).doesNotContain("NOT_SUPPORTED_YET");
    assertThat(execute("push", scheduled, "--brokers", "127.0.0.1:1")).isEqualTo(ExitStatus.NO);
    assertThat(out.toString()).contains("scheduled.yaml:4:3: ERROR NOT_SUPPORTED_YET");
  }

  @Test
  void shouldPrintTheProblemsOfAllFilesAsTheInterfaceHasThem() throws IOException {
    // given
    String faulty = file("faulty.yaml", FAULTY);
    String warned = file("warned.yaml", WARNED);

    // when
    int status = execute("validate", "--json", faulty, warned);

    // then
    JsonNode problems = Output.mapper().readTree(out.toString());
    assertThat(status).isEqualTo(ExitStatus.NO);
    assertThat(problems).hasSize(2);
    assertThat(problems.get(0).fieldNames())
        .toIterable()
        .containsExactly("file", "path", "severity", "code", "message", "line", "column");
    assertThat(problems.get(0).path("file").textValue()).isEqualTo(faulty);
    assertThat(problems.get(0).path("line").intValue()).isEqualTo(8);
    assertThat(problems.get(1).path("severity").textValue()).isEqualTo("WARNING");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int execute(String... arguments) {
    return Millrace.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
