package io.millrace.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Document;
import io.millrace.engine.Effect.Note.Kind;
import io.millrace.protocol.Report;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.Task;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers that say nothing: tasks that nobody takes, and signs of life that do not come. */
final class WorkerTimeoutScenarioTest {
  private static final Duration MOMENT = Duration.ofMillis(1);

  @RegisterExtension final Scenarios scenarios = new Scenarios();

  private static GivenStep watched() {
    return GivenStep.worker("a").heartbeatTimeout(Duration.ofSeconds(30));
  }

  private static GivenStep awaited() {
    return GivenStep.worker("a").scheduleToStartTimeout(Duration.ofSeconds(20));
  }

  private Scenario started(GivenStep step) {
    return scenarios.given(GivenWorkflow.of(step)).whenStarted();
  }

  private static Scenario says(Scenario scenario, Function<Task, Report> word) {
    return scenario.whenReported(word.apply(scenario.task("a")));
  }

  private static Scenario begins(Scenario scenario) {
    return says(scenario, WorkerSays::started);
  }

  private static Scenario lives(Scenario scenario) {
    return says(scenario, WorkerSays::heartbeat);
  }

  // ---- heartbeat_timeout

  @Test
  void shouldFailAnAttemptWhoseWorkerIsSilentAndNotAMomentEarlier() {
    Scenario scenario = started(watched()).whenTimeIs(Duration.ofSeconds(7));

    begins(scenario)
        .whenTimeIs(Duration.ofSeconds(37).minus(MOMENT))
        .thenStepIs("a", StepStatus.RUNNING)
        .whenTimePasses(MOMENT)
        .thenStepIs("a", StepStatus.PLATFORM_FAILED)
        .thenCancelled("a")
        .whenShown();

    assertThat(Told.step(scenario, "a").message())
        .isEqualTo("HEARTBEAT_TIMEOUT: The worker gave no sign of life for PT30S.");
    assertThat(scenario.cluster().outcome().cancels().get(0).reason())
        .startsWith("HEARTBEAT_TIMEOUT: ");
  }

  @Test
  void shouldLetAWorkerGoOnThatGivesASignOfLifeInTime() {
    Scenario scenario = begins(started(watched()));

    lives(scenario.whenTimeIs(Duration.ofSeconds(30).minus(MOMENT)))
        .whenTimeIs(Duration.ofSeconds(59))
        .thenStepIs("a", StepStatus.RUNNING);
    says(scenario, task -> WorkerSays.progress(task, "Half of it."))
        .whenTimeIs(Duration.ofSeconds(88));
    begins(scenario)
        .whenTimeIs(Duration.ofSeconds(118).minus(MOMENT))
        .thenStepIs("a", StepStatus.RUNNING)
        .whenTimePasses(MOMENT)
        .thenStepIs("a", StepStatus.PLATFORM_FAILED);
  }

  @Test
  void shouldCountFromTheLastOfManySigns() {
    Scenario scenario = begins(started(watched()));

    for (int second = 1; second <= 100; second++) {
      lives(scenario.whenTimeIs(Duration.ofSeconds(second)));
    }

    scenario
        .whenTimeIs(Duration.ofSeconds(130).minus(MOMENT))
        .thenStepIs("a", StepStatus.RUNNING)
        .whenTimePasses(MOMENT)
        .thenStepIs("a", StepStatus.PLATFORM_FAILED);
  }

  @Test
  void shouldNotCountBeforeAWorkerBegins() {
    started(watched().timeout(Duration.ofHours(1)))
        .whenTimeIs(Duration.ofHours(1).minus(MOMENT))
        .thenStepIs("a", StepStatus.RUNNING)
        .whenTimePasses(MOMENT)
        .thenStepIs("a", StepStatus.TIMED_OUT);
  }

  @Test
  void shouldTakeAnyWordOfAWorkerForItsBeginning() {
    lives(started(watched()))
        .whenTimePasses(Duration.ofSeconds(30))
        .thenStepIs("a", StepStatus.PLATFORM_FAILED);
  }

  @Test
  void shouldTakeSignsThatComeTooLateForStale() {
    Scenario scenario = begins(started(watched())).whenTimePasses(Duration.ofSeconds(30));

    lives(scenario).whenWorkerSucceeds("a").thenStepIs("a", StepStatus.PLATFORM_FAILED);
    Task first = scenario.task("a");
    scenario
        .whenTimePasses(Duration.ofSeconds(60))
        .thenAttemptsOf("a", 2)
        .whenReported(WorkerSays.heartbeat(first));

    assertThat(scenario.step("a").workerStarted()).isFalse();
    assertThat(scenario.cluster().outcome().noted(Kind.STALE_REPORT)).isEqualTo(3);
  }

