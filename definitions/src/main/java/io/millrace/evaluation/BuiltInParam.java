package io.millrace.evaluation;

import io.millrace.label.Notes;
import io.millrace.param.ParamContent;
import io.millrace.param.ParamDefinition;
import io.millrace.param.ParamMode;
import io.millrace.param.ParamType;
import io.millrace.param.ParamValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A param that the engine gives, or waits for, under a name of its own (Maestro semantics 4.8).
 *
 * @param content what it is unless someone says otherwise; null if that must be said, or is known
 *     only in a run
 */
public record BuiltInParam(
    String name,
    ParamType type,
    @Nullable ParamContent content,
    ParamMode mode,
    InternalMode internal) {
  /** The note by which a param is known as built in, whoever has changed it since. */
  static final String INTERNAL_MODE = "internal_mode";

  static BuiltInParam computed(String name, ParamType type, String expression) {
    return new BuiltInParam(
        name,
        type,
        new ParamContent.Computed(expression),
        ParamMode.MUTABLE_ON_START,
        InternalMode.PROVIDED);
  }

  static BuiltInParam provided(String name, ParamValue value, ParamMode mode) {
    return new BuiltInParam(
        name, value.type(), new ParamContent.Literal(value), mode, InternalMode.PROVIDED);
  }

  static BuiltInParam reserved(String name, ParamValue value) {
    return new BuiltInParam(
        name,
        value.type(),
        new ParamContent.Literal(value),
        InternalMode.RESERVED.mode(),
        InternalMode.RESERVED);
  }

  /** Without a value of its own. */
  static BuiltInParam open(String name, ParamType type, ParamMode mode, InternalMode internal) {
    return new BuiltInParam(name, type, null, mode, internal);
  }

  /** Whether nobody but the engine may set it. */
  public boolean isReserved() {
    return internal == InternalMode.RESERVED;
  }

  /** As a definition; empty if it has no value of its own. */
  Optional<ParamDefinition> definition() {
    return content == null ? Optional.empty() : Optional.of(with(content));
  }

  /** With what the engine knows in a run; nothing in it is to be replaced. */
  ParamDefinition with(ParamValue known) {
    return with(new ParamContent.Literal(Literals.verbatim(known)));
  }

  ParamDefinition with(ParamContent given) {
    return new ParamDefinition(
        type, given, mode, null, List.of(), new Notes(Map.of(INTERNAL_MODE, internal.name())));
  }

  /** Whether a param is one of these, as it is or changed. */
  static boolean is(ParamDefinition param) {
    return param.meta().fields().containsKey(INTERNAL_MODE);
  }
}
