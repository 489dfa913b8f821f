package io.millrace.definition;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what holds for all versions of a workflow (Maestro semantics 1.2, 6). */
final class PropertiesReader {
  private static final int MAX_CONCURRENCY = 1_000;
  private static final int DEFAULT_PARALLEL = 20;

  private final DefinitionLimits limits;
  private final Problems problems;
  private final Scalars scalars;

  PropertiesReader(DefinitionLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
    this.scalars = new Scalars(problems);
  }

  /** What could be read; to be thrown away if there are problems. */
  Properties read(Fields fields) {
    String owner = fields.require("owner").flatMap(this::owner).orElse("");
    RunStrategy strategy =
        fields.find("run_strategy").flatMap(this::strategy).orElse(RunStrategy.DEFAULT);
    @Nullable String description = fields.text("description", limits.maxTextChars()).orElse(null);
    fields.notYet(
        "step_concurrency",
        "alerting",
        "alerting_disabled",
        "signal_trigger_disabled",
        "time_trigger_disabled",
        "access_control",
        "tags");
    fields.refuseOthers();
    return new Properties(owner, strategy, description);
  }

  /** Text, or an open object with a name. */
  private Optional<String> owner(SourceNode node) {
    Optional<SourceNode> name =
        node instanceof SourceNode.Obj
            ? Fields.of(node, problems).flatMap(fields -> fields.require("name"))
            : Optional.of(node);
    Optional<String> owner = name.flatMap(text -> scalars.text(text, limits.maxNameChars()));
    if (owner.isPresent() && owner.get().isBlank()) {
      problems.unexpected(ProblemCode.BAD_VALUE, name.orElse(node), "a name");
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
    Optional<RunStrategy.Rule> found = scalars.oneOf(node, RunStrategy.Rule.class);
    found.ifPresent(
        rule -> {
          if (!isSupported(rule)) {
            problems.notYet(node.place(), "run strategy " + rule);
          }
        });
    return found;
  }

  private static boolean isSupported(RunStrategy.Rule rule) {
    return switch (rule) {
      case SEQUENTIAL, PARALLEL -> true;
      case STRICT_SEQUENTIAL, FIRST_ONLY, LAST_ONLY, SERIAL_LATEST_ONLY -> false;
    };
  }

  private static int defaultConcurrency(RunStrategy.Rule rule) {
    return rule == RunStrategy.Rule.PARALLEL ? DEFAULT_PARALLEL : 1;
  }
}
