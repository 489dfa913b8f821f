package io.millrace.bench.check;

import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StartRequest;
import io.millrace.protocol.TimelineEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Every start that was sent is accepted once, by its request id, and its run ends once. */
final class StartLedger {
  private final Set<String> sent = new HashSet<>();
  private final Map<String, String> uuidOfRequest = new HashMap<>();
  private final Map<String, String> runOfUuid = new HashMap<>();
  private final Map<String, RunStatus> endOfUuid = new HashMap<>();
  private final Findings findings;

  StartLedger(Findings findings) {
    this.findings = findings;
  }

  void sent(StartRequest start) {
    findings.count("start records", 1);
    if (start.requestId() != null) {
      sent.add(start.requestId());
    }
  }

  void accepted(TimelineEvent.StartAccepted start) {
    String before = uuidOfRequest.putIfAbsent(start.requestId(), start.runUuid());
    if (before != null) {
      findings.broken(
          "Accepted twice: request "
              + start.requestId()
              + " as runs "
              + before
              + " and "
              + start.runUuid()
              + ".");
    }
  }

  void changed(TimelineEvent.RunStatusChanged change) {
    String before = runOfUuid.putIfAbsent(change.runUuid(), change.run());
    if (before != null && !before.equals(change.run())) {
      findings.broken(
          "One uuid, two runs: " + before + " and " + change.run() + " are " + change.runUuid());
    }
    for (RunStatus status : change.statuses()) {
      if (status.isTerminal()) {
        RunStatus ended = endOfUuid.putIfAbsent(change.runUuid(), status);
        if (ended != null) {
          findings.broken(
              "Ended twice: run " + change.run() + " as " + ended + " and " + status + ".");
        }
      }
    }
  }

  void end() {
    findings.count("starts sent (distinct request ids)", sent.size());
    findings.count("starts accepted", uuidOfRequest.size());
    findings.count("runs ended", endOfUuid.size());
    endOfUuid.values().forEach(status -> findings.count("  of them " + status, 1));
    sent.stream()
        .filter(request -> !uuidOfRequest.containsKey(request))
        .forEach(request -> findings.broken("Lost: request " + request + " was not accepted."));
    uuidOfRequest.forEach(
        (request, uuid) -> {
          if (!endOfUuid.containsKey(uuid)) {
            findings.broken("Not ended: run " + uuid + " of request " + request + ".");
          }
        });
  }
}
