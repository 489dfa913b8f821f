package io.millrace.evaluation;

/**
 * What the engine knows of an attempt of a step.
 *
 * @param workflowInstanceId number of the instance of the workflow
 * @param stepInstanceUuid of the attempt
 * @param stepAttemptId number of the attempt
 */
public record StepFacts(
    String stepId, long workflowInstanceId, String stepInstanceUuid, long stepAttemptId) {}
