package io.millrace.engine.model;

import static io.millrace.engine.model.Written.foreach;
import static io.millrace.engine.model.Written.sleep;
import static io.millrace.engine.model.Written.whileLoop;
import static io.millrace.engine.model.Written.work;
import static io.millrace.engine.model.Written.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.model.Action.Kind;
import io.millrace.engine.model.Action.Policy;
import io.millrace.engine.model.LeafOutcome.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What actions on iterations, and restarts of them, have two readings of. */
final class ModelActionDoubtsTest {
  private static final long[] ONE = {1};
  private static final long[] TWO = {1, 2};
  private static final LeafOutcome FATAL = LeafOutcome.failure(Failure.FATAL, 1_000);

  private static void thenOnlyDoubt(Case story, String doubt) {
    assertThat(Model.tell(story).doubts()).containsExactly(doubt);
  }

  private static Case inTurn(Written.Step... inside) {
    return Case.of("w", workflow("w", foreach("fe", "i", TWO, inside).with("concurrency", 1)));
  }

  @Test
  void shouldDoubtASkipOfAnIteration() {
    thenOnlyDoubt(
        inTurn(sleep("a", 9)).actions(Action.ofStep(1_000, Kind.SKIP, "fe").in(0)),
        "a skip of an iteration");
  }

  @Test
  void shouldDoubtAnIterationOfALeaf() {
    thenOnlyDoubt(
        Case.of("w", workflow("w", sleep("a", 9)))
            .actions(Action.ofStep(1_000, Kind.STOP, "a").in(0)),
        "an action on an iteration of what has none");
  }

  @Test
  void shouldDoubtARestartOfAnIterationOfAWhileThatGoesOn() {
    thenOnlyDoubt(
        Case.of(
                "w",
                workflow(
                    "w",
                    whileLoop("wh", "c < 1", "c", 0, sleep("a", 9).computed("c", "LONG", "c + 1"))))
            .actions(Action.ofStep(1_000, Kind.RESTART, "wh").in(0).with(Policy.FROM_BEGINNING)),
        "a restart of an iteration of a loop that is over, or of a while");
  }

  @Test
  void shouldDoubtStrictOrderingAmongIterationsThatWereKept() {
    thenOnlyDoubt(
        Case.of(
                "w",
                workflow("w", foreach("fe", "i", TWO, work("a")).with("strict_ordering", true)))
            .outcomes("a", FATAL.in(1))
            .actions(Action.restart(7_000, Policy.FROM_INCOMPLETE)),
        "strict ordering among iterations that were kept");
  }

  @Test
  void shouldDoubtARestartOfAnIterationOfALoopThatFailsImmediately() {
    Written.Step loop = foreach("fe", "i", TWO, sleep("a", 9)).with("concurrency", 1);
    thenOnlyDoubt(
        Case.of("w", workflow("w", loop.failing("FAIL_IMMEDIATELY")))
            .actions(Action.ofStep(10_000, Kind.RESTART, "fe").in(0).with(Policy.FROM_BEGINNING)),
        "an iteration that is restarted of a loop that fails immediately");
  }

  @Test
  void shouldDoubtAnIterationThatFailsAsAnotherEnds() {
    thenOnlyDoubt(
        Case.of("w", workflow("w", foreach("fe", "i", TWO, work("a"))))
            .outcomes("a", FATAL.in(0), LeafOutcome.success(1_000).in(1)),
        "an iteration that fails at the instant at which another ends");
  }

  @Test
  void shouldDoubtIterationsThatAreKilledWithWhatIsBelowThemInALoopThatFailsImmediately() {
    Written.Step inner = foreach("in", "j", ONE, sleep("a", 9));
    Written.Step loop = foreach("fe", "i", TWO, inner).failing("FAIL_IMMEDIATELY");
    thenOnlyDoubt(
        Case.of("w", workflow("w", loop)).actions(Action.ofStep(1_000, Kind.KILL, "in")),
        "an iteration that fails at once as another ends with what is below it");
  }

  @Test
  void shouldDoubtAStepDeepInALoopThatIsOver() {
    String w = workflow("w", foreach("out", "i", ONE, foreach("in", "j", ONE, sleep("a", 1))));
    thenOnlyDoubt(
        Case.of("w", w).actions(Action.ofStep(7_000, Kind.RESTART, "a").in(0)),
        "an action on a step deep in a loop that is over");
  }

  @Test
  void shouldDoubtWhichOfSeveralLoopsAnIterationIsOf() {
    String w = workflow("w", foreach("out", "i", TWO, foreach("in", "j", ONE, sleep("a", 1))));
    thenOnlyDoubt(
        Case.of("w", w).actions(Action.ofStep(7_000, Kind.RESTART, "a").in(0)),
        "an action on iterations of one number in several loops");
  }

  @Test
  void shouldDoubtAnIterationThatTheLatestRunDoesNotHave() {
    thenOnlyDoubt(
        inTurn(sleep("a", 9))
            .actions(
                Action.restart(20_000, Policy.FROM_BEGINNING),
                Action.ofStep(21_000, Kind.STOP, "a").in(5)),
        "an action on an iteration of an earlier run");
  }

  @Test
  void shouldDoubtARestartFromAStepThatWasNeverCreated() {
    Case story =
        Case.of("w", workflow("w", work("a").to("b"), work("b")))
            .outcomes("a", FATAL)
            .actions(Action.ofStep(7_000, Kind.RESTART, "b"));

    assertThat(Model.tell(story).doubts())
        .containsExactlyInAnyOrder(
            "a restart from a step that was never created",
            "a step behind an incomplete one that a restart leaves alone");
  }

  @Test
  void shouldDoubtWhetherAnInstanceBlocksOfWhichOnlyTheLastRunSucceeded() {
    ObjectNode w = Written.envelope("w", work("a"), work("b"));
    ((ObjectNode) w.get("properties")).put("run_strategy", "STRICT_SEQUENTIAL");
    thenOnlyDoubt(
        Case.of("w", w.toString())
            .outcomes("a", FATAL)
            .outcomes("b", FATAL)
            .actions(Action.ofStep(7_000, Kind.RESTART, "b"))
            .starts(new Start(9_000, "w", Map.of())),
        "an instance that failed though its last run succeeded");
  }
}
