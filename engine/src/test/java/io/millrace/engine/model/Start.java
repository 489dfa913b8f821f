package io.millrace.engine.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Another start than the first, of any workflow; params as those of the first. */
public record Start(long atMs, String workflow, Map<String, Object> params) {
  public Start {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }
}
