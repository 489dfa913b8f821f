package io.millrace.definition;

import org.jspecify.annotations.Nullable;

/** A label; plain text is short for a name alone (Maestro semantics 1.3). */
public record Tag(String name, @Nullable String namespace) {}
