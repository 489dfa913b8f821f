package io.millrace.definition;

import java.util.Optional;
import java.util.Set;

/**
 * Reads the envelope of a push (Maestro semantics 1.1). It is open: other fields are the author's
 * notes about the push, except for names that Maestro keeps for itself.
 */
final class EnvelopeReader {
  private static final Set<String> FORBIDDEN =
      Set.of("workflow_id", "workflow_version_id", "version_author", "create_time");

  private final DefinitionLimits limits;
  private final Problems problems;
  private final boolean first;

  /**
   * A reader of one text.
   *
   * @param first whether it is to be the workflow's first version, which needs an owner
   */
  EnvelopeReader(DefinitionLimits limits, Problems problems, boolean first) {
    this.limits = limits;
    this.problems = problems;
    this.first = first;
  }

  /** What could be read; to be thrown away if there are problems. */
  record EnvelopeReading(Push push, WorkflowOutline outline) {}

  Optional<EnvelopeReading> read(SourceNode root) {
    Optional<Fields> found = Fields.of(root, problems);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = found.get();
    Optional<SourceNode> written = fields.find("properties");
    if (first && written.isEmpty()) {
      problems.missing(fields.place().missing("properties"), "owner");
    }
    TextUses uses = new TextUses();
    Optional<Properties> properties =
        written
            .flatMap(node -> Fields.of(node, problems))
            .map(new PropertiesReader(limits, problems, uses)::read);
    boolean active = fields.bool("is_active", true);
    Optional<GitInfo> gitInfo = new GitInfoReader(limits, problems).read(fields);
    Optional<WorkflowReader.WorkflowReading> workflow =
        fields
            .require("workflow")
            .flatMap(node -> Fields.of(node, problems))
            .map(new WorkflowReader(limits, problems, uses)::read);
    fields
        .members()
        .forEach(
            (name, member) -> {
              if (FORBIDDEN.contains(name)) {
                problems.error(
                    ProblemCode.UNKNOWN_FIELD,
                    member.name(),
                    "a push to leave "
                        + String.join(", ", FORBIDDEN.stream().sorted().toList())
                        + " to the engine",
                    "it has " + member.name().label());
              }
            });
    return workflow.map(
        reading ->
            new EnvelopeReading(
                new Push(
                    properties.orElse(null),
                    reading.workflow(),
                    active,
                    gitInfo.orElse(null),
                    fields.others()),
                reading.outline()));
  }
}
