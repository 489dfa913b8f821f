package io.millrace.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DagCheckTest {
  private static final Place ROOT = Place.root(1, 1);

  private final List<StepOutline> steps = new ArrayList<>();

  @Test
  void shouldTakeForksJoinsAndSeveralRoots() {
    given("a", "b", "c").given("b", "d").given("c", "d").given("d").given("alone");

    assertThat(problems()).isEmpty();
  }

  @Test
  void shouldNameACycleWithItsPath() {
    given("in", "b").given("b", "c").given("c", "d").given("d", "b", "out").given("out");

    assertThat(problems())
        .extracting(Problem::code, Problem::path, Problem::message)
        .containsExactly(
            tuple(
                ProblemCode.CYCLE,
                "$.d.b",
                "Expected no step to wait for itself, but there is the cycle b -> c -> d -> b."));
  }

  @Test
  void shouldNameAStepThatLeadsToItself() {
    given("a", "a");

    assertThat(problems()).extracting(Problem::message).first().asString().contains("a -> a.");
  }

  @Test
  void shouldNameEveryCycleOfItsOwn() {
    given("a", "b").given("b", "a", "c").given("c", "d").given("d", "c", "e").given("e", "d");

    assertThat(problems())
        .extracting(Problem::message)
        .containsExactly(
            "Expected no step to wait for itself, but there is the cycle a -> b -> a.",
            "Expected no step to wait for itself, but there is the cycle c -> d -> c.");
  }

  @Test
  void shouldCutALongCycleShort() {
    int length = 100_000;
    for (int i = 0; i < length; i++) {
      given("s" + i, "s" + (i + 1) % length);
    }

    assertThat(problems())
        .singleElement()
        .extracting(Problem::message)
        .asString()
        .contains("s0 -> s1 -> ")
        .endsWith("s19 -> ... -> s0.");
  }

  @Test
  void shouldTellUnknownStepsAndRepeatedIds() {
    given("a", "x").given("b").given("a", "y");

    assertThat(problems())
        .extracting(Problem::code, Problem::path)
        .containsExactlyInAnyOrder(
            tuple(ProblemCode.UNKNOWN_STEP, "$.a.x"),
            tuple(ProblemCode.UNKNOWN_STEP, "$.a.y"),
            tuple(ProblemCode.DUPLICATE, "$.a"));
  }

  @Test
  void shouldWantPredecessorsToBeWhatTheyAre() {
    given("a", "c").given("b", "c").given("other");
    steps.add(
        outline(
            "c",
            Map.of(),
            new LinkedHashMap<>(
                Map.of("a", ROOT, "other", ROOT.field("o", 1, 1), "z", ROOT.field("z", 1, 1)))));

    assertThat(problems())
        .extracting(Problem::code, Problem::path)
        .containsExactlyInAnyOrder(
            tuple(ProblemCode.BAD_VALUE, "$.o"),
            tuple(ProblemCode.UNKNOWN_STEP, "$.z"),
            tuple(ProblemCode.BAD_VALUE, "$.c"));
  }

  private DagCheckTest given(String id, String... successors) {
    Place place = ROOT.field(id, 1, 1);
    Map<String, Place> places = new LinkedHashMap<>();
    for (String successor : successors) {
      places.put(successor, place.field(successor, 1, 1));
    }
    steps.add(outline(id, places, null));
    return this;
  }

  private static StepOutline outline(
      String id, Map<String, Place> successors, @Nullable Map<String, Place> predecessors) {
    return new StepOutline(
        id,
        ROOT.field(id, 1, 1),
        StepOutline.Kind.LEAF,
        "noop",
        successors,
        predecessors,
        Map.of(),
        Set.of(),
        List.of(),
        0,
        null);
  }

  private List<Problem> problems() {
    Problems problems = new Problems(100);
    new DagCheck(problems).check(steps);
    return problems.inOrder();
  }
}
