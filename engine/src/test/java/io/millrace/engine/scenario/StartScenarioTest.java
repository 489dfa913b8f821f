package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.MachineAddress;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pushes, versions, starts and request ids. */
final class StartScenarioTest {
  @RegisterExtension final Scenarios scenarios = new Scenarios();

  // ---- versions

  @Test
  void shouldNumberVersionsFromOne() {
    Scenario scenario = scenarios.given(simple()).whenPushed(simple());

    assertThat(scenario.lastReply())
        .isEqualTo(new Reply.Pushed(GivenWorkflow.DEFAULT_ID, 2, true, java.util.List.of()));
    assertThat(scenario.toldWorkflow().latestVersion()).isEqualTo(2);
    assertThat(scenario.toldWorkflow().activeVersion()).isEqualTo(2);
  }

  @Test
  void shouldKeepTheActiveVersionWhenAnInactiveOneIsPushed() {
    Scenario scenario = scenarios.given(simple()).whenPushed(simple().inactive());

    assertThat(scenario.toldWorkflow().latestVersion()).isEqualTo(2);
    assertThat(scenario.toldWorkflow().activeVersion()).isEqualTo(1);
  }

  @Test
  void shouldStartTheVersionThatIsAskedFor() {
    Scenario scenario = scenarios.given(simple()).whenPushed(simple().inactive());

    assertThat(versionOf(scenario.whenStartedInVersion(null))).isEqualTo(1);
    assertThat(versionOf(scenario.whenStartedInVersion("ACTIVE"))).isEqualTo(1);
    assertThat(versionOf(scenario.whenStartedInVersion("latest"))).isEqualTo(2);
    assertThat(versionOf(scenario.whenStartedInVersion("default"))).isEqualTo(1);
    assertThat(versionOf(scenario.whenStartedInVersion("2"))).isEqualTo(2);
  }

