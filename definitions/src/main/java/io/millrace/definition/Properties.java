package io.millrace.definition;

import org.jspecify.annotations.Nullable;

/**
 * What holds for all versions of a workflow (Maestro semantics 1.2). In a push they are the whole
 * truth: what is absent takes its default (deviations 12).
 *
 * @param owner who answers for the workflow
 * @param runStrategy {@link RunStrategy#DEFAULT} unless said otherwise
 */
public record Properties(String owner, RunStrategy runStrategy, @Nullable String description) {}
