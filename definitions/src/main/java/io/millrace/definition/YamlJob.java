package io.millrace.definition;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns one item of {@code jobs} into an item of {@code steps} (Maestro semantics 1.7). A key that
 * is none of its kind's fields is a param. An unknown {@code type} stays, as there are no job
 * templates; {@code type_version}, which would choose one, is dropped.
 */
final class YamlJob {
  private static final Set<String> COMMON =
      Set.of(
          "id",
          "name",
          "description",
          "failure_mode",
          "tags",
          "timeout",
          "signal_dependencies",
          "signal_outputs");
  private static final Set<String> LEAF =
      Set.of("type", "sub_type", "sub_type_version", "retry_policy");

  private final Problems problems;
  private final YamlJobs jobs;
  private final YamlTransition transitions;
  private final YamlParams dsl;

  YamlJob(Problems problems, YamlJobs jobs, YamlTransition transitions) {
    this.problems = problems;
    this.jobs = jobs;
    this.transitions = transitions;
    this.dsl = new YamlParams(problems);
  }

  /** The kinds of job, named as their keys are. */
  private enum Kind {
    JOB("step"),
    SUBWORKFLOW("subworkflow"),
    FOREACH("foreach"),
    WHILE("while");

    private final String step;

    Kind(String step) {
      this.step = step;
    }

    /** What it has besides the common fields, by the names of the JSON form. */
    private Set<String> fields() {
      return switch (this) {
        case JOB -> LEAF;
        case SUBWORKFLOW -> Set.of("sync", "explicit_params");
        case FOREACH -> Set.of("concurrency", "strict_ordering");
        case WHILE -> Set.of("condition");
      };
    }

    private static Optional<Kind> of(String key) {
      return switch (key) {
        case "job" -> Optional.of(JOB);
        case "subworkflow" -> Optional.of(SUBWORKFLOW);
        case "foreach" -> Optional.of(FOREACH);
        case "while" -> Optional.of(WHILE);
        default -> Optional.empty();
      };
    }

    private boolean isLoop() {
      return this == FOREACH || this == WHILE;
    }
  }

  /** The step; empty if the item is no job, with the problem told. */
  Optional<SourceNode> step(SourceNode item, Map<String, SourceNode> dag) {
    if (!(item instanceof SourceNode.Obj wrapper) || wrapper.members().size() != 1) {
      // The reader of steps tells what is wrong with it.
      return Optional.of(item);
    }
    Map.Entry<String, SourceNode.Member> only = wrapper.members().entrySet().iterator().next();
    SourceNode.Member member = only.getValue();
    Optional<Kind> kind = Kind.of(only.getKey());
    if (kind.isEmpty()) {
      problems.error(
          ProblemCode.UNKNOWN_FIELD,
          member.name(),
          "a job of kind job, subworkflow, foreach or while",
          "it is " + member.name().label());
      return Optional.empty();
    }
    SourceNode body =
        member.value() instanceof SourceNode.Obj fields
            ? body(kind.get(), fields, dag)
            : member.value();
    return Optional.of(
        new ShapedObject(problems, item.place()).add(kind.get().step, member.name(), body).shape());
  }

  private SourceNode body(Kind kind, SourceNode.Obj fields, Map<String, SourceNode> dag) {
    ShapedObject step = new ShapedObject(problems, fields.place());
    ShapedObject params = new ShapedObject(problems, fields.place());
    Map<String, SourceNode.Member> loop = new HashMap<>();
    fields
        .members()
        .forEach(
            (key, member) -> {
              if (COMMON.contains(key) || kind.fields().contains(key)) {
                step.add(key, member);
              } else if (key.equals("transition")) {
                if (!member.value().isNull()) {
                  step.add(key, member.name(), transitions.shape(member.value()));
                }
              } else if (kind.isLoop()) {
                loopKey(kind, key, member, step, params, loop);
              } else if (kind == Kind.SUBWORKFLOW) {
                subworkflowKey(key, member, params);
              } else if (key.equals("params")) {
                YamlForm.addJsonParams(params, member, problems);
              } else if (!key.equals("type_version")) {
                dsl.add(params, key, member);
              }
            });
    addTransitionOfDag(fields, step, dag);
    if (kind == Kind.SUBWORKFLOW) {
      addDefaultTarget(fields, params);
    }
    if (kind.isLoop()) {
      addLoopParams(loop, params);
      jobs.steps(fields).ifPresent(steps -> step.add("steps", steps));
    }
    if (!params.isEmpty()) {
      step.add("params", params.shape());
    }
    return step.shape();
  }

  private void addTransitionOfDag(
      SourceNode.Obj fields, ShapedObject step, Map<String, SourceNode> dag) {
    @Nullable String id = YamlJobs.id(fields);
    @Nullable SourceNode given = id == null ? null : dag.get(id);
    if (given != null && !step.has("transition")) {
      step.add("transition", transitions.shape(given));
    }
  }

  private void subworkflowKey(String key, SourceNode.Member member, ShapedObject params) {
    switch (key) {
      case "workflow_id", "subworkflow_id" -> params.add("subworkflow_id", asText(member));
      case "version", "subworkflow_version" -> params.add("subworkflow_version", asText(member));
      case "params" -> YamlForm.addJsonParams(params, member, problems);
      default -> dsl.add(params, key, member);
    }
  }

  /** Without another word a subworkflow step runs the workflow that has its id. */
  private static void addDefaultTarget(SourceNode.Obj fields, ShapedObject params) {
    SourceNode.@Nullable Member id = fields.members().get("id");
    if (id != null && !id.value().isNull() && !params.has("subworkflow_id")) {
      params.add("subworkflow_id", id.value().place(), asText(id).value());
    }
  }

  /** A version may be written as a number. */
  private static SourceNode.Member asText(SourceNode.Member member) {
    return member.value() instanceof SourceNode.Scalar scalar && !scalar.isNull()
        ? new SourceNode.Member(member.name(), ShapedObject.text(scalar.place(), scalar.text()))
        : member;
  }

  private void loopKey(
      Kind kind,
      String key,
      SourceNode.Member member,
      ShapedObject step,
      ShapedObject params,
      Map<String, SourceNode.Member> loop) {
    boolean isForeach = kind == Kind.FOREACH;
    if (isForeach && key.equals("job_concurrency")) {
      step.add("concurrency", member);
    } else if (key.equals("loop_params") || key.equals("params")) {
      SourceNode.Member earlier = loop.putIfAbsent("loop_params", member);
      if (earlier != null) {
        problems.error(
            ProblemCode.DUPLICATE,
            member.name(),
            "'loop_params' or 'params', which mean the same",
            "there are both");
      }
    } else if (isForeach && key.equals("ranges")) {
      loop.put(key, member);
    } else if (!key.equals("jobs") && !key.equals("dag")) {
      dsl.add(params, key, member);
    }
  }

  /** First those with values, then the ranges: the first of all varies fastest. */
  private void addLoopParams(Map<String, SourceNode.Member> loop, ShapedObject params) {
    SourceNode.@Nullable Member given = loop.get("loop_params");
    SourceNode.@Nullable Member ranges = loop.get("ranges");
    SourceNode.Member first = given == null ? ranges : given;
    if (first == null) {
      return;
    }
    ShapedObject entries = new ShapedObject(problems, first.value().place());
    if (given != null && dsl.map(given.value()) instanceof SourceNode.Obj map) {
      map.members().forEach(entries::add);
    }
    if (ranges != null) {
      new YamlRanges(problems).addTo(entries, ranges.value());
    }
    params.add("loop_params", first.name(), dsl.ofMap(entries.shape()));
  }
}
