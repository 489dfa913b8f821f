package io.millrace.engine.workflow;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Version selectors: {@code active}, {@code latest}, {@code default} or a number (Maestro 1.6). */
final class Versions {
  private static final int MAX_DIGITS = 18;

  private Versions() {}

  /** The version a selector names; null stands for {@code active}. Empty: there is none. */
  static Optional<Long> select(WorkflowDraft workflow, @Nullable String selector) {
    String wanted = selector == null ? "active" : selector.toLowerCase(Locale.ROOT);
    return switch (wanted) {
      case "active" -> existing(workflow, workflow.activeVersion);
      case "latest" -> existing(workflow, workflow.latestVersion);
      case "default" ->
          existing(
              workflow,
              workflow.activeVersion > 0 ? workflow.activeVersion : workflow.latestVersion);
      default -> number(wanted).flatMap(version -> existing(workflow, version));
    };
  }

  private static Optional<Long> existing(WorkflowDraft workflow, long version) {
    return version >= 1 && version <= workflow.latestVersion
        ? Optional.of(version)
        : Optional.empty();
  }

  private static Optional<Long> number(String text) {
    boolean digits =
        !text.isEmpty()
            && text.length() <= MAX_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
