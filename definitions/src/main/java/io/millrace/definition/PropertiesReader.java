package io.millrace.definition;

import io.millrace.label.Notes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what holds for all versions of a workflow (Maestro semantics 1.2, 6). */
final class PropertiesReader {
  private static final int MAX_CONCURRENCY = 1_000;
  private static final int DEFAULT_PARALLEL = 20;

  private final DefinitionLimits limits;
  private final Problems problems;
  private final TextUses uses;
  private final Scalars scalars;

  /** A reader that puts the texts of alerts into {@code uses}. */
  PropertiesReader(DefinitionLimits limits, Problems problems, TextUses uses) {
    this.limits = limits;
    this.problems = problems;
    this.uses = uses;
    this.scalars = new Scalars(problems);
  }

  /** What could be read; to be thrown away if there are problems. */
  Properties read(Fields fields) {
    Owner owner = fields.require("owner").flatMap(this::owner).orElse(new Owner("", Notes.NONE));
    RunStrategy strategy =
        fields.find("run_strategy").flatMap(this::strategy).orElse(RunStrategy.DEFAULT);
    @Nullable Integer stepConcurrency =
        fields
            .find("step_concurrency")
            .flatMap(node -> scalars.integer(node, 1, Properties.MAX_STEP_CONCURRENCY))
            .map(Long::intValue)
            .orElse(null);
    fields.notYet("step_concurrency");
    @Nullable Alerting alerting =
        new AlertingReader(limits, problems).read(fields, uses).orElse(null);
    boolean alertingDisabled = fields.bool("alerting_disabled", false);
    boolean signalTriggerDisabled = fields.bool("signal_trigger_disabled", false);
    boolean timeTriggerDisabled = fields.bool("time_trigger_disabled", false);
    @Nullable String description = fields.text("description", limits.maxTextChars()).orElse(null);
    refuse(fields, "access_control", "Maestro has it without a meaning");
    refuse(fields, "tags", "tags that change on the way are set with 'millrace tag'");
    fields.refuseOthers();
    return new Properties(
        owner.name(),
        owner.notes(),
        strategy,
        stepConcurrency,
        alerting,
        alertingDisabled,
        signalTriggerDisabled,
        timeTriggerDisabled,
        description);
  }

  private void refuse(Fields fields, String name, String why) {
    fields
        .find(name)
        .filter(node -> !node.isEmpty())
        .ifPresent(
            node ->
                problems.error(
                    ProblemCode.NOT_SUPPORTED_YET,
                    node.place(),
                    "properties without " + Quoted.text(name),
                    "they have it, and " + why));
  }

  /** Who answers for a workflow. */
  private record Owner(String name, Notes notes) {}

  /** Text, or an open object with a name. */
  private Optional<Owner> owner(SourceNode node) {
    if (node instanceof SourceNode.Obj) {
      return Fields.of(node, problems)
          .flatMap(
              fields ->
                  fields
                      .require("name")
                      .flatMap(this::ownerName)
                      .map(name -> new Owner(name, fields.others())));
    }
    return ownerName(node).map(name -> new Owner(name, Notes.NONE));
  }

  private Optional<String> ownerName(SourceNode node) {
    Optional<String> owner = scalars.text(node, limits.maxNameChars());
    if (owner.isPresent() && owner.get().isBlank()) {
      problems.unexpected(ProblemCode.BAD_VALUE, node, "a name");
    }
    return owner;
  }

  /** A rule, a number of parallel runs, or an object with both. */
  private Optional<RunStrategy> strategy(SourceNode node) {
    if (node instanceof SourceNode.Obj) {
      return Fields.of(node, problems).flatMap(this::strategy);
    }
    if (node instanceof SourceNode.Scalar scalar && scalar.kind() == SourceNode.Kind.INTEGER) {
      return scalars
          .integer(node, 1, MAX_CONCURRENCY)
          .map(runs -> new RunStrategy(RunStrategy.Rule.PARALLEL, runs.intValue()));
    }
    return rule(node).map(rule -> new RunStrategy(rule, defaultConcurrency(rule)));
  }

  private Optional<RunStrategy> strategy(Fields fields) {
    RunStrategy.Rule rule =
        fields.find("rule").flatMap(this::rule).orElse(RunStrategy.DEFAULT.rule());
    int concurrency =
        (int) fields.integer("workflow_concurrency", 1, MAX_CONCURRENCY, defaultConcurrency(rule));
    fields.refuseOthers();
    if (concurrency > 1 && rule != RunStrategy.Rule.PARALLEL) {
      fields
          .find("workflow_concurrency")
          .ifPresent(
              node -> problems.unexpected(ProblemCode.BAD_VALUE, node, "1, as rule is " + rule));
    }
    return Optional.of(new RunStrategy(rule, concurrency));
  }

  private Optional<RunStrategy.Rule> rule(SourceNode node) {
    return scalars.oneOf(node, RunStrategy.Rule.class);
  }

  private static int defaultConcurrency(RunStrategy.Rule rule) {
    return rule == RunStrategy.Rule.PARALLEL ? DEFAULT_PARALLEL : 1;
  }
}
