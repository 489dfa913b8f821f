package io.millrace.worker;

/**
 * The work of one queue.
 *
 * <p>A task is delivered at least once: after a crash of this process, or when its partition moved
 * to another worker, the same dispatch id may be run again. What a handler does outside must
 * therefore be harmless when repeated.
 */
@FunctionalInterface
public interface TaskHandler {

  /**
   * Does the task. An exception is a {@code USER} failure, an {@link Error} a {@code PLATFORM}
   * failure; both may be retried. When the task is cancelled the thread is interrupted, and
   * whatever is returned or thrown afterwards is dropped.
   */
  TaskResult handle(TaskContext task) throws Exception;
}
