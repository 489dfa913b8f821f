package io.millrace.definition;

import io.millrace.duration.Durations;
import io.millrace.param.ParamValue;
import java.time.Duration;
import java.util.Map;

/** Writes signal triggers and the signals of steps, as their readers read them. */
final class SignalWriter {
  private SignalWriter() {}

  static Map<String, Object> trigger(SignalTrigger trigger) {
    return new WrittenFields()
        .putEach("definitions", trigger.definitions(), SignalWriter::definition)
        .putEach("params", trigger.params(), ParamWriter::write)
        .put("condition", trigger.condition())
        .put("dedup_expr", trigger.dedupExpr())
        .all();
  }

  private static Map<String, Object> definition(SignalTrigger.Definition definition) {
    return new WrittenFields()
        .putEach(
            "match_params",
            definition.matchParams(),
            match ->
                new WrittenFields()
                    .put("value", plain(match.value()))
                    .put("operator", match.operator().sign())
                    .all())
        .putUnlessEmpty("join_keys", definition.joinKeys())
        .all();
  }

  private static Object plain(ParamValue value) {
    if (value instanceof ParamValue.Int number) {
      return number.value();
    }
    if (value instanceof ParamValue.Text text) {
      return text.value();
    }
    throw new IllegalArgumentException(
        "Expected a signal to be matched with text or a whole number, but it is a "
            + value.type()
            + ".");
  }

  static Map<String, Object> dependency(SignalDependency dependency) {
    Duration maxAge = dependency.maxAge();
    return new WrittenFields()
        .put("name", dependency.name())
        .putEach(
            "match_params",
            dependency.matchParams(),
            match ->
                new WrittenFields()
                    .put("param", ParamWriter.write(match.param()))
                    .put("operator", match.operator().sign())
                    .all())
        .put("max_age", maxAge == null ? null : Durations.text(maxAge))
        .putUnless("consume", dependency.consume(), false)
        .all();
  }

  static Map<String, Object> output(SignalOutput output) {
    return new WrittenFields()
        .put("name", output.name())
        .putEach("params", output.params(), ParamWriter::write)
        .putEach("payload", output.payload(), ParamWriter::write)
        .all();
  }
}
