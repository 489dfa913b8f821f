package io.millrace.cli;

import io.millrace.definition.SourceFields;
import io.millrace.param.ParamValue;
import io.millrace.protocol.RunStatus;
import io.millrace.protocol.StepStatus;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code expect} of a test file. */
final class ExpectationReader {
  private ExpectationReader() {}

  static Expectation read(SourceFields fields) {
    Expectation expectation =
        new Expectation(
            fields.oneOf("status", RunStatus.class).orElse(null),
            fields.integer("elapsed_ms", 0, Long.MAX_VALUE).orElse(null),
            steps(fields),
            leafCounts(fields),
            children(fields),
            fields.objects("events", ExpectationReader::event));
    fields.refuseOthers();
    return expectation;
  }

  /** {@code id: SUCCEEDED} or {@code id: {status: SUCCEEDED, attempts: 2, params: {n: 1}}}. */
  private static Map<String, Expectation.Step> steps(SourceFields fields) {
    Map<String, Expectation.Step> steps = new LinkedHashMap<>();
    Optional<SourceFields> written = fields.object("steps");
    for (String id : written.map(SourceFields::names).orElse(java.util.Set.of())) {
      SourceFields all = written.get();
      if (!all.isObject(id)) {
        steps.put(
            id, new Expectation.Step(all.oneOf(id, StepStatus.class).orElse(null), null, Map.of()));
      } else {
        all.object(id).ifPresent(one -> steps.put(id, step(one)));
      }
    }
    return steps;
  }

  private static Expectation.Step step(SourceFields fields) {
    Map<String, ParamValue> params = new LinkedHashMap<>();
    fields
        .params("params")
        .forEach(
            (name, param) -> {
              if (param.expression().isEmpty()) {
                params.put(name, param.literal());
              }
            });
    Expectation.Step step =
        new Expectation.Step(
            fields.oneOf("status", StepStatus.class).orElse(null),
            fields.integer("attempts", 0, Long.MAX_VALUE).orElse(null),
            params);
    fields.refuseOthers();
    return step;
  }

  private static Map<StepStatus, Long> leafCounts(SourceFields fields) {
    Map<StepStatus, Long> counts = new LinkedHashMap<>();
    fields
        .object("leaf_counts")
        .ifPresent(
            written -> {
              for (StepStatus status : StepStatus.values()) {
                written
                    .integer(status.name(), 0, Long.MAX_VALUE)
                    .ifPresent(count -> counts.put(status, count));
              }
              written.refuseOthers();
            });
    return counts;
  }

  private static Map<String, Long> children(SourceFields fields) {
    Map<String, Long> counts = new LinkedHashMap<>();
    fields
        .object("children")
        .ifPresent(
            written ->
                written
                    .names()
                    .forEach(
                        step ->
                            written
                                .integer(step, 0, Long.MAX_VALUE)
                                .ifPresent(count -> counts.put(step, count))));
    return counts;
  }

  private static Optional<Expectation.Event> event(SourceFields fields) {
    @Nullable String step = fields.text("step").orElse(null);
    Optional<Long> attempt = fields.integer("attempt", 1, Long.MAX_VALUE);
    fields.requireText("status");
    Optional<? extends Enum<?>> status =
        step == null
            ? fields.oneOf("status", RunStatus.class)
            : fields.oneOf("status", StepStatus.class);
    fields.refuseOthers();
    return status.map(
        found ->
            new Expectation.Event(
                step, attempt.orElse(null), found.name().toUpperCase(Locale.ROOT)));
  }
}
