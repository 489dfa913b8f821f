package io.millrace.worker;

/**
 * A queue this worker takes tasks from.
 *
 * @param inline the handler runs on the thread that polls: for work of microseconds only, as
 *     nothing else moves meanwhile, and a cancel cannot interrupt it
 */
record TaskQueue(String name, TaskHandler handler, boolean inline) {}
