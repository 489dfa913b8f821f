package io.millrace.evaluation;

import io.millrace.param.ParamValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a name means in a scope (Maestro semantics 4.5). */
interface Lookup {
  /** What was found under a name. */
  sealed interface Found {
    record Known(ParamValue value) implements Found {}

    /** One of the params being evaluated, which has no value yet. */
    record Own(String name) implements Found {}
  }

  /**
   * The meaning of a name that an expression or a text refers to.
   *
   * @param evaluated those of the scope's own params that have a value
   */
  Optional<Found> find(String name, Map<String, EvaluatedParam> evaluated);

  /** What {@code params[...]} and its like see besides the names the expression refers to. */
  Optional<ParamValue> visible(String name);

  /** Whether a name given to {@code params} as a literal counts as one the expression refers to. */
  boolean refersThroughParams();

  /** Workflow params only; a name with a separator may be a signal's param. */
  record OfWorkflow(Set<String> own, Elsewhere elsewhere) implements Lookup {
    @Override
    public Optional<Found> find(String name, Map<String, EvaluatedParam> evaluated) {
      if (own.contains(name)) {
        return Optional.of(state(name, evaluated));
      }
      for (QualifiedName split : QualifiedName.splits(name)) {
        Optional<ParamValue> value = elsewhere.ofSignal(split.owner(), split.param());
        if (value.isPresent()) {
          return value.map(Found.Known::new);
        }
      }
      return Optional.empty();
    }

    @Override
    public Optional<ParamValue> visible(String name) {
      return Optional.empty();
    }

    @Override
    public boolean refersThroughParams() {
      return false;
    }
  }

  /**
   * A step's params: its own if evaluated, else the workflow's, else its own. So {@code i + 1} as
   * the param {@code i} of a step reads the workflow's {@code i}, which is how while loops advance.
   */
  record OfStep(
      String stepId, Set<String> own, Map<String, ParamValue> workflow, Elsewhere elsewhere)
      implements Lookup {
    @Override
    public Optional<Found> find(String name, Map<String, EvaluatedParam> evaluated) {
      ParamValue outer = workflow.get(name);
      if (outer != null && !evaluated.containsKey(name)) {
        return Optional.of(new Found.Known(outer));
      }
      if (own.contains(name)) {
        return Optional.of(state(name, evaluated));
      }
      return qualified(name, evaluated);
    }

    private Optional<Found> qualified(String name, Map<String, EvaluatedParam> evaluated) {
      for (QualifiedName split : QualifiedName.splits(name)) {
        if (split.owner().equals(stepId)) {
          return own.contains(split.param())
              ? Optional.of(state(split.param(), evaluated))
              : Optional.empty();
        }
        if (elsewhere.hasStep(split.owner())) {
          return elsewhere.ofStep(split.owner(), split.param()).map(Found.Known::new);
        }
      }
      return new OfWorkflow(Set.of(), elsewhere).find(name, evaluated);
    }

    @Override
    public Optional<ParamValue> visible(String name) {
      return Optional.ofNullable(workflow.get(name));
    }

    @Override
    public boolean refersThroughParams() {
      return true;
    }
  }

  private static Found state(String name, Map<String, EvaluatedParam> evaluated) {
    EvaluatedParam param = evaluated.get(name);
    return param == null ? new Found.Own(name) : new Found.Known(param.value());
  }
}
