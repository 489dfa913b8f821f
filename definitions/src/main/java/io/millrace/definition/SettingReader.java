package io.millrace.definition;

import io.millrace.evaluation.Template;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Reads values that may be text with params of the workflow in it. */
final class SettingReader {
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
  private static final Duration MAX_TIMEOUT = Duration.ofDays(120);

  private final Problems problems;
  private final TextUses uses;
  private final TextUse.Purpose purpose;

  SettingReader(Problems problems, TextUses uses, TextUse.Purpose purpose) {
    this.problems = problems;
    this.uses = uses;
    this.purpose = purpose;
  }

  /** The field {@code timeout} of a workflow or step (Maestro semantics 1.3). */
  Setting<Duration> timeout(Fields fields) {
    return duration(
        fields,
        "timeout",
        MIN_TIMEOUT,
        MAX_TIMEOUT,
        "more than 0 and at most 120 days",
        Setting.fixed(WorkflowDefinition.DEFAULT_TIMEOUT));
  }

  Setting<Duration> duration(
      Fields fields,
      String name,
      Duration min,
      Duration max,
      String range,
      Setting<Duration> otherwise) {
    return read(
        fields, name, node -> DurationText.read(node, min, max, range, problems), otherwise);
  }

  Setting<Integer> integer(
      Fields fields, String name, int min, int max, Setting<Integer> otherwise) {
    return read(
        fields,
        name,
        node -> new Scalars(problems).integer(node, min, max).map(Long::intValue),
        otherwise);
  }

  private <T> Setting<T> read(
      Fields fields, String name, Function<SourceNode, Optional<T>> value, Setting<T> otherwise) {
    Optional<SourceNode> found = fields.find(name);
    if (found.isEmpty()) {
      return otherwise;
    }
    SourceNode node = found.get();
    if (node instanceof SourceNode.Scalar scalar
        && scalar.kind() == SourceNode.Kind.TEXT
        && Template.isIn(scalar.text())) {
      uses.text(node.place(), scalar.text(), purpose);
      return new Setting.Interpolated<>(scalar.text());
    }
    return value.apply(node).map(Setting::fixed).orElse(otherwise);
  }
}
