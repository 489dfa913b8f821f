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

final class SimulateTest {
  private static final String FLOW =
      """
      workflow:
        id: w
        owner: me
        run_strategy: PARALLEL
        jobs:
          - job: {id: a, type: Spark, params: {rows: 0, m: {x: 1, y: {z: text}}}, transition: [b]}
          - job: {id: b, type: Sleep, sleep_seconds: 16}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void shouldPrintOneRunAsTheInterfaceHasIt() throws IOException {
    // when
    int status = execute("simulate", "--json", file("w.yaml", FLOW));

    // then
    JsonNode run = json();
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(run.fieldNames())
        .toIterable()
        .containsExactly(
            "workflow_id",
            "instance_id",
            "run_id",
            "status",
            "elapsed_ms",
            "steps",
            "leaf_counts",
            "children",
            "signals",
            "events");
    assertThat(run.path("workflow_id").textValue()).isEqualTo("w");
    assertThat(run.path("instance_id").intValue()).isEqualTo(1);
    assertThat(run.path("run_id").intValue()).isEqualTo(1);
    assertThat(run.path("elapsed_ms").intValue()).isEqualTo(16_000);
    assertThat(run.at("/steps/b").fieldNames())
        .toIterable()
        .containsExactly("status", "attempts", "started_ms", "ended_ms", "waiting_for", "params");
    assertThat(run.at("/steps/b/ended_ms").intValue()).isEqualTo(16_000);
    assertThat(run.at("/steps/a/params"))
        .isEqualTo(Output.mapper().readTree("{\"rows\":0,\"m\":{\"x\":1,\"y\":{\"z\":\"text\"}}}"));
    assertThat(run.at("/steps/b/params/sleep_seconds").intValue()).isEqualTo(16);
    assertThat(run.path("leaf_counts")).isEqualTo(Output.mapper().readTree("{\"SUCCEEDED\":2}"));
    assertThat(run.path("children")).isEmpty();
    assertThat(run.path("signals")).isEmpty();
    assertThat(run.path("events")).isNotEmpty();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void shouldPrintAllRunsIfThereAreSeveralOrNoneWasNamed() throws IOException {
    // given
    String flow = file("w.yaml", FLOW);

    // when, then
    assertThat(
            execute(
                "simulate",
                "--json",
                "--scenario",
                file("s.yaml", "starts: [{at: 1s, workflow: w}]\nsteps: {a: [{fail: FATAL}]}"),
                flow))
        .isEqualTo(ExitStatus.NO);
    assertThat(json().path("runs").findValuesAsText("status")).startsWith("FAILED");
    assertThat(json().path("runs")).hasSize(2);
    out.getBuffer().setLength(0);
    assertThat(
            execute(
                "simulate",
                "--json",
                "--scenario",
                file("t.yaml", "start: false\nstarts: [{at: 1s, workflow: w}]"),
                flow))
        .isEqualTo(ExitStatus.DONE);
    assertThat(json().path("runs")).hasSize(1);
  }

  @Test
  void shouldShowTheStepsToPeople() throws IOException {
    // when
    int status = execute("simulate", file("w.yaml", FLOW));

    // then
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString().lines())
        .contains(
            "w/1:1  SUCCEEDED  took 16.0 s",
            "leaf steps: 2 SUCCEEDED",
            "STEP  STATUS     ATTEMPTS  STARTED  ENDED    NOTE",
            "a     SUCCEEDED  1         +0.000   +0.000",
            "b     SUCCEEDED  1         +0.000   +16.000");
  }

  @Test
  void shouldStartTheNamedWorkflowWithParamsUntilATime() throws IOException {
    // given
    String flow = file("w.yaml", FLOW);
    String other = file("v.yaml", FLOW.replace("id: w", "id: v"));

    // when
    int status =
        execute(
            "simulate",
            "--json",
            "--start",
            "w",
            "--params",
            file("p.json", "{\"day\": 20260101}"),
            "--until",
            "10 seconds",
            "--seed",
            "7",
            "--all",
            flow,
            other);

    // then
    assertThat(status).isEqualTo(ExitStatus.NO);
    assertThat(json().path("workflow_id").textValue()).isEqualTo("w");
    assertThat(json().path("status").textValue()).isEqualTo("IN_PROGRESS");
    assertThat(json().path("elapsed_ms").isNull()).isTrue();
    assertThat(json().at("/steps/b/waiting_for").textValue())
        .isEqualTo("It sleeps until 2026-01-01T00:00:16Z.");
    assertThat(json().path("events").toString()).contains("simulation-7-");
  }

  @Test
  void shouldAnswerNoToAnInvalidDefinitionWithItsProblems() throws IOException {
    // given
    String bad = file("bad.yaml", FLOW.replace("owner: me", "x: y"));

    // when
    int status = execute("simulate", "--json", bad);

    // then
    assertThat(status).isEqualTo(ExitStatus.NO);
    assertThat(json().at("/error/code").textValue()).isEqualTo("INVALID_DEFINITION");
    assertThat(json().path("problems").findValuesAsText("code")).containsExactly("MISSING");
    assertThat(json().at("/problems/0").fieldNames())
        .toIterable()
        .containsExactly("file", "path", "severity", "code", "message", "line", "column");
    assertThat(json().at("/problems/0/file").textValue()).isEqualTo(bad);
    assertThat(err.toString()).contains("bad.yaml:", "ERROR MISSING");
  }

  @Test
  void shouldCallAnUnreadableScenarioWrongUsageWithACaret() throws IOException {
    // given
    String flow = file("w.yaml", FLOW);

    // when, then
    assertThat(execute("simulate", "--scenario", file("s.yaml", "steps: {a: [{fail: X}]}"), flow))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString().lines())
        .anyMatch(line -> line.contains("s.yaml:1:20: ERROR BAD_VALUE at $.steps.a[0].fail"))
        .anyMatch(line -> line.strip().equals("^"));
    assertThat(execute("simulate", "--params", file("p.json", "[1]"), flow))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(execute("simulate", "--start", "nobody", flow)).isEqualTo(ExitStatus.USAGE);
    assertThat(execute("simulate", "--until", "soon", flow)).isEqualTo(ExitStatus.USAGE);
    assertThat(execute("simulate", "--until", "120000 days 1 ms", flow))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(execute("simulate", "--until", "PT99999999999H", flow)).isEqualTo(ExitStatus.USAGE);
    assertThat(execute("simulate", "no-such-file")).isEqualTo(ExitStatus.USAGE);
    assertThat(execute("simulate")).isEqualTo(ExitStatus.USAGE);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void shouldTakeTheLongestTime() throws IOException {
    // when, then
    assertThat(execute("simulate", "--until", "120000 days", file("w.yaml", FLOW)))
        .isEqualTo(ExitStatus.DONE);
  }

  @Test
  void shouldRefuseOutcomesOfALoopAndNoteThoseOfNoStep() throws IOException {
    // given
    String loop =
        """
        workflow:
          id: l
          owner: me
          jobs:
            - foreach:
                id: fe
                loop_params: {i: [1, 2]}
                jobs:
                  - job: {id: in, type: Spark}
        """;

    // when, then
    assertThat(
            execute(
                "simulate",
                "--scenario",
                file("s.yaml", "steps: {fe: [{fail: USER}]}"),
                file("l.yaml", loop)))
        .isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("'fe' to be a step that does work of its own");
    assertThat(
            execute(
                "simulate",
                "--scenario",
                file("t.yaml", "steps: {typo: [{fail: USER}]}"),
                file("w.yaml", FLOW)))
        .isEqualTo(ExitStatus.DONE);
    assertThat(err.toString()).contains("'typo'", "no definition has it");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private JsonNode json() throws IOException {
    return Output.mapper().readTree(out.toString());
  }

  private int execute(String... arguments) {
    return Millrace.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
