package io.millrace.engine.run;

import io.millrace.engine.Document.RunRecord;
import io.millrace.engine.Message;
import io.millrace.engine.Parent;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import java.util.List;
import java.util.Map;

/** Makes the first record of a run. */
final class RunRecords {
  private RunRecords() {}

  static RunRecord launched(Message.Launch launch, Map<String, ParamValue> params, long at) {
    Parent parent = launch.parent();
    return new RunRecord(
        launch.run(),
        launch.runUuid(),
        launch.requestId(),
        launch.version(),
        launch.definitionSha256(),
        RunStatus.IN_PROGRESS,
        null,
        launch.user(),
        launch.createdAt(),
        at,
        null,
        params,
        0,
        Map.of(),
        List.of(),
        null,
        launch.followers(),
        List.of(),
        List.of(),
        launch.owner(),
        parent,
        parent == null ? null : parent.runTs(),
        Map.of(),
        null,
        Map.of(),
        launch.restart(),
        null);
  }
}
