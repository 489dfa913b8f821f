package io.millrace.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.millrace.label.Tag;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamValue;
import io.millrace.param.PlainValue;
import io.millrace.param.WholeText;
import java.io.IOException;

/**
 * The JSON of params. They are written with their type, {@code {"type":"LONG","value":10}}, as JSON
 * alone cannot tell an empty array's type or 1 from 1.0; whoever writes by hand may leave the type
 * out ({@link PlainParams}).
 */
final class ParamJson extends SimpleModule {
  private static final long serialVersionUID = 1L;

  ParamJson() {
    super("params");
    addSerializer(ParamValue.class, new ValueWriter());
    addSerializer(ParamDefinition.class, new DefinitionWriter());
    addDeserializer(ParamValue.class, new ValueReader());
    addDeserializer(ParamDefinition.class, new DefinitionReader());
    addDeserializer(String.class, new TextReader());
  }

  private static final class ValueWriter extends StdSerializer<ParamValue> {
    private static final long serialVersionUID = 1L;

    private ValueWriter() {
      super(ParamValue.class);
    }

    @Override
    public void serialize(ParamValue value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      writeTyped(value, json, provider);
      json.writeEndObject();
    }
  }

  private static final class DefinitionWriter extends StdSerializer<ParamDefinition> {
    private static final long serialVersionUID = 1L;

    private DefinitionWriter() {
      super(ParamDefinition.class);
    }

    @Override
    public void serialize(ParamDefinition param, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      if (param.content() instanceof ParamContent.Computed computed) {
        json.writeStringField("type", param.type().name());
        json.writeStringField("expression", computed.expression());
      } else {
        writeTyped(param.literal(), json, provider);
      }
      if (param.mode() != ParamMode.MUTABLE) {
        json.writeStringField("mode", param.mode().name());
      }
      if (!param.tags().isEmpty()) {
        provider.defaultSerializeField("tags", param.tags().stream().map(Tag::name).toList(), json);
      }
      json.writeEndObject();
    }
  }

  private static void writeTyped(ParamValue value, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    json.writeStringField("type", value.type().name());
    provider.defaultSerializeField("value", PlainValue.of(value), json);
  }

  private static final class ValueReader extends StdDeserializer<ParamValue> {
    private static final long serialVersionUID = 1L;

    private ValueReader() {
      super(ParamValue.class);
    }

    @Override
    public ParamValue deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return new PlainParams(context).value(context.readValue(json, JsonNode.class));
    }
  }

  private static final class DefinitionReader extends StdDeserializer<ParamDefinition> {
    private static final long serialVersionUID = 1L;

    private DefinitionReader() {
      super(ParamDefinition.class);
    }

    @Override
    public ParamDefinition deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return new PlainParams(context).definition(context.readValue(json, JsonNode.class));
    }
  }

  /** Refuses half a surrogate pair, see {@link WholeText}. */
  private static final class TextReader extends StdDeserializer<String> {
    private static final long serialVersionUID = 1L;

    private TextReader() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (!json.hasToken(JsonToken.VALUE_STRING)) {
        return (String) context.handleUnexpectedToken(String.class, json);
      }
      String text = json.getText();
      if (!WholeText.is(text)) {
        throw new Mismatch(json, "text of whole characters", "half a surrogate pair");
      }
      return text;
    }
  }
}
