package io.millrace.worker;

import io.millrace.protocol.Report;

/**
 * The last word about a task, kept for repetitions.
 *
 * @param workflowId the key of the record, so that the reports of a workflow keep their order
 */
record Answer(String workflowId, Report report) {}
