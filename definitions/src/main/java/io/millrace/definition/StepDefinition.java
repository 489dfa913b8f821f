package io.millrace.definition;

import io.millrace.label.Tag;
import io.millrace.param.ParamDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One step of a workflow; the kind is the key of its wrapper object (Maestro semantics 1.4). */
public sealed interface StepDefinition permits TypedStep {

  String id();

  @Nullable String name();

  List<Tag> tags();

  FailureMode failureMode();

  /** From STARTING; 10 days unless said otherwise. */
  Duration timeout();

  /** In the order they were written. */
  Map<String, ParamDefinition> params();

  /** Successors in the order they were written, each with its condition's text. */
  Map<String, String> successors();

  <R> R accept(Cases<R> cases);

  /** What to do with each kind of step. */
  interface Cases<R> {
    R typed(TypedStep step);
  }
}
