package io.millrace.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, on the timeline topic: exactly once for read_committed readers. The names of the
 * types are Maestro's (semantics 10.2).
 *
 * @param epoch rises with each restore from a savepoint
 * @param address of the machine that speaks: {@code workflow} or {@code workflow/7}
 * @param sequence from 1, without gaps for one address; but run N of an iteration that had
 *     succeeded, of which nothing was kept, begins after {@code (N - 1) * EVENTS_PER_RUN}, so that
 *     (epoch, address, sequence) stays unique
 * @param at epoch millis, never falling for one address
 */
public record TimelineEvent(long epoch, String address, long sequence, long at, Happening event) {

  /** Sequence numbers set aside for each run of an iteration that is forgotten when it succeeds. */
  public static final long EVENTS_PER_RUN = 1_000_000;

  /** The kinds of events. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(VersionPushed.class),
    @JsonSubTypes.Type(StartAccepted.class),
    @JsonSubTypes.Type(RunStatusChanged.class),
    @JsonSubTypes.Type(StepStatusChanged.class)
  })
  public sealed interface Happening {}

  /** A new version of a workflow was taken. */
  @JsonTypeName("WORKFLOW_VERSION_CHANGE_EVENT")
  public record VersionPushed(
      String workflowId, long version, boolean active, String definitionSha256)
      implements Happening {}

  /** A start has its instance number; the run follows when its turn comes. */
  @JsonTypeName("WORKFLOW_START_ACCEPTED_EVENT")
  public record StartAccepted(
      String workflowId, long version, long instance, String runUuid, String requestId)
      implements Happening {}

  /** A run changed its status; all changes of one turn. */
  @JsonTypeName(RunStatusChanged.TYPE)
  public record RunStatusChanged(
      String workflowId,
      String run,
      String runUuid,
      @Nullable String requestId,
      List<RunStatus> statuses,
      @Nullable String reason)
      implements Happening {
    static final String TYPE = "WORKFLOW_INSTANCE_STATUS_CHANGE_EVENT";

    public RunStatusChanged {
      statuses = List.copyOf(statuses);
    }
  }

  /** An attempt of a step changed its status; all changes of one turn. */
  @JsonTypeName(StepStatusChanged.TYPE)
  public record StepStatusChanged(
      String workflowId,
      String run,
      String runUuid,
      String stepId,
      long attempt,
      List<StepStatus> statuses,
      @Nullable String dispatchId,
      @Nullable String worker,
      @Nullable String message)
      implements Happening {
    static final String TYPE = "STEP_INSTANCE_STATUS_CHANGE_EVENT";

    public StepStatusChanged {
      statuses = List.copyOf(statuses);
    }
  }
}
