package io.millrace.operators.state;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.millrace.evaluation.ParamMarks;
import io.millrace.label.Tag;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A param as it is stored. Of labels only names are kept, and of notes those that the engine made:
 * nothing is decided by the others, and the text of the definition has them.
 *
 * @param literal null for an expression
 * @param expression null for a literal
 * @param marks the engine's notes, see {@link ParamMarks}
 */
record StoredParam(
    ParamType type,
    @Nullable ParamValue literal,
    @Nullable String expression,
    ParamMode mode,
    @Nullable String validator,
    List<String> tags,
    Map<String, String> marks) {

  /** Tells the mapper; the param itself knows nothing of storage. */
  @JsonSerialize(converter = Writing.class)
  @JsonDeserialize(converter = Reading.class)
  interface Form {}

  /** To the stored form. */
  static final class Writing extends StdConverter<ParamDefinition, StoredParam> {
    @Override
    public StoredParam convert(ParamDefinition param) {
      return new StoredParam(
          param.type(),
          param.content() instanceof ParamContent.Literal literal ? literal.value() : null,
          param.expression().orElse(null),
          param.mode(),
          param.validator(),
          param.tags().stream().map(Tag::name).toList(),
          ParamMarks.of(param));
    }
  }

  /** From the stored form. */
  static final class Reading extends StdConverter<StoredParam, ParamDefinition> {
    @Override
    public ParamDefinition convert(StoredParam stored) {
      return new ParamDefinition(
          stored.type(),
          content(stored),
          stored.mode(),
          stored.validator(),
          stored.tags().stream().map(Tag::named).toList(),
          ParamMarks.notes(stored.marks()));
    }

    private static ParamContent content(StoredParam stored) {
      ParamValue literal = stored.literal();
      String expression = stored.expression();
      if (literal != null) {
        return new ParamContent.Literal(literal);
      }
      if (expression != null) {
        return new ParamContent.Computed(expression);
      }
      throw new IllegalArgumentException(
          "Expected a stored param to have a literal or an expression, but it has neither.");
    }
  }
}
