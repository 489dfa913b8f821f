package io.millrace.evaluation;

import io.millrace.param.ParamDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Run params and whose they are.
 *
 * @param source {@link ParamSource#SUBWORKFLOW} and the like if a parent passes them down
 */
public record GivenParams(ParamSource source, Map<String, ParamDefinition> params) {
  public static final GivenParams NONE = new GivenParams(ParamSource.LAUNCH, Map.of());

  public GivenParams {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /** Whether a parent passes them down, and no person or trigger gave them. */
  boolean isUpstream() {
    return source.isUpstream();
  }

  ParamMerge merge() {
    return isUpstream() ? ParamMerge.fromUpstream(source) : ParamMerge.from(source);
  }
}
