package io.millrace.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.millrace.definition.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer on the replies topic, at least once and at once. The answer to a change is provisional
 * until the next checkpoint; it carries the run's uuid, so that a later action can make sure that
 * it means the same run.
 *
 * @param correlationId the asker's
 */
public record Reply(String correlationId, Answer answer) {

  /** The kinds of answers. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(Pushed.class),
    @JsonSubTypes.Type(Started.class),
    @JsonSubTypes.Type(Done.class),
    @JsonSubTypes.Type(Refused.class),
    @JsonSubTypes.Type(RunTold.class),
    @JsonSubTypes.Type(WorkflowTold.class)
  })
  public sealed interface Answer {}

  /** A push was taken; the problems are warnings. */
  @JsonTypeName("PUSHED")
  public record Pushed(String workflowId, long version, boolean active, List<Problem> problems)
      implements Answer {
    public Pushed {
      problems = List.copyOf(problems);
    }
  }

  /**
   * A start was accepted.
   *
   * @param duplicate a repeated request id: this is the run it made the first time
   * @param stopped why the run strategy has stopped it on arrival; null: it has not
   */
  @JsonTypeName("STARTED")
  public record Started(
      String run, String runUuid, long version, boolean duplicate, @Nullable String stopped)
      implements Answer {
    /** Queued or running. */
    public Started(String run, String runUuid, long version, boolean duplicate) {
      this(run, runUuid, version, duplicate, null);
    }
  }

  /** An action was carried out or is under way. */
  @JsonTypeName("DONE")
  public record Done(String what) implements Answer {}

  /**
   * Nothing was changed.
   *
   * @param code stable, e.g. {@code UNKNOWN_WORKFLOW}
   * @param message "Expected ..., but ..."
   * @param problems of a definition that was refused
   */
  @JsonTypeName("REFUSED")
  public record Refused(String code, String message, List<Problem> problems) implements Answer {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /**
   * What a run is now.
   *
   * @param last no further answer follows to this question
   */
  @JsonTypeName("RUN")
  public record RunTold(RunView run, boolean last) implements Answer {}

  /** What a workflow is now. */
  @JsonTypeName("WORKFLOW")
  public record WorkflowTold(
      String workflowId,
      long latestVersion,
      @Nullable Long activeVersion,
      String owner,
      String runStrategy,
      long running,
      long queued,
      long lastInstance)
      implements Answer {}
}
