package io.millrace.engine.workflow;

import io.millrace.engine.Document.InstanceRecord;
import io.millrace.engine.Document.QueuedStart;
import io.millrace.engine.Message;
import io.millrace.param.ParamValue;
import io.millrace.protocol.ReplyTo;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.RunView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A start in the queue as users see it. */
final class QueuedViews {
  private QueuedViews() {}

  static RunView of(
      String workflowId, WorkflowDraft workflow, InstanceRecord instance, QueuedStart start) {
    Map<String, ParamValue> params = new LinkedHashMap<>();
    start.runParams().forEach((name, given) -> params.put(name, given.literal()));
    return new RunView(
        workflowId,
        instance.instance(),
        1,
        workflowId + "/" + instance.instance() + ":1",
        start.runUuid(),
        start.version(),
        RunStatus.CREATED,
        null,
        waitingFor(workflow, instance),
        start.createdAt(),
        null,
        null,
        params,
        List.of());
  }

  private static String waitingFor(WorkflowDraft workflow, InstanceRecord instance) {
    long before = instance.queuedAt() - workflow.queueHead;
    return "It is queued behind at most "
        + before
        + " others: "
        + workflow.running
        + " runs are in progress and the run strategy "
        + workflow.properties.runStrategy().rule()
        + " allows "
        + workflow.properties.runStrategy().concurrency()
        + ".";
  }

  /** The start, with one more who is told its end. */
  static QueuedStart followed(QueuedStart start, Message.ActOnQueued message) {
    List<ReplyTo> followers = new ArrayList<>(start.followers());
    ReplyTo asker = message.replyTo();
    if (asker != null && !followers.contains(asker)) {
      followers.add(asker);
    }
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
        start.restart());
  }
}
