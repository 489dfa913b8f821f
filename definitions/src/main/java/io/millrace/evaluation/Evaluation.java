package io.millrace.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What came of evaluating all params of a scope. */
public sealed interface Evaluation {
  /** All have a value; in the order of their definitions. */
  record Evaluated(Map<String, EvaluatedParam> params) implements Evaluation {
    public Evaluated {
      params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }
  }

  /** One has none; the first that failed. */
  record Failed(ParamFailure failure) implements Evaluation {}
}
