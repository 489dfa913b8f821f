package io.millrace.definition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns {@code jobs} and {@code dag} of a workflow or loop into steps (Maestro semantics 1.7). */
final class YamlJobs {
  private static final String STEPS = "steps";

  private final Problems problems;
  private final YamlTransition transitions;

  YamlJobs(Problems problems) {
    this.problems = problems;
    this.transitions = new YamlTransition(problems);
  }

  /** The steps of {@code owner}; empty if it has no jobs, with the problem told. */
  Optional<SourceNode> steps(SourceNode.Obj owner) {
    SourceNode.Member jobs = owner.members().get("jobs");
    if (jobs == null || jobs.value().isNull()) {
      problems.missing(owner.place(), "jobs");
      problems.excuse(owner.place(), STEPS);
      return Optional.empty();
    }
    if (!(jobs.value() instanceof SourceNode.Arr list)) {
      problems.unexpected(ProblemCode.WRONG_TYPE, jobs.value(), "a list of jobs");
      problems.excuse(owner.place(), STEPS);
      return Optional.empty();
    }
    Map<String, SourceNode> dag = dag(owner, list);
    YamlJob job = new YamlJob(problems, this, transitions);
    List<SourceNode> steps = new ArrayList<>();
    for (SourceNode item : list.items()) {
      job.step(item, dag).ifPresent(steps::add);
    }
    return Optional.of(new SourceNode.Arr(list.place(), steps));
  }

  /** The transitions by job that {@code dag} gives to those that say none themselves. */
  private Map<String, SourceNode> dag(SourceNode.Obj owner, SourceNode.Arr jobs) {
    SourceNode.Member member = owner.members().get("dag");
    if (member == null || member.value().isNull()) {
      return Map.of();
    }
    List<String> ids = ids(jobs);
    if (member.value() instanceof SourceNode.Obj object) {
      return explicit(object, new HashSet<>(ids));
    }
    String rule =
        member.value() instanceof SourceNode.Scalar scalar
            ? scalar.text().toLowerCase(Locale.ROOT)
            : "";
    if (rule.equals("sequential")) {
      return sequence(ids, member.value().place());
    }
    if (!rule.equals("parallel")) {
      problems.unexpected(
          member.value() instanceof SourceNode.Scalar
              ? ProblemCode.BAD_VALUE
              : ProblemCode.WRONG_TYPE,
          member.value(),
          "sequential, parallel, or an object of transitions by job");
    }
    return Map.of();
  }

  private Map<String, SourceNode> explicit(SourceNode.Obj object, Set<String> ids) {
    Map<String, SourceNode> dag = new LinkedHashMap<>();
    object
        .members()
        .forEach(
            (id, transition) -> {
              if (!ids.contains(id)) {
                problems.error(
                    ProblemCode.UNKNOWN_STEP,
                    transition.name(),
                    "'dag' to name jobs beside it",
                    Quoted.text(id) + " is none");
              } else if (!transition.value().isNull()) {
                dag.put(id, transition.value());
              }
            });
    return dag;
  }

  private Map<String, SourceNode> sequence(List<String> ids, Place place) {
    Map<String, SourceNode> dag = new LinkedHashMap<>();
    for (int i = 0; i + 1 < ids.size(); i++) {
      dag.put(ids.get(i), transitions.to(ids.get(i + 1), place));
    }
    return dag;
  }

  private static List<String> ids(SourceNode.Arr jobs) {
    List<String> ids = new ArrayList<>();
    for (SourceNode item : jobs.items()) {
      if (item instanceof SourceNode.Obj wrapper && wrapper.members().size() == 1) {
        @Nullable String id = id(wrapper.members().values().iterator().next().value());
        if (id != null) {
          ids.add(id);
        }
      }
    }
    return ids;
  }

  static @Nullable String id(SourceNode job) {
    SourceNode.@Nullable Member id =
        job instanceof SourceNode.Obj fields ? fields.members().get("id") : null;
    return id != null && id.value() instanceof SourceNode.Scalar scalar && !scalar.isNull()
        ? scalar.text()
        : null;
  }
}