  @Test
  void shouldCountAsAFailureOfThePlatform() {
    Scenario scenario = started(watched().platformRetries(1));

    begins(scenario).whenTimePasses(Duration.ofSeconds(90)).thenAttemptsOf("a", 2);
    assertThat(scenario.step("a").platformRetries()).isEqualTo(1);
    begins(scenario)
        .whenTimePasses(Duration.ofSeconds(30))
        .thenStepIs("a", StepStatus.FATALLY_FAILED)
        .thenCancelled("a", "a")
        .thenRunIs(RunStatus.FAILED)
        .thenRunEndedAfter(Duration.ofSeconds(120));
  }

  // ---- what a sign of life costs

  @Test
  void shouldWriteNothingForASignOfLifeThatNobodyWatchesFor() {
    Scenario scenario = begins(started(GivenStep.worker("a")));
    Map<String, Document> before = Map.copyOf(scenario.cluster().documents(scenario.machine()));
    Object envelope = scenario.cluster().envelope(scenario.machine());

    lives(scenario.whenTimePasses(Duration.ofSeconds(10)));

    assertThat(scenario.cluster().documents(scenario.machine())).isEqualTo(before);
    assertThat(scenario.cluster().envelope(scenario.machine())).isEqualTo(envelope);
  }

  @Test
  void shouldWriteOneNumberForASignOfLifeThatIsWatchedFor() {
    Scenario scenario = begins(started(watched()));
    Map<String, Document> before = Map.copyOf(scenario.cluster().documents(scenario.machine()));
    Object envelope = scenario.cluster().envelope(scenario.machine());
    int told = scenario.cluster().outcome().timeline().size();

    lives(scenario.whenTimePasses(Duration.ofSeconds(10)));

    Map<String, Document> after = scenario.cluster().documents(scenario.machine());
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(
            after.entrySet().stream()
                .filter(document -> !document.getValue().equals(before.get(document.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
        .isEqualTo(Map.of("sign:1:a", new Document.SignOfLife(Scenario.BEGIN + 10_000)));
    assertThat(scenario.cluster().envelope(scenario.machine())).isEqualTo(envelope);
    assertThat(scenario.cluster().outcome().timeline()).hasSize(told);
  }

  // ---- schedule_to_start_timeout

  @Test
  void shouldFailAnAttemptThatNoWorkerTakesAndNotAMomentEarlier() {
    Scenario scenario =
        started(awaited())
            .whenTimeIs(Duration.ofSeconds(20).minus(MOMENT))
            .thenStepIs("a", StepStatus.RUNNING)
            .whenTimePasses(MOMENT)
            .thenStepIs("a", StepStatus.PLATFORM_FAILED)
            .thenCancelled("a")
            .whenShown();

    assertThat(Told.step(scenario, "a").message())
        .isEqualTo("SCHEDULE_TO_START_TIMEOUT: No worker took the task for PT20S.");
  }

  @Test
  void shouldCountAnewForTheNextAttempt() {
    started(awaited().platformRetries(1))
        .whenTimeIs(Duration.ofSeconds(100).minus(MOMENT))
        .thenAttemptsBegan("a", Duration.ZERO, Duration.ofSeconds(80))
        .thenStepIs("a", StepStatus.RUNNING)
        .whenTimePasses(MOMENT)
        .thenStepIs("a", StepStatus.FATALLY_FAILED)
        .thenCancelled("a", "a")
        .thenRunIs(RunStatus.FAILED);
  }

  @Test
  void shouldWaitNoLongerOnceAWorkerHasBegun() {
    Scenario scenario = started(awaited()).whenTimeIs(Duration.ofSeconds(20).minus(MOMENT));

    assertThat(timers(begins(scenario))).containsExactlyInAnyOrder("TIMEOUT:a@1", "run-timeout");

    scenario
        .whenTimePasses(Duration.ofDays(1))
        .thenStepIs("a", StepStatus.RUNNING)
        .whenWorkerSucceeds("a")
        .thenRunIs(RunStatus.SUCCEEDED);
  }

  @Test
  void shouldBeInTimeIfTheAnswerIsTheFirstWord() {
    started(awaited())
        .whenTimeIs(Duration.ofSeconds(20).minus(MOMENT))
        .whenWorkerSucceeds("a")
        .whenTimePasses(Duration.ofHours(1))
        .thenStepIs("a", StepStatus.SUCCEEDED)
        .thenRunIs(RunStatus.SUCCEEDED);
  }

  // ---- both, and other ends

  @Test
  void shouldWatchForTheBeginningFirstAndForSignsOfLifeThen() {
    Scenario scenario =
        started(watched().scheduleToStartTimeout(Duration.ofSeconds(20)))
            .whenTimeIs(Duration.ofSeconds(19));

    begins(scenario)
        .whenTimeIs(Duration.ofSeconds(49).minus(MOMENT))
        .thenStepIs("a", StepStatus.RUNNING)
        .whenTimePasses(MOMENT)
        .thenStepIs("a", StepStatus.PLATFORM_FAILED)
        .whenTimeIs(Duration.ofSeconds(49 + 60 + 20))
        .whenShown();

    assertThat(Told.step(scenario, "a").message()).startsWith("SCHEDULE_TO_START_TIMEOUT: ");
  }

  @Test
  void shouldTimeOutWithTheStepIfThatComesFirst() {
    lives(begins(started(watched().timeout(Duration.ofSeconds(30).minus(Duration.ofSeconds(1))))))
        .whenTimeIs(Duration.ofSeconds(29))
        .thenStepIs("a", StepStatus.TIMED_OUT)
        .thenRunIs(RunStatus.TIMED_OUT)
        .thenCancelled("a");
  }

  @Test
  void shouldBlameTheWorkerIfBothTimesAreOverAtOnce() {
    begins(started(watched().timeout(Duration.ofSeconds(30))))
        .whenTimeIs(Duration.ofSeconds(30))
        .thenStepIs("a", StepStatus.PLATFORM_FAILED)
        .thenCancelled("a");
  }

  @Test
  void shouldEndTheRunThoughAllTimesAreOverAtOnce() {
    Scenario scenario =
        scenarios
            .given(
                GivenWorkflow.of(watched().timeout(Duration.ofSeconds(30)))
                    .timeout(Duration.ofSeconds(30)))
            .whenStarted();

    begins(scenario)
        .whenTimeIs(Duration.ofSeconds(30))
        .thenStepIs("a", StepStatus.TIMED_OUT)
        .thenRunIs(RunStatus.TIMED_OUT)
        .thenCancelled("a");
  }

  @Test
  void shouldLeaveNothingBehindHoweverTheAttemptEnds() {
    for (UnaryOperator<Scenario> end :
        Set.<UnaryOperator<Scenario>>of(
            Scenario::whenStopped,
            scenario -> scenario.whenWorkerSucceeds("a"),
            scenario -> scenario.whenWorkerFails("a", Report.Failure.FATAL),
            scenario -> scenario.whenWorkerFails("a", Report.Failure.USER),
            scenario -> scenario.whenTimePasses(Duration.ofSeconds(30)))) {
      Scenario scenario = begins(started(watched().scheduleToStartTimeout(Duration.ofSeconds(20))));

      assertThat(timers(end.apply(scenario)))
          .noneMatch(timer -> timer.startsWith("WORKER_TIMEOUT"));
      assertThat(scenario.cluster().documents(scenario.machine())).doesNotContainKey("sign:1:a");
    }
  }

  @Test
  void shouldLeaveNoTimerIfItIsStoppedBeforeAWorkerBegins() {
    assertThat(timers(started(awaited()).whenStopped())).containsExactly("retention");
  }

  @Test
  void shouldMeanNothingToStepsThatNoWorkerDoes() {
    scenarios
        .given(
            GivenWorkflow.of(
                GivenStep.sleep("a", Duration.ofHours(1))
                    .heartbeatTimeout(Duration.ofSeconds(1))
                    .scheduleToStartTimeout(Duration.ofSeconds(1)),
                GivenStep.noOp("b").param("heartbeat_timeout", "whenever")))
        .whenStarted()
        .whenTimePasses(Duration.ofHours(1))
        .thenRunIs(RunStatus.SUCCEEDED)
        .thenRunEndedAfter(Duration.ofHours(1));
  }

  @Test
  void shouldWatchTheTasksOfAnIterationByThemselves() {
    TreeScenario tree =
        scenarios.tree(
            """
            {'foreach':{'id':'fe','params':{'loop_params':{'i':[1,2]}},'steps':[
              {'step':{'id':'a','type':'Work','params':{'heartbeat_timeout':'${i}0 seconds'},
                'retry_policy':{'platform_retry_limit':0}}}]}}
            """);

    tree.whenStarted().whenWorkerBegins("flow/1/fe/0", "a").whenWorkerBegins("flow/1/fe/1", "a");

    tree.whenTimePasses(Duration.ofSeconds(10).minus(MOMENT))
        .thenStepIs("flow/1/fe/0", "a", StepStatus.RUNNING)
        .whenTimePasses(MOMENT)
        .thenStepIs("flow/1/fe/0", "a", StepStatus.FATALLY_FAILED)
        .thenStepIs("flow/1/fe/1", "a", StepStatus.RUNNING)
        .whenTimePasses(Duration.ofSeconds(10).minus(MOMENT))
        .thenStepIs("flow/1/fe/1", "a", StepStatus.RUNNING)
        .whenTimePasses(MOMENT)
        .thenStepIs("flow/1/fe/1", "a", StepStatus.FATALLY_FAILED)
        .thenStepIs("flow/1", "fe", StepStatus.FATALLY_FAILED);
  }

  // ---- the system itself is silent

  @Test
  void shouldNotHoldItAgainstAWorkerThatNobodyListened() {
    Scenario scenario = begins(started(watched())).whenTimeIs(Duration.ofSeconds(29));

    scenario.cluster().restartAfter(Duration.ofMinutes(10));

    scenario
        .whenTimePasses(Duration.ofSeconds(30).minus(MOMENT))
        .thenStepIs("a", StepStatus.RUNNING)
        .whenTimePasses(MOMENT)
        .thenStepIs("a", StepStatus.PLATFORM_FAILED);
  }

  @Test
  void shouldHearWhatAWorkerSaidMeanwhile() {
    Scenario scenario = begins(started(watched())).whenTimeIs(Duration.ofSeconds(29));

    scenario.cluster().restartAfter(Duration.ofMinutes(10));

    lives(scenario.whenTimePasses(Duration.ofSeconds(20)))
        .whenTimePasses(Duration.ofSeconds(30).minus(MOMENT))
        .thenStepIs("a", StepStatus.RUNNING)
        .whenTimePasses(MOMENT)
        .thenStepIs("a", StepStatus.PLATFORM_FAILED);
  }

  @Test
  void shouldWaitForAWorkerAnewAfterARestart() {
    Scenario scenario = started(awaited()).whenTimeIs(Duration.ofSeconds(19));

    scenario.cluster().restartAfter(Duration.ofMinutes(10));

    scenario
        .whenTimePasses(Duration.ofSeconds(20).minus(MOMENT))
        .thenStepIs("a", StepStatus.RUNNING)
        .whenTimePasses(MOMENT)
        .thenStepIs("a", StepStatus.PLATFORM_FAILED);
  }

  // ---- values

  @Test
  void shouldTakeTimesUpToTheirLimitsAndNoMore() {
    for (String param : Set.of("heartbeat_timeout", "schedule_to_start_timeout")) {
      for (String time : Set.of("1 ms", "1", "120 days", "10368000", "PT2M")) {
        given(param, time).thenStepIs("a", StepStatus.RUNNING);
      }
      for (String time : Set.of("0", "0 ms", "120 days 1 ms", "10368001", "-1", "soon", "")) {
        Scenario scenario =
            given(param, time)
                .thenStepIs("a", StepStatus.INTERNALLY_FAILED)
                .thenRunIs(RunStatus.FAILED);

        assertThat(scenario.step("a").message())
            .isEqualTo(
                "Expected param '"
                    + param
                    + "' of step 'a' to be a duration of more than 0 and at most 120 days, but it"
                    + " is '"
                    + time
                    + "'.");
        assertThat(scenario.tasks("a")).isEmpty();
      }
    }
  }

  private Scenario given(String param, String time) {
    return scenarios
        .given(GivenWorkflow.of(GivenStep.worker("a").param(param, "${time}")).param("time", time))
        .whenStarted();
  }

  private static Set<String> timers(Scenario scenario) {
    return scenario.cluster().envelope(scenario.machine()).orElseThrow().timers().at().keySet();
  }
}
