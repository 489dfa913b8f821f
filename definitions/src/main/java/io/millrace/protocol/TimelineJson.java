package io.millrace.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.millrace.protocol.TimelineEvent.Happening;
import io.millrace.protocol.TimelineEvent.RunStatusChanged;
import io.millrace.protocol.TimelineEvent.StepStatusChanged;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How events are written: as the mapper would by itself, but field by field, as no other record is
 * written as often. An iteration of a loop has three.
 */
final class TimelineJson extends SimpleModule {
  private static final long serialVersionUID = 1L;

  TimelineJson() {
    super("timeline");
    addSerializer(TimelineEvent.class, new Writing());
  }

  private static final class Writing extends JsonSerializer<TimelineEvent> {
    @Override
    public void serialize(TimelineEvent event, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      out.writeNumberField("epoch", event.epoch());
      out.writeStringField("address", event.address());
      out.writeNumberField("sequence", event.sequence());
      out.writeNumberField("at", event.at());
      Happening happening = event.event();
      if (happening instanceof RunStatusChanged changed) {
        write(changed, out);
      } else if (happening instanceof StepStatusChanged changed) {
        write(changed, out);
      } else {
        provider.defaultSerializeField("event", happening, out);
      }
      out.writeEndObject();
    }

    private static void write(RunStatusChanged changed, JsonGenerator out) throws IOException {
      begin(RunStatusChanged.TYPE, out);
      out.writeStringField("workflow_id", changed.workflowId());
      out.writeStringField("run", changed.run());
      out.writeStringField("run_uuid", changed.runUuid());
      writeNullable("request_id", changed.requestId(), out);
      write(changed.statuses(), out);
      writeNullable("reason", changed.reason(), out);
      out.writeEndObject();
    }

    private static void write(StepStatusChanged changed, JsonGenerator out) throws IOException {
      begin(StepStatusChanged.TYPE, out);
      out.writeStringField("workflow_id", changed.workflowId());
      out.writeStringField("run", changed.run());
      out.writeStringField("run_uuid", changed.runUuid());
      out.writeStringField("step_id", changed.stepId());
      out.writeNumberField("attempt", changed.attempt());
      write(changed.statuses(), out);
      writeNullable("dispatch_id", changed.dispatchId(), out);
      writeNullable("worker", changed.worker(), out);
      writeNullable("message", changed.message(), out);
      out.writeEndObject();
    }

    private static void begin(String type, JsonGenerator out) throws IOException {
      out.writeObjectFieldStart("event");
      out.writeStringField("type", type);
    }

    private static void write(List<? extends Enum<?>> statuses, JsonGenerator out)
        throws IOException {
      out.writeArrayFieldStart("statuses");
      for (Enum<?> status : statuses) {
        out.writeString(status.name());
      }
      out.writeEndArray();
    }

    private static void writeNullable(String name, @Nullable String value, JsonGenerator out)
        throws IOException {
      if (value != null) {
        out.writeStringField(name, value);
      }
    }
  }
}
