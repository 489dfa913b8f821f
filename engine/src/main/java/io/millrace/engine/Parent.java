package io.millrace.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The step that a run belongs to, and what the tree above it has to say: of an iteration its loop,
 * of a subworkflow the step that asked for it. Carried in the start, so that no decision reads
 * another machine.
 *
 * @param address key of the machine of that step, {@code flow/7} or {@code flow/7/fe/3}
 * @param run of that machine
 * @param attempt of that step
 * @param sync whether the step waits; an asynchronous child is cut off from all that happens above
 * @param depth runs above this one, at most {@link EngineLimits#depth()}
 * @param correlationId of the root of the tree
 * @param waiting ids of the workflows above that wait for this run, so that none waits for itself
 * @param exports what the step reads of the steps of this run when it has ended
 * @param runTs when the root's run began, epoch millis, for iterations, whose built-in params are
 *     the root's; null for a subworkflow
 * @param leavesLeft leaf steps that the tree may still have; null: as many as any
 * @param deadline when a timeout above ends this run at the latest, epoch millis; null: none is
 *     known
 */
public record Parent(
    String address,
    long run,
    String stepId,
    long attempt,
    boolean sync,
    int depth,
    String correlationId,
    List<String> waiting,
    List<Export> exports,
    @Nullable Long runTs,
    @Nullable Long leavesLeft,
    @Nullable Long deadline) {

  public Parent {
    waiting = List.copyOf(waiting);
    exports = List.copyOf(exports);
  }

  /**
   * A param of a step that a parent reads.
   *
   * @param stepId null: of whichever step has it, the one created last
   */
  public record Export(@Nullable String stepId, String param) {}
}
