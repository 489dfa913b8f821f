package io.millrace.definition;

import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamValue;
import io.millrace.param.PlainValue;
import java.util.Map;

/**
 * Writes params with their types, as {@link ParamReader} reads them: a plain literal does not say
 * the type of an empty array, or whether text is meant for a number.
 *
 * <p>A mode is written where it differs from that of the MAP around it, which holds inside.
 */
final class ParamWriter {
  private ParamWriter() {}

  static Map<String, Object> write(ParamDefinition param) {
    return write(param, ParamMode.MUTABLE);
  }

  private static Map<String, Object> write(ParamDefinition param, ParamMode outer) {
    WrittenFields fields = new WrittenFields().put("type", param.type().name());
    if (param.content() instanceof ParamContent.Computed computed) {
      fields.put("expression", computed.expression());
    } else {
      fields.put("value", value(param.literal(), param.mode()));
    }
    return fields
        .putUnless("mode", param.mode(), outer, Enum::name)
        .put("validator", param.validator())
        .putEach("tags", param.tags(), WorkflowWriter::tag)
        .notes(param.meta())
        .all();
  }

  private static Object value(ParamValue value, ParamMode mode) {
    return value instanceof ParamValue.MapOfParams map
        ? WrittenFields.each(map.value(), param -> write(param, mode))
        : PlainValue.of(value);
  }
}
