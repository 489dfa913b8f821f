package io.millrace.definition;

/**
 * A step that starts an instance of another workflow, named by its params {@code subworkflow_id}
 * and {@code subworkflow_version} (Maestro semantics 2.7).
 *
 * @param sync whether it ends with that instance, and not once it is started
 * @param explicitParams whether only the step's own params are passed down
 */
public record SubworkflowStep(StepBasics basics, boolean sync, boolean explicitParams)
    implements StepDefinition {
  static final String ID = "subworkflow_id";
  static final String VERSION = "subworkflow_version";

  @Override
  public <R> R accept(Cases<R> cases) {
    return cases.subworkflow(this);
  }
}
