package io.millrace.engine.model;

import io.millrace.evaluation.GivenParams;
import io.millrace.param.ParamDefinition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run is given.
 *
 * @param given by a start or by the parent step
 * @param iteration all params of an iteration of a loop, which has no others
 */
record Inputs(GivenParams given, @Nullable Map<String, ParamDefinition> iteration) {
  static final Inputs NONE = new Inputs(GivenParams.NONE, null);

  static Inputs given(GivenParams params) {
    return new Inputs(params, null);
  }

  static Inputs ofIteration(Map<String, ParamDefinition> params) {
    return new Inputs(GivenParams.NONE, params);
  }
}
