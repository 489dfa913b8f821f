package io.millrace.bench.check;

import io.millrace.bench.load.Workflows;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamValue;
import io.millrace.protocol.StartRequest;
import io.millrace.protocol.StepStatus;
import io.millrace.protocol.TimelineEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A nap whose length came with its start, in {@link Workflows#NAP_SECONDS}, ends once and not
 * before its time; and how late it ended, by the times of the timeline.
 */
final class NapLedger {
  private final Map<String, Long> millisOfRequest = new HashMap<>();
  private final Map<String, String> requestOfUuid = new HashMap<>();
  private final Map<String, Long> fellAsleep = new HashMap<>();
  private final Map<String, Long> woke = new HashMap<>();
  private final Map<String, String> wokeAgain = new HashMap<>();
  private final Findings findings;
  private final long restoredAt;

  /**
   * @param restoredAt when a savepoint was restored, epoch millis: of naps that were over by then
   *     it says how long their end took from that moment; 0: none was
   */
  NapLedger(Findings findings, long restoredAt) {
    this.findings = findings;
    this.restoredAt = restoredAt;
  }

  void sent(StartRequest start) {
    boolean isNap =
        start.requestId() != null
            && start.runParams().containsKey(Workflows.NAP_SECONDS)
            && start.runParams().get(Workflows.NAP_SECONDS).content()
                instanceof ParamContent.Literal literal
            && literal.value() instanceof ParamValue.Int seconds
            && remember(start.requestId(), seconds.value());
    if (isNap) {
      findings.count("naps sent", 1);
    }
  }

  private boolean remember(String requestId, long seconds) {
    return millisOfRequest.put(requestId, 1_000 * seconds) == null;
  }

  void accepted(TimelineEvent.StartAccepted start) {
    requestOfUuid.put(start.runUuid(), start.requestId());
  }

  void changed(TimelineEvent.StepStatusChanged change, long at) {
    boolean ended = change.statuses().stream().anyMatch(StepStatus::isTerminal);
    if (!ended && change.statuses().contains(StepStatus.RUNNING)) {
      fellAsleep.put(change.runUuid(), at);
    } else if (ended && fellAsleep.containsKey(change.runUuid())) {
      if (woke.putIfAbsent(change.runUuid(), at) != null) {
        wokeAgain.put(change.runUuid(), "step " + change.stepId() + " of " + change.run());
      }
    }
  }

  /** Says how late they were, when all events are taken. */
  void end() {
    if (millisOfRequest.isEmpty()) {
      return;
    }
    // runs of other workflows, which may have many steps, are no naps
    fellAsleep.keySet().removeIf(uuid -> !isNap(uuid));
    woke.keySet().removeIf(uuid -> !isNap(uuid));
    wokeAgain.forEach(
        (uuid, step) -> {
          if (isNap(uuid)) {
            findings.broken("Woke twice: " + step + ".");
          }
        });
    List<Long> inTime = new ArrayList<>();
    List<Long> overdue = new ArrayList<>();
    requestOfUuid.forEach(
        (uuid, request) -> {
          Long length = millisOfRequest.get(request);
          Long begin = fellAsleep.get(uuid);
          Long end = woke.get(uuid);
          if (length == null) {
            return;
          }
          if (begin == null || end == null) {
            findings.broken("Never woke: the nap of request " + request + ".");
            return;
          }
          long due = begin + length;
          if (end < due) {
            findings.broken(
                "Woke " + (due - end) + " ms early: the nap of request " + request + ".");
          }
          if (due < restoredAt && end >= restoredAt) {
            overdue.add(end - restoredAt);
          } else {
            inTime.add(end - due);
          }
        });
    findings.count("naps over", inTime.size() + overdue.size());
    findings.count("naps at once, at most", mostAtOnce());
    tell(inTime, "ms late, %s of the naps");
    if (restoredAt > 0) {
      findings.count("naps that were overdue when the savepoint was restored", overdue.size());
      tell(overdue, "ms from then to the end, %s of the overdue naps");
    }
  }

  private boolean isNap(String runUuid) {
    return millisOfRequest.containsKey(requestOfUuid.getOrDefault(runUuid, ""));
  }

  private long mostAtOnce() {
    long[] begins = fellAsleep.values().stream().mapToLong(Long::longValue).sorted().toArray();
    long[] ends = woke.values().stream().mapToLong(Long::longValue).sorted().toArray();
    int over = 0;
    int most = 0;
    for (int i = 0; i < begins.length; i++) {
      while (over < ends.length && ends[over] <= begins[i]) {
        over++;
      }
      most = Math.max(most, i + 1 - over);
    }
    return most;
  }

  private void tell(List<Long> millis, String what) {
    if (millis.isEmpty()) {
      return;
    }
    long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
    findings.count(what.formatted("p50"), percentile(sorted, 0.50));
    findings.count(what.formatted("p99"), percentile(sorted, 0.99));
    findings.count(what.formatted("max"), Arrays.stream(sorted).max().orElse(0));
  }

  private static long percentile(long[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
