package io.millrace.engine.simulation.play;

import io.millrace.address.DispatchId;
import io.millrace.address.InstanceAddress;
import io.millrace.definition.WorkerTimeout;
import io.millrace.engine.MachineAddress;
import io.millrace.engine.Message;
import io.millrace.engine.simulation.VirtualCluster;
import io.millrace.engine.simulation.scenario.StepOutcome;
import io.millrace.param.ParamValue;
import io.millrace.protocol.Report;
import io.millrace.protocol.Task;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
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

  /** Dispatch ids of the tasks whose workers give signs of life. */
  private final Set<String> atWork = new HashSet<>();

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
  private record Answer(
      long at, long number, MachineAddress to, Report report, @Nullable Signs signs) {}

  /**
   * The signs of life that follow a report: as rarely as the step allows, as time costs nothing
   * here, and each of them does.
   *
   * @param until none from then on, epoch millis
   */
  private record Signs(Duration every, long until, Report sign) {}

  void take(Task task, long now) {
    InstanceAddress instance =
        DispatchId.parse(task.dispatchId())
            .orElseThrow(() -> new IllegalStateException("Expected a dispatch id: " + task))
            .attempt()
            .run()
            .instance();
    Optional<StepOutcome> outcome =
        outcomes.take(task.stepId(), task.workflowId(), iterations.apply(instance).orElse(null));
    Work work =
        new Work(
            task,
            MachineAddress.instance(instance),
            now,
            duration(task, outcome.orElse(null)),
            new Reports(task));
    outcome
        .map(StepOutcome::result)
        .orElseGet(() -> new StepOutcome.Succeeds(Map.of()))
        .accept(work);
  }

  /** Nobody waits for the task any more. */
  void cancel(String dispatchId) {
    atWork.remove(dispatchId);
  }

  private void answer(long at, MachineAddress machine, Report report, @Nullable Signs signs) {
    answers.add(new Answer(at, taken++, machine, report, signs));
  }

  /** One task, from its arrival on. */
  private final class Work implements StepOutcome.Cases<Done> {
    private final Task task;
    private final MachineAddress machine;
    private final long now;
    private final long takes;
    private final Reports reports;

    Work(Task task, MachineAddress machine, long now, long takes, Reports reports) {
      this.task = task;
      this.machine = machine;
      this.now = now;
      this.takes = takes;
      this.reports = reports;
    }

    @Override
    public Done succeeds(StepOutcome.Succeeds result) {
      return ends(reports.succeeded(result.outputs()));
    }

    @Override
    public Done fails(StepOutcome.Fails result) {
      return ends(reports.failed(result));
    }

    @Override
    public Done neverAnswers(StepOutcome.NeverAnswers result) {
      return begins(Long.MAX_VALUE);
    }

    @Override
    public Done fallsSilent(StepOutcome.FallsSilent result) {
      begins(now + takes);
      if (takes > 0) {
        atWork.add(task.dispatchId());
        answer(now + takes, machine, reports.sign(Report.Kind.HEARTBEAT), null);
      }
      return Done.DONE;
    }

    @Override
    public Done isNotTaken(StepOutcome.IsNotTaken result) {
      return Done.DONE;
    }

    private Done begins(long until) {
      Signs signs =
          WorkerTimeout.HEARTBEAT_TIMEOUT
              .in(task.type(), task.params())
              .map(every -> new Signs(every, until, reports.sign(Report.Kind.HEARTBEAT)))
              .orElse(null);
      if (signs != null) {
        atWork.add(task.dispatchId());
      }
      answer(now, machine, reports.sign(Report.Kind.STARTED), signs);
      return Done.DONE;
    }

    private Done ends(Report report) {
      if (takes > 0) {
        begins(now + takes);
      }
      answer(now + takes, machine, report, null);
      return Done.DONE;
    }
  }

  /** What a visit gives back that has nothing to say. */
  private enum Done {
    DONE
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
      if (isMeant(answer.report())) {
        cluster.send(answer.to(), new Message.Reported(answer.report()));
        any = true;
        signAgain(answer);
      }
    }
    return any;
  }

  /** A worker that hears of a cancel gives no more signs of life. */
  private boolean isMeant(Report report) {
    return switch (report.kind()) {
      case HEARTBEAT -> atWork.contains(report.dispatchId());
      case STARTED, PROGRESS -> true;
      case SUCCEEDED, FAILED -> {
        atWork.remove(report.dispatchId());
        yield true;
      }
    };
  }

  private void signAgain(Answer answer) {
    Signs signs = answer.signs();
    if (signs != null && answer.at() + signs.every().toMillis() < signs.until()) {
      answer(answer.at() + signs.every().toMillis(), answer.to(), signs.sign(), signs);
    }
  }

  /** What a worker says of a task. */
  private record Reports(Task task) {
    Report failed(StepOutcome.Fails result) {
      return report(
          Report.Kind.FAILED, Map.of(), result.whose(), result.retryable(), result.message());
    }

    Report sign(Report.Kind kind) {
      return report(kind, Map.of(), null, null, null);
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
