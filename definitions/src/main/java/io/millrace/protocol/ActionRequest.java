package io.millrace.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Asks a workflow or one of its instances to do or tell something.
 *
 * @param target {@code workflow}, {@code workflow/7} or {@code workflow/7:2}
 * @param runUuid a precondition: the action is refused if the run it meets has another uuid, as it
 *     can after a crash that undid a provisional start
 * @param reason free text for the timeline
 * @param user who asks, for the record
 * @param leaseMs for {@link Action#WATCH}: how long to answer on each change, unless asked again
 */
public record ActionRequest(
    Action action,
    String target,
    @Nullable String runUuid,
    @Nullable String reason,
    @Nullable String user,
    @Nullable Long leaseMs) {
  /** The actions there are. */
  public enum Action {
    /** Tells what a workflow or run is now. */
    SHOW,
    /** Tells each change of a run until it ends or the lease is over. */
    WATCH,
    /** Ends a run as STOPPED. */
    STOP
  }
}