  private static long versionOf(Scenario scenario) {
    return scenario.repliesToLast().stream()
        .filter(Reply.Started.class::isInstance)
        .mapToLong(started -> ((Reply.Started) started).version())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldRefuseVersionsThatAreNotThere() {
    for (String version : new String[] {"0", "2", "-1", "x", "", "1234567890123456789"}) {
      scenarios.given(simple()).whenStartedInVersion(version).thenRefused("UNKNOWN_VERSION");
    }
  }

  @Test
  void shouldHaveADefaultButNoActiveVersionIfNoneWasPushedActive() {
    Scenario scenario =
        scenarios
            .given(simple().inactive())
            .whenStartedInVersion("active")
            .thenRefused("UNKNOWN_VERSION");

    assertThat(versionOf(scenario.whenStartedInVersion("default"))).isEqualTo(1);
  }

  @Test
  void shouldKeepRunningTheDefinitionARunBeganWith() {
    scenarios
        .given(GivenWorkflow.sequence("a", "b"))
        .whenStarted()
        .whenPushed(GivenWorkflow.sequence("a", "c"))
        .whenWorkerSucceeds("a")
        .thenStepsWereNotCreated("c")
        .whenWorkerSucceeds("b")
        .thenRunIs(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldKeepPropertiesThatAPushDoesNotSpeakOf() {
    Scenario scenario = scenarios.given(GivenWorkflow.sequence("a").parallel(3));

    assertThat(scenario.toldWorkflow().runStrategy()).isEqualTo("PARALLEL(3)");
    scenario.whenPushed(GivenWorkflow.sequence("a").withoutProperties());
    assertThat(scenario.toldWorkflow().runStrategy()).isEqualTo("PARALLEL(3)");
    scenario.whenPushed(GivenWorkflow.sequence("a"));
    assertThat(scenario.toldWorkflow().runStrategy()).isEqualTo("SEQUENTIAL(1)");
  }

  @Test
  void shouldRefuseAFirstVersionWithoutAnOwner() {
    scenarios.given().whenPushed(simple().withoutProperties()).thenRefused("MISSING");
  }

  @Test
  void shouldRefuseADefinitionThatIsNone() {
    Scenario scenario = scenarios.given().whenPushed("{}");

    assertThat(scenario.lastReply())
        .isInstanceOfSatisfying(
            Reply.Refused.class, refused -> assertThat(refused.problems()).isNotEmpty());
    assertThat(scenario.cluster().machines()).isEmpty();
  }

  @Test
  void shouldKeepAWorkflowThatIsPushedWronglyAsItWas() {
    Scenario scenario = scenarios.given(simple()).whenPushed("{}");

    scenario.thenRefused("INVALID_DEFINITION");
    assertThat(scenario.toldWorkflow().latestVersion()).isEqualTo(1);
  }

  // ---- starts

  @Test
  void shouldNumberInstancesFromOne() {
    Scenario scenario = scenarios.given(simple()).whenStartedTimes(3);

    assertThat(scenario.instance()).isEqualTo(3);
    assertThat(scenario.toldWorkflow().lastInstance()).isEqualTo(3);
  }

  @Test
  void shouldGiveEachWorkflowNumbersOfItsOwn() {
    Scenario scenario =
        scenarios
            .given(
                GivenWorkflow.named("one", GivenStep.noOp("a")),
                GivenWorkflow.named("two", GivenStep.noOp("a")))
            .ofWorkflow("one")
            .whenStartedTimes(2)
            .ofWorkflow("two")
            .whenStarted();

    assertThat(scenario.instance()).isEqualTo(1);
  }

  @Test
  void shouldRefuseToStartWhatNobodyPushed() {
    scenarios.given().whenStarted().thenRefused("UNKNOWN_WORKFLOW");
  }

  @Test
  void shouldKeepALostStartIfNobodyListens() {
    Scenario scenario =
        scenarios
            .given()
            .told(
                MachineAddress.workflow("nobody"),
                new io.millrace.engine.Message.Start("r", null, Map.of(), null, false, null));

    assertThat(scenario.cluster().outcome().lost())
        .singleElement()
        .satisfies(lost -> assertThat(lost.code()).isEqualTo("UNKNOWN_WORKFLOW"));
  }

  @Test
  void shouldAnswerARepeatedRequestWithTheRunItMade() {
    Scenario scenario = scenarios.given(simple()).whenStarted("once");
    Reply.Started first = (Reply.Started) scenario.repliesToLast().get(0);

    scenario.whenStarted("other").whenStarted("once");

    assertThat(scenario.lastReply())
        .isEqualTo(new Reply.Started(first.run(), first.runUuid(), 1, true));
    assertThat(scenario.toldWorkflow().lastInstance()).isEqualTo(2);
  }

  @Test
  void shouldDeriveARunsUuidFromItsRequest() {
    Reply.Answer one = scenarios.given(simple()).whenStarted("same").repliesToLast().get(0);
    Reply.Answer two =
        scenarios.given(simple()).whenStarted("first").whenStarted("same").repliesToLast().get(0);

    assertThat(((Reply.Started) two).runUuid()).isEqualTo(((Reply.Started) one).runUuid());
  }

  @Test
  void shouldRememberARequestForThirtyDays() {
    Scenario scenario =
        scenarios
            .given(simple())
            .whenStarted("once")
            .whenTimeIs(Duration.ofDays(30).minusMillis(1))
            .whenStarted("once");
    assertThat(((Reply.Started) scenario.lastReply()).duplicate()).isTrue();

    scenario.whenTimePasses(Duration.ofMillis(1)).whenStarted("once");

    assertThat(scenario.instance()).isEqualTo(2);
    assertThat(scenario.toldWorkflow().lastInstance()).isEqualTo(2);
  }

  @Test
  void shouldForgetRequestsInTheOrderTheyCame() {
    Scenario scenario =
        scenarios
            .given(simple())
            .whenStarted("first")
            .whenTimePasses(Duration.ofDays(1))
            .whenStarted("second")
            .whenTimeIs(Duration.ofDays(30));

    assertThat(scenario.cluster().documents(scenario.workflow()))
        .doesNotContainKeys("request:first", "instance:1")
        .containsKeys("request:second", "instance:2");
    scenario.whenTimeIs(Duration.ofDays(31));
    assertThat(scenario.cluster().documents(scenario.workflow()))
        .containsOnlyKeys("workflow", "version:1");
    assertThat(scenario.cluster().timersOf(scenario.workflow())).isEmpty();
  }

  @Test
  void shouldRememberARequestAsLongAsItsRunGoesOn() {
    scenarios
        .given(
            GivenWorkflow.of(GivenStep.worker("a").timeout(Duration.ofDays(50)))
                .timeout(Duration.ofDays(40)))
        .whenStarted("once")
        .whenTimeIs(Duration.ofDays(35))
        .whenStarted("once")
        .thenRunIs(1, RunStatus.IN_PROGRESS)
        .whenTimeIs(Duration.ofDays(40))
        .thenRunIs(1, RunStatus.TIMED_OUT)
        .whenTimeIs(Duration.ofDays(60))
        .thenNothingIsLeft();
  }

  // ---- params

  @Test
  void shouldOverlayTheWorkflowsParams() {
    Scenario scenario =
        scenarios
            .given(simple().param("city", "rome").param("n", 1))
            .whenStartedWith(
                Map.of("city", new ParamValue.Int(7), "more", new ParamValue.Bool(true)));

    assertThat(scenario.run().params())
        .containsEntry("city", new ParamValue.Text("7"))
        .containsEntry("n", new ParamValue.Int(1))
        .containsEntry("more", new ParamValue.Bool(true));
  }

  @Test
  void shouldFailARunWhoseParamsCannotBeTaken() {
    Scenario scenario =
        scenarios
            .given(simple().param("n", 1))
            .whenStartedWith(Map.of("n", new ParamValue.Text("one")))
            .thenRunIs(RunStatus.FAILED)
            .thenStepsWereNotCreated("a");

    assertThat(scenario.run().reason())
        .isEqualTo("Expected 'n' to be LONG, but it is given as STRING.");
  }

  @Test
  void shouldFailARunThatChangesAConstant() {
    Scenario scenario =
        scenarios
            .given(simple().constant("n", 1))
            .whenStartedWith(Map.of("n", new ParamValue.Int(2)))
            .thenRunIs(RunStatus.FAILED);

    assertThat(scenario.run().reason()).contains("its mode is CONSTANT");
    scenario.whenStartedWith(Map.of("n", new ParamValue.Int(1))).thenRunIs(RunStatus.SUCCEEDED);
  }

  private static GivenWorkflow simple() {
    return GivenWorkflow.of(GivenStep.noOp("a"));
  }
}
