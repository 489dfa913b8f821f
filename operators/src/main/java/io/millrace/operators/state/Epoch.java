package io.millrace.operators.state;

/**
 * Which life of the system this is.
 *
 * @param number 1, and one more with each restore by another job
 * @param jobId of the job that counted
 */
public record Epoch(long number, String jobId) {}
