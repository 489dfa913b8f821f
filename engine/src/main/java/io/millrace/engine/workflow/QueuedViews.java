package io.millrace.engine.workflow;

import io.millrace.address.InstanceAddress;
import io.millrace.engine.Document.QueuedStart;
import io.millrace.engine.Message;
import io.millrace.engine.RestartPlan;
import io.millrace.param.ParamDefinition;
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

  static RunView of(String workflowId, WorkflowDraft workflow, QueuedStart start) {
    Map<String, ParamValue> params = new LinkedHashMap<>();
    given(start).forEach((name, given) -> params.put(name, given.literal()));
    return new RunView(
        workflowId,
        start.instance(),
        start.run(),
        InstanceAddress.of(workflowId, start.instance()) + ":" + start.run(),
        start.runUuid(),
        start.version(),
        RunStatus.CREATED,
        null,
        Strategies.whyWaiting(workflow),
        start.createdAt(),
        null,
        null,
        params,
        List.of(),
        Map.of(),
        List.of());
  }

  /** Of a restart the user's params are in its plan. */
  private static Map<String, ParamDefinition> given(QueuedStart start) {
    RestartPlan plan = start.restart();
    return plan == null ? start.runParams() : plan.runParams();
  }

  /** The start, with one more who is told its end. */
  static QueuedStart followed(QueuedStart start, Message.ActOnQueued message) {
    List<ReplyTo> followers = new ArrayList<>(start.followers());
    ReplyTo asker = message.replyTo();
    if (asker != null && !followers.contains(asker)) {
      followers.add(asker);
    }
    return QueuedStarts.followedBy(start, followers);
  }
}
