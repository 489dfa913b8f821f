package io.millrace.bench.check;

import io.millrace.protocol.Reply;
import io.millrace.protocol.Report;
import io.millrace.protocol.StartRequest;
import io.millrace.protocol.Task;
import io.millrace.protocol.TimelineEvent;

/** Brings each record of the topics to the ledgers it concerns. */
final class Evidence {
  private final Findings findings = new Findings();
  private final TimelineOrder order = new TimelineOrder(findings);
  private final StartLedger starts = new StartLedger(findings);
  private final TaskLedger tasks = new TaskLedger(findings);
  private final LoopLedger loops;
  private final NapLedger naps;

  Evidence(Expectations expectations) {
    loops = new LoopLedger(findings, expectations.iterations());
    naps = new NapLedger(findings, expectations.restoredAt());
  }

  void take(StartRequest start) {
    starts.sent(start);
    naps.sent(start);
  }

  void take(Task task) {
    tasks.task(task);
  }

  void take(Report report) {
    tasks.report(report);
  }

  void take(TimelineEvent event) {
    order.take(event);
    if (event.event() instanceof TimelineEvent.StartAccepted accepted) {
      starts.accepted(accepted);
      naps.accepted(accepted);
    } else if (event.event() instanceof TimelineEvent.RunStatusChanged change) {
      starts.changed(change);
      loops.changed(change);
    } else if (event.event() instanceof TimelineEvent.StepStatusChanged change) {
      tasks.changed(change);
      loops.changed(change);
      naps.changed(change, event.at());
    }
  }

  /** Replies come last: they are compared with the tasks taken. */
  void take(Reply reply) {
    if (reply.answer() instanceof Reply.RunTold told && told.last()) {
      tasks.ended(told.run());
    }
  }

  /** What there is to say when all is taken. */
  Findings findings() {
    order.end();
    starts.end();
    tasks.end();
    loops.end();
    naps.end();
    return findings;
  }
}
