package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.param.ParamType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageTest {
  private static final String VALID =
      """
      {"properties": {"owner": "me"},
       "workflow": {"id": "w", "steps": [{"step": {"id": "a", "type": "NoOp"}}]}}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dance",
        "start",
        "start etl/7",
        "start etl -p day",
        "start etl -p =1",
        "start etl -p a=1 -p a=2",
        "start etl -p a=[1,\"x\"]",
        "start etl --timeout soon",
        "start etl --timeout 0s",
        "show etl/x",
        "watch etl",
        "stop",
        "stop etl/0:0",
        "stop etl --step load",
        "stop etl/7 --step=",
        "kill",
        "kill etl/x",
        "kill etl --step load",
        "restart",
        "restart etl",
        "restart etl/7 --policy SOMETIMES",
        "restart etl/7 --policy FROM_SPECIFIC",
        "restart etl/7 -p day",
        "restart etl/7 -p a=1 -p a=2",
        "skip etl/7",
        "skip etl --step load",
        "unblock",
        "unblock etl/7/per-shop/3",
        "timeline",
        "push",
        "push no-such-file.json",
        "validate",
        "validate no-such-file.json"
      })
  void shouldCallWrongUsageTwo(String line) {
    // when
    int status = execute(line.isEmpty() ? new String[0] : line.split(" "));

    // then
    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains(line.equals("dance") ? "'dance'" : "Usage: millrace");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "push",
        "start",
        "show",
        "watch",
        "timeline",
        "stop",
        "kill",
        "restart",
        "skip",
        "unblock",
        "validate",
        "eval",
        "simulate",
        "test",
        "--version"
      })
  void shouldExplainEveryVerb(String verb) {
    // when, then
    assertThat(execute(verb.startsWith("-") ? new String[] {verb} : new String[] {verb, "--help"}))
        .isZero();
    assertThat(out.toString()).isNotEmpty();
  }

  @Test
  void shouldNotReachASystemThatIsNotThere() throws IOException {
    // when
    int status = execute("show", "etl", "--json", "--brokers", "127.0.0.1:1", "--timeout", "300ms");

    // then
    assertThat(status).isEqualTo(ExitStatus.NOT_REACHED);
    assertThat(Output.mapper().readTree(out.toString()).at("/error/code").textValue())
        .isEqualTo("NOT_REACHED");
    assertThat(err.toString()).contains("Expected to reach Kafka at 127.0.0.1:1");
  }

  @Test
  void shouldNotReachAnythingWithAConfigThatIsNotThere() {
    // when, then
    assertThat(execute("--config", "no-such-file", "show", "etl"))
        .isEqualTo(ExitStatus.NOT_REACHED);
    assertThat(err.toString()).contains("no-such-file");
  }

  @Test
  void shouldAcceptAValidDefinition(@TempDir Path folder) throws IOException {
    // given
    String file = write(folder, VALID);

    // when, then
    assertThat(execute("validate", file)).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString()).isEqualTo(file + ": valid" + System.lineSeparator());
  }

  @Test
  void shouldTellProblemsAsTheInterfaceHasThem(@TempDir Path folder) throws IOException {
    // given
    String good = write(folder, VALID);
    String bad = write(folder, VALID.replace("{\"owner\": \"me\"}", "{}"));

    // when
    int status = execute("validate", "--json", good, bad);

    // then
    assertThat(status).isEqualTo(ExitStatus.NO);
    JsonNode problems = Output.mapper().readTree(out.toString());
    assertThat(problems).hasSize(1);
    JsonNode problem = problems.get(0);
    assertThat(problem.fieldNames())
        .toIterable()
        .containsExactly("file", "path", "severity", "code", "message", "line", "column");
    assertThat(problem.path("file").textValue()).isEqualTo(bad);
    assertThat(problem.path("severity").textValue()).isEqualTo("ERROR");
    assertThat(problem.path("code").textValue()).isEqualTo("MISSING");
    assertThat(problem.path("line").isInt()).isTrue();
    assertThat(problem.path("column").isInt()).isTrue();
  }

  @Test
  void shouldRefuseAnInvalidPushWithoutAskingAnyone(@TempDir Path folder) throws IOException {
    // given
    String bad = write(folder, "{");

    // when
    int status = execute("--json", "push", bad, "--brokers", "127.0.0.1:1");

    // then
    assertThat(status).isEqualTo(ExitStatus.NO);
    JsonNode answers = Output.mapper().readTree(out.toString());
    assertThat(answers.at("/0/file").textValue()).isEqualTo(bad);
    assertThat(answers.at("/0/type").textValue()).isEqualTo("REFUSED");
    assertThat(answers.at("/0/problems/0/code").textValue()).isEqualTo("SYNTAX");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "5|LONG",
        "-1.50|DOUBLE",
        "true|BOOLEAN",
        "[1,2]|LONG_ARRAY",
        "{\"a\":\"b\"}|STRING_MAP",
        "{\"type\":\"STRING\",\"value\":\"5\"}|STRING",
        "5th|STRING",
        "05|STRING",
        "null|STRING",
        "\"5\"|STRING",
        "[1,|STRING",
        "2026-01-01|STRING",
        "a=b|STRING"
      })
  void shouldReadParamsByTheirLook(String text, ParamType type) {
    // when, then
    assertThat(ParamText.parse(text).value().orElseThrow().type()).isEqualTo(type);
  }

  @Test
  void shouldKeepTextAsItIs() {
    // when, then
    assertThat(ParamText.show(ParamText.parse("\"5\" %s").value().orElseThrow().literal()))
        .isEqualTo("\"5\" %s");
    assertThat(ParamText.parse("").value()).isPresent();
  }

  @Test
  void shouldKnowWhichBrokersAreMeant() {
    // when, then
    assertThat(Link.brokers("a:1", "b:1", "c:1")).isEqualTo("a:1");
    assertThat(Link.brokers(null, "b:1", "c:1")).isEqualTo("b:1");
    assertThat(Link.brokers(null, null, "c:1")).isEqualTo("c:1");
    assertThat(Link.brokers(null, null, " ")).isEqualTo("127.0.0.1:9092");
  }

  private static String write(Path folder, String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "push", ".json"), text).toString();
  }

  private int execute(String... args) {
    return Millrace.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(Arrays.copyOf(args, args.length));
  }
}
