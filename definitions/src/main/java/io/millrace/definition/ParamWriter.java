package io.millrace.definition;

import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamValue;
import java.util.Map;

/**
 * Writes params with their types, as {@link ParamReader} reads them: a plain literal does not say
 * the type of an empty array, or whether text is meant for a number.
 *
 * <p>A mode is written where it differs from that of the MAP around it, which holds inside.
 */
final class ParamWriter implements ParamValue.Cases<Object> {
  private final ParamMode mode;

  private ParamWriter(ParamMode mode) {
    this.mode = mode;
  }

  static Map<String, Object> write(ParamDefinition param) {
    return write(param, ParamMode.MUTABLE);
  }

  private static Map<String, Object> write(ParamDefinition param, ParamMode outer) {
    WrittenFields fields = new WrittenFields().put("type", param.type().name());
    if (param.content() instanceof ParamContent.Computed computed) {
      fields.put("expression", computed.expression());
    } else {
      fields.put("value", param.literal().accept(new ParamWriter(param.mode())));
    }
    return fields
        .putUnless("mode", param.mode(), outer, Enum::name)
        .put("validator", param.validator())
        .putEach("tags", param.tags(), WorkflowWriter::tag)
        .notes(param.meta())
        .all();
  }

  @Override
  public Object text(ParamValue.Text value) {
    return value.value();
  }

  @Override
  public Object integer(ParamValue.Int value) {
    return value.value();
  }

  @Override
  public Object decimal(ParamValue.Decimal value) {
    return value.value();
  }

  @Override
  public Object bool(ParamValue.Bool value) {
    return value.value();
  }

  @Override
  public Object stringMap(ParamValue.StringMap value) {
    return value.value();
  }

  @Override
  public Object stringArray(ParamValue.StringArray value) {
    return value.value();
  }

  @Override
  public Object longArray(ParamValue.LongArray value) {
    return value.value();
  }

  @Override
  public Object doubleArray(ParamValue.DoubleArray value) {
    return value.value();
  }

  @Override
  public Object booleanArray(ParamValue.BooleanArray value) {
    return value.value();
  }

  @Override
  public Object map(ParamValue.MapOfParams value) {
    return WrittenFields.each(value.value(), param -> write(param, mode));
  }
}
