package io.millrace.engine.run;

import io.millrace.definition.DefinitionWriter;
import io.millrace.definition.Push;
import io.millrace.definition.StepDefinition;
import io.millrace.definition.WorkflowDefinition;
import io.millrace.engine.DefinitionHash;
import io.millrace.label.Notes;
import java.util.List;
import java.util.Map;

/**
 * What an iteration of a loop runs: the loop's steps as a workflow of their own, without params, so
 * that an iteration is told of nothing it does not need. Of the triggers those remain whose zone
 * the built-in params of the run are computed from.
 *
 * @param sha256 of the text
 */
record LoopBody(String text, String sha256) {

  static LoopBody of(WorkflowDefinition around, List<StepDefinition> inner) {
    WorkflowDefinition body =
        new WorkflowDefinition(
            around.id(),
            null,
            null,
            List.of(),
            around.timeout(),
            null,
            null,
            around.timeTriggers(),
            List.of(),
            Map.of(),
            inner);
    String text = DefinitionWriter.write(new Push(null, body, true, null, Notes.NONE));
    return new LoopBody(text, DefinitionHash.sha256(text));
  }
}
