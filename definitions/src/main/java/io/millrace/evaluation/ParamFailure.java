package io.millrace.evaluation;

import io.millrace.expression.Failure;
import io.millrace.expression.FailureCode;
import io.millrace.expression.syntax.Position;
import org.jspecify.annotations.Nullable;

/**
 * Why a param has no value.
 *
 * @param param its name, with those of the maps around it: {@code map.entry}
 * @param message "Expected ..., but ..."
 * @param at the place in its expression or text, if there is one
 * @param code what its expression failed with, for {@link ParamFault#EXPRESSION} only
 */
public record ParamFailure(
    String param,
    ParamFault fault,
    String message,
    @Nullable Position at,
    @Nullable FailureCode code) {

  static ParamFailure of(String param, ParamFault fault, String message) {
    return new ParamFailure(param, fault, message, null, null);
  }

  static ParamFailure unknown(String param, Template.Reference reference) {
    return new ParamFailure(
        param,
        ParamFault.UNKNOWN_NAME,
        "Expected '" + reference.name() + "' to be a param in scope, but there is none.",
        reference.at(),
        null);
  }

  static ParamFailure expression(String param, Failure failure) {
    return new ParamFailure(
        param, ParamFault.EXPRESSION, failure.message(), failure.at(), failure.code());
  }
}
