package io.millrace.definition;

import io.millrace.param.ParamDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the signals that a step waits for (Maestro semantics 7.3). */
final class SignalDependencyReader {
  static final Duration MIN_AGE = Duration.ofMillis(1);
  static final Duration MAX_AGE = Duration.ofDays(3_650);

  private final Problems problems;
  private final TextUses uses;
  private final SignalFields signals;
  private final ParamReader params;

  /** A reader whose texts are put into {@code uses}, those of the step. */
  SignalDependencyReader(DefinitionLimits limits, Problems problems, TextUses uses) {
    this.problems = problems;
    this.uses = uses;
    this.signals = new SignalFields(limits, problems);
    this.params = new ParamReader(limits, problems, uses, TextUse.Purpose.DEPENDENCY);
  }

  /**
   * The dependencies of the field {@code signal_dependencies}, in the order by which expressions
   * refer to them.
   */
  List<SignalDependency> read(Fields step) {
    step.notYet("signal_dependencies");
    List<SignalDependency> dependencies = new ArrayList<>();
    for (Fields fields : signals.items(step, "signal_dependencies")) {
      Optional<String> name = signals.name(fields, uses, TextUse.Purpose.DEPENDENCY);
      Map<String, SignalDependency.Match> matchParams = signals.matchParams(fields, this::match);
      @Nullable Duration maxAge =
          fields
              .find("max_age")
              .flatMap(
                  node ->
                      DurationText.read(
                          node, MIN_AGE, MAX_AGE, "more than 0 and at most 3650 days", problems))
              .orElse(null);
      boolean consume = fields.bool("consume", false);
      fields.refuseOthers();
      dependencies.add(new SignalDependency(name.orElse(""), matchParams, maxAge, consume));
    }
    return dependencies;
  }

  private Optional<SignalDependency.Match> match(
      SignalFields.Param matched, SignalOperator operator) {
    Optional<SourceNode> node = matched.fields().require("param");
    Optional<ParamDefinition> param = node.flatMap(found -> params.one(matched.name(), found));
    return node.isPresent() && param.isPresent() && signals.isIndexed(param.get(), node.get())
        ? Optional.of(new SignalDependency.Match(param.get(), operator))
        : Optional.empty();
  }
}
