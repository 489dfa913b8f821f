package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TestVerbTest {
  private static final String FLOW =
      """
      workflow:
        id: w
        owner: me
        jobs:
          - job: {id: a, type: Spark, params: {rows: 0}, transition: [b]}
          - job: {id: b, type: Spark}
      """;
  private static final String TEST =
      """
      definitions: [w.yaml]
      start_workflow: w
      until: 2 hours
      steps:
        a: [{fail: USER}, {succeed: {outputs: {rows: 5}}}]
        b: [{fail: FATAL, after: 2s}]
      expect:
        status: FAILED
        elapsed_ms: 62000
        steps:
          a: {status: SUCCEEDED, attempts: 2, params: {rows: 5}}
          b: FATALLY_FAILED
          c: NOT_CREATED
        leaf_counts: {SUCCEEDED: 1, FATALLY_FAILED: 1, STOPPED: 0}
        children: {a: 0}
        events:
          - {step: a, attempt: 1, status: USER_FAILED}
          - {step: a, attempt: 2, status: SUCCEEDED}
          - {step: b, status: FATALLY_FAILED}
          - {status: FAILED}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void writeDefinition() throws IOException {
    file("w.yaml", FLOW);
  }

  @Test
  void shouldPassIfTheExpectationIsMet() throws IOException {
    // given
    String test = file("t.yaml", TEST);

    // when, then
    assertThat(execute("test", test)).isEqualTo(ExitStatus.DONE);
    assertThat(out.toString()).isEqualTo(test + ": ok" + System.lineSeparator());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void shouldSayWhatTheScenarioAskedForInVain() throws IOException {
    // given
    String test =
        file(
            "t.yaml",
            """
            definitions: [w.yaml]
            steps: {aa: [{fail: FATAL}]}
            actions: [{at: 5s, do: stop}]
            expect: {status: SUCCEEDED}
            """);

    // when, then
    assertThat(execute("test", test)).isEqualTo(ExitStatus.DONE);
    assertThat(err.toString().lines())
        .anyMatch(line -> line.contains("'aa' in the scenario's steps"))
        .anyMatch(line -> line.contains("Expected 'stop' at 5s to be taken"))
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status: FAILED|status: SUCCEEDED|Expected the run to be SUCCEEDED, but it is FAILED.",
        "62000|62001|Expected the run to take 62001 ms, but it took 62000 ms.",
        "b: FATALLY_FAILED|b: SUCCEEDED|Expected step 'b' to be SUCCEEDED, but it is FATALLY_FAILED.",
        "c: NOT_CREATED|c: SUCCEEDED|Expected step 'c' to be SUCCEEDED, but it was never created.",
        "c: NOT_CREATED|a: NOT_CREATED|DUPLICATE",
        "attempts: 2|attempts: 3|Expected step 'a' to have 3 attempts, but it has 2.",
        "params: {rows: 5}}|params: {rows: 6}}|Expected param 'rows' of step 'a' to be 6, but it is 5.",
        "params: {rows: 5}}|params: {n: 6}}|Expected param 'n' of step 'a' to be 6, but it is not there.",
        "{SUCCEEDED: 1|{SUCCEEDED: 2|Expected 2 leaf steps to be SUCCEEDED, but 1 are.",
        "STOPPED: 0|STOPPED: 1|Expected 1 leaf steps to be STOPPED, but 0 are.",
        "{a: 0}|{a: 9}|Expected step 'a' to have 9 children, but it has 0.",
        "attempt: 1, status: USER_FAILED|attempt: 3, status: USER_FAILED|Expected step 'a', attempt 3, to become USER_FAILED, but the timeline does not say so.",
        "{status: FAILED}|{step: a, status: USER_FAILED}|Expected step 'a' to become USER_FAILED after what is expected before, but the timeline does not say so."
      })
  void shouldTellWhatDiffers(String from, String to, String difference) throws IOException {
    // given
    String test = file("t.yaml", TEST.replace(from, to));

    // when
    int status = execute("test", test);

    // then
    assertThat(status).isEqualTo(difference.equals("DUPLICATE") ? ExitStatus.USAGE : ExitStatus.NO);
    assertThat(out + err.toString()).contains(difference);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "definitions: [w.yaml]",
        "expect: {status: SUCCEEDED}",
        "definitions: [none.yaml]\nexpect: {}",
        "definitions: [bad.yaml]\nexpect: {}",
        "definitions: [w.yaml]\nstart_workflow: v\nexpect: {}",
        "definitions: [w.yaml]\nexpect: {statuses: x}",
        "definitions: [w.yaml]\nexpect: {status: x}",
        "definitions: [w.yaml]\nexpect: {leaf_counts: {x: 1}}",
        "definitions: [w.yaml]\nexpect: {events: [{step: a}]}",
        "definitions: [w.yaml]\nexpect: {events: [{step: a, status: IN_PROGRESS}]}",
        "definitions: [w.yaml]\nexpect: {}\nscenario: x",
        "definitions: [w.yaml]\nexpect: {}\nsteps: {a: [{fail: x}]}"
      })
  void shouldGoOnAfterAFileThatCantBeRunAndExitWithTwo(String text) throws IOException {
    // given
    file("bad.yaml", "workflow: {id: x}");
    String bad = file("t.yaml", text);
    String good = file("u.yaml", TEST);

    // when, then
    assertThat(execute("test", bad, good)).isEqualTo(ExitStatus.USAGE);
    assertThat(out.toString()).contains(bad + ": can't be run", good + ": ok");
    assertThat(err.toString()).contains("Expected ");
  }

  @Test
  void shouldCallWrongUsageTwo() {
    // when, then
    assertThat(execute("test")).isEqualTo(ExitStatus.USAGE);
    assertThat(execute("test", "no-such-file.yaml")).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void shouldPrintAndReportAllResults() throws Exception {
    // given
    String good = file("good & <best>.yaml", TEST);
    String failing = file("failing.yaml", TEST.replace("status: FAILED", "status: SUCCEEDED"));
    String unreadable = file("unreadable.yaml", "x: \"<&>\"");
    Path report = folder.resolve("report.xml");

    // when
    int status = execute("test", "--json", "--junit", report.toString(), good, failing, unreadable);

    // then
    JsonNode results = Output.mapper().readTree(out.toString());
    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(results.findValuesAsText("result"))
        .containsExactly("PASSED", "FAILED", "UNREADABLE");
    assertThat(results.at("/1/differences/0").textValue())
        .isEqualTo("Expected the run to be SUCCEEDED, but it is FAILED.");
    var suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
    assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(3);
    assertThat(suite.getElementsByTagName("testcase").item(0).getAttributes().getNamedItem("name"))
        .satisfies(name -> assertThat(name.getNodeValue()).isEqualTo(good));
    assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(1);
    assertThat(suite.getElementsByTagName("error").getLength()).isEqualTo(1);
  }

  @Test
  void shouldEscapeWhatXmlCanNotHold() {
    // when, then
    assertThat(JUnitReport.escaped("a<b>&\"c\"\u0007\u0000\ud800x"))
        .isEqualTo("a&lt;b&gt;&amp;&quot;c&quot;???x");
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
