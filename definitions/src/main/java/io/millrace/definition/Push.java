package io.millrace.definition;

import io.millrace.label.Notes;
import org.jspecify.annotations.Nullable;

/**
 * A push: a new version of a workflow (Maestro semantics 1.1).
 *
 * @param properties null: the workflow keeps those it has; the first version must have them
 * @param active whether the new version becomes the active one
 * @param gitInfo where the definition comes from
 * @param extraInfo what else was written into the envelope
 */
public record Push(
    @Nullable Properties properties,
    WorkflowDefinition workflow,
    boolean active,
    @Nullable GitInfo gitInfo,
    Notes extraInfo) {}
