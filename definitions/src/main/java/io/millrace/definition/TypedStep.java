package io.millrace.definition;

/**
 * A leaf step: its {@code type} says who does the work.
 *
 * @param type as the author wrote it; {@code NoOp} and {@code Sleep} are decided by the engine, any
 *     other is a worker step on the queue named after it in lower case
 */
public record TypedStep(StepBasics basics, String type, RetryPolicyDefinition retryPolicy)
    implements StepDefinition {
  @Override
  public <R> R accept(Cases<R> cases) {
    return cases.typed(this);
  }
}
