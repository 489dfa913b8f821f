package io.millrace.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison that can find nothing proves nothing. */
final class ComparingTest {
  private static final int CASES = 300;

  /** Takes a failure that is to be ignored for one that is not. */
  private static final Simulator HEEDS_IGNORED_FAILURES =
      story ->
          Simulator.MODEL.run(
              story.definitions(
                  story.definitions().stream()
                      .map(text -> text.replace("IGNORE_FAILURE", "FAIL_AFTER_RUNNING"))
                      .toList()));

  /** Never stops what users want stopped. */
  private static final Simulator HEARS_NO_ACTION =
      story -> Simulator.MODEL.run(story.actions(List.of()));

  @Test
  void shouldFindAWrongSimulatorAndMakeItsCaseSmall() {
    Optional<Comparing.Found> found = new Comparing(HEEDS_IGNORED_FAILURES).find(0, CASES);

    assertThat(found).isPresent();
    Case shrunk = found.get().shrunk();
    assertThat(shrunk.definitions()).hasSize(1);
    JsonNode steps = definition(shrunk).at("/workflow/steps");
    assertThat(steps).hasSize(1);
    assertThat(shrunk.outcomes().size() + shrunk.actions().size()).isEqualTo(1);
    assertThat(found.get().text())
        .contains("seed ")
        .contains(".status: expected COMPLETED_WITH_ERROR, but was FATALLY_FAILED");
  }

  @Test
  void shouldKeepTheActionThatTheDifferenceNeeds() {
    Optional<Comparing.Found> found = new Comparing(HEARS_NO_ACTION).find(0, CASES);

    assertThat(found).isPresent();
    Case shrunk = found.get().shrunk();
    assertThat(shrunk.actions()).hasSize(1);
    assertThat(shrunk.definitions()).hasSize(1);
  }

  @Test
  void shouldStartWhatIsBelowAndTakeStepsOutOfTheirLoop() {
    Case story =
        Case.of(
                "p",
                Written.workflow(
                    "c",
                    Written.foreach("fe", "i", new long[] {1, 2}, Written.work("a")),
                    Written.work("b")),
                Written.workflow("p", Written.subworkflow("sub", "c")))
            .outcomes("a", LeafOutcome.failure(LeafOutcome.Failure.FATAL, 5));

    Case shrunk =
        new Shrinker(
                smaller ->
                    smaller.definitions().stream().anyMatch(text -> text.contains("\"a\""))
                        && Simulator.MODEL.run(smaller).last().status() == RunStatus.FAILED)
            .shrink(story);

    assertThat(shrunk)
        .isEqualTo(
            Case.of("c", shrunk.definitions().get(0))
                .outcomes("a", LeafOutcome.failure(LeafOutcome.Failure.FATAL, 5)));
    assertThat(definition(shrunk).at("/workflow/steps").toString())
        .isEqualTo("[{\"step\":{\"id\":\"a\",\"type\":\"Job\"}}]");
  }

  @Test
  void shouldTellOfASimulatorThatThrows() {
    Simulator broken =
        story -> {
          throw new IllegalStateException("not today");
        };

    Optional<Comparing.Found> found = new Comparing(broken).find(0, 1);

    assertThat(found.orElseThrow().text()).contains("not today");
    assertThat(found.get().shrunk().outcomes()).isEmpty();
  }

  @Test
  void shouldFindNothingBetweenTheModelAndItself() {
    assertThat(new Comparing(Simulator.MODEL).find(0, 50)).isEmpty();
  }

  @Test
  void shouldTellEachFieldThatDiffers() {
    String one = Written.workflow("w", Written.sleep("a", 1));
    String two = Written.workflow("w", Written.sleep("a", 2).to("b"), Written.step("b", "NoOp"));

    List<String> lines =
        Difference.between(
            Simulator.MODEL.run(Case.of("w", one)), Simulator.MODEL.run(Case.of("w", two)));

    assertThat(lines)
        .containsExactly(
            "w/1:1.elapsed_ms: expected 1000, but was 2000",
            "w/1:1 a.ended_ms: expected 1000, but was 2000",
            "w/1:1 b.status: expected NOT_CREATED, but was " + StepStatus.SUCCEEDED,
            "w/1:1.leaf_counts: expected {SUCCEEDED=1}, but was {SUCCEEDED=2}");
  }

  @Test
  void shouldWriteACaseAsFilesForSimulate(@TempDir Path folder) throws IOException {
    Case story =
        Case.of("w", Written.workflow("w", Written.work("a")))
            .outcomes(
                "a",
                LeafOutcome.failure(LeafOutcome.Failure.USER, 5).veto(),
                LeafOutcome.success(7).in(3))
            .actions(Action.restart(9, Action.Policy.FROM_INCOMPLETE));

    List<String> arguments = CaseText.write(story, folder);

    assertThat(arguments.subList(0, 5))
        .containsExactly("--json", "--start", "w", "--until", Case.DEFAULT_UNTIL_MS + "ms");
    assertThat(Written.JSON.readTree(Files.readString(folder.resolve("scenario.json"))))
        .isEqualTo(
            Written.JSON.readTree(
                """
                {"params": {},
                 "steps": {"a": [
                   {"fail": "USER", "after": "5ms", "retryable": false},
                   {"iteration": 3, "succeed": {}, "after": "7ms"}]},
                 "actions": [
                   {"at": "9ms", "do": "restart", "policy": "RESTART_FROM_INCOMPLETE"}]}
                """));
    assertThat(folder.resolve("definition-1.json")).exists();
  }

  private static JsonNode definition(Case story) {
    try {
      return Written.JSON.readTree(story.definitions().get(0));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
