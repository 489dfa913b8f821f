package io.millrace.definition;

import org.jspecify.annotations.Nullable;

/**
 * Where in a repository a definition comes from, as its author says (Maestro semantics 1.1). Kept
 * and shown; nothing depends on it.
 *
 * @param timestamp of the commit, as the author's tool writes it
 * @param uncommittedChanges whether the definition differs from what was committed
 */
public record GitInfo(
    @Nullable String origin,
    @Nullable String branch,
    @Nullable String sha,
    @Nullable String path,
    @Nullable String author,
    @Nullable Long timestamp,
    @Nullable Boolean uncommittedChanges) {}
