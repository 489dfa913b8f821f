package io.millrace.definition;

import static io.millrace.definition.Told.assertNotYet;
import static io.millrace.definition.Told.assertTold;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.label.Tag;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StepReaderTest {

  @Test
  void shouldHaveDefaults() {
    TypedStep step = Told.acceptedStep("\"type\": \"NoOp\"");

    assertThat(step.id()).isEqualTo("a");
    assertThat(step.basics().name()).isNull();
    assertThat(step.basics().description()).isNull();
    assertThat(step.type()).isEqualTo("NoOp");
    assertThat(step.tags()).isEmpty();
    assertThat(step.failureMode()).isEqualTo(FailureMode.FAIL_AFTER_RUNNING);
    assertThat(step.timeout().require()).isEqualTo(Duration.ofDays(10));
    assertThat(step.retryPolicy()).isEqualTo(RetryPolicyDefinition.DEFAULT);
    assertThat(step.params()).isEmpty();
    assertThat(step.successors()).isEmpty();
  }

  @Test
  void shouldReadItsFields() {
    TypedStep step =
        Told.acceptedStep(
            "\"name\": \"A\", \"description\": \"Text\", \"type\": \"My.Work\", \"tags\": [\"t\"],"
                + " \"failure_mode\": \"ignore_failure\", \"timeout\": \"1 day\"");

    assertThat(step.basics().name()).isEqualTo("A");
    assertThat(step.basics().description()).isEqualTo("Text");
    assertThat(step.type()).isEqualTo("My.Work");
    assertThat(step.tags()).containsExactly(Tag.named("t"));
    assertThat(step.failureMode()).isEqualTo(FailureMode.IGNORE_FAILURE);
    assertThat(step.timeout().require()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void shouldRequireIdAndType() {
    assertTold(
        Told.steps("{\"step\": ««{}}"),
        "MISSING $.workflow.steps[0].step.id",
        "MISSING $.workflow.steps[0].step.type");
  }

  @Test
  void shouldRequireOneKindInEachItem() {
    assertTold(
        Told.steps("«7,\n«{},\n«{\"step\": {}, \"while\": {}},\n{«\"job\": {}},\n{\"step\": «[]}"),
        "WRONG_TYPE $.workflow.steps[0]",
        "BAD_VALUE $.workflow.steps[1]",
        "BAD_VALUE $.workflow.steps[2]",
        "UNKNOWN_FIELD $.workflow.steps[3].job",
        "WRONG_TYPE $.workflow.steps[4].step");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub_type", "sub_type_version"})
  void shouldRefuseJobTemplates(String field) {
    assertTold(
        Told.step("\"type\": \"NoOp\", \"" + field + "\": «\"x\""),
        "NOT_SUPPORTED_YET $.workflow.steps[0].step." + field);
    assertTold(
        Told.steps(
            "{\"step\": {\"id\": \"a\", \"type\": \"NoOp\", \"transition\": {\"successors\": {\"k\": \"true\"}}}},"
                + "{«\"template\": {\"id\": \"k\", \"sub_type\": \"x\"}}"),
        "NOT_SUPPORTED_YET $.workflow.steps[1].template");
  }

  @Test
  void shouldRefuseTypesThatAreNoWork() {
    assertTold(Told.step("\"type\": «\"Foreach\""), "BAD_VALUE $.workflow.steps[0].step.type");
    assertTold(Told.step("\"type\": «\"Join\""), "BAD_VALUE $.workflow.steps[0].step.type");
    assertTold(Told.step("\"type\": «\"my work\""), "BAD_NAME $.workflow.steps[0].step.type");
    assertTold(Told.step("\"type\": «\"\""), "BAD_NAME $.workflow.steps[0].step.type");
  }

  @Test
  void shouldNotTakeHttpYet() {
    assertNotYet(Told.step("\"type\": «\"Http\""), "$.workflow.steps[0].step.type");
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeTimesOfWorkersUpToTheirLimits(WorkerTimeout timeout) {
    for (String time :
        List.of("1", "10368000", "\"1 ms\"", "\"120 days\"", "\"PT30S\"", "\"${n} s\"")) {
      Told.accepted(
          Told.workflow(
              "\"params\": {\"n\": 0}, \"steps\": [{\"step\": {\"id\": \"a\", \"type\": \"work\","
                  + " \"params\": {\""
                  + timeout.param()
                  + "\": "
                  + time
                  + "}}}]"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseOtherTimesOfWorkers(WorkerTimeout timeout) {
    for (String time :
        List.of("0", "-1", "10368001", "1.5", "true", "[1]", "\"120 days 1 ms\"", "\"soon\"")) {
      String param = "\"" + timeout.param() + "\": ";
      assertTold(
          Told.params(param + "«" + time),
          "BAD_VALUE $.workflow.steps[0].step.params." + timeout.param());
      Told.acceptedStep("\"type\": \"NoOp\", \"params\": {" + param + time + "}");
    }
  }

  @Test
  void shouldRefuseUnknownFieldsAndOtherFailureModes() {
    assertTold(
        Told.step("\"type\": \"NoOp\", \"failure_mode\": «\"GIVE_UP\", «\"conditon\": \"x\""),
        "BAD_VALUE $.workflow.steps[0].step.failure_mode",
        "UNKNOWN_FIELD $.workflow.steps[0].step.conditon");
  }

  @Test
  void shouldMakeTheSecondsOfASleepANumber() {
    TypedStep step =
        Told.acceptedStep(
            "\"type\": \"sleep\", \"params\": {\"sleep_seconds\": {\"value\": \"16\", \"type\": \"STRING\"}}");

    assertThat(step.params().get("sleep_seconds").type()).isEqualTo(ParamType.LONG);
    assertThat(step.params().get("sleep_seconds").literal()).isEqualTo(new ParamValue.Int(16));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"soon\"", "-1", "1.5", "10000000001", "true", "[1]"})
  void shouldRefuseOtherSecondsOfASleep(String seconds) {
    assertTold(
        Told.step("\"type\": \"Sleep\", \"params\": {\"sleep_seconds\": «" + seconds + "}"),
        "BAD_VALUE $.workflow.steps[0].step.params.sleep_seconds");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 10_000_000_000L})
  void shouldTakeTheSecondsOfASleepAtTheirLimits(long seconds) {
    Told.acceptedStep("\"type\": \"Sleep\", \"params\": {\"sleep_seconds\": " + seconds + "}");
  }

  @Test
  void shouldKeepTheLimitsOfATimeout() {
    assertThat(Told.acceptedStep("\"type\": \"NoOp\", \"timeout\": \"1 ms\"").timeout().require())
        .isEqualTo(Duration.ofMillis(1));
    assertThat(
            Told.acceptedStep("\"type\": \"NoOp\", \"timeout\": \"120 days\"").timeout().require())
        .isEqualTo(Duration.ofDays(120));
    for (String wrong : new String[] {"0", "\"0 s\"", "\"120 days 1 ms\"", "\"PT-5M\"", "1.5"}) {
      assertTold(
          Told.step("\"type\": \"NoOp\", \"timeout\": «" + wrong),
          "BAD_VALUE $.workflow.steps[0].step.timeout");
    }
  }

  @Test
  void shouldReadATimeoutThatParamsGive() {
    assertThat(Told.acceptedStep("\"type\": \"NoOp\", \"timeout\": \"${RUN_TS} ms\"").timeout())
        .isEqualTo(new Setting.Interpolated<>("${RUN_TS} ms"));
  }
}
