package io.millrace.cli;

import org.jspecify.annotations.Nullable;

/** Who asks, for the record. */
final class User {
  private User() {}

  static @Nullable String name() {
    String name = System.getProperty("user.name");
    return name == null || name.isBlank() || name.equals("?") ? null : name;
  }
}
