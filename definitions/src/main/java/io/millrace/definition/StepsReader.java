package io.millrace.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the steps of one level: of the workflow, or of a loop (Maestro semantics 1.4). */
final class StepsReader {
  private final DefinitionLimits limits;
  private final Problems problems;
  private final int depth;

  /**
   * A reader of one level.
   *
   * @param depth loops around it
   */
  StepsReader(DefinitionLimits limits, Problems problems, int depth) {
    this.limits = limits;
    this.problems = problems;
    this.depth = depth;
  }

  /** What came of the steps of one level. */
  record Level(List<StepDefinition> steps, List<StepOutline> outlines) {
    static final Level NONE = new Level(List.of(), List.of());
  }

  /** The steps of the field {@code steps}, of which there must be at least one. */
  Level read(Fields owner) {
    return owner.requireArray("steps").map(this::read).orElse(Level.NONE);
  }

  private Level read(SourceNode.Arr array) {
    int count = array.items().size();
    if (count == 0) {
      problems.error(
          ProblemCode.BAD_VALUE,
          array.place(),
          array.place().label() + " to have at least one step",
          "it has none");
    }
    if (count > limits.maxSteps()) {
      problems.error(
          ProblemCode.LIMIT,
          array.place(),
          "at most " + limits.maxSteps() + " steps",
          "there are " + count);
      return Level.NONE;
    }
    if (depth > limits.maxLoopDepth()) {
      problems.error(
          ProblemCode.LIMIT,
          array.place(),
          "at most " + limits.maxLoopDepth() + " loops around a step",
          "there are " + depth);
      return Level.NONE;
    }
    StepReader reader = new StepReader(limits, problems, depth);
    List<StepDefinition> steps = new ArrayList<>();
    List<StepOutline> outlines = new ArrayList<>();
    for (SourceNode item : array.items()) {
      StepReader.StepReading reading = reader.read(item);
      Optional.ofNullable(reading.step()).ifPresent(steps::add);
      Optional.ofNullable(reading.outline()).ifPresent(outlines::add);
    }
    new DagCheck(problems).check(outlines);
    return new Level(steps, outlines);
  }
}
