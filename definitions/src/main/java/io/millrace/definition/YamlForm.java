package io.millrace.definition;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the YAML form of a definition into the envelope of the JSON form, so that one set of
 * readers serves both (Maestro semantics 1.7). Every node keeps the place and path that it has in
 * the YAML text.
 *
 * <p>Beside Maestro's keys a workflow has all that the JSON form can say, by the same snake_case
 * names: its own fields and those of {@code properties} and of the envelope. {@code params} holds
 * params in the JSON form; every other key is a param. A file in the shape of the JSON envelope (it
 * has {@code properties}, or a {@code workflow} with {@code steps} and no {@code jobs}) stays as it
 * is. What is absent stays absent; {@code run_strategy} and {@code step_concurrency} get no value
 * that nobody wrote.
 */
final class YamlForm {
  private static final Set<String> ENVELOPE = Set.of("is_active", "git_info");
  private static final Set<String> PROPERTIES =
      Set.of(
          "owner",
          "run_strategy",
          "step_concurrency",
          "alerting",
          "alerting_disabled",
          "signal_trigger_disabled",
          "time_trigger_disabled",
          "access_control");
  private static final Set<String> WORKFLOW =
      Set.of(
          "id",
          "name",
          "description",
          "tags",
          "timeout",
          "criticality",
          "time_triggers",
          "signal_triggers",
          "instance_step_concurrency");

  private final Problems problems;

  YamlForm(Problems problems) {
    this.problems = problems;
  }

  /** The envelope that {@code root} says. */
  SourceNode envelope(SourceNode root) {
    if (!(root instanceof SourceNode.Obj object)) {
      return root;
    }
    SourceNode.Member lower = object.members().get("workflow");
    SourceNode.Member upper = object.members().get("Workflow");
    SourceNode.Member workflow = lower == null ? upper : lower;
    if (workflow == null || (upper == null && isJsonForm(object, workflow.value()))) {
      return root;
    }
    if (!(workflow.value() instanceof SourceNode.Obj body)) {
      return new ShapedObject(problems, root.place()).add("workflow", workflow).shape();
    }
    return shape(object, workflow, body);
  }

  private static boolean isJsonForm(SourceNode.Obj root, SourceNode workflow) {
    if (!(workflow instanceof SourceNode.Obj body)) {
      return true;
    }
    return !body.members().containsKey("jobs")
        && (body.members().containsKey("steps") || root.members().containsKey("properties"));
  }

  private SourceNode shape(SourceNode.Obj root, SourceNode.Member written, SourceNode.Obj body) {
    ShapedObject envelope = new ShapedObject(problems, root.place());
    ShapedObject properties = new ShapedObject(problems, propertiesPlace(root, body));
    ShapedObject workflow = new ShapedObject(problems, body.place());
    ShapedObject params = new ShapedObject(problems, body.place());
    root.members()
        .forEach(
            (name, member) -> {
              if (name.equals("properties") && member.value() instanceof SourceNode.Obj given) {
                given.members().forEach(properties::add);
              } else if (!name.equalsIgnoreCase("workflow")) {
                envelope.add(name, member);
              } else if (!member.equals(written)) {
                problems.error(
                    ProblemCode.DUPLICATE,
                    member.name(),
                    "one workflow",
                    "there is one in line " + written.name().line() + " already");
              }
            });
    YamlParams dsl = new YamlParams(problems);
    body.members()
        .forEach(
            (name, member) -> {
              if (ENVELOPE.contains(name)) {
                envelope.add(name, member);
              } else if (name.equals("run_strategy")) {
                properties.add(name, member.name(), runStrategy(body, member.value()));
              } else if (PROPERTIES.contains(name)) {
                properties.add(name, member);
              } else if (WORKFLOW.contains(name)) {
                workflow.add(name, member);
              } else if (name.equals("params")) {
                addJsonParams(params, member, problems);
              } else if (!Set.of("jobs", "dag", "workflow_concurrency").contains(name)) {
                dsl.add(params, name, member);
              }
            });
    addConcurrency(body, properties);
    if (!params.isEmpty()) {
      workflow.add("params", params.shape());
    }
    new YamlJobs(problems).steps(body).ifPresent(steps -> workflow.add("steps", steps));
    if (!properties.isEmpty()) {
      envelope.add("properties", properties.shape());
    }
    return envelope.add("workflow", written.name(), workflow.shape()).shape();
  }

  private static Place propertiesPlace(SourceNode.Obj root, SourceNode.Obj body) {
    SourceNode.Member given = root.members().get("properties");
    return given == null ? body.place() : given.value().place();
  }

  /** The rule alone, or with the number of runs that the DSL says beside it. */
  private SourceNode runStrategy(SourceNode.Obj body, SourceNode rule) {
    SourceNode.Member concurrency = body.members().get("workflow_concurrency");
    if (concurrency == null) {
      return rule;
    }
    boolean isRule =
        rule instanceof SourceNode.Scalar scalar && scalar.kind() != SourceNode.Kind.INTEGER;
    if (!isRule) {
      problems.error(
          ProblemCode.DUPLICATE,
          concurrency.name(),
          "'workflow_concurrency' to be said once",
          "'run_strategy' says it already");
      return rule;
    }
    return new ShapedObject(problems, rule.place())
        .add("rule", rule)
        .add("workflow_concurrency", concurrency)
        .shape();
  }

  private void addConcurrency(SourceNode.Obj body, ShapedObject properties) {
    SourceNode.Member concurrency = body.members().get("workflow_concurrency");
    if (concurrency != null && !body.members().containsKey("run_strategy")) {
      properties.add(
          "run_strategy",
          concurrency.name(),
          new ShapedObject(problems, concurrency.value().place())
              .add("workflow_concurrency", concurrency)
              .shape());
    }
  }

  /** The params that {@code params} says in the JSON form. */
  static void addJsonParams(ShapedObject params, SourceNode.Member member, Problems problems) {
    Optional<Fields> fields =
        member.value().isNull() ? Optional.empty() : Fields.of(member.value(), problems);
    fields.map(Fields::members).orElse(Map.of()).forEach(params::add);
  }
}
