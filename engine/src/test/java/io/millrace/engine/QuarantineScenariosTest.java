package io.millrace.engine;

import static io.millrace.engine.scenario.StepText.step;
import static io.millrace.engine.scenario.StepText.work;
import static io.millrace.engine.scenario.WorkflowText.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.scenario.Scenario;
import io.millrace.engine.step.StepBehavior;
import io.millrace.engine.step.StepContext;
import io.millrace.engine.step.StepTypes;
import io.millrace.protocol.Reply;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A bug in one run ends that run, and nobody else notices. */
class QuarantineScenariosTest {
  private static final StepTypes TYPES =
      new StepTypes(Map.of("broken", new Broken(), "late-broken", new LateBroken()));

  @Test
  void shouldEndARunThatCannotBeDecidedAndLetTheNextOneGo() {
    Scenario scenario =
        Scenario.given(
            EngineLimits.DEFAULT,
            TYPES,
            workflow("etl").steps(work("a"), step("b", "late-broken")));
    int question = scenario.nextQuestion();
    scenario.start("etl");
    scenario.start("etl");

    scenario.passes(Duration.ofSeconds(1));

    assertThat(scenario.life("etl/1", "a")).endsWith(StepStatus.INTERNALLY_FAILED);
    assertThat(scenario.life("etl/1", "b")).endsWith(StepStatus.INTERNALLY_FAILED);
    assertThat(scenario.cancelled()).contains(scenario.task("etl/1", "a").dispatchId());
    assertThat(scenario.answers(question).get(1))
        .isInstanceOfSatisfying(
            Reply.Refused.class, refused -> assertThat(refused.code()).isEqualTo("ENGINE_ERROR"));
    assertThat(scenario.life("etl/2", "a")).isNotEmpty();
  }

  @Test
  void shouldEndARunThatBreaksAsItBegins() {
    Scenario scenario =
        Scenario.given(EngineLimits.DEFAULT, TYPES, workflow("etl").steps(step("a", "broken")));
    scenario.start("etl");

    assertThat(scenario.timeline())
        .anySatisfy(event -> assertThat(event.event().toString()).contains("ENGINE_ERROR"));
    scenario.start("etl");
    assertThat(scenario.timeline())
        .anySatisfy(event -> assertThat(event.event().toString()).contains("run=etl/2:1"));
  }

  @Test
  void shouldRefuseEverythingAfterwardsAndInTheEndForget() {
    Scenario scenario =
        Scenario.given(EngineLimits.DEFAULT, TYPES, workflow("etl").steps(step("a", "broken")));
    scenario.start("etl");

    assertThat(scenario.stop("etl/1"))
        .isInstanceOfSatisfying(
            Reply.Refused.class, refused -> assertThat(refused.code()).isEqualTo("ENGINE_ERROR"));
    scenario.passes(Duration.ofDays(7));

    assertThat(scenario.state(Scenario.address("etl/1")).isEmpty()).isTrue();
  }

  @Test
  void shouldNotTouchNeighbours() {
    Scenario scenario =
        Scenario.given(
            EngineLimits.DEFAULT,
            TYPES,
            workflow("bad").steps(step("a", "broken")),
            workflow("good").steps(work("a")));
    scenario.start("good");

    scenario.start("bad");
    scenario.workerSucceeds("good/1", "a");

    assertThat(scenario.status("good/1")).isEqualTo(RunStatus.SUCCEEDED);
  }

  private static final class Broken implements StepBehavior {
    @Override
    public void begin(StepContext step) {
      throw new IllegalStateException("a bug");
    }
  }

  private static final class LateBroken implements StepBehavior {
    @Override
    public void begin(StepContext step) {
      step.running();
      step.wakeAt(step.at() + 1_000);
    }

    @Override
    public void due(StepContext step) {
      throw new IllegalStateException("a bug");
    }
  }
}
