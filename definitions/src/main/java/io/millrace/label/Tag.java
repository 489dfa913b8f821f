package io.millrace.label;

import org.jspecify.annotations.Nullable;

/**
 * A label; plain text is short for a name alone (Maestro semantics 1.3). Names are unique within a
 * list of tags.
 *
 * @param namespace who gave it
 * @param attributes whatever else was written
 */
public record Tag(String name, @Nullable Namespace namespace, Notes attributes) {

  /** A tag that is nothing but a name. */
  public static Tag named(String name) {
    return new Tag(name, null, Notes.NONE);
  }

  /** Who gave a tag. */
  public enum Namespace {
    SYSTEM,
    RUNTIME,
    JOB_TEMPLATE,
    NOTEBOOK_TEMPLATE,
    USER_DEFINED,
    PLATFORM
  }
}
