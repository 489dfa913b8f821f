package io.millrace.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * What the engine knows of a run before its params are evaluated.
 *
 * @param owner of the workflow; empty if it has none
 * @param triggerZone of the first time trigger of the workflow; null without one
 * @param initiatorZone of the trigger that started this run; null if it was started otherwise
 */
public record WorkflowFacts(
    String workflowId,
    String owner,
    @Nullable String triggerZone,
    @Nullable String initiatorZone) {}
