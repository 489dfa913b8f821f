package io.millrace.engine.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.definition.RunStrategy.Rule;
import io.millrace.engine.EngineLimits;
import io.millrace.engine.Message;
import io.millrace.engine.Parent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Starts that a step asks for (Maestro semantics 2.7). */
final class SubworkflowStartTest {

  private static Parent parent(boolean sync, String... waiting) {
    return new Parent(
        "up/3/loop/4",
        2,
        "call",
        5,
        sync,
        2,
        "root",
        List.of(waiting),
        List.of(),
        null,
        null,
        null);
  }

  private static Message.Start start(
      String requestId, String version, Map<String, ParamDefinition> params) {
    return new Message.Start(requestId, version, params, null, false, null, parent(true, "up"));
  }

  // ---- accepted

  @Test
  void shouldTellTheStepWhichInstanceItGot() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);

    flow.startedBy(parent(true, "up"), "r");

    List<LoneWorkflow.Told> told = flow.takeTold();
    assertThat(told)
        .extracting(LoneWorkflow.Told::machine)
        .containsExactly("up/3/loop/4", "flow/1");
    Message.Launch launch = (Message.Launch) told.get(1).message();
    assertThat(told.get(0).message())
        .isEqualTo(new Message.ChildAccepted("call", 2, 5, "flow/1", launch.runUuid(), 1));
    assertThat(launch.parent()).isEqualTo(parent(true, "up"));
  }

  @Test
  void shouldTellTheStepOfAChildThatIsQueued() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.started();
    flow.takeSaid();

    flow.startedBy(parent(true, "up"), "r");

    assertThat(flow.takeSaid()).containsExactly("up/3/loop/4 ChildAccepted");
    flow.stoppedInQueue(2);
    LoneWorkflow.Told told = flow.takeTold().get(0);
    assertThat(((Message.Launch) told.message()).stopped()).isEqualTo("It was asked for.");
    assertThat(((Message.Launch) told.message()).parent()).isEqualTo(parent(true, "up"));
  }

  @Test
  void shouldTellTheStepOfAChildThatIsStoppedOnArrival() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.FIRST_ONLY);
    flow.started();
    flow.takeSaid();

    flow.startedBy(parent(true, "up"), "r");

    assertThat(flow.takeSaid()).containsExactly("up/3/loop/4 ChildAccepted", "stop 2:1");
  }

  @Test
  void shouldTellTheStepTheSameChildWhenItAsksAgain() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.startedBy(parent(true, "up"), "r");
    Message first = flow.takeTold().get(0).message();

    flow.startedBy(parent(true, "up"), "r");

    assertThat(flow.takeTold()).containsExactly(new LoneWorkflow.Told("up/3/loop/4", first));
    assertThat(flow.record().lastInstance()).isEqualTo(1);
  }

  @Test
  void shouldTakeMoreRunParamsFromAParentThanFromAUser() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    int limit = EngineLimits.DEFAULT.runParams();

    flow.told(new Message.Start("at", null, params(limit), null, false, null));
    assertThat(flow.takeSaid()).containsExactly("launch 1:1");
    flow.told(start("beyond", "active", params(limit + 1)));
    assertThat(flow.takeSaid()).containsExactly("up/3/loop/4 ChildAccepted");
  }

  private static Map<String, ParamDefinition> params(int count) {
    Map<String, ParamDefinition> params = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      params.put("p" + i, ParamDefinition.literal(new ParamValue.Int(i)));
    }
    return params;
  }

  @ParameterizedTest
  @CsvSource({"active,1", "latest,2", "default,1", "2,2", "1,1"})
  void shouldTakeEverySelectorOfAVersion(String selector, long version) {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.told(
        new Message.Push(
            """
            {"is_active": false,
             "workflow": {"id": "flow", "steps": [{"step": {"id": "a", "type": "NoOp"}}]}}
            """,
            null));

    flow.told(start("r", selector, Map.of()));

    assertThat(((Message.ChildAccepted) flow.takeTold().get(0).message()).version())
        .isEqualTo(version);
  }

  // ---- refused

  @Test
  void shouldTellTheStepThatThereIsNoSuchWorkflow() {
    LoneWorkflow flow = new LoneWorkflow(EngineLimits.DEFAULT);

    flow.startedBy(parent(true, "up"), "r");

    assertThat(refusal(flow)).contains("'flow'", "nobody has pushed it");
    assertThat(flow.cluster.machines()).isEmpty();
  }

  @Test
  void shouldTellTheStepThatThereIsNoSuchVersion() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);

    flow.told(start("r", "2", Map.of()));

    assertThat(refusal(flow)).contains("version '2'", "latest is 1");
    assertThat(flow.record().lastInstance()).isZero();
  }

  private static String refusal(LoneWorkflow flow) {
    List<LoneWorkflow.Told> told = flow.takeTold();
    assertThat(told).hasSize(1);
    assertThat(told.get(0).machine()).isEqualTo("up/3/loop/4");
    Message.ChildRefused refused = (Message.ChildRefused) told.get(0).message();
    assertThat(refused.stepId()).isEqualTo("call");
    assertThat(refused.run()).isEqualTo(2);
    assertThat(refused.attempt()).isEqualTo(5);
    assertThat(refused.detail()).matches("Expected .*, but .*\\.");
    return refused.detail();
  }

  // ---- a run that would wait for a run above it

  @ParameterizedTest
  @EnumSource(names = {"SEQUENTIAL", "STRICT_SEQUENTIAL", "LAST_ONLY", "SERIAL_LATEST_ONLY"})
  void shouldRefuseARunThatWouldWaitForARunAboveIt(Rule rule) {
    LoneWorkflow flow = LoneWorkflow.of(rule);
    flow.started();
    flow.takeSaid();

    flow.startedBy(parent(true, "flow", "up"), "r");

    assertThat(refusal(flow)).contains(rule.name(), "only after them");
    assertThat(flow.record().lastInstance()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"SEQUENTIAL", "STRICT_SEQUENTIAL", "LAST_ONLY", "SERIAL_LATEST_ONLY"})
  void shouldTakeARunThatNobodyWaitsFor(Rule rule) {
    LoneWorkflow flow = LoneWorkflow.of(rule);
    flow.started();

    flow.startedBy(parent(false, "flow", "up"), "r");
    flow.startedBy(parent(true, "up", "another"), "r2");

    assertThat(flow.takeSaid())
        .filteredOn(said -> said.startsWith("up"))
        .containsExactly("up/3/loop/4 ChildAccepted", "up/3/loop/4 ChildAccepted");
  }

  @Test
  void shouldStopItOnArrivalAsAlwaysUnderFirstOnly() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.FIRST_ONLY);
    flow.started();
    flow.takeSaid();

    flow.startedBy(parent(true, "flow"), "r");

    assertThat(flow.takeSaid()).containsExactly("up/3/loop/4 ChildAccepted", "stop 2:1");
  }

  @Test
  void shouldRefuseWhenAllPlacesAreHeldByRunsAboveIt() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.pushed(Rule.PARALLEL, 3);
    flow.startedTimes(3);
    flow.takeSaid();

    flow.startedBy(parent(true, "flow", "flow"), "two of three");
    assertThat(flow.takeSaid()).containsExactly("up/3/loop/4 ChildAccepted");
    flow.startedBy(parent(true, "flow", "up", "flow", "flow"), "three of three");
    assertThat(refusal(flow)).contains("PARALLEL(3)", "3 of its runs");
  }

  @Test
  void shouldRefuseARestartThatWouldWaitForARunAboveIt() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.started();
    flow.ended(1, RunStatus.FAILED);

    assertThat(flow.restarted(1, 2, "r", parent(true, "flow")))
        .isInstanceOfSatisfying(
            Reply.Refused.class, refused -> assertThat(refused.code()).isEqualTo("DEADLOCK"));
    assertThat(flow.restarted(1, 2, "r", parent(true, "up"))).isInstanceOf(Reply.Started.class);
  }

  // ---- stopped by the step that asked

  @Test
  void shouldEndWhatTheRequestMadeWhereverItIs() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.startedBy(parent(true), "running");
    flow.startedBy(parent(true), "queued");
    flow.startedBy(parent(true), "killed");
    flow.takeSaid();

    flow.told(new Message.StopRequested("queued", RunStatus.STOPPED, "why"));
    assertThat(flow.takeSaid()).containsExactly("stop 2:1");
    flow.told(new Message.StopRequested("killed", RunStatus.FAILED, "why"));
    assertThat(flow.takeSaid()).containsExactly("kill 3:1");
    flow.told(new Message.StopRequested("running", RunStatus.TIMED_OUT, "why"));
    assertThat(flow.takeTold())
        .containsExactly(
            new LoneWorkflow.Told("flow/1", new Message.EndRun(1, RunStatus.TIMED_OUT, "why")));
  }

  @Test
  void shouldChangeNothingWhenWhatTheRequestMadeIsOverOrUnknown() {
    LoneWorkflow flow = LoneWorkflow.of(Rule.SEQUENTIAL);
    flow.startedBy(parent(true), "first");
    flow.ended(1, RunStatus.FAILED);
    flow.restarted(1, 2, "second");
    flow.takeSaid();

    flow.told(new Message.StopRequested("first", RunStatus.STOPPED, "why"));
    flow.told(new Message.StopRequested("never", RunStatus.STOPPED, "why"));
    assertThat(flow.takeSaid()).isEmpty();
    flow.told(new Message.StopRequested("second", RunStatus.STOPPED, "why"));
    assertThat(flow.takeSaid()).containsExactly("end 1:2 STOPPED");
    flow.ended(1, RunStatus.STOPPED);
    flow.told(new Message.StopRequested("second", RunStatus.STOPPED, "why"));
    assertThat(flow.takeSaid()).isEmpty();
  }
}
