package io.millrace.engine.simulation.play;

import io.millrace.engine.Document.QueuedStart;
import io.millrace.engine.Document.RunRecord;
import io.millrace.protocol.RunStatus;
import java.util.List;
import java.util.Map;

/** A start or restart in its workflow's queue, as the run that it is to be. */
final class QueuedRun {
  private QueuedRun() {}

  /** CREATED, and without anything that only a run that has begun has. */
  static RunRecord of(QueuedStart start) {
    return new RunRecord(
        start.run(),
        start.runUuid(),
        start.requestId(),
        start.version(),
        "",
        RunStatus.CREATED,
        null,
        start.user(),
        start.createdAt(),
        null,
        null,
        Map.of(),
        0,
        Map.of(),
        List.of(),
        null,
        start.followers(),
        List.of(),
        List.of(),
        null,
        start.parent(),
        null,
        Map.of(),
        List.of(),
        Map.of(),
        start.restart(),
        null,
        List.of());
  }
}
