package io.millrace.protocol;

/** Tells workers that nobody waits for a task any more; best effort. */
public record Cancel(int protocol, String dispatchId, String reason) {}
