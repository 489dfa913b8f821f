package io.millrace.expression.library;

import io.millrace.expression.Failed;
import io.millrace.expression.FailureCode;
import io.millrace.expression.value.Type;
import io.millrace.expression.value.Value;
import java.util.List;
import java.util.Optional;
import org.joda.time.IllegalFieldValueException;
import org.joda.time.IllegalInstantException;

/**
 * A line of the table.
 *
 * @param arity whether the last of {@code params} may stand any number of times
 */
record Entry(String label, Type result, List<Param> params, Arity arity, Body body)
    implements Library.Callable {

  /** Whether the last parameter may stand any number of times, none included. */
  enum Arity {
    FIXED,
    VARIABLE
  }

  /** What it does. */
  @FunctionalInterface
  interface Body {
    /**
     * Applies it.
     *
     * @throws IllegalArgumentException or ArithmeticException if the values make no sense to it
     */
    Value apply(Call call);
  }

  boolean takes(int arguments) {
    return arity == Arity.FIXED ? arguments == params.size() : arguments >= params.size() - 1;
  }

  private Param param(int index) {
    return params.get(Math.min(index, params.size() - 1));
  }

  @Override
  public Optional<String> misfit(int argument, Type type) {
    Param param = param(argument);
    return param.accepts(type)
        ? Optional.empty()
        : Optional.of(
            "Expected %s as argument %d of %s, but it is %s."
                .formatted(param.text(), argument + 1, label, type));
  }

  @Override
  public Value call(Value receiver, List<Value> arguments, CallContext context) {
    for (int i = 0; i < arguments.size(); i++) {
      Type type = arguments.get(i).type();
      if (!param(i).accepts(type)) {
        throw new Failed(FailureCode.TYPE, misfit(i, type).orElse(label));
      }
    }
    try {
      return body.apply(new Call(label, receiver, arguments, context));
    } catch (IllegalFieldValueException e) {
      throw new Failed(FailureCode.VALUE, Refusals.outside(label, e));
    } catch (IllegalInstantException e) {
      throw new Failed(FailureCode.VALUE, Refusals.skipped(label));
    } catch (ArithmeticException e) {
      throw new Failed(FailureCode.VALUE, Refusals.overflow(label));
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw new Failed(FailureCode.VALUE, Refusals.unusable(label, receiver, arguments));
    }
  }
}
