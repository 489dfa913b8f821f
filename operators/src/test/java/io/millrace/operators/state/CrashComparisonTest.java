package io.millrace.operators.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Document;
import io.millrace.engine.Envelope;
import io.millrace.engine.Message;
import io.millrace.engine.model.Comparing;
import io.millrace.engine.model.ModelComparison;
import io.millrace.engine.model.Simulator;
import io.millrace.engine.simulation.Reload;
import io.millrace.engine.simulation.compare.EngineSimulator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The engine does what the model does also if it crashes after every turn: then all that it knows
 * is what was stored as bytes, and its caches are empty.
 */
final class CrashComparisonTest extends ModelComparison {
  CrashComparisonTest() {
    super("millrace.model.crashing", 20);
  }

  @Override
  protected Simulator simulator() {
    return EngineSimulator.crashing(new StoredReload());
  }

  @Test
  void shouldFindAComponentThatIsNotStored() {
    Simulator forgetful = EngineSimulator.crashing(new Forgetful(new StoredReload()));

    assertThat(new Comparing(forgetful).find(1, 60)).isPresent();
  }

  /** Stores all of a step but the ways that are not taken from it. */
  private record Forgetful(Reload reload) implements Reload {
    @Override
    public Envelope envelope(Envelope envelope) {
      return reload.envelope(envelope);
    }

    @Override
    public Message message(Message message) {
      return reload.message(message);
    }

    @Override
    public Document document(Document document) {
      return reload.document(document) instanceof Document.StepRun step
          ? new Document.StepRun(
              step.stepId(),
              step.status(),
              step.attempt(),
              step.errorRetries(),
              step.platformRetries(),
              step.timeoutRetries(),
              step.createdAt(),
              step.startedAt(),
              step.endedAt(),
              step.retryAt(),
              step.dispatchId(),
              step.worker(),
              step.workerStarted(),
              step.message(),
              step.progress(),
              step.logTail(),
              step.link(),
              step.params(),
              step.manualRetries(),
              List.of(),
              step.ending(),
              step.child(),
              step.exports(),
              step.since(),
              step.again(),
              step.sinceAttempt())
          : reload.document(document);
    }
  }
}
