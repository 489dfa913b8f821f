package io.millrace.definition;

import io.millrace.label.Tag;
import io.millrace.param.ParamDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One step of a workflow; the kind is the key of its wrapper object (Maestro semantics 1.4). */
public sealed interface StepDefinition permits TypedStep, SubworkflowStep, ForeachStep, WhileStep {

  /** What steps of every kind have. */
  StepBasics basics();

  <R> R accept(Cases<R> cases);

  default String id() {
    return basics().id();
  }

  default List<Tag> tags() {
    return basics().tags();
  }

  default FailureMode failureMode() {
    return basics().failureMode();
  }

  /** From STARTING. */
  default Setting<Duration> timeout() {
    return basics().timeout();
  }

  /** In the order they were written. */
  default Map<String, ParamDefinition> params() {
    return basics().params();
  }

  /** Successors in the order they were written, each with its condition's text. */
  default Map<String, String> successors() {
    return basics().successors();
  }

  /** What to do with each kind of step. */
  interface Cases<R> {
    R typed(TypedStep step);

    R subworkflow(SubworkflowStep step);

    R foreach(ForeachStep step);

    R whileLoop(WhileStep step);
  }
}
