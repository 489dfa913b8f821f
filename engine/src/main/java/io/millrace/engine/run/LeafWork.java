package io.millrace.engine.run;

import io.millrace.definition.TypedStep;
import io.millrace.engine.Document.StepRun;
import io.millrace.engine.step.StepBehavior;
import io.millrace.protocol.Report;
import io.millrace.protocol.StepStatus;
import java.util.Optional;
import java.util.function.Predicate;

/** A leaf step does what the behaviour of its type does. */
final class LeafWork implements StepWork {
  private final StepFlow flow;
  private final TypedStep definition;
  private final StepBehavior behavior;
  private final Predicate<String> declaredQueues;

  LeafWork(
      StepFlow flow,
      TypedStep definition,
      StepBehavior behavior,
      Predicate<String> declaredQueues) {
    this.flow = flow;
    this.definition = definition;
    this.behavior = behavior;
    this.declaredQueues = declaredQueues;
  }

  @Override
  public void begin(StepDraft draft) {
    behavior.begin(context(draft));
  }

  @Override
  public void due(StepDraft draft) {
    behavior.due(context(draft));
  }

  @Override
  public void reported(StepDraft draft, Report report) {
    switch (report.kind()) {
      case STARTED, HEARTBEAT, PROGRESS -> new WorkerWatch(flow).heard(draft, definition);
      case SUCCEEDED, FAILED -> {}
    }
    behavior.reported(context(draft), report);
  }

  @Override
  public boolean abandon(StepDraft draft, StepStatus how, String reason) {
    behavior.abandoned(context(draft), reason);
    return true;
  }

  @Override
  public Optional<String> waitingFor(StepRun step) {
    return behavior.waitingFor(step);
  }

  private AttemptContext context(StepDraft draft) {
    return new AttemptContext(flow, definition, draft, declaredQueues);
  }
}
