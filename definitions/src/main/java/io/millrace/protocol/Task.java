package io.millrace.protocol;

import io.millrace.param.ParamValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Work for a worker, on the topic of its queue. Delivered at least once: a worker that has answered
 * {@code dispatchId} before answers the same again.
 *
 * @param protocol {@link #PROTOCOL}
 * @param dispatchId see {@link io.millrace.address.DispatchId}; echoed in every report
 * @param run {@code workflow/7:1}
 * @param runUuid see the same word in {@link ActionRequest}
 * @param attempt from 1
 * @param type the step's type as its author wrote it
 * @param params evaluated, the workflow's overlaid by the step's
 * @param timeoutMs how long the attempt may take before it is given up
 */
public record Task(
    int protocol,
    String dispatchId,
    String queue,
    String workflowId,
    String run,
    String runUuid,
    String stepId,
    long attempt,
    String type,
    Map<String, ParamValue> params,
    long timeoutMs) {
  /** The version of tasks and reports. */
  public static final int PROTOCOL = 1;

  public Task {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }
}
