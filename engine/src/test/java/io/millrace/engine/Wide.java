package io.millrace.engine;

import io.millrace.engine.scenario.StepText;
import java.util.List;
import java.util.stream.IntStream;

/** Many steps that do not wait for each other. */
final class Wide {
  private Wide() {}

  static List<StepText> steps(int count) {
    return IntStream.range(0, count).mapToObj(i -> StepText.noOp("s" + i)).toList();
  }
}
