package io.millrace.definition;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads where a definition comes from (Maestro semantics 1.1). */
final class GitInfoReader {
  private final DefinitionLimits limits;
  private final Problems problems;
  private final Scalars scalars;

  GitInfoReader(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
    this.scalars = new Scalars(problems);
  }

  /** The field {@code git_info}; empty if left out. */
  Optional<GitInfo> read(Fields envelope) {
    return envelope
        .find("git_info")
        .flatMap(node -> Fields.of(node, problems))
        .map(
            fields -> {
              GitInfo info =
                  new GitInfo(
                      text(fields, "origin"),
                      text(fields, "branch"),
                      text(fields, "sha"),
                      text(fields, "path"),
                      text(fields, "author"),
                      fields
                          .find("timestamp")
                          .flatMap(at -> scalars.integer(at, Long.MIN_VALUE, Long.MAX_VALUE))
                          .orElse(null),
                      fields.find("uncommitted_changes").flatMap(scalars::bool).orElse(null));
              fields.refuseOthers();
              return info;
            });
  }

  private @Nullable String text(Fields fields, String name) {
    return fields.text(name, limits.maxTextChars()).orElse(null);
  }
}
