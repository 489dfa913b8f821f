package io.millrace.engine.wiring;

import io.millrace.engine.Document.StepRun;
import io.millrace.engine.step.StepBehavior;
import io.millrace.engine.step.StepContext;
import io.millrace.protocol.Report;
import java.util.Optional;
import java.util.function.Predicate;

/** A type of step that some steps do by themselves, and the scripted ones with a worker. */
final class ScriptedStep implements StepBehavior {
  private final StepBehavior own;
  private final StepBehavior worker;
  private final Predicate<String> scripted;

  ScriptedStep(StepBehavior own, StepBehavior worker, Predicate<String> scripted) {
    this.own = own;
    this.worker = worker;
    this.scripted = scripted;
  }

  private StepBehavior of(StepRun step) {
    return scripted.test(step.stepId()) ? worker : own;
  }

  @Override
  public void begin(StepContext step) {
    of(step.step()).begin(step);
  }

  @Override
  public void due(StepContext step) {
    of(step.step()).due(step);
  }

  @Override
  public void reported(StepContext step, Report report) {
    of(step.step()).reported(step, report);
  }

  @Override
  public void abandoned(StepContext step, String reason) {
    of(step.step()).abandoned(step, reason);
  }

  @Override
  public Optional<String> waitingFor(StepRun step) {
    return of(step).waitingFor(step);
  }
}
