package io.millrace.definition;

import org.jspecify.annotations.Nullable;

/**
 * A push: a new version of a workflow (Maestro semantics 1.1).
 *
 * @param properties null: the workflow keeps those it has; the first version must have them
 * @param active whether the new version becomes the active one
 */
public record Push(@Nullable Properties properties, WorkflowDefinition workflow, boolean active) {}
