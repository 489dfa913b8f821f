package io.millrace.definition;

import io.millrace.label.Notes;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all versions of a workflow (Maestro semantics 1.2). In a push they are the whole
 * truth: what is absent takes its default (deviations 12).
 *
 * @param owner who answers for the workflow
 * @param ownerNotes what else was written of the owner
 * @param runStrategy {@link RunStrategy#DEFAULT} unless said otherwise
 * @param stepConcurrency leaf steps of the workflow at once, 1..{@value #MAX_STEP_CONCURRENCY};
 *     null does not limit
 * @param alerting null if nothing is said
 * @param alertingDisabled whether no alert is told
 * @param signalTriggerDisabled whether signal triggers start nothing
 * @param timeTriggerDisabled whether time triggers start nothing
 */
public record Properties(
    String owner,
    Notes ownerNotes,
    RunStrategy runStrategy,
    @Nullable Integer stepConcurrency,
    @Nullable Alerting alerting,
    boolean alertingDisabled,
    boolean signalTriggerDisabled,
    boolean timeTriggerDisabled,
    @Nullable String description) {
  /** Deviations: {@code step_concurrency} goes beyond Maestro's 1,000. */
  public static final int MAX_STEP_CONCURRENCY = 10_000;

  /** With the defaults of all that is not named. */
  public Properties(String owner, RunStrategy runStrategy, @Nullable String description) {
    this(owner, Notes.NONE, runStrategy, null, null, false, false, false, description);
  }
}
