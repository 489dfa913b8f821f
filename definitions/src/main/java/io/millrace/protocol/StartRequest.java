package io.millrace.protocol;

import io.millrace.param.ParamDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts a run of a workflow (Maestro semantics 9.1).
 *
 * @param version {@code active} (default), {@code latest}, {@code default} or an exact number
 * @param requestId makes a repeated start harmless for 30 days; without it the record's topic,
 *     partition and offset identify the start
 * @param runParams merged over the definition's
 * @param user who asks, for the record
 * @param follow whether the end of the run is answered to the asker too
 */
public record StartRequest(
    String workflowId,
    @Nullable String version,
    @Nullable String requestId,
    Map<String, ParamDefinition> runParams,
    @Nullable String user,
    boolean follow) {
  public StartRequest {
    runParams = Collections.unmodifiableMap(new LinkedHashMap<>(runParams));
  }
}
