package io.millrace.engine.model;

import static io.millrace.engine.model.Written.foreach;
import static io.millrace.engine.model.Written.sleep;
import static io.millrace.engine.model.Written.work;
import static io.millrace.engine.model.Written.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.model.Action.Kind;
import io.millrace.engine.model.Action.Policy;
import io.millrace.engine.model.LeafOutcome.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the specification has two readings the model says so, and is not to be compared. */
final class ModelDoubtsTest {
  @Test
  void shouldDoubtARestartOfWhatIsComplete() {
    Case story =
        Case.of("w", workflow("w", sleep("a", 1)))
            .actions(Action.restart(7_000, Policy.FROM_INCOMPLETE));

    assertThat(Model.tell(story).doubts())
        .containsExactly("a restart from what is incomplete where nothing is");
  }

  @Test
  void shouldDoubtWhatARunIsThatFailedBeforeItWasStopped() {
    Case story =
        Case.of("w", workflow("w", work("a"), sleep("b", 9)))
            .outcomes("a", LeafOutcome.failure(Failure.FATAL, 0))
            .actions(Action.ofRun(4_000, Kind.STOP));

    assertThat(Model.tell(story).doubts())
        .containsExactly("a run with a failed step that is stopped or times out");
  }

  @Test
  void shouldNotBeSureOfWhatDependsOnTheOrderOfAnswers() {
    // a stops b, unless b has answered first
    String w = workflow("w", work("a").failing("FAIL_IMMEDIATELY"), work("b"));
    Case atOnce =
        Case.of("w", w)
            .outcomes("a", LeafOutcome.failure(Failure.FATAL, 1_000))
            .outcomes("b", LeafOutcome.success(1_000));
    Case apart = atOnce.outcomes("b", LeafOutcome.success(1_001));

    assertThat(Model.tell(atOnce).doubts()).isEmpty();
    assertThat(Model.isSure(atOnce, Whiles.MAX_PASSES)).isFalse();
    assertThat(Model.isSure(apart, Whiles.MAX_PASSES)).isTrue();
  }

  @Test
  void shouldNotBeSureOfAnOrderThatIsTurnedRoundTwice() {
    // each of the two inner loops launches its second iteration as its first ends, at 2,000, and
    // both of those end at 4,000: one makes its loop fail, which stops the other, unless it is over
    Case story =
        Case.of(
                "w",
                workflow(
                    "w",
                    foreach(
                            "out",
                            "i",
                            new long[] {1, 2},
                            work("a"),
                            foreach("in", "j", new long[] {1, 2}, sleep("b", 2))
                                .with("concurrency", 1))
                        .failing("FAIL_IMMEDIATELY")))
            .outcomes("a", LeafOutcome.failure(Failure.FATAL, 3_000).in(0));

    assertThat(Model.tell(story).doubts()).isEmpty();
    assertThat(Model.isSure(story, Whiles.MAX_PASSES)).isFalse();
  }

  @Test
  void shouldNotBeSureOfWhatDependsOnTimersOfOneInstantFiringTogether() {
    // the third and the fourth iteration are launched as the first and the second end: the fourth
    // finds the instance of the third still there, if both ends come before what follows from them
    ObjectNode child = Written.envelope("child", work("x"));
    ((ObjectNode) child.get("properties")).put("run_strategy", "FIRST_ONLY");
    Case story =
        Case.of(
            "w",
            child.toString(),
            workflow(
                "w",
                foreach(
                        "fe",
                        "i",
                        new long[] {1, 2, 3, 4},
                        sleep("a", 0),
                        Written.subworkflow("b", "child"))
                    .with("concurrency", 2)));

    assertThat(Model.tell(story).doubts()).isEmpty();
    assertThat(Model.isSure(story, Whiles.MAX_PASSES)).isFalse();
  }

  @Test
  void shouldDoubtWhereAnIterationBelongsThatIsRestartedUnderStrictOrdering() {
    Case story =
        Case.of(
                "w",
                workflow(
                    "w",
                    foreach("fe", "i", new long[] {1, 2, 3}, sleep("a", 9))
                        .with("concurrency", 2)
                        .with("strict_ordering", true)))
            .actions(Action.ofStep(10_000, Kind.RESTART, "fe").in(1).with(Policy.FROM_BEGINNING));

    assertThat(Model.tell(story).doubts())
        .containsExactly("an iteration that is restarted in a loop with strict ordering");
  }

  @Test
  void shouldDoubtWhetherAStepRunsThatARestartNamesAndNothingLeadsTo() {
    Case story =
        Case.of(
                "w",
                workflow(
                    "w",
                    foreach("fe", "i", new long[] {1}, sleep("a", 1).to("b", "false"), work("b"))))
            .actions(Action.ofStep(7_000, Kind.RESTART, "b").in(0));

    assertThat(Model.tell(story).doubts())
        .containsExactly("a step that a restart names and that no step before it leads to");
  }

  @Test
  void shouldDoubtWhetherARunBeganThatIsReplacedAtTheInstantAtWhichItReplacesAnother() {
    // the first is stopped at 4,000, with what is below it; whether the second has begun by the
    // time the third arrives is a matter of how deep that is
    ObjectNode w = Written.envelope("w", foreach("fe", "i", new long[] {1}, sleep("a", 9)));
    ((ObjectNode) w.get("properties")).put("run_strategy", "LAST_ONLY");
    Start second = new Start(4_000, "w", Map.of());
    Case story = Case.of("w", w.toString()).starts(second, new Start(4_000, "w", Map.of()));

    assertThat(Model.tell(story).doubts())
        .containsExactly("an arrival at the instant at which the run before it replaces another");
    assertThat(Model.tell(story.starts(second, new Start(4_001, "w", Map.of()))).doubts())
        .isEmpty();
  }

  @Test
  void shouldBeSureOfIterationsThatDoTheSame() {
    Case story = Case.of("w", workflow("w", foreach("fe", "i", new long[] {1, 2, 3}, work("a"))));

    assertThat(Model.isSure(story, Whiles.MAX_PASSES)).isTrue();
  }

  @Test
  void shouldDoubtWhatItLeavesOut() {
    ObjectNode limited = Written.envelope("w", sleep("a", 1).with("timeout", "${n} days"));
    ((ObjectNode) limited.get("properties")).put("step_concurrency", 5);
    ((ObjectNode) limited.get("workflow")).putObject("params").set("n", Written.param("LONG", 1));

    assertThat(Model.tell(Case.of("w", limited.toString())).doubts())
        .containsExactlyInAnyOrder(
            "a limit of steps, which the model does not heed", "a setting that a param gives");
  }
}
