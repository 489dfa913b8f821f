package io.millrace.evaluation;

import io.millrace.evaluation.ParamMerge.Merged;
import io.millrace.param.ParamDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Params that are laid over each other stage by stage, until one is refused. */
final class Stages {
  private final Map<String, BuiltInParam> builtIn = new LinkedHashMap<>();
  private Map<String, ParamDefinition> params = Map.of();
  private @Nullable ParamFailure failure;

  /** Says of names that have no value yet what they must be. */
  Stages knowing(BuiltInParams more) {
    builtIn.putAll(more.params());
    return this;
  }

  /** Takes params as they are, with the sources they name. */
  Stages startingWith(Map<String, ParamDefinition> base) {
    params = base;
    return this;
  }

  Stages over(ParamSource source, Map<String, ParamDefinition> given) {
    return over(ParamMerge.from(source), given);
  }

  Stages over(ParamMerge merge, Map<String, ParamDefinition> given) {
    if (failure != null) {
      return this;
    }
    Merged merged = merge.over(params, given, builtIn);
    if (merged instanceof Merged.Params done) {
      params = done.params();
    } else {
      failure = ((Merged.Refused) merged).failure();
    }
    return this;
  }

  Stages unless(Optional<ParamFailure> refused) {
    if (failure == null) {
      failure = refused.orElse(null);
    }
    return this;
  }

  /** All that was merged; a built-in that nobody gave a value is none, or is missing. */
  Merged done() {
    for (BuiltInParam param : builtIn.values()) {
      boolean missing =
          !params.containsKey(param.name()) && param.internal() != InternalMode.OPTIONAL;
      if (failure == null && missing) {
        failure =
            ParamFailure.of(
                param.name(),
                ParamFault.REQUIRED,
                "Expected '"
                    + param.name()
                    + "' to have a value or an expression, but it is required and has none.");
      }
    }
    return failure == null ? new Merged.Params(params) : new Merged.Refused(failure);
  }
}
