package io.millrace.definition;

import io.millrace.param.ParamType;
import java.util.Optional;

/**
 * Turns the {@code ranges} of a foreach job into loop params (Maestro semantics 1.7): numbers from
 * {@code from} (0) up to but without {@code to}, {@code increment} (1) apart.
 */
final class YamlRanges {
  /** Stands in for a range whose fault has been told, so that its name is known all the same. */
  private static final String FAULTY = "new long[]{}";

  private final Problems problems;

  YamlRanges(Problems problems) {
    this.problems = problems;
  }

  void addTo(ShapedObject loopParams, SourceNode ranges) {
    Fields.of(ranges, problems)
        .ifPresent(
            fields ->
                fields
                    .members()
                    .forEach(
                        (name, member) ->
                            Fields.of(member.value(), problems)
                                .map(range -> expression(range).orElse(FAULTY))
                                .ifPresent(
                                    range ->
                                        loopParams.add(
                                            name, member.name(), param(member, range)))));
  }

  private Optional<String> expression(Fields range) {
    long from = range.integer("from", Long.MIN_VALUE, Long.MAX_VALUE, 0);
    long increment = range.integer("increment", Long.MIN_VALUE, Long.MAX_VALUE, 1);
    Optional<Long> to =
        range
            .require("to")
            .flatMap(node -> new Scalars(problems).integer(node, Long.MIN_VALUE, Long.MAX_VALUE));
    range.refuseOthers();
    if (increment == 0) {
      range
          .find("increment")
          .ifPresent(node -> problems.unexpected(ProblemCode.BAD_VALUE, node, "other than 0"));
      return Optional.empty();
    }
    return to.map(end -> "Util.intsBetween(" + from + ", " + end + ", " + increment + ")");
  }

  private SourceNode param(SourceNode.Member range, String expression) {
    Place place = range.value().place();
    return new ShapedObject(problems, place)
        .add("expression", ShapedObject.text(place, expression))
        .add("type", ShapedObject.text(place, ParamType.LONG_ARRAY.name()))
        .shape();
  }
}
