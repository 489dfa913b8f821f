package io.millrace.engine.step;

import java.util.Locale;
import java.util.Map;

/** Which behaviour a type of step has; a type that is not named here is done by workers. */
public final class StepTypes {
  /** The types of this release. */
  public static final StepTypes STANDARD =
      new StepTypes(Map.of("noop", new NoOpStep(), "sleep", new SleepStep()));

  private final Map<String, StepBehavior> byType;
  private final StepBehavior worker = new WorkerStep();

  /**
   * Behaviours by type.
   *
   * @param byType keys in lower case, as types are compared without case
   */
  public StepTypes(Map<String, StepBehavior> byType) {
    this.byType = Map.copyOf(byType);
  }

  /** The behaviour of {@code type}. */
  public StepBehavior of(String type) {
    return byType.getOrDefault(type.toLowerCase(Locale.ROOT), worker);
  }
}
