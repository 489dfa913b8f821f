package io.millrace.definition;

import io.millrace.evaluation.BuiltInParams;

/**
 * A step that starts an instance of another workflow, named by its params {@code subworkflow_id}
 * and {@code subworkflow_version} (Maestro semantics 2.7).
 *
 * @param sync whether it ends with that instance, and not once it is started
 * @param explicitParams whether only the step's own params are passed down
 */
public record SubworkflowStep(StepBasics basics, boolean sync, boolean explicitParams)
    implements StepDefinition {
  static final String ID = BuiltInParams.SUBWORKFLOW_ID;
  static final String VERSION = BuiltInParams.SUBWORKFLOW_VERSION;

  @Override
  public <R> R accept(Cases<R> cases) {
    return cases.subworkflow(this);
  }
}
