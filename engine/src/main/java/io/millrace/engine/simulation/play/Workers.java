package io.millrace.engine.simulation.play;

import io.millrace.address.DispatchId;
import io.millrace.address.InstanceAddress;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.engine.simulation.scenario.StepOutcome;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import io.millrace.protocol.Task;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All workers of a simulation: they take every task at once and answer as the scenario has it. What
 * it says nothing of succeeds: a Sleep after its time, all else at once.
 */
final class Workers {
  private static final String SLEEP = "sleep";
  private static final String SLEEP_SECONDS = "sleep_seconds";
  private static final long DEFAULT_SLEEP_SECONDS = 3;

  private final OutcomeQueues outcomes;
  private final Function<InstanceAddress, Optional<Long>> iterations;
  private final PriorityQueue<Answer> answers =
      new PriorityQueue<>(Comparator.comparingLong(Answer::at).thenComparingLong(Answer::number));
  private long taken;

  /**
   * Workers that have not taken a task yet.
   *
   * @param iterations of the nearest loop around an instance's steps
   */
  Workers(OutcomeQueues outcomes, Function<InstanceAddress, Optional<Long>> iterations) {
    this.outcomes = outcomes;
    this.iterations = iterations;
  }

  /** One report, due at {@code at}; {@code number} keeps those of one instant in order. */
  private record Answer(long at, long number, MachineAddress to, Report report) {}

  void take(Task task, long now) {
    InstanceAddress instance =
        DispatchId.parse(task.dispatchId())
            .orElseThrow(() -> new IllegalStateException("Expected a dispatch id: " + task))
            .attempt()
            .run()
            .instance();
    MachineAddress machine = MachineAddress.instance(instance);
    Optional<StepOutcome> outcome =
        outcomes.take(task.stepId(), task.workflowId(), iterations.apply(instance).orElse(null));
    long takes = duration(task, outcome.orElse(null));
    Report report =
        outcome
            .map(StepOutcome::result)
            .<Report>map(result -> result.accept(new Reports(task)))
            .orElseGet(() -> new Reports(task).succeeded(Map.of()));
    if (takes > 0 || report.kind() == Report.Kind.STARTED) {
      answer(now, machine, new Reports(task).started());
    }
    if (report.kind() != Report.Kind.STARTED) {
      answer(now + takes, machine, report);
    }
  }

  private void answer(long at, MachineAddress machine, Report report) {
    answers.add(new Answer(at, taken++, machine, report));
  }

  private static long duration(Task task, @Nullable StepOutcome outcome) {
    Duration after = outcome == null ? null : outcome.after();
    if (after != null) {
      return after.toMillis();
    }
    boolean succeeds = outcome == null || outcome.result() instanceof StepOutcome.Succeeds;
    if (!succeeds || !task.type().equalsIgnoreCase(SLEEP)) {
      return 0;
    }
    long seconds =
        task.params().get(SLEEP_SECONDS) instanceof ParamValue.Int given
            ? given.value()
            : DEFAULT_SLEEP_SECONDS;
    return 1_000 * Math.max(0, Math.min(seconds, Duration.ofDays(100_000).toSeconds()));
  }

  /** When the next answer is due. */
  Optional<Long> next() {
    return answers.isEmpty() ? Optional.empty() : Optional.of(answers.peek().at());
  }

  /** Sends the answers that are due; false if there are none. */
  boolean answerDue(VirtualCluster cluster) {
    boolean any = false;
    while (!answers.isEmpty() && answers.peek().at() <= cluster.now()) {
      Answer answer = answers.remove();
      cluster.send(answer.to(), new Message.Reported(answer.report()));
      any = true;
    }
    return any;
  }

  /** What a worker says of a task. An attempt that is never answered is only started. */
  private record Reports(Task task) implements StepOutcome.Cases<Report> {
    @Override
    public Report succeeds(StepOutcome.Succeeds result) {
      return succeeded(result.outputs());
    }

    @Override
    public Report fails(StepOutcome.Fails result) {
      return report(
          Report.Kind.FAILED, Map.of(), result.whose(), result.retryable(), result.message());
    }

    @Override
    public Report neverAnswers(StepOutcome.NeverAnswers result) {
      return started();
    }

    Report started() {
      return report(Report.Kind.STARTED, Map.of(), null, null, null);
    }

    Report succeeded(Map<String, ParamValue> outputs) {
      return report(Report.Kind.SUCCEEDED, outputs, null, null, null);
    }

    private Report report(
        Report.Kind kind,
        Map<String, ParamValue> outputs,
        Report.@Nullable Failure failure,
        @Nullable Boolean retryable,
        @Nullable String message) {
      return new Report(
          Task.PROTOCOL,
          task.dispatchId(),
          kind,
          null,
          outputs,
          failure,
          retryable,
          message,
          null,
          null,
          null);
    }
  }
}
