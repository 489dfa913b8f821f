package io.millrace.definition;

import java.util.Map;

/** Writes what holds for all versions, as {@link PropertiesReader} reads it. */
final class PropertiesWriter {
  private PropertiesWriter() {}

  static Map<String, Object> write(Properties properties) {
    Alerting alerting = properties.alerting();
    return new WrittenFields()
        .put("owner", owner(properties))
        .put("description", properties.description())
        .putUnless(
            "run_strategy",
            properties.runStrategy(),
            RunStrategy.DEFAULT,
            PropertiesWriter::runStrategy)
        .put("step_concurrency", properties.stepConcurrency())
        .put("alerting", alerting == null ? null : AlertingWriter.write(alerting))
        .putUnless("alerting_disabled", properties.alertingDisabled(), false)
        .putUnless("signal_trigger_disabled", properties.signalTriggerDisabled(), false)
        .putUnless("time_trigger_disabled", properties.timeTriggerDisabled(), false)
        .all();
  }

  private static Object owner(Properties properties) {
    return properties.ownerNotes().isEmpty()
        ? properties.owner()
        : new WrittenFields().put("name", properties.owner()).notes(properties.ownerNotes()).all();
  }

  private static Map<String, Object> runStrategy(RunStrategy strategy) {
    return new WrittenFields()
        .put("rule", strategy.rule().name())
        .put("workflow_concurrency", strategy.concurrency())
        .all();
  }
}
