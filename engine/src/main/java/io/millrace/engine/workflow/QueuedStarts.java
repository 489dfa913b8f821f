package io.millrace.engine.workflow;

import io.millrace.engine.Document.QueuedStart;
import io.millrace.protocol.ReplyTo;
import java.util.List;
import java.util.Map;

/** Changed copies of queued starts. */
final class QueuedStarts {
  private QueuedStarts() {}

  /** With these who are told its end. */
  static QueuedStart followedBy(QueuedStart start, List<ReplyTo> followers) {
    return new QueuedStart(
        start.instance(),
        start.runUuid(),
        start.requestId(),
        start.version(),
        start.runParams(),
        start.user(),
        start.createdAt(),
        followers,
        start.run(),
        start.parent(),
        start.restart(),
        start.rank(),
        start.left(),
        start.right(),
        start.withdrawn());
  }

  /** At another place in its heap. */
  static QueuedStart placed(QueuedStart start, int rank, long left, long right) {
    return new QueuedStart(
        start.instance(),
        start.runUuid(),
        start.requestId(),
        start.version(),
        start.runParams(),
        start.user(),
        start.createdAt(),
        start.followers(),
        start.run(),
        start.parent(),
        start.restart(),
        rank,
        left,
        right,
        start.withdrawn());
  }

  /** Its place in the heap, and nothing else of it. */
  static QueuedStart withdrawn(QueuedStart start) {
    return new QueuedStart(
        start.instance(),
        start.runUuid(),
        start.requestId(),
        start.version(),
        Map.of(),
        null,
        start.createdAt(),
        List.of(),
        start.run(),
        null,
        null,
        start.rank(),
        start.left(),
        start.right(),
        true);
  }
}
