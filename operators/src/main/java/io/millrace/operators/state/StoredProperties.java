package io.millrace.operators.state;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.millrace.definition.Properties;
import io.millrace.definition.RunStrategy;
import io.millrace.label.Notes;
import org.jspecify.annotations.Nullable;

/**
 * Properties as they are stored: what a workflow machine decides by. Notes of the owner are in the
 * text of the definition; a push with alerting is refused until alerts are told.
 */
record StoredProperties(
    String owner,
    RunStrategy runStrategy,
    @Nullable String description,
    @Nullable Integer stepConcurrency,
    boolean alertingDisabled,
    boolean signalTriggerDisabled,
    boolean timeTriggerDisabled) {

  /** Tells the mapper; the properties themselves know nothing of storage. */
  @JsonSerialize(converter = Writing.class)
  @JsonDeserialize(converter = Reading.class)
  interface Form {}

  /** To the stored form. */
  static final class Writing extends StdConverter<Properties, StoredProperties> {
    @Override
    public StoredProperties convert(Properties properties) {
      return new StoredProperties(
          properties.owner(),
          properties.runStrategy(),
          properties.description(),
          properties.stepConcurrency(),
          properties.alertingDisabled(),
          properties.signalTriggerDisabled(),
          properties.timeTriggerDisabled());
    }
  }

  /** From the stored form. */
  static final class Reading extends StdConverter<StoredProperties, Properties> {
    @Override
    public Properties convert(StoredProperties stored) {
      return new Properties(
          stored.owner(),
          Notes.NONE,
          stored.runStrategy(),
          stored.stepConcurrency(),
          null,
          stored.alertingDisabled(),
          stored.signalTriggerDisabled(),
          stored.timeTriggerDisabled(),
          stored.description());
    }
  }
}
